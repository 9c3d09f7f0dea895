"""The figure of a year so far, from the figures of its parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .readings import VINTAGES, Reading, best_per_period


@dataclass(frozen=True)
class Total:
    """Parts added up from `start` until `until`; `gaps` are half-open stretches that nobody reported.

    `parts` empty: nothing was reported, and `value` says nothing.
    """

    value: Decimal
    start: date
    until: date
    gaps: tuple[tuple[date, date], ...]
    parts: tuple[Reading, ...]

    @property
    def vintage(self) -> str:
        """As settled as the least settled part."""
        return min((part.vintage for part in self.parts), key=VINTAGES.index)

    @property
    def known_on(self) -> date:
        """The day since which all of it was known."""
        return max(part.known_on for part in self.parts)

    @property
    def complete(self) -> bool:
        """No stretch and no unit is missing up to `until`."""
        return bool(self.parts) and not self.gaps and all(part.complete for part in self.parts)


def accumulate(readings: Iterable[Reading], start: date, end: date) -> Total:
    """Add up the parts that lie in `[start, end)`, each day counted once, the longest part first.

    With a figure for quarter I and figures for January to May: quarter I, April, May. A stretch without a
    figure stays out and is told in `gaps`; the stretch after the last figure is no gap but the time to come.
    """
    inside = [r for r in best_per_period(readings) if start <= r.period.start and r.period.end <= end]
    inside.sort(key=lambda one: (one.period.start, -one.period.end.toordinal()))
    at, total = start, Decimal(0)
    gaps: list[tuple[date, date]] = []
    parts: list[Reading] = []
    for reading in inside:
        if reading.period.start < at:
            continue
        if reading.period.start > at:
            gaps.append((at, reading.period.start))
        total += reading.value
        parts.append(reading)
        at = reading.period.end
    return Total(total, start, at, tuple(gaps), tuple(parts))
