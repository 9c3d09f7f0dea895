"""For a target that waits: what the units that come after have for the same thing already."""

from collections.abc import Iterable
from dataclasses import dataclass

from kientoan.domains.organisation.models import Passing
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.domains.plans.models import Part, Succession, Target


@dataclass(frozen=True)
class Met:
    """A target of a unit that comes after, for the same indicator and period, in the same set."""

    unit: UnitOnDay
    target: Target


def met_by(rows: Iterable[Succession]) -> dict[int, list[Met]]:
    """Succession → the targets that its target would meet (three statements, none without targets)."""
    waiting = {row.pk: row for row in rows if row.target_id and row.part == Part.UNIT}
    if not waiting:
        return {}
    after: dict[tuple[int, int], set[int]] = {}
    passed = Passing.objects.filter(
        original__unit__in={row.from_unit_id for row in waiting.values()},
        original__event__decision__in={row.decision_id for row in waiting.values()},
        result__unit__isnull=False,
    )
    names = ("original__event__decision", "original__unit", "result__unit")
    for decision, origin, result in passed.values_list(*names):
        after.setdefault((decision, origin or 0), set()).add(result or 0)
    sets = {row.target.target_set_id for row in waiting.values() if row.target is not None}
    heirs = {unit for units in after.values() for unit in units}
    held = Target.objects.filter(target_set__in=sets, unit__in=heirs).select_related("indicator")
    by_place: dict[tuple[object, ...], list[Target]] = {}
    for target in held:
        by_place.setdefault(_place(target), []).append(target)
    shown = units_on(max(row.day for row in waiting.values()), heirs)
    found: dict[int, list[Met]] = {}
    for key, row in waiting.items():
        named = after.get((row.decision_id, row.from_unit_id), set())
        for other in by_place.get(_place(row.target), ()) if row.target is not None else ():
            if other.unit_id in named and other.unit_id in shown and other.pk != row.target_id:
                found.setdefault(key, []).append(Met(shown[other.unit_id], other))
    return found


def _place(target: Target) -> tuple[object, ...]:
    return (target.target_set_id, target.indicator_id, target.period_start, target.period_end)
