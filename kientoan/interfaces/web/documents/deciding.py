"""Deciding about passages: accept, drop, take back, undo, many at once, and handing down what was made."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kientoan.domains.documents.models import Document, Passage, PassageKind, PassageState
from kientoan.domains.documents.passages import Decided, NothingToUndo
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.queries import endings_ahead
from kientoan.domains.plans import acceptance, decisions
from kientoan.domains.plans.access import know_what_passes, lead_of
from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.operations.handing import hand_down
from kientoan.domains.plans.proposals import SURE, Proposal, Proposer, TaskProposal

from .. import notices
from ..http import Request
from .access import document_for, passage_for
from .panel import DUTIES, counts_of, items_of
from .reading import item_context
from .wording import QUESTIONS

MANY = 300  # passages accepted together; the rest comes after


def place_of(document_id: int, passage_id: int | None = None) -> str:
    """The address of the reading page, at a passage."""
    address = reverse("document_read", args=[document_id])
    return f"{address}?doan={passage_id}#p{passage_id}" if passage_id else address


def answer(request: Request, passage: Passage, said: str) -> HttpResponse:
    """After a decision: the item anew for the list, else back to the page, with a way to undo."""
    if not request.htmx:
        notices.tell(request, said, undo=reverse("passage_undo", args=[passage.document_id]))
        return redirect(place_of(passage.document_id, passage.pk))
    fresh = passage_for(request, passage.pk)
    context = {**item_context(request, fresh), "said": said, "counts": counts_of(fresh.document)}
    response = render(request, "documents/_decided.html", context)
    response["HX-Trigger"] = json.dumps({"passage": {"id": fresh.pk, "state": fresh.state}})
    return response


def refuse(request: Request, passage: Passage, said: str) -> HttpResponse:
    """A decision that cannot be: why, and what to do."""
    if not request.htmx:
        notices.warn(request, said)
        return redirect(place_of(passage.document_id, passage.pk))
    context = {**item_context(request, passage_for(request, passage.pk)), "problem": said}
    return render(request, "documents/_item.html", context, status=422)


@require_POST
def passage_accept(request: Request, pk: int) -> HttpResponse:
    """Make the task or target; what is unclear is asked in the form."""
    passage = passage_for(request, pk)
    if passage.kind not in DUTIES:
        return _confirm(request, passage)
    try:
        acceptance.accept_passage(viewer=request.viewer, passage=passage, at=timezone.now())
    except acceptance.Unclear as unclear:
        from .editing import edit_answer

        asked = " ".join(str(QUESTIONS[item]) for item in unclear.questions[pk])
        return edit_answer(request, passage, asked)
    except (acceptance.NotRegistered, acceptance.SameTarget, Decided) as error:
        return refuse(request, passage, why(error))
    return answer(request, passage, _("Đã nhận."))


def _confirm(request: Request, passage: Passage) -> HttpResponse:
    """A deadline or a citation was read rightly; nothing is made from it."""
    try:
        decisions.confirm(viewer=request.viewer, passages=[passage], at=timezone.now())
    except Decided as error:
        return refuse(request, passage, why(error))
    return answer(request, passage, _("Đã xác nhận."))


def why(error: Exception) -> str:
    """The words for a refusal."""
    if isinstance(error, acceptance.NotRegistered):
        return _("Văn bản chưa vào sổ. Bấm Vào sổ ở đầu trang, rồi nhận.")
    if isinstance(error, acceptance.SameTarget):
        return _("Bộ chỉ tiêu đã có chỉ tiêu này cho cùng đơn vị và kỳ. Sửa đoạn, hoặc bỏ đoạn trùng.")
    if isinstance(error, acceptance.HandedDown):
        return _(
            "Đã giao xuống hoặc đã có báo cáo nên không lấy lại được. "
            "Mở nhiệm vụ để điều chỉnh hoặc tạm dừng."
        )
    return _("Đoạn này đã nhận. Muốn sửa, hãy trả về chờ xác nhận trước.")


@require_POST
def passage_drop(request: Request, pk: int) -> HttpResponse:
    """The passage asks for nothing."""
    passage = passage_for(request, pk)
    try:
        decisions.drop(viewer=request.viewer, passages=[passage], at=timezone.now())
    except Decided as error:
        return refuse(request, passage, why(error))
    return answer(request, passage, _("Đã bỏ."))


@require_POST
def passage_reopen(request: Request, pk: int) -> HttpResponse:
    """An accepted or dropped passage waits again; what was made from it goes."""
    passage = passage_for(request, pk)
    try:
        acceptance.take_back(viewer=request.viewer, passage=passage, at=timezone.now())
    except acceptance.HandedDown as error:
        return refuse(request, passage, why(error))
    return answer(request, passage, _("Đã trả về chờ xác nhận."))


@require_POST
def passage_undo(request: Request, pk: int) -> HttpResponse:
    """Take back my latest decision in this document."""
    document = document_for(request, pk)
    place = None
    try:
        decision = acceptance.undo(viewer=request.viewer, document=document, at=timezone.now())
    except NothingToUndo:
        notices.warn(request, _("Không còn gì để hoàn tác."))
    except (acceptance.HandedDown, Decided) as error:
        notices.warn(request, why(error))
    else:
        notices.tell(request, _("Đã hoàn tác."))
        place = decision.before[0]["pk"] if decision.before else None
    return redirect(place_of(pk, place))


@require_http_methods(["GET", "POST"])
def passage_accept_sure(request: Request, pk: int) -> HttpResponse:
    """All that leaves no question, shown first, then accepted together."""
    document = document_for(request, pk)
    registering.require(request.viewer, document, *registering.DECIDERS)
    proposer = Proposer(document, request.day)
    sure = sure_passages(document, proposer)
    passages = [item for item, _proposal in sure]
    if request.method == "POST":
        wanted = set(request.POST.getlist("ids"))
        chosen = [item for item in passages if str(item.pk) in wanted]
        return _accept_all(request, document, chosen, proposer)
    proposals = {item.pk: proposal for item, proposal in sure}
    items = items_of(request, document, passages, proposer, proposals)
    return render(request, "documents/accept_sure.html", {"document": document, "items": items})


def sure_passages(document: Document, proposer: Proposer) -> list[tuple[Passage, Proposal]]:
    """Proposed tasks and targets of which nothing has to be asked, at most `MANY` at once."""
    rows = Passage.objects.filter(document=document, kind__in=DUTIES, state=PassageState.PROPOSED)
    found = []
    for passage in rows.select_related("provision").order_by("start", "end", "pk"):
        passage.document = document
        sure_enough = passage.confidence is None or passage.confidence >= SURE
        proposal = proposer.propose(passage) if sure_enough else None
        if proposal is not None and not proposal.questions:
            found.append((passage, proposal))
    return found[:MANY]


def _accept_all(
    request: Request, document: Document, chosen: Sequence[Passage], proposer: Proposer
) -> HttpResponse:
    if not chosen:
        notices.warn(request, _("Chưa chọn đoạn nào."))
        return redirect("passage_accept_sure", document.pk)
    try:
        made = acceptance.accept_passages(
            viewer=request.viewer, passages=chosen, at=timezone.now(), proposer=proposer
        )
    except (acceptance.NotRegistered, acceptance.SameTarget, Decided) as error:
        notices.warn(request, why(error))
        return redirect(place_of(document.pk))
    said = _("Đã nhận %(tasks)s nhiệm vụ, %(targets)s chỉ tiêu.") % {
        "tasks": len(made.tasks),
        "targets": len(made.targets),
    }
    notices.tell(request, said, undo=reverse("passage_undo", args=[document.pk]))
    return redirect(place_of(document.pk))


@require_http_methods(["GET", "POST"])
def document_hand_down(request: Request, pk: int) -> HttpResponse:
    """Hand down the tasks made from the document, each to the units it names."""
    document = document_for(request, pk)
    registering.require(request.viewer, document, *registering.DECIDERS)
    proposer = Proposer(document, request.day)
    rows = _waiting_rows(request, document, proposer)
    if request.method == "POST":
        wanted = set(request.POST.getlist("ids"))
        return _hand_down_all(request, document, [row for row in rows if str(row["task"].pk) in wanted])
    ready = sum(bool(row["unit_ids"]) for row in rows)
    return render(request, "documents/hand_down.html", {"document": document, "rows": rows, "ready": ready})


def _waiting_rows(request: Request, document: Document, proposer: Proposer) -> list[dict[str, Any]]:
    tasks = Task.objects.visible_to(request.viewer).filter(
        document=document, handed_down_at=None, parent=None, passage__kind=PassageKind.TASK
    )
    rows: list[dict[str, Any]] = []
    waiting = list(tasks.select_related("passage", "lead_unit").order_by("passage__start", "pk"))
    know_what_passes(waiting, request.viewer)
    for task in waiting:
        if task.passage is None:
            continue
        task.passage.document = document
        proposal = proposer.propose(task.passage)
        lead = lead_of(task, request.viewer)
        units: tuple[int, ...] = (lead,) if lead else ()
        if not units and isinstance(proposal, TaskProposal):
            units = proposal.units
        names = [proposer.matcher.units[unit] for unit in units if unit in proposer.matcher.units]
        rows.append({"task": task, "unit_ids": units, "units": names})
    if request.viewer.changes_ahead:
        ends = endings_ahead({unit for row in rows for unit in row["unit_ids"]}, request.today)
        for row in rows:
            row["endings"] = [(unit, ends[unit.id]) for unit in row["units"] if unit.id in ends]
    return rows


def _hand_down_all(request: Request, document: Document, rows: Sequence[dict[str, Any]]) -> HttpResponse:
    done, refused = 0, []
    for row in rows:
        if not row["unit_ids"]:
            continue
        try:
            hand_down(
                task_id=row["task"].pk, unit_ids=row["unit_ids"], viewer=request.viewer,
                at=timezone.now(), day=request.today,
            )  # fmt: skip
            done += 1
        except Refused as error:
            refused.append(f"{row['task'].title[:80]}: {error}")
    for text in refused:
        notices.warn(request, text)
    if done:
        said = ngettext("Đã giao %(count)s nhiệm vụ.", "Đã giao %(count)s nhiệm vụ.", done) % {"count": done}
        notices.tell(request, said)
    return redirect("document_hand_down" if refused else "document_detail", document.pk)
