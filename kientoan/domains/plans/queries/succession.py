"""Where a task or target came from when units changed: “nhận từ … ngày …, theo …”."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from kientoan.domains.organisation.models import Decision, Post
from kientoan.domains.organisation.queries import UnitOnDay, units_on

from ..models import Part, Succession, Update
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
    """Task → how it came from other units until the day, the last first.

    The log tells who led, gave and checked it; what waits, was made in dividing or is cooperation is a
    succession.
    """
    wanted = set(task_ids)
    untold = Q(update=None) | Q(part=Part.COOPERATING) | Q(before__has_key="made")
    rows = Succession.objects.filter(untold, task__in=wanted)
    lines = Update.objects.filter(task__in=wanted, decision__isnull=False, day__lte=day)
    listed = list(lines.select_related("decision").order_by("-day", "-pk"))
    posts = Post.objects.in_bulk(
        {post for line in listed for name in _POSTS for post in line.changes.get(name, ()) if post}
    )
    passes = [one for line in listed for one in _passes(line, posts)]
    return _received([*passes, *_rows(rows, "task_id", day)], day)


_POSTS = ("post_id", "checker_post_id")


def _passes(line: Update, posts: Mapping[int, Post]) -> list["_Passing"]:
    """What a line of the log says: who led, gave and checked the task before and after."""
    found = []
    for name, part in (("lead_unit_id", Part.LEAD), ("assigner_unit_id", Part.ASSIGNER)):
        if name in line.changes:
            found.append((part, *line.changes[name]))
    for name, part in (("post_id", Part.LEAD), ("checker_post_id", Part.CHECKER)):
        before, after = (posts.get(post) for post in line.changes.get(name, (None, None)))
        if before is not None and (name != "post_id" or "lead_unit_id" not in line.changes):
            found.append((part, before.unit_id, after.unit_id if after else None))
    assert line.decision is not None
    return [
        _Passing(line.task_id, part, before, after, line.day, line.decision, line.task_id)
        for part, before, after in found
    ]


def received_targets(target_ids: Iterable[int], day: date) -> dict[int, tuple[Received, ...]]:
    """Target → how it came from other units until the day, the last first.

    A target into which others were added up tells of these too.
    """
    wanted = set(target_ids)
    into = Succession.objects.filter(before__into__in=list(wanted))
    made = Succession.objects.filter(before__made__in=list(wanted))
    own = Succession.objects.filter(target__in=wanted)
    return _received(
        [*_rows(own, "target_id", day), *_rows(into, "into", day), *_rows(made, "made", day)], day
    )


def received_submission(submission_id: int, day: date) -> tuple[Received, ...]:
    """How a submission of figures came from other units until the day, the last first."""
    rows = Succession.objects.filter(submission=submission_id)
    return _received(_rows(rows, "submission_id", day), day).get(submission_id, ())


@dataclass(frozen=True)
class _Passing:
    """A `Received` whose units have no names yet. `key`: the record it is shown with."""

    key: int
    part: str
    from_unit: int
    to_unit: int | None
    day: date
    decision: Decision
    subject: int


def _rows(rows: SuccessionQuerySet, key: str, day: date) -> list[_Passing]:
    """The successions until the day, the last first; what a unit kept came from nobody."""
    passed = rows.exclude(to_unit=F("from_unit")).filter(day__lte=day).select_related("decision")
    return [
        _Passing(
            key=int(row.before[key] if key in ("into", "made") else getattr(row, key)),
            part=row.part, from_unit=row.from_unit_id, to_unit=row.to_unit_id, day=row.day,
            decision=row.decision, subject=row.task_id or row.target_id or row.submission_id or 0,
        )
        for row in passed.order_by("-day", "-pk")
    ]  # fmt: skip


def _received(listed: Sequence[_Passing], day: date) -> dict[int, tuple[Received, ...]]:
    """By record, with names: of the units it came from those of the eve, of the others those of `day`."""
    if not listed:
        return {}
    after = units_on(day, {one.to_unit for one in listed if one.to_unit})
    eve = min(one.day for one in listed) - timedelta(days=1)
    before = units_on(eve, {one.from_unit for one in listed})
    found: dict[int, list[Received]] = {}
    for one in listed:
        found.setdefault(one.key, []).append(
            Received(
                part=one.part, from_unit=before[one.from_unit], to_unit=after.get(one.to_unit or 0),
                day=one.day, decision=one.decision, subject=one.subject,
            )
        )  # fmt: skip
    return {key: tuple(parts) for key, parts in found.items()}
