"""A land before its resolution, the resolution in the register, and people with and without the right."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document
from kientoan.domains.organisation import operations, registering
from kientoan.domains.organisation.access import viewer_of
from kientoan.domains.organisation.models import Installation, Role, Unit
from tests.conftest import DAY, NOW, PASSWORD, START
from tests.domains.reorganisation.resolutions import CLAUSES, provinces, text

Take = Callable[..., Document]


@dataclass(frozen=True)
class Office:
    """An office in Cần Thơ."""

    land: dict[str, Unit]
    admin: User
    personnel: User
    clerk: User
    reporter: User
    take: Take

    @staticmethod
    def client(user: User) -> Client:
        """A browser of the user."""
        client = Client()
        client.force_login(user)
        return client


@pytest.fixture
def office(db: None) -> Office:
    land = provinces()
    city = land["Thành phố Cần Thơ"]
    Installation.objects.create(name="UBND thành phố Cần Thơ", root=city, example_day=DAY, set_up_at=NOW)

    def account(name: str, role: str) -> User:
        user = User.objects.create_user(name, PASSWORD, full_name=f"Người {name}")
        operations.grant_role(user=user, role=role, unit=city, start=START, end=None, by=None, at=NOW)
        return user

    clerk = account("vanthu", Role.CLERK)

    def take(*clauses: str, words: str = "") -> Document:
        data = (words or text(*(clauses or CLAUSES))).encode()
        viewer = viewer_of(clerk, DAY)
        draft = registering.take_file(viewer=viewer, unit=city, data=data, name="nq.txt", at=NOW).document
        return registering.enter(viewer=viewer, document=draft, at=NOW)

    return Office(
        land, account("quantri", Role.ADMIN), account("tochuc", Role.PERSONNEL), clerk,
        account("baocao", Role.REPORTER), take,
    )  # fmt: skip
