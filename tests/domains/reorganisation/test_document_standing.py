"""What was made from a document, and who has to issue a programme for it: with whom it was on the day."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, Passage
from kientoan.domains.organisation.access import NotAllowed, viewer_of
from kientoan.domains.organisation.models import Role, RoleGrant
from kientoan.domains.plans.models import ProgrammeDuty, Target
from kientoan.domains.plans.operations import programmes
from kientoan.domains.plans.queries.of_document import made_from, targets_of, tasks_of
from kientoan.domains.plans.queries.programmes import programme_coverage
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, NOW, PASSWORD, START, Cast
from tests.domains.plans.making import given
from tests.domains.plans.targets import make_set, make_target
from tests.domains.plans.test_programmes import DUE, document
from tests.domains.results.figures import revenue

from . import making

DAY_BEFORE = DAY - timedelta(days=1)


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


@pytest.fixture
def plan(cast: Cast, wards: making.Wards) -> Document:
    """A plan of the city; all three wards have to issue their own."""
    made = document("168/KH-UBND", DAY - timedelta(days=90), cast.city)
    programmes.require_programmes(
        document=made, unit_ids=[one.pk for one in (wards.one, wards.two, wards.three)], due_date=DUE,
        viewer=cast.viewer(cast.officer), at=NOW,
    )  # fmt: skip
    return made


def passage(document: Document, start: int) -> Passage:
    return Passage.objects.create(
        document=document, kind="task", start=start, end=start + 5, quote="phải", state="accepted"
    )


def merged(cast: Cast, wards: making.Wards) -> int:
    applied = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district))
    return applied.created[0]


def owners(user: User, day: object) -> list[int]:
    (coverage,) = programme_coverage(viewer_of(user, day, today=DAY), day)  # type: ignore[arg-type]
    return sorted(duty.unit_id for duty in coverage.duties)


def test_a_duty_to_issue_a_programme_is_that_of_the_unit_of_the_day(
    cast: Cast, wards: making.Wards, plan: Document
) -> None:
    new = merged(cast, wards)
    assert owners(cast.officer, DAY_BEFORE) == [wards.one.pk, wards.two.pk, wards.three.pk]
    assert owners(cast.officer, DAY) == [wards.three.pk, new]
    (coverage,) = programme_coverage(viewer_of(cast.officer, DAY_BEFORE, today=DAY), DAY_BEFORE)
    assert {unit.name for unit in coverage.missing_units} == {"Phường Một", "Phường Hai", "Phường Ba"}


def test_the_person_of_the_ended_unit_sees_its_duty_before_and_an_outsider_none(
    cast: Cast, wards: making.Wards, plan: Document
) -> None:
    user = User.objects.create_user("mot", PASSWORD, full_name="Một")
    RoleGrant.objects.create(user=user, role=Role.CLERK, unit=wards.one, in_force=since(START))
    new = merged(cast, wards)
    assert wards.one.pk in owners(user, DAY_BEFORE)
    assert owners(user, DAY) == [new]
    assert programme_coverage(viewer_of(cast.outsider, DAY_BEFORE, today=DAY), DAY_BEFORE) == []


def test_tasks_and_targets_of_a_document_are_those_of_the_day(
    cast: Cast, wards: making.Wards, plan: Document
) -> None:
    first, second = passage(plan, 0), passage(plan, 10)
    given(cast, wards.one, document=plan, passage=first, day=DAY - timedelta(days=60))
    held, indicator = make_set(cast), revenue()
    for unit, low in ((wards.one, "10"), (wards.two, "11")):
        made = make_target(cast, held, indicator, unit, low)
        Target.objects.filter(pk=made.pk).update(passage=second)
    new = merged(cast, wards)
    before, after = viewer_of(cast.officer, DAY_BEFORE, today=DAY), viewer_of(cast.officer, DAY)
    assert [row.lead and row.lead.name for row in tasks_of(plan, before, DAY_BEFORE)[0]] == ["Phường Một"]
    assert [row.lead and row.lead.name for row in tasks_of(plan, after, DAY)[0]] == ["Phường Mới"]
    shown = {(one.unit_id, one.low) for one in targets_of(plan, before)}
    assert shown == {(wards.one.pk, Decimal(10)), (wards.two.pk, Decimal(11))}
    assert (new, Decimal(21)) in {(one.unit_id, one.low) for one in targets_of(plan, after)}
    assert {one.low for one in made_from([second], before)[second.pk].targets} == {Decimal(10), Decimal(11)}
    with CaptureQueriesContext(connection) as asked:
        targets_of(plan, before)
    assert len(asked) <= 4


def test_until_the_day_the_unit_of_today_fulfils_its_duty_and_is_asked_again(
    cast: Cast, wards: making.Wards, plan: Document
) -> None:
    user = User.objects.create_user("mot", PASSWORD, full_name="Một")
    RoleGrant.objects.create(user=user, role=Role.CLERK, unit=wards.one, in_force=since(START))
    duty = ProgrammeDuty.objects.get(unit=wards.one)
    ahead = DAY + timedelta(days=60)
    making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district, ahead))
    again = programmes.require_programmes(
        document=plan, unit_ids=[wards.one.pk], due_date=DAY, viewer=cast.viewer(cast.officer), at=NOW
    )
    assert again == 0
    own = document("01/KH-UBND", DAY, wards.one)
    with pytest.raises(NotAllowed):
        programmes.fulfil_programme(duty_id=duty.pk, programme=own, viewer=cast.viewer(cast.outsider), at=NOW)
    programmes.fulfil_programme(duty_id=duty.pk, programme=own, viewer=viewer_of(user, DAY), at=NOW)
    duty.refresh_from_db()
    assert (duty.programme, duty.due_date) == (own, DAY)
    assert ProgrammeDuty.objects.filter(document=plan).count() == 3
