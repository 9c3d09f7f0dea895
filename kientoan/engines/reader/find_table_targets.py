"""Find the goals in tables of indicators: each value of a row is one."""

from __future__ import annotations

import re

from .model import Target
from .read_tables import Row, Table
from .rules import CONFIDENCE
from .target_values import read_period, read_values

_GROWS = re.compile(r"tăng (?:trung bình|bình quân|thêm)$")


def find_table_targets(text: str, table: Table) -> list[Target]:
    """Give the goals of a table with a column of indicators."""
    column = table.column("indicator")
    if column is None:
        return []
    targets = []
    for row in table.rows:
        if column < len(row.cells):
            targets.extend(_from_row(text, table, row, column))
    return targets


def _from_row(text: str, table: Table, row: Row, column: int) -> list[Target]:
    name = row.cells[column]
    indicator = re.sub(r"\s+", " ", text[slice(*name)]).strip()
    if not indicator:
        return []
    unit_place, base_place = table.column("unit"), table.column("baseline")
    unit = _cell(text, row, unit_place)
    baseline = _cell(text, row, base_place)
    group = text[slice(*row.group)] if row.group else ""
    targets: list[Target] = []
    for place, role in enumerate(table.roles):
        if role != "value" or place >= len(row.cells):
            continue
        period = read_period(table.headings[place]) or _year(table.headings[place]) or read_period(group)
        for span, operator, low, high, own in read_values(text, row.cells[place]):
            first = not targets and name[1] <= span[0]
            grows = operator in ("=", "range") and _GROWS.search(indicator)
            change = "increase" if grows else operator
            targets.append(
                Target(
                    name[0] if first else span[0],
                    span[1],
                    indicator,
                    change,
                    low,
                    high,
                    unit or own,
                    period,
                    baseline,
                    "table",
                    CONFIDENCE["table"],
                )
            )
    return targets


def _cell(text: str, row: Row, place: int | None) -> str | None:
    if place is None or place >= len(row.cells):
        return None
    return re.sub(r"\s+", " ", text[slice(*row.cells[place])]).strip() or None


def _year(heading: str) -> str | None:
    found = re.search(r"(?<!\d)20\d\d(?!\d)", heading)
    return found[0] if found else None
