"""Figures add up over units and over time, and nothing missing is taken for zero."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kientoan.engines.periods import parse_period
from kientoan.engines.rollup import MEAN, SUM, Reading, accumulate, best, best_per_period, roll_up, silent

JANUARY = parse_period("2018-01")
BELOW = {1: [2, 3], 2: [21, 22], 3: [31]}


def reading(
    value: str | int | Decimal, period: str = "2018-01", vintage: str = "final", day: int = 1
) -> Reading:
    return Reading(parse_period(period), Decimal(value), vintage, date(2018, 2, day))


def rolled(unit: int, reported: dict[int, Reading], method: str = SUM) -> Reading | int:
    return roll_up(unit, BELOW, reported, method, JANUARY)


def test_a_unit_that_reported_has_its_own_figure() -> None:
    assert rolled(1, {1: reading(7), 21: reading(99)}) == reading(7)


def test_the_sum_comes_from_the_lowest_units() -> None:
    found = rolled(1, {21: reading(55), 22: reading(105), 31: reading(151)})
    assert isinstance(found, Reading)
    assert (found.value, found.reported, found.expected, found.computed) == (311, 3, 3, True)


def test_a_silent_unit_is_told_and_not_zero() -> None:
    found = rolled(1, {21: reading(55), 31: reading(151)}, MEAN)
    assert isinstance(found, Reading)
    assert (found.value, found.reported, found.expected) == (103, 2, 3)
    assert not found.complete


def test_a_silent_branch_counts_its_units() -> None:
    found = rolled(1, {31: reading(151)})
    assert isinstance(found, Reading)
    assert (found.value, found.reported, found.expected) == (151, 1, 3)


def test_when_nobody_reported_there_is_no_figure_but_the_number_of_the_silent() -> None:
    assert rolled(1, {}) == 3


def test_a_sum_is_as_settled_as_its_least_settled_part() -> None:
    found = rolled(2, {21: reading(1, vintage="final", day=9), 22: reading(1, vintage="estimate", day=3)})
    assert isinstance(found, Reading)
    assert (found.vintage, found.known_on) == ("estimate", date(2018, 2, 9))


@given(st.dictionaries(st.sampled_from([21, 22, 31]), st.integers(-100, 100), min_size=1))
def test_the_sum_is_the_sum_of_what_was_reported(values: dict[int, int]) -> None:
    found = rolled(1, {unit: reading(value) for unit, value in values.items()})
    assert isinstance(found, Reading)
    assert (found.value, found.reported) == (sum(values.values()), len(values))


def test_the_most_settled_figure_stands_then_the_newest() -> None:
    estimate, final = reading(1, vintage="estimate", day=20), reading(2, vintage="final", day=3)
    assert best([final, estimate]) == final
    assert best([reading(1, day=3), reading(2, day=4)]).value == 2
    assert best_per_period([estimate, final, reading(3, "2018-02")])[0] == final


def test_months_and_a_quarter_are_not_counted_twice() -> None:
    parts = [reading(1, "2018-01"), reading(5, "2018-Q1"), reading(2, "2018-04")]
    total = accumulate(parts, date(2018, 1, 1), date(2019, 1, 1))
    assert (total.value, total.until, total.gaps) == (7, date(2018, 5, 1), ())
    assert total.complete


def test_a_month_without_a_figure_is_a_gap() -> None:
    total = accumulate([reading(1, "2018-01"), reading(2, "2018-03")], date(2018, 1, 1), date(2019, 1, 1))
    assert (total.value, total.gaps) == (3, ((date(2018, 2, 1), date(2018, 3, 1)),))
    assert not total.complete


def test_nothing_reported_is_no_total() -> None:
    assert accumulate([], date(2018, 1, 1), date(2019, 1, 1)).parts == ()


MONTHS = st.dictionaries(st.integers(1, 12), st.integers(0, 100))


@given(MONTHS, MONTHS)
def test_the_total_counts_every_reported_day_once(months: dict[int, int], quarters: dict[int, int]) -> None:
    parts = [reading(value, f"2018-{month:02}") for month, value in months.items()]
    parts += [reading(value, f"2018-Q{(n - 1) % 4 + 1}") for n, value in quarters.items()]
    total = accumulate(parts, date(2018, 1, 1), date(2019, 1, 1))
    spans = [(part.period.start, part.period.end) for part in total.parts] + list(total.gaps)
    assert sum((end - start).days for start, end in spans) == (total.until - date(2018, 1, 1)).days
    assert total.value == sum(part.value for part in total.parts)


def test_the_silent_are_named() -> None:
    assert silent(1, BELOW, {21: reading(5)}) == [22, 31]
    assert silent(1, BELOW, {2: reading(5), 31: reading(5)}) == []
    assert silent(1, {}, {}) == [1]
