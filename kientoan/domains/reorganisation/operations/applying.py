"""Applying a decision: the units first, then everything that is due from those that end."""

from datetime import datetime

from django.db import transaction

from kientoan.domains.audit.operations import record
from kientoan.domains.organisation import operations as organisation
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Decision
from kientoan.domains.organisation.operations import Applied
from kientoan.domains.plans.models import Rule
from kientoan.domains.plans.operations.other_succession import (
    note_roles,
    pass_figures_on,
    pass_programmes_on,
    pass_sets_on,
)
from kientoan.domains.plans.operations.succession import Estate, pass_tasks_on
from kientoan.domains.plans.operations.target_succession import pass_targets_on

from ..models import Handover
from ..queries.heirs import Inheritance, inheritance_of
from ..queries.passed import passed_on
from .post_heirs import post_heirs


@transaction.atomic
def apply_decision(*, decision: Decision, at: datetime, viewer: Viewer | None) -> Applied:
    """Write the decision and pass on what is due, in one transaction.

    `viewer` None: the command line. Raises as `organisation.operations.apply_decision` does: `NotAllowed`,
    `WrongState`, `Collisions`.
    """
    applied = organisation.apply_decision(decision=decision, at=at, viewer=viewer)
    handover = Handover.objects.create(decision=applied.decision, passed_at=at)
    inheritance = inheritance_of(applied.decision)
    organisation.inherit_posts(decision=applied.decision, origins=_origins(applied))
    pass_on(inheritance, applied, handover, at=at, viewer=viewer)
    return applied


def _origins(applied: Applied) -> dict[int, list[int]]:
    """New unit → the units it comes of."""
    new = set(applied.created)
    found: dict[int, list[int]] = {}
    for unit, successors in applied.successors.items():
        for one in successors:
            if one.unit in new and unit not in found.setdefault(one.unit, []):
                found[one.unit].append(unit)
    return found


def pass_on(
    inheritance: Inheritance, applied: Applied, handover: Handover, *, at: datetime, viewer: Viewer | None
) -> None:
    """Everything due from the units that end or gave it away goes to who takes over, or waits."""
    decision, takeovers = applied.decision, inheritance.takeovers()
    by = viewer.user if viewer else None
    estate = Estate(decision, takeovers, post_heirs(decision, takeovers), at, by)
    ended = set(applied.ended)
    ending = [one for one in takeovers if one.unit in ended]
    heirs = {one.unit: one.heir for one in ending if one.heir is not None}
    whole = {one.unit: heirs[one.unit] for one in ending if one.unit in heirs and one.rule == Rule.ONE}
    organisation.name_heirs(decision=decision, chosen=whole)
    pass_roles_on(estate, inheritance, {one.unit for one in ending})
    if (moved := organisation.move_root(heirs=heirs, day=decision.effective_date)) is not None:
        handover.installation, handover.root_before = moved
        handover.save(update_fields=["installation", "root_before"])
    if not takeovers:
        return
    pass_tasks_on(estate)
    pass_targets_on(estate)
    pass_sets_on(estate)
    pass_programmes_on(estate)
    pass_figures_on(estate)
    numbers = passed_on(decision)
    detail = {"passed": numbers.done, "waiting": numbers.waiting}
    record(actor=by, verb="decision.succession", at=at, subject=decision, detail=detail)


def pass_roles_on(estate: Estate, inheritance: Inheritance, units: set[int]) -> None:
    """Roles end with these units and begin on their successors; those that ended with them before stay."""
    grants = organisation.end_grants(decision=estate.decision, units=list(units))
    if not grants:
        return
    ended = [one for one in estate.takeovers if one.unit in units]
    pairs = [(one.unit, heir) for one in ended for heir in inheritance.role_heirs(one)]
    keys = [grant.pk for grant in grants]
    organisation.inherit_grants(decision=estate.decision, heirs=pairs, grants=keys)
    note_roles(estate, grants, dict(reversed(pairs)))
