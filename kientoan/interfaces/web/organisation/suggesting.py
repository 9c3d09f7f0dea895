"""Units to choose from while one types: the options of a list too long to stand in the page."""

from datetime import date

from django.http import HttpResponse
from django.utils.html import format_html_join
from django.views.decorators.http import require_GET

from kientoan.domains.organisation.access import organised_units
from kientoan.domains.organisation.queries import parents_on, units_on
from kientoan.domains.organisation.queries.finding import units_named

from ..http import Request
from .fields import told_apart
from .rights import acting_viewer, needs_a_role

MOST = 20


@require_GET
@needs_a_role
def unit_options(request: Request) -> HttpResponse:
    """`?as=parent&parent=an hoa&on=2025-06-30`: options of a `<datalist>`, named as the field takes them.

    Only units that the account may change, unless `all=1`.
    """
    text = request.GET.get(request.GET.get("as", "q"), "").strip()[:200]
    day = _day(request)
    if len(text) < 2:
        return HttpResponse("")
    units = units_on(day)
    if request.GET.get("all") != "1":
        viewer = acting_viewer(request)
        if not viewer.administers_all:
            allowed = set(organised_units(viewer).values_list("pk", flat=True))
            units = {key: unit for key, unit in units.items() if key in allowed}
    found = units_named(text, day, within=set(units), limit=MOST)
    labels = told_apart(units, parents_on(day))
    options = ((labels[one.unit.id], one.unit.code) for one in found)
    return HttpResponse(format_html_join("", '<option value="{}">{}</option>', options))


def _day(request: Request) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return request.today
