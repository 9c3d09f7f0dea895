"""Carrying out the import of a sheet of tasks: all of it or nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kientoan.domains.audit.operations import record
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Unit
from kientoan.domains.temporal.models import Stale

from ..errors import Refused
from ..models import Task, Update, UpdateKind
from ..queries.task_import import ImportPlan, NewTask
from .log import Line, set_cooperating, write_many
from .tasks import TaskRow, bulk_create_tasks


@dataclass(frozen=True)
class ImportResult:
    """How many tasks were made and how many changed."""

    created: int
    changed: int


@transaction.atomic
def import_tasks(
    *,
    plan: ImportPlan,
    assigner_unit: Unit,
    source: str,
    hand_down: bool,
    viewer: Viewer,
    at: datetime,
    day: date,
) -> ImportResult:
    """Do what the plan says, in one transaction. `source`: the name of the file, for the log.

    With `hand_down` new tasks that have a lead unit are handed down at once. Raises `Refused` when the plan
    has errors, `Stale` when a task it changes was changed by somebody since the plan was made.
    """
    if plan.errors:
        raise Refused(_("Bảng còn lỗi nên chưa nhập dòng nào; hãy sửa rồi gửi lại."))
    created = _create(plan.new, assigner_unit, source, hand_down, viewer, at, day)
    changed = _change(plan, source, viewer, at, day)
    detail = {"source": source, "created": created, "changed": changed}
    record(actor=viewer.user, verb="task.import", at=at, subject=assigner_unit, detail=detail)
    return ImportResult(created, changed)


def _create(
    new: list[NewTask],
    assigner_unit: Unit,
    source: str,
    hand_down: bool,
    viewer: Viewer,
    at: datetime,
    day: date,
) -> int:
    if not new:
        return 0
    places = {row.code: place for place, row in enumerate(new) if row.code}
    rows = []
    for row in new:
        given = hand_down and row.fields.get("lead_unit_id") is not None
        more = {
            "assigner_unit_id": assigner_unit.pk,
            "start_date": day,
            "handed_down_at": at if given else None,
        }
        rows.append(TaskRow(row.fields | more, row.cooperating, places.get(row.parent_code)))
    tasks = bulk_create_tasks(rows=rows, viewer=viewer, by=viewer.user, at=at)
    Update.objects.bulk_create(
        (
            Update(
                task=task, kind=UpdateKind.HANDED_DOWN, day=day, note=source, unit=assigner_unit,
                by=viewer.user, at=at,
            )
            for task in tasks
            if task.handed_down_at
        ),
        batch_size=2000,
    )  # fmt: skip
    return len(tasks)


def _change(plan: ImportPlan, source: str, viewer: Viewer, at: datetime, day: date) -> int:
    note = _("Nhập từ tệp %(name)s") % {"name": source}
    locked = Task.objects.select_for_update().in_bulk([row.task.pk for row in plan.changed])
    pairs = []
    for row in plan.changed:
        task = locked[row.task.pk]
        if task.row_version != row.task.row_version:
            raise Stale({name: (getattr(row.task, name), getattr(task, name)) for name in row.changes})
        pairs.append((task, Line(UpdateKind.CHANGED, row.changes, note=note, unit_id=task.assigner_unit_id)))
    if not pairs:
        return 0
    updates = write_many(pairs, viewer=viewer, at=at, day=day)
    for row, update in zip(plan.changed, updates, strict=True):
        if row.cooperating is not None:
            update.changes |= set_cooperating(update.task, row.cooperating)
            update.save(update_fields=["changes"])
    return len(pairs)
