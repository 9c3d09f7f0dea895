"""Accounts are made, closed and opened by the administrators of their units."""

import pytest

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed, Viewer, managed_accounts, visible_accounts
from kientoan.domains.organisation.models import Role, Unit
from kientoan.domains.temporal.models import Stale
from tests.conftest import DAY, NOW, PASSWORD, START, Cast

DETAILS = operations.AccountDetails("moi.vao", "Ngô Mới Vào")


@pytest.fixture
def district_admin(cast: Cast) -> User:
    user = User.objects.create_user("quantri.nk", PASSWORD, full_name="Mai Quản Trị Quận")
    operations.grant_role(
        user=user, role=Role.ADMIN, unit=cast.district, start=START, end=None, by=None, at=NOW
    )
    return user


def create(viewer: Viewer, unit: Unit, details: operations.AccountDetails = DETAILS) -> User:
    return operations.create_account(
        details=details, password=operations.new_password(), role=Role.REPORTER, unit=unit, start=DAY,
        end=None, viewer=viewer, at=NOW,
    )  # fmt: skip


def test_a_new_account_has_its_role_and_must_change_its_password(cast: Cast) -> None:
    user = create(cast.viewer(cast.admin), cast.ward)
    assert user.must_change_password
    assert user.role_grants.get().unit == cast.ward
    assert list(Entry.objects.order_by("-id").values_list("verb", flat=True)[:2]) == [
        "role.grant",
        "account.create",
    ]


def test_a_username_is_taken_whatever_its_capitals(cast: Cast) -> None:
    with pytest.raises(operations.UsernameTaken):
        create(cast.viewer(cast.admin), cast.ward, operations.AccountDetails("ADMIN", "Khác"))


def test_a_district_administrator_creates_only_within_the_district(cast: Cast, district_admin: User) -> None:
    viewer = cast.viewer(district_admin)
    assert create(viewer, cast.ward)
    with pytest.raises(NotAllowed):
        create(viewer, cast.other_district, operations.AccountDetails("nguoi.khac", "Người Khác"))


def test_a_reporter_creates_no_account(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        create(cast.viewer(cast.reporter), cast.ward)


def test_an_account_that_also_works_elsewhere_is_seen_but_not_managed(
    cast: Cast, district_admin: User
) -> None:
    viewer = cast.viewer(district_admin)
    operations.grant_role(
        user=cast.leader, role=Role.LEADER, unit=cast.ward, start=START, end=None, by=None, at=NOW
    )
    assert cast.leader in visible_accounts(viewer)
    assert cast.leader not in managed_accounts(viewer)
    with pytest.raises(NotAllowed):
        operations.reset_password(account=cast.leader, password="x", viewer=viewer, at=NOW)


def test_the_city_s_administrator_manages_everybody(cast: Cast) -> None:
    assert managed_accounts(cast.viewer(cast.admin)).count() == User.objects.count()


def test_an_outsider_manages_nobody(cast: Cast) -> None:
    assert not visible_accounts(cast.viewer(cast.outsider)).exists()


def test_the_second_of_two_editors_is_told_what_changed(cast: Cast) -> None:
    viewer = cast.viewer(cast.admin)
    seen = {"full_name": cast.reporter.full_name}
    first = operations.AccountDetails("reporter", "Võ Thị Báo Cáo")
    operations.update_account(account=cast.reporter, details=first, seen=seen, viewer=viewer, at=NOW)
    with pytest.raises(Stale) as stale:
        operations.update_account(
            account=cast.reporter, details=operations.AccountDetails("reporter", "Võ Khác"), seen=seen,
            viewer=viewer, at=NOW,
        )  # fmt: skip
    assert stale.value.changes == {"full_name": ("Võ Báo Cáo", "Võ Thị Báo Cáo")}


def test_a_closed_account_is_opened_again_with_its_roles(cast: Cast) -> None:
    viewer = cast.viewer(cast.admin)
    operations.deactivate(account=cast.reporter, viewer=viewer, at=NOW)
    cast.reporter.refresh_from_db()
    assert not cast.reporter.is_active
    operations.reactivate(account=cast.reporter, viewer=viewer, at=NOW)
    cast.reporter.refresh_from_db()
    assert cast.reporter.is_active
    assert cast.reporter.role_grants.exists()


def test_nobody_closes_the_own_account(cast: Cast) -> None:
    with pytest.raises(operations.OwnAccount):
        operations.deactivate(account=cast.admin, viewer=cast.viewer(cast.admin), at=NOW)


def test_a_reset_password_must_be_changed(cast: Cast) -> None:
    password = operations.new_password()
    operations.reset_password(
        account=cast.reporter, password=password, viewer=cast.viewer(cast.admin), at=NOW
    )
    cast.reporter.refresh_from_db()
    assert cast.reporter.check_password(password)
    assert cast.reporter.must_change_password
    assert password not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_new_passwords_differ_and_are_long() -> None:
    made = {operations.new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(password) == 19 for password in made)
