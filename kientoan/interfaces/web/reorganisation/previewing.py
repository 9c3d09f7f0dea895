"""What a decision does, before it is done: trees side by side, codes, and what goes where."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kientoan.domains.organisation.access import may_organise
from kientoan.domains.organisation.models import DecisionState
from kientoan.domains.organisation.queries.cautions import cautions_of
from kientoan.domains.organisation.queries.plan import plan_of
from kientoan.domains.organisation.queries.preview import Comparison, preview_of
from kientoan.domains.reorganisation.organs import organs_left
from kientoan.domains.reorganisation.queries import inheritance_of

from ..http import Request
from ..organisation.rights import needs_a_role, seeing_viewer
from .carried import headcount_context
from .choices import effects_context
from .detail import head_context
from .loading import decision_for

OPENED = 40  # branches with more units than this are folded at first


@require_GET
@needs_a_role
def decision_preview(request: Request, pk: int) -> HttpResponse:
    """Before and after by hierarchy (`?h=`), the fate of the codes, what stands in the way."""
    decision, viewer = decision_for(request, pk), seeing_viewer(request)
    plan = plan_of(decision) if decision.state == DecisionState.DRAFT else None
    preview = preview_of(decision)
    context = head_context(request, decision, viewer, plan) | {
        "preview": preview,
        "tree": _chosen(preview.trees, request.GET.get("h", "")),
        "opened": OPENED,
        "given_up": sum(1 for fate in preview.codes if not fate.after),
        "passed_on": sum(1 for fate in preview.codes if fate.before and fate.after),
        "new_codes": sum(1 for fate in preview.codes if not fate.before),
        "headcount": headcount_context(decision, plan.changes if plan else None),
    }
    if plan is not None:
        context["cautions"] = cautions_of(plan)
        inheritance = inheritance_of(decision)
        context |= effects_context(request, inheritance, viewer)
        then = viewer.on(decision.effective_date)
        context["organs"] = [(one, may_organise(then, one.unit.id)) for one in organs_left(inheritance)]
        context["may_end_organs"] = any(may for _organ, may in context["organs"])
    return render(request, "reorganisation/preview.html", context)


def _chosen(trees: tuple[Comparison, ...], hierarchy: str) -> Comparison | None:
    """The hierarchy asked for, else the first that changes."""
    return next((tree for tree in trees if tree.hierarchy == hierarchy), trees[0] if trees else None)
