"""All figures of an indicator on the boundaries of one day, earlier ones forwards and later ones backwards.

`Land` knows what passed between which units. `seen_from` gives the figure of a unit of the day for a period:
of a period that began before the day, the figures of then weighed (`recast`); of a later one, those of the
units of then, divided as the last figures before were made up (`recast_back`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .recast import ONE, Passed, Recast, Weighed, recast, recast_back, weights

Figures = Mapping[int, Decimal]  # unit → its figure of one period
Earlier = Sequence[tuple[date, Figures]]  # first day of a period → its figures, the latest period first


@dataclass
class Land:
    """What passed, and the first day of each unit; units between which nothing passed are kept apart."""

    passed: Iterable[Passed]
    begun: Mapping[int, date]
    _groups: dict[int, list[Passed]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        roots: dict[int, int] = {}

        def root(unit: int) -> int:
            while roots.setdefault(unit, unit) != unit:
                roots[unit] = unit = roots[roots[unit]]
            return unit

        rows = list(self.passed)
        for row in rows:
            roots[root(row.origin)] = root(row.result)
        together: dict[int, list[Passed]] = {}
        for row in rows:
            together.setdefault(root(row.origin), []).append(row)
        self._groups = {unit: together[root(unit)] for unit in roots}

    def near(self, unit: int) -> frozenset[int]:
        """The unit and all that land passed to or from, directly or through others."""
        rows = self._groups.get(unit, [])
        return frozenset({unit, *(row.origin for row in rows), *(row.result for row in rows)})

    def weights(self, unit: int, start: date, day: date) -> dict[int, Decimal | None]:
        """Which units of `start`, with which weight, make up the unit as it is on `day`."""
        return weights(unit, start, day, self._groups.get(unit, ()), self.begun)


def seen_from(
    day: date, unit: int, start: date, figures: Figures, land: Land, earlier: Earlier = ()
) -> Recast | None:
    """The figure of a unit of the day for the period from `start`; None when nothing of it is known.

    `earlier`: periods that began by the day, to tell how a later figure is divided.
    """
    if start > day:
        return _backwards(day, unit, start, figures, land, earlier)
    weighing = land.weights(unit, start, day)
    if unit in figures and unit not in weighing:  # it began within the period, and told its own figure
        return Recast(figures[unit], (Weighed(unit, figures[unit], ONE),), ())
    return recast(weighing, figures)


def _backwards(
    day: date, unit: int, start: date, figures: Figures, land: Land, earlier: Earlier
) -> Recast | None:
    bases: dict[int, Recast] = {}
    for key in sorted(land.near(unit)):
        weighing = land.weights(key, day, start)
        if unit not in weighing:
            continue
        bases[key] = _base(unit, day, weighing, land, earlier)
    return recast_back(unit, figures, bases)


def _base(
    unit: int, day: date, weighing: Mapping[int, Decimal | None], land: Land, earlier: Earlier
) -> Recast:
    """How the land of a later unit was made up when that was last known; nothing known: it is missing."""
    if set(weighing) == {unit}:  # all its land is of this unit: whatever it tells is of this unit
        return Recast(ONE, (Weighed(unit, ONE, ONE),), ())
    for start, figures in earlier:
        then: dict[int, Decimal] = {}
        for one in weighing:
            made = recast(land.weights(one, start, day), figures)
            if made is not None and not made.missing:
                then[one] = made.value
        base = recast(weighing, then)
        if base is not None and not base.missing and base.value:
            return base
    return Recast(Decimal(0), (Weighed(unit, Decimal(0), ONE),), (unit,))
