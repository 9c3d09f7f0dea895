"""Warnings about offices that the rules would not see together; they never stop an act."""

from django.utils.translation import gettext

from kientoan.domains.organisation.models import Membership
from kientoan.domains.organisation.queries import clashes_on

from ..http import Request
from ..notices import warn


def warn_of_clashes(request: Request, held: Membership) -> None:
    """Warn on the next page when this time in a post clashes with another office of the person."""
    day = max(request.today, held.in_force.lower)
    for clash in clashes_on(day, [held.person_id]):
        if held.post_id in (clash.first.membership.post_id, clash.second.membership.post_id):
            warn(
                request,
                gettext("Cần xem lại: %(rule)s (%(first)s; %(second)s)")
                % {
                    "rule": clash.rule.words,
                    "first": f"{clash.first.membership.post}, {clash.first.unit}",
                    "second": f"{clash.second.membership.post}, {clash.second.unit}",
                },
            )
