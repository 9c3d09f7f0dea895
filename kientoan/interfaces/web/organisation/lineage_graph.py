"""The lineage of a unit as a graph of units at their times: what is joined to what, what is folded away.

A unit is cut into *times* at the days of its changes. So every link leads from an earlier time to a later
one, also when two units gave parts to each other, and a picture of it can be read from left to right.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from django.db.backends.postgresql.psycopg_any import DateRange

from kientoan.domains.organisation.queries import Arc, Lineage, Named


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """A unit between two of its changes: the `index`-th of its times. Folded units: `fold` names them."""

    unit: int
    index: int
    fold: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """`source` became `target`, wholly or in part; no arc: the unit simply went on."""

    source: Time
    target: Time
    arc: Arc | None = None

    @property
    def decision(self) -> int:
        """Which decision made it; 0 for none."""
        return self.arc.decision if self.arc else 0


@dataclass
class Graph:
    """Times with their names, links, and how many units each fold stands for."""

    centre: Time
    names: dict[Time, Named] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    folded: dict[Time, int] = field(default_factory=dict)

    @property
    def times(self) -> list[Time]:
        """Every time that is drawn."""
        return [*self.names, *self.folded]


def graph_of(
    lineage: Lineage,
    *,
    life: DateRange,
    day: date,
    named_on: Callable[[date], Named],
    most: int = 8,
    opened: Iterable[str] = (),
) -> Graph:
    """The graph around the unit as it is on the day.

    Of more than `most` units that one decision joined to one other, the first stay and the others become one
    fold, unless its name is in `opened` ("from-12-345": what decision 12 brought to unit 345).
    """
    arcs = _distinct(lineage)
    cuts = _cuts(arcs)
    links = [_link(arc, cuts) for arc in arcs]
    own = _own_times(lineage.unit, cuts.get(lineage.unit, []), life)
    graph = Graph(centre=_time_on(day, lineage.unit, cuts, own))
    names = {time: named_on(first) for time, first in own.items()}
    names |= {link.target: link.arc.result for link in links if link.arc}
    names |= {link.source: link.arc.original for link in links if link.arc}
    if day in life:
        names[graph.centre] = named_on(day)
    links += _going_on(names, links)
    _walk(graph, names, links, list(own), most, frozenset(opened))
    return graph


def _distinct(lineage: Lineage) -> list[Arc]:
    """The arcs of both ways, each once, by day."""
    found = {
        (arc.decision, arc.kind, arc.original.unit, arc.result.unit): arc
        for arc in (*lineage.successors, *lineage.predecessors)
    }
    return sorted(found.values(), key=lambda arc: (arc.day, arc.decision, arc.original.name, arc.result.name))


def _cuts(arcs: Iterable[Arc]) -> dict[int, list[date]]:
    days: dict[int, set[date]] = {}
    for arc in arcs:
        for unit in (arc.original.unit, arc.result.unit):
            days.setdefault(unit, set()).add(arc.day)
    return {unit: sorted(found) for unit, found in days.items()}


def _link(arc: Arc, cuts: Mapping[int, list[date]]) -> Link:
    before = bisect_left(cuts[arc.original.unit], arc.day)
    after = bisect_right(cuts[arc.result.unit], arc.day)
    return Link(Time(arc.original.unit, before), Time(arc.result.unit, after), arc)


def _own_times(unit: int, cuts: list[date], life: DateRange) -> dict[Time, date]:
    """The times in which the unit in the middle lived, each with a day of it."""
    lower, upper = life.lower or date.min, life.upper or date.max
    starts, ends = [date.min, *cuts], [*cuts, date.max]
    lived = {
        Time(unit, index): max(start, lower)
        for index, (start, end) in enumerate(zip(starts, ends, strict=True))
        if start < upper and lower < end
    }
    return lived or {Time(unit, 0): lower}


def _time_on(day: date, unit: int, cuts: Mapping[int, list[date]], own: Iterable[Time]) -> Time:
    """The time of the day; the first before the unit was, the last after it ended."""
    index = bisect_right(cuts.get(unit, []), day)
    return min(own, key=lambda time: (abs(time.index - index), time.index))


def _going_on(names: Iterable[Time], links: Iterable[Link]) -> list[Link]:
    """Links between times of one unit that no arc joins."""
    joined = {(link.source, link.target) for link in links}
    ordered = sorted(names)
    pairs = pairwise(ordered)
    return [Link(one, two) for one, two in pairs if one.unit == two.unit and (one, two) not in joined]


def _walk(
    graph: Graph, names: dict[Time, Named], links: list[Link], roots: list[Time], most: int,
    opened: frozenset[str],
) -> None:  # fmt: skip
    """Go out from the unit both ways; keep what is met, fold what is too much."""
    kept: dict[Link, None] = {}
    for side in ("from", "to"):
        by_end: dict[Time, list[Link]] = {}
        for link in links:
            by_end.setdefault(link.target if side == "from" else link.source, []).append(link)
        waiting, seen = list(roots), set(roots)
        while waiting:
            here = waiting.pop(0)
            graph.names[here] = names[here]
            for link in _shown(graph, side, here, by_end.get(here, []), most, opened):
                kept[link] = None
                there = link.source if side == "from" else link.target
                if there not in seen and not there.fold:
                    seen.add(there)
                    waiting.append(there)
    graph.links = list(kept)


def _shown(
    graph: Graph, side: str, here: Time, links: list[Link], most: int, opened: frozenset[str]
) -> Iterable[Link]:
    """The links at one time, those of a large decision folded."""
    groups: dict[int, list[Link]] = {}
    for link in links:
        groups.setdefault(link.decision, []).append(link)
    for decision, group in groups.items():
        name = f"{side}-{decision}-{here.unit}"
        others = [link for link in group if link.source.unit != link.target.unit]
        if decision == 0 or len(others) <= most or name in opened:
            yield from group
            continue
        yield from (link for link in group if link.source.unit == link.target.unit)
        others.sort(key=_weight)
        yield from others[: most - 1]
        fold = Time(here.unit, here.index, name)
        graph.folded[fold] = len(others) - (most - 1)
        hidden = others[most - 1 :]
        one = next((link for link in hidden if link.arc and link.arc.full), hidden[0])
        yield replace(one, source=fold) if side == "from" else replace(one, target=fold)


def _weight(link: Link) -> tuple[bool, float]:
    """What passed whole comes first, then the largest part."""
    arc = link.arc
    if arc is None or arc.full:
        return False, 0.0
    shares = (arc.population, arc.area, arc.headcount, arc.by_hand)
    return True, -float(next((share for share in shares if share is not None), 0))
