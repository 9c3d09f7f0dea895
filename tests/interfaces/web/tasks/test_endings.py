"""Whoever hands something to a unit that ends on a day to come is told, and so is who reads it later."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import Decision, Role, RoleGrant
from kientoan.domains.organisation.queries import endings_ahead
from kientoan.domains.plans.models import Rule, Task
from kientoan.domains.reorganisation import operations
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, NOW, START, Cast
from tests.domains.plans.making import draft, given
from tests.domains.plans.targets import make_set, make_target
from tests.domains.reorganisation import making
from tests.domains.results.figures import revenue

SignIn = Callable[[User], Client]
AHEAD = date(2018, 12, 1)
TOLD = "Đơn vị này hoạt động đến hết ngày 30/11/2018; từ 01/12/2018 việc còn lại chuyển cho"


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


@pytest.fixture
def ahead(cast: Cast, wards: making.Wards) -> Decision:
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD)
    making.apply(decision)
    return decision


def test_handing_down_says_until_when_the_unit_is_there_and_who_comes_after(
    cast: Cast, wards: making.Wards, ahead: Decision, signed_in: SignIn
) -> None:
    task, client = draft(cast), signed_in(cast.officer)
    address = f"/nhiem-vu/{task.pk}/giao/"
    chosen = client.get(address).content.decode()
    assert "(đến hết 30/11/2018, rồi chuyển cho Phường Mới)" in chosen
    assert chosen.count("đến hết 30/11/2018") == 2
    units = [wards.one.pk]
    preview = client.post(address, {"step": "preview", "units": units}).content.decode()
    assert TOLD in preview
    assert making.BASIS in preview
    client.post(address, {"step": "confirm", "units": units})
    assert TOLD in client.get(f"/nhiem-vu/{task.pk}/").content.decode()
    operations.pass_on_what_came_later(day=AHEAD, at=NOW)
    page = client.get(f"/nhiem-vu/{task.pk}/?day={AHEAD.isoformat()}").content.decode()
    assert TOLD not in page
    assert "Nhận từ" in page


def test_a_unit_that_goes_on_is_told_nothing_about(
    cast: Cast, wards: making.Wards, ahead: Decision, signed_in: SignIn
) -> None:
    task, client = draft(cast), signed_in(cast.officer)
    page = client.post(f"/nhiem-vu/{task.pk}/giao/", {"step": "preview", "units": [wards.three.pk]})
    assert "hoạt động đến hết" not in page.content.decode()
    assert signed_in(cast.outsider).get(f"/nhiem-vu/{task.pk}/giao/").status_code == 404


def test_without_one_heir_it_says_that_it_is_not_decided(
    cast: Cast, wards: making.Wards, signed_in: SignIn
) -> None:
    new = (making.fresh("Phường A", cast.district), making.fresh("Phường B", cast.district, "b"))
    decision = making.draft(making.Change("split", (making.Origin(wards.one.pk),), new), day=AHEAD)
    operations.choose(decision=decision, unit_id=wards.one.pk, rule=Rule.WAIT, viewer=None, at=NOW)
    making.apply(decision)
    task = given(cast, wards.one)
    page = signed_in(cast.officer).get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "các đơn vị kế tục, hoặc chờ quyết định nơi nhận" in page
    assert endings_ahead([wards.one.pk], DAY)[wards.one.pk].heir is None
    assert endings_ahead([wards.one.pk], AHEAD) == {}
    assert Task.objects.get(pk=task.pk).lead_unit_id == wards.one.pk


def test_the_grid_of_a_target_says_it_at_the_unit(
    cast: Cast, wards: making.Wards, ahead: Decision, signed_in: SignIn
) -> None:
    whole = make_target(cast, make_set(cast, cast.district), revenue(), cast.district, "100")
    RoleGrant.objects.create(
        user=cast.officer,
        role=Role.MONITOR,
        unit=cast.district,
        in_force=since(START),
    )
    page = signed_in(cast.officer).get(f"/chi-tieu/{whole.pk}/giao/").content.decode()
    assert page.count(TOLD) == 2


def test_giving_a_role_says_to_whom_it_passes(
    cast: Cast, wards: making.Wards, ahead: Decision, signed_in: SignIn
) -> None:
    client = signed_in(cast.admin)
    data = {"role-role": Role.CLERK, "role-unit": "Phường Một", "role-start": "30/06/2018"}
    address = f"/quan-tri/tai-khoan/{cast.outsider.pk}/vai-tro/"
    page = client.post(address, data, follow=True).content.decode()
    assert "Đơn vị hoạt động đến hết 30/11/2018; sau đó vai trò chuyển cho Phường Mới" in page


def test_a_role_on_a_unit_to_come_is_given_ahead_by_whom_it_will_stand_under(
    cast: Cast, wards: making.Wards, ahead: Decision, signed_in: SignIn
) -> None:
    keepers = [User.objects.create_user(name, "x", full_name=name) for name in ("quan1", "quan2")]
    for keeper, unit in zip(keepers, (cast.district, cast.other_district), strict=True):
        RoleGrant.objects.create(user=keeper, role=Role.ADMIN, unit=unit, in_force=since(START))
    account = User.objects.create_user("nguoimoi", "x", full_name="Người mới")
    for unit in (cast.district, cast.other_district):
        RoleGrant.objects.create(user=account, role=Role.CLERK, unit=unit, in_force=since(START))
    data = {
        "role-role": Role.HEAD, "role-unit": "Phường Mới (từ 01/12/2018)", "role-start": "01/12/2018",
    }  # fmt: skip
    address = f"/quan-tri/tai-khoan/{account.pk}/vai-tro/"
    assert signed_in(keepers[1]).post(address, data).status_code == 422
    assert signed_in(keepers[0]).post(address, data).status_code == 302
    assert account.role_grants.get(role=Role.HEAD).unit.begun_by == ahead
