"""Indicators and the figures reported for them. Terms: IATI (Indicator), SDMX (Observation, OBS_STATUS)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import PolicyField, StoredFile
from kientoan.domains.language.lookups import SortKey
from kientoan.domains.organisation.models import Unit
from kientoan.domains.temporal.models import InForce, Versioned, tracked
from kientoan.engines.periods import Period


class Aggregation(models.TextChoices):
    """How figures of units below make the figure of a unit above; NONE: only as reported."""

    NONE = "none", _("Không cộng, chỉ lấy số báo cáo")
    SUM = "sum", _("Cộng")
    MEAN = "mean", _("Bình quân")


class Frequency(models.TextChoices):
    YEAR = "year", _("Năm")
    HALF = "half", _("Sáu tháng")
    QUARTER = "quarter", _("Quý")
    MONTH = "month", _("Tháng")


class Vintage(models.TextChoices):
    """How settled a figure is; a later vintage supersedes an earlier one, none is overwritten."""

    ESTIMATE = "estimate", _("Ước")
    PRELIMINARY = "preliminary", _("Sơ bộ")
    FINAL = "final", _("Chính thức")


VINTAGE_ORDER = [Vintage.ESTIMATE, Vintage.PRELIMINARY, Vintage.FINAL]


@tracked
class Indicator(Versioned):
    """What is measured. `ascending`: True when more is better.

    `accumulates`: figures of parts of a year add up to the year (revenue); False for a level (a rate).
    """

    code = models.SlugField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("tên chỉ tiêu"), max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    unit_of_measure = models.CharField(_("đơn vị tính"), max_length=60)
    decimals = models.PositiveSmallIntegerField(_("số chữ số thập phân"), default=2)
    ascending = models.BooleanField(_("càng cao càng tốt"), default=True)
    aggregation = models.CharField(
        _("cách tính cho cấp trên"), max_length=8, choices=Aggregation, default=Aggregation.NONE
    )
    accumulates = models.BooleanField(_("cộng dồn các kỳ trong năm"), default=False)
    field = models.ForeignKey(
        PolicyField, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lĩnh vực")
    )
    definition = models.TextField(_("khái niệm, cách tính"), blank=True)

    class Meta:
        indexes = [models.Index(SortKey("name"), name="indicator_order")]

    def __str__(self) -> str:
        return self.name


class SubmissionState(models.TextChoices):
    DRAFT = "draft", _("Đang nhập")
    SUBMITTED = "submitted", _("Chờ thủ trưởng duyệt")
    APPROVED = "approved", _("Đã duyệt")
    RETURNED = "returned", _("Trả lại")


@tracked
class Submission(InForce, Versioned):
    """The figures one unit reports for one period; `in_force` is the period, half-open.

    `unit` is who reports; its figures may be about other units (a department reports those of its city).
    A correction (`corrects`, with its reason) is a submission of its own: the figures it replaces keep
    counting until it is approved, and stay in the record after that. `begun_for`: the unit that began it and
    ended before it was approved; its successor `unit` goes on with it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    begun_for = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    frequency = models.CharField(max_length=8, choices=Frequency)
    vintage = models.CharField(_("loại số liệu"), max_length=12, choices=Vintage)
    state = models.CharField(max_length=10, choices=SubmissionState, default=SubmissionState.DRAFT)
    note = models.TextField(_("ghi chú"), blank=True)
    source = models.CharField(_("nguồn số liệu"), max_length=300, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reason = models.TextField(_("lý do đính chính"), blank=True)
    files = models.ManyToManyField(StoredFile, related_name="+", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "begun_for", "in_force", "vintage"],
                condition=~Q(state="approved"),
                nulls_distinct=False,
                name="submission_open_once",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""), name="submission_correction_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "unit"])]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.in_force} {self.vintage}"

    @property
    def period(self) -> Period:
        """The period reported for."""
        return Period(self.in_force.lower, self.in_force.upper, self.frequency)


@tracked
class Observation(Versioned):
    """One figure: indicator × unit × period × vintage. A missing figure has no row.

    It counts from `reported_at`, once `approved` (with its submission), until `superseded_at`, when an
    approved correction replaced it: so one can always ask what was known on a day.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="observations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    period_start = models.DateField()
    period_end = models.DateField()  # half-open: the first day after the period
    frequency = models.CharField(max_length=8, choices=Frequency)
    vintage = models.CharField(max_length=12, choices=Vintage)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    note = models.CharField(max_length=500, blank=True)
    reported_at = models.DateTimeField()
    approved = models.BooleanField(default=False)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period_start", "period_end", "vintage"],
                condition=Q(approved=True, superseded_at__isnull=True),
                name="observation_counts_once",
            ),
            models.UniqueConstraint(
                fields=["submission", "indicator", "unit"], name="observation_in_submission_once"
            ),
            models.CheckConstraint(
                condition=Q(period_end__gt=models.F("period_start")), name="observation_period"
            ),
        ]
        indexes = [models.Index(fields=["unit", "indicator", "period_end"])]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.value}"

    @property
    def period(self) -> Period:
        """The period it is about."""
        return Period(self.period_start, self.period_end, self.frequency)
