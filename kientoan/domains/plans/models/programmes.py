"""Annual themes, and the duty of units to issue their own programme for a document."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.domains.documents.models import Document
from kientoan.domains.organisation.models import Unit
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
