"""The series of a unit across its changes: as reported, and on the boundaries that it has on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import DecisionState, Unit
from kientoan.domains.organisation.models import Passing as PassingRow
from kientoan.domains.organisation.queries import UnitOnDay, lineage_of, units_on
from kientoan.engines.periods import Period
from kientoan.engines.rollup import Passed, Reading, Recast, best, recast, weights

from ..access import visible_observations
from ..models import Aggregation, Indicator
from .figures import counting_on, reading_of

MEASURES = ("population", "area", "headcount", "by_hand")
"""Which share weighs a figure: the first one that is known."""


@dataclass(frozen=True)
class PartOfLine:
    """A figure that is in a line: of which unit, its value and its weight in percent."""

    unit: UnitOnDay
    value: Decimal
    percent: Decimal


@dataclass(frozen=True)
class RecastLine:
    """One period: what the unit itself reported, and the figure on its boundaries of the day."""

    period: Period
    reported: Decimal | None
    recast: Recast
    parts: tuple[PartOfLine, ...]
    missing: tuple[UnitOnDay, ...]


def series_across(viewer: Viewer, day: date, *, indicator: Indicator, unit_id: int) -> list[RecastLine]:
    """The figures known on the day of the unit and its predecessors, newest period first.

    Only for an indicator that may be added, and only the periods in which a predecessor, or the unit before
    a part of it came or went, is in it; empty for a unit that nothing ever happened to.
    """
    if indicator.aggregation != Aggregation.SUM:
        return []
    passed, begun = _passed(unit_id, day)
    if not passed:
        return []
    units = {unit_id, *(one.origin for one in passed)}
    seen = visible_observations(viewer).values("pk")
    rows = counting_on(day).filter(pk__in=seen, indicator=indicator, unit__in=units)
    figures: dict[Period, dict[int, list[Reading]]] = {}
    for row in rows:
        figures.setdefault(row.period, {}).setdefault(row.unit_id, []).append(reading_of(row))
    names = units_on(day, units)
    found = []
    for period, readings in figures.items():
        values = {unit: best(held).value for unit, held in readings.items()}
        weighing = weights(unit_id, period.start, day, passed, begun)
        made = recast(weighing, values)
        if made is not None and weighing != {unit_id: 1}:
            found.append(_line(period, values.get(unit_id), made, names))
    return sorted(found, key=lambda line: (line.period.end, line.period.start), reverse=True)


def _line(period: Period, reported: Decimal | None, made: Recast, names: dict[int, UnitOnDay]) -> RecastLine:
    return RecastLine(
        period=period,
        reported=reported,
        recast=made,
        parts=tuple(PartOfLine(names[part.unit], part.value, part.weight * 100) for part in made.parts),
        missing=tuple(names[unit] for unit in made.missing),
    )


def _passed(unit_id: int, day: date) -> tuple[list[Passed], dict[int, date]]:
    """Every passing between the unit, its predecessors and what these gave away; first days of units."""
    lineage = lineage_of(unit_id)
    units = {unit_id, *(arc.original.unit for arc in lineage.predecessors)}
    rows = PassingRow.objects.filter(
        original__event__decision__state=DecisionState.APPLIED,
        original__event__decision__effective_date__lte=day,
        original__unit__in=units,
    ).select_related("original__event__decision", "result")
    passed = [
        Passed(
            row.original.event.decision.effective_date,
            row.original.unit_id or 0,
            row.result.unit_id or 0,
            Decimal(1) if row.extent == "full" else share_of(row),
        )
        for row in rows
        if row.original.unit_id != row.result.unit_id
    ]
    return passed, _begun({*units, *(one.result for one in passed)})


def share_of(row: PassingRow) -> Decimal | None:
    shares: Iterable[Decimal | None] = (getattr(row, name) for name in MEASURES)
    return next((share for share in shares if share is not None), None)


def _begun(units: Iterable[int]) -> dict[int, date]:
    lives = Unit.objects.filter(pk__in=set(units)).values_list("pk", "in_force")
    return {unit: life.lower for unit, life in lives if life.lower is not None}
