"""What came after something that a decision ended: the units to which its unit passed."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..models import Decision, DecisionState, Passing
from .tree import UnitOnDay, units_on


@dataclass(frozen=True)
class Followed:
    """The decision that ended it, and the units that the whole or parts of its unit went to."""

    decision: Decision
    units: tuple[UnitOnDay, ...]


def what_followed(ended: Iterable[tuple[int | None, int]]) -> dict[tuple[int, int], Followed]:
    """(decision, unit that it ended) → what followed, in a fixed number of statements for one decision.

    Pairs without a decision are left out. The units are named as on the decision's day.
    """
    pairs = {(decision, unit) for decision, unit in ended if decision is not None}
    if not pairs:
        return {}
    decisions = Decision.objects.filter(state=DecisionState.APPLIED).in_bulk({key for key, _ in pairs})
    passings = Passing.objects.filter(
        original__event__decision__in=decisions, original__unit__in={unit for _, unit in pairs}
    )
    targets: dict[tuple[int, int], set[int]] = {}
    rows = passings.values_list("original__event__decision_id", "original__unit_id", "result__unit_id")
    for decision, unit, target in rows:
        if target is not None and target != unit:
            targets.setdefault((decision, unit), set()).add(target)
    return {
        pair: Followed(decisions[pair[0]], _named(targets.get(pair, set()), decisions[pair[0]]))
        for pair in pairs
        if pair[0] in decisions
    }


def _named(units: set[int], decision: Decision) -> tuple[UnitOnDay, ...]:
    return tuple(units_on(decision.effective_date, units).values()) if units else ()
