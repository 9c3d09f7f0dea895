"""Target sets for the tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from kientoan.domains.organisation.models import Unit
from kientoan.domains.plans.models import Target, TargetSet
from kientoan.domains.plans.operations import targets
from kientoan.domains.results.models import Indicator
from tests.conftest import NOW, Cast

YEAR = {"period_start": date(2018, 1, 1), "period_end": date(2019, 1, 1)}


def make_set(cast: Cast, unit: Unit | None = None, name: str = "Bộ chỉ tiêu 2018") -> TargetSet:
    """A set of the city (or another unit) for 2018."""
    return TargetSet.objects.create(name=name, year=2018, unit=unit or cast.city)


def make_target(
    cast: Cast, held: TargetSet, indicator: Indicator, unit: Unit, low: str | None = "100", **more: Any
) -> Target:
    """At least `low` in 2018, reported every month."""
    values: dict[str, Any] = {
        "indicator_id": indicator.pk, "unit_id": unit.pk, "operator": ">=",
        "low": None if low is None else Decimal(low),
        "frequency": "month", **YEAR, **more,
    }  # fmt: skip
    path = values.pop("path", ())
    return targets.create_target(
        target_set_id=held.pk, values=values, viewer=cast.viewer(cast.officer), at=NOW, path=path
    )
