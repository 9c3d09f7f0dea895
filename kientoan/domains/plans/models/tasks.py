"""Tasks with their five clear things, and the units that cooperate in them."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, Passage, PolicyField
from kientoan.domains.language.lookups import Fold
from kientoan.domains.organisation.models import Post, Unit
from kientoan.domains.temporal.models import Versioned, tracked

from .targets import Target


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


@tracked
class Task(Versioned):
    """A task with its five clear things: person, work, output, deadline, checker.

    Its origin is explicit: the passage of a document, a document, or a note in words (an oral conclusion).
    A part of a task has a `parent`. `handed_down_at` None: prepared, seen by the assigner's side only.
    `due_date` is the last day on which it is on time; None means "chưa rõ thời hạn".
    """

    title = models.TextField(_("nội dung nhiệm vụ"))
    output = models.TextField(_("sản phẩm"), blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, blank=True, related_name="tasks")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="tasks")
    origin_note = models.TextField(_("căn cứ khác"), blank=True)
    assigner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị giao"))
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị chủ trì")
    )
    lead_text = models.CharField(max_length=500, blank=True)  # as written, while no unit is sure
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người chịu trách nhiệm"),
    )
    checker_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người kiểm tra")
    )
    cooperating_units = models.ManyToManyField(Unit, through="Cooperation", related_name="+")
    field = models.ForeignKey(PolicyField, models.PROTECT, null=True, blank=True, related_name="+")
    target = models.ForeignKey(Target, models.SET_NULL, null=True, blank=True, related_name="tasks")
    due_date = models.DateField(_("thời hạn"), null=True, blank=True)
    deadline_operator = models.CharField(max_length=6, choices=DeadlineOperator, blank=True)
    deadline_text = models.CharField(_("thời hạn theo văn bản"), max_length=500, blank=True)
    recurrence = models.CharField(max_length=40, blank=True)  # 'monthly:23', 'yearly', …
    state = models.CharField(max_length=18, choices=TaskState, default=TaskState.NEW)
    percent = models.PositiveSmallIntegerField(default=0)
    start_date = models.DateField()
    handed_down_at = models.DateTimeField(null=True)
    done_date = models.DateField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    last_report_date = models.DateField(null=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

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
            models.Index(fields=["document"]),
            GinIndex(OpClass(Fold("title"), "gin_trgm_ops"), name="task_title_fold"),
        ]

    def __str__(self) -> str:
        return self.title[:80]


class Cooperation(models.Model):
    """A unit cooperates in a task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="cooperations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="cooperation_once")]

    def __str__(self) -> str:
        return f"{self.task_id} + {self.unit_id}"
