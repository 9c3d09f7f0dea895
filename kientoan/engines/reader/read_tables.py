"""Read tables: what each column holds, by its heading, and the rows with the spans of their cells.

Two shapes are known: rows with cells parted by ``|`` or tabs, and tables that came apart into one cell a line
(``STT``, the headings, then ``1.`` and the cells of each row).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..vietnamese import fold
from .model import Span
from .split_blocks import Block

ROLES: tuple[tuple[str, str, str], ...] = (
    # (role, pattern on the folded heading, example); the first that fits wins
    ("number", r"^(?:tt|stt|so tt|so thu tu)\b", "STT"),
    ("checker", r"theo doi|kiem tra|giam sat|danh gia|nghiem thu", "Cơ quan chủ trì theo dõi, đánh giá"),
    ("cooperate", r"phoi hop|tham gia|tham tra", "Cơ quan phối hợp"),
    (
        "lead",
        r"chu tri|(?:co quan|don vi|nguoi|bo phan)(?: duoc)? (?:thuc hien|trinh|soan thao|phu trach|"
        r"tham muu|chiu trach nhiem|giao)"
        r"|phan cong|trach nhiem|lanh dao phu trach|giao cho",
        "Cơ quan chủ trì",
    ),
    ("deadline", r"thoi (?:gian|han|diem)|han hoan thanh|^han\b|ngay hoan thanh", "Thời gian hoàn thành"),
    ("progress", r"tien do|^hoan thanh$", "Tiến độ trình"),
    (
        "baseline",
        r"hien trang|hien nay|ket qua nam|(?:thuc hien|uoc)(?: thuc hien)? nam|nam goc|xuat phat",
        "Thực hiện năm 2025",
    ),
    ("unit", r"^(?:don vi(?: tinh)?|dvt|dv tinh)\b", "Đơn vị tính"),
    ("indicator", r"chi tieu(?! nam| 20| den)|tieu chi", "Chỉ tiêu"),
    (
        "value",
        r"muc tieu|ke hoach|chi tieu|nam 20\d\d|giai doan 20\d\d|^20\d\d|gia tri|den nam|muc phan dau|^muc$",
        "Năm 2030",
    ),
    ("output", r"san pham|ket qua|dau ra", "Sản phẩm"),
    (
        "what",
        r"nhiem vu|noi dung|cong viec|ten (?:du an|de an|van ban|nhiem vu)|hoat dong|giai phap|viec can "
        r"lam|cong tac",
        "Nhiệm vụ",
    ),
)
"""What a column holds, read from its heading."""

_ROLES = tuple((role, re.compile(pattern)) for role, pattern, _ in ROLES)
_ALONE = frozenset({"ủy ban", "uỷ ban", "bộ", "sở", "ban", "hội đồng", "văn phòng", "thường trực"})
_MAX_CELLS = 14
_ROMAN = re.compile(r"[IVX]{1,5}\.?")


@dataclass(slots=True)
class Row:
    """One row: the span of each cell, and the words of the group row above it, if any."""

    cells: tuple[Span, ...]
    group: Span | None


@dataclass(slots=True)
class Table:
    """A table with known columns; ``roles[i]`` is what column ``i`` holds, "" when unknown."""

    roles: tuple[str, ...]
    headings: tuple[str, ...]
    start: int
    end: int
    rows: list[Row] = field(default_factory=list)

    def column(self, role: str) -> int | None:
        """Give the first column of this role."""
        return self.roles.index(role) if role in self.roles else None

    def spans(self, role: str) -> list[Span]:
        """Give the cells of every column of this role."""
        wanted = [place for place, name in enumerate(self.roles) if name == role]
        return [row.cells[place] for row in self.rows for place in wanted if place < len(row.cells)]


def read_tables(text: str, blocks: list[Block]) -> list[Table]:
    """Give the tables of ``text`` whose headings tell at least two columns."""
    tables: list[Table] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if block.cells:
            place = _read_barred(text, blocks, place, tables)
        elif _is_count_heading(text, block):
            place = _read_upright(text, blocks, place, tables)
        else:
            place += 1
    return tables


def _is_count_heading(text: str, block: Block) -> bool:
    """Say whether a line is the heading of the column that counts the rows."""
    if block.kind or block.end - block.start > 6:
        return False
    return fold(text[block.start : block.end]) in ("stt", "tt", "so tt")


def _roles(headings: list[str]) -> tuple[str, ...]:
    roles = []
    for heading in headings:
        folded = re.sub(r"\s+", " ", fold(heading)).strip(" .:*")
        roles.append(next((role for role, pattern in _ROLES if folded and pattern.search(folded)), ""))
    if "deadline" in roles:
        return tuple("" if role == "progress" else role for role in roles)
    roles = ["deadline" if role == "progress" else role for role in roles]
    if "indicator" in roles and "value" not in roles:
        roles = ["value" if role == "output" else role for role in roles]
    return tuple(roles)


def _is_table(roles: tuple[str, ...]) -> bool:
    known = {role for role in roles if role}
    return ("what" in known and bool(known & {"lead", "deadline"})) or (
        "indicator" in known and "value" in known
    )


def _read_barred(text: str, blocks: list[Block], place: int, tables: list[Table]) -> int:
    """Read rows parted by bars from ``place`` on; give the place after them."""
    table: Table | None = None
    group: Span | None = None
    if tables and len(tables[-1].roles) == len(blocks[place].cells):
        first = blocks[place].line_start
        table = Table(tables[-1].roles, tables[-1].headings, first, first)
        tables.append(table)
    while place < len(blocks) and blocks[place].cells:
        cells = blocks[place].cells
        words = [text[start:end] for start, end in cells]
        roles = _roles(words)
        if _is_table(roles) and max(map(len, words)) <= 90 and (table is None or roles[0] == "number"):
            table = Table(roles, tuple(words), cells[0][0], cells[-1][1])
            tables.append(table)
            group = None
        elif table is not None and len(cells) >= 2:
            filled = [cell for cell in cells if cell[1] > cell[0]]
            if len(filled) <= 2 and len(table.roles) > 2 and _is_group(text, filled):
                group = filled[-1]
                table.end = cells[-1][1]
            elif len(filled) >= 2:
                table.rows.append(Row(cells, group))
                table.end = cells[-1][1]
        place += 1
    return place


def _is_group(text: str, filled: list[Span]) -> bool:
    """Say whether a row only names a group: ``I | Đến năm 2030``."""
    if len(filled) == 1:
        return True
    return (
        bool(filled)
        and re.fullmatch(r"[IVXLC]{1,6}|[A-Z]|\d{0,2}", text[slice(*filled[0])].strip(".) ")) is not None
    )


def _read_upright(text: str, blocks: list[Block], place: int, tables: list[Table]) -> int:
    """Read a table that came apart into one cell a line; give the place after it.

    A Roman numeral alone opens a group: its title follows, and the rows are counted from 1 again.
    """
    headings: list[str] = ["STT"]
    at = place + 1
    while at < len(blocks) and len(headings) < _MAX_CELLS:
        if _is_row_number(text, blocks[at], 1) or _is_roman(text, blocks[at]):
            break
        if blocks[at].kind or _is_count_heading(text, blocks[at]):
            return place + 1
        headings.append(text[blocks[at].start : blocks[at].end])
        at += 1
    roles = _roles(headings)
    if at >= len(blocks) or not _is_table(roles):
        return place + 1
    table = Table(roles, tuple(headings), blocks[place].line_start, blocks[at].line_start)
    number, group = 1, None
    while at < len(blocks):
        if _is_roman(text, blocks[at]):
            first_row = _skip_group(text, blocks, at)
            if first_row is None:
                break
            group = (blocks[first_row - 1].start, blocks[first_row - 1].end)
            at, number = first_row, 1
        if not _is_row_number(text, blocks[at], number):
            break
        at, cells = _read_upright_row(text, blocks, at, number, len(roles))
        if len(cells) == len(roles):
            table.rows.append(Row(tuple(cells), group))
        table.end = max(table.end, cells[-1][1])
        number += 1
    if table.rows:
        tables.append(table)
    return at


def _skip_group(text: str, blocks: list[Block], at: int) -> int | None:
    """Give the place of the first row under the group that opens at ``at``, or ``None``."""
    for place in range(at + 1, min(at + 6, len(blocks))):
        if _is_row_number(text, blocks[place], 1):
            return place
    return None


def _read_upright_row(
    text: str, blocks: list[Block], at: int, number: int, width: int
) -> tuple[int, list[Span]]:
    """Give the place after the row that opens at ``at``, and its cells."""
    first = blocks[at]
    cells: list[Span] = [(first.line_start, first.line_start)]
    if first.kind and first.end > first.start:
        cells.append((first.start, first.end))
    at += 1
    while at < len(blocks) and not blocks[at].kind and len(cells) < 2 * _MAX_CELLS:
        if _is_row_number(text, blocks[at], number + 1) or _is_roman(text, blocks[at]):
            break
        span = (blocks[at].start, blocks[at].end)
        if len(cells) > 1 and text[slice(*cells[-1])].casefold().strip() in _ALONE:
            cells[-1] = (cells[-1][0], span[1])
        else:
            cells.append(span)
        at += 1
        if len(cells) == width and (at >= len(blocks) or not _is_alone(text, cells[-1])):
            break
    return at, cells


def _is_roman(text: str, block: Block) -> bool:
    """Say whether a line holds a Roman numeral and nothing else."""
    if block.kind == "la_ma":
        return block.start >= block.end
    return not block.kind and _ROMAN.fullmatch(text, block.start, block.end) is not None


def _is_alone(text: str, cell: Span) -> bool:
    return text[slice(*cell)].casefold().strip() in _ALONE


def _is_row_number(text: str, block: Block, number: int) -> bool:
    if block.kind == "khoan":
        return block.number == str(number) or block.number == f"{number:02d}"
    return not block.kind and text[block.start : block.end].strip(" .") in (str(number), f"{number:02d}")
