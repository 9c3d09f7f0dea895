"""Where a task or target came from when units changed: “nhận từ … ngày …, theo …”."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from kientoan.domains.organisation.models import Decision
from kientoan.domains.organisation.queries import UnitOnDay, units_on

from ..models import Part, Succession
from ..models.successions import SuccessionQuerySet


@dataclass(frozen=True)
class Received:
    """One passing of one part of a record. `to_unit` None: it waits for somebody to decide."""

    part: str
    from_unit: UnitOnDay
    to_unit: UnitOnDay | None
    day: date
    decision: Decision
    subject: int

    @property
    def part_words(self) -> str:
        """What the unit was to the record, in words."""
        return str(Part(self.part).label)


def received_tasks(task_ids: Iterable[int], day: date) -> dict[int, tuple[Received, ...]]:
    """Task → how it came from other units until the day, the last first."""
    return _received(Succession.objects.filter(task__in=set(task_ids)), "task_id", day)


def received_targets(target_ids: Iterable[int], day: date) -> dict[int, tuple[Received, ...]]:
    """Target → how it came from other units until the day, the last first.

    A target into which others were added up tells of these too.
    """
    wanted = set(target_ids)
    rows = Succession.objects.filter(target__in=wanted)
    found = _received(rows, "target_id", day)
    into = Succession.objects.filter(before__into__in=list(wanted), day__lte=day)
    added = _received(into, "into", day)
    made = _received(Succession.objects.filter(before__made__in=list(wanted)), "made", day)
    return {
        key: (*found.get(key, ()), *added.get(key, ()), *made.get(key, ())) for key in {*found, *added, *made}
    }


def received_submission(submission_id: int, day: date) -> tuple[Received, ...]:
    """How a submission of figures came from other units until the day, the last first."""
    rows = Succession.objects.filter(submission=submission_id)
    return _received(rows, "submission_id", day).get(submission_id, ())


def _received(rows: SuccessionQuerySet, key: str, day: date) -> dict[int, tuple[Received, ...]]:
    passed = rows.exclude(to_unit=F("from_unit"))  # what a unit kept came from nobody
    listed = list(passed.filter(day__lte=day).select_related("decision").order_by("-day", "-pk"))
    if not listed:
        return {}
    after = units_on(day, {row.to_unit_id for row in listed if row.to_unit_id})
    before = units_on(
        min(row.day for row in listed) - timedelta(days=1), {row.from_unit_id for row in listed}
    )
    found: dict[int, list[Received]] = {}
    for row in listed:
        subject = int(row.before[key] if key in ("into", "made") else getattr(row, key))
        found.setdefault(subject, []).append(
            Received(
                part=row.part,
                from_unit=before[row.from_unit_id],
                to_unit=after.get(row.to_unit_id or 0),
                day=row.day,
                decision=row.decision,
                subject=row.task_id or row.target_id or row.submission_id or 0,
            )
        )
    return {subject: tuple(parts) for subject, parts in found.items()}
