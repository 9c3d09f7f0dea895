"""Who was accountable for a task on a day: read from its log and from who held the posts."""

from datetime import date, timedelta

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Person, Post
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.operations import tasks, updates
from kientoan.domains.plans.queries.accountability import Accountability, accountability_of
from tests.conftest import DAY, NOW, START, Cast
from tests.domains.plans.making import doing, draft, given

LATER = DAY + timedelta(days=30)
AFTER = DAY + timedelta(days=60)


def told(found: Accountability) -> list[tuple[str, str, date, date | None]]:
    return [
        (line.post.title if line.post else "", str(line.person or ""), line.start, line.end)
        for line in found.lines
    ]


def deputy(cast: Cast) -> Post:
    post = operations.create_post(unit=cast.district, title="Phó Chủ tịch", rank="deputy", start=START)
    person = Person.objects.create(full_name="Châu Cấp Phó")
    operations.appoint(person=person, post=post, start=START)
    return post


def change_post(cast: Cast, task: Task, post: Post, day: date) -> None:
    task.refresh_from_db()
    tasks.edit_task(
        task_id=task.pk, changes={"post_id": post.pk}, row_version=task.row_version,
        **doing(cast, cast.officer, day),
    )  # fmt: skip
    task.refresh_from_db()


def test_a_draft_has_nobody_accountable(cast: Cast) -> None:
    assert accountability_of(draft(cast), DAY).lines == ()


def test_the_head_is_accountable_from_the_day_it_was_handed_down(cast: Cast) -> None:
    found = accountability_of(given(cast), DAY)
    assert told(found) == [("Chủ tịch UBND quận", "Đặng Thủ Trưởng", DAY, None)]
    assert found.on_day == found.lines
    assert accountability_of(given(cast), DAY - timedelta(days=1)).lines == ()


def test_turnover_leaves_a_gap_that_is_shown(cast: Cast) -> None:
    task = given(cast)
    held = cast.district_head_post.memberships.get()
    viewer = cast.viewer(cast.admin)
    operations.change_membership(membership=held, start=START, end=LATER, seen={}, viewer=viewer, at=NOW)
    new = Person.objects.create(full_name="Châu Mới")
    operations.appoint(person=new, post=cast.district_head_post, start=AFTER)
    title = "Chủ tịch UBND quận"
    found = accountability_of(task, AFTER)
    assert told(found) == [
        (title, "Đặng Thủ Trưởng", DAY, LATER), (title, "", LATER, AFTER), (title, "Châu Mới", AFTER, None),
    ]  # fmt: skip
    (vacant,) = accountability_of(task, LATER).on_day
    assert vacant.is_vacant


def test_a_change_of_the_post_is_read_from_the_log(cast: Cast) -> None:
    task = given(cast)
    change_post(cast, task, deputy(cast), LATER)
    found = accountability_of(task, AFTER)
    assert told(found) == [
        ("Chủ tịch UBND quận", "Đặng Thủ Trưởng", DAY, LATER), ("Phó Chủ tịch", "Châu Cấp Phó", LATER, None),
    ]  # fmt: skip
    (then,) = accountability_of(task, DAY).on_day
    assert str(then.person) == "Đặng Thủ Trưởng"


def test_two_changes_on_one_day_leave_the_last(cast: Cast) -> None:
    task, second = given(cast), deputy(cast)
    change_post(cast, task, second, LATER)
    change_post(cast, task, cast.district_head_post, LATER)
    change_post(cast, task, second, LATER)
    assert [line[0] for line in told(accountability_of(task, AFTER))] == [
        "Chủ tịch UBND quận",
        "Phó Chủ tịch",
    ]


def test_a_closed_task_has_nobody_accountable_after_its_last_day(cast: Cast) -> None:
    task = given(cast)
    updates.report_completion(task_id=task.pk, **doing(cast, cast.head))
    updates.close(task_id=task.pk, **doing(cast, cast.officer, LATER))
    task.refresh_from_db()
    found = accountability_of(task, AFTER)
    assert found.on_day == ()
    assert [line[2:] for line in told(found)] == [(DAY, task.done_date + timedelta(days=1))]


def test_a_task_without_a_post_names_the_unit(cast: Cast) -> None:
    task = given(cast, cast.other_district)
    (line,) = accountability_of(task, DAY).lines
    assert (line.post, str(line.unit), line.is_vacant) == (None, "Quận Cái Răng", False)
