"""A tree shown branch by branch: of a nation only what is looked at is named and sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .tree import UnitOnDay, placed_on, units_on

WHOLE = 400  # branches up to this size are shown at once


@dataclass(frozen=True)
class Twig:
    """A unit in the tree; `size`: how many stand under it; `children` are all of these, or none yet."""

    unit: UnitOnDay
    size: int
    children: tuple["Twig", ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether what stands under it is still to be asked for."""
        return self.size > 0 and not self.children


class NotThere(Exception):
    """The unit does not stand in the hierarchy on the day."""


def twigs_on(
    day: date, hierarchy: str, *, under: int | None = None, opened: int | None = None
) -> tuple[Twig, ...]:
    """What stands right under a unit (None: the roots), siblings in Vietnamese order.

    A branch of at most `WHOLE` units comes whole; of a larger one the first level only, and of that the unit
    `opened` one level more. Raises `NotThere`.
    """
    placed = placed_on(day, hierarchy)
    if under is not None and under not in placed:
        raise NotThere
    children: dict[int | None, list[int]] = {}
    for unit, parent in placed.items():
        children.setdefault(parent, []).append(unit)
    sizes = _sizes(children)
    top = children.get(under, [])
    whole = sum(1 + sizes[unit] for unit in top) <= WHOLE
    shown = set(_below(top, children)) if whole else {*top, *children.get(opened, ())}
    names = units_on(day, shown)
    ranked: dict[int | None, list[int]] = {}
    for unit in names:  # in Vietnamese order
        ranked.setdefault(placed.get(unit), []).append(unit)

    def grow(parent: int | None) -> tuple[Twig, ...]:
        return tuple(
            Twig(names[unit], sizes[unit], grow(unit) if whole or unit == opened else ())
            for unit in ranked.get(parent, [])
        )

    return grow(under)


def _below(top: Iterable[int], children: Mapping[int | None, list[int]]) -> Iterable[int]:
    waiting = list(top)
    while waiting:
        unit = waiting.pop()
        yield unit
        waiting += children.get(unit, ())


def _sizes(children: Mapping[int | None, list[int]]) -> dict[int, int]:
    """Unit → how many stand under it."""
    order = list(_below(children.get(None, []), children))
    sizes = dict.fromkeys(order, 0)
    for unit in reversed(order):  # what stands under a unit comes after it
        sizes[unit] = sum(1 + sizes[child] for child in children.get(unit, ()))
    return sizes


def above_in(day: date, hierarchy: str, unit: int) -> list[UnitOnDay]:
    """The units above it in the hierarchy, from the root down to itself. Raises `NotThere`."""
    placed = placed_on(day, hierarchy)
    if unit not in placed:
        raise NotThere
    path: list[int] = []
    at: int | None = unit
    while at is not None:
        path.insert(0, at)
        at = placed.get(at)
    names = units_on(day, path)
    return [names[key] for key in path]
