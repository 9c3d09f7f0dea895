"""Rights follow the tree of the day looked at, and the roles of today."""

from datetime import timedelta

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import viewer_of
from kientoan.domains.organisation.models import Role
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Place
from kientoan.domains.plans.models import Task
from tests.conftest import DAY, NOW, PASSWORD, START, Cast
from tests.domains.plans.making import given

BEFORE = DAY - timedelta(days=1)


@pytest.fixture
def moved(cast: Cast) -> Cast:
    """The ward goes from the district to the other one on the day."""
    places = (Place("government", unit=cast.other_district.pk),)
    change = Change(
        "reparent", (Origin(cast.ward.pk, ends=False),), (Outcome(unit=cast.ward.pk, places=places),)
    )
    decision = operations.draft_decision(
        legal_basis="Nghị quyết 1", effective_date=DAY, changes=[change], at=NOW
    )
    operations.apply_decision(decision=decision, at=NOW, viewer=None)
    return cast


def officer_of(cast: Cast, name: str, unit: object, start: object = START) -> User:
    user = User.objects.create_user(name, PASSWORD, full_name=name)
    operations.grant_role(
        user=user,
        role=Role.PERSONNEL,
        unit=unit,
        start=start,
        end=None,
        by=None,
        at=NOW,  # type: ignore[arg-type]
    )
    return user


def test_a_role_on_a_district_covers_what_was_under_it_on_the_day_looked_at(moved: Cast) -> None:
    ward = moved.ward.pk
    assert ward in viewer_of(moved.reporter, BEFORE, today=DAY).unit_ids()
    assert ward not in viewer_of(moved.reporter, DAY).unit_ids()
    assert ward not in viewer_of(moved.outsider, BEFORE, today=DAY).unit_ids()
    assert ward in viewer_of(moved.outsider, DAY).unit_ids()


def test_the_past_is_seen_with_the_roles_of_today(cast: Cast) -> None:
    late = officer_of(cast, "moi", cast.district, DAY)
    assert cast.ward.pk in viewer_of(late, BEFORE, today=DAY).unit_ids()
    grant = cast.reporter.role_grants.get()
    operations.end_role(grant=grant, end=DAY, viewer=cast.viewer(cast.admin), at=NOW)
    assert not viewer_of(cast.reporter, BEFORE, today=DAY).unit_ids()


def test_tasks_of_the_ward_are_seen_by_whom_it_stood_under(moved: Cast) -> None:
    task = given(moved, moved.ward, day=BEFORE)
    seen = {
        (name, day): Task.objects.visible_to(viewer_of(user, day, today=DAY)).filter(pk=task.pk).exists()
        for name, user in (("old", moved.reporter), ("new", moved.outsider))
        for day in (BEFORE, DAY)
    }
    assert seen == {("old", BEFORE): True, ("old", DAY): False, ("new", BEFORE): False, ("new", DAY): True}


def test_a_look_at_the_past_gives_no_right_to_change_what_has_left(moved: Cast) -> None:
    former, present = (
        officer_of(moved, "cu", moved.district), officer_of(moved, "moi", moved.other_district),
    )  # fmt: skip
    for user, status in ((former, 403), (present, 200)):
        client = Client()
        client.force_login(user)
        address = f"/to-chuc/{moved.ward.pk}/chuc-danh/?day={BEFORE.isoformat()}"
        assert client.get(address).status_code == status
