"""Who held a post during the days of a duty: a table of cases, and properties of any case."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientoan.domains.plans.rules.accountability import Held, Tenure, tenures

BEGIN = date(2018, 1, 1)


def on(number: int) -> date:
    return BEGIN + timedelta(days=number)


def held(who: int, start: int, end: int | None, kind: str = "hold") -> Held:
    return Held(who, kind, on(start), None if end is None else on(end))


@pytest.mark.parametrize(
    ("start", "end", "times", "found"),
    [
        (10, None, [held(1, 0, None)], [(1, 10, None)]),
        (10, 20, [held(1, 0, None)], [(1, 10, 20)]),
        (10, None, [], [(None, 10, None)]),
        (10, None, [held(1, 0, 15), held(2, 15, None)], [(1, 10, 15), (2, 15, None)]),
        (10, 30, [held(1, 0, 15), held(2, 20, 25)],
         [(1, 10, 15), (None, 15, 20), (2, 20, 25), (None, 25, 30)]),
        (10, None, [held(1, 0, 10)], [(None, 10, None)]),  # left on the very day
        (10, 20, [held(1, 20, None)], [(None, 10, 20)]),
        (10, None, [held(1, 0, 15), held(2, 12, None, "act")],
         [(1, 10, 15), (2, 12, None), (None, 15, None)]),
    ],
)  # fmt: skip
def test_the_days_of_a_duty_are_covered_by_holders_and_gaps(
    start: int, end: int | None, times: list[Held], found: list[tuple[int | None, int, int | None]]
) -> None:
    shown = [
        (one.who, (one.start - BEGIN).days, (one.end - BEGIN).days if one.end else None)
        for one in tenures(on(start), None if end is None else on(end), times)
    ]
    assert shown == found


@st.composite
def times_in_a_post(draw: st.DrawFn) -> list[Held]:
    """Holders one after the other, as the database allows them."""
    edges = sorted(draw(st.lists(st.integers(0, 200), min_size=2, max_size=12, unique=True)))
    pairs = list(pairwise(edges))
    kept = [pair for pair in pairs if draw(st.booleans())]
    return [held(number, start, end) for number, (start, end) in enumerate(kept, start=1)]


@given(times_in_a_post(), st.integers(0, 150), st.one_of(st.none(), st.integers(1, 100)))
def test_every_day_has_exactly_one_answer(times: list[Held], start: int, length: int | None) -> None:
    end = None if length is None else on(start + length)
    found = tenures(on(start), end, times)
    for number in range(260):
        day = on(number)
        inside = number >= start and (end is None or day < end)
        covering = [one for one in found if one.contains(day)]
        assert len(covering) == (1 if inside else 0)
        if inside:
            really = [one.who for one in times if one.start <= day and (one.end is None or day < one.end)]
            assert covering[0].who == (really[0] if really else None)


def test_a_tenure_ends_before_its_end() -> None:
    tenure = Tenure(1, "hold", on(0), on(2))
    assert [tenure.contains(on(number)) for number in range(3)] == [True, True, False]
