"""Deciding who takes what waits."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from kientoan.domains.organisation.access import Viewer


class CannotSettle(Exception):
    """It cannot pass to that unit; `str(error)` says why and what to do."""


@transaction.atomic
def settle(*, succession_ids: Collection[int], unit_id: int, viewer: Viewer, at: datetime) -> int:
    """Give what waits to a unit; how many passed. Raises `NotAllowed`, `CannotSettle`."""
    raise CannotSettle
