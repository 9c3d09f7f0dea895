"""Who takes over from a unit that ends: the choices made on the draft of a decision."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import PolicyField
from kientoan.domains.organisation.models import Decision, Installation, ResultingUnit, Unit
from kientoan.domains.plans.models import Rule
from kientoan.domains.temporal.models import tracked

__all__ = ["Choice", "FieldHeir", "Handover", "Measure", "Rule"]


class Measure(models.TextChoices):
    """By which shares something is divided."""

    POPULATION = "population", _("theo dân số")
    AREA = "area", _("theo diện tích")
    HEADCOUNT = "headcount", _("theo biên chế")
    BY_HAND = "by_hand", _("theo tỷ lệ tự ấn định")


@tracked
class Choice(models.Model):
    """What a person decided for one unit of a draft, instead of what the program proposes.

    The heir is a unit that comes of the decision (`result`) or one that is there already (`heir`), such as
    the unit above. By field it takes what is in no field named; nobody: the rest waits.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    rule = models.CharField(_("cách chuyển"), max_length=8, choices=Rule)
    result = models.ForeignKey(ResultingUnit, models.CASCADE, null=True, related_name="+")
    heir = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    measure = models.CharField(_("chia theo"), max_length=10, choices=Measure, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "unit"], name="choice_once"),
            models.CheckConstraint(
                condition=Q(rule=Rule.ONE) & (Q(result=None) ^ Q(heir=None))
                | Q(rule=Rule.BY_FIELD) & (Q(result=None) | Q(heir=None))
                | Q(rule__in=[Rule.DIVIDE, Rule.WAIT], result=None, heir=None),
                name="choice_of_one_heir",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.rule}"


@tracked
class FieldHeir(models.Model):
    """Within a choice by field: who takes the tasks of a policy field."""

    choice = models.ForeignKey(Choice, models.CASCADE, related_name="fields")
    field = models.ForeignKey(PolicyField, models.PROTECT, related_name="+")
    result = models.ForeignKey(ResultingUnit, models.CASCADE, null=True, related_name="+")
    heir = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["choice", "field"], name="field_heir_once"),
            models.CheckConstraint(condition=Q(result=None) ^ Q(heir=None), name="field_heir_one"),
        ]

    def __str__(self) -> str:
        return f"{self.choice_id}: {self.field_id}"


@tracked
class Handover(models.Model):
    """What an applied decision did beyond the units themselves, as its undoing needs it."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="handover")
    passed_at = models.DateTimeField(null=True)
    installation = models.ForeignKey(Installation, models.CASCADE, null=True, related_name="+")
    root_before = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.decision_id}"
