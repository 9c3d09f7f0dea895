"""The rule of targets gives what docs/algorithms/target-status.md says, row by row."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientoan.domains.plans.rules.targets import BETTER, MEETS, SHORT, STATES, Goal, compare, status
from kientoan.engines.periods import parse_period
from kientoan.engines.rollup import Reading

PAGE = Path(__file__).resolve().parents[3] / "docs" / "algorithms" / "target-status.md"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d+ ", line)
]


def goal_of(text: str, period: str) -> Goal:
    """Read '>= 1420 up sum path 2018-Q1 355, 2018-Q2 710'."""
    head, _, path = text.partition(" path ")
    operator, *words = head.split()
    numbers = [Decimal(word) for word in words if word[0].isdigit()]
    span = parse_period(period)
    steps = [step.split() for step in path.split(",") if step]
    return Goal(
        operator=operator,
        low=None if operator in {"<=", "<"} else numbers[0],
        high=numbers[-1] if operator in {"<=", "<", "range"} else None,
        start=span.start,
        end=span.end,
        ascending="up" in words,
        accumulates="sum" in words,
        decimals=1 if numbers[0] > 10 else 2,
        path=tuple((parse_period(code).end, Decimal(value)) for code, value in steps),
    )


def readings_of(text: str) -> list[Reading]:
    """Read '2017 estimate 7.83 @2017-12-12; 2018 final 90 @2019-02-01 10/12'."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        period, vintage, value, known, *share = part.split()
        reported, expected = (int(n) for n in share[0].split("/")) if share else (1, 1)
        day = date.fromisoformat(known[1:])
        found.append(Reading(parse_period(period), Decimal(value), vintage, day, reported, expected))
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_rule_gives_what_the_page_says(row: list[str]) -> None:
    _, goal, period, figures, day, state, value, provisional, pace = row
    found = status(goal_of(goal, period), readings_of(figures), date.fromisoformat(day))
    assert (found.state, found.value) == (state, Decimal(value) if value else None)
    assert found.provisional is (provisional == "yes")
    words = {BETTER: "ahead", MEETS: "on", SHORT: "behind"}
    assert (words[found.pace.side] if found.pace else "") == pace


def test_the_page_has_its_cases() -> None:
    assert len(ROWS) >= 50


NUMBERS = st.decimals(-10_000, 10_000, places=2)


@given(st.sampled_from([">=", ">", "<=", "<", "=", "~", "range"]), NUMBERS, NUMBERS, NUMBERS, st.booleans())
def test_moving_to_the_good_side_never_makes_a_floor_or_ceiling_worse(
    operator: str, low: Decimal, width: Decimal, value: Decimal, ascending: bool
) -> None:
    up = operator in {">=", ">"} or (operator in {"=", "~", "range"} and ascending)
    bound = None if operator in {"<=", "<"} else low
    top = low + abs(width) if operator == "range" else (low if operator in {"<=", "<"} else None)
    goal = Goal(operator, bound, top, date(2018, 1, 1), date(2019, 1, 1), ascending)
    step = Decimal(1) if up else Decimal(-1)
    assert compare(goal, value + step) >= compare(goal, value) or compare(goal, value) == BETTER
    assert compare(goal, value) in {BETTER, MEETS, SHORT}


@given(
    st.lists(st.tuples(st.integers(1, 12), NUMBERS), max_size=12, unique_by=lambda one: one[0]), st.dates()
)
def test_a_status_is_always_one_of_the_five_and_never_invents_a_value(
    months: list[tuple[int, Decimal]], day: date
) -> None:
    readings = [
        Reading(parse_period(f"2018-{month:02}"), value, "final", parse_period(f"2018-{month:02}").end)
        for month, value in months
    ]
    goal = Goal(">=", Decimal(10), None, date(2018, 1, 1), date(2019, 1, 1), accumulates=True)
    found = status(goal, readings, day)
    known = [reading.value for reading in readings if reading.known_on <= day]
    assert found.state in STATES
    assert found.value == (sum(known, Decimal(0)) if known else None)
