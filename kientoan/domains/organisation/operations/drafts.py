"""Working on the draft of a decision: its head, its events one by one, and throwing it away.

Each operation names the `row_version` its editor saw; when somebody else changed the draft in between it
raises `Stale`. What is applied is changed no more: `WrongState`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from kientoan.domains.audit.operations import record
from kientoan.domains.documents.models import Document
from kientoan.domains.temporal.models import Stale

from ..access import NotAllowed, Viewer, may_draft, visible_decisions
from ..deciding import require_units
from ..models import (
    ChangeEvent,
    Decision,
    DecisionState,
    OriginalUnit,
    Passing,
    ResultingPlace,
    ResultingUnit,
    Role,
)
from ..queries.written import changes_of
from ..rules.changes import Change, Outcome
from .drafting import (
    draft_decision,
    draft_passings,
    draft_places,
    known_results,
    with_places,
    write_events,
)
from .events import WrongState


class StillNeeded(Exception):
    """Another event of the draft puts a unit under one that would vanish. `rows`: where they stand."""

    def __init__(self, rows: Sequence[int]) -> None:
        super().__init__(", ".join(str(row) for row in rows))
        self.rows = tuple(rows)


@transaction.atomic
def start_draft(
    *,
    legal_basis: str,
    effective_date: date,
    viewer: Viewer,
    at: datetime,
    document: Document | None = None,
    note: str = "",
    changes: Sequence[Change] = (),
) -> Decision:
    """Begin a decision by hand (or bring a deleted draft back with its `changes`).

    Raises `NotAllowed`, and `OutsideRights` with the units that are not the viewer's to change.
    """
    if not may_draft(viewer):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    require_units(changes, viewer, effective_date)
    decision = draft_decision(
        legal_basis=legal_basis, effective_date=effective_date, document=document, note=note,
        changes=changes, at=at, drafted_by=viewer.user,
    )  # fmt: skip
    _note(decision, "decision.draft", viewer, at, events=len(changes))
    return decision


@transaction.atomic
def edit_head(
    *,
    decision: Decision,
    row_version: int,
    legal_basis: str,
    effective_date: date,
    document: Document | None,
    note: str,
    viewer: Viewer,
    at: datetime,
) -> Decision:
    """Change what the draft rests on, its day or its note. Raises `NotAllowed`, `WrongState`, `Stale`."""
    draft = _opened(decision, row_version, viewer)
    draft.legal_basis, draft.effective_date = legal_basis, effective_date
    draft.document, draft.note = document, note
    _grown(draft)
    _note(draft, "decision.edit_head", viewer, at, effective_date=effective_date.isoformat())
    return draft


@transaction.atomic
def add_events(
    *,
    decision: Decision,
    row_version: int,
    changes: Sequence[Change],
    viewer: Viewer,
    at: datetime,
    place: int | None = None,
) -> list[ChangeEvent]:
    """Write more events into the draft: at `place` when it is free, else after the last one.

    The viewer must organise the units that are named (see `deciding`). Raises `NotAllowed`, `OutsideRights`,
    `WrongState`, `Stale`, `UnknownKey`.
    """
    draft = _opened(decision, row_version, viewer)
    require_units(changes, viewer, draft.effective_date)
    taken = draft.changes.aggregate(last=Max("place"))["last"] or 0
    if place is None or draft.changes.filter(place__gte=place, place__lt=place + len(changes)).exists():
        place = taken + 1
    events = write_events(draft, changes, first=place)
    _grown(draft)
    rows = [{"place": event.place, "kind": str(event.kind)} for event in events]
    _note(draft, "decision.add_event", viewer, at, added=rows)
    return events


@transaction.atomic
def replace_event(
    *, event: ChangeEvent, row_version: int, change: Change, viewer: Viewer, at: datetime
) -> ChangeEvent:
    """Write the event anew at its place; a new unit that keeps its key stays the same row.

    Raises `NotAllowed`, `WrongState`, `Stale`, `UnknownKey`, and `StillNeeded` when a new unit that other
    events count on would be gone.
    """
    draft = _opened(event.decision, row_version, viewer)
    require_units([change], viewer, draft.effective_date)
    (change,) = with_places([change.complete()], draft.effective_date)
    event.kind, event.note = change.kind, change.note
    event.save(update_fields=["kind", "note"])
    Passing.objects.filter(original__event=event).delete()
    pairs = [(event, change)]
    originals = {event.pk: _renewed_originals(event, change)}
    results = {event.pk: _renewed_results(event, change)}
    ResultingPlace.objects.filter(result__event=event).delete()
    draft_places(pairs, results, known_results(draft))
    draft_passings(pairs, originals, results)
    _grown(draft)
    _note(draft, "decision.edit_event", viewer, at, place=event.place, kind=str(change.kind))
    return event


@transaction.atomic
def remove_event(*, event: ChangeEvent, row_version: int, viewer: Viewer, at: datetime) -> Change:
    """Take the event out of the draft; gives it as a value, so that it can be added again.

    Raises `NotAllowed`, `WrongState`, `Stale`, `StillNeeded`.
    """
    draft = _opened(event.decision, row_version, viewer)
    _refuse_needed(event, ResultingUnit.objects.filter(event=event).values_list("pk", flat=True))
    (removed,) = (change for change in changes_of(draft) if change.row == event.place)
    place, kind = event.place, str(event.kind)
    event.delete()
    _grown(draft)
    _note(draft, "decision.remove_event", viewer, at, place=place, kind=kind)
    return removed


@transaction.atomic
def delete_draft(*, decision: Decision, row_version: int, viewer: Viewer, at: datetime) -> tuple[Change, ...]:
    """Throw the draft away; gives its changes. Raises `NotAllowed`, `WrongState`, `Stale`."""
    draft = _opened(decision, row_version, viewer)
    removed = changes_of(draft)
    _note(draft, "decision.delete_draft", viewer, at, events=len(removed))
    draft.delete()
    return removed


def _opened(decision: Decision, row_version: int, viewer: Viewer) -> Decision:
    """The draft, locked, for who may work on it and saw its latest state."""
    if not may_draft(viewer) or not visible_decisions(viewer).filter(pk=decision.pk).exists():
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    draft: Decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if draft.state != DecisionState.DRAFT:
        raise WrongState(draft)
    if draft.row_version != row_version:
        seen = {"row_version": (row_version, draft.row_version)}
        raise Stale(seen, model=Decision)
    return draft


def _grown(draft: Decision) -> None:
    draft.row_version += 1
    draft.save()


def _note(draft: Decision, verb: str, viewer: Viewer, at: datetime, **detail: object) -> None:
    words = {"legal_basis": draft.legal_basis[:500], **detail}
    record(actor=viewer.user, verb=verb, at=at, subject=draft, detail=words)


def _refuse_needed(event: ChangeEvent, vanishing: Iterable[int]) -> None:
    needing = ResultingPlace.objects.filter(parent_result__in=set(vanishing)).exclude(result__event=event)
    rows = needing.order_by("result__event__place").values_list("result__event__place", flat=True)
    if found := list(dict.fromkeys(rows)):
        raise StillNeeded(found)


def _renewed_originals(event: ChangeEvent, change: Change) -> list[OriginalUnit]:
    """The rows of the original units, in the order of the change; those left out go."""
    event.original_units.exclude(unit__in=[origin.unit for origin in change.origins]).delete()
    there = {row.unit_id: row for row in event.original_units.all()}
    rows = []
    for origin in change.origins:
        row = there.get(origin.unit) or OriginalUnit(event=event, unit_id=origin.unit)
        row.ends = origin.ends
        row.save()
        rows.append(row)
    return rows


def _renewed_results(event: ChangeEvent, change: Change) -> list[ResultingUnit]:
    """The rows of the resulting units: a new unit is known by its key, one that goes on by its unit."""
    there = {_known_by(row): row for row in event.resulting_units.all()}
    wanted = [str(one.unit) if one.unit is not None else f"#{one.key}" for one in change.outcomes]
    gone = [row.pk for name, row in there.items() if name not in wanted]
    _refuse_needed(event, gone)
    event.resulting_units.filter(pk__in=gone).delete()
    return [
        _described(there.get(name) or ResultingUnit(event=event), outcome)
        for name, outcome in zip(wanted, change.outcomes, strict=True)
    ]


def _known_by(row: ResultingUnit) -> str:
    return f"#{row.pk}" if row.is_new else str(row.unit_id)


def _described(row: ResultingUnit, outcome: Outcome) -> ResultingUnit:
    row.unit_id, row.is_new = outcome.unit, outcome.unit is None
    row.name, row.short_name, row.code = outcome.name, outcome.short_name, outcome.code
    row.kind, row.level = outcome.kind, outcome.level
    row.key = row.key if row.pk else outcome.key
    row.save()
    return row
