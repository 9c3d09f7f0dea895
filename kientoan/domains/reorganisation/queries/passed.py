"""How much an applied decision passed on, and how much of it waits."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from kientoan.domains.organisation.models import Decision
from kientoan.domains.plans.models import Succession, Update


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Numbers of duties: passed to a unit, and waiting for somebody to decide.

    A task is one duty, whether it passed with its lead, its assigner or both.
    """

    done: int
    waiting: int


def passed_on(decision: Decision) -> PassedOn:
    """What became of the duties."""
    rows = Succession.objects.filter(decision=decision)
    waits = Q(to_unit=None)
    counts = rows.aggregate(done=Count("id", filter=~waits), waiting=Count("id", filter=waits))
    told = rows.filter(update=OuterRef("pk"))  # what a succession says of a task is counted with it
    alone = Update.objects.filter(~Exists(told), decision=decision)
    return PassedOn(done=counts["done"] + alone.count(), waiting=counts["waiting"])
