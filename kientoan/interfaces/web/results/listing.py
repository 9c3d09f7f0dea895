"""Submissions: what is due, what is open, what waits for the head, what was approved."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.domains.plans.queries.reporting import Silence, not_reported
from kientoan.domains.plans.queries.target_words import period_label
from kientoan.domains.plans.rules.reporting import GRACE_DAYS
from kientoan.domains.results.access import REPORTERS, holder_of
from kientoan.domains.results.models import Frequency, Submission
from kientoan.domains.results.operations import submissions
from kientoan.domains.results.queries.submissions import listed
from kientoan.engines.periods import QUARTER, latest_ended

from ..http import Request, moment
from .forms import ListFilter, OpenForm

PER_PAGE = 50
SHOWN_SILENT = 100


@dataclass(frozen=True)
class Listed:
    """A submission as the list shows it."""

    submission: Submission
    unit: UnitOnDay
    period: str


@dataclass(frozen=True)
class Due:
    """Figures that are overdue, and whether the viewer may enter them."""

    silence: Silence
    period: str
    mine: bool


def submission_list(request: Request) -> HttpResponse:
    """What to report now, and the submissions the viewer sees."""
    form = ListFilter(request, request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    unit = chosen.get("unit")
    rows = listed(request.viewer, request.day, {unit} if unit else None)
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    holders = {row.pk: holder_of(row, request.viewer) for row in page}
    units = units_on(request.day, set(holders.values()))
    context = {
        "form": form,
        "page_obj": page,
        "rows": [Listed(row, units[holders[row.pk]], period_label(row.period)) for row in page],
        "due": _due(request, unit),
        "may_enter": request.viewer.has(*REPORTERS),
        "open_form": _open_form(request),
        "grace": [(Frequency(key).label, days) for key, days in GRACE_DAYS.items()],
    }
    return render(request, "results/list.html", context)


def _due(request: Request, unit: int | None) -> list[Due]:
    """Who is late with figures: the viewer's own first."""
    silences = not_reported(viewer=request.viewer, day=request.day)
    mine = request.viewer.unit_ids(*REPORTERS)
    scope = request.viewer.unit_ids()
    due = [
        Due(one, period_label(one.period), one.unit.id in mine)
        for one in silences
        if one.unit.id in scope and (unit is None or one.unit.id == unit)
    ]
    return sorted(due, key=lambda one: not one.mine)[:SHOWN_SILENT]


def _open_form(request: Request) -> OpenForm | None:
    if not request.viewer.has(*REPORTERS):
        return None
    initial = {"period": latest_ended(request.day, QUARTER), "vintage": "estimate"}
    form = OpenForm(request, initial=initial)
    form.fields["period"].help_text = ""  # one line: the placeholder says it
    form.fields["period"].widget.attrs["placeholder"] = "quý II/2018"
    return form


@require_POST
def submission_open(request: Request) -> HttpResponse:
    """Open the grid of a unit, period and vintage; a new one when there is none."""
    form = OpenForm(request, request.POST)
    if not form.is_valid():
        return render(request, "results/open.html", {"form": form}, status=422)
    submission = submissions.open_submission(
        unit_id=form.cleaned_data["unit"],
        period=form.cleaned_data["period"],
        vintage=form.cleaned_data["vintage"],
        viewer=request.viewer,
        at=moment(request),
    )
    return redirect("submission_edit", submission.pk)
