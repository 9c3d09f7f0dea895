"""What a person answers to the data recorded about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.temporal.models import tracked

from .posts import Membership, Person


@tracked
class Statement(models.Model):
    """A person says that something recorded about them is wrong or missing; an officer answers.

    `membership`: the time in a post it is about, if it is about one. Deeds and data only.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="statements")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("nội dung phản hồi"))
    at = models.DateTimeField()
    answer = models.TextField(_("trả lời"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="statement_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
