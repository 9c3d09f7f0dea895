"""Who works on the organisation in these tests."""

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Role
from tests.conftest import NOW, PASSWORD, START, Cast


@pytest.fixture
def personnel(cast: Cast, signed_in) -> Client:
    user = User.objects.create_user("tochuc.nk", PASSWORD, full_name="Lý Tổ Chức")
    operations.grant_role(
        user=user, role=Role.PERSONNEL, unit=cast.district, start=START, end=None, by=None, at=NOW
    )
    client: Client = signed_in(user)
    return client
