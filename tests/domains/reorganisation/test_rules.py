"""The rules by which duties pass: by field, divided; and what the results domain gives over."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import PolicyField
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.models import RoleGrant, Unit
from kientoan.domains.organisation.operations import Collisions, WrongState
from kientoan.domains.plans.models import Rule, Succession, Task, TaskState, Update
from kientoan.domains.plans.queries.waits_ahead import WaitsFor
from kientoan.domains.reorganisation import operations
from kientoan.domains.reorganisation.queries import effects
from kientoan.domains.results.access import visible_submissions
from kientoan.domains.results.models import Observation, SubmissionState, Vintage
from kientoan.domains.results.operations.submissions import describe, open_submission
from kientoan.domains.temporal.models import since
from kientoan.engines.periods import parse_period
from tests.conftest import NOW, START, Cast, make_cast
from tests.domains.plans.making import given
from tests.domains.plans.test_task_concurrency import together

from . import making
from .making import Change, Origin, fresh
from .rows import every_row


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


def split(cast: Cast, wards: making.Wards) -> making.Decision:
    """A draft: the first ward becomes two."""
    new = (fresh("Phường A", cast.district), fresh("Phường B", cast.district, "b"))
    return making.draft(Change("split", (Origin(wards.one.pk),), new))


def test_by_field_each_duty_goes_to_the_heir_of_its_field_and_the_rest_waits(
    cast: Cast, wards: making.Wards
) -> None:
    health, land = (PolicyField.objects.create(code=name, name=name) for name in ("y-te", "dat-dai"))
    first = given(cast, wards.one, field_id=health.pk)
    second = given(cast, wards.one, field_id=land.pk)
    third = given(cast, wards.one)
    before = every_row()
    decision = split(cast, wards)
    (parted,) = effects(decision, None)
    one, two = [heir.key for heir in parted.heirs if heir.result is not None]
    operations.choose(
        decision=decision, unit_id=wards.one.pk, rule=Rule.BY_FIELD, viewer=None, at=NOW,
        fields={health.pk: one, land.pk: two},
    )  # fmt: skip
    applied = making.apply(decision)
    leads = dict(Task.objects.values_list("pk", "lead_unit_id"))
    assert (leads[first.pk], leads[second.pk], leads[third.pk]) == (*applied.created, wards.one.pk)
    assert list(Succession.objects.filter(to_unit=None).values_list("task_id", flat=True)) == [third.pk]
    making.undo(applied.decision)
    assert every_row() == before


def test_by_field_roles_wait_for_who_takes_the_rest_and_the_reason_says_so(
    cast: Cast, wards: making.Wards
) -> None:
    account("bao-cao", wards.one)
    field = PolicyField.objects.create(code="y-te", name="y-te")
    decision = split(cast, wards)
    (parted,) = effects(decision, None)
    one, two = [heir for heir in parted.heirs if heir.result is not None]
    choose = partial(
        operations.choose, decision=decision, unit_id=wards.one.pk, rule=Rule.BY_FIELD, viewer=None, at=NOW
    )
    choose(fields={field.pk: one.key})
    (parted,) = effects(decision, None)
    assert [ahead.why for ahead in parted.waits if ahead.subject == "role_grant"] == [WaitsFor.ROLE_REST]
    choose(fields={field.pk: one.key}, result_id=two.result)
    (parted,) = effects(decision, None)
    assert not [ahead for ahead in parted.waits if ahead.subject == "role_grant"]


def test_a_divided_task_becomes_one_part_for_each_and_undoing_makes_it_one_again(
    cast: Cast, wards: making.Wards
) -> None:
    task = given(cast, wards.one)
    before = every_row()
    decision = split(cast, wards)
    making.choose_to_divide(decision, wards.one)
    applied = making.apply(decision)
    task.refresh_from_db()
    assert (task.lead_unit_id, task.post_id, task.state) == (cast.city.pk, None, TaskState.IN_PROGRESS)
    parts = Task.objects.filter(parent=task).order_by("lead_unit_id")
    assert [part.lead_unit_id for part in parts] == sorted(applied.created)
    assert {part.post.unit_id for part in parts if part.post} == set(applied.created)
    assert {(part.title, part.due_date, part.state) for part in parts} == {(task.title, task.due_date, "new")}
    making.undo(applied.decision)
    assert every_row() == before


def test_an_open_submission_goes_on_with_the_successor_and_comes_back(
    cast: Cast, wards: making.Wards
) -> None:
    reporter = account("bao-cao", wards.one)
    submission = open_submission(
        unit_id=wards.one.pk, period=parse_period("2018-05"), vintage=Vintage.ESTIMATE,
        viewer=cast.viewer(reporter), at=NOW,
    )  # fmt: skip
    before = every_row()
    applied = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district))
    submission.refresh_from_db()
    assert (submission.unit_id, submission.begun_for_id) == (applied.created[0], wards.one.pk)
    assert submission.state == SubmissionState.DRAFT
    assert not Observation.objects.filter(submission=submission, value=Decimal(0)).exists()
    line = Succession.objects.get(submission=submission)
    assert (line.from_unit_id, line.to_unit_id) == (wards.one.pk, applied.created[0])
    making.undo(applied.decision)
    assert every_row() == before


def test_with_a_decision_ahead_the_unit_goes_on_with_its_figures_until_it_ends(
    cast: Cast, wards: making.Wards
) -> None:
    reporter, other = account("bao-cao", wards.one), account("noi-nhan", wards.three)
    submission = open_submission(
        unit_id=wards.one.pk, period=parse_period("2018-05"), vintage=Vintage.ESTIMATE,
        viewer=cast.viewer(reporter), at=NOW,
    )  # fmt: skip
    into = making.Outcome(unit=wards.three.pk)
    change = Change("merge_into", (Origin(wards.one.pk),), (into,))
    ahead = date(2025, 7, 1)
    making.apply(making.draft(change, day=ahead))
    said = {"submission_id": submission.pk, "source": "Chi cục", "note": "", "files": [], "at": NOW}
    today, heir = cast.viewer(reporter), cast.viewer(other)
    assert list(visible_submissions(today)) == [submission]
    assert not visible_submissions(heir).exists()
    describe(**said, viewer=today)
    with pytest.raises(NotAllowed):
        describe(**said, viewer=heir)
    then = cast.viewer(other, ahead)
    assert list(visible_submissions(then)) == [submission]
    describe(**said, viewer=then)


def account(name: str, unit: Unit) -> User:
    """A reporter of the unit."""
    user = User.objects.create_user(name, "mot-mat-khau-rat-dai", full_name=name)
    RoleGrant.objects.create(user=user, role="reporter", unit=unit, in_force=since(START))
    return user


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_apply_overlapping_decisions_at_once_one_is_refused_and_no_duty_is_lost() -> None:
    cast = make_cast()
    wards = making.make_wards(cast)
    task = given(cast, wards.two)
    decisions = [
        making.merge([wards.one, wards.two], "Phường Mới", cast.district),
        making.merge([wards.two, wards.three], "Phường Khác", cast.district),
    ]
    raised = together(*(lambda one=one: making.apply(one) for one in decisions))
    assert len(raised) == 1
    assert isinstance(raised[0], Collisions | WrongState)
    assert sorted(decision.state for decision in map(_again, decisions)) == ["applied", "draft"]
    (line,) = Update.objects.filter(task=task, decision__isnull=False)
    task.refresh_from_db()
    assert line.changes["lead_unit_id"] == [wards.two.pk, task.lead_unit_id]
    assert Unit.objects.on(making.DAY).filter(pk=task.lead_unit_id).exists()


def _again(decision: making.Decision) -> making.Decision:
    decision.refresh_from_db()
    return decision
