"""The life of a task: which act is possible in which state, and how progress follows from the parts.

Overdue is never a state. A task is late when its end lies after its last good day, where the end is the day
on which completion was reported, or, while it was not, the day on which one looks.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum


class Act(StrEnum):
    """What can be done to a task that was handed down."""

    PROGRESS = "progress"
    NO_CHANGE = "no_change"
    COMPLETE = "complete"
    APPROVE = "approve"
    SEND_BACK = "send_back"  # the head of the unit returns the reporter's completion
    CLOSE = "close"
    RETURN = "return"  # the assigner returns a completion
    REOPEN = "reopen"
    SUSPEND = "suspend"
    RESUME = "resume"
    URGE = "urge"
    EDIT = "edit"
    HAND_DOWN = "hand_down"


NEW, IN_PROGRESS, AWAITING, DONE, SUSPENDED = (
    "new", "in_progress", "awaiting_approval", "done", "suspended",
)  # fmt: skip

NEXT: dict[Act, dict[str, str]] = {
    Act.PROGRESS: {NEW: IN_PROGRESS, IN_PROGRESS: IN_PROGRESS},
    Act.NO_CHANGE: {NEW: IN_PROGRESS, IN_PROGRESS: IN_PROGRESS},
    Act.COMPLETE: {NEW: AWAITING, IN_PROGRESS: AWAITING},
    Act.APPROVE: {NEW: AWAITING, IN_PROGRESS: AWAITING},
    Act.SEND_BACK: {NEW: IN_PROGRESS, IN_PROGRESS: IN_PROGRESS},
    Act.CLOSE: {NEW: DONE, IN_PROGRESS: DONE, AWAITING: DONE},
    Act.RETURN: {AWAITING: IN_PROGRESS},
    Act.REOPEN: {DONE: IN_PROGRESS},
    Act.SUSPEND: {NEW: SUSPENDED, IN_PROGRESS: SUSPENDED, AWAITING: SUSPENDED},
    Act.RESUME: {SUSPENDED: IN_PROGRESS},
    Act.URGE: {NEW: NEW, IN_PROGRESS: IN_PROGRESS},
    Act.EDIT: {NEW: NEW, IN_PROGRESS: IN_PROGRESS, AWAITING: AWAITING, SUSPENDED: SUSPENDED},
    Act.HAND_DOWN: {NEW: NEW, IN_PROGRESS: IN_PROGRESS},
}
"""Act → state before → state after. An act is impossible in a state that its row does not name."""

UNDO_WITHIN = timedelta(days=1)
"""How long one can take back what one did, while nothing followed it."""


def next_state(act: Act, state: str) -> str | None:
    """The state after the act, or None when the act is impossible in this state."""
    return NEXT[act].get(state)


def progress_of_whole(parts: Iterable[tuple[str, int]], own: int) -> int:
    """Percent of a task from its parts, each (state, percent): the mean, a finished part counting 100.

    Suspended parts do not count. Rounded down, so that 100 means that every part is finished. Without any
    part that counts it is the task's own percent.
    """
    counted = [100 if state == DONE else min(percent, 99) for state, percent in parts if state != SUSPENDED]
    return sum(counted) // len(counted) if counted else own


class Timing(StrEnum):
    """How a task stands to its deadline on a day."""

    NO_DEADLINE = "no_deadline"
    IN_TIME = "in_time"
    SOON = "soon"
    LATE = "late"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    PAUSED = "paused"


def timing(*, state: str, due_date: date | None, end_date: date | None, day: date, soon_days: int) -> Timing:
    """How a task in `state` on `day` stands to its deadline.

    `end_date`: the day on which completion was reported (state awaiting approval or done), else None.
    """
    if state == SUSPENDED:
        return Timing.PAUSED
    if due_date is None:
        return Timing.NO_DEADLINE
    end = end_date or day
    if state == DONE:
        return Timing.DONE_LATE if end > due_date else Timing.DONE_IN_TIME
    if end > due_date:
        return Timing.LATE
    return Timing.SOON if state != AWAITING and (due_date - day).days <= soon_days else Timing.IN_TIME
