"""Find the goals of a list of criteria whose table came apart into one cell a line.

Under the headings (TT, Tên tiêu chí, Nội dung tiêu chí, Chỉ tiêu …) stand criteria ("2.4.") and, each on
a line of its own, the values asked for: one for all, or one for each group of units.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .model import Target
from .rules import CONFIDENCE
from .split_blocks import Block
from .target_rules import NUMBER
from .target_values import read_period, read_values

_COUNT = re.compile(r"(?:S?TT|Số TT)", re.IGNORECASE)
_CRITERIA = re.compile(r"(?:tên|nội\s+dung)?\s*(?:các\s+)?(?:tiêu\s+chí|chỉ\s+tiêu)", re.IGNORECASE)
_ASKED = re.compile(r"chỉ\s+tiêu|mức\s+đạt|yêu\s+cầu|mục\s+tiêu", re.IGNORECASE)
_VALUE_LINE = re.compile(
    rf"(?:(?:bình\s+quân|đạt)\s+)?(?:từ\s+)?(?:[≥≤<>]=?|>=|"
    rf"<=)?\s*(?:{NUMBER})\s*%?(?:\s*[-–]\s*(?:{NUMBER}))?"
    r"\s*(?:%|‰|[^\W\d_]{1,12})?(?:/năm)?(?:\s+trở\s+lên)?",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[≥≤<>%‰]|\btừ\b|trở\s+lên|bình\s+quân", re.IGNORECASE)
_ENDS = frozenset({"dieu", "chuong", "phan", "phu_luc", "la_ma", "diem", "muc", "tieu_muc"})
_MOST_LINES = 8


def find_criteria(text: str, blocks: list[Block], heading_of: Callable[[Block], str]) -> list[Target]:
    """Give the goals of such lists; the first value spans from its criterion on, the others stand alone."""
    targets: list[Target] = []
    place = 0
    while place < len(blocks):
        if _COUNT.fullmatch(text, blocks[place].start, blocks[place].end) and _is_list(text, blocks, place):
            period = read_period(_title(text, blocks, place)) or read_period(heading_of(blocks[place]))
            place = _read_list(text, blocks, place + 1, period, targets)
        else:
            place += 1
    return targets


def _is_list(text: str, blocks: list[Block], place: int) -> bool:
    """Say whether the lines after "TT" are the headings of criteria and of what is asked."""
    headings = [text[item.start : item.end] for item in blocks[place + 1 : place + 6] if not item.kind]
    named = [number for number, words in enumerate(headings) if _CRITERIA.match(words)]
    return bool(named) and any(_ASKED.search(words) for words in headings[named[0] + 1 :])


def _title(text: str, blocks: list[Block], place: int) -> str:
    """Give the capital lines above the headings: BỘ TIÊU CHÍ QUỐC GIA … GIAI ĐOẠN 2026 - 2030."""
    words = [text[item.start : item.end] for item in blocks[max(0, place - 4) : place]]
    return " ".join(line for line in words if line.isupper()).casefold()


def _read_list(text: str, blocks: list[Block], place: int, period: str | None, targets: list[Target]) -> int:
    criterion: Block | None = None
    fresh, lines = False, 0
    while place < len(blocks):
        block = blocks[place]
        if block.kind in _ENDS or block.cells:
            break
        if block.kind == "khoan" and "." in block.number:
            criterion, fresh, lines = block, True, 0
        elif criterion is not None:
            lines += 1
            if lines > _MOST_LINES:
                break
            line = text[block.start : block.end]
            if _VALUE_LINE.fullmatch(line.strip()) and _MARKED.search(line):
                fresh = not _add(text, criterion, block, fresh, period, targets) and fresh
        place += 1
    return place


def _add(
    text: str, criterion: Block, block: Block, fresh: bool, period: str | None, targets: list[Target]
) -> bool:
    """Add the values of a line; say whether there were any."""
    indicator = " ".join(text[criterion.start : criterion.end].split()).rstrip(".;:")
    values = read_values(text, (block.start, block.end))
    for span, operator, low, high, unit in values:
        start = criterion.start if fresh else span[0]
        fresh = False
        targets.append(
            Target(
                start,
                span[1],
                indicator,
                operator,
                low,
                high,
                unit,
                period,
                None,
                "criteria",
                CONFIDENCE["criteria"],
            )
        )
    return bool(values)
