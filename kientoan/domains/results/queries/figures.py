"""Figures as they were known on a day: as reported, and made up from units below where that is allowed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from kientoan.domains.organisation.models import Closure, Placement, UnitVersion
from kientoan.engines.periods import Period
from kientoan.engines.rollup import Reading, accumulate, best, roll_up, silent

from ..models import Aggregation, Indicator, Observation

Pair = tuple[int, int]
"""(indicator id, unit id)."""
OFFICE = timezone.get_default_timezone()


def end_of(day: date) -> datetime:
    """The first moment after the day, in the office's time zone."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def counting_on(day: date) -> QuerySet[Observation]:
    """Approved figures that were known at the end of the day and not yet replaced by a correction."""
    moment = end_of(day)
    current = Q(superseded_at=None) | Q(superseded_at__gte=moment)
    return Observation.objects.filter(current, approved=True, reported_at__lt=moment)


@dataclass(frozen=True)
class Window:
    """The stretch of time whose figures are wanted, half-open."""

    start: date
    end: date


def readings_on(
    day: date, pairs: Iterable[Pair], indicators: Mapping[int, Indicator], window: Window
) -> dict[Pair, list[Reading]]:
    """All readings known on the day for each pair, periods within the window, in three statements at most.

    Every vintage is there; `best_per_period` chooses. Where the indicator may be added or averaged and the
    unit has no figure of its own for a period, a computed reading stands in (docs/algorithms/target-status).
    """
    wanted = set(pairs)
    adding = {key for key, one in indicators.items() if one.aggregation != Aggregation.NONE}
    tops = {unit for indicator, unit in wanted if indicator in adding}
    tree = _Tree.load(tops, day) if tops else _Tree({}, {})
    rows = _load(day, wanted, adding, tree, window)
    found: dict[Pair, list[Reading]] = {pair: [] for pair in wanted}
    known = {key: _Known(indicators[key].accumulates) for key in adding}
    for row in rows:
        reading = reading_of(row)
        if (row.indicator_id, row.unit_id) in found:
            found[row.indicator_id, row.unit_id].append(reading)
        if row.indicator_id in adding:
            known[row.indicator_id].add(row.unit_id, reading)
    for indicator, unit in wanted:
        if indicator in adding:
            method = indicators[indicator].aggregation
            found[indicator, unit] += _computed(unit, known[indicator], tree, method)
    return found


def silent_on(
    day: date, pairs: Mapping[Pair, Period], indicators: Mapping[int, Indicator]
) -> dict[Pair, list[int]]:
    """For each pair and its period: the units whose figure is missing on the day.

    Where the indicator is made up from below and units below report it, these are the units below that are
    silent; else the unit itself, when it is.
    """
    if not pairs:
        return {}
    window = Window(min(p.start for p in pairs.values()), max(p.end for p in pairs.values()))
    adding = {key for key, one in indicators.items() if one.aggregation != Aggregation.NONE}
    tops = {unit for indicator, unit in pairs if indicator in adding}
    tree = _Tree.load(tops, day) if tops else _Tree({}, {})
    wider = Window(window.start.replace(year=window.start.year - 1), window.end)
    known = {key: _Known(one.accumulates) for key, one in indicators.items()}
    for row in _load(day, set(pairs), adding, tree, wider):
        known[row.indicator_id].add(row.unit_id, reading_of(row))
    missing = {}
    for (indicator, unit), period in pairs.items():
        kinds = known[indicator].kinds(tree, unit)
        below = tree.under(unit, kinds) if kinds and indicator in adding and unit in tree.kinds else {}
        missing[indicator, unit] = silent(unit, below, known[indicator].given(period))
    return missing


@dataclass(frozen=True)
class _Tree:
    """Who stands directly under whom on the day, and what kind of unit each is."""

    below: dict[int, list[int]]
    kinds: dict[int, str]

    @classmethod
    def load(cls, tops: set[int], day: date) -> "_Tree":
        inside = Closure.objects.on(day).filter(ancestor__in=tops).values("descendant_id")
        below: dict[int, list[int]] = {}
        rows = Placement.objects.on(day).filter(unit__in=inside, parent__isnull=False)
        for unit, parent in rows.values_list("unit_id", "parent_id").distinct():
            assert parent is not None
            below.setdefault(parent, []).append(unit)
        versions = UnitVersion.objects.on(day).filter(unit__in=inside)
        return cls(below, dict(versions.values_list("unit_id", "kind")))

    def under(self, unit: int, kinds: set[str]) -> dict[int, list[int]]:
        """The tree under a unit, cut down to those who are expected to report: the kinds that do report.

        A unit that stands under several (in several hierarchies) is taken once.
        """
        expected: dict[int, list[int]] = {}
        taken = {unit}

        def keep(at: int) -> bool:
            children = [child for child in self.below.get(at, []) if child not in taken]
            taken.update(children)
            expected[at] = [child for child in children if keep(child)]
            return bool(expected[at]) or self.kinds.get(at) in kinds

        keep(unit)
        return expected


def _load(
    day: date, wanted: set[Pair], adding: set[int], tree: _Tree, window: Window
) -> Sequence[Observation]:
    units = {unit for _, unit in wanted}
    own = Q(unit__in=units, indicator__in={indicator for indicator, _ in wanted})
    below = Q(unit__in=set(tree.kinds), indicator__in=adding)
    rows = counting_on(day).filter(own | below if tree.kinds and adding else own)
    return list(
        rows.filter(period_start__gte=window.start, period_end__lte=window.end).only(
            "indicator_id", "unit_id", "period_start", "period_end", "frequency", "vintage", "value",
            "reported_at",
        )
    )  # fmt: skip


def reading_of(row: Observation) -> Reading:
    return Reading(row.period, row.value, row.vintage, row.reported_at.astimezone(OFFICE).date())


@dataclass(frozen=True)
class _Known:
    """What is known of one indicator: period → unit → readings of every vintage."""

    accumulates: bool
    periods: dict[Period, dict[int, list[Reading]]] = field(default_factory=dict)
    _given: dict[Period, dict[int, Reading]] = field(default_factory=dict)  # made once per period

    def add(self, unit: int, reading: Reading) -> None:
        """Note a reading of a unit."""
        self.periods.setdefault(reading.period, {}).setdefault(unit, []).append(reading)

    def given(self, period: Period) -> dict[int, Reading]:
        """The figure of each unit for the period; of one that gave all its parts, the parts added up."""
        if period not in self._given:
            self._given[period] = self._give(period)
        return self._given[period]

    def _give(self, period: Period) -> dict[int, Reading]:
        found = {unit: best(readings) for unit, readings in self.periods.get(period, {}).items()}
        if not self.accumulates:
            return found
        parts: dict[int, list[Reading]] = {}
        for other, units in self.periods.items():
            if other != period and period.contains(other):
                for unit, readings in units.items():
                    parts.setdefault(unit, []).extend(readings)
        for unit, readings in parts.items():
            total = accumulate(readings, period.start, period.end)
            if unit not in found and total.complete and total.until == period.end:
                found[unit] = Reading(period, total.value, total.vintage, total.known_on)
        return found

    def kinds(self, tree: _Tree, but: int) -> set[str]:
        """The kinds of units in the tree that report this indicator."""
        units = {unit for units in self.periods.values() for unit in units}
        return {tree.kinds[unit] for unit in units if unit != but and unit in tree.kinds}


def _computed(unit: int, known: _Known, tree: _Tree, method: str) -> list[Reading]:
    """Readings made of the units below, for the periods without a figure of the unit itself."""
    if not tree.below.get(unit) or unit not in tree.kinds:
        return []
    kinds = known.kinds(tree, unit)
    if not kinds:
        return []
    below = tree.under(unit, kinds)
    made = []
    for period in known.periods:
        given = known.given(period)
        if unit in given:
            continue
        reported = {one: given[one] for one in below if one in given}
        reading = roll_up(unit, below, reported, method, period)
        if isinstance(reading, Reading):
            made.append(reading)
    return made
