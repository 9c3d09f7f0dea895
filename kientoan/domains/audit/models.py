"""The journal of what people did: append-only, each entry sealed with the hash of the one before."""

import pgtrigger
from django.db import models

from kientoan.domains.accounts.models import User


class Entry(models.Model):
    """One act: who, when, what, on which record. Never changed, never deleted (guarded by triggers)."""

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)  # 'task.close', 'document.register', …
    subject_type = models.CharField(max_length=60)  # 'plans.task'
    subject_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "-at"])]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
