"""Starting a decision, editing its head, deleting a draft and bringing it back."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kientoan.domains.documents.models import Document
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import visible_documents
from kientoan.domains.organisation.models import Decision, DecisionState
from kientoan.domains.organisation.queries.decisions import decision_rows
from kientoan.domains.organisation.queries.plan import changes_of
from kientoan.domains.organisation.rules.changes import names_its_units
from kientoan.domains.organisation.rules.plain import change_of, plain_of

from ..http import Request, moment
from ..notices import tell, warn
from ..organisation.rights import acting_viewer
from .head_form import HeadForm, initial_of
from .loading import decision_for, draft_for, require_drafter, telling_the_state

DELETED = "deleted_draft"


def _wants_save(request: Request) -> bool:
    return request.method == "POST" and request.POST.get("act") == "save"


def _form(request: Request, initial: dict[str, Any]) -> HeadForm:
    """Bound when it is to be saved; looking for a document keeps what was typed and judges nothing yet."""
    viewer = acting_viewer(request)
    if _wants_save(request):
        return HeadForm(request.POST, viewer=viewer)
    typed = {name: request.POST.get(name, "") for name in HeadForm.base_fields if name in request.POST}
    return HeadForm(initial=initial | typed, viewer=viewer)


def _page(request: Request, form: HeadForm, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "reorganisation/head.html", {"form": form, **context}, status=status)


@require_http_methods(["GET", "POST"])
def decision_add(request: Request) -> HttpResponse:
    """Begin a decision; `?document=` names the document it rests on."""
    require_drafter(request)
    form = _form(request, {"document": request.GET.get("document", ""), "effective_date": ""})
    if _wants_save(request) and form.is_valid():
        decision = operations.start_draft(**form.head(), viewer=acting_viewer(request), at=moment(request))
        return redirect("event_kind", decision.pk)
    return _page(request, form, back=reverse("decision_list"))


@require_http_methods(["GET", "POST"])
@telling_the_state
def decision_edit(request: Request, pk: int) -> HttpResponse:
    """Change the basis, the day or the note of a draft."""
    decision = draft_for(request, pk)
    form = _form(request, initial_of(decision))
    if _wants_save(request) and form.is_valid():
        operations.edit_head(
            decision=decision, row_version=form.cleaned_data["row_version"] or 0, **form.head(),
            viewer=acting_viewer(request), at=moment(request),
        )  # fmt: skip
        tell(request, gettext("Đã lưu căn cứ và ngày có hiệu lực."))
        return redirect("decision_detail", pk)
    return _page(request, form, decision=decision, back=reverse("decision_detail", args=[pk]))


@require_http_methods(["GET", "POST"])
@telling_the_state
def decision_delete(request: Request, pk: int) -> HttpResponse:
    """Ask, then throw a draft away; what is thrown away can be brought back in this session."""
    decision = draft_for(request, pk)
    if request.method == "GET":
        (row,) = decision_rows([decision])
        return render(request, "reorganisation/delete.html", {"decision": decision, "row": row})
    version = request.POST.get("row_version", "")
    changes = operations.delete_draft(
        decision=decision, row_version=int(version) if version.isdecimal() else 0,
        viewer=acting_viewer(request), at=moment(request),
    )  # fmt: skip
    request.session[DELETED] = {
        "legal_basis": decision.legal_basis,
        "effective_date": decision.effective_date.isoformat(),
        "document": decision.document_id,
        "note": decision.note,
        "changes": [plain_of(change) for change in changes],
    }
    tell(request, gettext("Đã xóa dự thảo."), undo=reverse("decision_restore"))
    return redirect("decision_list")


@require_POST
def decision_restore(request: Request) -> HttpResponse:
    """Bring the draft back that was deleted last."""
    kept = request.session.pop(DELETED, None)
    if kept is None:
        raise Http404
    viewer = acting_viewer(request)
    document: Document | None = visible_documents(viewer).filter(pk=kept["document"]).first()
    decision: Decision = operations.start_draft(
        legal_basis=kept["legal_basis"],
        effective_date=date.fromisoformat(kept["effective_date"]),
        document=document,
        note=kept["note"],
        changes=[change_of(plain) for plain in kept["changes"]],
        viewer=viewer,
        at=moment(request),
    )
    tell(request, gettext("Đã khôi phục dự thảo."))
    return redirect("decision_detail", decision.pk)


@require_POST
def decision_again(request: Request, pk: int) -> HttpResponse:
    """Draft an undone decision once more, to correct it and apply it; the undone one stays as it is."""
    decision, viewer = decision_for(request, pk), acting_viewer(request)
    require_drafter(request)
    changes = changes_of(decision)
    if decision.state != DecisionState.UNDONE or not all(map(names_its_units, changes)):
        warn(request, gettext("Không lập lại được: có đơn vị trong quyết định này không còn. Hãy soạn mới."))
        return redirect("decision_detail", pk)
    draft: Decision = operations.start_draft(
        legal_basis=decision.legal_basis, effective_date=decision.effective_date, note=decision.note,
        document=visible_documents(viewer).filter(pk=decision.document_id or 0).first(), changes=changes,
        viewer=viewer, at=moment(request),
    )  # fmt: skip
    tell(request, gettext("Đã lập dự thảo mới từ quyết định đã hủy. Hãy sửa rồi xem trước."))
    return redirect("decision_detail", draft.pk)
