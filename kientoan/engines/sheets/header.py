"""Finding the header of a table and which column is which."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kientoan.engines.vietnamese import fold

from .grid import Grid
from .shapes import Kind

SEARCHED_ROWS = 20
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_NUMBERING = re.compile(r"\(?(\d{1,2})\)?|\(?([a-z])\)?")


@dataclass(frozen=True, slots=True)
class Expected:
    """A column that a form needs: its key, the header wordings it may stand under, its kind.

    `required`: the column must be there, and each row must fill it unless `may_be_blank`.
    """

    key: str
    headers: tuple[str, ...]
    kind: Kind = "text"
    required: bool = True
    may_be_blank: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """Where the table starts and where each expected column stands (from 0)."""

    first_row: int
    places: dict[str, int]
    labels: dict[int, str]
    unknown: tuple[str, ...]
    doubled: tuple[str, ...]


def find_header(grid: Grid, columns: tuple[Expected, ...]) -> Header | None:
    """Return the best header within the first rows: one row, or two under merged cells."""
    best: Header | None = None
    filled = _fill_merged(grid)
    for row in range(min(SEARCHED_ROWS, len(grid.rows))):
        for depth in (1, 2):
            if row + depth > len(grid.rows):
                continue
            found = _match(filled[row : row + depth], columns, row + depth)
            if found.places and (best is None or len(found.places) > len(best.places)):
                best = found
    if best is None:
        return None
    return _skip_numbering(grid, best)


def plain(header: str) -> str:
    """Fold a header for comparison: no diacritics, case, brackets' content, punctuation or double spaces."""
    return " ".join(re.findall(r"\w+|%", fold(_BRACKETS.sub(" ", header)))) or " ".join(
        re.findall(r"\w+|%", fold(header))
    )


def _match(rows: list[list[str]], columns: tuple[Expected, ...], first_row: int) -> Header:
    width = max((len(row) for row in rows), default=0)
    labels = {column: _labels(rows, column) for column in range(width)}
    places: dict[str, int] = {}
    doubled: list[str] = []
    for exact in (True, False):  # "Tỷ lệ (%)" is matched as it stands before its bracket is dropped
        for expected in columns:
            if expected.key in places and exact:
                continue
            accepted = {_key(header, exact) for header in expected.headers}
            hits = [
                column
                for column, names in labels.items()
                if column not in places.values() and any(_key(name, exact) in accepted for name in names)
            ]
            if expected.key not in places and hits:
                places[expected.key] = hits[0]
                if exact and len(hits) > 1:
                    doubled.append(expected.headers[0])
    shown = {column: names[-1] for column, names in labels.items() if names}
    unknown = tuple(name for column, name in shown.items() if column not in places.values())
    return Header(first_row, places, shown, unknown, tuple(doubled))


def _key(header: str, exact: bool) -> str:
    return " ".join(re.findall(r"\w+|%", fold(header))) if exact else plain(header)


def _labels(rows: list[list[str]], column: int) -> list[str]:
    """Return the names a column may go by, the fullest last: its own, and its group's with its own."""
    parts: list[str] = []
    for row in rows:
        text = row[column].strip() if column < len(row) else ""
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    if not parts:
        return []
    return [parts[-1], " ".join(parts)] if len(parts) > 1 else parts


def _fill_merged(grid: Grid) -> list[list[str]]:
    """Return the top rows as text, with the text of a merged cell in every cell it covers."""
    rows = [
        [cell if isinstance(cell, str) else str(cell) for cell in row]
        for row in grid.rows[: SEARCHED_ROWS + 1]
    ]
    for top, left, bottom, right in grid.merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                rows[row][column] = rows[top][left]
    return rows


def _skip_numbering(grid: Grid, header: Header) -> Header:
    """Skip the line (1) (2) (3) that forms put under the header."""
    if header.first_row >= len(grid.rows):
        return header
    written = [_number_text(cell) for cell in grid.rows[header.first_row]]
    marks = [_NUMBERING.fullmatch(text.lower()) for text in written if text]
    numbers = [int(mark[1]) for mark in marks if mark is not None and mark[1]]
    if (
        len(marks) >= 3
        and all(marks)
        and numbers == list(range(numbers[0] if numbers else 0, 100))[: len(numbers)]
    ):
        return Header(header.first_row + 1, header.places, header.labels, header.unknown, header.doubled)
    return header


def _number_text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
