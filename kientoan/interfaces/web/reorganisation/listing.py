"""The list of decisions that change the organisation."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kientoan.domains.organisation.access import may_draft, visible_decisions
from kientoan.domains.organisation.models import DecisionState
from kientoan.domains.organisation.queries.decisions import decision_rows, decisions_matching, state_counts

from ..http import Request
from ..organisation.rights import needs_a_role, seeing_viewer

PAGE = 50


@require_GET
@needs_a_role
def decision_list(request: Request) -> HttpResponse:
    """Decisions by state, with what each does in numbers; searched, in pages of 50."""
    viewer = seeing_viewer(request)
    decisions = visible_decisions(viewer)
    text, state = request.GET.get("q", "").strip()[:200], request.GET.get("state", "")
    state = state if state in DecisionState.values else ""
    found = decisions_matching(decisions, text, state).select_related("document__type")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    counts = state_counts(decisions)
    context = {
        "page_obj": page,
        "rows": decision_rows(list(page.object_list)),
        "q": text,
        "state": state,
        "tabs": [(name, words, counts.get(name, 0)) for name, words in DecisionState.choices],
        "total": sum(counts.values()),
        "may_draft": may_draft(viewer),
    }
    return render(request, "reorganisation/list.html", context)
