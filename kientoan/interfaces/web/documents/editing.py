"""Correcting passages: the form of one, adding, joining, splitting."""

import re

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kientoan.domains.documents.models import Document, Passage, PassageKind, PassageState
from kientoan.domains.documents.passages import Decided, WrongSpan, find_quote
from kientoan.domains.organisation import registering
from kientoan.domains.plans import acceptance, decisions
from kientoan.domains.plans.proposals import Proposer, TargetProposal

from .. import notices
from ..http import Request
from .access import document_for, passage_for
from .deciding import answer, place_of, refuse, why
from .panel import DUTIES
from .passage_forms import TargetForm, TaskForm
from .wording import QUESTIONS

_CUT = re.compile(r"[.;:](?=\s)|\n|, (?=đồng thời|và )")


def form_of(request: Request, passage: Passage, proposer: Proposer) -> TaskForm | TargetForm:
    """The form for the passage's kind, bound when it was sent."""
    proposal = proposer.propose(passage)
    data = request.POST if request.method == "POST" and "row_version" in request.POST else None
    prefix = f"d{passage.pk}"
    if isinstance(proposal, TargetProposal):
        return TargetForm(data, proposal=proposal, proposer=proposer, prefix=prefix)
    return TaskForm(data, proposal=proposal, proposer=proposer, prefix=prefix)


def edit_answer(
    request: Request,
    passage: Passage,
    problem: str = "",
    form: TaskForm | TargetForm | None = None,
    proposer: Proposer | None = None,
) -> HttpResponse:
    """The form of a passage, in the list or as a page of its own."""
    proposer = proposer or Proposer(passage.document, request.day)
    form = form or form_of(request, passage, proposer)
    context = {
        "document": passage.document,
        "passage": passage,
        "form": form,
        "problem": problem,
        "units": proposer.matcher.units.values(),
        "cuts": cuts_of(passage),
        "may_decide": registering.may(request.viewer, passage.document, *registering.DECIDERS),
    }
    wrong = bool(form.errors or problem)
    page = "documents/_edit_passage.html" if request.htmx else "documents/edit_passage.html"
    return render(request, page, context, status=422 if wrong else 200)


def cuts_of(passage: Passage) -> list[tuple[int, str, str]]:
    """Places where a passage can be cut: (place in the text, words before, words after)."""
    found = []
    for cut in _CUT.finditer(passage.quote):
        place = cut.end()
        if passage.quote[place:].strip():
            before, after = passage.quote[:place].strip(), passage.quote[place:].strip()
            found.append((passage.start + place, before[-60:], after[:60]))
    return found[:20]


@require_http_methods(["GET", "POST"])
def passage_edit(request: Request, pk: int) -> HttpResponse:
    """Correct what was read; save, or save and accept."""
    passage = passage_for(request, pk)
    registering.require(request.viewer, passage.document, *registering.CLERKS)
    if passage.kind not in DUTIES or passage.state == PassageState.ACCEPTED:
        return refuse(request, passage, why(Decided()))
    proposer = Proposer(passage.document, request.day)
    form = form_of(request, passage, proposer)
    if not form.is_valid():
        return edit_answer(request, passage, form=form, proposer=proposer)
    version = int(request.POST.get("row_version") or 0)
    data = form.data_of_passage()
    decisions.edit(viewer=request.viewer, passage=passage, row_version=version, data=data, at=timezone.now())
    if "accept" not in request.POST:
        return answer(request, passage, _("Đã lưu."))
    return _accept_edited(request, passage_for(request, pk), form, proposer)


def _accept_edited(
    request: Request, passage: Passage, form: TaskForm | TargetForm, proposer: Proposer
) -> HttpResponse:
    try:
        acceptance.accept_passage(viewer=request.viewer, passage=passage, at=timezone.now())
    except acceptance.Unclear as unclear:
        asked = " ".join(str(QUESTIONS[item]) for item in unclear.questions[passage.pk])
        return edit_answer(request, passage, asked, form=form, proposer=proposer)
    except (acceptance.NotRegistered, acceptance.SameTarget, Decided) as error:
        return refuse(request, passage, why(error))
    return answer(request, passage, _("Đã lưu và nhận."))


@require_POST
def passage_add(request: Request, pk: int) -> HttpResponse:
    """Add a passage: the selected span, else the words looked up in the text."""
    document = document_for(request, pk)
    kind = request.POST.get("kind", "")
    kind = kind if kind in DUTIES else PassageKind.TASK
    spans = _spans(request, document)
    if len(spans) != 1:
        return _which(request, document, kind, spans)
    start, end = spans[0]
    try:
        passage = decisions.add(
            viewer=request.viewer, document=document, kind=kind, start=start, end=end, at=timezone.now()
        )
    except WrongSpan:
        return _which(request, document, kind, [])
    undo = reverse("passage_undo", args=[pk])
    notices.tell(request, _("Đã thêm đoạn. Kiểm tra rồi nhận."), undo=undo)
    return redirect(place_of(pk, passage.pk))


def _spans(request: Request, document: Document) -> list[tuple[int, int]]:
    start, end = request.POST.get("start", ""), request.POST.get("end", "")
    if start.isdecimal() and end.isdecimal():
        return [(int(start), int(end))]
    return find_quote(document.text, request.POST.get("quote", ""))


def _which(request: Request, document: Document, kind: str, spans: list[tuple[int, int]]) -> HttpResponse:
    """The words stand nowhere, or at several places: say so, or ask which."""
    places = [
        (
            start,
            end,
            document.text[max(0, start - 80) : start],
            document.text[start:end],
            document.text[end : end + 80],
        )
        for start, end in spans
    ]
    context = {"document": document, "kind": kind, "places": places, "quote": request.POST.get("quote", "")}
    return render(request, "documents/add_passage.html", context, status=422)


@require_POST
def passage_join(request: Request, pk: int) -> HttpResponse:
    """Join with the next passage of the same kind that waits."""
    passage = passage_for(request, pk)
    following = (
        Passage.objects.filter(document=passage.document_id, kind=passage.kind, state=PassageState.PROPOSED)
        .filter(start__gte=passage.start)
        .exclude(pk=passage.pk)
        .order_by("start", "end", "pk")
        .first()
    )
    if following is None:
        notices.warn(request, _("Không có đoạn cùng loại nào phía sau để gộp."))
        return redirect(place_of(passage.document_id, pk))
    try:
        decisions.join(viewer=request.viewer, passages=[passage, following], at=timezone.now())
    except Decided as error:
        return refuse(request, passage, why(error))
    undo = reverse("passage_undo", args=[passage.document_id])
    notices.tell(request, _("Đã gộp hai đoạn thành một."), undo=undo)
    return redirect(place_of(passage.document_id, pk))


@require_POST
def passage_split(request: Request, pk: int) -> HttpResponse:
    """Cut a passage in two at the place chosen."""
    passage = passage_for(request, pk)
    place = request.POST.get("place", "")
    try:
        decisions.split(
            viewer=request.viewer,
            passage=passage,
            place=int(place) if place.isdecimal() else 0,
            at=timezone.now(),
        )
    except WrongSpan:
        notices.warn(request, _("Chọn chỗ tách trong đoạn."))
        return redirect("passage_edit", pk)
    except Decided as error:
        return refuse(request, passage, why(error))
    undo = reverse("passage_undo", args=[passage.document_id])
    notices.tell(request, _("Đã tách thành hai đoạn."), undo=undo)
    return redirect(place_of(passage.document_id, pk))
