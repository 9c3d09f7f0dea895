"""The life of a decision that changes the organisation: drafted, previewed, applied, undone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, models, transaction

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import record
from kientoan.domains.documents.models import Document

from ..access import Viewer, require_organiser
from ..models import (
    ChangeEvent,
    Decision,
    DecisionState,
    Extent,
    OriginalUnit,
    Passing,
    Placement,
    ResultingPlace,
    ResultingUnit,
    Unit,
)
from ..queries.plan import Collision, Plan, Trouble, plan_of
from ..queries.undoing import Hindrance, hindrances
from ..rules.changes import Change, Outcome, Place
from .applying import take_back, write
from .ranges import Refused, naming_the_rule

_MANY = 1000


class Collisions(Exception):
    """The decision cannot be applied; `collisions` are all the reasons, each with its row."""

    def __init__(self, collisions: Sequence[Collision]) -> None:
        super().__init__("; ".join(str(collision) for collision in collisions))
        self.collisions = tuple(collisions)


class WrongState(Exception):
    """The decision is not in the state for this; `decision.state` says in which it is."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(f"{decision.state}")
        self.decision = decision


class CannotUndo(Exception):
    """Something later depends on the decision; `hindrances` say what."""

    def __init__(self, found: Sequence[Hindrance]) -> None:
        super().__init__("; ".join(str(one) for one in found))
        self.hindrances = tuple(found)


class UnknownKey(Exception):
    """A place names a new unit that the decision does not have. `key`, `row`."""

    def __init__(self, key: str, row: int) -> None:
        super().__init__(f"{row}: {key}")
        self.key, self.row = key, row


@dataclass(frozen=True, slots=True)
class Successor:
    """Who comes after an original unit: all of it or a part went there. For whoever passes duties on."""

    unit: int
    full: bool
    event: int


@dataclass(frozen=True)
class Applied:
    """What applying did: the ended units, the new ones, and the successors of each original unit."""

    decision: Decision
    ended: tuple[int, ...]
    created: tuple[int, ...]
    successors: dict[int, tuple[Successor, ...]]


@transaction.atomic
def draft_decision(
    *,
    legal_basis: str,
    effective_date: date,
    changes: Sequence[Change],
    at: datetime,
    document: Document | None = None,
    note: str = "",
    source_key: str = "",
    drafted_by: User | None = None,
) -> Decision:
    """Write the draft of a decision with its events; nothing about the units changes yet.

    A new unit without places stands where its origins stood, when these all stood in one place. Raises
    `UnknownKey`.
    """
    decision = Decision.objects.create(
        legal_basis=legal_basis, effective_date=effective_date, document=document, note=note,
        source_key=source_key, drafted_at=at, drafted_by=drafted_by,
    )  # fmt: skip
    listed = _with_places([change.complete() for change in changes], effective_date)
    events = ChangeEvent.objects.bulk_create(
        [
            ChangeEvent(decision=decision, place=place, kind=change.kind, note=change.note)
            for place, change in enumerate(listed, start=1)
        ],
        batch_size=_MANY,
    )
    pairs = list(zip(events, listed, strict=True))
    originals = _draft_originals(pairs)
    results = _draft_results(pairs)
    _draft_places(pairs, results)
    Passing.objects.bulk_create(
        [
            Passing(
                original=originals[event.pk][item.origin],
                result=results[event.pk][item.outcome],
                extent=Extent.FULL if item.full else Extent.PARTIAL,
                population=item.shares.population,
                area=item.shares.area,
                headcount=item.shares.headcount,
                by_hand=item.shares.by_hand,
            )
            for event, change in pairs
            for item in change.passings or ()
        ],
        batch_size=_MANY,
    )
    return decision


def _with_places(changes: list[Change], day: date) -> list[Change]:
    """New units without places get the places of their origins."""
    wanting = {
        origin.unit
        for change in changes
        if any(outcome.unit is None and not outcome.places for outcome in change.outcomes)
        for origin in change.origins
    }
    stood: dict[int, set[Place]] = {}
    for row in Placement.objects.on(day).filter(unit__in=wanting):
        stood.setdefault(row.unit_id, set()).add(Place(row.hierarchy, row.parent_id))

    def placed(change: Change, outcome: Outcome) -> Outcome:
        if outcome.unit is not None or outcome.places:
            return outcome
        each = [stood.get(origin.unit, set()) for origin in change.origins]
        if not each or any(places != each[0] for places in each):
            return outcome
        return replace(outcome, places=tuple(sorted(each[0], key=lambda place: place.hierarchy)))

    return [
        replace(change, outcomes=tuple(placed(change, outcome) for outcome in change.outcomes))
        for change in changes
    ]


def _draft_originals(pairs: Sequence[tuple[ChangeEvent, Change]]) -> dict[int, list[OriginalUnit]]:
    found: dict[int, list[OriginalUnit]] = {
        event.pk: [OriginalUnit(event=event, unit_id=one.unit, ends=one.ends) for one in change.origins]
        for event, change in pairs
    }
    OriginalUnit.objects.bulk_create([row for rows in found.values() for row in rows], batch_size=_MANY)
    return found


def _draft_results(pairs: Sequence[tuple[ChangeEvent, Change]]) -> dict[int, list[ResultingUnit]]:
    found: dict[int, list[ResultingUnit]] = {
        event.pk: [
            ResultingUnit(
                event=event, unit_id=one.unit, is_new=one.unit is None, key=one.key, name=one.name,
                short_name=one.short_name, kind=one.kind, level=one.level, code=one.code,
            )
            for one in change.outcomes
        ]
        for event, change in pairs
    }  # fmt: skip
    ResultingUnit.objects.bulk_create([row for rows in found.values() for row in rows], batch_size=_MANY)
    return found


def _draft_places(
    pairs: Sequence[tuple[ChangeEvent, Change]], results: dict[int, list[ResultingUnit]]
) -> None:
    by_key = {row.key: row for rows in results.values() for row in rows if row.key}
    places = []
    for event, change in pairs:
        for row, outcome in zip(results[event.pk], change.outcomes, strict=True):
            for place in outcome.places:
                if place.key and place.key not in by_key:
                    raise UnknownKey(place.key, change.row or event.place)
                above = by_key[place.key] if place.key else None
                places.append(
                    ResultingPlace(
                        result=row, hierarchy=place.hierarchy, parent_id=place.unit, parent_result=above
                    )
                )
    ResultingPlace.objects.bulk_create(places, batch_size=_MANY)


@transaction.atomic
def apply_decision(*, decision: Decision, at: datetime, viewer: Viewer | None) -> Applied:
    """Write all events of the draft in one transaction, or nothing.

    `viewer` None: a loader of the installation. Raises `NotAllowed`, `WrongState`, `Collisions` with every
    reason; of two people who apply overlapping decisions at once the second gets `Collisions`.
    """
    locked: Decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if locked.state != DecisionState.DRAFT:
        raise WrongState(locked)
    plan = _locked_plan(locked)
    _require_right(plan, viewer)
    if plan.collisions:
        raise Collisions(plan.collisions)
    try:
        with naming_the_rule():
            ids = write(plan)
    except Refused as refusal:
        raise Collisions([refused_by_database(refusal)]) from refusal
    locked.state, locked.applied_at = DecisionState.APPLIED, at
    locked.applied_by = viewer.user if viewer else None
    locked.save(update_fields=["state", "applied_at", "applied_by"])
    applied = _applied(plan, ids)
    detail = {
        "legal_basis": locked.legal_basis[:500],
        "effective_date": locked.effective_date.isoformat(),
        "events": len(plan.changes),
        "ended": len(applied.ended),
        "created": len(applied.created),
    }
    record(actor=viewer.user if viewer else None, verb="decision.apply", at=at, subject=locked, detail=detail)
    return applied


def refused_by_database(refusal: Refused) -> Collision:
    """What a rule of the database says, as a collision of the whole decision."""
    if refusal.constraint == "placement_no_cycle":
        return Collision(0, Trouble.UNDER_ITSELF, None, (("name", "?"),))
    return Collision(0, Trouble.DATABASE, None, (("rule", refusal.constraint),))


def _locked_plan(decision: Decision) -> Plan:
    """The plan, read anew once nobody else can change the units it touches."""
    first = plan_of(decision)
    list(Unit.objects.select_for_update().filter(pk__in=first.touched).order_by("pk").values_list("pk"))
    return plan_of(decision)


def _require_right(plan: Plan, viewer: Viewer | None) -> None:
    if viewer is None:
        return
    for unit in plan.touched:
        require_organiser(viewer, unit)
    for outcome in (*plan.new, *plan.renewed):
        for place in outcome.places:
            if not place.key:
                require_organiser(viewer, place.unit)


def _applied(plan: Plan, ids: dict[str, int]) -> Applied:
    successors: dict[int, list[Successor]] = {}
    for change in plan.changes:
        for item in change.passings or ():
            outcome = change.outcomes[item.outcome]
            unit = ids[outcome.key] if outcome.unit is None else outcome.unit
            origin = change.origins[item.origin].unit
            if unit != origin:
                successors.setdefault(origin, []).append(Successor(unit, item.full, change.row))
    return Applied(
        decision=plan.decision,
        ended=plan.ending,
        created=tuple(ids.values()),
        successors={unit: tuple(rows) for unit, rows in successors.items()},
    )


@transaction.atomic
def undo_decision(*, decision: Decision, at: datetime, viewer: Viewer | None) -> Decision:
    """Give back the state before the decision, row for row.

    Raises `NotAllowed`, `WrongState`, and `CannotUndo` with what depends on it.
    """
    locked: Decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if locked.state != DecisionState.APPLIED:
        raise WrongState(locked)
    plan = _locked_plan(locked)
    _require_right(plan, viewer)
    found = hindrances(locked, plan.touched)
    if found:
        raise CannotUndo(found)
    try:
        with transaction.atomic():
            take_back(locked)
    except models.ProtectedError as error:
        raise CannotUndo([Hindrance.of_records(error.protected_objects)]) from error
    except IntegrityError as error:
        raise CannotUndo([Hindrance.of_database(error)]) from error
    locked.state, locked.undone_at = DecisionState.UNDONE, at
    locked.undone_by = viewer.user if viewer else None
    locked.save(update_fields=["state", "undone_at", "undone_by"])
    actor = viewer.user if viewer else None
    detail = {"legal_basis": locked.legal_basis[:500], "effective_date": locked.effective_date.isoformat()}
    record(actor=actor, verb="decision.undo", at=at, subject=locked, detail=detail)
    return locked
