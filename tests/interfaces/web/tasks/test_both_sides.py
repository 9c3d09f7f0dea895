"""The pages of a person whose unit ends in a merger, on both sides of its day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import Role, RoleGrant, Unit
from kientoan.domains.plans.models import Task
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, PASSWORD, START, Cast
from tests.domains.plans.making import given
from tests.domains.reorganisation import making

SignIn = Callable[[User], Client]
EARLY = date(2018, 5, 1)
MINE, OTHER = "Việc của phường Một", "Việc của phường Hai"


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


@pytest.fixture
def person(wards: making.Wards) -> User:
    user = User.objects.create_user("mot", PASSWORD, full_name="Người của phường Một")
    RoleGrant.objects.create(user=user, role=Role.REPORTER, unit=wards.one, in_force=since(START))
    return user


def merge(cast: Cast, wards: making.Wards, day: date) -> tuple[Task, Task, Unit]:
    """A task of each of two wards, and what the two become on the day."""
    mine = given(cast, wards.one, title=MINE, day=EARLY)
    other = given(cast, wards.two, title=OTHER, day=EARLY)
    applied = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district, day))
    return mine, other, Unit.objects.get(pk=applied.created[0])


def pages(client: Client, day: date) -> Iterator[str]:
    """Home, own tasks, all tasks and the export, on the day."""
    for address in ("/?", "/nhiem-vu/?", "/nhiem-vu/?mine=0&"):
        yield client.get(f"{address}day={day.isoformat()}").content.decode()
    export = client.get(f"/nhiem-vu/xuat/?as=csv&mine=1&day={day.isoformat()}")
    yield b"".join(export.streaming_content).decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("ahead", [False, True])
def test_own_lists_home_and_task_pages_are_there_on_both_sides(
    cast: Cast, wards: making.Wards, person: User, signed_in: SignIn, ahead: bool
) -> None:
    day = DAY + timedelta(days=60) if ahead else DAY - timedelta(days=10)
    mine, other, new = merge(cast, wards, day)
    client = signed_in(person)
    home, own, everything, export = pages(client, day - timedelta(days=1))
    for page in (home, own, export):
        assert MINE in page
        assert OTHER not in page
    assert MINE in everything
    assert "Phường Một" in everything
    assert client.get(f"/nhiem-vu/{mine.pk}/").status_code == 200
    for page in pages(client, day):
        assert MINE in page
        assert OTHER in page
    for task in (mine, other):
        assert "Phường Mới" in client.get(f"/nhiem-vu/{task.pk}/").content.decode()
    for unit in (wards.one, new):
        assert client.get(f"/to-chuc/{unit.pk}/").status_code == 200


def test_an_outsider_sees_it_on_neither_side(cast: Cast, wards: making.Wards, signed_in: SignIn) -> None:
    task, *_rest = merge(cast, wards, DAY + timedelta(days=60))
    client = signed_in(cast.outsider)
    for day in (DAY, DAY + timedelta(days=60)):
        assert all(MINE not in page for page in pages(client, day))
        assert client.get(f"/nhiem-vu/{task.pk}/").status_code == 404


def test_nothing_is_done_with_the_rights_of_a_day_to_come(
    cast: Cast, wards: making.Wards, person: User, signed_in: SignIn
) -> None:
    """The person will report for both wards in two months; the other ward's task is not theirs today."""
    ahead = DAY + timedelta(days=60)
    _mine, other, _new = merge(cast, wards, ahead)
    client = signed_in(person)
    assert client.get(f"/nhiem-vu/{other.pk}/?day={ahead.isoformat()}").status_code == 200
    client.post(f"/nhiem-vu/{other.pk}/bao-cao/", {"kind": "progress", "percent": 50})
    client.post("/nhiem-vu/hang-loat/", {"pick": [other.pk], "act": "no_change", "confirm": "1"})
    other.refresh_from_db()
    assert (other.percent, other.updates.exclude(kind__in=["handed_down", "succeeded"]).count()) == (0, 0)


def test_looking_at_the_other_side_costs_no_more_statements_with_more_units(
    cast: Cast, wards: making.Wards, person: User, signed_in: SignIn
) -> None:
    merge(cast, wards, DAY - timedelta(days=10))
    client = signed_in(person)
    before = (DAY - timedelta(days=20)).isoformat()
    client.get(f"/nhiem-vu/?day={before}")

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/nhiem-vu/?day={before}").status_code == 200
        return len(asked)

    few = statements()
    given(cast, wards.three, title="Việc của phường Ba", day=EARLY)
    for role, unit in ((Role.HEAD, wards.three), (Role.MONITOR, cast.other_district)):
        RoleGrant.objects.create(user=person, role=role, unit=unit, in_force=since(START))
    client.get(f"/nhiem-vu/?day={before}")
    assert statements() == few
