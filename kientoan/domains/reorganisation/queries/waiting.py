"""What no unit took over yet."""

from datetime import date

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Role
from kientoan.domains.plans.models import Succession
from kientoan.domains.plans.models.successions import SuccessionQuerySet

DECIDERS = (Role.PERSONNEL, Role.ADMIN, Role.MONITOR)
"""They decide for the units under them who takes over."""


def waiting(viewer: Viewer, day: date) -> SuccessionQuerySet:
    """Duties of ended units, until the day, that wait for somebody the viewer is to decide for."""
    rows = Succession.objects.waiting().filter(day__lte=day)
    if not viewer.administers_all:
        rows = rows.filter(from_unit__in=viewer.reach_ids(*DECIDERS))
    related = ("decision", "task", "target__indicator", "target_set", "programme_duty__document",
               "submission", "role_grant__user", "from_post")  # fmt: skip
    return rows.select_related(*related).order_by("from_unit_id", "pk")
