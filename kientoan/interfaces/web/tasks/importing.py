"""Tasks from an Excel sheet: a dry run that names every fault, then all of it or nothing."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kientoan.domains.documents.models import StoredFile
from kientoan.domains.documents.operations import store_file
from kientoan.domains.organisation.models import Unit
from kientoan.domains.plans.access import ASSIGNERS
from kientoan.domains.plans.operations.task_import import import_tasks
from kientoan.domains.plans.queries.task_import import ImportPlan, plan_import
from kientoan.domains.plans.task_table import IN
from kientoan.engines.sheets import UnreadableSheet, read_sheet

from .. import notices
from ..http import Request
from ..kept_files import Expired, kept_file, token_for
from ..said import said
from .forms import ImportForm

PAGE = "task-import"
SHOWN_ERRORS = 200


def task_import(request: Request) -> HttpResponse:
    """Step 1 takes the file, step 2 shows what it would do, step 3 does it."""
    request.viewer.require(*ASSIGNERS)
    if request.method == "POST" and "token" in request.POST:
        return _carry_out(request)
    form = ImportForm(request, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            data = upload.read()
            unit = Unit.objects.get(pk=form.cleaned_data["assigner_unit"])
            plan = _plan(request, data, upload.name, unit)
        except UnreadableSheet as problem:
            form.add_error("file", f"{said(problem.message_vi)} {said(problem.remedy_vi)}")
        else:
            stored = store_file(
                data=data, name=upload.name, media_type=upload.content_type or "", at=timezone.now()
            )
            return _preview(request, plan, unit, stored, hand_down=form.cleaned_data["hand_down"])
    return render(
        request, "tasks/import.html", {"form": form, "columns": IN}, status=422 if form.is_bound else 200
    )


def _plan(request: Request, data: bytes, name: str, unit: Unit) -> ImportPlan:
    sheet = read_sheet(data, name=name, columns=IN)
    return plan_import(sheet, assigner_unit=unit, viewer=request.viewer, day=request.today)


def _preview(
    request: Request, plan: ImportPlan, unit: Unit, stored: StoredFile, *, hand_down: bool
) -> HttpResponse:
    context = {
        "plan": plan,
        "errors": plan.errors[:SHOWN_ERRORS],
        "new": plan.new[:20],
        "changed": plan.changed[:20],
        "name": stored.name,
        "hand_down": hand_down,
        "token": token_for(request, stored, unit.pk, hand_down, page=PAGE),
    }
    return render(request, "tasks/import_preview.html", context)


def _carry_out(request: Request) -> HttpResponse:
    """Read the kept file again and do what it says: the preview may be minutes old."""
    try:
        stored, (unit_id, hand_down) = kept_file(request, page=PAGE)
    except Expired:
        notices.warn(request, _("Bản xem trước đã quá một giờ; hãy gửi lại tệp."))
        return redirect("task_import")
    unit = Unit.objects.get(pk=unit_id)
    with stored.file.open("rb") as file:
        plan = _plan(request, file.read(), stored.name, unit)
    if not plan.ready:
        return _preview(request, plan, unit, stored, hand_down=hand_down)
    result = import_tasks(
        plan=plan, assigner_unit=unit, source=stored.name, hand_down=hand_down,
        viewer=request.viewer, at=timezone.now(), day=request.today,
    )  # fmt: skip
    words = _("Đã nhập: %(created)s nhiệm vụ mới, %(changed)s nhiệm vụ sửa đổi.")
    notices.tell(request, words % {"created": result.created, "changed": result.changed})
    return redirect("task_list")
