"""What would wait for somebody to decide if the decision were applied now, unit by unit, with the reason."""

from collections.abc import Iterable

from django.db.models import Count

from kientoan.domains.organisation.models import Decision, RoleGrant
from kientoan.domains.plans.models import Part
from kientoan.domains.plans.queries.waits_ahead import Ahead, WaitsFor, waits_ahead
from kientoan.domains.plans.rules.succession import BY_FIELD, WAIT, Takeover
from kientoan.domains.temporal.models import since

from .heirs import Inheritance


def waits_of(inheritance: Inheritance) -> dict[int, list[Ahead]]:
    """Unit → what of it would wait, in a fixed number of statements.

    It is worked out for all units at once: what one unit hands on may meet what another hands on.
    """
    takeovers, day = inheritance.takeovers(), inheritance.decision.effective_date
    found: dict[int, list[Ahead]] = {}
    for one in (*waits_ahead(takeovers, day), *_roles(inheritance, takeovers)):
        found.setdefault(one.unit, []).append(one)
    return found


def _roles(inheritance: Inheritance, takeovers: Iterable[Takeover]) -> list[Ahead]:
    """Roles on units that end and have nobody after them to whom a role may pass."""
    ended = [one for one in takeovers if inheritance.parted[one.unit].ends]
    waiting = {one.unit: one for one in ended if not inheritance.role_heirs(one)}
    if not waiting:
        return []
    decision: Decision = inheritance.decision
    held = RoleGrant.objects.filter(unit__in=waiting, in_force__overlap=since(decision.effective_date))
    counts = held.order_by().values_list("unit").annotate(count=Count("id"))
    return [Ahead(unit, "role_grant", Part.ROLE, _why(waiting[unit]), count) for unit, count in counts]


def _why(takeover: Takeover) -> WaitsFor:
    if takeover.rule == WAIT:
        return WaitsFor.NO_HEIR
    rest_is_open = takeover.rule == BY_FIELD and takeover.heir is None
    return WaitsFor.ROLE_REST if rest_is_open else WaitsFor.ROLE
