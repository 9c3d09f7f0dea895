"""Loading a task for a page: not found and not visible are both 404."""

from django.http import Http404
from django.utils import timezone

from kientoan.domains.plans.models import Task
from kientoan.domains.plans.queries.task_detail import TaskDetail
from kientoan.domains.plans.queries.task_detail import task_detail as read_detail

from ..http import Request


def task_or_404(request: Request, task_id: int) -> Task:
    """The task, with what its forms show."""
    found = Task.objects.visible_to(request.viewer).select_related("passage", "document__type", "post")
    try:
        return found.get(pk=task_id)
    except Task.DoesNotExist:
        raise Http404 from None


def detail_or_404(request: Request, task_id: int) -> TaskDetail:
    """The task with all that belongs to it, on the day looked at."""
    try:
        return read_detail(task_id, request.viewer, request.day, at=timezone.now())
    except Task.DoesNotExist:
        raise Http404 from None
