"""A decision is not undone once something depends on what it passed on; the reason names it."""

import pytest

from kientoan.domains.organisation import operations as organisation
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.models import Post, RoleGrant, Unit
from kientoan.domains.organisation.operations import CannotUndo
from kientoan.domains.plans.models import Target
from kientoan.domains.plans.operations import updates
from kientoan.domains.reorganisation import operations
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, NOW, START, Cast
from tests.domains.plans.making import doing, given
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import revenue

from . import making
from .rows import every_row


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


def refused(applied: organisation.Applied) -> str:
    """The reasons, after which nothing is changed."""
    before = every_row()
    with pytest.raises(CannotUndo) as caught:
        making.undo(applied.decision)
    assert every_row() == before
    return str(caught.value)


def merged(cast: Cast, wards: making.Wards) -> organisation.Applied:
    return making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district))


def test_a_report_of_the_successor_stands_in_the_way(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one)
    applied = merged(cast, wards)
    updates.report_progress(task_id=task.pk, percent=40, **doing(cast, cast.head))
    assert f"#{task.pk}" in refused(applied)


def test_an_appointment_to_a_new_post_stands_in_the_way(cast: Cast, wards: making.Wards) -> None:
    applied = merged(cast, wards)
    post = Post.objects.get(begun_by=applied.decision)
    organisation.appoint(person=cast.nobody.person, post=post, start=DAY)
    assert cast.nobody.full_name in refused(applied)


def test_a_role_taken_away_on_the_successor_stands_in_the_way(cast: Cast, wards: making.Wards) -> None:
    RoleGrant.objects.create(user=cast.nobody, role="reporter", unit=wards.one, in_force=since(START))
    applied = merged(cast, wards)
    grant = RoleGrant.objects.get(begun_by=applied.decision)
    organisation.end_role(grant=grant, end=DAY, viewer=cast.viewer(cast.admin), at=NOW)
    assert "vai trò" in refused(applied)


def test_a_target_changed_since_stands_in_the_way(cast: Cast, wards: making.Wards) -> None:
    held = make_set(cast)
    target = make_target(cast, held, revenue(), wards.one, "10")
    applied = merged(cast, wards)
    Target.objects.filter(pk=target.pk).update(row_version=7)
    assert "Thu ngân sách" in refused(applied)


def test_a_task_of_the_new_unit_stands_in_the_way(cast: Cast, wards: making.Wards) -> None:
    applied = merged(cast, wards)
    given(cast, Unit.objects.get(pk=applied.created[0]))
    assert "gắn với đơn vị mới" in refused(applied)


def test_whoever_may_not_undo_is_told_no_more_than_that(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one)
    applied = merged(cast, wards)
    updates.report_progress(task_id=task.pk, percent=40, **doing(cast, cast.head))
    with pytest.raises(NotAllowed):
        operations.undo_decision(decision=applied.decision, at=NOW, viewer=cast.viewer(cast.outsider))
