"""Who may do what with a task: the side of the assigner, the lead unit, and its head."""

from collections.abc import Mapping, Sequence
from typing import Any

from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Role

from .errors import WrongState
from .models import Task
from .models.standing import before_passing
from .rules.tasks import Act, next_state

ASSIGNERS = (Role.MONITOR, Role.LEADER, Role.HEAD)
"""They act for the unit that assigned: check, close, return, reopen, change."""
REPORTERS = (Role.REPORTER, Role.HEAD)
HEADS = (Role.HEAD,)
DIVIDERS = (Role.HEAD, Role.MONITOR)
"""They hand a task of their unit further down in parts."""

SIDES: dict[Act, tuple[str, tuple[Role, ...]]] = {
    Act.PROGRESS: ("lead", REPORTERS),
    Act.NO_CHANGE: ("lead", REPORTERS),
    Act.COMPLETE: ("lead", REPORTERS),
    Act.APPROVE: ("lead", HEADS),
    Act.SEND_BACK: ("lead", HEADS),
    Act.CLOSE: ("assigner", ASSIGNERS),
    Act.RETURN: ("assigner", ASSIGNERS),
    Act.REOPEN: ("assigner", ASSIGNERS),
    Act.SUSPEND: ("assigner", ASSIGNERS),
    Act.RESUME: ("assigner", ASSIGNERS),
    Act.URGE: ("assigner", ASSIGNERS),
    Act.EDIT: ("assigner", ASSIGNERS),
    Act.HAND_DOWN: ("assigner", ASSIGNERS),
}
NEEDS_WAITING = frozenset({Act.APPROVE, Act.SEND_BACK})
BEFORE_HAND_DOWN = frozenset({Act.EDIT, Act.HAND_DOWN})


def lead_of(task: Task, viewer: Viewer) -> int | None:
    """The unit that leads the task on the viewer's day, whatever decision of a later day is applied."""
    lead: int | None = changed_later(task, viewer).get("lead_unit_id", task.lead_unit_id)
    return lead


def assigner_of(task: Task, viewer: Viewer) -> int:
    """The unit that assigns the task on the viewer's day."""
    assigner: int = changed_later(task, viewer).get("assigner_unit_id", task.assigner_unit_id)
    return assigner


def changed_later(task: Task, viewer: Viewer) -> Mapping[str, Any]:
    """Field → what it was on the viewer's day; of those only that a later decision changes.

    It is asked only when one is applied.
    """
    if not viewer.changes_ahead or task.stands_on == viewer.day:
        return {}
    if task.changed_later is None:
        task.changed_later = before_passing([task.pk], viewer.day).get(task.pk, {})
    return task.changed_later


def know_what_passes(tasks: Sequence[Task], viewer: Viewer) -> None:
    """Read at once what later decisions change of the tasks, where one is applied (one statement)."""
    if viewer.changes_ahead:
        before = before_passing((task.pk for task in tasks), viewer.day)
        for task in tasks:
            task.changed_later = before.get(task.pk, {})


def is_assigner(task: Task, viewer: Viewer) -> bool:
    """Whether the viewer acts for the unit that assigned the task."""
    return viewer.has(*ASSIGNERS, unit=assigner_of(task, viewer))


def divides(task: Task, viewer: Viewer) -> bool:
    """Whether the viewer hands parts of the task down for its lead unit."""
    lead = lead_of(task, viewer)
    return task.handed_down_at is not None and lead is not None and viewer.has(*DIVIDERS, unit=lead)


def may(act: Act, task: Task, viewer: Viewer) -> bool:
    """Whether the viewer's roles allow the act, whatever the state."""
    side, roles = SIDES[act]
    if act is Act.HAND_DOWN and divides(task, viewer):
        return True
    unit = assigner_of(task, viewer) if side == "assigner" else lead_of(task, viewer)
    return unit is not None and viewer.has(*roles, unit=unit)


def possible(act: Act, task: Task, *, waiting: bool) -> bool:
    """Whether the state allows the act; `waiting`: a completion waits for the head of the unit."""
    if task.handed_down_at is None:
        return act in BEFORE_HAND_DOWN
    if act in NEEDS_WAITING and not waiting:
        return False
    if act is Act.COMPLETE and waiting:
        return False
    return next_state(act, task.state) is not None


def acts(task: Task, viewer: Viewer, *, waiting: bool) -> frozenset[Act]:
    """Every act the viewer can do with the task now."""
    return frozenset(act for act in Act if may(act, task, viewer) and possible(act, task, waiting=waiting))


def require(act: Act, task: Task, viewer: Viewer, *, waiting: bool = False) -> None:
    """Raise `NotAllowed` or `WrongState` unless the viewer can do the act now."""
    if not may(act, task, viewer):
        raise NotAllowed(*SIDES[act][1])
    if not possible(act, task, waiting=waiting):
        raise WrongState(str(task.get_state_display()))
