"""A figure as it is read: for which period, how settled, known since when, from how many units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from ..periods import Period

ESTIMATE: Final = "estimate"
PRELIMINARY: Final = "preliminary"
FINAL: Final = "final"
VINTAGES: Final = (ESTIMATE, PRELIMINARY, FINAL)
"""From the least to the most settled."""


@dataclass(frozen=True)
class Reading:
    """One figure. `reported` of `expected` units gave it: 1 of 1 when it is as reported."""

    period: Period
    value: Decimal
    vintage: str
    known_on: date
    reported: int = 1
    expected: int = 1
    computed: bool = False

    @property
    def complete(self) -> bool:
        """Whether no unit is missing in it."""
        return self.reported == self.expected


def _settled(reading: Reading) -> tuple[bool, int, date]:
    """A figure as reported comes before a computed one, then the most settled, then the newest."""
    return (not reading.computed, VINTAGES.index(reading.vintage), reading.known_on)


def best(readings: Iterable[Reading]) -> Reading:
    """The one that stands among readings of one period. Raises `ValueError` when there is none."""
    return max(readings, key=_settled)


def best_per_period(readings: Iterable[Reading]) -> list[Reading]:
    """One reading per period, in the order of the periods' ends, the longer first among equals."""
    found: dict[Period, Reading] = {}
    for reading in readings:
        held = found.get(reading.period)
        found[reading.period] = reading if held is None else best((held, reading))
    return sorted(found.values(), key=lambda one: (one.period.end, one.period.start))
