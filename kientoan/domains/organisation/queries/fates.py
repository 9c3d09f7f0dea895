"""What became of the communes of a place between two days, with their outlines.

Eight statements; for communes without an outline of their own a few more (see `composed`).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from ..models import DecisionState, Hierarchy, Level, Passing, Unit, UnitVersion
from .composed import Composed, composed_outlines
from .facts import CODE_SCHEME
from .tree import TERRITORIES, units_on


class Fate(TextChoices):
    """What happened to a commune, seen from the earlier day or from the later."""

    UNCHANGED = "unchanged", _("Vẫn như cũ")
    RENAMED = "renamed", _("Chỉ đổi tên, mã")
    MERGED = "merged", _("Nhập nguyên vẹn")
    DIVIDED = "divided", _("Có phần chia ra")
    GREW = "grew", _("Nhận thêm")
    GAVE = "gave", _("Giao bớt một phần")
    NEW = "new", _("Mới, chưa rõ từ đâu")
    GONE = "gone", _("Không còn, chưa rõ về đâu")


@dataclass(frozen=True, slots=True)
class Other:
    """A unit at the other end, as it was called there; wholly or in part."""

    unit: int
    name: str
    full: bool


@dataclass(frozen=True, slots=True)
class Fated:
    """A commune on one of the days, what happened to it, and with whom. `geometry` None: no outline known."""

    unit: int
    code: str
    name: str
    fate: Fate
    others: tuple[Other, ...]
    geometry: dict[str, Any] | None


Joined = dict[int, list[dict[str, Any]]]  # province → the outlines of the communes in it


@dataclass(frozen=True)
class Fates:
    """The communes of both days, and the areas put together for those without an outline.

    Of provinces: `joined_*`, the outlines of the communes in each.
    """

    before: tuple[Fated, ...]
    after: tuple[Fated, ...]
    composed_before: tuple[Composed, ...] = ()
    composed_after: tuple[Composed, ...] = ()
    joined_before: Joined = field(default_factory=dict)
    joined_after: Joined = field(default_factory=dict)


# A district without communes (an island) is land like a commune.
# An outline counts only when the unit gave and received nothing between the day of the map and the day asked
# for, also by decisions that were applied or undone after the map was loaded.
_COMMUNES = """
WITH touched AS MATERIALIZED (
    SELECT ends.unit_id, d.effective_date AS day
    FROM organisation_passing p
    JOIN organisation_originalunit o ON o.id = p.original_id
    JOIN organisation_resultingunit r ON r.id = p.result_id
    JOIN organisation_changeevent e ON e.id = o.event_id
    JOIN organisation_decision d ON d.id = e.decision_id AND d.state = %(applied)s
    CROSS JOIN LATERAL (VALUES (o.unit_id), (r.unit_id)) AS ends(unit_id)
    WHERE o.unit_id <> r.unit_id
)
SELECT DISTINCT ON (c.code, v.unit_id)
    v.unit_id, coalesce(c.code, ''), v.name, b.geometry::text, t.ancestor_id, v.level = 'district'
FROM organisation_closure t
JOIN organisation_unitversion v ON v.unit_id = t.descendant_id AND v.in_force @> %(day)s::date
LEFT JOIN organisation_unitcode c
    ON c.unit_id = v.unit_id AND c.scheme = %(scheme)s AND c.in_force @> %(day)s::date
LEFT JOIN organisation_boundary b ON b.unit_id = v.unit_id AND b.in_force @> %(day)s::date
    AND NOT EXISTS (
        SELECT 1 FROM touched WHERE touched.unit_id = b.unit_id
          AND touched.day > least(b.drawn_on, %(day)s::date)
          AND touched.day <= greatest(b.drawn_on, %(day)s::date)
    )
WHERE t.ancestor_id = ANY(%(under)s) AND t.hierarchy = %(hierarchy)s AND t.in_force @> %(day)s::date
  AND v.kind = ANY(%(kinds)s)
  AND (v.level = %(level)s OR %(level)s = 'commune' AND v.level = 'district' AND NOT EXISTS (
        SELECT 1 FROM organisation_placement below
        JOIN organisation_unitversion w
            ON w.unit_id = below.unit_id AND w.level = 'commune' AND w.in_force @> %(day)s::date
        WHERE below.parent_id = v.unit_id AND below.hierarchy = %(hierarchy)s
          AND below.in_force @> %(day)s::date
      ))
ORDER BY c.code NULLS LAST, v.unit_id
"""


@dataclass(frozen=True, slots=True)
class _Arc:
    original: int
    result: int
    full: bool
    day: date


class _Row(NamedTuple):
    """A territory on a day; `top`: which of the units asked for it stands under.

    `is_district`: one without communes.
    """

    unit: int
    code: str
    name: str
    geometry: dict[str, Any] | None
    top: int
    is_district: bool


def fates_between(before: date, after: date, under: Sequence[int]) -> Fates:
    """The communes under the units on each day, with what happened to them in between."""
    first, composed_before = _land(before, under)
    second, composed_after = _land(after, under)
    return Fates(*_told(before, after, first, second), composed_before, composed_after)


def _land(day: date, under: Sequence[int]) -> tuple[list[_Row], tuple[Composed, ...]]:
    """The communes on the day, and the areas put together for those without an outline.

    A district without communes counts where its outline is known: else they are only not written down.
    """
    rows = _territories(day, under)
    composed = composed_outlines(day, {row.unit for row in rows if row.geometry is None})
    drawn = {unit for one in composed for unit in one.units}
    kept = [row for row in rows if not row.is_district or row.geometry is not None or row.unit in drawn]
    return kept, composed


def province_fates(before: date, after: date) -> Fates:
    """The provinces of each day; their outlines are those of the communes in them."""
    tops = [_provinces(day) for day in (before, after)]
    first, second = (
        _territories(day, top, Level.PROVINCE) for day, top in zip((before, after), tops, strict=True)
    )
    sides = _told(before, after, first, second)
    return Fates(*sides, (), (), _joined(before, tops[0]), _joined(after, tops[1]))


def _provinces(day: date) -> list[int]:
    rows = UnitVersion.objects.on(day).filter(level=Level.PROVINCE, kind__in=TERRITORIES)
    return list(rows.values_list("unit_id", flat=True))


def _joined(day: date, provinces: Sequence[int]) -> Joined:
    found: Joined = {}
    rows, composed = _land(day, provinces)
    tops = {row.unit: row.top for row in rows}
    whole = [one for one in composed if len({tops.get(unit) for unit in (*one.units, *one.others)}) == 1]
    covered = {unit for one in whole for unit in one.others}
    for row in rows:
        if row.geometry is not None and row.unit not in covered:
            found.setdefault(row.top, []).append(row.geometry)
    for one in whole:  # land that two provinces held together is not divided
        found.setdefault(tops[one.units[0]], []).extend(one.geometries)
    return found


def _told(
    before: date, after: date, first: Sequence[_Row], second: Sequence[_Row]
) -> tuple[tuple[Fated, ...], tuple[Fated, ...]]:
    """The territories of both days with what became of them and what they came of."""
    arcs = _arcs(before, after, {row.unit for row in first} | {row.unit for row in second})
    ends = {unit for arc in arcs for unit in (arc.original, arc.result)}
    living = _living(ends | {row.unit for row in (*first, *second)}, before, after)
    names = {unit: one.name for unit, one in units_on(before, ends).items()}
    later = {unit: one.name for unit, one in units_on(after, ends).items()}
    names |= {row.unit: row.name for row in first}
    later |= {row.unit: row.name for row in second}
    outs, ins = _by(arcs, "original"), _by(arcs, "result")
    return (
        tuple(
            Fated(
                unit, code, name, _fate(unit, outs, ins, living, later.get(unit) == name, forward=True),
                tuple(Other(arc.result, later[arc.result], arc.full) for arc in outs.get(unit, [])),
                geometry,
            )
            for unit, code, name, geometry, *_rest in first
        ),
        tuple(
            Fated(
                unit, code, name, _fate(unit, outs, ins, living, names.get(unit) == name, forward=False),
                tuple(Other(arc.original, names[arc.original], arc.full) for arc in ins.get(unit, [])),
                geometry,
            )
            for unit, code, name, geometry, *_rest in second
        ),
    )  # fmt: skip


def _territories(day: date, under: Sequence[int], level: Level = Level.COMMUNE) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            _COMMUNES,
            {
                "day": day, "under": list(under), "scheme": CODE_SCHEME, "level": level.value,
                "applied": DecisionState.APPLIED.value,
                "hierarchy": Hierarchy.GOVERNMENT.value, "kinds": [kind.value for kind in TERRITORIES],
            },
        )  # fmt: skip
        return [
            _Row(unit, code, name, json.loads(text) if text else None, top, is_district)
            for unit, code, name, text, top, is_district in cursor
        ]


def _arcs(before: date, after: date, units: set[int]) -> list[_Arc]:
    """What passed from one unit to another between the days, of or to the units."""
    rows = Passing.objects.filter(
        Q(original__unit__in=units) | Q(result__unit__in=units),
        original__event__decision__state=DecisionState.APPLIED,
        original__event__decision__effective_date__gt=before,
        original__event__decision__effective_date__lte=after,
    )
    listed = rows.values_list(
        "original__unit", "result__unit", "extent", "original__event__decision__effective_date"
    )
    found = (_Arc(one, two, extent == "full", day) for one, two, extent, day in listed.order_by("pk"))
    return [arc for arc in found if arc.original != arc.result]


def _living(units: Iterable[int], before: date, after: date) -> set[int]:
    """Those that lived on both days."""
    rows = Unit.objects.filter(pk__in=set(units), in_force__contains=before)
    return set(rows.filter(in_force__contains=after).values_list("pk", flat=True))


def _by(arcs: Iterable[_Arc], end: str) -> dict[int, list[_Arc]]:
    found: dict[int, list[_Arc]] = {}
    for arc in arcs:
        found.setdefault(getattr(arc, end), []).append(arc)
    return found


def _fate(
    unit: int, outs: dict[int, list[_Arc]], ins: dict[int, list[_Arc]], living: set[int], same_name: bool,
    *, forward: bool,
) -> Fate:  # fmt: skip
    if unit in living:
        if outs.get(unit):
            return Fate.GAVE
        if ins.get(unit):
            return Fate.GREW
        return Fate.UNCHANGED if same_name else Fate.RENAMED
    arcs = (outs if forward else ins).get(unit, [])
    if not arcs:
        return Fate.GONE if forward else Fate.NEW
    if any(not arc.full for arc in arcs):
        return Fate.DIVIDED
    if len(arcs) > 1:
        return Fate.DIVIDED if forward else Fate.MERGED
    other = ins.get(arcs[0].result, []) if forward else outs.get(arcs[0].original, [])
    alone = len(other) == 1 and arcs[0].result not in living
    return Fate.RENAMED if alone else Fate.MERGED
