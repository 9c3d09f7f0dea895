"""Approving, returning, taking back, throwing away and correcting submissions."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kientoan.domains.results.errors import AlreadyOpen, Clash, Refused
from kientoan.domains.results.operations import submissions

from .. import notices
from ..http import Request, moment
from .forms import ReasonForm
from .grid import Grid, grid_of
from .loading import sheet_or_404


def _doing(request: Request, submission_id: int) -> dict[str, Any]:
    return {"submission_id": submission_id, "viewer": request.viewer, "at": moment(request)}


def submission_approve(request: Request, submission_id: int) -> HttpResponse:
    """The head sees the figures beside those before them, and approves or returns."""
    sheet = sheet_or_404(request, submission_id)
    grid = grid_of(request, sheet)
    if request.method != "POST" or not (sheet.may_decide or sheet.may_approve_own):
        return _page(request, grid, "")
    reason = request.POST.get("reason", "")
    try:
        if request.POST.get("act") == "return":
            submissions.return_submission(**_doing(request, submission_id), reason=reason)
            notices.tell(request, _("Đã trả lại phiếu để nhập lại."))
        else:
            submissions.approve(**_doing(request, submission_id), note=reason)
            notices.tell(request, _("Đã duyệt. Số liệu được tính từ lúc này."))
    except Clash as clash:
        names = [line.row.indicator.name for line in grid.lines if line.row.pair in set(clash.pairs)]
        return _page(request, grid, f"{clash} ({', '.join(names)})")
    except Refused as refusal:
        return _page(request, grid, str(refusal))
    return redirect("submission_list")


def _page(request: Request, grid: Grid, refusal: str) -> HttpResponse:
    context = {
        "sheet": grid.sheet,
        "submission": grid.sheet.submission,
        "grid": grid,
        "questions": [line for line in grid.lines if line.asks],
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "results/approve.html", context, status=422 if refusal else 200)


@require_POST
def submission_act(request: Request, submission_id: int) -> HttpResponse:
    """Take a submission back before it is decided, or throw a draft away."""
    sheet_or_404(request, submission_id)
    try:
        if request.POST.get("act") == "discard":
            submissions.discard(**_doing(request, submission_id))
            notices.tell(request, _("Đã bỏ phiếu đang nhập. Nhật ký vẫn giữ các số đã nhập."))
            return redirect("submission_list")
        submissions.recall(**_doing(request, submission_id))
        notices.tell(request, _("Đã rút phiếu về để sửa."))
    except Refused as refusal:
        notices.warn(request, str(refusal))
    return redirect("submission_edit", submission_id)


def submission_correct(request: Request, submission_id: int) -> HttpResponse:
    """Open a correction of approved figures, with the reason."""
    sheet = sheet_or_404(request, submission_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = submissions.open_correction(
                **_doing(request, submission_id), reason=form.cleaned_data["reason"]
            )
        except AlreadyOpen as refusal:
            notices.warn(request, str(refusal))
            return redirect("submission_edit", refusal.submission.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.tell(
                request, _("Đã mở phiếu đính chính. Số cũ vẫn được tính cho đến khi phiếu này được duyệt.")
            )
            return redirect("submission_edit", made.pk)
    context = {"sheet": sheet, "submission": sheet.submission, "form": form}
    return render(request, "results/correct.html", context, status=422 if form.errors else 200)


def submission_file(request: Request, submission_id: int, file_id: int) -> HttpResponseBase:
    """A file that proves the figures."""
    sheet = sheet_or_404(request, submission_id)
    stored = sheet.submission.files.filter(pk=file_id).first()
    if stored is None:
        raise Http404
    return FileResponse(stored.file.open("rb"), as_attachment=True, filename=stored.name)
