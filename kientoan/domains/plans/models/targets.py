"""Target sets, targets, and the steps on the way to them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, Passage
from kientoan.domains.organisation.models import Post, Unit
from kientoan.domains.results.models import Frequency, Indicator, Vintage
from kientoan.domains.temporal.models import Versioned, tracked


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


@tracked
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
