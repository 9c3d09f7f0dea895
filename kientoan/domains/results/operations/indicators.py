"""Indicators: created and changed by those who keep the list."""

from datetime import datetime
from typing import Any

from django.db import transaction

from kientoan.domains.audit.operations import record
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.temporal.models import refuse_stale

from ..access import KEEPERS
from ..models import Indicator

FIELDS = (
    "code", "name", "name_en", "unit_of_measure", "decimals", "ascending", "aggregation", "accumulates",
    "field", "definition",
)  # fmt: skip


@transaction.atomic
def create_indicator(*, values: dict[str, Any], viewer: Viewer, at: datetime) -> Indicator:
    """A new indicator from the values of `FIELDS`. Raises `NotAllowed`; the code must be new."""
    viewer.require(*KEEPERS)
    indicator = Indicator.objects.create(**{name: values[name] for name in FIELDS if name in values})
    record(
        actor=viewer.user, verb="indicator.create", at=at, subject=indicator, detail={"code": indicator.code}
    )
    return indicator


@transaction.atomic
def edit_indicator(
    *, indicator_id: int, values: dict[str, Any], seen: dict[str, Any], viewer: Viewer, at: datetime
) -> Indicator:
    """Change an indicator. Raises `NotAllowed`, or `Stale` when a field is no longer as `seen`."""
    viewer.require(*KEEPERS)
    indicator = Indicator.objects.select_for_update().get(pk=indicator_id)
    refuse_stale(indicator, seen)
    changed = [name for name in FIELDS if name in values and getattr(indicator, name) != values[name]]
    for name in changed:
        setattr(indicator, name, values[name])
    indicator.row_version += 1
    indicator.save(update_fields=[*changed, "row_version"])
    record(actor=viewer.user, verb="indicator.edit", at=at, subject=indicator, detail={"fields": changed})
    return indicator
