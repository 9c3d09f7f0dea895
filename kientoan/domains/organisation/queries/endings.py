"""Which units an applied decision ends on a day to come, and who carries on with what they have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..models import DecisionState, OriginalUnit
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
