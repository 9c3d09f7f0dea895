"""Who may do what with a task: the side of the assigner, the lead unit, and its head."""

from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Role

from .errors import WrongState
from .models import Task
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


def is_assigner(task: Task, viewer: Viewer) -> bool:
    """Whether the viewer acts for the unit that assigned the task."""
    return viewer.has(*ASSIGNERS, unit=task.assigner_unit_id)


def divides(task: Task, viewer: Viewer) -> bool:
    """Whether the viewer hands parts of the task down for its lead unit."""
    return (
        task.handed_down_at is not None
        and task.lead_unit_id is not None
        and viewer.has(*DIVIDERS, unit=task.lead_unit_id)
    )


def may(act: Act, task: Task, viewer: Viewer) -> bool:
    """Whether the viewer's roles allow the act, whatever the state."""
    side, roles = SIDES[act]
    if act is Act.HAND_DOWN and divides(task, viewer):
        return True
    unit = task.assigner_unit_id if side == "assigner" else task.lead_unit_id
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
