"""The units an office chooses from: its own, not those of other provinces loaded beside them."""

import pytest

from kientoan.domains.organisation.models import Installation, Unit
from kientoan.domains.organisation.operations import establish_unit
from kientoan.domains.organisation.queries import home_units_on, units_on
from tests.conftest import DAY, START, Cast

pytestmark = pytest.mark.django_db


def unit(name: str, kind: str, level: str, parent: Unit | None, hierarchy: str = "government") -> Unit:
    return establish_unit(name=name, kind=kind, level=level, start=START, parents={hierarchy: parent})


def test_other_provinces_are_left_out_with_all_under_them(cast: Cast) -> None:
    province = unit("Tỉnh Hậu Giang", "province", "province", None)
    town = unit("Thị xã Ngã Bảy", "town", "district", province)
    party = unit("Thành ủy Cần Thơ", "party_committee", "province", None, "party")
    found = home_units_on(DAY)
    assert province.pk not in found
    assert town.pk not in found
    assert {cast.city.pk, cast.ward.pk, cast.department.pk, party.pk} <= set(found)
    assert list(found) == [key for key in units_on(DAY) if key in found]


def test_without_an_installation_all_units_are_offered(cast: Cast) -> None:
    province = unit("Tỉnh Hậu Giang", "province", "province", None)
    Installation.objects.all().delete()
    assert province.pk in home_units_on(DAY)
