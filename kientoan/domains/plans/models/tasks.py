"""Tasks with their five clear things, and the units that cooperate in them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, Passage, PolicyField
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Post, Unit
from kientoan.domains.temporal.models import Versioned, known_by, tracked_without_indexes
from kientoan.engines.vietnamese import fold

from .keys import sparse_indexes, sparse_key
from .targets import Target

SPARSE = (
    "parent", "passage", "document", "checker_post", "field", "target", "closed_by", "created_by",
)  # fmt: skip
"""The keys that not every task has."""


class TaskState(models.TextChoices):
    """Overdue is computed, never a state."""

    NEW = "new", _("Mới giao")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    AWAITING = "awaiting_approval", _("Chờ nghiệm thu")
    DONE = "done", _("Hoàn thành")
    SUSPENDED = "suspended", _("Tạm dừng")


OPEN_STATES = [TaskState.NEW, TaskState.IN_PROGRESS, TaskState.AWAITING]


class DeadlineOperator(models.TextChoices):
    BEFORE = "<", _("trước")
    UNTIL = "<=", _("chậm nhất")
    WITHIN = "in", _("trong")
    FROM = "from", _("từ")
    EVERY = "every", _("định kỳ")


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks seen by a viewer, and as they stood on a day.

    A task that was closed, reported as completed or suspended after the day counts as in progress on it.
    """

    def as_on(self, day: date, *, ahead: bool = True) -> Self:
        """Name `lead_on` and `assigner_on`: the units that led and assigned each task on the day.

        `ahead`: whether a decision of a later day is applied (see `standing`); else they are those of now.
        """
        from .standing import unit_on  # it reads the successions, which point at the task

        if not ahead:
            return self.alias(lead_on=F("lead_unit_id"), assigner_on=F("assigner_unit_id"))
        return self.alias(lead_on=unit_on("lead_unit", day), assigner_on=unit_on("assigner_unit", day))

    def visible_to(self, viewer: Viewer) -> Self:
        """Tasks that a unit of the viewer assigned, led or cooperated in on the viewer's day; drafts only as
        assigner. Also what passed to one of them since. They are named `as_on` that day.
        """
        from .standing import came_since, cooperates

        units, ahead = viewer.reach_ids(), viewer.changes_ahead
        found = self.as_on(viewer.day, ahead=ahead)
        if not units:
            return found.none()
        helps = cooperates(units, viewer.day, ahead=ahead)
        handed = Q(handed_down_at__isnull=False) & (Q(lead_on__in=units) | helps)
        seen = Q(assigner_on__in=units) | handed
        if ahead:
            seen |= came_since(viewer.lasting_ids, viewer.day, viewer.today or viewer.day)
        return found.filter(seen)

    def known_on(self, day: date) -> Self:
        """Tasks that had begun on the day."""
        return self.filter(start_date__lte=day)

    def handed_down(self) -> Self:
        """Tasks that somebody has to do, drafts left out."""
        return self.filter(handed_down_at__isnull=False)

    def duties(self) -> Self:
        """Tasks handed down that count: not the mere covers under which many units got one part each."""
        parts = Task.objects.filter(parent=OuterRef("pk"))
        whole = Q(Q(lead_unit=F("assigner_unit")) & Exists(parts))
        if "lead_on" in self.query.annotations:  # few tasks have parts: ask who had only these
            whole = Q(Exists(parts)) & Q(lead_on=F("assigner_on"))
        return self.handed_down().exclude(whole)

    def open_on(self, day: date) -> Self:
        """Tasks that were not finished and not suspended on the day."""
        return self.filter(Q(state__in=OPEN_STATES) | Q(state=TaskState.DONE, done_date__gt=day))

    def overdue_on(self, day: date) -> Self:
        """Open tasks whose end lies after the last good day (see `rules.tasks`)."""
        reported = Q(state=TaskState.AWAITING, last_report_date__lte=F("due_date"))
        return self.open_on(day).filter(due_date__lt=day).exclude(reported)

    def due_soon_on(self, day: date, days: int | None = None) -> Self:
        """Open tasks, not reported as completed, whose last good day is at most `days` ahead."""
        last = day + timedelta(days=settings.TASK_DUE_SOON_DAYS if days is None else days)
        awaiting = Q(state=TaskState.AWAITING, last_report_date__lte=day)
        return self.open_on(day).filter(due_date__gte=day, due_date__lte=last).exclude(awaiting)

    def silent_on(self, day: date, days: int | None = None) -> Self:
        """Open duties on which nobody reported for more than `days` days before the day."""
        limit = day - timedelta(days=settings.TASK_SILENT_DAYS if days is None else days)
        later = Q(last_report_date__gt=day)
        heard = Q(last_report_date__gte=limit, last_report_date__lte=day) | Q(start_date__gte=limit)
        heard_then = Exists(_reports(day).filter(day__gte=limit))
        silent = self.duties().open_on(day).exclude(state=TaskState.AWAITING).exclude(heard)
        return silent.exclude(later & heard_then)

    def containing(self, text: str) -> Self:
        """Tasks whose title has every word of the text, folded or not; '#12': number 12."""
        text = text.strip()
        if text.startswith("#") and text[1:].isdecimal():
            return self.filter(pk=int(text[1:19]))
        words = [Q(folded__contains=word) for word in fold(text).split()]
        return self.filter(pk__in=TaskTitle.objects.filter(*words).values("task")) if words else self

    def with_status(self, day: date) -> Self:
        """Annotate `state_on` (the state then), `end_on` (day of completion) and `reported_on`."""
        last = Case(
            When(last_report_date__lte=day, then=F("last_report_date")),
            When(last_report_date__gt=day, then=Subquery(_reports(day).order_by("-day").values("day")[:1])),
            default=None,
            output_field=models.DateField(),
        )
        suspended_later = Exists(_updates().filter(kind="suspended", day__gt=day))
        state = Case(
            When(done_date__lte=day, then=Value(TaskState.DONE.value)),
            When(state=TaskState.DONE, then=Value(TaskState.IN_PROGRESS.value)),
            When(state=TaskState.AWAITING, last_report_date__gt=day, then=Value(TaskState.IN_PROGRESS.value)),
            When(Q(state=TaskState.SUSPENDED) & suspended_later, then=Value(TaskState.IN_PROGRESS.value)),
            default=F("state"),
            output_field=models.CharField(),
        )
        end = Case(
            When(done_date__lte=day, then=F("done_date")),
            When(state=TaskState.AWAITING, last_report_date__lte=day, then=F("last_report_date")),
            default=None,
            output_field=models.DateField(),
        )
        return self.annotate(reported_on=last, state_on=state, end_on=end)


@tracked_without_indexes  # written by the ten thousand, its past read row by row
class Task(Versioned):
    """A task with its five clear things: person, work, output, deadline, checker.

    Its origin is explicit: the passage of a document, a document, or a note in words (an oral conclusion).
    A part of a task has a `parent`. `handed_down_at` None: prepared, seen by the assigner's side only.
    `due_date` is the last day on which it is on time; None means "chưa rõ thời hạn".
    """

    title = models.TextField(_("nội dung nhiệm vụ"))
    output = models.TextField(_("sản phẩm"), blank=True)
    parent = sparse_key("self", related_name="children", blank=True)
    passage = sparse_key(Passage, related_name="tasks", blank=True)
    document = sparse_key(Document, related_name="tasks", blank=True)
    origin_note = models.TextField(_("căn cứ khác"), blank=True)
    assigner_unit = models.ForeignKey(  # it and the lead: found by the indexes of their lists
        Unit, models.PROTECT, db_index=False, related_name="+", verbose_name=_("đơn vị giao")
    )
    lead_unit = sparse_key(Unit, _("đơn vị chủ trì"), blank=True)
    lead_text = models.CharField(max_length=500, blank=True)  # as written, while no unit is sure
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người chịu trách nhiệm"),
    )
    checker_post = sparse_key(Post, _("người kiểm tra"), blank=True)
    cooperating_units = models.ManyToManyField(Unit, through="Cooperation", related_name="+")
    field = sparse_key(PolicyField, blank=True)
    target = sparse_key(Target, on_delete=models.SET_NULL, related_name="tasks", blank=True)
    due_date = models.DateField(_("thời hạn"), null=True, blank=True)
    deadline_operator = models.CharField(max_length=6, choices=DeadlineOperator, blank=True)
    deadline_text = models.CharField(_("thời hạn theo văn bản"), max_length=500, blank=True)
    recurrence = models.CharField(max_length=40, blank=True)  # 'monthly:23', 'yearly', …
    state = models.CharField(max_length=18, choices=TaskState, default=TaskState.NEW)
    percent = models.PositiveSmallIntegerField(default=0)
    start_date = models.DateField()
    handed_down_at = models.DateTimeField(null=True)
    done_date = models.DateField(null=True)
    closed_by = sparse_key(User)
    last_report_date = models.DateField(null=True)
    created_by = sparse_key(User)
    created_at = models.DateTimeField()

    stands_on: date | None = None
    """The day whose unit and posts are in this object (see `standing.stand_on`), not those that are kept."""
    changed_later: Mapping[str, Any] | None = None
    """What later decisions change of it: field → value before, when that was read."""
    cooperating_then: tuple[int, ...] | None = None
    """The units that cooperated on that day, when a later decision changes them."""

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent"),
            models.CheckConstraint(
                condition=(
                    Q(passage__isnull=False)
                    | Q(document__isnull=False)
                    | Q(parent__isnull=False)
                    | ~Q(origin_note="")
                ),
                name="task_origin",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_date__isnull=False)
                | (~Q(state="done") & Q(done_date__isnull=True)),
                name="task_done_date",
            ),
            models.CheckConstraint(
                condition=Q(handed_down_at__isnull=True) | Q(lead_unit__isnull=False),
                name="task_handed_to_somebody",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="task_not_own_parent"),
        ]
        indexes = [
            models.Index(fields=["lead_unit", "state", "due_date"]),
            models.Index(fields=["assigner_unit", "state", "due_date"]),
            models.Index(fields=["due_date", "id"]),
            *sparse_indexes("task", SPARSE),
        ]

    def __str__(self) -> str:
        return self.title[:80]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; not when it says who had it on an earlier day."""
        if self.stands_on is not None:
            raise ValueError(f"task {self.pk} stands as on {self.stands_on}: read it again to change it")
        super().save(*args, **kwargs)


KNOWN_TITLES = "SELECT id AS task_id, kt_fold(title) AS folded FROM {schema}.plans_task"


@known_by(KNOWN_TITLES)
class TaskTitle(models.Model):
    """The folded title of a task, to search in. Triggers on the tasks keep it; nobody writes it by hand.

    It stands beside the task, because its index is the dearest to write and titles seldom change.
    """

    task = models.OneToOneField(
        Task, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )
    folded = models.TextField()

    class Meta:
        indexes = [GinIndex(OpClass(F("folded"), "gin_trgm_ops"), name="task_title_folded")]

    def __str__(self) -> str:
        return self.folded[:80]


class Cooperation(models.Model):
    """A unit cooperates in a task."""

    task = models.ForeignKey(  # found by the index of the constraint
        Task, models.CASCADE, db_index=False, related_name="cooperations"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="cooperation_once")]

    def __str__(self) -> str:
        return f"{self.task_id} + {self.unit_id}"


def _updates() -> models.QuerySet[models.Model]:
    """The log of the outer task."""
    from .updates import Update  # the log points at the task: read here, defined there

    return Update.objects.filter(task=OuterRef("pk"))


def _reports(day: date) -> models.QuerySet[models.Model]:
    """The reports on the outer task until the day."""
    return _updates().filter(kind__in=["no_change", "progress", "completion"], day__lte=day)
