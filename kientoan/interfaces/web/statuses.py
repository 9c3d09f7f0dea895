"""How each state looks: its word, its shape (an icon) and its tone. Words come from the models."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kientoan.domains.documents.models import DocumentState, PassageState
from kientoan.domains.documents.validity_rules import Validity
from kientoan.domains.organisation.models import DecisionState
from kientoan.domains.plans.models import Approval, TaskState
from kientoan.domains.plans.rules.tasks import Timing
from kientoan.domains.results.models import SubmissionState, Vintage

Words = str | Promise


@dataclass(frozen=True)
class Look:
    """Word, shape and tone of a state; the tone is one of neutral, info, warn, good, best, bad."""

    word: Words
    icon: str
    tone: str


def _looks(states: Any, table: dict[str, tuple[str, str]]) -> dict[str, Look]:
    return {key: Look(states(key).label, icon, tone) for key, (icon, tone) in table.items()}


LOOKS: dict[str, dict[str, Look]] = {
    "validity": {
        Validity.IN_FORCE: Look(_("Còn hiệu lực"), "circle-check", "good"),
        Validity.PARTIAL: Look(_("Còn hiệu lực một phần"), "circle-dot", "warn"),
        Validity.NOT_YET: Look(_("Chưa có hiệu lực"), "clock", "info"),
        Validity.ENDED: Look(_("Hết hiệu lực"), "circle-x", "bad"),
        Validity.UNKNOWN: Look(_("Chưa rõ hiệu lực"), "circle-dashed", "neutral"),
    },
    "task": {
        **_looks(
            TaskState,
            {
                "new": ("circle", "neutral"),
                "in_progress": ("circle-dot", "info"),
                "awaiting_approval": ("hourglass", "info"),
                "done": ("circle-check", "good"),
                "suspended": ("circle-pause", "neutral"),
            },
        ),
        "overdue": Look(_("Quá hạn"), "triangle-alert", "bad"),
        "due_soon": Look(_("Sắp đến hạn"), "clock-alert", "warn"),
        "done_late": Look(_("Hoàn thành muộn"), "circle-check", "warn"),
        "no_deadline": Look(_("Chưa rõ thời hạn"), "circle-dashed", "neutral"),
        "draft": Look(_("Chưa giao"), "circle-dashed", "neutral"),
    },
    "timing": {
        Timing.NO_DEADLINE: Look(_("Chưa rõ thời hạn"), "circle-dashed", "neutral"),
        Timing.IN_TIME: Look(_("Trong hạn"), "clock", "info"),
        Timing.SOON: Look(_("Sắp đến hạn"), "clock-alert", "warn"),
        Timing.LATE: Look(_("Quá hạn"), "triangle-alert", "bad"),
        Timing.DONE_IN_TIME: Look(_("Đúng hạn"), "circle-check", "good"),
        Timing.DONE_LATE: Look(_("Hoàn thành muộn"), "circle-check", "warn"),
        Timing.PAUSED: Look(_("Tạm dừng"), "circle-pause", "neutral"),
    },
    "target": {
        "not_reported": Look(_("Chưa báo cáo"), "circle-dashed", "neutral"),
        "on_the_way": Look(_("Đang thực hiện"), "trending-up", "info"),
        "met": Look(_("Đạt"), "circle-check", "good"),
        "exceeded": Look(_("Vượt"), "circle-arrow-up", "best"),
        "missed": Look(_("Không đạt"), "circle-x", "bad"),
    },
    "submission": {
        "not_started": Look(_("Chưa nhập"), "circle-dashed", "neutral"),
        **_looks(
            SubmissionState,
            {
                "draft": ("pencil", "neutral"),
                "submitted": ("hourglass", "info"),
                "approved": ("circle-check", "good"),
                "returned": ("undo-2", "warn"),
            },
        ),
    },
    "approval": _looks(
        Approval,
        {
            "not_needed": ("circle", "neutral"),
            "waiting": ("hourglass", "info"),
            "approved": ("circle-check", "good"),
            "returned": ("undo-2", "warn"),
        },
    ),
    "document": _looks(
        DocumentState,
        {"draft": ("pencil", "neutral"), "registered": ("file-check", "good"), "withdrawn": ("ban", "bad")},
    ),
    "decision": _looks(
        DecisionState,
        {
            "draft": ("pencil", "neutral"),
            "applied": ("circle-check", "good"),
            "undone": ("undo-2", "warn"),
        },
    ),
    "passage": _looks(
        PassageState,
        {
            "proposed": ("hourglass", "info"),
            "accepted": ("circle-check", "good"),
            "dropped": ("ban", "neutral"),
        },
    ),
    "vintage": _looks(
        Vintage,
        {
            "estimate": ("circle-dashed", "warn"),
            "preliminary": ("circle-dot", "info"),
            "final": ("circle-check", "good"),
        },
    ),
}


def look_of(kind: str, state: str) -> Look:
    """The look of a state of one kind. Raises `KeyError` naming kind and state when there is none."""
    try:
        return LOOKS[kind][str(state)]
    except KeyError:
        raise KeyError(f"no look for {kind!r} {state!r}") from None
