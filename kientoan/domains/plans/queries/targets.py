"""Targets with everything a page shows about them, loaded in a handful of statements."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.queries import UnitOnDay, holders_on, units_on
from kientoan.domains.results.models import Indicator
from kientoan.domains.results.queries.figures import Pair, Window, readings_on
from kientoan.engines.periods import MONTHS
from kientoan.engines.rollup import Reading, best_per_period

from ..models import PathPoint, Target, TargetSet
from ..models.target_standing import stand_targets_on
from ..rules.targets import EXCEEDED, MET, MISSED, STATES, Status, status
from ..target_access import not_passed_on, reporter_of, visible_sets, visible_targets
from .target_words import (
    STATE_LABELS,
    VINTAGE_LABELS,
    baseline_text,
    explain,
    goal_of,
    plan_text,
    shown_value,
    span_label,
)

TREND_POINTS = 12
TREND_YEARS = 2


@dataclass(frozen=True)
class TargetRow:
    """One target as a table shows it; templates ask nothing of the database."""

    target: Target
    plan: str
    baseline: str
    period: str
    status: Status
    value: str
    unit: UnitOnDay
    reporter: UnitOnDay
    post_title: str
    holder: str
    readings: tuple[Reading, ...]
    day: date

    @property
    def rule(self) -> str:
        """Why the state is what it is, in words."""
        return explain(self.target, goal_of(self.target), self.status, self.day)

    @property
    def trend(self) -> tuple[tuple[date, Decimal], ...]:
        """(last day of the period, figure) of the latest periods of one length."""
        series = series_of(self.readings)[-TREND_POINTS:]
        return tuple((one.period.last_day, one.value) for one in series)

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.target.indicator

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(STATE_LABELS[self.status.state])

    @property
    def concluded(self) -> bool:
        """Whether the state is a conclusion, and not that it is too early for one."""
        return self.status.state in {MET, EXCEEDED, MISSED}

    @property
    def vintage_label(self) -> str:
        """Estimate, preliminary or final in words; '' without a figure."""
        return str(VINTAGE_LABELS.get(self.status.vintage, ""))

    @property
    def coverage(self) -> str:
        """'10/12' when the figure is made up from units below and some are silent."""
        status = self.status
        return f"{status.reported}/{status.expected}" if status.reported < status.expected else ""


@dataclass(frozen=True)
class Summary:
    """How many targets of a set are in each state."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def reached(self) -> int:
        """Met and exceeded: the first number of '12/14 đạt và vượt'."""
        return self.counts[MET] + self.counts[EXCEEDED]

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """(state, label, number), best first, without empty ones."""
        return [(key, str(STATE_LABELS[key]), self.counts[key]) for key in STATES if self.counts[key]]


@dataclass(frozen=True)
class SetView:
    """A target set with the targets of it that were asked for."""

    set: TargetSet
    unit: UnitOnDay
    rows: tuple[TargetRow, ...]

    @property
    def summary(self) -> Summary:
        """Counts per state."""
        return summarise(self.rows)


def summarise(rows: Iterable[TargetRow]) -> Summary:
    """Count the rows per state."""
    counts = Counter(row.status.state for row in rows)
    return Summary({state: counts[state] for state in STATES})


def target_table(
    *,
    viewer: Viewer,
    day: date,
    unit_ids: Iterable[int] | None = None,
    year: int | None = None,
    set_id: int | None = None,
) -> list[SetView]:
    """The sets with their targets as known on the day.

    `unit_ids`: only targets of these units; `year`: only sets of this year; `set_id`: only this set. Sets
    without a target that fits are left out. At most a dozen statements, however many targets.
    """
    targets = not_passed_on(visible_targets(viewer), day)
    if unit_ids is not None:
        targets = targets.filter(Q(unit_on__in=set(unit_ids)))
    if year is not None:
        targets = targets.filter(target_set__year=year)
    if set_id is not None:
        targets = targets.filter(target_set=set_id)
    return by_set(rows_of(targets, day, ahead=viewer.changes_ahead), day)


def set_summary(
    *, viewer: Viewer, day: date, unit_ids: Iterable[int] | None = None, year: int | None = None
) -> list[tuple[TargetSet, Summary]]:
    """'12/14 đạt và vượt' for each set."""
    views = target_table(viewer=viewer, day=day, unit_ids=unit_ids, year=year)
    return [(view.set, view.summary) for view in views]


def years_with_sets(viewer: Viewer) -> list[int]:
    """The years for which the viewer sees a set, newest first."""
    return list(visible_sets(viewer).order_by("-year").values_list("year", flat=True).distinct())


def by_set(rows: Sequence[TargetRow], day: date) -> list[SetView]:
    """Group rows under their sets, in the order of names and positions."""
    sets = {row.target.target_set_id: row.target.target_set for row in rows}
    units = units_on(day, {one.unit_id for one in sets.values()})
    views = [
        SetView(one, units[one.unit_id], tuple(row for row in rows if row.target.target_set_id == key))
        for key, one in sets.items()
    ]
    return sorted(views, key=lambda view: (-view.set.year, view.set.pk))


def rows_of(targets: QuerySet[Target], day: date, *, ahead: bool) -> list[TargetRow]:
    """The targets with status, words, people and trend, as known on the day.

    `ahead`: whether a decision of a later day is applied (`Viewer.changes_ahead`).
    """
    found = list(
        targets.select_related(
            "target_set", "target_set__document__type", "indicator", "post", "passage", "passage__provision"
        )
        .prefetch_related(Prefetch("path", PathPoint.objects.order_by("period_end")))
        .order_by("target_set_id", "position", "pk")
    )
    if not found:
        return []
    if ahead:
        stand_targets_on(found, day)
    readings = _readings(found, day)
    units = units_on(day, {unit for one in found for unit in (one.unit_id, reporter_of(one))})
    holders = holders_on(day, {target.post_id for target in found if target.post_id})
    return [
        _row(target, readings[target.indicator_id, target.unit_id], units, holders, day) for target in found
    ]


def _readings(targets: Sequence[Target], day: date) -> dict[Pair, list[Reading]]:
    start = min(target.period_start for target in targets)
    window = Window(start.replace(year=start.year - TREND_YEARS), max(t.period_end for t in targets))
    indicators = {target.indicator_id: target.indicator for target in targets}
    return readings_on(day, {(t.indicator_id, t.unit_id) for t in targets}, indicators, window)


def _row(
    target: Target,
    readings: list[Reading],
    units: dict[int, UnitOnDay],
    holders: dict[int, str],
    day: date,
) -> TargetRow:
    goal = goal_of(target)
    found = status(goal, readings, day)
    return TargetRow(
        target=target,
        plan=plan_text(target.operator, target.low, target.high),
        baseline=baseline_text(target),
        period=span_label(target.period_start, target.period_end),
        status=found,
        value=shown_value(found.value, target.indicator),
        unit=units[target.unit_id],
        reporter=units[reporter_of(target)],
        post_title=target.post.title if target.post else "",
        holder=holders.get(target.post_id, "") if target.post_id else "",
        readings=tuple(readings),
        day=day,
    )


def series_of(readings: Iterable[Reading]) -> list[Reading]:
    """One reading per period of the shortest kind reported, in order, so that months stand beside months.

    When there are fewer than two of these, all periods.
    """
    series = best_per_period(readings)
    shortest = min((MONTHS[one.period.frequency] * one.period.years for one in series), default=0)
    alike = [one for one in series if MONTHS[one.period.frequency] * one.period.years == shortest]
    return alike if len(alike) > 1 else series
