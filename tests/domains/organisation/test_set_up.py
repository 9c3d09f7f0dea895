"""An empty installation is set up once."""

import pytest
from django.db import connection

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import viewer_of
from kientoan.domains.organisation.models import Installation, Unit, UnitKind
from kientoan.domains.organisation.queries import tree_on
from tests.conftest import DAY, NOW, PASSWORD, START, Cast

ROOT = operations.RootUnit("Thành phố Cần Thơ", UnitKind.CITY, "92")
ADMIN = operations.AccountDetails("quantri", "Phạm Quản Trị")


def set_up() -> Installation:
    return operations.set_up(root=ROOT, admin=ADMIN, password=PASSWORD, start=START, day=DAY, at=NOW)


@pytest.mark.usefixtures("db")
def test_the_first_administrator_administers_everything() -> None:
    set_up()
    viewer = viewer_of(User.objects.get(username="quantri"), DAY)
    assert viewer.administers_all
    assert tree_on(START)[0].unit.code == "92"


@pytest.mark.usefixtures("db")
def test_a_second_set_up_is_refused() -> None:
    set_up()
    with pytest.raises(operations.AlreadySetUp):
        set_up()
    assert Unit.objects.count() == 1


def test_an_installation_in_use_is_not_set_up_again(cast: Cast) -> None:
    with pytest.raises(operations.AlreadySetUp):
        set_up()


@pytest.mark.usefixtures("db")
def test_two_people_at_once_wait_for_each_other() -> None:
    set_up()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted",
            [7_203_115],
        )
        assert cursor.fetchone() == (1,)
