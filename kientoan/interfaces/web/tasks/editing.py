"""Making a task by hand, changing one, throwing a draft away."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kientoan.domains.documents.models import Document, Passage
from kientoan.domains.organisation.access import visible_documents
from kientoan.domains.organisation.models import Unit
from kientoan.domains.plans.access import ASSIGNERS, is_assigner
from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.models.standing import stand_on
from kientoan.domains.plans.operations import tasks
from kientoan.domains.plans.queries.task_detail import cooperating_ids

from .. import notices
from ..http import Request
from ..organisation.rights import acting_viewer
from .forms import TaskForm
from .loading import task_or_404


def task_create(request: Request) -> HttpResponse:
    """A task by hand; `?document=` or `?passage=` of a document one reads fill in the origin."""
    request.viewer.require(*ASSIGNERS)
    document, passage = _origin(request)
    initial = {
        "document_number": document.number if document else "",
        "title": passage.quote if passage else "",
    }
    form = TaskForm(request, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            task = _create(request, form, form.document or document, passage)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.tell(request, _("Đã thêm nhiệm vụ. Hãy giao cho đơn vị thực hiện."))
            return redirect("task_hand_down", task.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "passage": passage, "document": document}
    return render(request, "tasks/create.html", context, status=status)


def _origin(request: Request) -> tuple[Document | None, Passage | None]:
    """The document and passage that the address names, if the viewer may read them."""
    readable = visible_documents(request.viewer)
    passage_id, document_id = request.GET.get("passage", ""), request.GET.get("document", "")
    if passage_id.isdecimal():
        passage = get_object_or_404(Passage.objects.filter(document__in=readable), pk=int(passage_id[:18]))
        return passage.document, passage
    if document_id.isdecimal():
        return get_object_or_404(readable, pk=int(document_id[:18])), None
    return None, None


def _create(request: Request, form: TaskForm, document: Document | None, passage: Passage | None) -> Task:
    data = form.cleaned_data
    return tasks.create_task(
        title=data["title"],
        assigner_unit=Unit.objects.get(pk=data["assigner_unit"]),
        passage=passage,
        document=document,
        origin_note=data["origin_note"],
        cooperating_units=list(Unit.objects.filter(pk__in=data["cooperating"])),
        viewer=request.viewer,
        at=timezone.now(),
        day=request.today,
        output=data["output"],
        lead_unit_id=data["lead_unit"],
        due_date=data["due_date"],
        deadline_text=data["deadline_text"],
        checker_post_id=data["checker_post"],
        field_id=data["field"],
    )


def task_edit(request: Request, task_id: int) -> HttpResponse:
    """Change what a task says; the log keeps what it said before."""
    task = task_or_404(request, task_id)
    viewer = acting_viewer(request)
    if viewer.changes_ahead:
        stand_on([task], viewer.day)
    if not is_assigner(task, viewer):
        raise Http404
    form = TaskForm(request, request.POST or None, task=task, initial=_initial(task))
    if request.method == "POST" and form.is_valid():
        try:
            update = _edit(request, form, task)
        except Refused as refusal:
            form.add_error("reason" if "reason" in form.fields else None, str(refusal))
        else:
            undo = reverse("task_undo", args=[task.pk]) if update else ""
            notices.tell(request, _("Đã lưu.") if update else _("Không có gì thay đổi."), undo=undo)
            return redirect("task_detail", task.pk)
    status = 422 if form.is_bound else 200
    return render(request, "tasks/edit.html", {"form": form, "task": task}, status=status)


def _initial(task: Task) -> dict[str, Any]:
    return {
        "title": task.title,
        "output": task.output,
        "lead_unit": task.lead_unit_id,
        "cooperating": list(cooperating_ids(task)),
        "due_date": task.due_date,
        "deadline_text": task.deadline_text,
        "checker_post": task.checker_post_id,
        "post": task.post_id,
        "field": task.field_id,
        "origin_note": task.origin_note,
        "row_version": task.row_version,
    }


FORM_FIELDS = {
    "title": "title", "output": "output", "lead_unit": "lead_unit_id", "due_date": "due_date",
    "deadline_text": "deadline_text", "checker_post": "checker_post_id", "post": "post_id",
    "field": "field_id", "origin_note": "origin_note",
}  # fmt: skip


def _edit(request: Request, form: TaskForm, task: Task) -> object:
    data = form.cleaned_data
    return tasks.edit_task(
        task_id=task.pk,
        changes={name: data[key] for key, name in FORM_FIELDS.items() if key in data},
        cooperating_unit_ids=data["cooperating"],
        reason=data.get("reason", ""),
        row_version=data["row_version"],
        viewer=acting_viewer(request),
        at=timezone.now(),
        day=request.today,
    )


@require_POST
def task_discard(request: Request, task_id: int) -> HttpResponse:
    """Throw away a task that nobody was given yet."""
    task = task_or_404(request, task_id)
    try:
        tasks.discard_task(task_id=task.pk, viewer=request.viewer, at=timezone.now())
    except Refused as refusal:
        notices.warn(request, str(refusal))
        return redirect("task_detail", task.pk)
    notices.tell(request, _("Đã xóa nhiệm vụ chưa giao."))
    return redirect("task_list")
