"""Indicators and figures for the tests of results and targets."""

from datetime import UTC, datetime
from decimal import Decimal

from kientoan.domains.organisation.models import Unit
from kientoan.domains.results.models import Indicator, Observation, Submission, SubmissionState
from kientoan.domains.temporal.models import since
from kientoan.engines.periods import parse_period

REVENUE = {"code": "THU", "name": "Thu ngân sách", "unit_of_measure": "tỷ đồng", "decimals": 1}
POOR = {"code": "HO_NGHEO", "name": "Tỷ lệ hộ nghèo", "unit_of_measure": "%"}


def revenue() -> Indicator:
    """An indicator that adds up over units and over the year."""
    return Indicator.objects.create(**REVENUE, aggregation="sum", accumulates=True)


def poor() -> Indicator:
    """A rate, the lower the better."""
    return Indicator.objects.create(**POOR, ascending=False)


def moment(day: str) -> datetime:
    """Nine in the morning (UTC) of an ISO day."""
    return datetime.fromisoformat(day).replace(hour=2, tzinfo=UTC)


def report(
    unit: Unit, indicator: Indicator, period: str, value: str, day: str, vintage: str = "final"
) -> Observation:
    """An approved figure, known since `day`."""
    span, at = parse_period(period), moment(day)
    submission = Submission.objects.create(
        unit=unit, in_force=since(span.start, span.end), frequency=span.frequency, vintage=vintage,
        state=SubmissionState.APPROVED, created_at=at, decided_at=at,
    )  # fmt: skip
    return Observation.objects.create(
        submission=submission, unit=unit, indicator=indicator, period_start=span.start, period_end=span.end,
        frequency=span.frequency, vintage=vintage, value=Decimal(value), approved=True, reported_at=at,
    )  # fmt: skip
