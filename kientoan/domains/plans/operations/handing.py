"""Handing tasks down: to one unit as it is, to many as parts of one task, and further down by a unit."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Post
from kientoan.domains.organisation.queries import units_on

from ..access import assigner_of, lead_of, require
from ..errors import NotUnder, Refused
from ..models import Cooperation, Task, TaskState, Update, UpdateKind
from ..queries.handing import assignable_ids, giving_unit_id, head_posts
from ..rules.tasks import Act
from .log import Line, locked, write


@transaction.atomic
def hand_down(
    *,
    task_id: int,
    unit_ids: Sequence[int],
    viewer: Viewer,
    at: datetime,
    day: date,
    row_version: int | None = None,
    due_dates: Mapping[int, date] | None = None,
    note: str = "",
) -> list[Task]:
    """Hand the task down; gives the tasks that units now have to do.

    - A draft to one unit: the task itself, with that unit in the lead.
    - A draft to many, or a task that was handed down already: one part for each unit under it. The whole
      is led by its own lead unit if it has one, else by the assigner, who gathers the parts.
    The accountable post is the head of each unit on the day. `due_dates`: unit → its own deadline, the
    deadline of the whole otherwise. Raises `NotAllowed`, `WrongState`, `NotUnder`, `Stale`.
    """
    task = locked(task_id, row_version=row_version)
    require(Act.HAND_DOWN, task, viewer)
    units = list(dict.fromkeys(unit_ids))
    giver = giving_unit_id(task, viewer)
    _check(task, units, giver, lead_of(task, viewer), day)
    if task.handed_down_at is None and len(units) == 1:
        return [_whole(task, units[0], viewer, at, day, due_dates or {}, note)]
    return _parts(task, units, giver, viewer, at, day, due_dates or {}, note)


def _check(task: Task, units: Sequence[int], giver: int, lead: int | None, day: date) -> None:
    if not units:
        raise Refused(_("Hãy chọn ít nhất một đơn vị."))
    allowed = assignable_ids(giver, day)
    divided = task.handed_down_at is not None
    wrong = [unit for unit in units if unit not in allowed or (divided and unit == lead)]
    if wrong:
        names = units_on(day, wrong)
        raise NotUnder([names[unit].name if unit in names else str(unit) for unit in wrong])
    if not divided:
        return
    have = set(task.children.filter(lead_unit__in=units).values_list("lead_unit_id", flat=True))
    if have:
        names = units_on(day, have)
        shown = ", ".join(names[unit].name for unit in have)
        raise Refused(_("Đã có phần việc của %(units)s; hãy bỏ chọn.") % {"units": shown})


def _whole(
    task: Task,
    unit: int,
    viewer: Viewer,
    at: datetime,
    day: date,
    due_dates: Mapping[int, date],
    note: str,
) -> Task:
    post = head_posts([unit], day).get(unit)
    due, leads = due_dates.get(unit, task.due_date), lead_of(task, viewer)
    line = whole_line(task, unit, post, leads, due_date=due, at=at, note=note)
    Cooperation.objects.filter(task=task, unit=unit).delete()
    write(task, line, viewer=viewer, at=at, day=day)
    return task


def whole_line(
    task: Task,
    unit: int,
    head_post: Post | None,
    leads: int | None,
    *,
    due_date: date | None,
    at: datetime,
    note: str,
) -> Line:
    """The line that hands a draft to one unit; a post of the unit chosen before is kept.

    `leads`: the unit that leads it today. Where a decision to come gives the draft to another one already,
    that stays so.
    """
    if unit == leads != task.lead_unit_id:
        given = {"due_date": due_date, "handed_down_at": at}
        return Line(UpdateKind.HANDED_DOWN, given, note=note, unit_id=task.assigner_unit_id)
    keeps_post = task.post is not None and task.post.unit_id == unit
    changes = {
        "lead_unit_id": unit,
        "post_id": task.post_id if keeps_post else head_post and head_post.pk,
        "due_date": due_date,
        "handed_down_at": at,
    }
    return Line(UpdateKind.HANDED_DOWN, changes, note=note, unit_id=task.assigner_unit_id)


def _parts(
    task: Task,
    units: Sequence[int],
    giver: int,
    viewer: Viewer,
    at: datetime,
    day: date,
    due_dates: Mapping[int, date],
    note: str,
) -> list[Task]:
    """One part for each unit, with the origin, output and deadline of the whole."""
    posts = head_posts(units, day)
    parts = [
        Task(
            title=task.title,
            output=task.output,
            parent=task,
            passage=task.passage,
            document=task.document,
            origin_note=task.origin_note,
            assigner_unit_id=giver,
            lead_unit_id=unit,
            post=posts.get(unit),
            checker_post=task.checker_post if giver == assigner_of(task, viewer) else None,
            field=task.field,
            target=task.target,
            due_date=due_dates.get(unit, task.due_date),
            deadline_operator=task.deadline_operator,
            deadline_text=task.deadline_text,
            recurrence=task.recurrence,
            start_date=day,
            handed_down_at=at,
            created_by=viewer.user,
            created_at=at,
        )
        for unit in units
    ]
    Task.objects.bulk_create(parts)
    Update.objects.bulk_create(
        Update(
            task=part, kind=UpdateKind.HANDED_DOWN, day=day, note=note, unit_id=giver, by=viewer.user, at=at
        )
        for part in parts
    )
    changes: dict[str, object] = {"state": TaskState.IN_PROGRESS}
    if task.handed_down_at is None:
        changes |= {"lead_unit_id": task.lead_unit_id or giver, "handed_down_at": at}
    line = Line(UpdateKind.HANDED_DOWN, changes, note=note, unit_id=giver)
    write(task, line, viewer=viewer, at=at, day=day)
    return parts
