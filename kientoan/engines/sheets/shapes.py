"""The shape of a table on its way out: sheets, columns and kinds of values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "integer", "decimal", "date", "percent", "link"]

Value = str | int | Decimal | date | tuple[str, str] | None
"""What a cell may hold. None is a blank, never a zero. A link is an address or (address, words)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the kind of its values and its width in letters.

    `percent` values are percentage points: Decimal("85.5") is 85,5 %. `decimals` is how many
    places a decimal or a percentage shows; the value itself is kept whole.
    """

    header: str
    kind: Kind = "text"
    width: int = 16
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: title (also the name of the sheet), columns and rows.

    `notes` are lines over the table (what it shows, on which day, from which source). `rows`
    may be a generator; it is read once.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    notes: Sequence[str] = ()
