"""The figure of a unit from the figures of the units under it, for one period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from ..periods import Period
from .readings import VINTAGES, Reading

SUM: Final = "sum"
MEAN: Final = "mean"


def roll_up(
    unit: int,
    below: Mapping[int, Sequence[int]],
    reported: Mapping[int, Reading],
    method: str,
    period: Period,
) -> Reading | int:
    """The reading of `unit` for `period`: its own when it reported, else made of those directly below.

    `below` maps a unit to the units under it that are expected to report; `reported` holds the figures at
    hand, at any level. `SUM` adds; `MEAN` is the unweighted mean of the units directly below. Nothing is put
    in place of a missing unit: the reading says how many of the lowest expected units are in it, and is as
    settled as its least settled part. When nobody reported, gives the number of units that should have.
    """
    if own := reported.get(unit):
        return own
    parts = [roll_up(child, below, reported, method, period) for child in below.get(unit, ())]
    readings = [part for part in parts if isinstance(part, Reading)]
    silent = sum(part for part in parts if isinstance(part, int))
    if not readings:
        return silent or 1
    total = sum((part.value for part in readings), Decimal(0))
    return Reading(
        period=period,
        value=total / len(readings) if method == MEAN else total,
        vintage=min((part.vintage for part in readings), key=VINTAGES.index),
        known_on=max(part.known_on for part in readings),
        reported=sum(part.reported for part in readings),
        expected=sum(part.expected for part in readings) + silent,
        computed=True,
    )


def silent(unit: int, below: Mapping[int, Sequence[int]], reported: Mapping[int, Reading]) -> list[int]:
    """The lowest expected units whose figure is missing in that of `unit`; none when it reported itself."""
    if unit in reported:
        return []
    children = below.get(unit, ())
    if not children:
        return [unit]
    return [one for child in children for one in silent(child, below, reported)]
