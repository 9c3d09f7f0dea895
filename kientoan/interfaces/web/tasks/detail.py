"""One task: its five clear things, origin, parts, log, evidence, and what one can do with it."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render

from kientoan.domains.plans.models import Evidence
from kientoan.domains.plans.queries.accountability import accountability_of
from kientoan.domains.plans.queries.task_detail import evidence_of

from ..http import Request
from .forms import NoteForm, ReportForm
from .loading import detail_or_404


def task_detail(request: Request, task_id: int) -> HttpResponse:
    """The page of a task."""
    detail = detail_or_404(request, task_id)
    context = {
        "detail": detail,
        "accountability": accountability_of(detail.row.task, request.day),
        "row": detail.row,
        "task": detail.row.task,
        "acts": detail.row.acts if request.day == request.today else frozenset(),
        "report": ReportForm(initial={"percent": detail.row.task.percent or None}),
        "note": NoteForm(auto_id=False),
    }
    return render(request, "tasks/detail.html", context)


def evidence_file(request: Request, evidence_id: int) -> FileResponse:
    """The bytes of a piece of evidence, to be saved and never run in the browser."""
    try:
        stored = evidence_of(request.viewer, evidence_id).file
    except Evidence.DoesNotExist:
        raise Http404 from None
    return FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
