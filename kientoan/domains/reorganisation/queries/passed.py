"""How much an applied decision passed on, and how much of it waits."""

from dataclasses import dataclass

from django.db.models import Count, Q

from kientoan.domains.organisation.models import Decision
from kientoan.domains.plans.models import Succession


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Numbers of duties: passed to a unit, and waiting for somebody to decide."""

    done: int
    waiting: int


def passed_on(decision: Decision) -> PassedOn:
    """What became of the duties."""
    rows = Succession.objects.filter(decision=decision)
    waits = Q(to_unit=None)
    counts = rows.aggregate(done=Count("id", filter=~waits), waiting=Count("id", filter=waits))
    return PassedOn(**counts)
