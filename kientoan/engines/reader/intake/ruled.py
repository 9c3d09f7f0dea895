"""Tables drawn with lines: from the lines of a page to cells, merged ones included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_NEAR = 3.0
"""Lines closer than this, in points, are one line; ends closer than this meet."""

_MAX_RULES = 20_000
_MAX_LINES = 1_500


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along a side of the page; x to the right, y downwards, in points."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_vertical(self) -> bool:
        return self.bottom - self.top > self.right - self.left


@dataclass(frozen=True, slots=True)
class Lattice:
    """A drawn table: edges of columns and rows, and for each square the first square of its cell."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    anchors: dict[tuple[int, int], tuple[int, int]]

    def square_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return (row, column) of the cell at a point, from 0, or None outside the table."""
        row, column = _interval(self.rows, y), _interval(self.columns, x)
        return None if row is None or column is None else self.anchors[row, column]

    def arrange(self, texts: dict[tuple[int, int], str]) -> list[list[tuple[int, str]]]:
        """Lay texts by cell out in rows of (column from 1, text).

        A cell merged over rows has its text in the first; one merged over columns stands once.
        """
        arranged = []
        for row in range(len(self.rows) - 1):
            cells = []
            for column in range(len(self.columns) - 1):
                anchor = self.anchors[row, column]
                if anchor[1] == column:
                    cells.append((column + 1, texts.get(anchor, "") if anchor[0] == row else ""))
            arranged.append(cells)
        return arranged


def find_lattices(rules: Sequence[Rule]) -> list[Lattice]:
    """Return the tables that the lines draw, from the top down; a frame of one cell is none."""
    if len(rules) > _MAX_RULES:
        return []  # a drawing, not a table
    lattices = [lattice for group in _connected(_merge(rules)) if (lattice := _lattice(group)) is not None]
    return sorted(lattices, key=lambda lattice: lattice.rows[0])


def _merge(rules: Sequence[Rule]) -> list[Rule]:
    """Make one line of pieces that lie on one another or end to end: many programs draw cell by cell."""
    merged: list[Rule] = []
    for upright in (False, True):
        pieces = [rule for rule in rules if rule.is_vertical is upright]
        pieces.sort(key=lambda r: (round(r.left if upright else r.top), r.top if upright else r.left))
        open_line: Rule | None = None
        for piece in pieces:
            if open_line is not None and _continues(open_line, piece, upright=upright):
                open_line = Rule(
                    min(open_line.left, piece.left),
                    min(open_line.top, piece.top),
                    max(open_line.right, piece.right),
                    max(open_line.bottom, piece.bottom),
                )
                merged[-1] = open_line
            else:
                open_line = piece
                merged.append(piece)
    return merged


def _continues(line: Rule, piece: Rule, *, upright: bool) -> bool:
    if upright:
        return round(line.left) == round(piece.left) and piece.top <= line.bottom + _NEAR
    return round(line.top) == round(piece.top) and piece.left <= line.right + _NEAR


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Group lines that touch, directly or through others."""
    groups: list[list[Rule]] = []
    for rule in rules[:_MAX_LINES]:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if not any(group is found for found in touching)]
        groups.append([rule, *(other for group in touching for other in group)])
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    return (
        a.left <= b.right + _NEAR
        and b.left <= a.right + _NEAR
        and a.top <= b.bottom + _NEAR
        and b.top <= a.bottom + _NEAR
    )


def _lattice(group: list[Rule]) -> Lattice | None:
    across = [rule for rule in group if not rule.is_vertical]
    upright = [rule for rule in group if rule.is_vertical]
    rows = _edges((rule.top + rule.bottom) / 2 for rule in across)
    columns = _edges((rule.left + rule.right) / 2 for rule in upright)
    if len(rows) < 2 or len(columns) < 2 or len(rows) + len(columns) < 5:
        return None
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            x = (columns[column] + columns[column + 1]) / 2
            y = (rows[row] + rows[row + 1]) / 2
            if column and not _stands_at(upright, columns[column], y):
                anchors[row, column] = anchors[row, column - 1]
            elif row and not _lies_at(across, rows[row], x):
                anchors[row, column] = anchors[row - 1, column]
            else:
                anchors[row, column] = (row, column)
    return Lattice(columns, rows, anchors)


def _stands_at(upright: list[Rule], x: float, y: float) -> bool:
    return any(
        rule.left - _NEAR <= x <= rule.right + _NEAR and rule.top <= y <= rule.bottom for rule in upright
    )


def _lies_at(across: list[Rule], y: float, x: float) -> bool:
    return any(
        rule.top - _NEAR <= y <= rule.bottom + _NEAR and rule.left <= x <= rule.right for rule in across
    )


def _edges(places: Iterable[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return tuple(edges)


def _interval(edges: tuple[float, ...], place: float) -> int | None:
    for index, (before, after) in enumerate(pairwise(edges)):
        if before <= place <= after:
            return index
    return None
