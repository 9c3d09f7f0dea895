"""Find the goals of a table that hands indicators down: a row for each body, a column for each indicator.

Such a table stands under a title that speaks of goals ("CHỈ TIÊU NĂM 2018 GIAO CHO …"), its headings name
the indicators with their units in brackets ("Tỷ lệ hộ nghèo (%)"), and one column names the bodies.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .model import Span, Target
from .numbers import to_number
from .rules import CONFIDENCE
from .split_blocks import Block
from .target_rules import GOAL_SECTION, NUMBER, PERIOD, UNITS

_GOALS = re.compile(GOAL_SECTION, re.IGNORECASE)
_HEADING = re.compile(rf"(?P<indicator>[^()]{{3,120}}?)\s*\((?P<unit>{UNITS})\)", re.IGNORECASE)
_BODIES = re.compile(
    r"(?:tên\s+)?(?:quận|huyện|xã|phường|thị trấn|đơn vị(?! tính)|địa phương|cơ quan|sở|ngành|tỉnh|"
    r"thành phố)\b",
    re.IGNORECASE,
)
_HANDED = re.compile(
    r"(?:giao|phân\s+bổ|phân\s+khai)\s+(?:[^\W\d_]+\s+){0,3}?(?:chỉ\s+tiêu|biên\s+chế|kế\s+hoạch|dự\s+toán)",
    re.IGNORECASE,
)
_NO_VALUE = re.compile(
    r"s?tt$|số\s+tt|ghi\s+chú|hiện\s+(?:có|trạng)|thực\s+hiện|ước|đơn\s+vị\s+tính|đvt", re.IGNORECASE
)
_YEAR_IN = re.compile(r"năm\s+(20\d\d)", re.IGNORECASE)
_VALUE = re.compile(rf"(?P<value>{NUMBER})\s*%?")
_YEAR = re.compile(PERIOD, re.IGNORECASE)


def find_matrix_targets(text: str, blocks: list[Block], heading_of: Callable[[Block], str]) -> list[Target]:
    """Give the goals in tables of bodies by indicators; the span of each is its cell."""
    targets: list[Target] = []
    columns: dict[int, tuple[str, str]] = {}
    bodies, period, width = 0, None, 0
    for block in blocks:
        if len(block.cells) != width:
            columns = {}
        if not columns:
            title = heading_of(block) if len(block.cells) >= 3 else ""
            if _GOALS.search(title) or _HANDED.search(title):
                handed = _HANDED.search(title) is not None
                columns, bodies = _read_headings(text, block.cells, handed)
                period, width = _period(title), len(block.cells)
            continue
        body = " ".join(text[slice(*block.cells[bodies])].split())
        for place, (indicator, unit) in columns.items():
            target = _read_cell(text, block.cells[place], f"{indicator} – {body}", unit, period)
            if body and target:
                targets.append(target)
    return targets


def _read_headings(
    text: str, cells: tuple[Span, ...], handed: bool
) -> tuple[dict[int, tuple[str, str]], int]:
    """Give column → (indicator, unit) and the column of the bodies; no column when it is another table.

    In a table whose title says that it hands goals down, a heading needs no unit.
    """
    headings = [re.sub(r"\s+", " ", text[start:end]).strip() for start, end in cells]
    columns = {
        place: (found["indicator"], found["unit"])
        for place, heading in enumerate(headings)
        if (found := _HEADING.fullmatch(heading))
    }
    bodies = [
        place for place, heading in enumerate(headings) if place not in columns and _BODIES.match(heading)
    ]
    if handed and len(bodies) == 1 and len(columns) < 2:
        columns = {
            place: (heading, "")
            for place, heading in enumerate(headings)
            if place != bodies[0] and len(heading) > 2 and not _NO_VALUE.match(heading)
        }
        return columns, bodies[0]
    if len(columns) < 2 or len(bodies) != 1 or len(columns) + 2 < len(headings):
        return {}, 0
    return columns, bodies[0]


def _read_cell(text: str, cell: Span, indicator: str, unit: str, period: str | None) -> Target | None:
    found = _VALUE.fullmatch(text[slice(*cell)].strip())
    if found is None:
        return None
    value = to_number(found["value"])
    year = _YEAR_IN.search(indicator)
    own = "%" if found[0].endswith("%") else None
    return Target(
        *cell,
        indicator,
        "=",
        value,
        None,
        unit or own,
        year[1] if year else period,
        None,
        "table.matrix",
        CONFIDENCE["table.matrix"],
    )


def _period(title: str) -> str | None:
    found = _YEAR.search(title)
    return found["year"] if found and found["year"] else None
