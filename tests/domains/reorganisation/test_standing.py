"""A duty stands with the unit that had it on the day looked at: before the decision, and from its day on."""

from datetime import date, timedelta

import pytest

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.access import NotAllowed, Viewer, viewer_of
from kientoan.domains.organisation.models import Role, RoleGrant, Unit
from kientoan.domains.organisation.operations import Applied
from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import Cooperation, Task, TaskState
from kientoan.domains.plans.operations import tasks as editing
from kientoan.domains.plans.operations import updates
from kientoan.domains.plans.queries import tasks
from kientoan.domains.plans.queries.task_detail import task_detail
from kientoan.domains.plans.queries.tasks import Status, TaskFilter, UnitRole
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, NOW, PASSWORD, START, Cast
from tests.domains.plans.making import given

from . import making
from .making import Change, Origin, fresh

DAY_BEFORE = DAY - timedelta(days=1)
AHEAD = date(2025, 7, 1)
EARLY = date(2018, 5, 1)


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


def account(name: str, role: Role, unit: Unit) -> User:
    user = User.objects.create_user(name, PASSWORD, full_name=name)
    RoleGrant.objects.create(user=user, role=role, unit=unit, in_force=since(START))
    return user


def counts(viewer: Viewer) -> dict[int, int]:
    """Unit → how many duties the board shows for it on the viewer's day."""
    return {cell.unit_id: cell.total for cell in tasks.heat_map(viewer, viewer.day)}


def found(viewer: Viewer, unit: int, role: UnitRole = UnitRole.LEAD) -> set[int]:
    wanted = TaskFilter(unit=unit, role=role)
    return set(tasks.matching(wanted, viewer, viewer.day).values_list("pk", flat=True))


def merged(cast: Cast, wards: making.Wards, day: date = DAY) -> Unit:
    applied = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district, day))
    return Unit.objects.get(pk=applied.created[0])


def split(cast: Cast, wards: making.Wards) -> Applied:
    """The first ward becomes two new ones; its duties are divided between them."""
    new = (fresh("Phường Một A", cast.district), fresh("Phường Một B", cast.district, "b"))
    decision = making.draft(Change("split", (Origin(wards.one.pk),), new))
    making.choose_to_divide(decision, wards.one)
    return making.apply(decision)


def test_the_board_counts_a_duty_where_it_was_on_the_day(cast: Cast, wards: making.Wards) -> None:
    given(cast, wards.one, day=EARLY)
    given(cast, wards.two, day=EARLY)
    given(cast, wards.three, day=EARLY)
    new = merged(cast, wards)
    before = viewer_of(cast.officer, DAY_BEFORE, today=DAY)
    after = viewer_of(cast.officer, DAY, today=DAY)
    assert counts(before) == {wards.one.pk: 1, wards.two.pk: 1, wards.three.pk: 1}
    assert counts(after) == {new.pk: 2, wards.three.pk: 1}
    assert tasks.summary(before, DAY_BEFORE, [wards.one.pk]).total == 1
    assert tasks.summary(after, DAY, [wards.one.pk]).total == 0
    assert tasks.late_counts(after, DAY) == {}


def test_the_list_finds_it_under_the_old_unit_before_and_under_the_new_one_after(
    cast: Cast, wards: making.Wards
) -> None:
    task = given(cast, wards.one, day=EARLY)
    new = merged(cast, wards)
    before = viewer_of(cast.officer, DAY_BEFORE, today=DAY)
    after = viewer_of(cast.officer, DAY, today=DAY)
    assert found(before, wards.one.pk) == {task.pk}
    assert found(before, new.pk) == set()
    assert found(after, new.pk) == {task.pk}
    old_post = task.post_id
    row = task_detail(task.pk, before, DAY_BEFORE, at=NOW).row
    assert (row.lead and row.lead.id, row.task.post_id) == (wards.one.pk, old_post)
    row = task_detail(task.pk, after, DAY, at=NOW).row
    assert row.lead
    assert row.lead.id == new.pk


def test_what_is_shown_of_an_earlier_day_is_not_saved(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one, day=EARLY)
    merged(cast, wards)
    before = viewer_of(cast.officer, DAY_BEFORE, today=DAY)
    shown = task_detail(task.pk, before, DAY_BEFORE, at=NOW).row.task
    with pytest.raises(ValueError, match="stands as on"):
        shown.save()


def test_cooperating_and_assigning_units_are_those_of_the_day(cast: Cast, wards: making.Wards) -> None:
    helped = given(cast, wards.three, day=EARLY)
    Cooperation.objects.bulk_create(Cooperation(task=helped, unit=one) for one in (wards.one, wards.two))
    new = merged(cast, wards)
    before = viewer_of(cast.officer, DAY_BEFORE, today=DAY)
    after = viewer_of(cast.officer, DAY, today=DAY)
    role = UnitRole.COOPERATE
    assert found(before, wards.one.pk, role) == found(before, wards.two.pk, role) == {helped.pk}
    assert found(before, new.pk, role) == set()
    assert found(after, new.pk, role) == {helped.pk}
    assert found(after, wards.one.pk, role) == set()
    shown = {unit.id for unit in task_detail(helped.pk, before, DAY_BEFORE, at=NOW).cooperating}
    assert shown == {wards.one.pk, wards.two.pk}


def test_the_successor_sees_what_it_came_to_have_on_earlier_days(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one, day=EARLY)
    account("thu-truong", Role.HEAD, wards.one)
    merged(cast, wards)
    head = User.objects.get(username="thu-truong")
    back = viewer_of(head, DAY_BEFORE, today=DAY)
    assert Task.objects.visible_to(back).filter(pk=task.pk).exists()
    assert not Task.objects.visible_to(viewer_of(cast.outsider, DAY_BEFORE, today=DAY)).exists()


def test_with_a_decision_ahead_the_old_unit_goes_on_today(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one, day=EARLY)
    reporter = account("bao-cao", Role.REPORTER, wards.one)
    head = account("thu-truong", Role.HEAD, wards.one)
    new = merged(cast, wards, AHEAD)
    today = viewer_of(reporter, DAY, today=DAY)
    assert tasks.waiting_for(today, DAY).to_report == 1
    assert set(tasks.mine(today, DAY)) == {task}
    assert counts(viewer_of(cast.officer, DAY)) == {wards.one.pk: 1}
    line = updates.report_completion(task_id=task.pk, viewer=today, at=NOW, day=DAY)
    assert line.unit_id == wards.one.pk
    deciding = viewer_of(head, DAY, today=DAY)
    listed = tasks.matching(TaskFilter(status=Status.TO_APPROVE), deciding, DAY)
    assert set(listed) == {task}
    updates.approve(task_id=task.pk, viewer=deciding, at=NOW, day=DAY)
    task.refresh_from_db()
    assert (task.state, task.lead_unit_id) == (TaskState.AWAITING, new.pk)


def test_the_new_unit_reports_from_the_day_on_and_not_before(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one, day=EARLY)
    head = account("ba", Role.HEAD, wards.three)
    into = making.Outcome(unit=wards.three.pk)
    making.apply(making.draft(Change("merge_into", (Origin(wards.one.pk),), (into,)), day=AHEAD))
    today = viewer_of(head, DAY, today=DAY)
    assert not tasks.mine(today, DAY).exists()
    with pytest.raises(NotAllowed):
        updates.report_progress(task_id=task.pk, viewer=today, at=NOW, day=DAY, percent=10)
    then = viewer_of(head, AHEAD, today=AHEAD)
    assert set(tasks.mine(then, AHEAD)) == {task}
    line = updates.report_progress(task_id=task.pk, viewer=then, at=NOW, day=AHEAD, percent=10)
    assert line.unit_id == wards.three.pk


def test_who_it_passes_to_is_not_changed_before_the_day(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one, day=EARLY)
    post = task.post_id
    merged(cast, wards, AHEAD)
    task.refresh_from_db()
    doing = {"viewer": viewer_of(cast.officer, DAY), "at": NOW, "day": DAY, "row_version": task.row_version}
    same = {"post_id": post, "title": task.title}
    assert editing.edit_task(task_id=task.pk, changes=same, **doing) is None
    with pytest.raises(Refused):
        editing.edit_task(task_id=task.pk, changes={"post_id": cast.district_head_post.pk}, **doing)


def test_a_divided_duty_is_one_before_the_day_and_parts_after(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one, day=EARLY)
    split(cast, wards)
    before = viewer_of(cast.officer, DAY_BEFORE, today=DAY)
    after = viewer_of(cast.officer, DAY, today=DAY)
    assert counts(before) == {wards.one.pk: 1}
    parts = Task.objects.filter(parent=task)
    assert counts(after) == {part.lead_unit_id: 1 for part in parts}
    assert task_detail(task.pk, before, DAY_BEFORE, at=NOW).parts == ()
    assert len(task_detail(task.pk, after, DAY, at=NOW).parts) == 2


def test_the_successors_head_finds_what_waits_for_approval(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one, day=EARLY)
    reporter = account("bao-cao", Role.REPORTER, wards.one)
    head = account("thu-truong", Role.HEAD, wards.one)
    updates.report_completion(task_id=task.pk, viewer=viewer_of(reporter, EARLY), at=NOW, day=EARLY)
    merged(cast, wards)
    viewer = viewer_of(head, DAY)
    assert tasks.waiting_for(viewer, DAY).to_approve == 1
    assert set(tasks.matching(TaskFilter(status=Status.TO_APPROVE, mine=True), viewer, DAY)) == {task}
    assert updates.approve(task_id=task.pk, viewer=viewer, at=NOW, day=DAY).kind == "approved"


def test_what_the_old_unit_does_before_the_day_does_not_keep_a_decision_ahead_from_being_undone(
    cast: Cast, wards: making.Wards
) -> None:
    task = given(cast, wards.one, day=EARLY)
    reporter = account("bao-cao", Role.REPORTER, wards.one)
    applied = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD))
    doing = {"viewer": viewer_of(reporter, DAY), "at": NOW, "day": DAY}
    updates.report_progress(task_id=task.pk, percent=40, **doing)
    making.undo(applied.decision)
    post = task.post_id
    task.refresh_from_db()
    assert (task.lead_unit_id, task.post_id, task.percent) == (wards.one.pk, post, 40)
    assert list(task.updates.order_by("pk").values_list("kind", flat=True)) == ["handed_down", "progress"]
