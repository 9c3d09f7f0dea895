"""Finding and counting tasks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kientoan.domains.documents.models import PolicyField
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.operations import handing, updates
from kientoan.domains.plans.queries import tasks as queries
from kientoan.domains.plans.queries.tasks import Status, Summary, TaskFilter, UnitRole
from kientoan.domains.plans.rules.tasks import Timing
from tests.conftest import DAY, Cast

from .making import completed, doing, draft, given


def found(cast: Cast, user: str = "officer", day: date = DAY, **wanted: Any) -> set[int]:
    viewer = cast.viewer(getattr(cast, user), day)
    return set(queries.matching(TaskFilter(**wanted), viewer, day).values_list("pk", flat=True))


def test_text_is_found_with_and_without_diacritics_and_by_number(cast: Cast) -> None:
    task = given(cast, title="Rà soát hộ nghèo, cận nghèo")
    given(cast, title="Làm đường giao thông")
    for text in ("ra soat ngheo", "hộ NGHÈO", f"#{task.pk}"):
        assert found(cast, text=text) == {task.pk}
    assert found(cast, text="#999999999999999999999999") == set()


def test_a_unit_is_found_with_its_subtree_and_by_role(cast: Cast) -> None:
    ward = given(cast, cast.ward)
    district = given(cast, cast.district, cooperating_units=[cast.department])
    assert found(cast, unit=cast.district.pk) == {ward.pk, district.pk}
    assert found(cast, unit=cast.department.pk) == {district.pk}
    assert found(cast, unit=cast.department.pk, role=UnitRole.LEAD) == set()
    assert found(cast, unit=cast.department.pk, role=UnitRole.COOPERATE) == {district.pk}
    assert found(cast, unit=cast.district.pk, role=UnitRole.ASSIGNER) == set()


def test_a_person_is_found_through_the_post_held_on_the_day(cast: Cast) -> None:
    task = given(cast)
    assert found(cast, person="dang thu truong") == {task.pk}
    assert found(cast, person="Lê") == set()


def test_deadline_field_and_document_narrow(cast: Cast) -> None:
    health = PolicyField.objects.create(code="y-te", name="Y tế")
    task = given(cast, field=health, due_date=date(2018, 8, 15))
    given(cast)
    assert found(cast, field=health.pk) == {task.pk}
    assert found(cast, due_from=date(2018, 8, 1), due_to=date(2018, 8, 15)) == {task.pk}


@pytest.mark.parametrize(
    ("status", "make"),
    [
        (Status.DRAFT, lambda cast: draft(cast)),
        (Status.NEW, lambda cast: given(cast)),
        (Status.OVERDUE, lambda cast: given(cast, due_date=DAY - timedelta(days=1))),
        (Status.SOON, lambda cast: given(cast, due_date=DAY)),
        (Status.NO_DEADLINE, lambda cast: given(cast, due_date=None)),
        (Status.SILENT, lambda cast: given(cast, day=DAY - timedelta(days=40))),
        (Status.AWAITING, lambda cast: completed(cast)),
    ],
)
def test_a_status_finds_its_tasks(cast: Cast, status: Status, make: Callable[[Cast], Task]) -> None:
    closed = completed(cast)
    updates.close(task_id=closed.pk, **doing(cast, cast.officer))
    task = make(cast)
    assert found(cast, status=status) == {task.pk}
    assert found(cast, status=Status.DONE) == {closed.pk}


def test_my_work_follows_the_role(cast: Cast) -> None:
    to_hand_down, to_report, to_close = draft(cast), given(cast), completed(cast)
    to_approve = given(cast)
    updates.report_completion(task_id=to_approve.pk, **doing(cast, cast.reporter))
    assert found(cast, mine=True) == {to_hand_down.pk, to_close.pk}
    assert found(cast, "reporter", mine=True) == {to_report.pk, to_approve.pk}
    assert found(cast, "head", status=Status.TO_APPROVE) == {to_approve.pk}
    assert found(cast, "outsider", mine=True) == found(cast, "nobody", mine=True) == set()
    waiting = queries.waiting_for(cast.viewer(cast.head), DAY)
    assert (waiting.to_report, waiting.to_approve, waiting.to_close) == (2, 1, 0)
    waiting = queries.waiting_for(cast.viewer(cast.officer), DAY)
    assert (waiting.to_close, waiting.to_hand_down, waiting.to_report) == (1, 1, 0)
    assert not queries.waiting_for(cast.viewer(cast.nobody), DAY)


def test_the_summary_counts_each_duty_once(cast: Cast) -> None:
    given(cast, cast.district, cast.other_district)  # a cover and two duties on track
    given(cast, due_date=DAY - timedelta(days=3))
    given(cast, due_date=DAY)
    given(cast, due_date=None)
    completed(cast)
    late = completed(cast, due_date=DAY - timedelta(days=3))
    updates.close(task_id=late.pk, **doing(cast, cast.officer))
    draft(cast)
    viewer = cast.viewer(cast.officer)
    assert queries.summary(viewer, DAY) == Summary(
        total=7, done_late=1, awaiting=1, overdue=1, due_soon=1, on_track=2, no_deadline=1
    )
    assert queries.summary(viewer, DAY, [cast.other_district.pk]) == Summary(total=1, on_track=1)
    assert queries.summary(cast.viewer(cast.outsider), DAY).total == 1
    assert queries.late_counts(viewer, DAY) == {cast.district.pk: 1}


def test_the_heat_map_counts_by_unit_and_field(cast: Cast) -> None:
    health = PolicyField.objects.create(code="y-te", name="Y tế")
    given(cast, field=health, due_date=DAY - timedelta(days=3))
    given(cast, field=health, day=DAY - timedelta(days=50))
    given(cast, cast.ward)
    cells = {(cell.unit_id, cell.field_id): cell for cell in queries.heat_map(cast.viewer(cast.officer), DAY)}
    cell = cells[cast.district.pk, health.pk]
    assert (cell.total, cell.open, cell.overdue, cell.done) == (2, 2, 1, 0)
    assert cells[cast.ward.pk, None].total == 1


def test_the_summary_and_the_filters_agree(cast: Cast) -> None:
    for days in range(-3, 10):
        given(cast, due_date=DAY + timedelta(days=days))
    completed(cast, due_date=DAY - timedelta(days=2))
    viewer = cast.viewer(cast.officer)
    counted = queries.summary(viewer, DAY)
    assert counted.overdue == len(found(cast, status=Status.OVERDUE)) == 4
    assert counted.due_soon == len(found(cast, status=Status.SOON)) == 8
    assert counted.open == len(found(cast, status=Status.OPEN))


def test_a_row_knows_names_holder_timing_and_progress(cast: Cast) -> None:
    task = given(cast, due_date=DAY - timedelta(days=2))
    (part,) = handing.hand_down(task_id=task.pk, unit_ids=[cast.ward.pk], **doing(cast, cast.head))
    Task.objects.filter(pk=part.pk).update(percent=60)
    viewer = cast.viewer(cast.reporter)
    (row,) = queries.rows(list(Task.objects.with_status(DAY).filter(pk=task.pk)), viewer, DAY)
    assert row.lead is not None
    assert (row.lead.name, row.holder) == ("Quận Ninh Kiều", "Đặng Thủ Trưởng")
    assert (row.timing, row.days_late, row.percent, row.part_count) == (Timing.LATE, 2, 60, 1)
    assert row.can_report
    (late,) = queries.late(viewer, DAY, [cast.district.pk])
    assert late.task == task


def test_rows_take_the_same_number_of_queries_for_one_and_for_many(cast: Cast) -> None:
    for _ in range(6):
        given(cast)
    viewer = cast.viewer(cast.officer)
    viewer.unit_ids()
    counts = []
    for most in (1, 6):
        tasks = list(Task.objects.with_status(DAY)[:most])
        with CaptureQueriesContext(connection) as caught:
            queries.rows(tasks, viewer, DAY)
        counts.append(len(caught))
    assert counts[0] == counts[1]
