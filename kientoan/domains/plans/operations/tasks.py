"""Making tasks and changing what they say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import record
from kientoan.domains.documents.models import Document, Passage
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Unit

from ..access import ASSIGNERS, assigner_of, changed_later, require
from ..errors import ReasonNeeded, Refused
from ..models import Cooperation, Task, Update, UpdateKind
from ..rules.tasks import Act
from .log import EDITABLE, Line, locked, set_cooperating, write


@transaction.atomic
def create_task(
    *,
    title: str,
    assigner_unit: Unit,
    viewer: Viewer,
    at: datetime,
    day: date,
    passage: Passage | None = None,
    document: Document | None = None,
    origin_note: str = "",
    cooperating_units: Sequence[Unit] = (),
    parent: Task | None = None,
    **more: Any,
) -> Task:
    """A task prepared by the assigner's side, not handed down yet.

    Origin: the passage (its document is taken from it), a document, or a note in words; one is needed.
    `more`: the other editable fields of the model (output, lead_unit, due_date, …).
    Raises `NotAllowed` unless the viewer acts for the assigner, `Refused` without title or origin.
    """
    viewer.require(*ASSIGNERS, unit=assigner_unit.pk)
    document = document or (passage.document if passage else None) or (parent.document if parent else None)
    if not title.strip():
        raise Refused(_("Hãy ghi nội dung nhiệm vụ."))
    if not (document or parent or origin_note.strip()):
        raise Refused(_("Hãy ghi căn cứ: chọn văn bản, hoặc ghi rõ căn cứ khác (ví dụ kết luận cuộc họp)."))
    task = Task.objects.create(
        title=title.strip(),
        assigner_unit=assigner_unit,
        passage=passage,
        document=document,
        parent=parent,
        origin_note=origin_note.strip(),
        start_date=day,
        created_by=viewer.user,
        created_at=at,
        **more,
    )
    set_cooperating(task, [unit.pk for unit in cooperating_units])
    record(actor=viewer.user, verb="task.create", at=at, subject=task, detail={"title": task.title})
    return task


@transaction.atomic
def edit_task(
    *,
    task_id: int,
    changes: dict[str, Any],
    viewer: Viewer,
    at: datetime,
    day: date,
    row_version: int,
    cooperating_unit_ids: Iterable[int] | None = None,
    reason: str = "",
) -> Update | None:
    """Change what a task says; the log keeps old and new. None when nothing changed.

    `changes`: attribute of `log.EDITABLE` → value. A new deadline of a task handed down needs a reason.
    Raises `Stale` when somebody saved a later version than `row_version`.
    """
    if unknown := set(changes) - set(EDITABLE):
        raise ValueError(f"not editable: {sorted(unknown)}")
    task = locked(task_id, row_version=row_version)
    require(Act.EDIT, task, viewer)
    later = changed_later(task, viewer)
    real = {name: value for name, value in changes.items() if later.get(name, getattr(task, name)) != value}
    if "cooperating" in later and set(later["cooperating"]) == set(cooperating_unit_ids or ()):
        cooperating_unit_ids = None
    if set(real) & set(later) or ("cooperating" in later and cooperating_unit_ids is not None):
        raise Refused(_("Việc này sẽ chuyển theo một quyết định sắp xếp đã áp dụng. Hãy sửa sau ngày ấy."))
    if "title" in real and not str(real["title"]).strip():
        raise Refused(_("Hãy ghi nội dung nhiệm vụ."))
    if task.handed_down_at and "lead_unit_id" in real:
        raise Refused(
            _("Nhiệm vụ đã giao: muốn đổi đơn vị chủ trì hãy hoàn tác việc giao hoặc giao phần việc.")
        )
    if task.handed_down_at and "due_date" in real and not reason.strip():
        raise ReasonNeeded
    cooperating = {} if cooperating_unit_ids is None else set_cooperating(task, cooperating_unit_ids)
    if not real and not cooperating:
        return None
    update = write(
        task,
        Line(UpdateKind.CHANGED, real, note=reason, unit_id=assigner_of(task, viewer)),
        viewer=viewer, at=at, day=day,
    )  # fmt: skip
    if cooperating:
        update.changes |= cooperating
        update.save(update_fields=["changes"])
    return update


@transaction.atomic
def discard_task(*, task_id: int, viewer: Viewer, at: datetime) -> None:
    """Throw away a task that was not handed down. Raises `Refused` once it was, or when it has parts."""
    task = locked(task_id)
    viewer.require(*ASSIGNERS, unit=assigner_of(task, viewer))
    if task.handed_down_at or task.children.exists():
        raise Refused(_("Nhiệm vụ đã giao thì không xóa; hãy tạm dừng hoặc kết thúc, có ghi lý do."))
    record(actor=viewer.user, verb="task.discard", at=at, subject=task, detail={"title": task.title})
    task.delete()


@dataclass(frozen=True)
class TaskRow:
    """A task to be made with many others: the model's fields, its cooperating units, its parent's place.

    `parent_index`: the place of its parent among the rows of the same call, before its own.
    """

    fields: dict[str, Any]
    cooperating_unit_ids: tuple[int, ...] = ()
    parent_index: int | None = None


@transaction.atomic
def bulk_create_tasks(
    *, rows: Sequence[TaskRow], viewer: Viewer | None, by: User | None, at: datetime
) -> list[Task]:
    """Make thousands of tasks in a few statements; `viewer` None: set-up by the operator of the machine.

    Raises `NotAllowed` when one row is assigned by a unit for which the viewer does not act; then none is
    made.
    """
    allowed = None if viewer is None else viewer.unit_ids(*ASSIGNERS)
    if allowed is not None and any(row.fields["assigner_unit_id"] not in allowed for row in rows):
        raise NotAllowed(*ASSIGNERS)
    tasks = [Task(created_by=by, created_at=at, **row.fields) for row in rows]
    _number(tasks)
    for task, row in zip(tasks, rows, strict=True):
        if row.parent_index is not None:
            task.parent_id = tasks[row.parent_index].pk
    Task.objects.bulk_create(tasks, batch_size=2000)
    Cooperation.objects.bulk_create(
        (
            Cooperation(task_id=task.pk, unit_id=unit)
            for task, row in zip(tasks, rows, strict=True)
            for unit in sorted(set(row.cooperating_unit_ids) - {task.lead_unit_id})
        ),
        batch_size=5000,
    )
    record(actor=by, verb="task.bulk_create", at=at, detail={"count": len(tasks)})
    return tasks


def _number(tasks: Sequence[Task]) -> None:
    """Give the tasks their ids before they are saved, so that parents and parts go in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('plans_task', 'id')) FROM generate_series(1, %s)",
            [len(tasks)],
        )
        for task, (number,) in zip(tasks, cursor.fetchall(), strict=True):
            task.pk = number
