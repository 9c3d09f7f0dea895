"""A task goes from hand to hand: created, handed down, reported, approved, closed; everything is logged."""

from datetime import date, timedelta

import pytest

from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.models import Role
from kientoan.domains.organisation.operations import grant_role
from kientoan.domains.plans.errors import NotUnder, PartsOpen, ReasonNeeded, Refused, WrongState
from kientoan.domains.plans.models import Approval, Task, TaskState, Update, UpdateKind
from kientoan.domains.plans.operations import handing, tasks, updates
from kientoan.domains.plans.queries.handing import preview
from kientoan.domains.temporal.models import Stale
from tests.conftest import DAY, NOW, START, Cast

from .making import DUE, completed, doing, draft, given


def test_a_task_needs_an_origin(cast: Cast) -> None:
    with pytest.raises(Refused, match="căn cứ"):
        draft(cast, origin_note=" ")


def test_only_the_assigners_side_creates(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        draft(cast, by=cast.head)


def test_handing_down_to_one_unit_names_its_head_post(cast: Cast) -> None:
    task = given(cast)
    assert (task.lead_unit, task.post, task.state) == (cast.district, cast.district_head_post, TaskState.NEW)
    assert task.handed_down_at == NOW
    assert task.updates.get().kind == UpdateKind.HANDED_DOWN


def test_handing_down_to_many_makes_a_part_for_each(cast: Cast) -> None:
    task = given(cast, cast.district, cast.other_district)
    parts = task.children.order_by("pk")
    assert [part.lead_unit for part in parts] == [cast.district, cast.other_district]
    assert [part.post for part in parts] == [cast.district_head_post, None]
    assert {(part.due_date, part.origin_note) for part in parts} == {(DUE, "Kết luận giao ban")}
    assert (task.lead_unit, task.state) == (cast.city, TaskState.IN_PROGRESS)


def test_the_preview_says_what_would_be_made(cast: Cast) -> None:
    plan = preview(draft(cast), [cast.other_district.pk, cast.district.pk], DAY)
    assert [(part.unit.name, part.post_title, part.holder) for part in plan] == [
        ("Quận Cái Răng", "", ""),
        ("Quận Ninh Kiều", "Chủ tịch UBND quận", "Đặng Thủ Trưởng"),
    ]


def test_each_unit_may_get_its_own_deadline(cast: Cast) -> None:
    task = draft(cast)
    sooner = date(2018, 8, 1)
    parts = handing.hand_down(
        task_id=task.pk,
        unit_ids=[cast.district.pk, cast.other_district.pk],
        due_dates={cast.district.pk: sooner},
        **doing(cast, cast.officer),
    )
    assert [part.due_date for part in parts] == [sooner, DUE]


def test_a_unit_hands_parts_to_units_under_it(cast: Cast) -> None:
    task = given(cast)
    (part,) = handing.hand_down(task_id=task.pk, unit_ids=[cast.ward.pk], **doing(cast, cast.head))
    assert (part.assigner_unit_id, part.lead_unit_id, part.parent_id) == (
        cast.district.pk,
        cast.ward.pk,
        task.pk,
    )
    task.refresh_from_db()
    assert (task.lead_unit, task.state) == (cast.district, TaskState.IN_PROGRESS)


def test_a_unit_hands_nothing_to_a_unit_beside_it(cast: Cast) -> None:
    task = given(cast)
    with pytest.raises(NotUnder, match="Quận Cái Răng"):
        handing.hand_down(task_id=task.pk, unit_ids=[cast.other_district.pk], **doing(cast, cast.head))
    assert not task.children.exists()


def test_no_unit_gets_the_same_part_twice(cast: Cast) -> None:
    task = given(cast, cast.district, cast.other_district)
    with pytest.raises(Refused, match="Quận Cái Răng"):
        handing.hand_down(
            task_id=task.pk,
            unit_ids=[cast.other_district.pk, cast.department.pk],
            **doing(cast, cast.officer),
        )
    assert task.children.count() == 2


def test_no_change_is_one_act(cast: Cast) -> None:
    task = given(cast)
    update = updates.report_progress(task_id=task.pk, **doing(cast, cast.reporter))
    task.refresh_from_db()
    assert update.kind == UpdateKind.NO_CHANGE
    assert (task.state, task.percent, task.last_report_date) == (TaskState.IN_PROGRESS, 0, DAY)


def test_progress_keeps_percent_and_note(cast: Cast) -> None:
    task = given(cast)
    update = updates.report_progress(
        task_id=task.pk, percent=40, note="Xong 4/10", **doing(cast, cast.reporter)
    )
    task.refresh_from_db()
    assert (task.percent, update.percent, update.note, update.unit) == (40, 40, "Xong 4/10", cast.district)
    assert update.changes["percent"] == [0, 40]


@pytest.mark.parametrize("percent", [-1, 100, 250])
def test_progress_outside_0_to_99_is_refused(cast: Cast, percent: int) -> None:
    with pytest.raises(Refused, match="0 đến 99"):
        updates.report_progress(task_id=given(cast).pk, percent=percent, **doing(cast, cast.reporter))


def test_an_outsider_reports_nothing(cast: Cast) -> None:
    task = given(cast)
    with pytest.raises(NotAllowed):
        updates.report_progress(task_id=task.pk, **doing(cast, cast.outsider))
    assert task.updates.count() == 1


def test_a_reporters_completion_waits_for_the_head(cast: Cast) -> None:
    task = given(cast)
    report = updates.report_completion(task_id=task.pk, note="Xong", **doing(cast, cast.reporter))
    task.refresh_from_db()
    assert (report.approval, task.state) == (Approval.WAITING, TaskState.IN_PROGRESS)
    with pytest.raises(WrongState):
        updates.report_completion(task_id=task.pk, **doing(cast, cast.reporter))
    with pytest.raises(NotAllowed):
        updates.approve(task_id=task.pk, **doing(cast, cast.reporter))
    later = DAY + timedelta(days=3)
    updates.approve(task_id=task.pk, **doing(cast, cast.head, later))
    task.refresh_from_db()
    report.refresh_from_db()
    assert (task.state, task.percent, task.last_report_date) == (TaskState.AWAITING, 100, DAY)
    assert (report.approval, report.approved_by) == (Approval.APPROVED, cast.head)


def test_the_head_sends_a_completion_back_saying_why(cast: Cast) -> None:
    task = given(cast)
    report = updates.report_completion(task_id=task.pk, **doing(cast, cast.reporter))
    with pytest.raises(ReasonNeeded):
        updates.send_back(task_id=task.pk, note="  ", **doing(cast, cast.head))
    updates.send_back(task_id=task.pk, note="Thiếu biên bản", **doing(cast, cast.head))
    report.refresh_from_db()
    assert report.approval == Approval.RETURNED
    updates.report_completion(task_id=task.pk, **doing(cast, cast.reporter))


def test_a_heads_completion_needs_no_approval(cast: Cast) -> None:
    assert completed(cast).state == TaskState.AWAITING


def test_only_the_assigner_closes(cast: Cast) -> None:
    task = completed(cast)
    for user in (cast.head, cast.reporter, cast.outsider, cast.nobody):
        with pytest.raises(NotAllowed):
            updates.close(task_id=task.pk, **doing(cast, user))
    later = DAY + timedelta(days=9)
    updates.close(task_id=task.pk, **doing(cast, cast.leader, later))
    task.refresh_from_db()
    assert (task.state, task.done_date, task.closed_by) == (TaskState.DONE, DAY, cast.leader)


def test_closing_without_a_report_must_say_how_one_knows(cast: Cast) -> None:
    task = given(cast)
    with pytest.raises(ReasonNeeded):
        updates.close(task_id=task.pk, **doing(cast, cast.officer))
    updates.close(task_id=task.pk, note="Kiểm tra tại chỗ", **doing(cast, cast.officer))
    task.refresh_from_db()
    assert task.done_date == DAY


def test_a_whole_is_not_closed_over_open_parts_unless_confirmed(cast: Cast) -> None:
    task = given(cast, cast.district, cast.other_district)
    with pytest.raises(PartsOpen) as caught:
        updates.close(task_id=task.pk, **doing(cast, cast.officer))
    assert caught.value.count == 2
    updates.close(task_id=task.pk, despite_open_parts=True, **doing(cast, cast.officer))
    task.refresh_from_db()
    assert task.state == TaskState.DONE


def test_the_assigner_returns_a_completion_and_reopens_a_closed_task(cast: Cast) -> None:
    task = completed(cast)
    updates.return_completion(task_id=task.pk, note="Chưa đủ", **doing(cast, cast.officer))
    task.refresh_from_db()
    assert task.state == TaskState.IN_PROGRESS
    updates.report_completion(task_id=task.pk, **doing(cast, cast.head))
    updates.close(task_id=task.pk, **doing(cast, cast.officer))
    with pytest.raises(ReasonNeeded):
        updates.reopen(task_id=task.pk, note="", **doing(cast, cast.officer))
    updates.reopen(task_id=task.pk, note="Phát hiện sai", **doing(cast, cast.officer))
    task.refresh_from_db()
    assert (task.state, task.done_date, task.closed_by) == (TaskState.IN_PROGRESS, None, None)


def test_a_task_is_suspended_with_a_reason_and_goes_on(cast: Cast) -> None:
    task = given(cast)
    with pytest.raises(ReasonNeeded):
        updates.suspend(task_id=task.pk, note="", **doing(cast, cast.officer))
    updates.suspend(task_id=task.pk, note="Chờ vốn", **doing(cast, cast.officer))
    with pytest.raises(WrongState):
        updates.report_progress(task_id=task.pk, **doing(cast, cast.reporter))
    updates.resume(task_id=task.pk, **doing(cast, cast.officer))
    task.refresh_from_db()
    assert task.state == TaskState.IN_PROGRESS


def test_urging_stands_in_the_log(cast: Cast) -> None:
    task = given(cast)
    updates.urge(task_id=task.pk, note="Còn 5 ngày", **doing(cast, cast.officer))
    assert task.updates.filter(kind=UpdateKind.URGED, note="Còn 5 ngày").exists()
    task.refresh_from_db()
    assert task.state == TaskState.NEW


def edit(cast: Cast, task: Task, **changes: object) -> Update | None:
    reason = str(changes.pop("reason", ""))
    return tasks.edit_task(
        task_id=task.pk,
        changes=changes,
        row_version=task.row_version,
        reason=reason,
        **doing(cast, cast.officer),
    )


def test_a_new_deadline_needs_a_reason_and_keeps_the_old_one(cast: Cast) -> None:
    task = given(cast)
    later = date(2018, 12, 31)
    with pytest.raises(ReasonNeeded):
        edit(cast, task, due_date=later)
    update = edit(cast, task, due_date=later, reason="Mưa lũ")
    assert update is not None
    assert update.changes == {"due_date": ["2018-09-30", "2018-12-31"]}
    assert update.note == "Mưa lũ"


def test_of_two_who_edit_the_second_sees_what_changed(cast: Cast) -> None:
    task = given(cast)
    edit(cast, task, title="Tên mới")
    with pytest.raises(Stale) as caught:
        edit(cast, task, output="Biên bản")
    assert caught.value.changes == {
        "title": ("Hoàn thành bàn giao mặt bằng", "Tên mới"),
        "row_version": (2, 3),
    }
    task.refresh_from_db()
    assert task.output == ""


def test_an_edit_without_a_change_leaves_no_trace(cast: Cast) -> None:
    task = given(cast)
    assert edit(cast, task, title=task.title) is None
    assert task.updates.count() == 1


def test_the_checker_is_set_by_the_assigner(cast: Cast) -> None:
    task = given(cast)
    edit(cast, task, checker_post_id=cast.department_head_post.pk)
    task.refresh_from_db()
    assert task.checker_post == cast.department_head_post


def test_cooperating_units_change_and_the_change_can_be_undone(cast: Cast) -> None:
    task = draft(cast, cooperating_units=[cast.department])
    tasks.edit_task(
        task_id=task.pk, changes={}, cooperating_unit_ids=[cast.ward.pk], row_version=task.row_version,
        **doing(cast, cast.officer),
    )  # fmt: skip
    assert list(task.cooperating_units.all()) == [cast.ward]
    updates.undo(task_id=task.pk, viewer=cast.viewer(cast.officer), at=NOW)
    assert list(task.cooperating_units.all()) == [cast.department]


def test_the_last_act_can_be_undone_by_who_did_it(cast: Cast) -> None:
    task = completed(cast)
    updates.close(task_id=task.pk, **doing(cast, cast.officer))
    with pytest.raises(Refused):
        updates.undo(task_id=task.pk, viewer=cast.viewer(cast.leader), at=NOW)
    with pytest.raises(Refused):
        updates.undo(task_id=task.pk, viewer=cast.viewer(cast.officer), at=NOW + timedelta(days=2))
    assert updates.undo(task_id=task.pk, viewer=cast.viewer(cast.officer), at=NOW) == UpdateKind.CLOSED
    task.refresh_from_db()
    assert (task.state, task.done_date, task.closed_by) == (TaskState.AWAITING, None, None)
    assert Entry.objects.filter(verb="task.undo", subject_id=task.pk).exists()


def test_undoing_an_approval_lets_the_report_wait_again(cast: Cast) -> None:
    task = given(cast)
    report = updates.report_completion(task_id=task.pk, **doing(cast, cast.reporter))
    updates.approve(task_id=task.pk, **doing(cast, cast.head))
    updates.undo(task_id=task.pk, viewer=cast.viewer(cast.head), at=NOW)
    report.refresh_from_db()
    task.refresh_from_db()
    assert (report.approval, task.state) == (Approval.WAITING, TaskState.IN_PROGRESS)


def test_undoing_a_hand_down_removes_the_parts_unless_somebody_worked(cast: Cast) -> None:
    task = given(cast, cast.district, cast.other_district)
    updates.undo(task_id=task.pk, viewer=cast.viewer(cast.officer), at=NOW)
    task.refresh_from_db()
    assert (task.children.count(), task.handed_down_at, task.lead_unit, task.state) == (
        0, None, None, TaskState.NEW,
    )  # fmt: skip
    handing.hand_down(task_id=task.pk, unit_ids=[cast.district.pk, cast.ward.pk], **doing(cast, cast.officer))
    part = task.children.get(lead_unit=cast.district)
    updates.report_progress(task_id=part.pk, **doing(cast, cast.reporter))
    with pytest.raises(Refused, match="đã có đơn vị báo cáo"):
        updates.undo(task_id=task.pk, viewer=cast.viewer(cast.officer), at=NOW)


def test_a_draft_is_discarded_and_a_given_task_is_not(cast: Cast) -> None:
    task = draft(cast)
    tasks.discard_task(task_id=task.pk, viewer=cast.viewer(cast.officer), at=NOW)
    assert not Task.objects.filter(pk=task.pk).exists()
    with pytest.raises(Refused):
        tasks.discard_task(task_id=given(cast).pk, viewer=cast.viewer(cast.officer), at=NOW)


def test_every_act_leaves_one_entry_in_the_journal(cast: Cast) -> None:
    task = completed(cast)
    updates.close(task_id=task.pk, **doing(cast, cast.officer))
    verbs = list(
        Entry.objects.filter(subject_type="plans.task", subject_id=task.pk)
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert verbs == ["task.create", "task.handed_down", "task.completion", "task.closed"]


def test_a_monitor_of_the_district_does_not_close_what_the_city_assigned(cast: Cast) -> None:
    grant_role(
        user=cast.nobody, role=Role.MONITOR, unit=cast.district, start=START, end=None, by=None, at=NOW
    )
    with pytest.raises(NotAllowed):
        updates.close(task_id=completed(cast).pk, **doing(cast, cast.nobody))
