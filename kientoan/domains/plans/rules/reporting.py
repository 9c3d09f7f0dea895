"""When figures are due. Plain Python."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from kientoan.engines.periods import HALF, MONTH, QUARTER, YEAR, Period, latest_ended

GRACE_DAYS: Final = {MONTH: 5, QUARTER: 10, HALF: 10, YEAR: 30}
"""Days after the end of a period within which its figures may still come without being late."""


def due_date(period: Period) -> date:
    """The last day on which the figures of the period are on time."""
    return period.last_day + timedelta(days=GRACE_DAYS[period.frequency])


def period_due(frequency: str, start: date, end: date, day: date) -> Period | None:
    """The last period of this frequency within `[start, end)` whose figures are overdue on the day.

    None while nothing is due yet. A target over several years is due for each year.
    """
    period = latest_ended(min(day, end), frequency)
    while period.start >= start:
        if period.end <= end and due_date(period) < day:
            return period
        period = period.previous()
    return None
