"""Posts and who is in them: what is in the way is named, nothing is half-written."""

from datetime import date

import pytest

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Membership, MembershipKind, Person, Role
from kientoan.domains.temporal.models import Stale, since
from tests.conftest import DAY, NOW, PASSWORD, START, Cast


@pytest.fixture
def personnel(cast: Cast) -> Viewer:
    user = User.objects.create_user("tochuc", PASSWORD, full_name="Lý Tổ Chức")
    operations.grant_role(
        user=user, role=Role.PERSONNEL, unit=cast.city, start=START, end=None, by=None, at=NOW
    )
    return cast.viewer(user)


@pytest.fixture
def newcomer(cast: Cast) -> Person:
    return Person.objects.create(full_name="Châu Người Mới")


def appoint(cast: Cast, viewer: Viewer, person: Person, *, start: date = DAY, end: date | None = None,
            kind: str = MembershipKind.HOLD) -> Membership:  # fmt: skip
    return operations.appoint_person(
        person=person, post=cast.district_head_post, kind=kind, start=start, end=end, viewer=viewer, at=NOW
    )


def test_a_post_that_is_held_names_its_holder(cast: Cast, personnel: Viewer, newcomer: Person) -> None:
    before = Entry.objects.count()
    with pytest.raises(operations.PostTaken) as taken:
        appoint(cast, personnel, newcomer)
    assert taken.value.membership.person.full_name == "Đặng Thủ Trưởng"
    assert not newcomer.memberships.exists()
    assert Entry.objects.count() == before


def test_somebody_may_act_beside_the_holder(cast: Cast, personnel: Viewer, newcomer: Person) -> None:
    assert appoint(cast, personnel, newcomer, kind=MembershipKind.ACT).pk


def test_on_the_day_one_leaves_the_next_takes_over(cast: Cast, personnel: Viewer, newcomer: Person) -> None:
    old = cast.district_head_post.memberships.get()
    operations.change_membership(
        membership=old, start=START, end=DAY, seen={"in_force": since(START)}, viewer=personnel, at=NOW
    )
    appoint(cast, personnel, newcomer, start=DAY)
    holders = cast.district_head_post.memberships.on(DAY)
    assert [row.person for row in holders] == [newcomer]


def test_the_same_person_is_not_twice_in_one_post(cast: Cast, personnel: Viewer) -> None:
    with pytest.raises(operations.AlreadyInPost):
        appoint(cast, personnel, cast.head.person, kind=MembershipKind.ACT)


def test_nobody_is_appointed_before_the_post_exists(cast: Cast, personnel: Viewer, newcomer: Person) -> None:
    with pytest.raises(operations.OutsideLife):
        appoint(cast, personnel, newcomer, start=date(2010, 1, 1), end=date(2011, 1, 1))


def test_days_changed_by_another_are_shown_to_the_second(cast: Cast, personnel: Viewer) -> None:
    membership = cast.district_head_post.memberships.get()
    seen = {"in_force": since(date(2016, 1, 1))}
    with pytest.raises(Stale):
        operations.change_membership(
            membership=membership, start=START, end=DAY, seen=seen, viewer=personnel, at=NOW
        )


def test_an_outsider_appoints_nobody(cast: Cast, newcomer: Person) -> None:
    with pytest.raises(NotAllowed):
        appoint(cast, cast.viewer(cast.outsider), newcomer)


def test_a_new_post_lies_within_its_unit_s_life(cast: Cast, personnel: Viewer) -> None:
    with pytest.raises(operations.OutsideLife):
        operations.add_post(
            unit=cast.ward, title="Chủ tịch", rank="head", start=date(2001, 1, 1), viewer=personnel, at=NOW
        )


def test_a_post_is_corrected_once_per_version_seen(cast: Cast, personnel: Viewer) -> None:
    post = cast.district_head_post
    seen = {"title": post.title, "rank": post.rank}
    operations.correct_post(post=post, title="Chủ tịch", rank="head", seen=seen, viewer=personnel, at=NOW)
    with pytest.raises(Stale):
        operations.correct_post(post=post, title="Khác", rank="head", seen=seen, viewer=personnel, at=NOW)


def test_a_district_s_personnel_officer_renames_only_own_people(cast: Cast, newcomer: Person) -> None:
    user = User.objects.create_user("tochuc.cr", PASSWORD, full_name="Lý Quận Khác")
    operations.grant_role(
        user=user, role=Role.PERSONNEL, unit=cast.other_district, start=START, end=None, by=None, at=NOW
    )
    viewer = cast.viewer(user)
    with pytest.raises(NotAllowed):
        operations.rename_person(person=cast.head.person, full_name="Đổi", seen={}, viewer=viewer, at=NOW)
    assert (
        operations.rename_person(
            person=newcomer, full_name="Châu Mới", seen={}, viewer=viewer, at=NOW
        ).full_name
        == "Châu Mới"
    )


def test_a_clerk_adds_no_person(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        operations.add_person(full_name="Ai Đó", viewer=cast.viewer(cast.clerk), at=NOW)
