"""One act on many tasks: fill in, preview, confirm, take back."""

from datetime import datetime

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.operations.bulk import BulkPlan, apply_bulk, plan_bulk, undo_bulk

from .. import notices
from ..http import Request
from .filtering import FilterForm, query_of
from .forms import BulkForm

MOST = 2000


@require_POST
def task_bulk(request: Request) -> HttpResponse:
    """Preview what an act would do to the chosen tasks; with `confirm` do it."""
    ids = _chosen(request)
    query = query_of(QueryDict(request.POST.get("query", "")))
    if not ids:
        notices.warn(request, _("Hãy chọn ít nhất một nhiệm vụ."))
        return redirect(f"{reverse('task_list')}?{query}")
    form = BulkForm(request, request.POST)
    plan: BulkPlan | None = None
    if form.is_valid() and "note" in request.POST:
        try:
            if "confirm" in request.POST:
                return _apply(request, form, ids, query)
            tasks = Task.objects.visible_to(request.viewer).filter(pk__in=ids).order_by("pk")
            plan = plan_bulk(
                tasks=tasks, change=form.change, viewer=request.viewer, at=timezone.now(), day=request.today
            )
        except Refused as refusal:
            form.add_error("note", str(refusal))
    context = {"form": form, "ids": ids, "plan": plan, "query": query}
    return render(request, "tasks/bulk.html", context, status=422 if "note" in form.errors else 200)


def _chosen(request: Request) -> list[int]:
    """The ticked tasks, or with `all` everything that the filter finds (at most 2,000)."""
    if request.POST.get("all") != "yes":
        return [int(text) for text in request.POST.getlist("ids") if text.isdecimal()][:MOST]
    form = FilterForm(request, QueryDict(request.POST.get("query", "")))
    return list(form.matching(request).order_by("pk").values_list("pk", flat=True)[:MOST])


def _apply(request: Request, form: BulkForm, ids: list[int], query: str) -> HttpResponse:
    at = timezone.now()
    plan = apply_bulk(task_ids=ids, change=form.change, viewer=request.viewer, at=at, day=request.today)
    done, refused = len(plan.accepted), len(plan.refused)
    words = ngettext("Đã làm với %(count)s nhiệm vụ.", "Đã làm với %(count)s nhiệm vụ.", done)
    if done:
        undo = f"{reverse('task_bulk_undo')}?{urlencode({'at': at.isoformat()})}"
        notices.tell(request, words % {"count": done}, undo=undo)
    if refused:
        reasons = sorted({reason for _task, reason in plan.refused})
        words = ngettext("%(count)s nhiệm vụ không làm được:", "%(count)s nhiệm vụ không làm được:", refused)
        notices.warn(request, f"{words % {'count': refused}} {' '.join(reasons)}")
    return redirect(f"{reverse('task_list')}?{query}")


@require_POST
def task_bulk_undo(request: Request) -> HttpResponse:
    """Take back the act on many tasks that was done at the moment in the address."""
    try:
        done_at = datetime.fromisoformat(request.GET.get("at", ""))
    except ValueError:
        return redirect("task_list")
    taken_back, refused = undo_bulk(done_at=done_at, viewer=request.viewer, at=timezone.now())
    words = ngettext("Đã hoàn tác %(count)s nhiệm vụ.", "Đã hoàn tác %(count)s nhiệm vụ.", taken_back)
    notices.tell(request, words % {"count": taken_back})
    if refused:
        words = ngettext(
            "%(count)s nhiệm vụ đã có việc mới nên giữ nguyên.",
            "%(count)s nhiệm vụ đã có việc mới nên giữ nguyên.",
            refused,
        )
        notices.warn(request, words % {"count": refused})
    return redirect("task_list")
