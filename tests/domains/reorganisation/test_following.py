"""What comes to a unit between the applying of the decision that ends it and its day, passes on that day."""

from datetime import date
from decimal import Decimal

import pytest

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation.access import viewer_of
from kientoan.domains.organisation.models import Decision, Installation, Role, RoleGrant, Unit
from kientoan.domains.plans.models import Cooperation, ProgrammeDuty, Rule, Succession, Target, Task
from kientoan.domains.plans.operations import handing, programmes, updates
from kientoan.domains.plans.operations.bulk import BulkAct, BulkChange, apply_bulk
from kientoan.domains.plans.queries import tasks
from kientoan.domains.reorganisation import jobs, operations
from kientoan.domains.reorganisation.queries.leftovers import decisions_with_leftovers
from kientoan.domains.results.models import Submission
from kientoan.domains.temporal.models import since
from kientoan.engines.periods import parse_period
from tests.conftest import DAY, NOW, PASSWORD, START, Cast
from tests.domains.plans.making import draft, given
from tests.domains.plans.targets import make_set, make_target
from tests.domains.plans.test_programmes import document
from tests.domains.results.figures import revenue

from . import making
from .rows import every_row

AHEAD = date(2018, 12, 1)
LATER = date(2019, 3, 1)


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


@pytest.fixture
def ahead(cast: Cast, wards: making.Wards) -> Decision:
    """Wards one and two become a new one in December; applied in June."""
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD)
    making.apply(decision)
    return decision


def account(name: str, role: Role, unit: Unit, start: date = START) -> User:
    user = User.objects.create_user(name, PASSWORD, full_name=name)
    RoleGrant.objects.create(user=user, role=role, unit=unit, in_force=since(start))
    return user


def follow(day: date = AHEAD) -> list[Decision]:
    return operations.pass_on_what_came_later(day=day, at=NOW)


def new_unit(decision: Decision) -> Unit:
    return Unit.objects.get(begun_by=decision)


def test_a_task_handed_down_in_between_stays_until_the_day_and_passes_on_it(
    cast: Cast, wards: making.Wards, ahead: Decision
) -> None:
    reporter = account("mot", Role.REPORTER, wards.three)
    task = given(cast, wards.one)
    assert follow(DAY) == []
    task.refresh_from_db()
    assert task.lead_unit_id == wards.one.pk
    assert follow() == [ahead]
    task.refresh_from_db()
    assert (task.lead_unit_id, task.post is not None) == (new_unit(ahead).pk, True)
    assert follow() == []
    assert task.updates.filter(kind="succeeded").count() == 1
    then = viewer_of(cast.officer, DAY, today=AHEAD)
    assert set(tasks.matching(tasks.TaskFilter(unit=wards.one.pk), then, DAY)) == {task}
    assert not Task.objects.visible_to(viewer_of(reporter, AHEAD)).exists()
    entry = Entry.objects.get(verb="decision.follow")
    assert (entry.actor, entry.detail["passed"], entry.detail["waiting"]) == (None, 1, 0)


def test_a_role_given_in_between_passes_with_the_unit(
    cast: Cast, wards: making.Wards, ahead: Decision
) -> None:
    user = account("moi", Role.REPORTER, wards.one, DAY)
    later = account("saunay", Role.HEAD, wards.two, LATER)
    follow()
    assert viewer_of(user, AHEAD).granted_ids() == {new_unit(ahead).pk}
    assert viewer_of(user, DAY).granted_ids() == {wards.one.pk}
    assert not viewer_of(later, AHEAD).grants
    assert new_unit(ahead).pk in viewer_of(later, LATER).granted_ids()
    assert follow() == []


def test_a_role_that_the_new_unit_lost_since_does_not_come_back(cast: Cast, wards: making.Wards) -> None:
    user = account("mot", Role.REPORTER, wards.one)
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD)
    making.apply(decision)
    RoleGrant.objects.filter(user=user, begun_by=decision).delete()
    account("moi", Role.REPORTER, wards.one, DAY)
    follow()
    assert not viewer_of(user, AHEAD).grants


def test_targets_sets_figures_programmes_and_cooperation_of_the_time_between_pass_too(
    cast: Cast, wards: making.Wards
) -> None:
    held, indicator = make_set(cast), revenue()
    first = make_target(cast, held, indicator, wards.one, "10", period_end=date(2020, 1, 1))
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD)
    making.apply(decision)
    second = make_target(cast, held, indicator, wards.two, "11", period_end=date(2020, 1, 1))
    helped = given(cast, wards.three)
    Cooperation.objects.create(task=helped, unit=wards.one)
    june = parse_period("2018-06")
    submission = Submission.objects.create(
        unit=wards.one, in_force=since(june.start, june.end), frequency=june.frequency, vintage="final",
        created_at=NOW,
    )  # fmt: skip
    plan = document("168/KH-UBND", DAY, cast.city)
    programmes.require_programmes(
        document=plan, unit_ids=[wards.one.pk, wards.two.pk], due_date=None,
        viewer=cast.viewer(cast.officer), at=NOW,
    )  # fmt: skip
    assert follow() == [decision]
    new = new_unit(decision)
    first.refresh_from_db()
    second.refresh_from_db()
    submission.refresh_from_db()
    assert (first.unit_id, first.low) == (new.pk, Decimal(21))
    assert second.unit_id == wards.two.pk
    assert (submission.unit_id, submission.begun_for_id) == (new.pk, wards.one.pk)
    assert helped.cooperations.get().unit_id == new.pk
    assert ProgrammeDuty.objects.filter(unit=new).count() == 1
    assert follow() == []
    first.refresh_from_db()
    assert first.low == Decimal(21)


def test_what_waits_waits_once_and_is_settled_as_before(cast: Cast, wards: making.Wards) -> None:
    early = given(cast, wards.one)
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD)
    operations.choose(decision=decision, unit_id=wards.one.pk, rule=Rule.WAIT, viewer=None, at=NOW)
    making.apply(decision)
    late = given(cast, wards.one)
    assert follow() == [decision]
    assert follow() == []
    rows = Succession.objects.waiting().filter(task__in=[early, late])
    assert sorted(rows.values_list("task_id", flat=True)) == sorted([early.pk, late.pk])
    admin = viewer_of(cast.admin, AHEAD)
    operations.settle(
        succession_ids=list(rows.values_list("pk", flat=True)), unit_id=new_unit(decision).pk,
        viewer=admin, at=NOW,
    )  # fmt: skip
    assert set(Task.objects.filter(lead_unit=new_unit(decision))) == {early, late}


def test_a_task_handed_down_in_between_is_divided_like_the_others(cast: Cast, wards: making.Wards) -> None:
    new = (
        making.fresh("Phường Một A", cast.district),
        making.fresh("Phường Một B", cast.district, "b"),
    )
    decision = making.draft(making.Change("split", (making.Origin(wards.one.pk),), new), day=AHEAD)
    making.choose_to_divide(decision, wards.one)
    making.apply(decision)
    task = given(cast, wards.one)
    follow()
    assert Task.objects.filter(parent=task).count() == 2
    assert follow() == []
    assert Task.objects.filter(parent=task).count() == 2


def test_a_task_reopened_after_the_day_finds_its_way(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one)
    Task.objects.filter(pk=task.pk).update(state="done", done_date=DAY, percent=100)
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD)
    making.apply(decision)
    assert follow() == []
    updates.reopen(
        task_id=task.pk, viewer=viewer_of(cast.officer, LATER), at=NOW, day=LATER, note="Chưa xong"
    )
    assert follow(LATER) == [decision]
    task.refresh_from_db()
    assert task.lead_unit_id == new_unit(decision).pk


def test_what_passed_goes_on_by_the_next_decision(cast: Cast, wards: making.Wards, ahead: Decision) -> None:
    new = new_unit(ahead)
    into = making.Outcome(unit=wards.three.pk)
    making.apply(making.draft(making.Change("merge_into", (making.Origin(new.pk),), (into,)), day=LATER))
    task = given(cast, wards.one)
    follow(LATER)
    task.refresh_from_db()
    assert task.lead_unit_id == wards.three.pk
    assert decisions_with_leftovers(LATER) == []


def test_undoing_gives_back_what_came_later_too(cast: Cast, wards: making.Wards) -> None:
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD)
    making.apply(decision)
    given(cast, wards.one)
    account("moi", Role.REPORTER, wards.one, DAY)
    account("saunay", Role.HEAD, wards.two, LATER)
    making.undo(decision)
    before = every_row()
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD)
    making.apply(decision)
    follow()
    making.undo(decision)
    assert every_row() == before


def test_a_decision_undone_meanwhile_passes_nothing_on(
    cast: Cast, wards: making.Wards, ahead: Decision
) -> None:
    task = given(cast, wards.one)
    making.undo(ahead)
    assert follow() == []
    assert operations.follow_decision(decision=ahead, at=NOW) == 0
    task.refresh_from_db()
    assert task.lead_unit_id == wards.one.pk


def test_the_targets_that_met_are_not_added_up_again(cast: Cast, wards: making.Wards) -> None:
    held, indicator = make_set(cast), revenue()
    for unit, low in ((wards.one, "10"), (wards.two, "11")):
        make_target(cast, held, indicator, unit, low, period_end=date(2020, 1, 1))
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD)
    making.apply(decision)
    given(cast, wards.two)
    follow()
    assert [one.low for one in Target.objects.filter(unit=new_unit(decision))] == [Decimal(21)]


def test_the_job_takes_the_day_of_the_example_and_else_that_of_the_clock(
    cast: Cast, wards: making.Wards
) -> None:
    making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD))
    task = given(cast, wards.one)
    jobs.follow_decisions(timestamp=0)
    task.refresh_from_db()
    assert task.lead_unit_id == wards.one.pk
    Installation.objects.update(example_day=None)
    jobs.follow_decisions(timestamp=0)
    task.refresh_from_db()
    assert task.lead_unit_id != wards.one.pk


def test_a_draft_that_passes_later_is_handed_to_the_unit_of_today_and_passes_all_the_same(
    cast: Cast, wards: making.Wards
) -> None:
    lone, many = (draft(cast, lead_unit=wards.one, title=title) for title in ("Một việc", "Hai việc"))
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD)
    making.apply(decision)
    doing = {"viewer": viewer_of(cast.officer, DAY), "at": NOW, "day": DAY}
    handing.hand_down(task_id=lone.pk, unit_ids=[wards.one.pk], **doing)
    change = BulkChange(BulkAct.HAND_DOWN)
    plan = apply_bulk(task_ids=[many.pk], change=change, **doing)
    assert [task.pk for task, _ in plan.accepted] == [many.pk]
    today, then = viewer_of(cast.officer, DAY), viewer_of(cast.officer, AHEAD)
    for viewer, unit in ((today, wards.one), (then, new_unit(decision))):
        found = tasks.matching(tasks.TaskFilter(unit=unit.pk), viewer, viewer.day)
        assert set(found) == {lone, many}
    assert follow() == []
    making.undo(decision)
    assert set(Task.objects.filter(lead_unit=wards.one, handed_down_at__isnull=False)) == {lone, many}
