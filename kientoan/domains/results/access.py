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


def holder_of(submission: Submission, viewer: Viewer) -> int:
    """The unit that goes on with the submission on the viewer's day.

    One that passes on by a decision dated ahead stays with the unit that began it until that unit ends.
    """
    if viewer.changes_ahead and submission.begun_for is not None:
        begun = submission.begun_for
        if begun.in_force.upper is not None and viewer.day in begun.in_force:
            return begun.pk
    return submission.unit_id


def held_by(units: frozenset[int], viewer: Viewer, prefix: str = "") -> Q:
    """Submissions that one of the units goes on with on the viewer's day (see `holder_of`)."""
    held = Q(**{f"{prefix}unit__in": units})
    if not viewer.changes_ahead:
        return held
    lives = {f"{prefix}begun_for__in_force__contains": viewer.day}
    ends = Q(**lives, **{f"{prefix}begun_for__in_force__endswith__isnull": False})
    return (held & ~ends) | (ends & Q(**{f"{prefix}begun_for__in": units}))


def visible_submissions(viewer: Viewer) -> QuerySet[Submission]:
    """Approved ones of the viewer's units and of those above; open ones of units the viewer works for."""
    approved = Q(state=SubmissionState.APPROVED, unit__in=viewer.reach_ids() | viewer.above_unit_ids)
    own = held_by(viewer.reach_ids(*REPORTERS, *ASSIGNERS), viewer)
    return Submission.objects.filter(approved | own)


def visible_observations(viewer: Viewer) -> QuerySet[Observation]:
    """Approved figures about the viewer's units and those above; drafts of units the viewer works for."""
    approved = Q(approved=True, unit__in=viewer.reach_ids() | viewer.above_unit_ids)
    own = held_by(viewer.reach_ids(*REPORTERS, *ASSIGNERS), viewer, "submission__")
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
