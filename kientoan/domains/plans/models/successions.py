"""What passed from a unit that ended to its successor, and what waits for somebody to decide."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import Decision, Post, RoleGrant, Unit
from kientoan.domains.results.models import Submission
from kientoan.domains.temporal.models import tracked_without

from .programmes import ProgrammeDuty
from .targets import Target, TargetSet
from .tasks import Task
from .updates import Update


class Rule(models.TextChoices):
    """What becomes of the open duties of a unit that ends, or gives a part."""

    ONE = "one", _("Chuyển hết cho một đơn vị")
    DIVIDE = "divide", _("Chia cho các đơn vị kế tục")
    BY_FIELD = "by_field", _("Chuyển theo lĩnh vực")
    WAIT = "wait", _("Để chờ quyết định")


class Part(models.TextChoices):
    """What the unit was to the record that passed on."""

    LEAD = "lead", _("chủ trì")
    ASSIGNER = "assigner", _("giao việc")
    COOPERATING = "cooperating", _("phối hợp")
    CHECKER = "checker", _("kiểm tra")
    UNIT = "unit", _("thực hiện")
    MONITOR = "monitor", _("theo dõi")
    ROLE = "role", _("vai trò")


SUBJECTS = ("task", "target", "target_set", "programme_duty", "submission", "role_grant")
"""The fields of which a succession has exactly one: the record that passed on."""


def _exactly_one() -> Q:
    every = Q()
    for chosen in SUBJECTS:
        every |= Q(**{f"{name}__isnull": name != chosen for name in SUBJECTS})
    return every


def _of(model: type[models.Model], *, on_delete: Any = models.CASCADE, related_name: str = "+") -> Any:
    """A key that few rows have: its index holds only those (see `Succession.Meta`)."""
    return models.ForeignKey(model, on_delete, null=True, db_index=False, related_name=related_name)


class SuccessionQuerySet(models.QuerySet["Succession"]):
    """Successions: those that are done, and those that wait."""

    def waiting(self) -> "SuccessionQuerySet":
        """Without a successor so far."""
        return self.filter(to_unit=None)


@tracked_without(keys_indexed=False)  # written by the hundred thousand, its past read row by row
class Succession(models.Model):
    """One part of one record passed from a unit to its successor on the day of a decision.

    `to_unit` None: nobody decided yet who takes it; it stays with the ended unit, and those over it see it in
    their list. `before`: what else changed with it (name → [before, after]), for the undoing. `at`, `by`:
    when and by whom it was passed on, or settled.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    task = _of(Task, related_name="successions")
    target = _of(Target, related_name="successions")
    target_set = _of(TargetSet, related_name="successions")
    programme_duty = _of(ProgrammeDuty, related_name="successions")
    submission = _of(Submission)
    role_grant = _of(RoleGrant)
    part = models.CharField(max_length=11, choices=Part)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    from_post = _of(Post, on_delete=models.PROTECT)  # of a target; those of a task are in its log
    to_post = _of(Post, on_delete=models.PROTECT)
    day = models.DateField()
    rule = models.CharField(max_length=8, choices=Rule)
    update = _of(Update, on_delete=models.PROTECT)
    before = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="succession_of_one_record"),
        ]
        indexes = [
            *(
                models.Index(
                    fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"succession_{name}"[:30]
                )
                for name in (*SUBJECTS, "from_post", "to_post", "update")
            ),
            models.Index(fields=["from_unit"], condition=Q(to_unit=None), name="succession_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.from_unit_id} → {self.to_unit_id}"
