"""Headcount: how many people a unit was given (biên chế giao) and how many are there (có mặt)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.domains.documents.models import Document
from kientoan.domains.temporal.models import InForceQuerySet, never_twice, tracked

from .units import Decided, Unit


class StaffKind(models.TextChoices):
    """The kinds that are given and counted apart."""

    CIVIL = "civil", _("Cán bộ, công chức")
    PUBLIC = "public", _("Viên chức")
    CONTRACT = "contract", _("Hợp đồng lao động")
    PART_TIME = "part_time", _("Không chuyên trách")


@tracked
class Headcount(Decided):
    """The figures of one kind of staff of a unit, itself and not the units under it, for a time.

    A figure that nobody gave is None: missing is not zero.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="headcounts")
    kind = models.CharField(_("loại"), max_length=10, choices=StaffKind)
    assigned = models.PositiveIntegerField(_("biên chế giao"), null=True, blank=True)
    present = models.PositiveIntegerField(_("có mặt"), null=True, blank=True)
    legal_basis = models.CharField(_("căn cứ"), max_length=300, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("số biên chế")
        constraints = [
            never_twice("headcount_once", ["unit", "kind"]),
            models.CheckConstraint(
                condition=models.Q(assigned__isnull=False) | models.Q(present__isnull=False),
                name="headcount_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind}: {self.assigned}/{self.present}"
