"""Counting tasks on a day: by status, by unit and field, and what waits for a viewer. One statement each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.fields import CharField

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Role

from ..models import Approval, Task, TaskState, Update
from ..models.tasks import TaskQuerySet

OPEN_BUCKETS = ("awaiting", "overdue", "due_soon", "on_track", "no_deadline")
DONE_BUCKETS = ("done", "done_late")


@dataclass(frozen=True)
class Summary:
    """How many duties there are on a day. The parts add up to the total."""

    total: int = 0
    done: int = 0  # in time, or without a deadline
    done_late: int = 0
    awaiting: int = 0  # completion reported in time, the assigner checks
    overdue: int = 0
    due_soon: int = 0
    on_track: int = 0
    no_deadline: int = 0
    suspended: int = 0

    @property
    def open(self) -> int:
        """Neither finished nor suspended."""
        return self.awaiting + self.overdue + self.due_soon + self.on_track + self.no_deadline


def bucket_on(day: date) -> Case:
    """The name of the field of `Summary` in which a duty counts on the day."""
    soon = day + timedelta(days=settings.TASK_DUE_SOON_DAYS)
    reported = Q(state=TaskState.AWAITING, last_report_date__lte=day)
    in_time = Q(due_date__isnull=True) | Q(last_report_date__lte=F("due_date"))
    suspended = Q(state=TaskState.SUSPENDED)
    return Case(
        When(Q(done_date__lte=day) & Q(done_date__gt=F("due_date")), then=Value("done_late")),
        When(done_date__lte=day, then=Value("done")),
        When(suspended, then=Value("suspended")),
        When(reported & in_time, then=Value("awaiting")),
        When(due_date=None, then=Value("no_deadline")),
        When(due_date__lt=day, then=Value("overdue")),
        When(due_date__lte=soon, then=Value("due_soon")),
        default=Value("on_track"),
        output_field=CharField(),
    )


def _duties(viewer: Viewer, day: date, unit_ids: Iterable[int] | None) -> TaskQuerySet:
    found = Task.objects.visible_to(viewer).known_on(day).duties()
    return found if unit_ids is None else found.filter(Q(lead_on__in=list(unit_ids)))


def summary(viewer: Viewer, day: date, unit_ids: Iterable[int] | None = None) -> Summary:
    """The duties led by the units (all the viewer sees when none are named) by status on the day."""
    found = _duties(viewer, day, unit_ids).annotate(bucket=bucket_on(day)).order_by()
    counts = dict(found.values_list("bucket").annotate(count=Count("pk")))
    return Summary(total=sum(counts.values()), **counts)


@dataclass(frozen=True)
class Cell:
    """The duties of a unit in a field (None: no field named). Suspended ones: neither open nor done."""

    unit_id: int
    field_id: int | None
    total: int
    open: int
    done: int
    overdue: int


def heat_map(viewer: Viewer, day: date, unit_ids: Iterable[int] | None = None) -> list[Cell]:
    """Unit × field with the number of duties, open, finished and overdue ones."""
    found = _duties(viewer, day, unit_ids).annotate(bucket=bucket_on(day), lead=F("lead_on")).order_by()
    cells = found.values("lead", "field_id").annotate(
        total=Count("pk"),
        open=Count("pk", filter=Q(bucket__in=OPEN_BUCKETS)),
        done=Count("pk", filter=Q(bucket__in=DONE_BUCKETS)),
        overdue=Count("pk", filter=Q(bucket="overdue")),
    )
    return [
        Cell(
            unit_id=cell["lead"],
            field_id=cell["field_id"],
            total=cell["total"],
            open=cell["open"],
            done=cell["done"],
            overdue=cell["overdue"],
        )
        for cell in cells
    ]


def late_counts(viewer: Viewer, day: date, unit_ids: Iterable[int] | None = None) -> dict[int, int]:
    """Unit → how many of its duties are overdue on the day."""
    found = _duties(viewer, day, unit_ids).overdue_on(day).annotate(lead=F("lead_on")).order_by()
    return dict(found.values_list("lead").annotate(count=Count("pk")))


def silent_count(viewer: Viewer, day: date, unit_ids: Iterable[int] | None = None) -> int:
    """How many duties led by the units nobody reported on for long."""
    return _duties(viewer, day, unit_ids).silent_on(day).count()


@dataclass(frozen=True)
class Waiting:
    """What waits for a viewer: numbers for the home page."""

    to_report: int = 0
    overdue: int = 0  # of these to report
    due_soon: int = 0
    to_approve: int = 0
    to_close: int = 0
    to_hand_down: int = 0

    def __bool__(self) -> bool:
        return any((self.to_report, self.to_approve, self.to_close, self.to_hand_down))


def waiting_for(viewer: Viewer, day: date) -> Waiting:
    """What the viewer has to report, approve, close and hand down on the day (the counts of `mine`)."""
    nobody = frozenset([0])  # an empty list in one of the counts would make Django leave all of them out
    report = viewer.granted_ids(Role.REPORTER, Role.HEAD) or nobody
    head = viewer.granted_ids(Role.HEAD) or nobody
    closing = viewer.unit_ids(Role.MONITOR, Role.LEADER) | head
    drafting = viewer.granted_ids(Role.MONITOR, Role.LEADER, Role.HEAD) or nobody
    lead = Q(lead_on__in=report, handed_down_at__isnull=False) & Q(
        state__in=[TaskState.NEW, TaskState.IN_PROGRESS]
    )
    waiting = Exists(Update.objects.filter(task=OuterRef("pk"), approval=Approval.WAITING))
    soon = day + timedelta(days=settings.TASK_DUE_SOON_DAYS)
    counts = (
        Task.objects.visible_to(viewer)
        .known_on(day)
        .exclude(state=TaskState.DONE)
        .annotate(waits=waiting)
        .aggregate(
            to_report=Count("pk", filter=lead),
            overdue=Count("pk", filter=lead & Q(due_date__lt=day)),
            due_soon=Count("pk", filter=lead & Q(due_date__gte=day, due_date__lte=soon)),
            to_approve=Count("pk", filter=Q(waits=True, lead_on__in=head)),
            to_close=Count("pk", filter=Q(assigner_on__in=closing, state=TaskState.AWAITING)),
            to_hand_down=Count("pk", filter=Q(assigner_on__in=drafting, handed_down_at__isnull=True)),
        )
    )
    return Waiting(**counts)
