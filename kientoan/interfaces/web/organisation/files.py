"""The organisation as an Excel workbook: out, in with a dry run, and an import taken back."""

from datetime import date

from django import forms
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST

from kientoan.domains.documents.models import StoredFile
from kientoan.domains.documents.operations import store_file
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Role
from kientoan.domains.organisation.operations import (
    CannotTakeBack,
    NotReady,
    Refused,
    import_sheets,
    undo_import,
)
from kientoan.domains.organisation.queries import visible_imports
from kientoan.domains.organisation.queries.exchange import Act, SheetPlan, plan_sheets
from kientoan.domains.organisation.sheets import COLUMNS, organisation_sheets
from kientoan.domains.temporal.models import Stale
from kientoan.engines.sheets import UnreadableSheet, read_tables, write_workbook

from ..http import Request, moment
from ..kept_files import Expired, kept_file, token_for
from ..notices import tell, warn
from ..said import said
from .fields import DayField, UnitField, offer_organised
from .rights import acting_viewer

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = "organisation-import"
SHOWN = 200
SHOWN_IMPORTS = 20


class ExportForm(forms.Form):
    """Which part of the organisation goes out."""

    on = DayField(label=gettext_lazy("Như ngày"))
    under = UnitField(
        label=gettext_lazy("Chỉ đơn vị này và bên dưới"),
        required=False,
        help_text=gettext_lazy("Để trống: tất cả các đơn vị của bạn."),
    )


class ImportForm(forms.Form):
    """The workbook, and the day for which it was made."""

    on = DayField(
        label=gettext_lazy("Tệp xuất cho ngày"),
        help_text=gettext_lazy("Ngày ghi ở đầu mỗi trang của tệp."),
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp Excel"),
        error_messages={"empty": gettext_lazy("Tệp rỗng; hãy chọn lại.")},
    )


def _organiser(request: Request) -> Viewer:
    viewer = acting_viewer(request)
    if not viewer.administers_all and not viewer.has(Role.PERSONNEL, Role.ADMIN):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    return viewer


def _export_form(request: Request, viewer: Viewer, *, bound: bool) -> ExportForm:
    form = ExportForm(request.GET if bound else None, initial={"on": request.day})
    offer_organised(form.fields["under"], viewer)
    return form


def organisation_file(request: Request) -> HttpResponse:
    """Step 1 takes the workbook, step 2 shows what it would do, step 3 does it."""
    viewer = _organiser(request)
    if request.method == "POST" and "token" in request.POST:
        return _carry_out(request, viewer)
    form = ImportForm(request.POST or None, request.FILES or None, initial={"on": request.today})
    if request.method == "POST" and form.is_valid():
        upload, day = form.cleaned_data["file"], form.cleaned_data["on"]
        try:
            data = upload.read()
            plan = _plan(data, upload.name, viewer, day)
        except UnreadableSheet as problem:
            form.add_error("file", f"{said(problem.message_vi)} {said(problem.remedy_vi)}")
        else:
            return _preview(request, plan, store_file(data=data, name=upload.name, at=moment(request)))
    return _page(request, viewer, form, _export_form(request, viewer, bound=False))


def _page(request: Request, viewer: Viewer, form: ImportForm, export: ExportForm) -> HttpResponse:
    context = {
        "form": form,
        "export": export,
        "tables": [
            (title, [one for one in columns if not one.key.startswith("shown")])
            for title, columns in COLUMNS.items()
        ],
        "imports": visible_imports(viewer)[:SHOWN_IMPORTS],
    }
    status = 422 if form.errors or export.errors else 200
    return render(request, "organisation/file.html", context, status=status)


def _plan(data: bytes, name: str, viewer: Viewer, day: date) -> SheetPlan:
    return plan_sheets(read_tables(data, name=name, tables=COLUMNS), viewer=viewer, day=day)


def _preview(request: Request, plan: SheetPlan, stored: StoredFile) -> HttpResponse:
    writes = [line for line in plan.lines if line.act != Act.SAME]
    context = {
        "plan": plan,
        "counts": [(act, act.label, plan.counts[act]) for act in Act],
        "lines": writes[:SHOWN],
        "more": max(0, len(writes) - SHOWN),
        "errors": plan.errors[:SHOWN],
        "more_errors": max(0, len(plan.errors) - SHOWN),
        "name": stored.name,
        "token": token_for(request, stored, plan.day.isoformat(), page=PAGE),
    }
    return render(request, "organisation/file_preview.html", context, status=422 if plan.errors else 200)


def _carry_out(request: Request, viewer: Viewer) -> HttpResponse:
    """Read the kept file again and do what it says: the preview may be minutes old."""
    try:
        stored, (day,) = kept_file(request, page=PAGE)
    except Expired:
        warn(request, gettext("Bản xem trước đã quá một giờ; hãy gửi lại tệp."))
        return redirect("organisation_file")
    with stored.file.open("rb") as file:
        plan = _plan(file.read(), stored.name, viewer, date.fromisoformat(day))
    try:
        done = import_sheets(plan=plan, source=stored.name, viewer=viewer, at=moment(request))
    except NotReady as unready:
        return _preview(request, unready.plan, stored)
    except (Stale, Refused):
        warn(request, gettext("Người khác vừa sửa cùng chỗ; chưa ghi gì. Hãy xuất tệp mới rồi sửa lại."))
        return redirect("organisation_file")
    words = gettext("Đã nhập: thêm %(added)s, sửa %(changed)s.") % {
        "added": done.added,
        "changed": done.changed,
    }
    tell(request, words, undo=reverse("organisation_import_undo", args=[done.pk]))
    return redirect("organisation_file")


@require_POST
def organisation_import_undo(request: Request, pk: int) -> HttpResponse:
    """Take an import back, or say what stands in the way."""
    viewer = _organiser(request)
    done = get_object_or_404(visible_imports(viewer), pk=pk)
    try:
        undo_import(done=done, viewer=viewer, at=moment(request))
    except CannotTakeBack as refusal:
        warn(request, gettext("Chưa hoàn tác được: %(why)s") % {"why": " ".join(refusal.reasons)})
    else:
        tell(request, gettext("Đã hoàn tác lần nhập %(source)s.") % {"source": done.source})
    return redirect("organisation_file")


def organisation_export(request: Request) -> HttpResponseBase:
    """The workbook of the viewer's units on a day; `?on=`, `?under=` (the name of a unit)."""
    viewer = _organiser(request)
    form = _export_form(request, viewer, bound=True)
    if not form.is_valid():
        return _page(request, viewer, ImportForm(initial={"on": request.today}), form)
    day = form.cleaned_data["on"]
    book = write_workbook(
        organisation_sheets(viewer, day, form.cleaned_data["under"]), title=gettext("Tổ chức")
    )
    return FileResponse(book, as_attachment=True, filename=f"to-chuc-{day}.xlsx", content_type=EXCEL)
