"""One decision: its head, its events as sentences, and what stands in their way."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kientoan.domains.organisation.access import Viewer, may_draft, open_papers
from kientoan.domains.organisation.deciding import makes_a_root, units_outside
from kientoan.domains.organisation.models import Decision, DecisionState
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.organisation.queries.decisions import decision_rows, events_matching
from kientoan.domains.organisation.queries.plan import Collision, Plan, changes_of, plan_of

from ..http import Request
from ..organisation.rights import needs_a_role, seeing_viewer
from .loading import decision_for
from .sentences import event_rows, prefetched

PAGE = 50
SUMMED_UP = 12


@require_GET
@needs_a_role
def decision_detail(request: Request, pk: int) -> HttpResponse:
    """A draft to work on, or a decision as it was applied; events searched, in pages of 50."""
    decision, viewer = decision_for(request, pk), seeing_viewer(request)
    plan = plan_of(decision) if decision.state == DecisionState.DRAFT else None
    collisions = plan.collisions if plan else ()
    context = head_context(request, decision, viewer, plan)
    context |= events_context(request, decision, collisions)
    return render(request, "reorganisation/detail.html", context)


def head_context(request: Request, decision: Decision, viewer: Viewer, plan: Plan | None) -> dict[str, Any]:
    """What every page of one decision shows above: basis, numbers, who may do what."""
    (row,) = decision_rows([decision])
    outside = outside_rights(plan, viewer) if plan is not None else []
    new_root = (
        plan is not None
        and not viewer.administers_all
        and makes_a_root(plan.changes, plan.decision.effective_date)
    )
    return {
        "decision": decision,
        "row": row,
        "document": decision.document if open_papers(viewer, [decision.document_id]) else None,
        "is_draft": decision.state == DecisionState.DRAFT,
        "may_edit": decision.state == DecisionState.DRAFT and may_draft(viewer),
        "may_apply": plan is not None and may_draft(viewer) and not outside and not new_root,
        "outside": outside if may_draft(viewer) else [],
        "new_root": new_root and may_draft(viewer),
        "may_undo": may_undo(decision, viewer),
        "may_again": decision.state == DecisionState.UNDONE and may_draft(viewer),
        "collisions": plan.collisions if plan else (),
    }


def may_undo(decision: Decision, viewer: Viewer) -> bool:
    """Whether the viewer may give back the state before the decision, were nothing in the way."""
    if decision.state != DecisionState.APPLIED or not may_draft(viewer):
        return False
    if viewer.administers_all:
        return True
    changes, day = changes_of(decision), decision.effective_date
    return not units_outside(changes, viewer, day) and not makes_a_root(changes, day)


def outside_rights(plan: Plan, viewer: Viewer) -> list[str]:
    """The names of the units of the draft that the viewer may not change on its day."""
    if viewer.administers_all:
        return []
    day = plan.decision.effective_date
    outside = units_outside(plan.changes, viewer, day)
    return [unit.name for unit in units_on(day, outside).values()] if outside else []


def events_context(request: Request, decision: Decision, collisions: tuple[Collision, ...]) -> dict[str, Any]:
    """The events of one page; `?vuong=1` those in trouble only, `?q=` those with the words in a name."""
    text = request.GET.get("q", "").strip()[:200]
    in_trouble = sorted({collision.row for collision in collisions if collision.row})
    only = in_trouble if request.GET.get("vuong") and in_trouble else None
    events = events_matching(decision, text, only)
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    rows = event_rows(decision, prefetched(page.object_list), collisions)
    return {
        "page_obj": page,
        "rows": rows,
        "q": text,
        "only_trouble": only is not None,
        "in_trouble": len(in_trouble),
        "summed_up": collisions[:SUMMED_UP],
        "more_collisions": max(0, len(collisions) - SUMMED_UP),
    }
