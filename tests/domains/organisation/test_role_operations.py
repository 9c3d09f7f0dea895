"""Roles are given and ended within the administrator's units; the last administrator stays."""

from datetime import date

import pytest

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.models import Role, RoleGrant, Unit
from tests.conftest import DAY, NOW, PASSWORD, START, Cast


def give(
    cast: Cast, user: User, unit: Unit, by: User, *, start: date = DAY, end: date | None = None
) -> RoleGrant:
    return operations.give_role(
        user=user, role=Role.REPORTER, unit=unit, start=start, end=end, viewer=cast.viewer(by), at=NOW
    )


def test_the_same_role_twice_names_the_one_there(cast: Cast) -> None:
    with pytest.raises(operations.RoleHeldAlready) as held:
        give(cast, cast.reporter, cast.district, cast.admin)
    assert held.value.grant == cast.reporter.role_grants.get()


def test_a_role_given_after_it_ended_is_a_new_one(cast: Cast) -> None:
    operations.end_role(
        grant=cast.reporter.role_grants.get(), end=DAY, viewer=cast.viewer(cast.admin), at=NOW
    )
    give(cast, cast.reporter, cast.district, cast.admin)
    assert cast.reporter.role_grants.count() == 2


def test_a_range_that_ends_before_it_starts_is_refused(cast: Cast) -> None:
    with pytest.raises(operations.BadRange):
        give(cast, cast.reporter, cast.ward, cast.admin, start=DAY, end=DAY)


def test_who_is_no_administrator_gives_no_role(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        give(cast, cast.head, cast.ward, cast.reporter)


def test_a_district_administrator_gives_no_role_to_a_stranger(cast: Cast) -> None:
    local = User.objects.create_user("quantri.nk", PASSWORD, full_name="Mai Quản Trị")
    operations.grant_role(
        user=local, role=Role.ADMIN, unit=cast.district, start=START, end=None, by=None, at=NOW
    )
    with pytest.raises(NotAllowed):
        give(cast, cast.outsider, cast.ward, local)


def test_the_last_administrator_keeps_the_role(cast: Cast) -> None:
    grant = cast.admin.role_grants.get()
    with pytest.raises(operations.LastAdministrator):
        operations.end_role(grant=grant, end=DAY, viewer=cast.viewer(cast.admin), at=NOW)


def test_with_a_second_administrator_the_first_may_go(cast: Cast) -> None:
    operations.grant_role(
        user=cast.leader, role=Role.ADMIN, unit=cast.city, start=START, end=None, by=None, at=NOW
    )
    grant = cast.admin.role_grants.get()
    operations.end_role(grant=grant, end=DAY, viewer=cast.viewer(cast.leader), at=NOW)
    assert not cast.viewer(cast.admin).roles
