"""Figures on the boundaries of another day: nothing is lost, and what is estimated says so."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientoan.engines.rollup import Passed, Recast, recast, recast_back, weights

D = Decimal
BEFORE, CHANGE, AFTER = date(2024, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
A, B, NEW, P, U = 1, 2, 3, 4, 5


def on(unit: int, figures: dict[int, D], passed: list[Passed], begun: dict[int, date]) -> Recast | None:
    return recast(weights(unit, BEFORE, AFTER, passed, begun), figures)


def test_ten_and_eleven_make_twenty_one() -> None:
    passed = [Passed(CHANGE, A, NEW, D(1)), Passed(CHANGE, B, NEW, D(1))]
    found = on(NEW, {A: D(10), B: D(11)}, passed, {NEW: CHANGE})
    assert found is not None
    assert (found.value, found.estimated, found.missing) == (D(21), False, ())


@pytest.mark.parametrize(("unit", "value"), [(U, "149.8"), (P, "150.2")])
def test_a_part_of_24_9_percent_is_weighed_on_both_sides(unit: int, value: str) -> None:
    passed = [Passed(CHANGE, P, U, D("0.249"))]
    found = on(unit, {P: D(200), U: D(100)}, passed, {})
    assert found is not None
    assert (found.value, found.estimated) == (D(value), True)


def test_what_is_not_known_is_named_and_not_put_as_zero() -> None:
    passed = [Passed(CHANGE, A, NEW, D(1)), Passed(CHANGE, B, NEW, None)]
    found = on(NEW, {A: D(10), B: D(11)}, passed, {NEW: CHANGE})
    assert found is not None
    assert (found.value, found.missing) == (D(10), (B,))
    assert on(NEW, {}, passed, {NEW: CHANGE}) is None


def test_a_chain_of_changes_is_walked_to_its_end() -> None:
    later = date(2025, 10, 1)
    passed = [Passed(CHANGE, A, B, D("0.5")), Passed(later, B, NEW, D(1)), Passed(later, P, NEW, D(1))]
    found = weights(NEW, BEFORE, AFTER, passed, {NEW: later})
    assert found == {A: D("0.5"), B: D(1), P: D(1)}


def test_changes_before_the_period_do_not_count() -> None:
    passed = [Passed(CHANGE, A, NEW, D(1))]
    assert weights(NEW, CHANGE, AFTER, passed, {NEW: CHANGE}) == {NEW: D(1)}


def test_a_later_figure_is_divided_as_the_last_one_was_made_up() -> None:
    passed = [Passed(CHANGE, A, NEW, D(1)), Passed(CHANGE, B, NEW, D(1))]
    base = on(NEW, {A: D(10), B: D(11)}, passed, {NEW: CHANGE})
    assert base is not None
    back = [recast_back(unit, {NEW: D(42)}, {NEW: base}) for unit in (A, B)]
    assert [one and round(one.value, 6) for one in back] == [D(20), D(22)]
    assert all(one and one.estimated for one in back)


@given(
    figures=st.lists(st.integers(0, 10**6), min_size=4, max_size=4),
    cuts=st.lists(st.integers(0, 1000), min_size=3, max_size=3),
)
def test_the_sum_over_all_units_is_kept(figures: list[int], cuts: list[int]) -> None:
    """Two merge, a third gives a part of itself, a fourth is cut in two."""
    share, cut = D(cuts[0]) / 1000, D(cuts[1]) / 1000
    one, two, three, four, new, left, right = range(7)
    passed = [
        Passed(CHANGE, one, new, D(1)), Passed(CHANGE, two, new, D(1)), Passed(CHANGE, three, new, share),
        Passed(CHANGE, four, left, cut), Passed(CHANGE, four, right, 1 - cut),
    ]  # fmt: skip
    begun = {new: CHANGE, left: CHANGE, right: CHANGE}
    given_ = dict(enumerate(map(D, figures)))
    made = [on(unit, given_, passed, begun) for unit in (new, three, left, right)]
    assert sum((one.value for one in made if one), D(0)) == sum(given_.values())
