"""Entering figures: cell by cell in a grid, or many at once from a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from kientoan.domains.audit.models import Entry
from kientoan.domains.audit.operations import record
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.reach import units_in_reach
from kientoan.engines.periods import Period

from ..access import REPORTERS, holder_of
from ..errors import Conflict, NotCharged, StaleFigures
from ..models import Observation, Submission
from .submissions import EDITABLE, lock, open_submission

Pair = tuple[int, int]
"""(indicator id, unit id): what a figure is about."""
BATCH = 2000


@dataclass(frozen=True)
class Cell:
    """One cell of the grid: `value` None empties it. `seen`: version of the row shown, 0 for an empty one."""

    indicator_id: int
    unit_id: int
    value: Decimal | None
    note: str = ""
    seen: int = 0

    @property
    def pair(self) -> Pair:
        """What it is about."""
        return self.indicator_id, self.unit_id


@dataclass(frozen=True)
class Saved:
    """What a save did: how many cells changed, and the entry that undoes it (None when none changed)."""

    changed: int
    entry: Entry | None


@dataclass(frozen=True)
class Figure:
    """One figure of a file."""

    indicator_id: int
    unit_id: int
    period: Period
    vintage: str
    value: Decimal
    note: str = ""


@transaction.atomic
def enter_figures(
    *,
    submission_id: int,
    cells: Sequence[Cell],
    viewer: Viewer,
    at: datetime,
    charged: frozenset[Pair] = frozenset(),
) -> Saved:
    """Save the cells of a grid. All or nothing.

    Figures may be about the reporting unit, units under it, and the pairs it is `charged` with. Raises
    `NotAllowed`, `WrongState`, `NotCharged`, and `StaleFigures` when somebody else changed a cell first.
    """
    submission = lock(submission_id, *EDITABLE)
    holder = holder_of(submission, viewer)
    viewer.require(*REPORTERS, unit=holder)
    refuse_foreign(holder, [cell.pair for cell in cells], viewer, charged)
    held = {(row.indicator_id, row.unit_id): row for row in submission.observations.all()}
    changed = [cell for cell in cells if _differs(cell, held.get(cell.pair))]
    conflicts = [cell for cell in changed if _version(held.get(cell.pair)) != cell.seen]
    if conflicts:
        raise StaleFigures([_conflict(submission, cell, held.get(cell.pair)) for cell in conflicts])
    before = [_before(cell, held.get(cell.pair)) for cell in changed]
    _write(submission, changed, held, at)
    if not changed:
        return Saved(0, None)
    detail = {"cells": len(changed), "period": submission.period.code, "before": before}
    entry = record(actor=viewer.user, verb="figures.enter", at=at, subject=submission, detail=detail)
    return Saved(len(changed), entry)


@transaction.atomic
def undo_figures(
    *, entry_id: int, viewer: Viewer, at: datetime, charged: frozenset[Pair] = frozenset()
) -> Saved:
    """Put the cells of one save back as they were before it.

    Raises `Entry.DoesNotExist`, `NotAllowed`, `WrongState`, and `StaleFigures` when one was changed since.
    """
    entry = Entry.objects.get(pk=entry_id, verb="figures.enter")
    cells = [
        Cell(indicator, unit, None if value is None else Decimal(value), note, seen)
        for indicator, unit, value, note, seen in entry.detail["before"]
    ]
    assert entry.subject_id is not None
    return enter_figures(submission_id=entry.subject_id, cells=cells, viewer=viewer, at=at, charged=charged)


@transaction.atomic
def import_figures(
    *,
    unit_id: int,
    figures: Iterable[Figure],
    viewer: Viewer,
    at: datetime,
    source: str = "",
    charged: frozenset[Pair] = frozenset(),
) -> list[Submission]:
    """Put the figures of a file into open submissions of the reporting unit, one per period and vintage.

    A figure already in an open submission is replaced. All or nothing. Raises `NotAllowed`, `WrongState` (one
    of the submissions waits for the head), `NotCharged`.
    """
    groups: dict[tuple[Period, str], list[Cell]] = {}
    for one in figures:
        cell = Cell(one.indicator_id, one.unit_id, one.value, one.note)
        groups.setdefault((one.period, one.vintage), []).append(cell)
    refuse_foreign(unit_id, [cell.pair for cells in groups.values() for cell in cells], viewer, charged)
    submissions = []
    for (period, vintage), cells in groups.items():
        opened = open_submission(unit_id=unit_id, period=period, vintage=vintage, viewer=viewer, at=at)
        submission = lock(opened.pk, *EDITABLE)
        if source and not submission.source:
            submission.source = source
            submission.save(update_fields=["source"])
        held = {(row.indicator_id, row.unit_id): row for row in submission.observations.all()}
        _write(submission, [cell for cell in cells if _differs(cell, held.get(cell.pair))], held, at)
        detail = {"cells": len(cells), "period": period.code, "source": source}
        record(actor=viewer.user, verb="figures.import", at=at, subject=submission, detail=detail)
        submissions.append(submission)
    return submissions


def refuse_foreign(unit_id: int, pairs: Sequence[Pair], viewer: Viewer, charged: frozenset[Pair]) -> None:
    """Raise `NotCharged` when the unit does not answer for one of the pairs on the viewer's day."""
    below = units_in_reach(unit_id, viewer.day)
    foreign = [pair for pair in pairs if pair[1] not in below and pair not in charged]
    if foreign:
        raise NotCharged(foreign)


def _before(cell: Cell, row: Observation | None) -> list[int | str | None]:
    """The cell as it was, and the version it has after the save, as plain JSON values."""
    if row is None:
        return [cell.indicator_id, cell.unit_id, None, "", 1]
    after = 0 if cell.value is None else row.row_version + 1
    return [cell.indicator_id, cell.unit_id, str(row.value), row.note, after]


def _version(row: Observation | None) -> int:
    return row.row_version if row is not None else 0


def _differs(cell: Cell, row: Observation | None) -> bool:
    if row is None:
        return cell.value is not None
    return cell.value is None or (cell.value, cell.note) != (row.value, row.note)


def _conflict(submission: Submission, cell: Cell, row: Observation | None) -> Conflict:
    """What the editor saw (from the history of the row) and what stands now."""
    events = Observation.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        submission_id=submission.pk,
        indicator_id=cell.indicator_id,
        unit_id=cell.unit_id,
        row_version=cell.seen,
    )
    then = events.order_by("-pgh_id").values_list("value", flat=True).first() if cell.seen else None
    now = row.value if row is not None else None
    return Conflict(cell.indicator_id, cell.unit_id, then, now, _version(row))


def _write(
    submission: Submission, cells: Sequence[Cell], held: dict[Pair, Observation], at: datetime
) -> None:
    new, kept, gone = [], [], []
    for cell in cells:
        row = held.get(cell.pair)
        if row is None:
            new.append(_observation(submission, cell, at))
        elif cell.value is None:
            gone.append(row.pk)
        else:
            row.value, row.note, row.reported_at = cell.value, cell.note, at
            row.row_version += 1
            kept.append(row)
    Observation.objects.bulk_create(new, batch_size=BATCH)
    Observation.objects.bulk_update(kept, ["value", "note", "reported_at", "row_version"], batch_size=BATCH)
    Observation.objects.filter(pk__in=gone).delete()


def _observation(submission: Submission, cell: Cell, at: datetime) -> Observation:
    assert cell.value is not None
    return Observation(
        submission=submission,
        unit_id=cell.unit_id,
        indicator_id=cell.indicator_id,
        period_start=submission.in_force.lower,
        period_end=submission.in_force.upper,
        frequency=submission.frequency,
        vintage=submission.vintage,
        value=cell.value,
        note=cell.note,
        reported_at=at,
    )
