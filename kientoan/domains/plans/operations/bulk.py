"""One act on many tasks: previewed, done at once for all that allow it, and taken back as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from kientoan.domains.audit.operations import record
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Post, Role

from ..access import assigner_of, know_what_passes, lead_of, require
from ..errors import PartsOpen, ReasonNeeded, Refused
from ..models import Cooperation, Task, TaskState, Update, UpdateKind
from ..queries.handing import assignable_ids, head_posts
from ..rules.tasks import Act
from .handing import whole_line
from .log import Line, write_many
from .updates import closing, stepping, undo


class BulkAct(StrEnum):
    """What can be done to many tasks at once."""

    HAND_DOWN = "hand_down"
    DEADLINE = "deadline"
    FIELD = "field"
    URGE = "urge"
    CLOSE = "close"
    SUSPEND = "suspend"


@dataclass(frozen=True)
class BulkChange:
    """The act and what it needs: a unit (None: the lead unit of each), a deadline, a field, a note."""

    act: BulkAct
    unit_id: int | None = None
    due_date: date | None = None
    field_id: int | None = None
    note: str = ""


@dataclass
class BulkPlan:
    """Which tasks the act fits, and which not, with the reason for the user."""

    accepted: list[tuple[Task, Line]] = field(default_factory=list)
    refused: list[tuple[Task, str]] = field(default_factory=list)


def plan_bulk(
    *, tasks: Iterable[Task], change: BulkChange, viewer: Viewer, at: datetime, day: date
) -> BulkPlan:
    """What the act would do to each task; nothing is written. Raises `ReasonNeeded` when it must say why."""
    needs_note = change.act is BulkAct.SUSPEND or (change.act is BulkAct.DEADLINE)
    if needs_note and not change.note.strip():
        raise ReasonNeeded
    tasks = list(tasks)
    know_what_passes(tasks, viewer)
    around = _Around(tasks, change, viewer, at, day)
    plan = BulkPlan()
    for task in tasks:
        try:
            plan.accepted.append((task, _line(task, change, viewer, around)))
        except Refused as refusal:
            plan.refused.append((task, str(refusal)))
        except NotAllowed:
            plan.refused.append((task, _("Bạn không có quyền với nhiệm vụ này.")))
    return plan


class _Around:
    """What the tasks need to know, loaded once: assignable units, head posts, open parts."""

    def __init__(
        self, tasks: Sequence[Task], change: BulkChange, viewer: Viewer, at: datetime, day: date
    ) -> None:
        self.at, self.day = at, day
        self.assignable: dict[int, frozenset[int]] = {}
        self.posts: dict[int, Post] = {}
        self.with_open_parts: dict[int, int] = {}
        if change.act is BulkAct.HAND_DOWN:
            units = {change.unit_id or lead_of(task, viewer) for task in tasks}
            self.posts = head_posts((unit for unit in units if unit), day)
            for giver in {assigner_of(task, viewer) for task in tasks}:
                self.assignable[giver] = assignable_ids(giver, day)
        if change.act is BulkAct.CLOSE:
            parts = Task.objects.filter(parent__in=[task.pk for task in tasks]).handed_down()
            for parent in parts.exclude(state=TaskState.DONE).values_list("parent_id", flat=True):
                self.with_open_parts[parent] = self.with_open_parts.get(parent, 0) + 1


def _line(task: Task, change: BulkChange, viewer: Viewer, around: _Around) -> Line:
    match change.act:
        case BulkAct.HAND_DOWN:
            return _hand_down(task, change, viewer, around)
        case BulkAct.CLOSE:
            require(Act.CLOSE, task, viewer)
            if task.pk in around.with_open_parts:
                raise PartsOpen(around.with_open_parts[task.pk])
            return closing(task, viewer=viewer, day=around.day, note=change.note)
        case BulkAct.URGE:
            require(Act.URGE, task, viewer)
            return stepping(Act.URGE, UpdateKind.URGED, task, viewer=viewer, note=change.note)
        case BulkAct.SUSPEND:
            require(Act.SUSPEND, task, viewer)
            return stepping(Act.SUSPEND, UpdateKind.SUSPENDED, task, viewer=viewer, note=change.note)
    require(Act.EDIT, task, viewer)
    name = "due_date" if change.act is BulkAct.DEADLINE else "field_id"
    value = change.due_date if change.act is BulkAct.DEADLINE else change.field_id
    if getattr(task, name) == value:
        raise Refused(_("Đã như vậy rồi."))
    return Line(UpdateKind.CHANGED, {name: value}, note=change.note, unit_id=assigner_of(task, viewer))


def _hand_down(task: Task, change: BulkChange, viewer: Viewer, around: _Around) -> Line:
    require(Act.HAND_DOWN, task, viewer)
    unit = change.unit_id or lead_of(task, viewer)
    if task.handed_down_at is not None:
        raise Refused(_("Đã giao rồi."))
    if unit is None:
        raise Refused(_("Chưa có đơn vị chủ trì."))
    if unit not in around.assignable[assigner_of(task, viewer)]:
        raise Refused(_("Đơn vị chủ trì không thuộc đơn vị giao."))
    post = around.posts.get(unit)
    leads = lead_of(task, viewer)
    return whole_line(task, unit, post, leads, due_date=task.due_date, at=around.at, note=change.note)


@transaction.atomic
def apply_bulk(
    *, task_ids: Sequence[int], change: BulkChange, viewer: Viewer, at: datetime, day: date
) -> BulkPlan:
    """Do the act to all tasks that the viewer sees and that allow it; says which were refused and why.

    One transaction, one entry of the journal. Raises `ReasonNeeded`.
    """
    visible = Task.objects.visible_to(viewer).filter(pk__in=task_ids).values("pk")
    tasks = Task.objects.select_for_update().filter(pk__in=visible).order_by("pk")
    plan = plan_bulk(tasks=tasks, change=change, viewer=viewer, at=at, day=day)
    if not plan.accepted:
        return plan
    write_many(plan.accepted, viewer=viewer, at=at, day=day)
    if change.act is BulkAct.HAND_DOWN:
        for task, _line_of in plan.accepted:
            Cooperation.objects.filter(task=task, unit=task.lead_unit_id).delete()
    ids = [task.pk for task, _line_of in plan.accepted]
    detail = {"act": change.act, "tasks": ids, "refused": len(plan.refused), "note": change.note}
    record(actor=viewer.user, verb="task.bulk", at=at, detail=detail)
    return plan


@transaction.atomic
def undo_bulk(*, done_at: datetime, viewer: Viewer, at: datetime) -> tuple[int, int]:
    """Take back what the viewer did to many tasks at that moment; gives (taken back, no longer possible)."""
    lines = Update.objects.filter(by=viewer.user, at=done_at).order_by("task_id")
    taken_back = refused = 0
    for task_id in list(lines.values_list("task_id", flat=True)):
        try:
            undo(task_id=task_id, viewer=viewer, at=at)
            taken_back += 1
        except Refused:
            refused += 1
    return taken_back, refused


def acts_for(viewer: Viewer) -> list[BulkAct]:
    """The acts that the viewer's roles could allow on some task."""
    return list(BulkAct) if viewer.has(Role.MONITOR, Role.LEADER, Role.HEAD) else []
