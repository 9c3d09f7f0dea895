"""The acts on a task that was handed down: report, approve, close, suspend, urge, and undo.

All are atomic, write one line of the log and one entry of the journal, and raise `NotAllowed`, `WrongState`
or another `Refused` with a message for the user.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kientoan.domains.audit.operations import record
from kientoan.domains.documents.models import StoredFile
from kientoan.domains.documents.rules import next_due
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Role

from ..access import assigner_of, lead_of, require
from ..errors import PartsOpen, ReasonNeeded, Refused
from ..models import Approval, DeadlineOperator, Task, TaskState, Update, UpdateKind
from ..rules.tasks import UNDO_WITHIN, Act, next_state
from .log import Line, attach, locked, reports_waiting, restored, set_cooperating, write


@transaction.atomic
def report_progress(
    *,
    task_id: int,
    viewer: Viewer,
    at: datetime,
    day: date,
    percent: int | None = None,
    note: str = "",
    files: Sequence[StoredFile] = (),
) -> Update:
    """The lead unit reports how far it is; without `percent` and note: that nothing changed."""
    task = locked(task_id)
    nothing_new = percent is None and not note.strip() and not files
    act = Act.NO_CHANGE if nothing_new else Act.PROGRESS
    require(act, task, viewer)
    if percent is not None and not 0 <= percent <= 99:
        raise Refused(_("Tiến độ là số từ 0 đến 99; việc đã xong thì chọn «Báo cáo hoàn thành»."))
    changes: dict[str, Any] = {"state": next_state(act, task.state), "last_report_date": day}
    if percent is not None:
        changes["percent"] = percent
    changes |= next_time(task, day)
    kind = UpdateKind.NO_CHANGE if nothing_new else UpdateKind.PROGRESS
    line = Line(kind, changes, note=note, percent=percent, unit_id=lead_of(task, viewer))
    update = write(task, line, viewer=viewer, at=at, day=day)
    attach(update, files)
    return update


def next_time(task: Task, day: date) -> dict[str, Any]:
    """A report on a recurring duty settles its time; the next one after that and after `day` is due."""
    if not task.recurrence or task.due_date is None:
        return {}
    before = task.deadline_operator == DeadlineOperator.BEFORE
    due = next_due(task.recurrence, max(day, task.due_date), before=before)
    return {"due_date": due} if due else {}


@transaction.atomic
def report_completion(
    *,
    task_id: int,
    viewer: Viewer,
    at: datetime,
    day: date,
    note: str = "",
    files: Sequence[StoredFile] = (),
) -> Update:
    """The lead unit reports that the task is done.

    A head's report goes to the assigner at once; a reporter's waits for the head of the unit.
    """
    task = locked(task_id)
    require(Act.COMPLETE, task, viewer, waiting=reports_waiting(task_id).exists())
    unit = lead_of(task, viewer)
    if viewer.has(Role.HEAD, unit=unit):
        changes = {"state": TaskState.AWAITING, "percent": 100, "last_report_date": day}
        line = Line(UpdateKind.COMPLETION, changes, note=note, percent=100, unit_id=unit)
    else:
        changes = {"state": next_state(Act.PROGRESS, task.state), "last_report_date": day}
        line = Line(
            UpdateKind.COMPLETION, changes, note=note, percent=100, unit_id=unit, approval=Approval.WAITING
        )
    update = write(task, line, viewer=viewer, at=at, day=day)
    attach(update, files)
    return update


@transaction.atomic
def approve(*, task_id: int, viewer: Viewer, at: datetime, day: date, note: str = "") -> Update:
    """The head of the lead unit approves the completion; it goes to the assigner with its own day."""
    task = locked(task_id)
    waiting = reports_waiting(task_id).first()
    require(Act.APPROVE, task, viewer, waiting=waiting is not None)
    assert waiting is not None
    _decide(waiting, Approval.APPROVED, viewer, at)
    changes = {"state": TaskState.AWAITING, "percent": 100, "last_report_date": waiting.day}
    line = Line(UpdateKind.APPROVED, changes, note=note, unit_id=lead_of(task, viewer))
    return write(task, line, viewer=viewer, at=at, day=day)


@transaction.atomic
def send_back(*, task_id: int, viewer: Viewer, at: datetime, day: date, note: str) -> Update:
    """The head of the lead unit returns the completion to the reporter, saying why."""
    task = locked(task_id)
    waiting = reports_waiting(task_id).first()
    require(Act.SEND_BACK, task, viewer, waiting=waiting is not None)
    assert waiting is not None
    _say_why(note)
    _decide(waiting, Approval.RETURNED, viewer, at)
    line = Line(UpdateKind.RETURNED, note=note, unit_id=lead_of(task, viewer))
    return write(task, line, viewer=viewer, at=at, day=day)


def _decide(report: Update, approval: Approval, viewer: Viewer, at: datetime) -> None:
    report.approval, report.approved_by, report.approved_at = approval, viewer.user, at
    report.save(update_fields=["approval", "approved_by", "approved_at"])


def _say_why(note: str) -> None:
    if not note.strip():
        raise ReasonNeeded


@transaction.atomic
def close(
    *,
    task_id: int,
    viewer: Viewer,
    at: datetime,
    day: date,
    note: str = "",
    despite_open_parts: bool = False,
) -> Update:
    """The assigner accepts the result; the task is done on the day its completion was reported.

    Without a reported completion it is done on `day`, and a note must say how one knows. A whole with open
    parts raises `PartsOpen` unless `despite_open_parts`.
    """
    task = locked(task_id)
    require(Act.CLOSE, task, viewer)
    open_parts = task.children.handed_down().exclude(state=TaskState.DONE).count()
    if open_parts and not despite_open_parts:
        raise PartsOpen(open_parts)
    line = closing(task, viewer=viewer, day=day, note=note)
    return write(task, line, viewer=viewer, at=at, day=day)


def closing(task: Task, *, viewer: Viewer, day: date, note: str) -> Line:
    """The line that closes the task (see `close`)."""
    reported = task.last_report_date if task.state == TaskState.AWAITING else None
    assigner = assigner_of(task, viewer)
    gathers = lead_of(task, viewer) == assigner
    if reported is None and not gathers:
        _say_why(note)
    changes = {
        "state": TaskState.DONE,
        "percent": 100,
        "done_date": min(reported or day, day),
        "closed_by_id": viewer.user.pk,
    }
    return Line(UpdateKind.CLOSED, changes, note=note, unit_id=assigner)


@transaction.atomic
def return_completion(*, task_id: int, viewer: Viewer, at: datetime, day: date, note: str) -> Update:
    """The assigner does not accept the result, saying why; the unit goes on."""
    return _by_assigner(Act.RETURN, UpdateKind.RETURNED, task_id, viewer, at, day, note)


@transaction.atomic
def reopen(*, task_id: int, viewer: Viewer, at: datetime, day: date, note: str) -> Update:
    """The assigner opens a finished task again, saying why."""
    return _by_assigner(Act.REOPEN, UpdateKind.REOPENED, task_id, viewer, at, day, note)


@transaction.atomic
def suspend(*, task_id: int, viewer: Viewer, at: datetime, day: date, note: str) -> Update:
    """The assigner stops the task for a time, saying why."""
    return _by_assigner(Act.SUSPEND, UpdateKind.SUSPENDED, task_id, viewer, at, day, note)


@transaction.atomic
def resume(*, task_id: int, viewer: Viewer, at: datetime, day: date, note: str = "") -> Update:
    """The assigner lets a suspended task go on."""
    return _by_assigner(Act.RESUME, UpdateKind.RESUMED, task_id, viewer, at, day, note)


@transaction.atomic
def urge(*, task_id: int, viewer: Viewer, at: datetime, day: date, note: str = "") -> Update:
    """The assigner urges the lead unit on (đôn đốc); it stands in the log."""
    return _by_assigner(Act.URGE, UpdateKind.URGED, task_id, viewer, at, day, note)


def _by_assigner(
    act: Act, kind: UpdateKind, task_id: int, viewer: Viewer, at: datetime, day: date, note: str
) -> Update:
    task = locked(task_id)
    require(act, task, viewer)
    return write(task, stepping(act, kind, task, viewer=viewer, note=note), viewer=viewer, at=at, day=day)


def stepping(act: Act, kind: UpdateKind, task: Task, *, viewer: Viewer, note: str) -> Line:
    """The line of an act of the assigner that moves the state and no more."""
    if act in {Act.RETURN, Act.REOPEN, Act.SUSPEND}:
        _say_why(note)
    changes: dict[str, object] = {"state": next_state(act, task.state)}
    if act is Act.REOPEN:
        changes |= {"done_date": None, "closed_by_id": None}
    return Line(kind, changes, note=note, unit_id=assigner_of(task, viewer))


@transaction.atomic
def undo(*, task_id: int, viewer: Viewer, at: datetime) -> UpdateKind:
    """Take back the last act: one's own, within a day, while nothing followed it. Gives what it was.

    The line leaves the log of the task; the journal keeps both the act and its undoing.
    """
    task = locked(task_id)
    last = task.updates.order_by("-id").first()
    if last is None or not last.undoable(user_id=viewer.user.pk, at=at, within=UNDO_WITHIN):
        raise Refused(
            _("Chỉ hoàn tác được việc mình vừa làm, trong vòng một ngày, khi chưa có việc gì sau đó.")
        )
    if not Task.objects.visible_to(viewer).filter(pk=task_id).exists():
        raise NotAllowed(Role.MONITOR)
    _remove_parts(task, last)
    Update.objects.filter(task=task, approved_by=viewer.user, approved_at=last.at).update(
        approval=Approval.WAITING, approved_by=None, approved_at=None
    )
    for name, (before, _after) in last.changes.items():
        if name == "cooperating":
            set_cooperating(task, before)
        else:
            setattr(task, name, restored(name, before))
    task.row_version += 1
    task.save()
    kind = UpdateKind(last.kind)
    detail = {"update": last.pk, "kind": kind, "day": last.day.isoformat(), "changes": last.changes}
    last.delete()
    record(actor=viewer.user, verb="task.undo", at=at, subject=task, detail=detail)
    return kind


def _remove_parts(task: Task, last: Update) -> None:
    """Undoing a hand-down removes the parts it made; not once somebody worked on them."""
    if last.kind != UpdateKind.HANDED_DOWN:
        return
    parts = Task.objects.filter(parent=task, handed_down_at=last.at)
    worked_on = Update.objects.filter(task__in=parts).exclude(kind=UpdateKind.HANDED_DOWN)
    if worked_on.exists() or Task.objects.filter(parent__in=parts).exists():
        raise Refused(_("Không hoàn tác được: đã có đơn vị báo cáo hoặc giao tiếp phần việc của mình."))
    parts.delete()
