"""All figures on the boundaries of a day: forwards weighed, backwards divided, nothing lost or invented."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientoan.engines.rollup import Land, Passed, seen_from

D = Decimal
EARLY, BEFORE, CHANGE, AFTER = date(2023, 1, 1), date(2024, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
A, B, NEW, P, U, ALONE = 1, 2, 3, 4, 5, 6
MERGED = Land([Passed(CHANGE, A, NEW, D(1)), Passed(CHANGE, B, NEW, D(1))], {NEW: CHANGE})
CUT = Land([Passed(CHANGE, P, U, D("0.249"))], {})


@pytest.mark.parametrize(
    ("day", "unit", "start", "figures", "value", "estimated", "missing"),
    [
        (AFTER, NEW, BEFORE, {A: D(10), B: D(11)}, "21", False, ()),
        (AFTER, NEW, BEFORE, {A: D(10)}, "10", False, (B,)),
        (AFTER, NEW, BEFORE, {NEW: D(30)}, "30", False, ()),  # told by the new unit for the year it began in
        (BEFORE, A, AFTER, {NEW: D(42)}, "20", True, ()),
        (BEFORE, B, AFTER, {NEW: D(42)}, "22", True, ()),
        (AFTER, ALONE, BEFORE, {ALONE: D(7)}, "7", False, ()),
        (BEFORE, ALONE, AFTER, {ALONE: D(7)}, "7", False, ()),
    ],
)
def test_a_merger_is_seen_from_both_sides(
    day: date, unit: int, start: date, figures: dict[int, D], value: str, estimated: bool,
    missing: tuple[int, ...],
) -> None:  # fmt: skip
    found = seen_from(day, unit, start, figures, MERGED, [(EARLY, {A: D(10), B: D(11)})])
    assert found is not None
    assert (round(found.value, 6), found.estimated, found.missing) == (D(value), estimated, missing)


def test_without_an_earlier_figure_a_later_one_is_not_divided() -> None:
    assert seen_from(BEFORE, A, AFTER, {NEW: D(42)}, MERGED) is None
    assert seen_from(BEFORE, A, AFTER, {NEW: D(42)}, MERGED, [(EARLY, {A: D(10)})]) is None


def test_a_unit_replaced_by_one_alone_keeps_every_later_figure() -> None:
    land = Land([Passed(CHANGE, A, NEW, D(1))], {NEW: CHANGE})
    found = seen_from(BEFORE, A, AFTER, {NEW: D(42)}, land)
    assert found is not None
    assert (found.value, found.estimated) == (D(42), False)


def test_a_part_is_weighed_forwards_and_divided_backwards() -> None:
    earlier = [(EARLY, {P: D(200), U: D(100)})]
    forwards = [seen_from(AFTER, unit, BEFORE, {P: D(200), U: D(100)}, CUT) for unit in (P, U)]
    assert [one and one.value for one in forwards] == [D("150.200"), D("149.800")]
    backwards = [
        seen_from(BEFORE, unit, AFTER, {P: D("150.2"), U: D("149.8")}, CUT, earlier) for unit in (P, U)
    ]
    assert [one and round(one.value, 9) for one in backwards] == [D(200), D(100)]
    assert all(one and one.estimated for one in backwards)


def test_units_between_which_nothing_passed_are_kept_apart() -> None:
    land = Land([*MERGED.passed, *CUT.passed], {NEW: CHANGE})
    assert land.near(A) == {A, B, NEW}
    assert land.near(U) == {P, U}
    assert land.near(ALONE) == {ALONE}


@given(
    early=st.lists(st.integers(1, 10**6), min_size=3, max_size=3),
    later=st.lists(st.integers(0, 10**6), min_size=2, max_size=2),
    share=st.integers(1, 999),
)
def test_what_is_seen_backwards_adds_up_to_what_was_told(
    early: list[int], later: list[int], share: int
) -> None:
    """A and B merge, B before that gives a part to P."""
    land = Land(
        [
            Passed(CHANGE, A, NEW, D(1)), Passed(CHANGE, B, NEW, D(1) - D(share) / 1000),
            Passed(CHANGE, B, P, D(share) / 1000),
        ],
        {NEW: CHANGE},
    )  # fmt: skip
    told = {NEW: D(later[0]), P: D(later[1])}
    earlier = [(EARLY, dict(zip((A, B, P), map(D, early), strict=True)))]
    seen = [seen_from(BEFORE, unit, AFTER, told, land, earlier) for unit in (A, B, P)]
    total = sum((one.value for one in seen if one), D(0))
    assert abs(total - sum(told.values())) < D("0.000001")
