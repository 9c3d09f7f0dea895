"""Where the boxes and lines of a lineage stand: plain numbers, drawn by `organisation/lineage.html`.

Predecessors stand left of the unit, successors right. A column holds the times that are equally many steps
away; within it, each stands as near as it can to those it is joined to.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kientoan.domains.organisation.queries import Arc

from .lineage_graph import Graph, Link, Time

WIDTH = 184  # of a box
GAP = 176  # between two columns: room for the date and the basis
WORDS = 100  # how far a line runs level beside its words
LINE = 17  # height of a line of text
LABEL = 32  # a line that leaves or reaches a box carries two lines of small text
SPACE = 14  # between two boxes of a column
EDGE = 10  # around the picture
LETTERS = 23  # of a name that fit into a box
BASIS_LETTERS = 21
MEASURES = ("population", "area", "headcount", "by_hand")  # the first that is known is told

_NUMBER = re.compile(r"\d+(?:/\d{4})?[/-](?:[A-ZĐ]{2,}[\w-]*)")


@dataclass(frozen=True, slots=True)
class Box:
    """A unit at a time, or (`more` > 0) so many units folded into one box."""

    time: Time
    column: int
    x: int
    y: int
    height: int
    lines: tuple[str, ...]
    code: str = ""
    more: int = 0
    is_centre: bool = False

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + WIDTH

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.y + self.height

    @property
    def width(self) -> int:
        """As wide as every box."""
        return WIDTH

    @property
    def middle(self) -> int:
        """Where its text is centred."""
        return self.x + WIDTH // 2

    @property
    def text_top(self) -> int:
        """The height of a single line of text."""
        return self.y + self.height // 2 + 5

    @property
    def text_rows(self) -> list[tuple[int, str]]:
        """The lines of its text, each with the height at which it stands."""
        rows = [*self.lines, *([self.code] if self.code else [])]
        top = self.y + (self.height - LINE * len(rows)) // 2 + 13
        return [(top + LINE * number, text) for number, text in enumerate(rows)]


@dataclass(frozen=True, slots=True)
class Line:
    """A line from the right edge of a box to the left edge of another, through bends between them."""

    link: Link
    points: tuple[tuple[int, int], ...]
    label: tuple[int, int, str]  # where its words stand and how they are anchored

    @property
    def path(self) -> str:
        """The line as an SVG path: level where its words stand, bending in what is left of the gap."""
        x, y = self.points[0]
        parts = [f"M{x} {y}"]
        last = len(self.points) - 1
        for number, (there_x, there_y) in enumerate(self.points[1:], start=1):
            level = WORDS if there_x - x > WORDS + 20 and there_y != y else 0
            if level and number == 1 and self.label[2] == "start":
                x += level
                parts.append(f"H{x}")
            end = there_x - level if number == last and self.label[2] == "end" else there_x
            half = (x + end) // 2
            parts.append(f"C{half} {y} {half} {there_y} {end} {there_y}")
            if end != there_x:
                parts.append(f"H{there_x}")
            x, y = there_x, there_y
        return "".join(parts)

    @property
    def arc(self) -> Arc | None:
        """The change it stands for; None where a unit simply went on."""
        return self.link.arc

    @property
    def is_part(self) -> bool:
        """Whether only a part passed."""
        return self.link.arc is not None and not self.link.arc.full

    @property
    def has_share(self) -> bool:
        """Whether to say how large a part: not for many units folded into one box."""
        return self.is_part and not self.link.source.fold and not self.link.target.fold

    @property
    def basis(self) -> str:
        """The number of the act, or the first words of its name."""
        return short_basis(self.link.arc.legal_basis) if self.link.arc else ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole drawing and its size."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]

    @property
    def centre(self) -> Box:
        """The box of the unit itself."""
        return next(box for box in self.boxes if box.is_centre)


def short_basis(text: str) -> str:
    """'Nghị quyết số 1668/NQ-UBTVQH15 về …' → '1668/NQ-UBTVQH15'."""
    found = _NUMBER.search(text)
    return _cut(found.group() if found else text, BASIS_LETTERS)


def share_of(arc: Arc) -> tuple[Decimal, str] | None:
    """The part that passed in percent, and of what; None when it is not known."""
    known = ((getattr(arc, measure), measure) for measure in MEASURES)
    return next(((share * 100, measure) for share, measure in known if share is not None), None)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def wrapped(name: str, letters: int = LETTERS) -> tuple[str, ...]:
    """A name on one or two lines."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= letters or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return tuple(_cut(line, letters + 1) for line in lines)


def picture_of(graph: Graph) -> Picture:
    """Lay the graph out."""
    columns = columns_of(graph)
    first = min(columns.values())
    chains = {link: _chain(link, columns) for link in graph.links}
    heights = _heights(graph, chains)
    tops = _tops(graph, columns, chains, heights)
    xs = {
        column: EDGE + (column - first) * (WIDTH + GAP) for column in range(first, max(columns.values()) + 1)
    }
    boxes = tuple(
        Box(
            time, columns[time], xs[columns[time]], tops[time, columns[time]], heights[time],
            () if time in graph.folded else wrapped(graph.names[time].name),
            "" if time in graph.folded else graph.names[time].code,
            graph.folded.get(time, 0), time == graph.centre,
        )
        for time in graph.times
    )  # fmt: skip
    lines = _lines(graph, {box.time: box for box in boxes}, chains, tops, xs)
    bottom = max([box.bottom for box in boxes] + [y for line in lines for _, y in line.points])
    return Picture(max(box.right for box in boxes) + EDGE, bottom + EDGE, boxes, lines)


def columns_of(graph: Graph) -> dict[Time, int]:
    """Time → column, 0 for the unit: every link leads to a higher one.

    First the longest way from the left; then what does not come from the unit moves right, up to what it
    became.
    """
    following: dict[Time, list[Time]] = {}
    before: dict[Time, int] = dict.fromkeys(graph.times, 0)
    for link in graph.links:
        following.setdefault(link.source, []).append(link.target)
        before[link.target] += 1
    order, columns = [time for time in graph.times if not before[time]], dict.fromkeys(graph.times, 0)
    for time in order:
        for target in following.get(time, []):
            columns[target] = max(columns[target], columns[time] + 1)
            before[target] -= 1
            if not before[target]:
                order.append(target)
    later = {graph.centre}
    for time in order:
        if time in later:
            later.update(following.get(time, []))
    for time in reversed(order):
        if time not in later and following.get(time):
            columns[time] = min(columns[target] for target in following[time]) - 1
    middle = columns[graph.centre]
    return {time: column - middle for time, column in columns.items()}


Place = tuple[Time | Link, int]  # a box, or a line on its way through a column


def _chain(link: Link, columns: dict[Time, int]) -> list[Place]:
    """The places a link goes through, box to box."""
    start, end = columns[link.source], columns[link.target]
    bends: list[Place] = [(link, column) for column in range(start + 1, end)]
    return [(link.source, start), *bends, (link.target, end)]


def _heights(graph: Graph, chains: Iterable[Link]) -> dict[Time, int]:
    """A box is as high as its text, and as the words on the lines that leave or reach it."""
    leaving: dict[Time, int] = {}
    reaching: dict[Time, int] = {}
    for link in chains:
        leaving[link.source] = leaving.get(link.source, 0) + 1
        reaching[link.target] = reaching.get(link.target, 0) + 1
    found: dict[Time, int] = {}
    for time in graph.times:
        rows = (
            1 if time in graph.folded else len(wrapped(graph.names[time].name)) + bool(graph.names[time].code)
        )
        labels = LABEL * leaving.get(time, 0) if leaving.get(time, 0) > 1 else LABEL
        found[time] = max(LINE * rows + 12, labels, 9 * reaching.get(time, 0))
    return found


def _tops(
    graph: Graph, columns: dict[Time, int], chains: dict[Link, list[Place]], heights: dict[Time, int]
) -> dict[Place, int]:
    """The upper edge of every box and bend, column by column from the unit outwards; nothing overlaps."""
    in_column: dict[int, list[Place]] = {}
    for time in graph.times:
        in_column.setdefault(columns[time], []).append((time, columns[time]))
    beside: dict[Place, list[Place]] = {}
    for chain in chains.values():
        for one, two in pairwise(chain):
            beside.setdefault(one, []).append(two)
            beside.setdefault(two, []).append(one)
        for bend in chain[1:-1]:
            in_column.setdefault(bend[1], []).append(bend)

    def height(place: Place) -> float:
        return heights[place[0]] if isinstance(place[0], Time) else SPACE

    middles: dict[Place, float] = {}
    for column in sorted(in_column, key=abs):
        wanted = {}
        for number, place in enumerate(in_column[column]):
            near = [middles[other] for other in beside.get(place, []) if other in middles]
            wanted[place] = (sum(near) / len(near) if near else 0.0, number)
        placed = sorted(in_column[column], key=lambda place: wanted[place])
        reach, shift = float("-inf"), 0.0
        for place in placed:
            middles[place] = max(wanted[place][0], reach + height(place) / 2)
            reach = middles[place] + height(place) / 2 + SPACE
            shift += wanted[place][0] - middles[place]
        for place in placed:
            middles[place] += shift / len(placed)
    highest = min(middle - height(place) / 2 for place, middle in middles.items())
    return {place: round(middle - height(place) / 2 - highest) + EDGE for place, middle in middles.items()}


def _lines(
    graph: Graph, boxes: dict[Time, Box], chains: dict[Link, list[Place]], tops: dict[Place, int],
    xs: dict[int, int],
) -> tuple[Line, ...]:  # fmt: skip
    """Lines leave and reach each box one under the other, in the order of their other ends."""
    leaving: dict[Time, list[Link]] = {}
    reaching: dict[Time, list[Link]] = {}
    for link in chains:
        leaving.setdefault(link.source, []).append(link)
        reaching.setdefault(link.target, []).append(link)
    for links in leaving.values():
        links.sort(key=lambda link: tops[chains[link][1]])
    for links in reaching.values():
        links.sort(key=lambda link: tops[chains[link][-2]])
    found = []
    for link, chain in chains.items():
        source, target = boxes[link.source], boxes[link.target]
        start = (source.right, _port(source, leaving[link.source].index(link), len(leaving[link.source])))
        end = (target.x - 6, _port(target, reaching[link.target].index(link), len(reaching[link.target])))
        points = [start]
        for bend in chain[1:-1]:
            points += [(xs[bend[1]], tops[bend] + SPACE // 2), (xs[bend[1]] + WIDTH, tops[bend] + SPACE // 2)]
        points.append(end)
        alone = len(leaving[link.source]) > 1 and len(reaching[link.target]) == 1
        label = (end[0] - 4, end[1], "end") if alone else (start[0] + 5, start[1], "start")
        found.append(Line(link, tuple(points), label))
    return tuple(found)


def _port(box: Box, place: int, of: int) -> int:
    return box.y + box.height * (2 * place + 1) // (2 * of)
