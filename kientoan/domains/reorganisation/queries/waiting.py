"""What no unit took over yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Decision, Role, RoleGrant
from kientoan.domains.organisation.queries import UnitOnDay, organisers_over, units_on
from kientoan.domains.plans.models import Succession
from kientoan.domains.plans.models.successions import SuccessionQuerySet

DECIDERS = (Role.PERSONNEL, Role.ADMIN, Role.MONITOR)
"""They decide for the units under them who takes over."""


def deciding_day(today: date) -> date:
    """The day whose units may take what waits: of a decision dated ahead its own day, else today."""
    latest: date | None = Succession.objects.waiting().aggregate(latest=Max("day"))["latest"]
    return max(today, latest or today)


def waiting(viewer: Viewer) -> SuccessionQuerySet:
    """Duties of units that end, also on a day to come, that wait for somebody the viewer is to decide for."""
    rows = Succession.objects.waiting()
    if not viewer.administers_all:
        rows = rows.filter(from_unit__in=viewer.reach_ids(*DECIDERS))
    related = ("decision", "task", "target__indicator", "target_set", "programme_duty__document",
               "submission", "role_grant__user")  # fmt: skip
    return rows.select_related(*related).order_by("from_unit_id", "pk")


def waits_elsewhere(viewer: Viewer) -> bool:
    """Whether something waits that the viewer is not to decide."""
    waits = Succession.objects.waiting()
    return not viewer.administers_all and waits.exclude(from_unit__in=viewer.reach_ids(*DECIDERS)).exists()


@dataclass(frozen=True, slots=True)
class WaitingRole:
    """A role that an account lost with its unit; `organisers` have it in their list."""

    grant: RoleGrant
    unit: UnitOnDay
    decision: Decision
    organisers: tuple[User, ...]


def waiting_roles(user: User, today: date) -> list[WaitingRole]:
    """The roles of the account that wait for somebody to decide to which unit they go."""
    rows = Succession.objects.waiting().filter(role_grant__user=user, day__lte=today)
    found = list(rows.select_related("role_grant", "decision").order_by("pk"))
    units = units_on(today, {row.from_unit_id for row in found}) if found else {}
    over = {
        (row.from_unit_id, row.day): tuple(
            organisers_over(row.from_unit_id, row.day - timedelta(days=1), today)
        )
        for row in found
    }
    return [
        WaitingRole(row.role_grant, units[row.from_unit_id], row.decision, over[row.from_unit_id, row.day])
        for row in found
        if row.role_grant is not None
    ]
