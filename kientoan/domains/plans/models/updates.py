"""The progress log of a task with its evidence."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import StoredFile
from kientoan.domains.organisation.models import Decision, Unit
from kientoan.domains.temporal.models import known_since

from .keys import sparse_indexes, sparse_key
from .tasks import Task


class UpdateKind(models.TextChoices):
    HANDED_DOWN = "handed_down", _("Giao nhiệm vụ")
    NO_CHANGE = "no_change", _("Không thay đổi")
    PROGRESS = "progress", _("Báo cáo tiến độ")
    COMPLETION = "completion", _("Báo cáo hoàn thành")
    APPROVED = "approved", _("Thủ trưởng duyệt")
    RETURNED = "returned", _("Trả lại")
    CLOSED = "closed", _("Nghiệm thu, kết thúc")
    REOPENED = "reopened", _("Mở lại")
    SUSPENDED = "suspended", _("Tạm dừng")
    RESUMED = "resumed", _("Tiếp tục")
    CHANGED = "changed", _("Điều chỉnh")
    URGED = "urged", _("Đôn đốc")
    SUCCEEDED = "succeeded", _("Chuyển theo sắp xếp")


class Approval(models.TextChoices):
    NOT_NEEDED = "not_needed", _("Không cần duyệt")
    WAITING = "waiting", _("Chờ thủ trưởng duyệt")
    APPROVED = "approved", _("Đã duyệt")
    RETURNED = "returned", _("Trả lại")


@known_since("at")
class Update(models.Model):
    """One line of a task's progress log; never changed but for its approval.

    `decision`: the reorganisation by which the task passed from one unit to another, as `changes` says.
    """

    task = models.ForeignKey(  # found by the index of (task, at)
        Task, models.CASCADE, db_index=False, related_name="updates"
    )
    kind = models.CharField(max_length=12, choices=UpdateKind)
    day = models.DateField()
    percent = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)
    changes = models.JSONField(default=dict, blank=True)  # field of the task → [before, after], plain JSON
    decision = sparse_key(Decision)
    unit = sparse_key(Unit)
    by = sparse_key(User)
    at = models.DateTimeField()
    approval = models.CharField(max_length=10, choices=Approval, default=Approval.NOT_NEEDED)
    approved_by = sparse_key(User)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["task", "-at"]),
            models.Index(fields=["task"], condition=Q(approval="waiting"), name="update_waiting"),
            *sparse_indexes("update", ("decision", "unit", "by", "approved_by")),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind}"

    def undoable(self, *, user_id: int, at: datetime, within: timedelta) -> bool:
        """Whether the user may take it back at that moment, as long as it is the last line."""
        return self.by_id == user_id and at - self.at <= within


class Evidence(models.Model):
    """A file that proves what an update says."""

    update = models.ForeignKey(Update, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    description = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.description or str(self.file)
