"""Read the tasks of a table: one a row, with lead, cooperating bodies, output and deadline from its
columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from .find_bodies import body_words, split_bodies
from .model import Deadline, Span, Task
from .read_tables import Row, Table
from .rules import CONFIDENCE


def find_table_tasks(text: str, tables: Sequence[Table], deadlines: Sequence[Deadline]) -> list[Task]:
    """Give one task for each row that names a duty and a lead body."""
    starts = [item.start for item in deadlines]
    tasks = []
    for table in tables:
        if table.column("what") is None or table.column("lead") is None:
            continue
        for row in table.rows:
            task = _read_row(text, table, row, deadlines, starts)
            if task is not None:
                tasks.append(task)
    return tasks


def _read_row(
    text: str, table: Table, row: Row, deadlines: Sequence[Deadline], starts: list[int]
) -> Task | None:
    what, lead = _cell(table, row, "what"), _cell(table, row, "lead")
    if what is None or lead is None:
        return None
    start, end = what
    while end > start and text[end - 1] in ".;:, *_":
        end -= 1
    leads = split_bodies(text, *lead)
    if end - start < 3 or not leads:
        return None
    due = _cell(table, row, "deadline")
    place = _first_in(due, starts, deadlines) if due else None
    if place is None:
        place = _first_in(what, starts, deadlines)
    output = _cell(table, row, "output")
    checker = _cell(table, row, "checker")
    recurrence = deadlines[place].recurrence if place is not None else None
    return Task(
        start,
        end,
        tuple(body_words(text, span) for span in leads),
        _cooperating(text, table, row),
        re.sub(r"\s+", " ", text[start:end]),
        re.sub(r"\s+", " ", text[slice(*output)]) if output else None,
        body_words(text, checker) if checker else None,
        place,
        recurrence.split(":")[0] if recurrence else None,
        False,
        tuple(leads),
        "table.row",
        CONFIDENCE["table.row"],
    )


def _cell(table: Table, row: Row, role: str) -> Span | None:
    place = table.column(role)
    if place is None or place >= len(row.cells) or row.cells[place][1] <= row.cells[place][0]:
        return None
    return row.cells[place]


def _cooperating(text: str, table: Table, row: Row) -> tuple[str, ...]:
    bodies: list[str] = []
    for place, role in enumerate(table.roles):
        if role == "cooperate" and place < len(row.cells):
            bodies.extend(body_words(text, span) for span in split_bodies(text, *row.cells[place]))
    return tuple(bodies)


def _first_in(cell: Span, starts: list[int], deadlines: Sequence[Deadline]) -> int | None:
    place = bisect_left(starts, cell[0])
    return place if place < len(deadlines) and deadlines[place].end <= cell[1] else None
