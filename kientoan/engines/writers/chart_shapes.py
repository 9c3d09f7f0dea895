"""What a chart shows, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Number = int | float | Decimal
Tone = Literal["good", "calm", "warn", "bad", "none"]


@dataclass(frozen=True, slots=True)
class Point:
    """One value under a label. None is a value not reported: a gap, never a zero."""

    label: str
    value: Number | None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One square: row, column, value for its shade and the words written in it."""

    row: str
    column: str
    value: Number | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """One status with its word and its tone; the word is always shown beside the colour."""

    key: str
    label: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class StatusBar:
    """How many things of a group stand in each status, by status key."""

    label: str
    counts: Mapping[str, int]
