"""Finding tasks: the filter of the list, whose work it is, and one task with all that belongs to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Membership, Role
from kientoan.domains.organisation.queries import UnitOnDay, holders_on, subtree_ids, units_on
from kientoan.engines.vietnamese import fold

from ..access import ASSIGNERS, acts
from ..models import Approval, Task, TaskState, Update
from ..models.standing import cooperates, stand_on
from ..models.tasks import TaskQuerySet
from ..rules.tasks import Act, Timing, progress_of_whole, timing
from .succession import Received, received_tasks
from .task_counts import (
    DONE_BUCKETS,
    OPEN_BUCKETS,
    Cell,
    Summary,
    Waiting,
    bucket_on,
    heat_map,
    late_counts,
    silent_count,
    summary,
    waiting_for,
)

__all__ = [
    "PAGE", "Cell", "Status", "Summary", "TaskFilter", "TaskRow", "UnitRole", "Waiting", "heat_map", "late",
    "late_counts", "matching", "mine", "names_for", "rows", "silent_count", "sorted_by", "summary",
    "waiting_for",
]  # fmt: skip

PAGE = 50


class Status(StrEnum):
    """What the list can be narrowed to."""

    OPEN = "open"
    OVERDUE = "overdue"
    SOON = "soon"
    SILENT = "silent"
    TO_APPROVE = "to_approve"
    AWAITING = "awaiting"
    NEW = "new"
    IN_PROGRESS = "in_progress"
    ON_TRACK = "on_track"
    NO_DEADLINE = "no_deadline"
    DONE = "done"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    SUSPENDED = "suspended"
    DRAFT = "draft"


BUCKETS: dict[Status, tuple[str, ...]] = {
    Status.OPEN: OPEN_BUCKETS,
    Status.OVERDUE: ("overdue",),
    Status.SOON: ("due_soon",),
    Status.ON_TRACK: ("on_track",),
    Status.AWAITING: ("awaiting",),
    Status.NO_DEADLINE: ("no_deadline",),
    Status.DONE: DONE_BUCKETS,
    Status.DONE_IN_TIME: ("done",),
    Status.DONE_LATE: ("done_late",),
    Status.SUSPENDED: ("suspended",),
}
"""The statuses that the board counts, each with the names of `Summary` that it takes together."""


class UnitRole(StrEnum):
    """What the unit of the filter is to the task."""

    LEAD = "lead"
    COOPERATE = "cooperate"
    ASSIGNER = "assigner"


@dataclass(frozen=True)
class TaskFilter:
    """What to look for; an empty one finds everything the viewer sees.

    `unit` with all under it, in the `role` (lead or cooperating when none is named); `person`: part of the
    name of who holds the accountable post on the day; `text`: words of the title, with or without
    diacritics, or '#12' for a number. `mine`: only what the viewer has to do (see `mine`).

    `counted`: only the duties that the board counts, each in one status, so that a list is as long as the
    number that opens it says; `alone`: the unit without those under it; `besides`: none of these fields.
    """

    unit: int | None = None
    role: UnitRole | None = None
    status: Status | None = None
    field: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    document: int | None = None
    person: str = ""
    text: str = ""
    mine: bool = False
    counted: bool = False
    alone: bool = False
    besides: tuple[int, ...] = ()


def matching(wanted: TaskFilter, viewer: Viewer, day: date) -> TaskQuerySet:
    """The tasks that the viewer sees and the filter wants, as they stood on the day; unordered."""
    found = mine(viewer, day) if wanted.mine else Task.objects.visible_to(viewer).known_on(day)
    if wanted.counted:
        found = found.duties()
    if wanted.counted and wanted.status in BUCKETS:
        found = found.annotate(bucket=bucket_on(day)).filter(bucket__in=BUCKETS[wanted.status])
    elif wanted.status is not None:
        found = _with_status(found, wanted.status, viewer, day)
    if wanted.unit is not None:
        units = frozenset([wanted.unit]) if wanted.alone else subtree_ids(wanted.unit, day)
        found = found.filter(_of_unit(units, wanted.role, viewer))
    if wanted.besides:
        found = found.filter(Q(field=None) | ~Q(field__in=wanted.besides))
    if wanted.field is not None:
        found = found.filter(field=wanted.field)
    if wanted.due_from is not None:
        found = found.filter(due_date__gte=wanted.due_from)
    if wanted.due_to is not None:
        found = found.filter(due_date__lte=wanted.due_to)
    if wanted.document is not None:
        found = found.filter(document=wanted.document)
    if wanted.person.strip():
        held = Membership.objects.on(day).filter(
            person__full_name__fold__contains=fold(wanted.person.strip())
        )
        found = found.filter(post__in=held.values("post"))
    return found.containing(wanted.text)


def _of_unit(units: frozenset[int], role: UnitRole | None, viewer: Viewer) -> Q:
    if role is UnitRole.LEAD:
        return Q(lead_on__in=units)
    if role is UnitRole.ASSIGNER:
        return Q(assigner_on__in=units)
    helps = cooperates(units, viewer.day, ahead=viewer.changes_ahead)
    return helps if role is UnitRole.COOPERATE else Q(lead_on__in=units) | helps


def _with_status(found: TaskQuerySet, status: Status, viewer: Viewer, day: date) -> TaskQuerySet:
    if status is Status.DRAFT:
        return found.filter(handed_down_at=None)
    found = found.handed_down()
    match status:
        case Status.OPEN:
            return found.open_on(day)
        case Status.OVERDUE:
            return found.duties().overdue_on(day)
        case Status.SOON:
            return found.duties().due_soon_on(day)
        case Status.SILENT:
            return found.silent_on(day)
        case Status.TO_APPROVE:
            return found.filter(to_approve(viewer))
        case Status.ON_TRACK:
            return found.annotate(bucket=bucket_on(day)).filter(bucket="on_track")
        case Status.NO_DEADLINE:
            return found.open_on(day).filter(due_date=None)
        case Status.DONE:
            return found.filter(done_date__lte=day)
        case Status.DONE_IN_TIME:
            return found.filter(Q(due_date=None) | Q(done_date__lte=F("due_date")), done_date__lte=day)
        case Status.DONE_LATE:
            return found.filter(done_date__lte=day, done_date__gt=F("due_date"))
        case _:
            state = {"awaiting": TaskState.AWAITING}.get(status, str(status))
            return found.filter(state=state)


def to_approve(viewer: Viewer) -> Q:
    """Tasks with a completion that waits for the viewer as head of the unit that leads it on the day.

    Whatever unit reported it: the successor's head approves what an ended unit left.
    """
    waiting = Update.objects.filter(task=OuterRef("pk"), approval=Approval.WAITING)
    return Q(Exists(waiting), lead_on__in=viewer.unit_ids(Role.HEAD))


def mine(viewer: Viewer, day: date) -> TaskQuerySet:
    """What the viewer has to do: report, approve, hand down, close.

    To report and to approve: for the units on which the role was given, not for all under them. To close
    and to hand down: for every unit the viewer acts for.
    """
    report = viewer.granted_ids(Role.REPORTER, Role.HEAD)
    head = viewer.granted_ids(Role.HEAD)
    acts_for = viewer.unit_ids(Role.MONITOR, Role.LEADER) | head
    waiting = Update.objects.filter(task=OuterRef("pk"), approval=Approval.WAITING)
    wanted = Q(pk__in=())
    if report:
        lead = Q(lead_on__in=report, handed_down_at__isnull=False)
        wanted |= lead & Q(state__in=[TaskState.NEW, TaskState.IN_PROGRESS])
    if head:
        wanted |= Q(Exists(waiting), lead_on__in=head)
    if acts_for:
        wanted |= Q(assigner_on__in=acts_for, state=TaskState.AWAITING)
        wanted |= Q(assigner_on__in=viewer.granted_ids(*ASSIGNERS), handed_down_at__isnull=True)
    return Task.objects.visible_to(viewer).known_on(day).filter(wanted)


SORTS = {
    "due": (F("due_date").asc(nulls_last=True), "pk"),
    "-due": (F("due_date").desc(nulls_last=True), "-pk"),
    "id": ("pk",),
    "-id": ("-pk",),
    "percent": ("percent", "pk"),
    "-percent": ("-percent", "-pk"),
    "reported": (F("last_report_date").asc(nulls_first=True), "pk"),
    "-reported": (F("last_report_date").desc(nulls_last=True), "-pk"),
}


def sorted_by(found: TaskQuerySet, sort: str) -> TaskQuerySet:
    """In one of the orders of `SORTS`; by deadline when it is none of them."""
    return found.order_by(*SORTS.get(sort, SORTS["due"]))


def shown(page: TaskQuerySet, sort: str, day: date) -> list[Task]:
    """The tasks of a page (a slice in that order) with all that a list shows of them.

    The slice is found first, so that nothing is joined to tasks that the page does not show.
    """
    tasks = Task.objects.filter(pk__in=page.values("pk")).with_status(day)
    return list(sorted_by(tasks.select_related("field", "post", "document__type"), sort))


@dataclass(frozen=True)
class TaskRow:
    """A task as a list shows it on a day."""

    task: Task
    lead: UnitOnDay | None
    assigner: UnitOnDay | None
    holder: str
    state: str
    timing: Timing
    days_late: int
    percent: int
    part_count: int
    waiting: bool
    acts: frozenset[Act] = field(default=frozenset())
    received: tuple[Received, ...] = ()  # from units that ended, the last first

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(TaskState(self.state).label)

    @property
    def look(self) -> str:
        """What tells most about it in one word: draft, late, soon, or its state."""
        if self.task.handed_down_at is None:
            return "draft"
        if self.timing in (Timing.LATE, Timing.SOON, Timing.DONE_LATE):
            return {Timing.LATE: "overdue", Timing.SOON: "due_soon"}.get(self.timing, "done_late")
        return self.state

    @property
    def can_report(self) -> bool:
        """Whether the viewer may report on it now."""
        return Act.PROGRESS in self.acts


def rows(
    tasks: Sequence[Task],
    viewer: Viewer,
    day: date,
    *,
    known: dict[int, UnitOnDay] | None = None,
    with_acts: bool = True,
) -> list[TaskRow]:
    """The tasks (made by `with_status(day)`) with names, holders, progress and possible acts.

    `known`: units whose names were read already. The assigner is named only when it is among them.
    """
    if viewer.changes_ahead:
        stand_on(tasks, day)
    ids = [task.pk for task in tasks]
    units = names_for(tasks, day, known or {})
    holders = holders_on(day, {task.post_id for task in tasks if task.post_id})
    waiting = set(
        Update.objects.filter(task__in=ids, approval=Approval.WAITING).values_list("task_id", flat=True)
    )
    parts: dict[int, list[tuple[str, int]]] = {}
    begun = Task.objects.filter(parent__in=ids).known_on(day)
    for parent, state, percent in begun.values_list("parent_id", "state", "percent"):
        parts.setdefault(parent, []).append((state, percent))
    actor = viewer if with_acts else None
    received = received_tasks(ids, day)
    made = [
        _row(task, units, holders, parts.get(task.pk, []), task.pk in waiting, actor, day) for task in tasks
    ]
    return [replace(row, received=received.get(row.task.pk, ())) for row in made]


def _row(
    task: Task,
    units: dict[int, UnitOnDay],
    holders: dict[int, str],
    parts: list[tuple[str, int]],
    waiting: bool,
    actor: Viewer | None,
    day: date,
) -> TaskRow:
    state: str = getattr(task, "state_on", task.state)
    end: date | None = getattr(task, "end_on", None)
    return TaskRow(
        task=task,
        lead=units.get(task.lead_unit_id or 0),
        assigner=units.get(task.assigner_unit_id),
        holder=holders.get(task.post_id or 0, ""),
        state=state,
        timing=timing(
            state=state,
            due_date=task.due_date,
            end_date=end,
            day=day,
            soon_days=settings.TASK_DUE_SOON_DAYS,
        ),
        days_late=max(0, ((end or day) - task.due_date).days) if task.due_date else 0,
        percent=100 if state == TaskState.DONE else progress_of_whole(parts, task.percent),
        part_count=len(parts),
        waiting=waiting,
        acts=acts(task, actor, waiting=waiting) if actor else frozenset(),
    )


def names_for(tasks: Iterable[Task], day: date, known: dict[int, UnitOnDay]) -> dict[int, UnitOnDay]:
    """The lead units of the tasks as they were called on the day; reads only those not `known`."""
    ids = {task.lead_unit_id for task in tasks}
    missing = {unit for unit in ids if unit and unit not in known}
    return known | units_on(day, missing) if missing else known


def late(
    viewer: Viewer, day: date, unit_ids: Iterable[int] | None = None, *, limit: int = 20
) -> list[TaskRow]:
    """The latest tasks led by the units, most days late first."""
    found = Task.objects.visible_to(viewer).known_on(day).duties().overdue_on(day)
    if unit_ids is not None:
        found = found.filter(Q(lead_on__in=list(unit_ids)))
    wanted = (
        found.with_status(day).select_related("field", "post", "document__type").order_by("due_date", "pk")
    )
    return rows(list(wanted[:limit]), viewer, day)


def in_batches(found: TaskQuerySet, viewer: Viewer, day: date, size: int = 1000) -> Iterator[list[TaskRow]]:
    """The rows of a long list, a batch at a time, for exports."""
    batch: list[Task] = []
    known = units_on(day)
    for task in found.with_status(day).iterator(chunk_size=size):
        batch.append(task)
        if len(batch) == size:
            yield rows(batch, viewer, day, known=known, with_acts=False)
            batch = []
    if batch:
        yield rows(batch, viewer, day, known=known, with_acts=False)
