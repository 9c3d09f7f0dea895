"""Which units an applied decision ends or begins, and who carries on with what they have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..models import DecisionState, OriginalUnit, Unit
from .lineage import Named, UnitNames
from .tree import UnitOnDay, units_on


@dataclass(frozen=True, slots=True)
class Ending:
    """`day`: the first day without the unit. `heir`: who takes over everything; None when that is divided or
    waits for a person to decide."""

    day: date
    heir: UnitOnDay | None
    decision: int
    legal_basis: str

    @property
    def last_day(self) -> date:
        """The last day on which the unit is there."""
        return self.day - timedelta(days=1)


def endings_ahead(units: Iterable[int], day: date) -> dict[int, Ending]:
    """Unit → its end, for those of the units that end after the day."""
    rows = OriginalUnit.objects.filter(
        unit__in=set(units), ends=True, event__decision__state=DecisionState.APPLIED,
        event__decision__effective_date__gt=day,
    )  # fmt: skip
    of = "event__decision"
    found = list(rows.values_list("unit_id", "heir_id", of, f"{of}__effective_date", f"{of}__legal_basis"))
    heirs: dict[date, set[int]] = {}
    for _unit, heir, _decision, end, _basis in found:
        heirs.setdefault(end, set()).update([heir] if heir else [])
    named = {end: units_on(end, keys) if keys else {} for end, keys in heirs.items()}
    return {
        unit or 0: Ending(end, named[end].get(heir or 0), decision, basis)
        for unit, heir, decision, end, basis in found
    }


@dataclass(frozen=True, slots=True)
class HowItEnded:
    """The decision that ended a unit on a day, and who took over everything due from it.

    `kind`: of the change. `heir`: as called on that day; None when the duties were divided, or wait.
    """

    day: date
    kind: str
    decision: int
    legal_basis: str
    heir: Named | None


def how_it_ended(unit: int) -> HowItEnded | None:
    """None for a unit that no applied decision ended."""
    row = (
        OriginalUnit.objects.filter(unit=unit, ends=True, event__decision__state=DecisionState.APPLIED)
        .select_related("event__decision")
        .order_by("-event__decision__effective_date")
        .first()
    )
    if row is None:
        return None
    decision, heir = row.event.decision, None
    if row.heir_id is not None:
        heir = UnitNames([row.heir_id]).on(row.heir_id, decision.effective_date)
    return HowItEnded(decision.effective_date, row.event.kind, decision.pk, decision.legal_basis, heir)


def units_to_come(day: date) -> dict[date, dict[int, UnitOnDay]]:
    """First day → the units that an applied decision begins on it, after the day; as they are called then."""
    rows = Unit.objects.filter(in_force__startswith__gt=day, begun_by__state=DecisionState.APPLIED)
    found: dict[date, list[int]] = {}
    for unit, first in rows.order_by("pk").values_list("pk", "in_force__startswith"):
        found.setdefault(first, []).append(unit)
    return {first: units_on(first, units) for first, units in sorted(found.items())}
