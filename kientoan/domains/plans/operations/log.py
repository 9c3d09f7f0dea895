"""Changing a task together with the line of its log: every act goes through here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from kientoan.domains.audit.operations import record
from kientoan.domains.documents.models import StoredFile
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import UnitVersion
from kientoan.domains.temporal.models import Stale

from ..models import Approval, Cooperation, Evidence, Task, Update, UpdateKind

EDITABLE = (
    "title", "output", "lead_unit_id", "lead_text", "post_id", "checker_post_id", "field_id", "target_id",
    "due_date", "deadline_operator", "deadline_text", "origin_note",
)  # fmt: skip
"""The fields that `edit_task` changes, by attribute name."""


@dataclass(frozen=True)
class Line:
    """A line of the log to be: what is done, what it changes (attribute → new value), what it says."""

    kind: UpdateKind
    changes: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    percent: int | None = None
    unit_id: int | None = None
    decision_id: int | None = None
    approval: Approval = Approval.NOT_NEEDED


def locked(task_id: int, *, row_version: int | None = None) -> Task:
    """The task, locked until the end of the transaction.

    Raises `Stale` when `row_version` is given and somebody saved a later one.
    """
    task = Task.objects.select_for_update().get(pk=task_id)
    if row_version is not None and task.row_version != row_version:
        raise Stale(_changed_since(task, row_version), model=Task)
    return task


def _changed_since(task: Task, row_version: int) -> dict[str, tuple[Any, Any]]:
    """Field → (value in that version, value now) as people read them, of the fields that people edit."""
    events = apps.get_model("plans", "TaskEvent")._default_manager
    then = events.filter(pgh_obj_id=task.pk, row_version=row_version).order_by("-pgh_id").first()
    changes: dict[str, tuple[Any, Any]] = {"row_version": (row_version, task.row_version)}
    for name in (*EDITABLE, "state", "percent"):
        pair = (getattr(then, name, None), getattr(task, name))
        if then is not None and pair[0] != pair[1]:
            changes[name.removesuffix("_id")] = (_readable(name, pair[0]), _readable(name, pair[1]))
    return changes


def _readable(name: str, value: Any) -> Any:
    """The name of what a foreign key points to; another value as it is."""
    if value is None or not name.endswith("_id"):
        return value
    if name == "lead_unit_id":
        return (
            UnitVersion.objects.filter(unit=value)
            .order_by("-in_force")
            .values_list("name", flat=True)
            .first()
        )
    field = Task._meta.get_field(name.removesuffix("_id"))
    return field.related_model._default_manager.filter(pk=value).first()  # type: ignore[union-attr]


def plain(value: Any) -> Any:
    """A value of a field as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def restored(name: str, value: Any) -> Any:
    """A value of the log as the field holds it."""
    if value is None:
        return None
    kind = Task._meta.get_field(name.removesuffix("_id"))
    assert isinstance(kind, models.Field)
    return kind.to_python(value)


def applied(task: Task, line: Line, *, viewer: Viewer, at: datetime, day: date) -> Update:
    """Change the task in memory and give the line of the log; neither is saved."""
    changes = {}
    for name, value in line.changes.items():
        before = getattr(task, name)
        if before != value:
            changes[name] = [plain(before), plain(value)]
            setattr(task, name, value)
    task.row_version += 1
    return Update(
        task=task,
        kind=line.kind,
        day=day,
        percent=line.percent,
        note=line.note.strip(),
        changes=changes,
        unit_id=line.unit_id,
        decision_id=line.decision_id,
        by=viewer.user,
        at=at,
        approval=line.approval,
    )


def write(task: Task, line: Line, *, viewer: Viewer, at: datetime, day: date) -> Update:
    """Save the task as the line says, the line itself, and an entry of the journal."""
    update = applied(task, line, viewer=viewer, at=at, day=day)
    task.save()
    update.save()
    detail = {"day": day.isoformat(), "changes": update.changes, "note": update.note}
    record(actor=viewer.user, verb=f"task.{line.kind}", at=at, subject=task, detail=detail)
    return update


def write_many(
    pairs: Sequence[tuple[Task, Line]], *, viewer: Viewer, at: datetime, day: date
) -> list[Update]:
    """The same for many tasks in a few statements; the journal entry of the whole is the caller's."""
    updates = [applied(task, line, viewer=viewer, at=at, day=day) for task, line in pairs]
    changed = sorted({name.removesuffix("_id") for update in updates for name in update.changes})
    Task.objects.bulk_update([task for task, _ in pairs], [*changed, "row_version"], batch_size=500)
    return Update.objects.bulk_create(updates, batch_size=1000)


def attach(update: Update, files: Iterable[StoredFile]) -> None:
    """Put the files to the line as its evidence."""
    Evidence.objects.bulk_create(
        Evidence(update=update, file=file, description=file.name[:300]) for file in files
    )


def reports_waiting(task_id: int) -> models.QuerySet[Update]:
    """Completions of the task that wait for the head of the unit."""
    return Update.objects.filter(task=task_id, approval=Approval.WAITING)


def set_cooperating(task: Task, unit_ids: Iterable[int]) -> dict[str, list[list[int]]]:
    """Make these the cooperating units, the lead unit left out; gives the change for the log, if any."""
    before = sorted(task.cooperations.values_list("unit_id", flat=True))
    after = sorted(set(unit_ids) - {task.lead_unit_id})
    if before == after:
        return {}
    task.cooperations.exclude(unit__in=after).delete()
    Cooperation.objects.bulk_create(
        Cooperation(task=task, unit_id=unit) for unit in after if unit not in before
    )
    return {"cooperating": [before, after]}
