"""Decisions that change the organisation: their events, which units were and became, and in which parts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.domains.temporal.models import tracked

from ..rules import changes
from .units import Decision, Hierarchy, Level, Unit, UnitKind


class ChangeKind(models.TextChoices):
    ESTABLISH = changes.ESTABLISH, _("Thành lập")
    DISSOLVE = changes.DISSOLVE, _("Giải thể")
    MERGE_NEW = changes.MERGE_NEW, _("Hợp nhất thành đơn vị mới")
    MERGE_INTO = changes.MERGE_INTO, _("Nhập vào đơn vị đang có")
    SPLIT = changes.SPLIT, _("Chia, tách")
    TRANSFER = changes.TRANSFER, _("Điều chỉnh một phần")
    RENAME = changes.RENAME, _("Đổi tên")
    RECODE = changes.RECODE, _("Đổi mã")
    REPARENT = changes.REPARENT, _("Chuyển cấp trên")
    CHANGE_KIND = changes.CHANGE_KIND, _("Đổi loại, cấp")
    SPLIT_MERGE = changes.SPLIT_MERGE, _("Sắp xếp nhiều đơn vị, có chia tách")


@tracked
class ChangeEvent(models.Model):
    """One change within a decision; all of a decision take effect on its day."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="changes")
    place = models.PositiveIntegerField()  # 1, 2, 3 …: the row of the list it came from
    kind = models.CharField(_("loại thay đổi"), max_length=12, choices=ChangeKind)
    note = models.TextField(_("ghi chú"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "place"], name="event_place_once")]

    def __str__(self) -> str:
        return f"{self.decision_id}.{self.place}: {self.kind}"


@tracked
class OriginalUnit(models.Model):
    """A unit that was: it ends with the event, or gives a part and goes on.

    `unit` is None only in an undone decision, when undoing an earlier one took the unit away. `heir`: once it
    is applied, the one unit that carries on the whole record of a unit that ended (see `heirs`).
    """

    event = models.ForeignKey(ChangeEvent, models.CASCADE, related_name="original_units")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    vanished_name = models.CharField(max_length=255, blank=True)  # of a unit that undoing took away
    ends = models.BooleanField()
    heir = models.ForeignKey(Unit, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "unit"], name="original_unit_once")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.unit_id} →"


@tracked
class ResultingUnit(models.Model):
    """A unit that comes of the event (`key` names it within the decision), or one that goes on with it.

    What is blank stays as it was. A new unit has no `unit` until the decision is applied.
    """

    event = models.ForeignKey(ChangeEvent, models.CASCADE, related_name="resulting_units")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    vanished_name = models.CharField(max_length=255, blank=True)
    is_new = models.BooleanField()
    key = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=255, blank=True)
    short_name = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=20, choices=UnitKind, blank=True)
    level = models.CharField(max_length=10, choices=Level, blank=True)
    code = models.CharField(max_length=40, blank=True)  # of the public list of units

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_new=True) | models.Q(unit__isnull=False) | ~models.Q(vanished_name=""),
                name="resulting_unit_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: → {self.name or self.unit_id}"


@tracked
class ResultingPlace(models.Model):
    """Where a resulting unit is to stand in a hierarchy: under a unit, under a new one, or as a root."""

    result = models.ForeignKey(ResultingUnit, models.CASCADE, related_name="places")
    hierarchy = models.CharField(max_length=12, choices=Hierarchy)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    parent_result = models.ForeignKey(ResultingUnit, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["result", "hierarchy"], name="resulting_place_once"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | models.Q(parent_result__isnull=True),
                name="resulting_place_one_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result_id} < {self.parent_id or self.parent_result_id}"


class Extent(models.TextChoices):
    FULL = "full", _("Toàn bộ")
    PARTIAL = "partial", _("Một phần")


@tracked
class Passing(models.Model):
    """How much of an original unit went to a resulting one: all or a part; shares in 0 … 1 where known."""

    original = models.ForeignKey(OriginalUnit, models.CASCADE, related_name="passings")
    result = models.ForeignKey(ResultingUnit, models.CASCADE, related_name="passings")
    extent = models.CharField(max_length=7, choices=Extent)
    population = models.DecimalField(_("phần dân số"), max_digits=7, decimal_places=6, null=True, blank=True)
    area = models.DecimalField(_("phần diện tích"), max_digits=7, decimal_places=6, null=True, blank=True)
    headcount = models.DecimalField(_("phần biên chế"), max_digits=7, decimal_places=6, null=True, blank=True)
    by_hand = models.DecimalField(_("phần tự ấn định"), max_digits=7, decimal_places=6, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["original", "result"], name="passing_once"),
            *(
                models.CheckConstraint(
                    condition=models.Q((f"{measure}__isnull", True))
                    | models.Q((f"{measure}__gt", 0), (f"{measure}__lte", 1)),
                    name=f"passing_{measure}_share",
                )
                for measure in changes.MEASURES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_id} → {self.result_id}"
