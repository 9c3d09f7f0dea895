"""One task with all that belongs to it: origin, parts, log, evidence, and what the viewer can do."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from kientoan.domains.documents.models import PolicyField
from kientoan.domains.organisation.access import Viewer, open_papers
from kientoan.domains.organisation.looking_back import may_change
from kientoan.domains.organisation.models import Post
from kientoan.domains.organisation.queries import Ending, UnitOnDay, endings_ahead, holders_on, units_on

from ..models import Approval, Evidence, Task, Update, UpdateKind
from ..models.standing import stand_on
from ..rules.tasks import UNDO_WITHIN
from .tasks import TaskRow, rows


@dataclass(frozen=True)
class Change:
    """A field that a line of the log changed, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class LogLine:
    """A line of the log with what the page shows of it; `unit` is the unit on whose side it was done."""

    update: Update
    unit: UnitOnDay | None
    changes: tuple[Change, ...]

    @property
    def label(self) -> str:
        """What was done, in words."""
        return str(UpdateKind(self.update.kind).label)


@dataclass(frozen=True)
class TaskDetail:
    """A task as its page shows it."""

    row: TaskRow
    parent: Task | None
    parts: tuple[TaskRow, ...]
    cooperating: tuple[UnitOnDay, ...]
    checker_holder: str
    log: tuple[LogLine, ...]
    waiting: Update | None
    can_undo: bool
    can_read_document: bool
    ending: Ending | None = None
    """The end of the lead unit on a day to come; what it still has then passes on."""


def task_detail(task_id: int, viewer: Viewer, day: date, *, at: datetime) -> TaskDetail:
    """The task as it stands on the day; raises `Task.DoesNotExist` when the viewer does not see it."""
    related = ("passage", "document__type", "field", "post", "checker_post", "parent", "closed_by", "target")
    task = Task.objects.visible_to(viewer).with_status(day).select_related(*related).get(pk=task_id)
    parts = (
        Task.objects.visible_to(viewer).filter(parent=task).with_status(day).select_related("field", "post")
    )
    shown_parts = list(parts.known_on(day).order_by("pk"))
    if viewer.changes_ahead:
        stand_on([task, *shown_parts], day)
    ids = {unit for one in (task, *shown_parts) for unit in (one.lead_unit_id, one.assigner_unit_id) if unit}
    shown = rows([task, *shown_parts], viewer, day, known=units_on(day, ids))
    log = _log(task, day)
    cooperating = units_on(day, cooperating_ids(task))
    parent = None
    if task.parent_id:
        parent = Task.objects.visible_to(viewer).filter(pk=task.parent_id).first()
    last = log[0].update if log else None
    lead = task.lead_unit_id
    ends = endings_ahead([lead], day) if lead and viewer.changes_ahead and task.done_date is None else {}
    document = task.document_id
    return TaskDetail(
        row=shown[0],
        parent=parent,
        parts=tuple(shown[1:]),
        cooperating=tuple(cooperating.values()),
        checker_holder=holders_on(day, [task.checker_post_id]).get(task.checker_post_id, "")
        if task.checker_post_id
        else "",
        log=log,
        waiting=next((line.update for line in log if line.update.approval == Approval.WAITING), None),
        can_undo=last is not None
        and may_change(viewer)
        and last.undoable(user_id=viewer.user.pk, at=at, within=UNDO_WITHIN),
        can_read_document=bool(open_papers(viewer, [document])),
        ending=ends.get(lead or 0),
    )


def cooperating_ids(task: Task) -> tuple[int, ...]:
    """The units that cooperate in the task, on the day on which it stands."""
    if task.cooperating_then is not None:
        return task.cooperating_then
    return tuple(task.cooperations.values_list("unit_id", flat=True))


def _log(task: Task, day: date) -> tuple[LogLine, ...]:
    """The log until the day, newest first."""
    files = Prefetch("evidence", Evidence.objects.select_related("file").order_by("pk"))
    updates = list(
        task.updates.filter(day__lte=day).select_related("by", "approved_by").prefetch_related(files)
        .order_by("-id")
    )  # fmt: skip
    changed = _Named(updates, day)
    units = units_on(day, {update.unit_id for update in updates if update.unit_id} | changed.unit_ids)
    changed.units = units
    return tuple(
        LogLine(update, units.get(update.unit_id or 0), tuple(changed.words(update))) for update in updates
    )


LABELS = {
    "title": "Nội dung nhiệm vụ", "output": "Sản phẩm", "due_date": "Thời hạn",
    "post_id": "Người chịu trách nhiệm", "checker_post_id": "Người kiểm tra", "field_id": "Lĩnh vực",
    "lead_unit_id": "Đơn vị chủ trì", "assigner_unit_id": "Đơn vị giao",
    "cooperating": "Đơn vị phối hợp", "origin_note": "Căn cứ", "deadline_text": "Thời hạn theo văn bản",
}  # fmt: skip


class _Named:
    """The values of changes in words: posts, fields and units by name."""

    def __init__(self, updates: list[Update], day: date) -> None:
        pairs = [(name, value) for one in updates for name, both in one.changes.items() for value in both]
        self.units: dict[int, UnitOnDay] = {}
        self.unit_ids: set[int] = set()
        posts, fields = set(), set()
        for name, value in pairs:
            if name in ("lead_unit_id", "assigner_unit_id") and value:
                self.unit_ids.add(value)
            elif name == "cooperating":
                self.unit_ids.update(value)
            elif name in ("post_id", "checker_post_id") and value:
                posts.add(value)
            elif name == "field_id" and value:
                fields.add(value)
        self.posts = {post.pk: post.title for post in Post.objects.filter(pk__in=posts)} if posts else {}
        self.fields = PolicyField.objects.in_bulk(fields) if fields else {}

    def words(self, update: Update) -> list[Change]:
        """The changes of a line that a reader wants to see."""
        shown = []
        for name, (before, after) in update.changes.items():
            hand_down = update.kind == UpdateKind.HANDED_DOWN and name in ("lead_unit_id", "post_id")
            if name in LABELS and not hand_down:
                shown.append(Change(_(LABELS[name]), self._text(name, before), self._text(name, after)))
        return shown

    def _text(self, name: str, value: Any) -> str:
        if value is None or value in ("", []):
            return "–"
        if name == "due_date":
            year, month, day = str(value).split("-")
            return f"{day}/{month}/{year}"
        if name in ("post_id", "checker_post_id"):
            return str(self.posts.get(value, "–"))
        if name == "field_id":
            return str(self.fields.get(value, "–"))
        if name in ("lead_unit_id", "assigner_unit_id"):
            return str(self.units.get(value, "–"))
        if name == "cooperating":
            return ", ".join(str(self.units.get(unit, "–")) for unit in value)
        return str(value)


def evidence_of(viewer: Viewer, evidence_id: int) -> Evidence:
    """A piece of evidence of a task that the viewer sees; raises `Evidence.DoesNotExist`."""
    seen = Task.objects.visible_to(viewer).values("pk")
    return Evidence.objects.select_related("file").get(pk=evidence_id, update__task__in=seen)
