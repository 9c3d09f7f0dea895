"""Programmes, themes, targets, tasks: what must be achieved, by whom, until when, where it is written."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, Passage, PolicyField, StoredFile
from kientoan.domains.language.lookups import Fold
from kientoan.domains.organisation.models import Post, Unit
from kientoan.domains.results.models import Frequency, Indicator, Vintage
from kientoan.domains.temporal.models import Versioned, tracked


@tracked
class AnnualTheme(Versioned):
    """The theme of a year (chủ đề năm) of a unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    text = models.TextField(_("chủ đề"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="annual_theme_once")]

    def __str__(self) -> str:
        return self.text


@tracked
class ProgrammeDuty(Versioned):
    """A unit has to issue its programme or plan for a document; `programme` is the one that does it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="programme_duties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due_date = models.DateField(_("hạn ban hành"), null=True, blank=True)
    programme = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "unit"], name="programme_duty_once")]

    def __str__(self) -> str:
        return f"{self.document_id} × {self.unit_id}"


@tracked
class TargetSet(Versioned):
    """A set of targets decided together, e.g. the 13 of the People's Council for 2018."""

    name = models.CharField(_("tên bộ chỉ tiêu"), max_length=300)
    year = models.PositiveSmallIntegerField(_("năm"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị giao"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year", "unit"], name="target_set_once")]

    def __str__(self) -> str:
        return self.name


class Operator(models.TextChoices):
    """What the document says of the value; `low` holds the number of >=, >, =, ~; `high` that of <=, <."""

    AT_LEAST = ">=", _("từ … trở lên")
    MORE = ">", _("trên")
    AT_MOST = "<=", _("không quá")
    LESS = "<", _("dưới")
    EQUAL = "=", _("đạt")
    ABOUT = "~", _("khoảng")
    RANGE = "range", _("từ … đến …")


@tracked
class Target(Versioned):
    """A target: indicator × unit × period with operator and bounds, and the sentence that demands it."""

    target_set = models.ForeignKey(TargetSet, models.PROTECT, related_name="targets")
    position = models.PositiveSmallIntegerField(default=0)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị thực hiện"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    monitor_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()  # half-open
    frequency = models.CharField(max_length=8, choices=Frequency, default=Frequency.YEAR)
    operator = models.CharField(max_length=6, choices=Operator)
    low = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    baseline = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline_vintage = models.CharField(max_length=12, choices=Vintage, blank=True)
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, blank=True, related_name="targets")
    note = models.TextField(blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target_set", "indicator", "unit", "period_start", "period_end"], name="target_once"
            ),
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="target_period"),
            models.CheckConstraint(
                condition=(
                    Q(operator__in=[">=", ">", "=", "~"], low__isnull=False, high__isnull=True)
                    | Q(operator__in=["<=", "<"], low__isnull=True, high__isnull=False)
                    | Q(operator="range", low__isnull=False, high__isnull=False, high__gte=F("low"))
                ),
                name="target_bounds",
            ),
        ]
        indexes = [models.Index(fields=["unit", "period_end"])]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.operator}"


class PathPoint(models.Model):
    """A step on the way to a target (e.g. per quarter): cumulative bounds at the end of the period."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="path")
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        ordering = ["period_end"]
        constraints = [models.UniqueConstraint(fields=["target", "period_end"], name="path_point_once")]

    def __str__(self) -> str:
        return f"{self.period_end}: {self.value}"


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


class UpdateKind(models.TextChoices):
    HANDED_DOWN = "handed_down", _("Giao nhiệm vụ")
    NO_CHANGE = "no_change", _("Không thay đổi")
    PROGRESS = "progress", _("Báo cáo tiến độ")
    COMPLETION = "completion", _("Báo cáo hoàn thành")
    APPROVED = "approved", _("Thủ trưởng duyệt")
    RETURNED = "returned", _("Trả lại")
    CLOSED = "closed", _("Nghiệm thu, kết thúc")
    REOPENED = "reopened", _("Mở lại")
    SUSPENDED = "suspended", _("Tạm dừng")
    RESUMED = "resumed", _("Tiếp tục")
    CHANGED = "changed", _("Điều chỉnh")
    URGED = "urged", _("Đôn đốc")


class Approval(models.TextChoices):
    NOT_NEEDED = "not_needed", _("Không cần duyệt")
    WAITING = "waiting", _("Chờ thủ trưởng duyệt")
    APPROVED = "approved", _("Đã duyệt")
    RETURNED = "returned", _("Trả lại")


class Update(models.Model):
    """One line of a task's progress log; never changed but for its approval."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="updates")
    kind = models.CharField(max_length=12, choices=UpdateKind)
    day = models.DateField()
    percent = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    approval = models.CharField(max_length=10, choices=Approval, default=Approval.NOT_NEEDED)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["task", "-at"]), models.Index(fields=["approval", "unit"])]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind}"


class Evidence(models.Model):
    """A file that proves what an update says."""

    update = models.ForeignKey(Update, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    description = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.description or str(self.file)


class SavedFilter(models.Model):
    """A filter of a list that a person keeps under a name; `query` is the query string."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)
    name = models.CharField(_("tên bộ lọc"), max_length=100)
    query = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name
