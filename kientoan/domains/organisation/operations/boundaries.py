"""Taking in the outlines of territories from a map of one day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q

from kientoan.domains.audit.operations import record
from kientoan.domains.temporal.models import since
from kientoan.engines.vietnamese import fold, plain_name

from ..models import Boundary, DecisionState, Passing, Placement, Unit, UnitCode, UnitVersion
from ..queries.facts import CODE_SCHEME

_MANY = 1000
_KINDS = ("phuong ", "xa ", "thi tran ", "dac khu ")


@dataclass(frozen=True, slots=True)
class Outline:
    """A place of the map: its row in the file, its code, its name there, and a checked geometry.

    `parent`: the code of the unit above it, or ''.
    """

    row: int
    code: str
    name: str
    geometry: dict[str, Any]
    parent: str = ""


@dataclass(frozen=True)
class LoadedBoundaries:
    """What loading did: how many outlines were new, changed, or there already.

    `by_name`: of units without a code so far. `unmatched`: no unit has the code on the day. `renamed`: the
    unit of that code has another name, so the outline may be of another place (codes are given anew over the
    years) and is not taken.
    """

    new: int
    changed: int
    same: int
    unmatched: tuple[Outline, ...]
    renamed: tuple[tuple[Outline, str], ...]
    by_name: tuple[Outline, ...] = ()


@transaction.atomic
def load_boundaries(
    *, outlines: Sequence[Outline], day: date, source: str, at: datetime, dry_run: bool = False
) -> LoadedBoundaries:
    """Match outlines to units by code and day, and keep each for the time in which it held.

    A unit that has no code yet (a resolution names none) is the place of its name under the unit above it, if
    there is but one such.
    The same outline of the same day stays as it is, another of that day is replaced; between the maps of two
    days each holds until the next. Raises nothing of its own; with `dry_run` nothing is written.
    """
    rows = UnitCode.objects.on(day).filter(scheme=CODE_SCHEME, code__in={one.code for one in outlines})
    units = dict(rows.values_list("code", "unit_id"))
    uncoded = _without_code([one for one in outlines if one.code not in units], day)
    units |= uncoded
    named = [one for one in outlines if one.code in units]
    renamed = _renamed(named, units, day)
    elsewhere = {one.row for one, _name in renamed}
    matched = [one for one in named if one.row not in elsewhere]
    spans = _spans(units.values(), day)
    there: dict[int, list[Boundary]] = {}
    for row in Boundary.objects.filter(unit__in=units.values()):
        there.setdefault(row.unit_id, []).append(row)
    new: list[Boundary] = []
    replaced: list[Boundary] = []
    shortened: list[Boundary] = []
    same = 0
    for one in matched:
        unit = units[one.code]
        span = spans[unit]
        others = [row for row in there.get(unit, []) if _overlap(row.in_force, span)]
        of_day = [row for row in others if row.drawn_on == day]
        if any(row.geometry == one.geometry for row in of_day):
            same += 1
            continue
        replaced += of_day
        for row in others:
            if row.drawn_on < day:  # each map holds until the day of the next
                row.in_force, span = since(row.in_force.lower, day), since(day, span.upper)
                shortened.append(row)
            elif row.drawn_on > day:
                span = since(span.lower, row.in_force.lower)
        new.append(
            Boundary(unit_id=unit, geometry=one.geometry, in_force=span, drawn_on=day, source=source[:200])
        )
    changed = len(replaced)
    if not dry_run and new:
        Boundary.objects.filter(pk__in=[row.pk for row in replaced]).delete()
        Boundary.objects.bulk_update(shortened, ["in_force"], batch_size=_MANY)
        Boundary.objects.bulk_create(new, batch_size=_MANY)
        detail = {
            "day": day.isoformat(),
            "new": len(new) - changed,
            "changed": changed,
            "source": source[:200],
        }
        record(actor=None, verb="boundaries.load", at=at, detail=detail)
    unmatched = tuple(one for one in outlines if one.code not in units)
    by_name = tuple(one for one in outlines if one.code in uncoded)
    return LoadedBoundaries(len(new) - changed, changed, same, unmatched, renamed, by_name)


def _without_code(outlines: Sequence[Outline], day: date) -> dict[str, int]:
    """Code of an outline → the one unit without a code that has its name under the same unit above."""
    parents = {one.parent for one in outlines if one.parent and one.name}
    above = UnitCode.objects.on(day).filter(scheme=CODE_SCHEME, code__in=parents)
    codes = dict(above.values_list("unit_id", "code"))
    below = dict(Placement.objects.on(day).filter(parent__in=codes).values_list("unit_id", "parent_id"))
    coded = UnitCode.objects.on(day).filter(scheme=CODE_SCHEME, unit__in=below).values("unit")
    names = UnitVersion.objects.on(day).filter(unit__in=below).exclude(unit__in=coded)
    units: dict[tuple[str, str], list[int]] = {}
    for unit, name in names.values_list("unit_id", "name"):
        units.setdefault((codes[below[unit]], plain_name(name)), []).append(unit)
    found = {one.code: units.get((one.parent, plain_name(one.name)), []) for one in outlines}
    return {code: of_name[0] for code, of_name in found.items() if len(of_name) == 1}


def _spans(units: Iterable[int], day: date) -> dict[int, DateRange]:
    """How long the outline of the day held: the life of the unit, cut where it gave or received a part."""
    wanted = set(units)
    lives = dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "in_force"))
    lowers = {unit: life.lower for unit, life in lives.items()}
    uppers = {unit: life.upper for unit, life in lives.items()}
    passings = Passing.objects.filter(
        Q(original__unit__in=wanted) | Q(result__unit__in=wanted),
        original__event__decision__state=DecisionState.APPLIED,
    ).exclude(original__unit=F("result__unit"))
    listed = passings.values_list(
        "original__unit", "result__unit", "original__event__decision__effective_date"
    )
    for original, result, when in listed:
        for unit in {original, result} & wanted:
            if when <= day:
                lowers[unit] = max(when, lowers[unit] or when)
            else:
                uppers[unit] = min(when, uppers[unit] or when)
    return {unit: since(lowers[unit], uppers[unit]) for unit in lives}


def _overlap(one: DateRange, two: DateRange) -> bool:
    begins = max(one.lower or date.min, two.lower or date.min)
    return begins < min(one.upper or date.max, two.upper or date.max)


def _renamed(matched: Sequence[Outline], units: dict[str, int], day: date) -> tuple[tuple[Outline, str], ...]:
    names = dict(UnitVersion.objects.on(day).filter(unit__in=units.values()).values_list("unit_id", "name"))
    pairs = ((one, names.get(units[one.code], "")) for one in matched)
    return tuple((one, name) for one, name in pairs if one.name and _bare(one.name) != _bare(name))


def _bare(name: str) -> str:
    """The name without what kind of place it is: a commune may have become a ward between two lists."""
    words = " ".join(fold(name).split())
    return next((words.removeprefix(kind) for kind in _KINDS if words.startswith(kind)), words)
