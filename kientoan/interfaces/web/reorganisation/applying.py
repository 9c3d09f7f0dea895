"""Applying a decision and undoing it: each is asked with numbers, and told when it cannot be."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.deciding import require_units
from kientoan.domains.organisation.models import DecisionState, Role
from kientoan.domains.organisation.operations import CannotUndo, Collisions, WrongState
from kientoan.domains.organisation.queries.plan import Collision, plan_of
from kientoan.domains.organisation.queries.undoing import hindrances
from kientoan.domains.reorganisation import operations
from kientoan.domains.reorganisation.queries import effects
from kientoan.domains.reorganisation.queries.passed import passed_on
from kientoan.domains.reorganisation.queries.undoing import hindrances as duties_in_the_way

from ..http import Request, moment
from ..notices import tell, warn
from ..organisation.rights import acting_viewer, needs_a_role
from .carried import headcount_context
from .choices import totals
from .detail import head_context
from .loading import decision_for, draft_for, require_drafter, telling_the_state


@require_http_methods(["GET", "POST"])
@needs_a_role
@telling_the_state
def decision_apply(request: Request, pk: int) -> HttpResponse:
    """Ask with numbers, then apply; whoever comes second is told by whom it was done."""
    decision, viewer = draft_for(request, pk), acting_viewer(request)
    refused: tuple[Collision, ...] = ()
    if request.method == "POST":
        try:
            operations.apply_decision(decision=decision, at=moment(request), viewer=viewer)
        except Collisions as refusal:
            refused = refusal.collisions
            decision.refresh_from_db()
        else:
            tell(request, gettext("Đã thực hiện. Nếu nhầm, có thể hủy thực hiện ở trang này."))
            return redirect("decision_result", pk)
    plan = plan_of(decision)
    if refused and not plan.collisions:  # what the plan sees is told on the page, this only the database saw
        warn(request, " ".join(collision.words for collision in refused))
    context = head_context(request, decision, viewer, plan)
    if not context["may_apply"]:
        require_units(plan.changes, viewer, decision.effective_date)
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    context |= {
        "is_future": decision.effective_date > request.today,
        "totals": totals(effects(decision, viewer)),
    }
    return render(request, "reorganisation/apply.html", context, status=_status(request, bool(refused)))


def _status(request: Request, refused: bool) -> int:
    return 409 if request.method == "POST" and refused else 200


@needs_a_role
def decision_result(request: Request, pk: int) -> HttpResponse:
    """What was done, and where to go on."""
    decision, viewer = decision_for(request, pk), acting_viewer(request)
    if decision.state != DecisionState.APPLIED:
        return redirect("decision_detail", pk)
    context = head_context(request, decision, viewer, None) | {
        "passed": passed_on(decision),
        "headcount": headcount_context(decision),
    }
    return render(request, "reorganisation/result.html", context)


@require_http_methods(["GET", "POST"])
@needs_a_role
@telling_the_state
def decision_undo(request: Request, pk: int) -> HttpResponse:
    """Say what undoing gives back, or what stands in its way with the remedy; then undo."""
    decision, viewer = decision_for(request, pk), acting_viewer(request)
    require_drafter(request)
    if decision.state != DecisionState.APPLIED:
        raise WrongState(decision)
    plan = plan_of(decision)
    require_units(plan.changes, viewer, decision.effective_date)
    found = (*hindrances(decision, plan.touched), *duties_in_the_way(decision))
    if request.method == "POST":
        try:
            operations.undo_decision(decision=decision, at=moment(request), viewer=viewer)
        except CannotUndo as refusal:
            found = refusal.hindrances
        else:
            tell(request, gettext("Đã hủy thực hiện: mọi đơn vị trở lại như trước."))
            return redirect(reverse("decision_detail", args=[pk]))
    context = head_context(request, decision, viewer, None) | {"hindrances": found}
    return render(request, "reorganisation/undo.html", context, status=_status(request, bool(found)))
