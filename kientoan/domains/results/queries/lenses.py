"""The figures of an indicator, unit by period: as reported, or all on the boundaries of one day.

Nothing is rewritten: each cell says of which figures it is made, with which weight, and what is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import F, QuerySet

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Closure, DecisionState, Unit
from kientoan.domains.organisation.models import Passing as PassingRow
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.engines.periods import Period
from kientoan.engines.rollup import Land, Passed, Reading, Recast, best, seen_from
from kientoan.engines.vietnamese import sort_key

from ..access import visible_observations
from ..models import Aggregation, Indicator, Observation
from .figures import counting_on, reading_of
from .recasting import PartOfLine, share_of

Values = dict[Period, dict[int, Decimal]]


@dataclass(frozen=True)
class Asked:
    """What is looked at: figures of one frequency, under a unit (None: all), `on` a day's boundaries.

    `on` None: as reported.
    """

    frequency: str
    under: int | None = None
    on: date | None = None


@dataclass(frozen=True)
class Cell:
    """A figure. `estimated`: a share is in it; `missing`: units whose figure or share is not known."""

    value: Decimal
    parts: tuple[PartOfLine, ...] = ()
    missing: tuple[UnitOnDay, ...] = ()
    estimated: bool = False

    @property
    def is_made(self) -> bool:
        """Whether it differs from what the unit itself reported."""
        return bool(self.missing) or len(self.parts) > 1 or any(part.percent != 100 for part in self.parts)


@dataclass(frozen=True)
class Line:
    """A unit and its figure for each period, None where nothing of it is known."""

    unit: UnitOnDay
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Total:
    """All figures of a period added up, and from how many units; one that is made of shares says so."""

    value: Decimal
    units: int
    estimated: bool


@dataclass(frozen=True)
class FigureTable:
    """Units by periods, newest period first; `totals` only where the indicator may be added."""

    asked: Asked
    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    totals: tuple[Total | None, ...]
    days: tuple[date, ...]  # on which boundaries of these units changed, latest first


def frequencies_of(viewer: Viewer, day: date, indicator: Indicator) -> list[str]:
    """How often it was reported, for what the viewer sees; the most usual first."""
    rows = _rows(viewer, day, indicator).values_list("frequency", flat=True)
    found = list(rows)
    return sorted(set(found), key=lambda one: (-found.count(one), one))


def figure_table(viewer: Viewer, day: date, *, indicator: Indicator, asked: Asked, most: int) -> FigureTable:
    """The figures known on the day, of the `most` latest periods (eight statements at most)."""
    values = _values(_rows(viewer, day, indicator).filter(frequency=asked.frequency))
    ordered = sorted(values, key=lambda period: period.start, reverse=True)
    periods = tuple(ordered[:most])
    told = {unit for period in periods for unit in values[period]}
    land, days = _land(ordered, asked.on or day)
    units = _units_of(told, land, asked)
    names = units_on(asked.on or day, {near for unit in units for near in land.near(unit)})
    adds = indicator.aggregation == Aggregation.SUM
    lens = _Lens(asked.on, values, ordered, land, names, adds)
    lines = (Line(names[unit], tuple(lens.cell(unit, one) for one in periods)) for unit in units)
    kept = tuple(sorted((line for line in lines if any(line.cells)), key=_order))
    near = {one for unit in told for one in land.near(unit)}
    changed = sorted({at for at, ends in days.items() if ends & near}, reverse=True)
    totals = _totals(kept, len(periods), _above(units, asked.on)) if adds else ()
    return FigureTable(asked, periods, kept, totals, tuple(changed))


def _order(line: Line) -> tuple[str, int]:
    return sort_key(line.unit.name), line.unit.id


def _rows(viewer: Viewer, day: date, indicator: Indicator) -> QuerySet[Observation]:
    seen = visible_observations(viewer).values("pk")
    return counting_on(day).filter(pk__in=seen, indicator=indicator)


def _values(rows: Iterable[Observation]) -> Values:
    readings: dict[Period, dict[int, list[Reading]]] = {}
    for row in rows:
        readings.setdefault(row.period, {}).setdefault(row.unit_id, []).append(reading_of(row))
    return {
        period: {unit: best(held).value for unit, held in units.items()} for period, units in readings.items()
    }


def _land(periods: Sequence[Period], day: date) -> tuple[Land, dict[date, set[int]]]:
    """What passed from the first period to the last or the day; on which day between which units."""
    starts = [day, *(period.start for period in periods)]
    rows = (
        PassingRow.objects.filter(
            original__event__decision__state=DecisionState.APPLIED,
            original__event__decision__effective_date__gt=min(starts),
            original__event__decision__effective_date__lte=max(starts),
        )
        .exclude(original__unit=F("result__unit"))
        .select_related("original__event__decision", "result")
    )
    passed = [
        Passed(
            row.original.event.decision.effective_date, row.original.unit_id or 0, row.result.unit_id or 0,
            Decimal(1) if row.extent == "full" else share_of(row),
        )
        for row in rows
    ]  # fmt: skip
    ends = {unit for row in passed for unit in (row.origin, row.result)}
    lives = Unit.objects.filter(pk__in=ends).values_list("pk", "in_force") if ends else ()
    days: dict[date, set[int]] = {}
    for row in passed:
        days.setdefault(row.day, set()).update((row.origin, row.result))
    return Land(passed, {unit: life.lower for unit, life in lives if life.lower}), days


def _units_of(told: set[int], land: Land, asked: Asked) -> list[int]:
    """Whose lines to show: who reported, or on a day's boundaries who held that land then."""
    wanted = told if asked.on is None else {near for unit in told for near in land.near(unit)}
    if asked.on is not None:
        living = Unit.objects.filter(pk__in=wanted, in_force__contains=asked.on)
        wanted = set(living.values_list("pk", flat=True))
    if asked.under is not None:
        under = Closure.objects.filter(ancestor=asked.under, descendant__in=wanted)
        if asked.on is not None:
            under = under.filter(in_force__contains=asked.on)
        wanted = set(under.values_list("descendant_id", flat=True))
    return sorted(wanted)


@dataclass(frozen=True)
class _Lens:
    """Everything that the cells of one table are made of."""

    on: date | None
    values: Values
    ordered: Sequence[Period]  # latest first
    land: Land
    names: Mapping[int, UnitOnDay]
    adds: bool

    def cell(self, unit: int, period: Period) -> Cell | None:
        """The figure of the unit for the period; None where nothing of it is known."""
        figures = self.values[period]
        if self.on is None:
            return Cell(figures[unit]) if unit in figures else None
        made = seen_from(self.on, unit, period.start, figures, self.land, self._earlier)
        if made is None or (not self.adds and not _is_own(unit, made)):
            return None
        return Cell(
            made.value,
            tuple(PartOfLine(self.names[part.unit], part.value, part.weight * 100) for part in made.parts),
            tuple(self.names[one] for one in made.missing),
            made.estimated,
        )

    @cached_property
    def _earlier(self) -> list[tuple[date, dict[int, Decimal]]]:
        on = self.on
        return [(one.start, self.values[one]) for one in self.ordered if on is not None and one.start <= on]


def _is_own(unit: int, made: Recast) -> bool:
    """Whether the figure is of the unit alone: a rate is neither added nor divided."""
    return not made.missing and not made.estimated and [part.unit for part in made.parts] == [unit]


def _above(units: Sequence[int], on: date | None) -> dict[int, set[int]]:
    """Unit → those of the others that stand above it (on the day; at any time for figures as reported)."""
    pairs = Closure.objects.filter(ancestor__in=units, descendant__in=units, depth__gt=0)
    if on is not None:
        pairs = pairs.filter(in_force__contains=on)
    found: dict[int, set[int]] = {}
    for above, below in pairs.values_list("ancestor_id", "descendant_id"):
        found.setdefault(below, set()).add(above)
    return found


def _totals(lines: Sequence[Line], periods: int, above: Mapping[int, set[int]]) -> tuple[Total | None, ...]:
    """The figures of a period added up; of a unit and one above it only the one above."""
    found: list[Total | None] = []
    for place in range(periods):
        told = {line.unit.id: cell for line in lines if (cell := line.cells[place]) is not None}
        cells = [cell for unit, cell in told.items() if not above.get(unit, set()) & told.keys()]
        value = sum((cell.value for cell in cells), Decimal(0))
        found.append(Total(value, len(cells), any(cell.estimated for cell in cells)) if cells else None)
    return tuple(found)
