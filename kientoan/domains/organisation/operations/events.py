"""A decision that changes the organisation is applied whole, and undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, models, transaction

from kientoan.domains.audit.operations import record

from ..access import Viewer
from ..deciding import require_units
from ..models import Decision, DecisionState, Unit
from ..queries.plan import Collision, Plan, Trouble, plan_of
from ..queries.undoing import Hindrance, hindrances
from ..queries.written import touched_by
from .applying import take_back, write
from .inheriting import name_heirs
from .ranges import Refused, naming_the_rule


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
def apply_decision(*, decision: Decision, at: datetime, viewer: Viewer | None) -> Applied:
    """Write all events of the draft in one transaction, or nothing.

    `viewer` None: a loader of the installation. Raises `NotAllowed` (`OutsideRights` with the units that are
    not the viewer's to change), `WrongState`, `Collisions` with every reason; of two people who apply
    overlapping decisions at once the second gets `Collisions`.
    """
    locked: Decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if locked.state != DecisionState.DRAFT:
        raise WrongState(locked)
    plan = _locked_plan(locked)
    _require_right(plan, viewer)
    if not plan.changes:
        raise Collisions([Collision(0, Trouble.EMPTY)])
    if plan.collisions:
        raise Collisions(plan.collisions)
    try:
        with naming_the_rule():
            ids = write(plan)
            name_heirs(decision=locked)
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


@transaction.atomic
def require_undoable(*, decision: Decision, viewer: Viewer | None) -> None:
    """Raise `WrongState` unless it is applied, `NotAllowed` unless the viewer may undo it."""
    _undoable(decision, viewer)


def _undoable(decision: Decision, viewer: Viewer | None) -> tuple[Decision, Plan]:
    locked: Decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if locked.state != DecisionState.APPLIED:
        raise WrongState(locked)
    plan = _locked_plan(locked)
    _require_right(plan, viewer)
    return locked, plan


def _locked_plan(decision: Decision) -> Plan:
    """The plan, read once nobody else can change the units it touches."""
    touched = touched_by(decision)
    list(Unit.objects.select_for_update().filter(pk__in=touched).order_by("pk").values_list("pk"))
    return plan_of(decision)


def _require_right(plan: Plan, viewer: Viewer | None) -> None:
    if viewer is None:
        return
    require_units(plan.changes, viewer, plan.decision.effective_date)


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
    locked, plan = _undoable(decision, viewer)
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
