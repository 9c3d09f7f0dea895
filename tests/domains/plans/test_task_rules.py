"""The table of states, the progress of a whole, and the timing of a task."""

from datetime import date

import pytest

from kientoan.domains.plans.rules.tasks import (
    AWAITING,
    DONE,
    IN_PROGRESS,
    NEW,
    SUSPENDED,
    Act,
    Timing,
    next_state,
    progress_of_whole,
    timing,
)

DUE = date(2018, 6, 30)

TABLE = """
act        new          in_progress  awaiting     done         suspended
progress   in_progress  in_progress  -            -            -
no_change  in_progress  in_progress  -            -            -
complete   awaiting     awaiting     -            -            -
approve    awaiting     awaiting     -            -            -
send_back  in_progress  in_progress  -            -            -
close      done         done         done         -            -
return     -            -            in_progress  -            -
reopen     -            -            -            in_progress  -
suspend    suspended    suspended    suspended    -            -
resume     -            -            -            -            in_progress
urge       new          in_progress  -            -            -
edit       new          in_progress  awaiting     -            suspended
hand_down  new          in_progress  -            -            -
"""
NAMES = {"new": NEW, "in_progress": IN_PROGRESS, "awaiting": AWAITING, "done": DONE, "suspended": SUSPENDED}
ROWS = [line.split() for line in TABLE.strip().splitlines()]
CASES = [
    (row[0], before, after) for row in ROWS[1:] for before, after in zip(ROWS[0][1:], row[1:], strict=True)
]


def test_every_act_stands_in_the_table() -> None:
    assert {row[0] for row in ROWS[1:]} == {str(act) for act in Act}


@pytest.mark.parametrize(("act", "before", "after"), CASES)
def test_an_act_leads_where_the_table_says(act: str, before: str, after: str) -> None:
    assert next_state(Act(act), NAMES[before]) == NAMES.get(after)


@pytest.mark.parametrize(
    ("parts", "own", "expected"),
    [
        ([], 35, 35),
        ([(IN_PROGRESS, 50), (NEW, 0)], 99, 25),
        ([(DONE, 100), (DONE, 100)], 0, 100),
        ([(DONE, 100), (DONE, 100), (AWAITING, 100)], 0, 99),
        ([(IN_PROGRESS, 40), (SUSPENDED, 0)], 0, 40),
        ([(SUSPENDED, 10)], 20, 20),
    ],
)
def test_the_progress_of_a_whole_is_the_mean_of_its_parts(
    parts: list[tuple[str, int]], own: int, expected: int
) -> None:
    assert progress_of_whole(parts, own) == expected


@pytest.mark.parametrize(
    ("state", "due", "end", "day", "expected"),
    [
        (NEW, None, None, DUE, Timing.NO_DEADLINE),
        (NEW, DUE, None, date(2018, 6, 22), Timing.IN_TIME),
        (NEW, DUE, None, date(2018, 6, 23), Timing.SOON),
        (IN_PROGRESS, DUE, None, DUE, Timing.SOON),
        (IN_PROGRESS, DUE, None, date(2018, 7, 1), Timing.LATE),
        (AWAITING, DUE, DUE, date(2018, 8, 1), Timing.IN_TIME),
        (AWAITING, DUE, date(2018, 7, 1), date(2018, 8, 1), Timing.LATE),
        (DONE, DUE, DUE, date(2018, 8, 1), Timing.DONE_IN_TIME),
        (DONE, DUE, date(2018, 7, 1), date(2018, 8, 1), Timing.DONE_LATE),
        (SUSPENDED, DUE, None, date(2018, 8, 1), Timing.PAUSED),
    ],
)
def test_timing_follows_the_deadline(
    state: str, due: date | None, end: date | None, day: date, expected: Timing
) -> None:
    assert timing(state=state, due_date=due, end_date=end, day=day, soon_days=7) is expected
