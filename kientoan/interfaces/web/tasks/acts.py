"""Reporting on a task, deciding on it, and taking back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kientoan.domains.documents.models import StoredFile
from kientoan.domains.documents.operations import store_file
from kientoan.domains.plans.errors import PartsOpen, Refused
from kientoan.domains.plans.models import Task, Update, UpdateKind
from kientoan.domains.plans.operations import updates
from kientoan.domains.plans.operations.bulk import acts_for
from kientoan.domains.plans.queries import tasks as queries
from kientoan.domains.plans.rules.tasks import Act

from .. import notices
from ..http import Request
from ..organisation.rights import acting_viewer
from .forms import ReportForm
from .loading import task_or_404

ACTS: dict[str, Callable[..., Update]] = {
    Act.APPROVE: updates.approve,
    Act.SEND_BACK: updates.send_back,
    Act.CLOSE: updates.close,
    Act.RETURN: updates.return_completion,
    Act.REOPEN: updates.reopen,
    Act.SUSPEND: updates.suspend,
    Act.RESUME: updates.resume,
    Act.URGE: updates.urge,
}


def doing(request: Request, task: Task) -> dict[str, Any]:
    """The arguments that every act takes. Acts are done today, whatever day is looked at."""
    return {"task_id": task.pk, "viewer": acting_viewer(request), "at": timezone.now(), "day": request.today}


def task_report(request: Request, task_id: int) -> HttpResponse:
    """The lead unit reports: `kind` is no_change (one click), progress or completion."""
    task = task_or_404(request, task_id)
    kind = request.POST.get("kind")
    if request.method != "POST" or kind not in ("no_change", "progress", "completion"):
        return render(request, "tasks/report.html", {"task": task, "form": ReportForm()})
    if kind == "no_change":
        return _reported(request, task, updates.report_progress(**doing(request, task)))
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return _reported(request, task, _report(request, task, form, kind))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "tasks/report.html", {"task": task, "form": form}, status=422)


def _report(request: Request, task: Task, form: ReportForm, kind: str) -> Update:
    at = timezone.now()
    files: list[StoredFile] = [
        store_file(data=one.read(), name=one.name, media_type=one.content_type or "", at=at)
        for one in form.cleaned_data["evidence"]
    ]
    said = {"note": form.cleaned_data["note"], "files": files}
    if kind == "completion":
        return updates.report_completion(**doing(request, task), **said)
    return updates.report_progress(**doing(request, task), **said, percent=form.cleaned_data["percent"])


def _reported(request: Request, task: Task, update: Update) -> HttpResponse:
    words = {
        UpdateKind.NO_CHANGE: _("Đã ghi nhận: chưa có thay đổi."),
        UpdateKind.PROGRESS: _("Đã ghi báo cáo tiến độ."),
        UpdateKind.COMPLETION: _("Đã báo cáo hoàn thành; người có trách nhiệm sẽ xem và duyệt."),
    }
    notices.tell(request, words[UpdateKind(update.kind)], undo=reverse("task_undo", args=[task.pk]))
    if request.htmx:
        shown = Task.objects.with_status(request.day).select_related("field", "post", "document__type")
        (row,) = queries.rows([shown.get(pk=task.pk)], request.viewer, request.day)
        return render(request, "tasks/row_changed.html", {"row": row, "pick": acts_for(request.viewer)})
    return redirect("task_detail", task.pk)


@require_POST
def task_act(request: Request, task_id: int) -> HttpResponse:
    """The head or the assigner decides; `act` names what."""
    task = task_or_404(request, task_id)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponseBadRequest()
    said: dict[str, Any] = {"note": request.POST.get("note", "")}
    if act is updates.close:
        said["despite_open_parts"] = request.POST.get("despite") == "yes"
    try:
        update = act(**doing(request, task), **said)
    except PartsOpen as refusal:
        context = {"task": task, "refusal": refusal, "note": said["note"]}
        return render(request, "tasks/close_confirm.html", context, status=422)
    except Refused as refusal:
        notices.warn(request, str(refusal))
    else:
        words = f"{UpdateKind(update.kind).label}: {_('đã ghi vào nhật ký.')}"
        notices.tell(request, words, undo=reverse("task_undo", args=[task.pk]))
    return redirect("task_detail", task.pk)


@require_POST
def task_undo(request: Request, task_id: int) -> HttpResponse:
    """Take back the last thing one did to the task."""
    task = task_or_404(request, task_id)
    try:
        kind = updates.undo(task_id=task.pk, viewer=acting_viewer(request), at=timezone.now())
    except Refused as refusal:
        notices.warn(request, str(refusal))
    else:
        notices.tell(request, _("Đã hoàn tác: %(what)s.") % {"what": kind.label})
    return redirect("task_detail", task.pk)
