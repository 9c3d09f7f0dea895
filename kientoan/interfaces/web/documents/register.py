"""The register: the list, one document, its file, and entering documents by file or by hand."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kientoan.domains.documents import queries
from kientoan.domains.documents.models import Issuer
from kientoan.domains.documents.operations import SameKey
from kientoan.domains.language.lookups import SortKey
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.models import Registration, Unit
from kientoan.domains.organisation.queries import units_on

from .. import notices
from ..http import Request
from .access import document_for, registers_for, visible
from .forms import EntryForm, FilterForm, HeadForm, UploadForm
from .page import document_page
from .places import PDF
from .states import enter
from .taking import Row, take


@require_GET
def document_list(request: Request) -> HttpResponse:
    """The register: search, filters, order, pages of 50."""
    documents = visible(request)
    units = units_on(
        request.day,
        Registration.objects.filter(unit__in=request.viewer.unit_ids()).values_list("unit_id", flat=True),
    )
    form = FilterForm(
        request.GET, documents=documents, years=queries.years_of(documents), registers=list(units.values())
    )
    wanted = form.wanted(request.GET.get("sort", ""))
    page = Paginator(queries.documents_matching(wanted, documents), queries.PAGE).get_page(
        request.GET.get("page")
    )
    rows = list(page.object_list)
    counts = queries.count_passages(rows)
    context = {
        "form": form,
        "page_obj": page,
        "rows": [(document, counts[document.pk]) for document in rows],
        "is_filtered": replace(wanted, sort="") != queries.DocumentFilter(),
        "more_filters": any(request.GET.get(name) for name in ("issuer", "field", "state", "register")),
        "may_register": bool(registering.own_registers(request.viewer)),
    }
    return render(request, "documents/list.html", context)


@require_http_methods(["GET", "POST"])
def document_upload(request: Request) -> HttpResponse:
    """Files or pasted text come in; every file gets its own answer."""
    registers = registers_for(request)
    request.viewer.require(*registering.CLERKS)
    form = UploadForm(request.POST or None, request.FILES or None, registers=registers)
    if request.method == "GET" or not form.is_valid():
        if request.method == "GET":
            form = UploadForm(registers=registers)
        return render(request, "documents/upload.html", {"form": form}, status=422 if form.is_bound else 200)
    unit = Unit.objects.get(pk=form.cleaned_data["unit"])
    at = timezone.now()
    rows = take(request.viewer, unit, form.cleaned_data["file"], form.cleaned_data["text"], at)
    if len(rows) == 1 and rows[0].is_new and rows[0].document is not None:
        notices.tell(request, _("Đã đọc %(name)s. Kiểm tra phần đầu rồi vào sổ.") % {"name": rows[0].name})
        return redirect("document_detail", rows[0].document.pk)
    return render(request, "documents/upload_result.html", {"rows": rows, "summary": _summary(rows)})


def _summary(rows: list[Row]) -> str:
    good = sum(row.document is not None for row in rows)
    return ngettext(
        "%(good)s trong %(all)s tệp đã vào sổ hoặc đã có trong sổ.",
        "%(good)s trong %(all)s tệp đã vào sổ hoặc đã có trong sổ.",
        len(rows),
    ) % {"good": good, "all": len(rows)}


@require_http_methods(["GET", "POST"])
def document_create(request: Request) -> HttpResponse:
    """Register a document by hand."""
    registers = registers_for(request)
    request.viewer.require(*registering.CLERKS)
    form = EntryForm(request.POST or None, registers=registers)
    same = None
    if form.is_valid():
        try:
            document = registering.register_by_hand(
                viewer=request.viewer,
                unit=Unit.objects.get(pk=form.cleaned_data["unit"]),
                head=form.head(),
                at=timezone.now(),
                arrival_number=form.cleaned_data["arrival_number"],
                arrival_date=form.cleaned_data["arrival_date"],
            )
        except SameKey as error:
            same = _same(request, form, error)
        else:
            notices.tell(request, _("Đã vào sổ %(document)s.") % {"document": document})
            return redirect("document_detail", document.pk)
    context = {"form": form, "same": same, "issuers": Issuer.objects.order_by(SortKey("name"))}
    return render(request, "documents/create.html", context, status=422 if form.errors else 200)


def _same(request: Request, form: HeadForm, error: SameKey) -> object:
    """Say in the form that the document exists; gives it when the viewer may see it."""
    form.add_error(
        "number",
        _("Đã có %(document)s cùng loại, số, cơ quan và ngày ban hành. Mở văn bản đó, hoặc sửa lại số, ngày.")
        % {"document": error.document},
    )
    return visible(request).filter(pk=error.document.pk).first()


@require_GET
def document_detail(request: Request, pk: int) -> HttpResponse:
    """Everything about one document."""
    return render(request, "documents/detail.html", document_page(request, document_for(request, pk)))


@require_http_methods(["GET", "POST"])
def document_edit(request: Request, pk: int) -> HttpResponse:
    """Correct the head; two people at once: the second sees what changed."""
    document = document_for(request, pk)
    registering.require(request.viewer, document, *registering.CLERKS)
    draft = document.state == "draft"
    form = HeadForm(request.POST or None, initial=HeadForm.initial_of(document), draft=draft)
    same = None
    if form.is_valid():
        try:
            version = int(request.POST.get("row_version") or 0)
            registering.edit(
                viewer=request.viewer,
                document=document,
                row_version=version,
                head=form.head(),
                at=timezone.now(),
            )
        except SameKey as error:
            same = _same(request, form, error)
        else:
            if "enter" in request.POST:
                return enter(request, pk)
            notices.tell(request, _("Đã lưu."))
            return redirect("document_detail", pk)
    context = {
        "form": form, "document": document, "same": same, "issuers": Issuer.objects.order_by(SortKey("name")),
    }  # fmt: skip
    return render(request, "documents/edit.html", context, status=422 if form.errors else 200)


@require_GET
def document_file(request: Request, pk: int) -> FileResponse:
    """The file as it came in, under its own name; `?xem` opens a PDF in the browser (at `#page=3`)."""
    document = document_for(request, pk)
    if document.file is None:
        raise Http404
    return FileResponse(
        document.file.file.open("rb"),
        as_attachment=not ("xem" in request.GET and document.file.media_type == PDF),
        filename=document.file.name,
        content_type=document.file.media_type,
    )
