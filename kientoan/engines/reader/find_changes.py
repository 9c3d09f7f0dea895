"""Find changes of administrative units in a clause, or in a whole resolution: what becomes of which units.

(change,) = find_changes("Sắp xếp toàn bộ xã Yên Giả và xã Chi Lăng thành xã mới có tên gọi là xã Chi Lăng")
change.new_unit     # "Xã Chi Lăng"
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from .change_clause import Clause, Named, read_area, read_people
from .change_model import Change, OldUnit
from .change_rules import LEVELS, SEAT, SIZE
from .change_words import BREAK, Source, sentences

_MARKER = re.compile(
    r"(?:(?<=\n)|(?<=\x1f)|^)[ \t*]{0,12}(?:(?P<clause>\d{1,3}|[a-zđ])[.)]|Điều\s{1,3}(?P<article>\d{1,3}))"
)
_BEFORE = re.compile(r"(?<![^\W_])(\d{1,3}|[a-zđ])[.)]\s{0,4}$")
_SEAT = re.compile(SEAT)
_SIZE = re.compile(SIZE)
_NEAR = 600


def find_changes(text: str) -> tuple[Change, ...]:
    """Give the changes of units that ``text`` states, in order; nothing where it states none."""
    source = Source(text)
    clauses = [
        (clause, new, old)
        for tokens in sentences(source)
        for clause in Clause.read(tokens)
        for new, old in clause.parts()
    ]
    places = _Places(text)
    changes = [_change(source, places, *part) for part in clauses]
    return tuple(_complete(source, clauses, changes))


class _Places:
    """Where the numbered clauses and articles of the text begin."""

    def __init__(self, given: str) -> None:
        self.clauses: list[tuple[int, str]] = []
        self.articles: list[tuple[int, str]] = []
        for found in _MARKER.finditer(given):
            at = found.start()
            if found["article"]:
                self.articles.append((at, found["article"]))
            self.clauses.append((at, found["clause"] or ""))
        self.starts = [at for at, _ in self.clauses]
        self.length = len(given)
        self.given = given

    def article(self, start: int) -> str | None:
        place = bisect_right(self.articles, (start, "~")) - 1
        return self.articles[place][1] if place >= 0 else None

    def provision(self, start: int, end: int) -> tuple[str | None, tuple[int, int]]:
        """Give the clause's number and span: from its number to the next one."""
        before = _BEFORE.search(self.given, max(0, start - 12), start)
        last = bisect_right(self.starts, start) - 1
        begin = before.start() if before else max(self.starts[last], 0) if last >= 0 else 0
        number = before[1] if before else (self.clauses[last][1] or None) if last >= 0 else None
        following = bisect_left(self.starts, end)
        stop = self.starts[following] if following < len(self.starts) else self.length
        while stop > end and self.given[stop - 1].isspace():
            stop -= 1
        while begin < start and self.given[begin].isspace():
            begin += 1
        return number, (begin, stop)


def _change(source: Source, places: _Places, clause: Clause, new: Named, olds: list[Named]) -> Change:
    start, end = source.span(clause.start, clause.end)
    number, provision = places.provision(start, end)
    shared = len(clause.new) > 1 and len(olds) == len(clause.old)
    old = tuple(_old_unit(source, unit, shared) for unit in olds)
    return Change(
        start=start,
        end=end,
        new_unit=new.full_name,
        new_kind=new.kind,
        old_units=old,
        kind=_kind(clause, new, olds, shared),
        new_within=new.within,
        seat=None,
        area=None,
        population=None,
        article=places.article(start),
        clause=number,
        provision=provision,
        rule=clause.rule,
        confidence=clause.confidence,
    )


def _old_unit(source: Source, unit: Named, shared: bool) -> OldUnit:
    """Make the record; a unit divided among several new ones gives each a part."""
    start, end = source.span(unit.start, unit.end)
    extent = unit.extent
    alone = extent is not None and extent.units == 1
    return OldUnit(
        name=unit.full_name,
        kind=unit.kind,
        extent="partial" if shared or (extent is not None and extent.partial) else "full",
        rest=extent is not None and extent.rest,
        area=extent.area if extent is not None and alone else None,
        population=extent.population if extent is not None and alone else None,
        within=unit.within,
        start=start,
        end=end,
    )


def _kind(clause: Clause, new: Named, olds: list[Named], shared: bool) -> str:
    """Name the change by what goes in and what comes out; see ``KIND_NAMES``."""
    if clause.rule == "unchanged":
        return "unchanged"
    if clause.rule == "rename":
        return "rename"
    if shared:
        return "split"
    partial = [unit.extent is not None and unit.extent.partial for unit in olds]
    if clause.into_existing:
        if all(LEVELS[unit.kind] > LEVELS[new.kind] for unit in olds):
            return "move"
        return "transfer" if all(partial) else "absorb"
    if len(olds) > 1:
        return "merge"
    (old,) = olds
    if partial[0]:
        return "split"
    if old.kind != new.kind:
        return "convert"
    return "rename" if old.name.casefold() != new.name.casefold() else "merge"


def _complete(
    source: Source, clauses: list[tuple[Clause, Named, list[Named]]], changes: list[Change]
) -> list[Change]:
    """Add the seat and the size that the following sentences give."""
    ends = [clause.start for clause, _, _ in clauses]
    for found in _SEAT.finditer(source.text):
        place = bisect_right(ends, found.start()) - 1
        if place >= 0 and found.start() - clauses[place][0].end < _NEAR:
            seat = " ".join(found["seat"].replace(BREAK, " ").split()).removesuffix(" hiện nay").strip(" ,")
            changes[place] = replace(changes[place], seat=changes[place].seat or seat)
    for found in _SIZE.finditer(source.text):
        place = bisect_right(ends, found.start()) - 1
        if place < 0 or found.start() - clauses[place][0].end > _NEAR:
            continue
        named = " ".join(source.text[max(0, found.start() - 60) : found.start()].split()).casefold()
        if changes[place].area is None and named.endswith(changes[place].new_unit.casefold()):
            area, people = read_area(found["area"], found["unit"]), read_people(found["people"])
            changes[place] = replace(changes[place], area=area, population=people)
    return changes
