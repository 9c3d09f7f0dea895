"""Three wards of the district to be arranged anew, and the officers who may do it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import Viewer, viewer_of
from kientoan.domains.organisation.models import Decision, Hierarchy, Role, Unit
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome
from tests.conftest import DAY, NOW, PASSWORD, START, Cast


@dataclass(frozen=True)
class Office:
    """Personnel officers of the city and of the other district, with clients."""

    viewer: Viewer
    client: Client
    elsewhere: Client


def personnel(name: str, unit: Unit) -> User:
    """An account that organises the unit and what is under it."""
    user = User.objects.create_user(name, PASSWORD, full_name=name)
    operations.grant_role(user=user, role=Role.PERSONNEL, unit=unit, start=START, end=None, by=None, at=NOW)
    return user


@pytest.fixture
def office(cast: Cast, signed_in: Callable[[User], Client]) -> Office:
    city, other = personnel("tochuc", cast.city), personnel("tochuc2", cast.other_district)
    return Office(viewer_of(city, DAY), signed_in(city), signed_in(other))


@pytest.fixture
def wards(cast: Cast) -> tuple[Unit, Unit, Unit]:
    """Wards beside that of the cast: An Hòa, Tân An, and one of the same name in the other district."""

    def ward(name: str, code: str, above: Unit) -> Unit:
        return operations.establish_unit(
            name=name, kind="ward", level="commune", start=START, codes={"gso": code},
            parents={Hierarchy.GOVERNMENT: above},
        )  # fmt: skip

    return (
        ward("Phường An Hòa", "31120", cast.district),
        ward("Phường Tân An", "31135", cast.district),
        ward("Phường Tân An", "31190", cast.other_district),
    )


@pytest.fixture
def draft(office: Office) -> Decision:
    return operations.start_draft(
        legal_basis="Nghị quyết 893/NQ-UBTVQH14", effective_date=DAY, viewer=office.viewer, at=NOW
    )


@pytest.fixture
def merger(cast: Cast, wards: tuple[Unit, Unit, Unit], draft: Decision, office: Office) -> Decision:
    """The draft with one event: Cái Khế and An Hòa become Phường Ninh Kiều."""
    new = Outcome(key="n", name="Phường Ninh Kiều", kind="ward", level="commune", code="31135")
    change = Change("merge_new", (Origin(cast.ward.pk), Origin(wards[0].pk)), (new,))
    operations.add_events(decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    draft.refresh_from_db()
    return draft


def text_of(page: object) -> str:
    """The page as text."""
    return page.content.decode()  # type: ignore[attr-defined,no-any-return]
