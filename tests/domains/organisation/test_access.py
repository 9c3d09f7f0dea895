"""Roles cover a unit and what is under it, on the day."""

from datetime import date

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.models import Closure, Role
from tests.conftest import DAY, NOW, START, Cast


def test_a_role_on_the_city_covers_the_wards(cast: Cast) -> None:
    assert cast.ward.pk in cast.viewer(cast.officer).unit_ids(Role.MONITOR)


def test_a_role_on_a_district_covers_its_ward_and_not_the_other_district(cast: Cast) -> None:
    viewer = cast.viewer(cast.reporter)
    assert viewer.unit_ids() == {cast.district.pk, cast.ward.pk}
    with pytest.raises(NotAllowed):
        viewer.require(Role.REPORTER, unit=cast.other_district.pk)


def test_an_account_without_role_covers_nothing(cast: Cast) -> None:
    assert cast.viewer(cast.nobody).unit_ids() == frozenset()


def test_a_role_ends_on_its_day(cast: Cast) -> None:
    grant = cast.reporter.role_grants.get()
    operations.end_role(grant=grant, end=date(2018, 7, 1), viewer=cast.viewer(cast.admin), at=NOW)
    assert cast.viewer(cast.reporter, DAY).unit_ids()
    assert not cast.viewer(cast.reporter, date(2018, 7, 1)).unit_ids()


def test_only_the_administrator_ends_a_role(cast: Cast) -> None:
    grant = cast.reporter.role_grants.get()
    with pytest.raises(NotAllowed):
        operations.end_role(grant=grant, end=DAY, viewer=cast.viewer(cast.outsider), at=NOW)


def test_the_closure_knows_depth_and_days(cast: Cast) -> None:
    row = Closure.objects.get(ancestor=cast.city, descendant=cast.ward)
    assert row.depth == 2
    assert row.in_force.lower == START
