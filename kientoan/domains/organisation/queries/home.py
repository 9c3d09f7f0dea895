"""The units that an office works with, where other provinces are loaded beside its own."""

from datetime import date

from ..models import Hierarchy, Installation
from .tree import UnitOnDay, placed_on, units_on


def root_on(day: date) -> int | None:
    """The unit whose installation it was on the day; None without an installation."""
    installation = Installation.objects.first()
    return installation.root_id_on(day) if installation is not None else None


def home_units_on(day: date) -> dict[int, UnitOnDay]:
    """The units in force on the day without the other provinces and what stands under them, in order.

    Without an installation, or where its unit has none of its own on the day, all units.
    """
    units = units_on(day)
    root = root_on(day)
    placed = placed_on(day, Hierarchy.GOVERNMENT)
    if root is None or root not in placed:
        return units
    tops: dict[int, int] = {}

    def top_of(unit: int) -> int:
        path = []
        at = unit
        while at not in tops and (above := placed.get(at)) is not None:
            path.append(at)
            at = above
        top = tops.get(at, at)
        tops.update(dict.fromkeys([*path, at], top))
        return top

    own = top_of(root)
    foreign = {
        unit for unit, parent in placed.items() if parent is None and unit != own and units[unit].is_territory
    }
    if not foreign:
        return units
    return {key: unit for key, unit in units.items() if key not in placed or top_of(key) not in foreign}
