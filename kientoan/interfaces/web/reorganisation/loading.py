"""Loading a decision for a page: not there and not visible are both "not found"."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from kientoan.domains.organisation.access import NotAllowed, may_draft, visible_decisions
from kientoan.domains.organisation.models import ChangeEvent, Decision, DecisionState, Role
from kientoan.domains.organisation.operations import WrongState

from ..http import Request
from ..notices import warn
from ..organisation.rights import acting_viewer, seeing_viewer
from ..wording import moment_text

View = Callable[..., HttpResponse]


def decision_for(request: Request, pk: int) -> Decision:
    """A decision that the account may see; 404 otherwise."""
    wanted = visible_decisions(seeing_viewer(request))
    found: Decision = get_object_or_404(
        wanted.select_related("document__type", "drafted_by", "applied_by", "undone_by"), pk=pk
    )
    return found


def draft_for(request: Request, pk: int) -> Decision:
    """A draft that the account may work on. Raises `NotAllowed`, and `WrongState` when it is no draft."""
    decision = decision_for(request, pk)
    require_drafter(request)
    if decision.state != DecisionState.DRAFT:
        raise WrongState(decision)
    return decision


def event_for(decision: Decision, pk: int) -> ChangeEvent:
    """An event of the decision; 404 otherwise."""
    events = decision.changes.prefetch_related("original_units__passings", "resulting_units__places")
    found: ChangeEvent = get_object_or_404(events, pk=pk)
    return found


def require_drafter(request: Request) -> None:
    """Raise `NotAllowed` unless the account drafts decisions."""
    if not may_draft(acting_viewer(request)):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)


def telling_the_state(view: View) -> View:
    """A page for drafts whose decision was applied, undone or deleted meanwhile says so, and by whom."""

    @wraps(view)
    def told(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, pk, *args, **kwargs)
        except WrongState as refusal:
            warn(request, state_words(refusal.decision))
            return redirect("decision_detail", pk)

    return told


def state_words(decision: Decision) -> str:
    """What became of the decision, when and by whom."""
    if decision.state == DecisionState.APPLIED:
        words = gettext("Quyết định này đã được %(who)s thực hiện lúc %(at)s; không sửa được nữa.")
        who, at = decision.applied_by, decision.applied_at
    elif decision.state == DecisionState.UNDONE:
        words = gettext("Quyết định này đã được %(who)s hủy thực hiện lúc %(at)s.")
        who, at = decision.undone_by, decision.undone_at
    else:
        return gettext("Quyết định này còn là dự thảo, chưa được thực hiện.")
    return words % {"who": who or gettext("hệ thống"), "at": moment_text(at) if at else "–"}
