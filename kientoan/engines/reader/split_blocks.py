"""Split a text into blocks: paragraphs without their list marker, and table rows with their cells.

Lines of a paragraph that was broken at a fixed width are joined again; markdown signs at the edges of a line
stay outside of the block. One pass, linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from ..vietnamese import CAPITALS
from .model import Span


class Block(NamedTuple):
    """One paragraph or table row. ``line_start`` is where its first line begins, marker and all.

    A named tuple, as it is made several times quicker than a frozen dataclass, for each line of a text.
    """

    line_start: int
    start: int
    end: int
    kind: str
    number: str
    indent: int
    cells: tuple[Span, ...] = ()


_EDGE = " \t\u00a0\u200b*_#>\\"
_MARKERS = re.compile(
    (
        r"(?P<dieu>Điều[ \u00a0]+(?P<dieu_no>\d{1,4}[a-zđ]?)(?![\w/])(?:[ \u00a0]*[.:]|(?=[ \u00a0*]*$)|"
        r"(?=[ \u00a0]+[A-Z@*])))"
        r"|(?P<chuong>(?:Chương|CHƯƠNG)[ \u00a0]+(?P<chuong_no>[IVXLC]{1,7}|\d{1,3})\b\.?)"
        r"|(?P<phan>(?:Phần|PHẦN)[ \u00a0]+(?:thứ[ \u00a0]+|THỨ[ \u00a0]+)?"
        r"(?P<phan_no>[IVXLC]{1,7}|\d{1,2}|nhất|hai|ba|tư|năm|NHẤT|HAI|BA|TƯ|NĂM)\b\.?(?=[ \u00a0*.:-]*(?:$|"
        r"[A-Z@])))"
        r"|(?P<tieu_muc>(?:Tiểu[ \u00a0]+mục|TIỂU[ \u00a0]+MỤC)[ \u00a0]+(?P<tieu_muc_no>\d{1,3})\b\.?)"
        r"|(?P<muc>(?:Mục|MỤC)[ \u00a0]+(?P<muc_no>\d{1,3}|[IVXLC]{1,6})\b\.?(?=[ \u00a0*.:-]*(?:$|[A-Z@])))"
        r"|(?P<phu_luc>(?:Phụ[ \u00a0]+lục|PHỤ[ \u00a0]+LỤC)(?:[ \u00a0]+(?:số[ "
        r"\u00a0]+)?(?P<phu_luc_no>[IVXLC]{1,6}|\d{1,3}[A-Z]?))?"
        r"\b(?=[ \u00a0*.:–-]*(?:$|[:.–-]|[A-Z@])))"
        r"|(?P<la_ma>(?P<la_ma_no>[IVXLC]{1,7})[ \u00a0]*[-.–/)](?=[ \u00a0*_]|$))"
        r"|(?P<chu>(?P<chu_no>[A-HK])[ \u00a0]*[-.–](?=[ \u00a0*_]))"
        r"|(?P<khoan>(?P<khoan_no>\d{1,3}(?:\.\d{1,3}){0,4})(?:[.)]|\.\))(?=[ \u00a0*_]|$|[^\W\d_]))"
        r"|(?P<khoan_le>(?P<khoan_le_no>\d{1,2}(?:\.\d{1,2}){1,3})(?=[ \u00a0]+[A-Z@]))"
        r"|(?P<diem>(?P<diem_no>[a-zđ]{1,2}(?:\.?\d{1,2})?)[).](?=[ \u00a0*_]|[A-Z@]))"
        r"|(?P<gach>[-–—+•●▪◦➢✓](?=[ \u00a0*_]|[A-Z@]))"
    ).replace("@", CAPITALS)
)
_FIRST = frozenset("ĐCPTMIVXLCABDEGHK0123456789abcdđeghiklmnopqrstuvxyfjwz-–—+•●▪◦➢✓")
_STAR_BULLET = re.compile(r"[ \t]*\*[ \t]{1,8}(?=\S)")
_RULER = re.compile(r"[\s\-_=+*|:.\\~`]*$")
_CLOSE = frozenset('.;:!?/,”"')


def _is_wrapped(lines: list[str]) -> bool:
    """Say whether the text was broken at a fixed width with blank lines between paragraphs."""
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < 12 or len(lengths) == len(lines):
        return False
    return 55 <= lengths[len(lengths) * 3 // 4] <= 100 and lengths[len(lengths) * 49 // 50] <= 110


def split_blocks(text: str) -> list[Block]:
    """Give the blocks of ``text`` in order; their spans do not overlap and hold no edge blanks."""
    lines = text.split("\n")
    wrapped = _is_wrapped(lines)
    blocks: list[Block] = []
    position = 0
    open_block = False
    for line in lines:
        start, position = position, position + len(line) + 1
        if not line or (not line[0].isalnum() and _RULER.match(line)):
            open_block = False
            continue
        block = _read_line(text, line, start)
        if block is None:
            open_block = False
            continue
        if open_block and not block.cells and _continues(text, blocks[-1], block, wrapped):
            last = blocks[-1]
            blocks[-1] = Block(last.line_start, last.start, block.end, last.kind, last.number, last.indent)
        else:
            blocks.append(block)
        open_block = not block.cells
    return blocks


def _continues(text: str, last: Block, block: Block, wrapped: bool) -> bool:
    """Say whether ``block`` (a new line) goes on with the paragraph of ``last``."""
    if block.kind not in ("", "diem", "gach") or (block.kind and not wrapped) or block.start >= block.end:
        return False
    first = text[block.start]
    if block.kind:
        return block.kind == "diem" and block.number in _NO_POINTS
    if wrapped:
        return True
    return first.islower() and last.start < last.end and text[last.end - 1] not in _CLOSE


_NO_POINTS = frozenset({"f", "j", "w", "z"})


def _read_line(text: str, line: str, offset: int) -> Block | None:
    if "|" in line or line.count("\t") >= 2:
        cells = _cells(line, offset)
        if len(cells) >= 2:
            return Block(offset, cells[0][0], cells[-1][1], "hang", "", 0, cells)
    bullet = _STAR_BULLET.match(line) if "*" in line[:12] else None
    begin = bullet.end() if bullet else 0
    limit = len(line)
    while begin < limit and line[begin] in _EDGE:
        begin += 1
    indent = begin
    marker = _MARKERS.match(line, begin) if begin < limit and line[begin] in _FIRST else None
    kind, number = ("gach", "") if bullet else ("", "")
    if marker and marker.lastgroup:
        name = marker.lastgroup
        kind = _KINDS[name]
        number = "" if name == "gach" else marker[f"{name}_no"] or ""
        begin = marker.end()
    while begin < limit and (line[begin] in _EDGE or (kind and line[begin] in ".:-–" and kind in _HEADED)):
        begin += 1
    while limit > begin and line[limit - 1] in " \t\r\u00a0\u200b*_\\":
        limit -= 1
    if begin >= limit and not kind:
        return None
    return Block(offset, offset + begin, offset + limit, kind, number, indent)


_NAMES = (
    "dieu",
    "chuong",
    "phan",
    "tieu_muc",
    "muc",
    "phu_luc",
    "la_ma",
    "chu",
    "khoan",
    "khoan_le",
    "diem",
    "gach",
)
_KINDS = {name: name for name in _NAMES} | {"khoan_le": "khoan", "chu": "la_ma"}
_HEADED = frozenset({"dieu", "chuong", "phan", "tieu_muc", "muc", "phu_luc", "la_ma"})


def _cells(line: str, offset: int) -> tuple[Span, ...]:
    """Give the spans of the cells of a table row, edge blanks and markdown signs left out."""
    sign = "|" if "|" in line else "\t"
    begin = len(line) - len(line.lstrip()) if sign == "|" else 0
    limit = len(line.rstrip()) if sign == "|" else len(line)
    if sign == "|" and begin < limit and line[begin] == "|":
        begin += 1
    if sign == "|" and limit > begin and line[limit - 1] == "|":
        limit -= 1
    cells = []
    while begin <= limit:
        stop = line.find(sign, begin, limit)
        stop = limit if stop < 0 else stop
        left, right = begin, stop
        while left < right and line[left] in _EDGE:
            left += 1
        while right > left and line[right - 1] in _EDGE:
            right -= 1
        cells.append((offset + left, offset + right))
        begin = stop + 1
    return tuple(cells)


class BlockIndex:
    """Find the block that a place of the text belongs to."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self._starts = [block.line_start for block in blocks]

    def at(self, place: int) -> Block | None:
        """Give the block whose lines hold ``place``, or ``None`` before the first block."""
        number = bisect_right(self._starts, place) - 1
        return self.blocks[number] if number >= 0 else None
