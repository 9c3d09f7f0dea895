"""Units found by what a person types: names with or without diacritics, short forms, codes."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kientoan.domains.language.lookups import SortKey
from kientoan.engines.vietnamese import fold

from ..models import Hierarchy, Placement, UnitCode, UnitVersion
from .facts import CODE_SCHEME
from .tree import UnitOnDay, units_on

_SHORT = {
    "p": "phuong", "x": "xa", "tt": "thi tran", "tx": "thi xa", "tp": "thanh pho", "q": "quan", "h": "huyen",
    "t": "tinh",
}  # fmt: skip
_SHORT_AT_START = re.compile(rf"^({'|'.join(sorted(_SHORT, key=len, reverse=True))})(?:\.\s*|\s+)(?=\S)")
_UNDER = re.compile(r"^thuoc\s+")


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit with the one right above it on the day, to tell units of one name apart."""

    unit: UnitOnDay
    above: UnitOnDay | None


def spelt_out(text: str) -> str:
    """What is looked for: folded, with the short forms of the kinds written out ("P. An Hòa")."""
    wanted = fold(" ".join(text.split()))
    found = _SHORT_AT_START.match(wanted)
    return f"{_SHORT[found[1]]} {wanted[found.end() :]}" if found else wanted


def units_named(
    text: str, day: date, *, within: Collection[int] | None = None, limit: int = 30
) -> list[FoundUnit]:
    """Units in force on the day: several names parted by commas or lines, or codes; in Vietnamese order.

    "thuộc quận Ninh Kiều" gives what stands right under it. `within`: only these units.
    """
    rows = UnitVersion.objects.on(day).filter(_wanted(text, day))
    if within is not None:
        rows = rows.filter(unit__in=within)
    ids = list(rows.order_by(SortKey("name"), "unit_id").values_list("unit_id", flat=True)[:limit])
    return found_units(ids, day)


def _wanted(text: str, day: date) -> Q:
    wanted = Q(pk__in=[])
    for part in re.split(r"[,;\n]+", text):
        name = spelt_out(part)
        if not name:
            continue
        if name.isdecimal():
            coded = UnitCode.objects.on(day).filter(scheme=CODE_SCHEME, code=name)
            wanted |= Q(unit__in=coded.values("unit"))
        elif found := _UNDER.match(name):
            above = UnitVersion.objects.on(day).filter(name__fold__contains=spelt_out(name[found.end() :]))
            wanted |= Q(
                unit__in=Placement.objects.on(day).filter(parent__in=above.values("unit")).values("unit")
            )
        else:
            wanted |= Q(name__fold__startswith=name) | Q(name__fold__contains=f" {name}")
            wanted |= Q(short_name__fold__startswith=name)
    return wanted


def found_units(ids: Sequence[int], day: date) -> list[FoundUnit]:
    """The units with those above them, in the order given (four statements)."""
    parents = parents_of(ids, day)
    units = units_on(day, {*ids, *parents.values()})
    return [FoundUnit(units[key], units.get(parents.get(key, 0))) for key in ids if key in units]


def parents_of(ids: Iterable[int], day: date) -> dict[int, int]:
    """Unit → the one right above it on the day, in its first hierarchy (government before the others)."""
    rank = {name: place for place, name in enumerate(Hierarchy.values)}
    rows = Placement.objects.on(day).filter(unit__in=set(ids), parent__isnull=False)
    found = sorted(rows.values_list("unit_id", "parent_id", "hierarchy"), key=lambda row: -rank[row[2]])
    return {unit: parent for unit, parent, _ in found}
