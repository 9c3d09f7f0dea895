"""What is seen, late, due soon or silent, on the day on which one looks."""

from datetime import date, timedelta

from kientoan.domains.plans.models import Task
from kientoan.domains.plans.operations import handing, updates
from tests.conftest import DAY, Cast

from .making import completed, doing, draft, given


def seen(cast: Cast, user: str) -> set[int]:
    return set(Task.objects.visible_to(cast.viewer(getattr(cast, user))).values_list("pk", flat=True))


def test_a_draft_is_seen_by_the_assigners_side_only(cast: Cast) -> None:
    task = draft(cast, lead_unit=cast.district, cooperating_units=[cast.other_district])
    assert {
        user for user in ("officer", "reporter", "outsider", "nobody") if task.pk in seen(cast, user)
    } == {"officer"}


def test_a_task_is_seen_by_lead_cooperating_and_assigner(cast: Cast) -> None:
    task = given(cast)
    assert {user for user in ("officer", "head", "outsider", "nobody") if task.pk in seen(cast, user)} == {
        "officer", "head",
    }  # fmt: skip
    other = given(cast, cast.department, cooperating_units=[cast.other_district])
    assert other.pk in seen(cast, "outsider")
    assert other.pk not in seen(cast, "reporter")


def test_a_part_is_seen_through_its_own_lead(cast: Cast) -> None:
    task = given(cast, cast.district, cast.other_district)
    part = task.children.get(lead_unit=cast.district)
    assert seen(cast, "reporter") == {part.pk}


def test_overdue_begins_the_day_after_the_deadline(cast: Cast) -> None:
    task = given(cast, due_date=DAY)
    assert task not in Task.objects.overdue_on(DAY)
    assert task in Task.objects.overdue_on(DAY + timedelta(days=1))


def test_what_was_reported_in_time_is_not_overdue_while_the_assigner_checks(cast: Cast) -> None:
    in_time = completed(cast, due_date=DAY)
    too_late = completed(cast, due_date=DAY - timedelta(days=2))
    assert list(Task.objects.overdue_on(DAY + timedelta(days=30))) == [too_late]
    assert in_time not in Task.objects.due_soon_on(DAY)


def test_due_soon_is_within_seven_days(cast: Cast) -> None:
    week, more = given(cast, due_date=DAY + timedelta(days=7)), given(cast, due_date=DAY + timedelta(days=8))
    assert list(Task.objects.due_soon_on(DAY)) == [week]
    assert more in Task.objects.due_soon_on(DAY, days=8)


def test_a_task_closed_later_was_still_late_on_the_day_looked_at(cast: Cast) -> None:
    late = DAY + timedelta(days=20)
    task = given(cast, due_date=DAY)
    updates.report_completion(task_id=task.pk, **doing(cast, cast.head, late))
    updates.close(task_id=task.pk, **doing(cast, cast.officer, late))
    looked_at = DAY + timedelta(days=5)
    assert task in Task.objects.overdue_on(looked_at)
    assert Task.objects.with_status(looked_at).get(pk=task.pk).state_on == "in_progress"
    done = Task.objects.with_status(late).get(pk=task.pk)
    assert (done.state_on, done.end_on) == ("done", late)
    assert task not in Task.objects.overdue_on(late)


def test_silence_is_counted_from_the_last_report_or_the_start(cast: Cast) -> None:
    task = given(cast)
    after = DAY + timedelta(days=31)
    assert task not in Task.objects.silent_on(DAY + timedelta(days=30))
    assert task in Task.objects.silent_on(after)
    updates.report_progress(task_id=task.pk, **doing(cast, cast.reporter, after))
    assert task not in Task.objects.silent_on(after)
    assert task in Task.objects.silent_on(after + timedelta(days=31))
    updates.report_progress(task_id=task.pk, **doing(cast, cast.reporter, after + timedelta(days=60)))
    assert task in Task.objects.silent_on(after + timedelta(days=31))
    assert task not in Task.objects.silent_on(after + timedelta(days=10))


def test_a_cover_over_parts_is_no_duty(cast: Cast) -> None:
    cover = given(cast, cast.district, cast.other_district)
    single = given(cast)
    divided = given(cast, cast.district)
    handing.hand_down(task_id=divided.pk, unit_ids=[cast.ward.pk], **doing(cast, cast.head))
    duties = set(Task.objects.duties())
    assert cover not in duties
    assert {single, divided, *cover.children.all(), *divided.children.all()} == duties


def test_what_was_suspended_later_was_open_on_the_day_looked_at(cast: Cast) -> None:
    task = given(cast, day=date(2018, 5, 1))
    updates.suspend(task_id=task.pk, note="Chờ vốn", **doing(cast, cast.officer))
    on = Task.objects.with_status(date(2018, 6, 1)).get(pk=task.pk)
    assert on.state_on == "in_progress"
    assert Task.objects.with_status(DAY).get(pk=task.pk).state_on == "suspended"
