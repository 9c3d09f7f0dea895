"""Who sees and who changes figures."""

from django.db.models import Q, QuerySet

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Role

from .models import Observation, Submission, SubmissionState

REPORTERS = (Role.REPORTER, Role.HEAD)
"""They enter figures for their unit."""
HEADS = (Role.HEAD,)
"""They approve them."""
ASSIGNERS = (Role.MONITOR,)
"""They ask for a correction of what was approved."""
KEEPERS = (Role.MONITOR, Role.ADMIN)
"""They keep the list of indicators."""


def visible_submissions(viewer: Viewer) -> QuerySet[Submission]:
    """Approved ones of the viewer's units and of those above; open ones of units the viewer works for."""
    approved = Q(state=SubmissionState.APPROVED, unit__in=viewer.reach_ids() | viewer.above_unit_ids)
    own = Q(unit__in=viewer.reach_ids(*REPORTERS, *ASSIGNERS))
    return Submission.objects.filter(approved | own)


def visible_observations(viewer: Viewer) -> QuerySet[Observation]:
    """Approved figures about the viewer's units and those above; drafts of units the viewer works for."""
    approved = Q(approved=True, unit__in=viewer.reach_ids() | viewer.above_unit_ids)
    own = Q(submission__unit__in=viewer.reach_ids(*REPORTERS, *ASSIGNERS))
    return Observation.objects.filter(approved | own)


def may_enter(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer enters figures for the unit."""
    return viewer.has(*REPORTERS, unit=unit_id)


def may_decide(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer approves the unit's figures."""
    return viewer.has(*HEADS, unit=unit_id)


def may_correct(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer may open a correction of the unit's approved figures."""
    return viewer.has(*REPORTERS, *ASSIGNERS, unit=unit_id)
