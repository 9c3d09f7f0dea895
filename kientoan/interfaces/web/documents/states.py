"""What happens to a document as a whole: entering, withdrawing, deleting, its file, its recognition."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kientoan.domains.documents.models import Citation, Passage
from kientoan.domains.documents.operations import Incomplete, InUse, SameKey
from kientoan.domains.organisation import registering
from kientoan.domains.plans.models import Target, Task
from kientoan.engines.reader.intake import UnreadableFile

from .. import notices
from ..http import Request
from ..said import said
from .access import document_for, visible
from .forms import AttachForm
from .wording import MISSING


def enter(request: Request, pk: int) -> HttpResponse:
    """Enter the document into the register, or say what is missing."""
    document = document_for(request, pk)
    try:
        entered = registering.enter(viewer=request.viewer, document=document, at=timezone.now())
    except Incomplete as error:
        shown = ", ".join(str(MISSING[name]) for name in error.missing)
        notices.warn(
            request, _("Chưa vào sổ được: còn thiếu %(fields)s. Hãy điền rồi lưu.") % {"fields": shown}
        )
        return redirect("document_edit", pk)
    undo = reverse("document_withdraw", args=[pk])
    notices.tell(request, _("Đã vào sổ %(document)s.") % {"document": entered}, undo=undo)
    joined = Citation.objects.filter(cited=entered).values("document_id").distinct().count()
    if joined:
        said = ngettext(
            "%(count)s văn bản trong sổ viện dẫn văn bản này đã được nối với nó.",
            "%(count)s văn bản trong sổ viện dẫn văn bản này đã được nối với nó.",
            joined,
        )
        notices.tell(request, said % {"count": joined})
    return redirect(_next(request, pk))


def _next(request: Request, pk: int) -> str:
    """Back to the reading page when the button stood there."""
    return reverse("document_read" if request.POST.get("next") == "read" else "document_detail", args=[pk])


@require_POST
def document_enter(request: Request, pk: int) -> HttpResponse:
    """A draft enters the register; a withdrawn document comes back."""
    return enter(request, pk)


@require_POST
def document_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take the document back; can be undone."""
    document = document_for(request, pk)
    reason = request.POST.get("reason", "")[:500]
    registering.withdraw(viewer=request.viewer, document=document, at=timezone.now(), reason=reason)
    undo = reverse("document_enter", args=[pk])
    notices.tell(request, _("Đã thu hồi %(document)s.") % {"document": document}, undo=undo)
    return redirect("document_detail", pk)


@require_http_methods(["GET", "POST"])
def document_delete(request: Request, pk: int) -> HttpResponse:
    """Delete a draft, after showing what goes with it."""
    document = document_for(request, pk)
    registering.require(request.viewer, document, *registering.CLERKS)
    made = (
        Task.objects.filter(document=document).count()
        + Target.objects.filter(passage__document=document).count()
    )
    refused = document.state != "draft" or made > 0
    if request.method == "POST" and not refused:
        try:
            registering.delete(viewer=request.viewer, document=document, at=timezone.now())
        except InUse:
            refused = True
        else:
            notices.tell(request, _("Đã xóa dự thảo %(document)s.") % {"document": document})
            return redirect("document_list")
    context = {
        "document": document,
        "refused": refused,
        "made": made,
        "passages": Passage.objects.filter(document=document).count(),
        "decided": Passage.objects.filter(document=document).exclude(state="proposed").count(),
    }
    return render(request, "documents/delete.html", context, status=409 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def document_attach(request: Request, pk: int) -> HttpResponse:
    """Give a document without text its file."""
    document = document_for(request, pk)
    registering.require(request.viewer, document, *registering.CLERKS)
    form = AttachForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            registering.attach(
                viewer=request.viewer, document=document, data=file.read(), name=file.name, at=timezone.now()
            )
        except UnreadableFile as error:
            form.add_error("file", f"{said(error.message_vi)} {said(error.remedy_vi)}")
        except SameKey as error:
            form.add_error("file", _("Tệp này là của %(document)s.") % {"document": error.document})
        except InUse:
            form.add_error("file", _("Văn bản đã có nội dung."))
        else:
            notices.tell(request, _("Đã đọc tệp của %(document)s.") % {"document": document})
            return redirect("document_detail", pk)
    return render(
        request,
        "documents/attach.html",
        {"form": form, "document": document},
        status=422 if form.errors else 200,
    )


@require_POST
def document_recognise(request: Request, pk: int) -> HttpResponse:
    """Ask for the recognition of a scan once more."""
    document = document_for(request, pk)
    registering.recognise_again(viewer=request.viewer, document=document, at=timezone.now())
    return redirect("document_detail", pk)


@require_GET
def document_progress(request: Request, pk: int) -> HttpResponse:
    """How far the recognition is, for the page that waits; the whole page anew when it is over."""
    document = document_for(request, pk)
    recognition = getattr(document, "recognition", None)
    context = {"document": document, "recognition": recognition}
    response = render(request, "documents/_recognition.html", context)
    if recognition is None or recognition.state in ("done", "failed"):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def citation_choose(request: Request, pk: int, citation: int) -> HttpResponse:
    """Say which registered document a citation means, or none; `?auto`: let the program find it again."""
    document = document_for(request, pk)
    registering.require(request.viewer, document, *registering.CLERKS)
    row = get_object_or_404(
        Citation.objects.select_related("document__issuer"), document=document, pk=citation
    )
    if "auto" in request.GET:
        registering.unchoose_cited(viewer=request.viewer, citation=row, at=timezone.now())
        notices.tell(request, _("Đã bỏ lựa chọn; máy tìm lại theo số, ngày, cơ quan."))
        return redirect(reverse("document_detail", args=[pk]) + "#cites")
    key = request.POST.get("cited") or request.GET.get("cited") or "0"
    chosen = visible(request).filter(pk=key if key.isdecimal() else 0).first()
    registering.choose_cited(viewer=request.viewer, citation=row, cited=chosen, at=timezone.now())
    back = f"?cited={row.cited_id or 0}" if row.chosen_at else "?auto=1"
    said = (
        _("Đã ghi: đó là %(document)s.") % {"document": chosen}
        if chosen
        else _("Đã ghi: không phải văn bản nào ở đây.")
    )
    notices.tell(request, said, undo=reverse("citation_choose", args=[pk, citation]) + back)
    return redirect(reverse("document_detail", args=[pk]) + "#cites")
