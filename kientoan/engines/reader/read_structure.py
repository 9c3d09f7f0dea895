"""Read the parts of a text: chapters, articles, clauses, points, Roman headings, annexes, table rows.

Part ids follow Akoma Ntoso: articles are counted through the whole act (``art_5``), what stands under
them takes
the path (``art_5__para_2__point_a``); headings of plans and Party documents take ``title_II__para_3``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .model import Provision
from .split_blocks import Block

RANKS: dict[str, int] = {
    "phu_luc": 0,
    "phan": 1,
    "chuong": 2,
    "muc": 3,
    "tieu_muc": 4,
    "dieu": 5,
    "la_ma": 6,
    "khoan": 7,
    "diem": 17,
    "gach": 20,
    "hang": 30,
}
"""Order of depth; a clause "1.2.1." lies one deeper for each dot."""

_NAMES = {
    "phu_luc": "annex",
    "phan": "part",
    "chuong": "chp",
    "muc": "sec",
    "tieu_muc": "subsec",
    "dieu": "art",
    "la_ma": "title",
    "khoan": "para",
    "diem": "point",
    "gach": "indent",
    "hang": "row",
}
_SENT_TO = re.compile(r"(?P<top>Kính gửi\s*:)|Nơi nhận\s*(?::|$)", re.MULTILINE)
_WORD_NUMBERS = {"nhất": "1", "hai": "2", "ba": "3", "tư": "4", "năm": "5"}


@dataclass(slots=True)
class _Open:
    rank: int
    eid: str
    kind: str
    number: str
    heading: str
    start: int
    end: int
    parent: str | None
    counts: dict[str, int] = field(default_factory=dict)


def rank_of(block: Block) -> int | None:
    """Give the depth of ``block``, or ``None`` for a plain paragraph."""
    rank = RANKS.get(block.kind)
    if rank is None:
        return None
    if block.kind == "khoan":
        return rank + block.number.count(".")
    if block.kind == "diem":
        return rank + (1 if any(char.isdigit() for char in block.number) else 0)
    if block.kind == "la_ma" and block.number in "ABDEGHK":
        return rank - 1
    if block.kind == "gach":
        return rank + min(block.indent, 9)
    return rank


def read_structure(text: str, blocks: list[Block]) -> tuple[Provision, ...]:
    """Give the parts of ``text`` in reading order, each covering everything under it."""
    stack: list[_Open] = []
    done: list[_Open] = []
    used: dict[str, int] = {}
    roots: dict[str, int] = {}
    outside = _head_and_foot(text, blocks)
    end = 0
    for number, block in enumerate(blocks):
        if number in outside:
            continue
        rank = rank_of(block)
        if rank is None:
            end = block.end
            continue
        if block.kind == "hang" and not _is_row(text, block):
            continue
        while stack and stack[-1].rank >= rank:
            closed = stack.pop()
            closed.end = max(closed.end, end)
        end = block.end
        parent = stack[-1] if stack else None
        counts = parent.counts if parent else roots
        counts[block.kind] = counts.get(block.kind, 0) + 1
        eid = _eid(block, parent, counts[block.kind])
        used[eid] = used.get(eid, 0) + 1
        if used[eid] > 1:
            eid = f"{eid}-{used[eid]}"
        start = _marker_start(text, block)
        opened = _Open(
            rank,
            eid,
            block.kind,
            _number(block),
            _heading(text, blocks, number),
            start,
            max(block.end, start + 1),
            parent.eid if parent else None,
        )
        stack.append(opened)
        done.append(opened)
    for item in stack:
        item.end = max(item.end, end)
    return tuple(
        Provision(o.kind, o.number, o.heading, o.eid, o.start, o.end, o.parent, f"marker.{o.kind}", 0.9)
        for o in done
    )


def _head_and_foot(text: str, blocks: list[Block]) -> set[int]:
    """Give the blocks that are no part of the text: whom it is sent to, at the top and at the foot.

    The foot runs from "Nơi nhận" to the first annex.
    """
    outside: set[int] = set()
    place = ""
    for number, block in enumerate(blocks):
        if block.kind == "phu_luc" or (place == "top" and block.kind != "gach"):
            place = ""
        found = _SENT_TO.match(text, block.start, block.end)
        if found:
            place = "top" if found["top"] else "foot"
        if place:
            outside.add(number)
    return outside


def _is_row(text: str, block: Block) -> bool:
    return sum(1 for left, right in block.cells if right > left) >= 2


def _marker_start(text: str, block: Block) -> int:
    start = block.line_start
    while start < block.start and text[start] in " \t\u00a0\u200b*_#>\\":
        start += 1
    return start


def _number(block: Block) -> str:
    return _WORD_NUMBERS.get(block.number.casefold(), block.number)


def _eid(block: Block, parent: _Open | None, count: int) -> str:
    number = _number(block).replace(".", "-") or str(count)
    own = f"{_NAMES[block.kind]}_{number}"
    if parent is None or block.kind == "dieu" or block.kind in ("phu_luc", "phan"):
        return own
    return f"{parent.eid}__{own}"


def _heading(text: str, blocks: list[Block], place: int) -> str:
    """Give the first line of a part; a chapter's title often stands on the next line."""
    block = blocks[place]
    words = text[block.start : block.end]
    if (
        not words
        and block.kind in ("phan", "chuong", "muc", "tieu_muc", "phu_luc")
        and place + 1 < len(blocks)
    ):
        following = blocks[place + 1]
        if not following.kind:
            words = text[following.start : following.end]
    words = " ".join(words[:400].replace("*", " ").replace("_", " ").split())
    return words if len(words) <= 200 else words[:199] + "…"
