"""Passing on what came to a unit between the applying of the decision that ends it and its day.

Until that day the unit works on: tasks are handed down to it, roles are given, figures begun. They stay with
it until it ends, and then go the way of everything else, by what was chosen in the decision.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import models, transaction

from kientoan.domains.audit.operations import record
from kientoan.domains.organisation.models import Decision, DecisionState
from kientoan.domains.plans.models import ProgrammeDuty, Succession
from kientoan.domains.plans.operations.other_succession import (
    pass_figures_on,
    pass_programmes_on,
    pass_sets_on,
)
from kientoan.domains.plans.operations.succession import Estate, pass_tasks_on
from kientoan.domains.plans.operations.target_succession import pass_later_targets_on

from ..queries.heirs import inheritance_of
from ..queries.leftovers import decisions_with_leftovers
from ..queries.passed import passed_on
from .applying import pass_roles_on
from .post_heirs import post_heirs


def pass_on_what_came_later(*, day: date, at: datetime) -> list[Decision]:
    """For every decision whose day has come; gives those by which something passed or waits now.

    Each in a transaction of its own, the earlier day first; what passes to a unit that has ended meanwhile
    goes on from there. Running it again changes nothing.
    """
    done: dict[Decision, None] = {}
    pending, before = decisions_with_leftovers(day), list[Decision]()
    while pending and pending != before:
        done |= {one: None for one in pending if follow_decision(decision=one, at=at)}
        pending, before = decisions_with_leftovers(day), pending
    return list(done)


@transaction.atomic
def follow_decision(*, decision: Decision, at: datetime) -> int:
    """Pass on what the units that it ended hold again; how many records passed or wait now.

    Nothing when it was undone meanwhile.
    """
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    if locked.state != DecisionState.APPLIED:
        return 0
    before = passed_on(locked)
    inheritance = inheritance_of(locked)
    takeovers = [one for one in inheritance.takeovers() if inheritance.parted[one.unit].ends]
    estate = Estate(locked, takeovers, post_heirs(locked, takeovers), at, None)
    _ask_again(locked, estate.units)
    pass_roles_on(estate, inheritance, set(estate.units))
    pass_tasks_on(estate)
    pass_later_targets_on(estate)
    pass_sets_on(estate)
    pass_programmes_on(estate, _duties_left(locked))
    pass_figures_on(estate)
    after = passed_on(locked)
    detail = {"passed": after.done - before.done, "waiting": after.waiting - before.waiting}
    if any(detail.values()):
        record(actor=None, verb="decision.follow", at=at, subject=locked, detail=detail)
    return sum(detail.values())


def _ask_again(decision: Decision, units: Sequence[int]) -> None:
    """What waits would be found a second time: it is asked anew, and waits again unless it can pass now."""
    rows = Succession.objects.waiting().filter(decision=decision, from_unit__in=units)
    rows.filter(target=None, role_grant=None).delete()


def _duties_left(decision: Decision) -> models.QuerySet[ProgrammeDuty]:
    """Duties to issue a programme, without those that are one with the heir's already."""
    told = Succession.objects.filter(decision=decision, programme_duty__isnull=False).order_by()
    return ProgrammeDuty.objects.filter(programme=None).exclude(pk__in=told.values("programme_duty"))
