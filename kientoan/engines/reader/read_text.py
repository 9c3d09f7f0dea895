"""Read a text wholly: head, structure, citations, deadlines, targets, tasks, in that order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from .find_citations import find_citations
from .find_deadlines import find_deadlines
from .find_table_tasks import find_table_tasks
from .find_targets import find_targets
from .find_tasks import TaskFinder
from .link_mentions import link_mentions
from .model import Citation, Deadline, Head, Link, Reading, Target, Task
from .outline import Outline
from .read_head import read_head
from .read_structure import read_structure
from .read_tables import Table, read_tables
from .resolve_citations import resolve_citations
from .split_blocks import Block, BlockIndex, split_blocks

Found = TypeVar("Found", Citation, Deadline, Link, Target, Task)
_MONTH_YEAR = re.compile(r"tháng\s+\d{1,2}\s+năm\s+((?:19|20)\d{2})")


def read(text: str, *, day: date | None = None, rules: Collection[str] | None = None) -> Reading:
    """Read what official Vietnamese ``text`` says; any ``str`` is accepted and nothing is raised.

    ``text`` should be in NFC, else words with combining marks are not known. ``day`` is the day of the
    document
    when the text itself states none: it serves only to complete dates written without a year. With ``rules``
    (ids of ``rules.RULES``) only what these find is kept.
    """
    blocks = split_blocks(text)
    index = BlockIndex(blocks)
    head = read_head(text)
    year = _year_of(text, head, day)
    citations = resolve_citations(
        text, find_citations(text), index, head.number.text if head.number else None
    )
    citations = tuple(_kept(citations, rules))
    tables = read_tables(text, blocks)
    limits = [span for table in tables for span in table.spans("deadline")]
    told = ("output", "baseline", "progress", "checker", "")
    status = [span for table in tables for role in told for span in table.spans(role)]
    deadlines = find_deadlines(text, year, limits, status, _not_before(head, citations))
    deadlines = _kept(deadlines, rules)
    outline = Outline(text, blocks)
    targets = _kept(find_targets(text, index, tables, outline.headings), rules)
    tasks = tuple(_kept(_find_tasks(text, blocks, outline, tables, deadlines, head.type), rules))
    return Reading(
        text,
        head,
        read_structure(text, blocks),
        citations,
        tuple(deadlines),
        tasks,
        tuple(targets),
        tuple(_kept(link_mentions(text, citations), rules)),
    )


def read_citations(text: str) -> tuple[Citation, ...]:
    """Read the citations of ``text`` alone, several times faster than ``read``; the same citations."""
    index = BlockIndex(split_blocks(text))
    head = read_head(text)
    return resolve_citations(text, find_citations(text), index, head.number.text if head.number else None)


def _kept(items: Iterable[Found], rules: Collection[str] | None) -> list[Found]:
    return [item for item in items if rules is None or item.rule in rules]


def _find_tasks(
    text: str,
    blocks: list[Block],
    outline: Outline,
    tables: list[Table],
    deadlines: list[Deadline],
    own_type: str | None,
) -> tuple[Task, ...]:
    """Give the tasks of rows and sentences in order; a row of a table is read once, as a row."""
    rows = find_table_tasks(text, tables, deadlines)
    cells = sorted((table.start, table.end) for table in tables)
    starts = [start for start, _ in cells]
    free = []
    for block in blocks:
        place = bisect_right(starts, block.start) - 1
        if place < 0 or block.start >= cells[place][1]:
            free.append(block)
    tasks = rows + TaskFinder(text, outline, deadlines, own_type).find(free)
    return tuple(sorted(tasks, key=lambda task: (task.start, task.end)))


def _not_before(head: Head, citations: tuple[Citation, ...]) -> date | None:
    """Give the day before which the document was not made: its own, else the last one that it cites."""
    if head.date is not None:
        return head.date
    return max((item.date for item in citations if item.date is not None), default=None)


def _year_of(text: str, head: Head, day: date | None) -> int | None:
    """Give the year that dates without one belong to: the document's, else one said at its top, else
    ``day``'s."""
    if head.date is not None:
        return head.date.year
    found = _MONTH_YEAR.search(text, 0, 1500)
    if found:
        return int(found[1])
    return day.year if day else None
