"""Every approved figure of an indicator and unit: each vintage, and what a correction replaced."""

from dataclasses import dataclass
from datetime import date

from kientoan.domains.organisation.access import Viewer

from ..access import visible_observations
from ..models import Observation
from .figures import end_of


@dataclass(frozen=True)
class Line:
    """A figure, and whether a correction had replaced it by the day."""

    figure: Observation
    replaced: bool


def history_of(*, viewer: Viewer, day: date, indicator_id: int, unit_id: int) -> list[Line]:
    """The figures that were known by the day, newest period first, then newest knowledge first."""
    moment = end_of(day)
    rows = (
        visible_observations(viewer)
        .filter(indicator=indicator_id, unit=unit_id, approved=True, reported_at__lt=moment)
        .select_related("submission__decided_by", "submission__corrects")
        .order_by("-period_end", "period_start", "-reported_at")
    )
    return [Line(row, row.superseded_at is not None and row.superseded_at < moment) for row in rows]
