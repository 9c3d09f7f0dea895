"""What no unit took over yet."""

from datetime import date

from django.db.models import Max

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Role
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
