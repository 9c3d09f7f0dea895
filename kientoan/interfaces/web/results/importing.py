"""Figures from an Excel sheet: a dry run that names every fault, then all of it or nothing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kientoan.domains.documents.models import StoredFile
from kientoan.domains.documents.operations import store_file
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.plans.queries.target_words import VINTAGE_LABELS, period_label
from kientoan.domains.results.access import REPORTERS
from kientoan.domains.results.errors import Refused
from kientoan.domains.results.operations.figures import Figure, import_figures
from kientoan.domains.results.operations.submissions import describe
from kientoan.domains.results.queries.imports import COLUMNS, Report, check_import
from kientoan.engines.sheets import UnreadableSheet

from .. import notices
from ..http import Request, moment
from ..kept_files import Expired, kept_file, token_for
from ..said import said
from .forms import ImportForm
from .loading import charged_of

PAGE = "observation-import"
SHOWN = 200


def observation_import(request: Request) -> HttpResponse:
    """Step 1 takes the file, step 2 shows what it would do, step 3 does it."""
    request.viewer.require(*REPORTERS)
    if request.method == "POST" and "token" in request.POST:
        return _carry_out(request)
    form = ImportForm(request, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data, name = _content(form)
        try:
            report = _check(request, data, name, form.cleaned_data["unit"])
        except UnreadableSheet as problem:
            form.add_error("file", f"{said(problem.message_vi)} {said(problem.remedy_vi)}")
        else:
            stored = store_file(data=data, name=name, at=moment(request))
            return _preview(request, report, form.cleaned_data["unit"], stored)
    context = {"form": form, "columns": COLUMNS}
    return render(request, "results/import.html", context, status=422 if form.errors else 200)


def _content(form: ImportForm) -> tuple[bytes, str]:
    """The bytes of the file, or of the pasted table."""
    upload = form.cleaned_data["file"]
    if upload is not None:
        return upload.read(), upload.name
    return form.cleaned_data["text"].encode(), "bang-dan.csv"


def _check(request: Request, data: bytes, name: str, unit: int) -> Report:
    request.viewer.require(*REPORTERS, unit=unit)
    return check_import(data, name=name, unit_id=unit, day=request.today, charged=charged_of(request, unit))


def _preview(request: Request, report: Report, unit: int, stored: StoredFile) -> HttpResponse:
    context: dict[str, Any] = {
        "report": report,
        "errors": report.errors[:SHOWN],
        "questions": report.questions[:SHOWN],
        "groups": [
            (period_label(period), VINTAGE_LABELS[vintage], count) for period, vintage, count in report.groups
        ],
        "unit": units_on(request.day, {unit})[unit],
        "name": stored.name,
        "ready": bool(report.figures) and not report.errors,
        "token": token_for(request, stored, unit, page=PAGE),
    }
    return render(request, "results/import_preview.html", context, status=422 if report.errors else 200)


def _carry_out(request: Request) -> HttpResponse:
    """Read the kept file again and do what it says: the preview may be minutes old."""
    try:
        stored, (unit,) = kept_file(request, page=PAGE)
    except Expired:
        notices.warn(request, _("Bản xem trước đã quá một giờ; hãy gửi lại tệp."))
        return redirect("observation_import")
    with stored.file.open("rb") as file:
        report = _check(request, file.read(), stored.name, unit)
    if report.errors:
        return _preview(request, report, unit, stored)
    try:
        made = _import(request, report, unit, stored)
    except Refused as refusal:
        notices.warn(request, str(refusal))
        return redirect("observation_import")
    words = _("Đã nhập %(count)s số liệu vào %(sheets)s phiếu. Hãy xem lại rồi gửi thủ trưởng duyệt.")
    notices.tell(request, words % {"count": len(report.figures), "sheets": len(made)})
    return redirect("submission_edit", made[0]) if len(made) == 1 else redirect("submission_list")


def _import(request: Request, report: Report, unit: int, stored: StoredFile) -> list[int]:
    """Write the figures, and keep the file as the proof of each submission; returns the submissions."""
    at = moment(request)
    made = import_figures(
        unit_id=unit,
        figures=[
            Figure(one.indicator_id, one.unit_id, one.period, one.vintage, one.value, one.note)
            for one in report.figures
        ],
        viewer=request.viewer,
        at=at,
        source=_("Tệp %(name)s") % {"name": stored.name[:200]},
        charged=charged_of(request, unit),
    )
    for one in made:
        describe(
            submission_id=one.pk,
            source=one.source,
            note=one.note,
            files=[stored],
            viewer=request.viewer,
            at=at,
        )
    return [one.pk for one in made]
