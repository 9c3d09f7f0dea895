"""The list of indicators."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kientoan.domains.language.lookups import SortKey
from kientoan.domains.plans.queries.targets import rows_of
from kientoan.domains.plans.target_access import visible_targets
from kientoan.domains.results.access import KEEPERS
from kientoan.domains.results.models import Indicator
from kientoan.domains.results.operations import indicators
from kientoan.engines.vietnamese import fold

from .. import notices
from ..http import Request, moment
from ..sources import sources_of
from .drawing import drawn
from .forms import IndicatorForm

PER_PAGE = 100


def indicator_list(request: Request) -> HttpResponse:
    """All indicators, searched with or without diacritics."""
    words = fold(request.GET.get("q", "").strip())
    rows = Indicator.objects.select_related("field").order_by(SortKey("name"))
    if words:
        rows = rows.filter(Q(name__fold__contains=words) | Q(code__icontains=words))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "may_keep": request.viewer.has(*KEEPERS), "q": request.GET.get("q", "")}
    return render(request, "targets/indicators.html", context)


def indicator_detail(request: Request, indicator_id: int) -> HttpResponse:
    """What an indicator means, and the targets on it that the viewer sees."""
    indicator = get_object_or_404(Indicator.objects.select_related("field"), pk=indicator_id)
    found = visible_targets(request.viewer).filter(indicator=indicator_id).order_by("-period_end")
    rows = list(rows_of(found, request.day, ahead=request.viewer.changes_ahead))
    context = {
        "indicator": indicator,
        "lines": [drawn(row) for row in rows],
        "papers": sources_of(request.viewer, rows),
        "may_keep": request.viewer.has(*KEEPERS),
    }
    return render(request, "targets/indicator.html", context)


def indicator_create(request: Request) -> HttpResponse:
    """A new indicator."""
    request.viewer.require(*KEEPERS)
    form = IndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = indicators.create_indicator(
            values=form.cleaned_data, viewer=request.viewer, at=moment(request)
        )
        notices.tell(request, _("Đã thêm chỉ tiêu vào danh mục."))
        return redirect("indicator_detail", made.pk)
    return render(request, "targets/indicator_form.html", {"form": form}, status=422 if form.errors else 200)


def indicator_edit(request: Request, indicator_id: int) -> HttpResponse:
    """Change an indicator."""
    request.viewer.require(*KEEPERS)
    held = get_object_or_404(Indicator, pk=indicator_id)
    form = IndicatorForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("row_version", "")
        indicators.edit_indicator(
            indicator_id=indicator_id,
            values=form.cleaned_data,
            seen={"row_version": int(seen)} if seen.isdecimal() else {},
            viewer=request.viewer,
            at=moment(request),
        )
        notices.tell(request, _("Đã lưu."))
        return redirect("indicator_detail", indicator_id)
    context = {"form": form, "held": held}
    return render(request, "targets/indicator_form.html", context, status=422 if form.errors else 200)
