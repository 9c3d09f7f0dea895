"""What waits for the viewer today, gathered from the domains for the start page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kientoan.domains.documents.models import DocumentState
from kientoan.domains.documents.queries import WAITING, waiting_to_be_confirmed
from kientoan.domains.organisation.access import Viewer, may_draft, visible_decisions, visible_documents
from kientoan.domains.organisation.models import DecisionState, Role
from kientoan.domains.plans.queries import tasks
from kientoan.domains.reorganisation.queries import waiting as waiting_duties
from kientoan.domains.reorganisation.queries.waiting import DECIDERS
from kientoan.domains.results.access import held_by, visible_submissions
from kientoan.domains.results.models import SubmissionState

from .context import address_of

SHOWN = 10


@dataclass(frozen=True)
class Waiting:
    """A number of things to do, and the list where they are done."""

    words: Promise
    count: int
    icon: str
    tone: str
    url: str


def waiting(viewer: Viewer, day: date) -> list[Waiting]:
    """The kinds of work of which something waits, the most pressing first."""
    kinds = [*_tasks(viewer, day), *_figures(viewer), *_documents(viewer), *_organisation(viewer)]
    return [kind for kind in kinds if kind.count]


def _list(page: str, query: str) -> str:
    address = address_of(page)
    return f"{address}?{query}" if address else ""


def _tasks(viewer: Viewer, day: date) -> Iterator[Waiting]:
    found = tasks.waiting_for(viewer, day)
    mine = "mine=1&status="
    yield Waiting(
        _("Nhiệm vụ quá hạn"), found.overdue, "triangle-alert", "bad", _list("task_list", f"{mine}overdue")
    )
    yield Waiting(
        _("Nhiệm vụ sắp đến hạn"), found.due_soon, "clock-alert", "warn", _list("task_list", f"{mine}soon")
    )
    yield Waiting(
        _("Báo cáo chờ tôi duyệt"),
        found.to_approve,
        "hourglass",
        "info",
        _list("task_list", f"{mine}to_approve"),
    )
    yield Waiting(
        _("Nhiệm vụ chờ nghiệm thu"),
        found.to_close,
        "circle-check",
        "info",
        _list("task_list", f"{mine}awaiting"),
    )
    yield Waiting(
        _("Nhiệm vụ chưa giao"), found.to_hand_down, "send", "neutral", _list("task_list", f"{mine}draft")
    )
    yield Waiting(
        _("Nhiệm vụ đang làm"),
        found.to_report,
        "list-checks",
        "neutral",
        _list("task_list", "mine=1&status=open"),
    )


def _figures(viewer: Viewer) -> Iterator[Waiting]:
    seen = visible_submissions(viewer)
    if heads := viewer.granted_ids(Role.HEAD):
        held = held_by(heads, viewer)
        count = seen.filter(held, state=SubmissionState.SUBMITTED).count()
        yield Waiting(
            _("Biểu số liệu chờ duyệt"), count, "table-2", "info", _list("submission_list", "state=submitted")
        )
    if enters := viewer.granted_ids(Role.REPORTER):
        mine = seen.filter(held_by(enters, viewer))
        returned = mine.filter(state=SubmissionState.RETURNED).count()
        yield Waiting(
            _("Biểu số liệu bị trả lại"),
            returned,
            "undo-2",
            "warn",
            _list("submission_list", "state=returned"),
        )
        begun = mine.filter(state=SubmissionState.DRAFT).count()
        yield Waiting(
            _("Biểu số liệu đang nhập"), begun, "pencil", "neutral", _list("submission_list", "state=draft")
        )


def _documents(viewer: Viewer) -> Iterator[Waiting]:
    documents = visible_documents(viewer).exclude(state=DocumentState.WITHDRAWN)
    if Role.MONITOR in viewer.roles:
        count = waiting_to_be_confirmed(documents).count()
        yield Waiting(
            _("Văn bản chờ xác nhận"), count, "file-text", "info", _list("document_list", f"state={WAITING}")
        )
    if viewer.roles & {Role.CLERK, Role.MONITOR}:
        count = documents.filter(state=DocumentState.DRAFT).count()
        yield Waiting(
            _("Văn bản chưa vào sổ"), count, "file-text", "neutral", _list("document_list", "state=draft")
        )


def _organisation(viewer: Viewer) -> Iterator[Waiting]:
    if viewer.has(*DECIDERS):
        count = waiting_duties(viewer).count()
        address = address_of("succession_list")
        yield Waiting(_("Nghĩa vụ chờ nơi nhận"), count, "inbox", "warn", address)
    if may_draft(viewer):
        own = visible_decisions(viewer).filter(state=DecisionState.DRAFT, drafted_by=viewer.user).count()
        drafts = _list("decision_list", "state=draft")
        yield Waiting(_("Dự thảo sắp xếp đơn vị"), own, "git-merge", "neutral", drafts)


def next_tasks(viewer: Viewer, day: date) -> list[tasks.TaskRow]:
    """The viewer's own tasks with the nearest deadlines, the latest first."""
    found = tasks.sorted_by(tasks.mine(viewer, day), "due").with_status(day)
    return tasks.rows(list(found.select_related("post")[:SHOWN]), viewer, day)
