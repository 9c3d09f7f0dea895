"""Workbooks that were read into the organisation, with what they did, so that it can be taken back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User


class SheetImport(models.Model):
    """One workbook carried out; `done` says row by row what it made and changed (see `sheet_import`)."""

    source = models.CharField(_("tệp"), max_length=255)
    day = models.DateField()  # that for which the workbook was made
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    done = models.JSONField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.source} ({self.at:%d/%m/%Y})"
