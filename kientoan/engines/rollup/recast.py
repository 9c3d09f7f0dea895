"""Figures of one set of units on the boundaries of another day: what merged is added, what was cut weighed.

Three lenses on one series: as reported (no function needed), on the boundaries of a later day (`recast`), on
those of an earlier day (`recast_back`). A figure is never rewritten; each result says from which figures it
was made, with which weight, and whether it is an estimate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ONE = Decimal(1)


@dataclass(frozen=True)
class Passed:
    """On `day` a part of `origin` went to `result`; `share` in 0 … 1, None where not known."""

    day: date
    origin: int
    result: int
    share: Decimal | None


@dataclass(frozen=True)
class Weighed:
    """A figure that is in a result, with its weight."""

    unit: int
    value: Decimal
    weight: Decimal


@dataclass(frozen=True)
class Recast:
    """A figure on other boundaries. `missing`: units whose figure or share is not known: not in it."""

    value: Decimal
    parts: tuple[Weighed, ...]
    missing: tuple[int, ...]

    @property
    def estimated(self) -> bool:
        """Whether a weight other than the whole is in it."""
        return any(part.weight != ONE for part in self.parts)


def weights(
    unit: int, start: date, day: date, passed: Iterable[Passed], begun: Mapping[int, date]
) -> dict[int, Decimal | None]:
    """Which units of `start`, with which weight, make up the unit as it is on `day`.

    `begun`: unit → its first day. A weight of None is not known. Walks back over each day of change: a unit
    that began on it is replaced by what it came of; one that gave parts away keeps the rest.
    """
    steps: dict[date, list[Passed]] = {}
    for one in passed:
        if start < one.day <= day:
            steps.setdefault(one.day, []).append(one)
    held: dict[int, Decimal | None] = {unit: ONE}
    for at in sorted(steps, reverse=True):
        held = _before(held, at, steps[at], begun)
    return {key: weight for key, weight in held.items() if weight != 0}


def _before(
    held: Mapping[int, Decimal | None], at: date, passed: Sequence[Passed], begun: Mapping[int, date]
) -> dict[int, Decimal | None]:
    """The same land the day before, in the units of that day."""
    found: dict[int, Decimal | None] = {}

    def add(key: int, weight: Decimal | None) -> None:
        now = found.get(key, Decimal(0))
        found[key] = None if weight is None or now is None else now + weight

    for unit, weight in held.items():
        if begun.get(unit) != at:
            given = [one.share for one in passed if one.origin == unit and one.result != unit]
            known = [share for share in given if share is not None]
            rest = None if len(known) < len(given) else max(ONE - sum(known, Decimal(0)), Decimal(0))
            add(unit, None if weight is None or rest is None else weight * rest)
        for one in passed:
            if one.result == unit and one.origin != unit:
                unknown = weight is None or one.share is None
                add(one.origin, None if unknown else weight * one.share)  # type: ignore[operator]
    return found


def recast(weighing: Mapping[int, Decimal | None], figures: Mapping[int, Decimal]) -> Recast | None:
    """The figures added up with their weights; None when none of them is known."""
    parts, missing = [], []
    for unit, weight in sorted(weighing.items()):
        value = figures.get(unit)
        if value is None or weight is None:
            missing.append(unit)
        else:
            parts.append(Weighed(unit, value, weight))
    if not parts:
        return None
    total = sum((part.value * part.weight for part in parts), Decimal(0))
    return Recast(total, tuple(parts), tuple(missing))


def recast_back(unit: int, later: Mapping[int, Decimal], bases: Mapping[int, Recast]) -> Recast | None:
    """The figure of a unit of before, from those of the units of after: each divided as it was made up.

    `later`: unit of after → its figure; `bases`: unit of after → the last figure on its boundaries that was
    made of the units of before. Where that was 10 of one and 11 of the other, a later 42 is 20 and 22. Always
    an estimate unless the whole of a unit came of this one alone.
    """
    parts, missing = [], []
    for key, base in sorted(bases.items()):
        own = sum((part.value * part.weight for part in base.parts if part.unit == unit), Decimal(0))
        if not any(part.unit == unit for part in base.parts):
            continue
        if key not in later or base.missing or not base.value:
            missing.append(key)
        else:
            parts.append(Weighed(key, later[key], own / base.value))
    if not parts:
        return None
    total = sum((part.value * part.weight for part in parts), Decimal(0))
    return Recast(total, tuple(parts), tuple(missing))
