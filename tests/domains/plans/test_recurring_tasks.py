"""A report on a recurring duty settles its time: the next one is due."""

from datetime import date

import pytest

from kientoan.domains.plans.models import DeadlineOperator
from kientoan.domains.plans.operations import updates
from tests.conftest import NOW, Cast

from .making import doing, given


@pytest.mark.parametrize(
    ("recurrence", "due", "reported", "then"),
    [
        ("monthly:25", date(2018, 6, 24), date(2018, 6, 20), date(2018, 7, 24)),
        ("monthly:25", date(2018, 3, 24), date(2018, 6, 20), date(2018, 6, 24)),
        ("monthly:25", date(2018, 6, 24), date(2018, 6, 26), date(2018, 7, 24)),
        ("", date(2018, 9, 30), date(2018, 6, 20), date(2018, 9, 30)),
    ],
)
def test_next_time_follows_the_report(
    cast: Cast, recurrence: str, due: date, reported: date, then: date
) -> None:
    task = given(
        cast, recurrence=recurrence, due_date=due, deadline_operator=DeadlineOperator.BEFORE, day=reported
    )
    updates.report_progress(task_id=task.pk, note="Báo cáo tháng", **doing(cast, cast.head, reported))
    task.refresh_from_db()
    assert task.due_date == then


def test_undoing_the_report_brings_the_time_back(cast: Cast) -> None:
    due = date(2018, 6, 24)
    task = given(cast, recurrence="monthly:24", due_date=due, day=due)
    updates.report_progress(task_id=task.pk, note="Báo cáo tháng", **doing(cast, cast.head, due))
    updates.undo(task_id=task.pk, viewer=cast.viewer(cast.head), at=NOW)
    task.refresh_from_db()
    assert task.due_date == due
