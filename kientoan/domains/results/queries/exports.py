"""Approved figures for export, read in portions so that any number of them goes out."""

from collections.abc import Iterator
from datetime import date

from kientoan.domains.organisation.access import Viewer

from ..access import visible_observations
from ..models import Observation
from .figures import counting_on

PORTION = 2000


def exported(
    viewer: Viewer,
    day: date,
    *,
    unit_id: int | None = None,
    indicator_id: int | None = None,
    year: int | None = None,
) -> Iterator[Observation]:
    """The approved figures known on the day that the viewer sees, by indicator, unit and period."""
    rows = counting_on(day).filter(pk__in=visible_observations(viewer).values("pk"))
    if unit_id is not None:
        rows = rows.filter(unit=unit_id)
    if indicator_id is not None:
        rows = rows.filter(indicator=indicator_id)
    if year is not None:
        rows = rows.filter(period_start__lte=date(year, 12, 31), period_end__gt=date(year, 1, 1))
    ordered = rows.select_related("indicator", "submission").order_by(
        "indicator__code", "unit_id", "period_start", "period_end", "reported_at"
    )
    return ordered.iterator(chunk_size=PORTION)
