"""Submissions: whose are open, what waits for the head, what stands in one, and what stood before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, QuerySet

from kientoan.domains.organisation.access import Viewer
from kientoan.engines.periods import Period

from ..access import held_by, visible_submissions
from ..models import Observation, Submission, SubmissionState
from ..rules import is_jump
from .figures import Pair, counting_on, end_of


def listed(viewer: Viewer, day: date, unit_ids: Iterable[int] | None = None) -> QuerySet[Submission]:
    """The submissions the viewer sees (of `unit_ids`) that were there on the day, newest period first.

    Each with `figures`, their number, and `replaced`, whether a correction took its place.
    """
    rows = visible_submissions(viewer).filter(created_at__lt=end_of(day))
    if unit_ids is not None:
        rows = rows.filter(held_by(frozenset(unit_ids), viewer))
    replaced = Submission.objects.filter(corrects=OuterRef("pk"), state=SubmissionState.APPROVED)
    return (
        rows.annotate(figures=Count("observations"), replaced=Exists(replaced))
        .select_related("created_by", "submitted_by", "decided_by", "begun_for")
        .order_by("-in_force", "unit_id", "vintage", "-created_at")
    )


@dataclass(frozen=True)
class Before:
    """The figure of the period before, and the same period of the year before."""

    previous: Decimal | None = None
    last_year: Decimal | None = None

    def asks(self, value: Decimal | None) -> bool:
        """Whether the new figure is so far from the one before that it deserves a question."""
        base = self.previous if self.previous is not None else self.last_year
        return value is not None and is_jump(value, base)


NOTHING_BEFORE = Before()


def figures_before(pairs: Iterable[Pair], period: Period, day: date) -> dict[Pair, Before]:
    """For each pair the most settled figures of the two periods to compare with, as known on the day."""
    wanted = set(pairs)
    previous, last_year = period.previous(), period.a_year_before()
    rows = counting_on(day).filter(
        indicator__in={indicator for indicator, _ in wanted},
        unit__in={unit for _, unit in wanted},
        period_start__in={previous.start, last_year.start},
    )
    spans = {(previous.start, previous.end): "previous", (last_year.start, last_year.end): "last_year"}
    found: dict[Pair, dict[str, Decimal]] = {}
    ordered = sorted(rows, key=lambda row: (_RANK[row.vintage], row.reported_at))
    for row in ordered:
        if (place := (row.period_start, row.period_end)) in spans:
            found.setdefault((row.indicator_id, row.unit_id), {})[spans[place]] = row.value
            if previous == last_year:
                found[row.indicator_id, row.unit_id]["previous"] = row.value
    return {
        pair: Before(values.get("previous"), values.get("last_year"))
        for pair, values in found.items()
        if pair in wanted
    }


_RANK = {"estimate": 0, "preliminary": 1, "final": 2}


def entered(submission: Submission) -> dict[Pair, Observation]:
    """The figures that stand in a submission."""
    rows = submission.observations.select_related("indicator")
    return {(row.indicator_id, row.unit_id): row for row in rows}


def counting_elsewhere(submission: Submission, pairs: Iterable[Pair]) -> dict[Pair, Observation]:
    """Figures of the same period and vintage that already count and are not the ones being corrected."""
    wanted = set(pairs)
    rows = Observation.objects.filter(
        approved=True, superseded_at=None, vintage=submission.vintage,
        period_start=submission.in_force.lower, period_end=submission.in_force.upper,
        indicator__in={indicator for indicator, _ in wanted},
    ).exclude(submission=submission)  # fmt: skip
    if submission.corrects_id is not None:
        rows = rows.exclude(submission__unit=submission.unit_id)
    found = {(row.indicator_id, row.unit_id): row for row in rows}
    return {pair: row for pair, row in found.items() if pair in wanted}
