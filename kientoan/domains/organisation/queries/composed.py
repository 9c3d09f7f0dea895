"""Outlines that no map shows, put together from those of what a unit came of or became.

Land that passes from units to units stays the same land. Units joined by what passed between the day asked
for and the day of a map hold together, on both days, the same area: where every one of them has an outline on
the day of the map, that area is known. Where one unit alone held it on the day asked for, it is its outline;
where several did, the border between them is not known and they share the area.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from ..models import Boundary, DecisionState, Passing, Unit


@dataclass(frozen=True, slots=True)
class Composed:
    """The area that the units held together on the day: all of these outlines, of the map of `drawn_on`.

    `others` held land in it too, and have an outline of their own, which is drawn over this one.
    """

    units: tuple[int, ...]
    geometries: tuple[dict[str, Any], ...]
    drawn_on: date
    others: tuple[int, ...] = ()


def composed_outlines(day: date, missing: Collection[int]) -> tuple[Composed, ...]:
    """The areas of units without an outline on the day, the nearest map first (three statements a map)."""
    left, found = set(missing), list[Composed]()
    maps = Boundary.objects.order_by().values_list("drawn_on", flat=True).distinct() if left else ()
    for drawn_on in sorted(maps, key=lambda other: (abs(other - day), other)):
        if not left or drawn_on == day:
            continue
        for one in _composed(day, drawn_on, left):
            found.append(one)
            left -= set(one.units)
    return tuple(found)


def _composed(day: date, drawn_on: date, missing: set[int]) -> Iterable[Composed]:
    groups = [group for group in _groups(day, drawn_on) if group & missing]
    wanted = {unit for group in groups for unit in group}
    lives = dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "in_force"))
    rows = Boundary.objects.filter(unit__in=wanted, drawn_on=drawn_on).values_list("unit", "geometry")
    outlines: Mapping[int, dict[str, Any]] = dict(rows)
    for group in groups:
        then = sorted(unit for unit in group & missing if day in lives[unit])
        others = tuple(sorted(unit for unit in group - missing if day in lives[unit]))
        drawn = sorted(unit for unit in group if drawn_on in lives[unit])
        if drawn and all(unit in outlines for unit in drawn):
            yield Composed(tuple(then), tuple(outlines[unit] for unit in drawn), drawn_on, others)


def _groups(one: date, other: date) -> list[set[int]]:
    """Units joined, directly or through others, by what passed between the two days."""
    passed = Passing.objects.filter(
        original__event__decision__state=DecisionState.APPLIED,
        original__event__decision__effective_date__gt=min(one, other),
        original__event__decision__effective_date__lte=max(one, other),
    ).exclude(original__unit=F("result__unit"))
    groups: dict[int, set[int]] = {}
    for source, target in passed.values_list("original__unit", "result__unit"):
        first, second = groups.get(source, {source}), groups.get(target, {target})
        if first is second:
            continue
        large, small = (first, second) if len(first) >= len(second) else (second, first)
        large |= small
        for unit in (*small, source, target):
            groups[unit] = large
    return list({id(group): group for group in groups.values()}.values())
