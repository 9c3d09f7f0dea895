"""The list of tasks: what I have to do, what matches a filter, filters one keeps, and the list as a file."""

from django.core.paginator import Page
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import SavedFilter, Task
from kientoan.domains.plans.operations import filters
from kientoan.domains.plans.operations.bulk import acts_for
from kientoan.domains.plans.queries import tasks as queries
from kientoan.domains.plans.queries.tasks import Status
from kientoan.domains.plans.task_table import task_sheet

from .. import notices, wording
from ..http import Request
from ..spreadsheets import sheet_answer
from .filtering import STATUS_WORDS, BoundedPaginator, FilterForm, query_of

PAGE_NAME = "task_list"
QUICK = frozenset(
    {Status.OPEN, Status.OVERDUE, Status.SOON, Status.SILENT, Status.TO_APPROVE, Status.AWAITING, Status.DONE}
    | {Status.DRAFT}
)


def task_list(request: Request) -> HttpResponse:
    """One page of the list."""
    form = FilterForm(request, request.GET)
    sort = request.GET.get("sort", "")
    found = queries.sorted_by(form.matching(request), sort)
    page: Page[Task] = BoundedPaginator(found).get_page(request.GET.get("page"))
    tasks = queries.shown(page.object_list, sort, request.day)  # type: ignore[arg-type]  # a queryset, sliced
    context = {
        "form": form,
        "mine": form.wanted.mine,
        "rows": queries.rows(tasks, request.viewer, request.day, known=form.units),
        "page_obj": page,
        "query": query_of(request.GET),
        "chips": _chips(request.GET, form),
        "saved": SavedFilter.objects.filter(user=request.user, page=PAGE_NAME).order_by("name"),
        "bulk_acts": acts_for(request.viewer) if request.day == request.today else [],
        "narrowed": bool(form.errors)
        or any(request.GET.get(key) for key in ("q", "unit", "field", "person", "from", "to")),
    }
    return render(request, "tasks/list.html", context)


def _chips(data: QueryDict, form: FilterForm) -> list[tuple[str, str, bool]]:
    """Quick filters by status: (words, address, chosen)."""
    chips = []
    for status, words in STATUS_WORDS:
        if status not in QUICK and status != form.wanted.status:
            continue
        query = data.copy()
        query.pop("page", None)
        chosen = form.wanted.status == status
        query["mine"] = "1" if form.wanted.mine else "0"
        if chosen:
            query.pop("status")
        else:
            query["status"] = status
        chips.append((str(words), f"?{query.urlencode()}", chosen))
    return chips


def task_export(request: Request) -> HttpResponseBase:
    """The whole filtered list as Excel, or as CSV with `?as=csv`; streamed, without a limit."""
    form = FilterForm(request, request.GET)
    found = queries.sorted_by(form.matching(request), request.GET.get("sort", ""))
    day = wording.day_text(request.day)
    notes = [_("Tình trạng theo ngày %(day)s") % {"day": day}]
    sheet = task_sheet(found, request.viewer, request.day, notes=notes)
    name = f"nhiem-vu-{request.day:%Y-%m-%d}"
    return sheet_answer(sheet, name, form=request.GET.get("as"), title=_("Nhiệm vụ"))


@require_POST
def save(request: Request) -> HttpResponse:
    """Keep the filter of the list under a name."""
    query = query_of(QueryDict(request.POST.get("query", "")))
    try:
        saved = filters.save_filter(
            viewer=request.viewer, page=PAGE_NAME, name=request.POST.get("name", ""), query=query
        )
    except Refused as refusal:
        notices.warn(request, str(refusal))
    else:
        notices.tell(request, _("Đã lưu bộ lọc «%(name)s».") % {"name": saved.name})
    return redirect(f"{reverse('task_list')}?{query}")


@require_POST
def delete(request: Request, filter_id: int) -> HttpResponse:
    """Forget one's own filter."""
    filters.delete_filter(viewer=request.viewer, filter_id=filter_id)
    notices.tell(request, _("Đã xóa bộ lọc."))
    return redirect("task_list")
