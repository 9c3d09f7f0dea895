"""What passed from a unit that ended to its successor, and what waits for somebody to decide."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import Decision, Post, RoleGrant, Unit
from kientoan.domains.results.models import Submission
from kientoan.domains.temporal.models import tracked_without_indexes

from .keys import sparse_indexes, sparse_key
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


class SuccessionQuerySet(models.QuerySet["Succession"]):
    """Successions: those that are done, and those that wait."""

    def waiting(self) -> "SuccessionQuerySet":
        """Without a successor so far."""
        return self.filter(to_unit=None)


@tracked_without_indexes  # written by the hundred thousand, its past read row by row
class Succession(models.Model):
    """One part of one record passed from a unit to its successor on the day of a decision.

    A task that passed at once has none for its lead, assigner and checker: its log says it all (`Update` with
    the decision). `to_unit` None: nobody decided yet who takes it; it stays with the ended unit, and those
    over it see it in their list. `before`: what else changed with it (name → [before, after]), for the
    undoing. `at`, `by`: when and by whom it was passed on, or settled.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    task = sparse_key(Task, related_name="successions", on_delete=models.CASCADE)
    target = sparse_key(Target, related_name="successions", on_delete=models.CASCADE)
    target_set = sparse_key(TargetSet, related_name="successions", on_delete=models.CASCADE)
    programme_duty = sparse_key(ProgrammeDuty, related_name="successions", on_delete=models.CASCADE)
    submission = sparse_key(Submission, on_delete=models.CASCADE)
    role_grant = sparse_key(RoleGrant, on_delete=models.CASCADE)
    part = models.CharField(max_length=11, choices=Part)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    from_post = sparse_key(Post)  # of a target; those of a task are in its log
    to_post = sparse_key(Post)
    day = models.DateField()
    rule = models.CharField(max_length=8, choices=Rule)
    update = sparse_key(Update)
    before = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="succession_of_one_record"),
        ]
        indexes = [
            *sparse_indexes("succession", (*SUBJECTS, "from_post", "to_post", "update")),
            models.Index(fields=["from_unit"], condition=Q(to_unit=None), name="succession_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.from_unit_id} → {self.to_unit_id}"
