"""When a target is met: the rule of docs/algorithms/target-status.md; without database and clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from kientoan.engines.periods import Period
from kientoan.engines.rollup import FINAL, Reading, Total, accumulate, best, best_per_period

NOT_REPORTED: Final = "not_reported"
ON_THE_WAY: Final = "on_the_way"
MET: Final = "met"
EXCEEDED: Final = "exceeded"
MISSED: Final = "missed"
STATES: Final = (EXCEEDED, MET, ON_THE_WAY, MISSED, NOT_REPORTED)

ABOUT_TOLERANCE: Final = Decimal("0.05")
"""'Khoảng 1.000' is met from 950 to 1.050: five hundredths of the number to either side."""

BETTER, MEETS, SHORT = 1, 0, -1


@dataclass(frozen=True)
class Goal:
    """What a target demands. `path`: (first day after, cumulative value) of each step on the way."""

    operator: str
    low: Decimal | None
    high: Decimal | None
    start: date
    end: date
    ascending: bool = True
    accumulates: bool = False
    decimals: int = 2
    path: tuple[tuple[date, Decimal], ...] = ()

    @property
    def places(self) -> int:
        """Decimal places in which figure and bounds are compared: those shown, or those of the bounds."""
        written = (-int(bound.normalize().as_tuple().exponent) for bound in self.bounds)
        return max(self.decimals, 0, *written)

    @property
    def bounds(self) -> tuple[Decimal, ...]:
        """The numbers that the document names, one or two."""
        return tuple(bound for bound in (self.low, self.high) if bound is not None)

    @property
    def limits(self) -> tuple[Decimal | None, Decimal | None]:
        """Lowest and highest value that meet the target, before the direction is looked at."""
        if self.operator == "~" and self.low is not None:
            margin = abs(self.low) * ABOUT_TOLERANCE
            return self.low - margin, self.low + margin
        if self.operator == "=":
            return self.low, self.low
        return self.low, self.high

    @property
    def strict(self) -> bool:
        """The bound itself is not enough: 'trên', 'dưới'."""
        return self.operator in {">", "<"}


@dataclass(frozen=True)
class Pace:
    """Where the target stands against the last step of its path that is behind it."""

    until: date
    planned: Decimal
    value: Decimal
    side: int  # BETTER ahead of the path, MEETS on it, SHORT behind it


@dataclass(frozen=True)
class Status:
    """The state of a target on a day, and all numbers that explain it.

    `basis`: 'whole' a figure of the target's own period, 'sum' parts added up, 'latest' the latest part,
    'none' no figure. `until`: the first day after what the figure covers. `provisional`: may still change.
    """

    state: str
    basis: str = "none"
    value: Decimal | None = None
    vintage: str = ""
    period: Period | None = None
    until: date | None = None
    known_on: date | None = None
    provisional: bool = False
    reported: int = 0
    expected: int = 0
    gaps: tuple[tuple[date, date], ...] = ()
    pace: Pace | None = None

    @property
    def partial(self) -> bool:
        """A unit or a stretch of time is missing in the figure."""
        return bool(self.gaps) or self.reported < self.expected


def status(goal: Goal, readings: Sequence[Reading], day: date) -> Status:
    """The state of the target as known on `day`. Readings of other days or periods may be among them."""
    known = [r for r in readings if r.known_on <= day and goal.start <= r.period.start]
    known = [r for r in known if r.period.end <= goal.end]
    whole = [r for r in known if (r.period.start, r.period.end) == (goal.start, goal.end)]
    if whole:
        chosen = best(whole)
        if chosen.complete or not goal.accumulates:
            return _judge(goal, _of_reading(chosen, "whole"), day)
    if goal.accumulates:
        total = accumulate(known, goal.start, goal.end)
        found = _of_total(total) if total.parts else Status(NOT_REPORTED)
    else:
        found = _of_reading(best_per_period(known)[-1], "latest") if known else Status(NOT_REPORTED)
    if found.value is None:
        return found
    return _judge(goal, replace(found, pace=_pace(goal, known)), day)


def compare(goal: Goal, value: Decimal) -> int:
    """BETTER than demanded, MEETS it or falls SHORT; both sides rounded half up to `goal.places`.

    Better is beyond the bound on the good side (`ascending`). A strict bound asks to be passed, so passing
    it is meeting it. Beyond a bound on the bad side is short.
    """
    shown = rounded(value, goal.places)
    low, high = goal.limits
    if low is not None and (shown < rounded(low, goal.places) or (goal.strict and shown == low)):
        return BETTER if _may_be_under(goal) else SHORT
    if high is not None and (shown > rounded(high, goal.places) or (goal.strict and shown == high)):
        return BETTER if _may_be_over(goal) else SHORT
    if goal.operator == ">=" and goal.ascending and low is not None and shown > low:
        return BETTER
    if goal.operator == "<=" and not goal.ascending and high is not None and shown < high:
        return BETTER
    return MEETS


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up, as figures are shown."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _may_be_under(goal: Goal) -> bool:
    """Under the low end is the good side: less is better and the target names a level, not a floor."""
    return not goal.ascending and goal.operator in {"=", "~", "range"}


def _may_be_over(goal: Goal) -> bool:
    return goal.ascending and goal.operator in {"=", "~", "range"}


def _of_reading(reading: Reading, basis: str) -> Status:
    return Status(
        NOT_REPORTED, basis, reading.value, reading.vintage, reading.period, reading.period.end,
        reading.known_on, reading.vintage != FINAL, reading.reported, reading.expected,
    )  # fmt: skip


def _of_total(total: Total) -> Status:
    weakest = min(total.parts, key=lambda part: part.reported / part.expected)
    return Status(
        NOT_REPORTED, "sum", total.value, total.vintage, None, total.until, total.known_on,
        total.vintage != FINAL, weakest.reported, weakest.expected, total.gaps,
    )  # fmt: skip


def _judge(goal: Goal, found: Status, day: date) -> Status:
    """Give the state to a figure: what is final, what can still change, what is not enough to judge by."""
    assert found.value is not None
    side = compare(goal, found.value)
    reached = {BETTER: EXCEEDED, MEETS: MET, SHORT: MISSED}[side]
    whole = found.basis == "whole" or found.until == goal.end
    waiting = ON_THE_WAY if day < goal.end else NOT_REPORTED
    if found.partial:
        state = _so_far(goal, found.value, side, waiting) if goal.accumulates else waiting
        return replace(found, state=state, provisional=True)
    if whole and goal.end <= day:
        return replace(found, state=reached)
    if whole:  # a figure for the whole period before its end: an expectation
        return replace(found, state=ON_THE_WAY if side == SHORT else reached, provisional=True)
    if goal.accumulates:
        return replace(found, state=_so_far(goal, found.value, side, waiting), provisional=True)
    if goal.end <= day:
        return replace(found, state=NOT_REPORTED, provisional=True)
    return replace(found, state=ON_THE_WAY if side == SHORT else reached, provisional=True)


def _so_far(goal: Goal, value: Decimal, side: int, waiting: str) -> str:
    """A sum that still grows: a floor once reached stays reached, a ceiling once broken stays broken."""
    low, high = goal.limits
    over_the_floor = low is None or rounded(value, goal.places) >= rounded(low, goal.places)
    if side == SHORT:
        return MISSED if high is not None and over_the_floor else waiting
    if low is not None and over_the_floor and (goal.ascending or high is None):
        return EXCEEDED if side == BETTER else MET
    return waiting


def _pace(goal: Goal, known: Sequence[Reading]) -> Pace | None:
    """Compare with the last step of the path that the figures cover wholly."""
    for until, planned in sorted(goal.path, reverse=True):
        value = _value_at(goal, known, until)
        if value is None:
            continue
        shown, wanted = rounded(value, goal.places), rounded(planned, goal.places)
        ahead = (shown > wanted) - (shown < wanted)
        return Pace(until, planned, value, ahead if goal.ascending else -ahead)
    return None


def _value_at(goal: Goal, known: Sequence[Reading], until: date) -> Decimal | None:
    if goal.accumulates:
        total = accumulate(known, goal.start, until)
        return total.value if total.until == until and total.complete else None
    reaching = [r for r in best_per_period(known) if r.period.end == until and r.complete]
    return reaching[-1].value if reaching else None
