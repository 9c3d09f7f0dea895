"""Lines of a page: pieces of text with places, put into rows and drawn tables."""

import re
from dataclasses import dataclass, replace

from .extracted import clean
from .ruled import Rule, find_lattices

HEAD = re.compile(r"CỘNG\s*H[ÒO][AÀ]\s*XÃ\s*HỘI|ĐẢNG\s*CỘNG\s*SẢN\s*VIỆT\s*NAM|Độc\s*lập\s*[-–]\s*Tự\s*do")
_CODE_TAIL = re.compile(r"[\w)][-/]$")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text on one line without a wide gap; box in points from the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page: its number, size in points, segments in any order and the straight lines drawn."""

    number: int
    width: float
    height: float
    segments: tuple[Segment, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class RuledTable(Segment):
    """A drawn table standing in the flow of lines: rows of (column from 1, text)."""

    edges: tuple[float, ...] = ()
    rows: tuple[tuple[tuple[int, str], ...], ...] = ()


Row = list[Segment]


def read_rows(page: PageLayout) -> list[Row]:
    """Return the lines of the page, top to bottom; a drawn table is a line of its own."""
    tables, loose = _take_tables(page)
    rows = _group_lines([part for segment in loose for part in _part_head(segment)])
    rows += [[table] for table in tables]
    return sorted(rows, key=lambda row: row[0].top)


def _group_lines(segments: list[Segment]) -> list[Row]:
    """Group segments that share a baseline, top to bottom, each row left to right."""
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda s: (s.top + s.bottom) / 2):
        middle = (segment.top + segment.bottom) / 2
        if rows and middle < rows[-1][0].bottom - 0.3 * min(rows[-1][0].height, segment.height):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.left) for row in rows]


def _take_tables(page: PageLayout) -> tuple[list[RuledTable], list[Segment]]:
    """Return the drawn tables with their text, and the segments outside them."""
    lattices = find_lattices(page.rules) if page.rules else []
    held: list[dict[tuple[int, int], list[Segment]]] = [{} for _ in lattices]
    loose = []
    for segment in page.segments:
        x, y = (segment.left + segment.right) / 2, (segment.top + segment.bottom) / 2
        for lattice, cells in zip(lattices, held, strict=True):
            square = lattice.square_at(x, y)
            if square is not None:
                cells.setdefault(square, []).append(segment)
                break
        else:
            loose.append(segment)
    tables = []
    for lattice, cells in zip(lattices, held, strict=True):
        rows = lattice.arrange({square: _cell_text(found) for square, found in cells.items()})
        box = (lattice.columns[0], lattice.rows[0], lattice.columns[-1], lattice.rows[-1])
        tables.append(RuledTable("", *box, lattice.columns, tuple(tuple(row) for row in rows)))
    return tables, loose


def _cell_text(segments: list[Segment]) -> str:
    """Join the lines of a cell, top to bottom, left to right."""
    text = ""
    for row in _group_lines(segments):
        text = join_lines(text, row_text(row)) if text else row_text(row)
    return text


def _part_head(segment: Segment) -> list[Segment]:
    """Part a line of the head where the issuer and the Quốc hiệu stand too close to tell by the gap."""
    match = HEAD.search(segment.text)
    if match is None or match.start() < 3:
        return [segment]
    cut = segment.left + (segment.right - segment.left) * match.start() / len(segment.text)
    return [
        replace(segment, text=segment.text[: match.start()].strip(), right=cut - 4),
        replace(segment, text=segment.text[match.start() :], left=cut),
    ]


def row_text(row: Row) -> str:
    return clean(" ".join(segment.text for segment in row))


def join_lines(before: str, after: str) -> str:
    """Join two lines of a paragraph: codes cut after "-" or "/" (18-NQ/ TW) are made whole."""
    before = before.rstrip()
    if before.endswith("\u00ad") or (_CODE_TAIL.search(before) and after[:1].isalnum()):
        return before.rstrip("\u00ad") + after.lstrip()
    return f"{before} {after.lstrip()}"
