"""Who reports which figures, for which period, and who has not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kientoan.domains.language.lookups import SortKey
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.domains.results.models import Indicator, Observation, Submission, SubmissionState
from kientoan.domains.results.queries.figures import Pair, silent_on
from kientoan.domains.temporal.models import since
from kientoan.engines.periods import Period

from ..models import Target
from ..models.target_standing import stand_targets_on
from ..rules.reporting import due_date, period_due
from ..target_access import reporter_of, targets_reported_by, visible_targets


@dataclass(frozen=True)
class ReportRow:
    """One line of the reporting grid: what the unit reports, and the target it serves, if any."""

    indicator: Indicator
    unit: UnitOnDay
    target: Target | None

    @property
    def pair(self) -> Pair:
        """What the figure is about."""
        return self.indicator.pk, self.unit.id


@dataclass(frozen=True)
class Silence:
    """A unit that has not reported what was due."""

    unit: UnitOnDay
    period: Period
    due: date
    days_late: int
    indicators: tuple[Indicator, ...]
    waiting: bool  # something is entered and waits for the head


def charged_pairs(unit_id: int, day: date, *, ahead: bool) -> frozenset[Pair]:
    """(indicator, unit) pairs that the unit reports on the day because its post answers for the target.

    `ahead`: see `Viewer.changes_ahead`.
    """
    found = targets_reported_by(unit_id, Target.objects.all(), day, ahead=ahead)
    return frozenset((target.indicator_id, target.unit_id) for target in found)


def report_rows(
    *,
    unit_id: int,
    period: Period,
    day: date,
    extra: Iterable[int] = (),
    entered: frozenset[Pair] = frozenset(),
    ahead: bool = False,
) -> list[ReportRow]:
    """What the unit reports for the period: by its targets, by what it reported before, what is `entered`
    already, and `extra` indicators.

    A target is reported in its own frequency, and once more for its whole period. `ahead`: see
    `Viewer.changes_ahead`.
    """
    inside = Q(period_start__lte=period.start, period_end__gte=period.end)
    whole = Q(period_start=period.start, period_end=period.end)
    targets = Target.objects.filter(inside & (Q(frequency=period.frequency) | whole))
    wanted: dict[Pair, Target | None] = {
        (target.indicator_id, target.unit_id): target
        for target in targets_reported_by(unit_id, targets.order_by("-position", "-pk"), day, ahead=ahead)
    }
    before = Observation.objects.filter(submission__unit=unit_id, frequency=period.frequency)
    recent = before.filter(period_start__gte=period.a_year_before().start, period_start__lte=period.start)
    for pair in recent.values_list("indicator_id", "unit_id").distinct():
        wanted.setdefault(pair, None)
    for pair in entered:
        wanted.setdefault(pair, None)
    for indicator_id in extra:
        wanted.setdefault((indicator_id, unit_id), None)
    units = units_on(day, {unit for _, unit in wanted})
    indicators = Indicator.objects.filter(pk__in={key for key, _ in wanted}).order_by(SortKey("name"))
    order = {unit: place for place, unit in enumerate(units)}
    rows = [
        ReportRow(indicator, units[unit], wanted[indicator.pk, unit])
        for indicator in indicators
        for unit in sorted((u for key, u in wanted if key == indicator.pk), key=order.__getitem__)
    ]
    return sorted(rows, key=lambda row: row.target.position if row.target else 10_000)


def not_reported(*, viewer: Viewer, day: date, unit_ids: Iterable[int] | None = None) -> list[Silence]:
    """Who has not reported the figures due on the day (see `rules.reporting.GRACE_DAYS`), latest first."""
    targets = visible_targets(viewer).filter(period_end__gt=day.replace(year=day.year - 1, day=1))
    if unit_ids is not None:
        targets = targets.filter(Q(unit_on__in=set(unit_ids)))
    due: dict[Pair, Period] = {}
    reporters: dict[Pair, int] = {}
    indicators: dict[int, Indicator] = {}
    listed = list(targets.select_related("indicator", "post", "target_set"))
    if viewer.changes_ahead:
        stand_targets_on(listed, day)
    for target in listed:
        period = period_due(target.frequency, target.period_start, target.period_end, day)
        pair = (target.indicator_id, target.unit_id)
        if period is not None and (pair not in due or due[pair].end < period.end):
            due[pair], reporters[pair] = period, reporter_of(target)
            indicators[target.indicator_id] = target.indicator
    return _silences(silent_on(day, due, indicators), due, reporters, indicators, day)


def _silences(
    silent: dict[Pair, list[int]],
    due: dict[Pair, Period],
    reporters: dict[Pair, int],
    indicators: dict[int, Indicator],
    day: date,
) -> list[Silence]:
    missing: dict[tuple[int, Period], dict[int, Indicator]] = {}
    for pair, quiet in silent.items():
        for unit in quiet:
            owner = reporters[pair] if unit == pair[1] else unit
            missing.setdefault((owner, due[pair]), {})[pair[0]] = indicators[pair[0]]
    units = units_on(day, {unit for unit, _ in missing})
    spans = {since(period.start, period.end) for _, period in missing}
    waiting = {
        (one.unit_id, one.period)
        for one in Submission.objects.filter(
            unit__in=units, in_force__in=spans, state=SubmissionState.SUBMITTED
        )
    }
    order = {unit: place for place, unit in enumerate(units)}
    found = [
        Silence(
            units[unit], period, due_date(period), (day - due_date(period)).days, tuple(what.values()),
            (unit, period) in waiting,
        )
        for (unit, period), what in missing.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.days_late, order[one.unit.id]))
