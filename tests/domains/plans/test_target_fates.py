"""What becomes of the targets of a unit that ends: a table, as the preview and the applying both read it."""

from decimal import Decimal

import pytest

from kientoan.domains.plans.rules.succession import BY_FIELD, DIVIDE, ONE, WAIT, Takeover
from kientoan.domains.plans.rules.target_fates import Due, Fate, Meeting, WhyWaits, fates, may_be_added
from kientoan.domains.plans.rules.target_parts import Bounds

A, B, NEW, PLACE = 1, 2, -7, ("set", "indicator", 2018, 2019)


def due(key: int, unit: int, operator: str = ">=", number: int = 10, *, adds: bool = True) -> Due:
    value = Decimal(number)
    side = {"high": value} if operator in ("<=", "<") else {"low": value}
    return Due(key, PLACE, unit, Bounds(operator, **side), adds, field=5)


def both_to_new(rule: str = ONE) -> dict[int, Takeover]:
    return {unit: Takeover(unit, rule, NEW) for unit in (A, B)}


@pytest.mark.parametrize(
    ("first", "second", "fate", "why"),
    [
        (due(1, A), due(2, B, number=11), Fate.ADDED, None),
        (due(1, A, adds=False), due(2, B, adds=False), Fate.FOLDED, None),
        (due(1, A, adds=False), due(2, B, number=11, adds=False), Fate.WAITS, WhyWaits.RATES),
        (due(1, A), due(2, B, "="), Fate.WAITS, WhyWaits.OPERATORS),
        (due(1, A, "<="), due(2, B), Fate.WAITS, WhyWaits.OPERATORS),
    ],
)
def test_two_targets_for_one_thing_meet_at_the_heir(
    first: Due, second: Due, fate: Fate, why: WhyWaits | None
) -> None:
    moved, met = fates([first, second], [], both_to_new())
    assert (moved.fate, moved.heir) == (Fate.MOVED, NEW)
    assert (met.fate, met.heir, met.there, met.why) == (fate, NEW, first, why)


@pytest.mark.parametrize(
    ("meeting", "fate"),
    [(Meeting.STANDS, Fate.FOLDED), (Meeting.ADD, Fate.ADDED), (Meeting.REPLACE, Fate.REPLACED)],
)
def test_a_person_decides_which_of_two_holds(meeting: Meeting, fate: Fate) -> None:
    rates = [due(1, A, adds=False)], [due(2, B, number=11, adds=False)]
    (found,) = fates(*rates, {A: Takeover(A, WAIT, B)}, meeting=meeting)
    assert (found.fate, found.heir) == (fate, B)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (due(1, A), due(2, B, "="), True),
        (due(1, A), due(2, B, "<="), False),
        (due(1, A, adds=False), due(2, B, adds=False), False),
    ],
)
def test_numbers_are_added_only_where_that_says_something(one: Due, other: Due, may: bool) -> None:
    assert may_be_added(one, other) is may


def test_without_an_heir_or_a_field_it_waits() -> None:
    takeovers = {A: Takeover(A, WAIT), B: Takeover(B, BY_FIELD, None, fields={6: NEW})}
    assert [(one.fate, one.why) for one in fates([due(1, A), due(2, B)], [], takeovers)] == [
        (Fate.WAITS, WhyWaits.NO_HEIR)
    ] * 2
    (by_field,) = fates([due(2, B)], [], {B: Takeover(B, BY_FIELD, None, fields={5: NEW})})
    assert (by_field.fate, by_field.heir) == (Fate.MOVED, NEW)


SHARES = ((NEW, Decimal("0.751")), (B, Decimal("0.249")))


def test_a_part_is_made_only_for_an_heir_that_has_no_such_target() -> None:
    (found,) = fates([due(1, A)], [due(2, B)], {A: Takeover(A, DIVIDE, None, SHARES)})
    assert (found.fate, found.made) == (Fate.DIVIDED, (NEW,))


def test_one_that_cannot_be_divided_for_all_is_divided_for_none() -> None:
    held = [due(2, B, "=")]
    (ending,) = fates([due(1, A)], held, {A: Takeover(A, DIVIDE, None, SHARES)})
    assert (ending.fate, ending.why) == (Fate.WAITS, WhyWaits.OPERATORS)
    staying = ((A, Decimal("0.751")), (B, Decimal("0.249")))
    (kept,) = fates([due(1, A)], held, {A: Takeover(A, DIVIDE, A, staying, ends=False)})
    assert (kept.fate, kept.heir) == (Fate.KEPT, A)


def test_what_leaves_an_heir_goes_before_what_comes_to_it() -> None:
    going = {A: Takeover(A, ONE, B), B: Takeover(B, BY_FIELD, B, fields={5: NEW}, ends=False)}
    held = [due(2, B)]
    found = fates([due(1, A), due(2, B)], held, going)
    assert [(one.due.key, one.fate, one.heir) for one in found] == [(2, Fate.MOVED, NEW), (1, Fate.MOVED, B)]


def test_a_unit_that_lives_on_keeps_what_would_count_twice() -> None:
    (kept,) = fates([due(1, A)], [due(2, B)], {A: Takeover(A, ONE, B, ends=False)})
    assert (kept.fate, kept.heir) == (Fate.KEPT, A)
    (moved,) = fates([due(1, A)], [], {A: Takeover(A, ONE, B, ends=False)})
    assert (moved.fate, moved.heir) == (Fate.MOVED, B)
