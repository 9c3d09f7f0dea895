"""Drawings of boxes joined by lines, in layers: layer 0 is what one looks at, negative ones stand before it.

Plain numbers, drawn by `components/layered.html`. `beside` sets the layers from left to right, `below` one
under the other for a narrow window, each box a little further in the further away it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, GAP, SPACE, EDGE = 216, 64, 12, 8
LINE, PAD = 16, 10
LETTERS = 31  # of a line of text in a box
NARROW, INDENT = 312, 20


@dataclass(frozen=True, slots=True)
class Text:
    """One line of a box; `css` of its look."""

    words: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A box to draw: its layer, its lines of text, the page it leads to ('' for none)."""

    key: str
    layer: int
    texts: tuple[Text, ...]
    url: str = ""
    css: str = ""
    label: str = ""

    @property
    def height(self) -> int:
        """As high as its text."""
        return LINE * len(self.texts) + 2 * PAD


@dataclass(frozen=True, slots=True)
class Placed:
    """A box in its place."""

    box: Box
    x: int
    y: int
    width: int

    @property
    def rows(self) -> list[tuple[int, Text]]:
        """Its lines of text, each with the height at which it stands."""
        return [(self.y + PAD + 12 + LINE * place, text) for place, text in enumerate(self.box.texts)]

    @property
    def text_x(self) -> int:
        """Where its text begins."""
        return self.x + PAD

    @property
    def middle(self) -> int:
        """Half its height."""
        return self.y + self.box.height // 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two boxes as an SVG path."""

    path: str
    css: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All boxes and lines, and the size of the whole."""

    width: int
    height: int
    boxes: tuple[Placed, ...]
    lines: tuple[Line, ...]


Joint = tuple[str, str, str]  # key of the box in front, key of the box behind, css of the line


def beside(boxes: Sequence[Box], joints: Sequence[Joint]) -> Drawing:
    """Layers from left to right; each column is centred, its boxes near those they are joined to."""
    layers = sorted({box.layer for box in boxes}, key=lambda layer: (abs(layer), layer))
    columns = {layer: [box for box in boxes if box.layer == layer] for layer in layers}
    _sort_outwards(columns, layers, joints)
    heights = {
        layer: sum(box.height for box in column) + SPACE * (len(column) - 1)
        for layer, column in columns.items()
    }
    tallest, first = max(heights.values()), min(layers)
    placed: dict[str, Placed] = {}
    for layer, column in columns.items():
        y = EDGE + (tallest - heights[layer]) // 2
        for box in column:
            placed[box.key] = Placed(box, EDGE + (layer - first) * (WIDTH + GAP), y, WIDTH)
            y += box.height + SPACE
    width = 2 * EDGE + (max(layers) - first) * (WIDTH + GAP) + WIDTH
    lines = tuple(_bent(placed[one], placed[two], css) for one, two, css in joints)
    return Drawing(width, tallest + 2 * EDGE, tuple(placed.values()), lines)


def _sort_outwards(columns: dict[int, list[Box]], layers: Sequence[int], joints: Sequence[Joint]) -> None:
    """Put the boxes of each column in the order of the inner boxes they are joined to."""
    places: dict[str, float] = {}
    for layer in layers:
        wanted: dict[str, list[float]] = {}
        for one, two, _ in joints:
            for own, other in ((one, two), (two, one)):
                if other in places:
                    wanted.setdefault(own, []).append(places[other])
        if layer:
            columns[layer].sort(key=lambda box: _mean(wanted.get(box.key, [])))
        places |= {box.key: float(place) for place, box in enumerate(columns[layer])}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _bent(one: Placed, two: Placed, css: str) -> Line:
    x, end = one.x + one.width, two.x
    half = (x + end) // 2
    return Line(f"M{x} {one.middle}C{half} {one.middle} {half} {two.middle} {end} {two.middle}", css)


def below(boxes: Sequence[Box], joints: Sequence[Joint]) -> Drawing:
    """One box under the other, the layer before on top; lines run down the left edge."""
    deepest = max(abs(box.layer) for box in boxes)
    placed: dict[str, Placed] = {}
    y = EDGE
    for box in _told_in_turn(boxes, joints):
        x = EDGE + INDENT * abs(box.layer)
        placed[box.key] = Placed(box, x, y, NARROW - INDENT * deepest)
        y += box.height + SPACE
    lines = tuple(_elbow(placed[one], placed[two], css) for one, two, css in joints)
    return Drawing(NARROW + 2 * EDGE, y - SPACE + EDGE, tuple(placed.values()), lines)


def _told_in_turn(boxes: Sequence[Box], joints: Sequence[Joint]) -> list[Box]:
    """What stands before on top, each box beside the one it hangs on, what stands behind at the foot."""
    known = {box.key: box for box in boxes}
    order = [box for box in boxes if not box.layer]
    for side in (-1, 1):
        for box in (box for box in boxes if box.layer == side):
            pairs = [(one, two) if side < 0 else (two, one) for one, two, _ in joints]
            outer = [known[far] for far, near in pairs if near == box.key and known[far].layer == 2 * side]
            fresh = [item for item in outer if item not in order]
            order = [*fresh, box, *order] if side < 0 else [*order, box, *fresh]
    left = [box for box in boxes if box not in order]
    return [*(box for box in left if box.layer < 0), *order, *(box for box in left if box.layer > 0)]


def _elbow(one: Placed, two: Placed, css: str) -> Line:
    """From the left edge of the outer box to the foot or the head of the inner one."""
    outer, inner = (one, two) if abs(one.box.layer) > abs(two.box.layer) else (two, one)
    x = inner.x + INDENT // 2
    end = inner.y if inner.y > outer.y else inner.y + inner.box.height
    return Line(f"M{outer.x} {outer.middle}H{x}V{end}", css)


def wrapped(words: str, lines: int, letters: int = LETTERS) -> list[str]:
    """The words on so many lines at most; what does not fit is cut with '…'."""
    rows = [""]
    for word in words.split():
        longer = f"{rows[-1]} {word}".strip()
        if len(longer) <= letters or not rows[-1]:
            rows[-1] = longer
        else:
            rows.append(word)
    rows = [row if len(row) <= letters else row[: letters - 1] + "…" for row in rows if row]
    if len(rows) <= lines:
        return rows
    last = rows[lines - 1]
    return [*rows[: lines - 1], (last if len(last) < letters else last[: letters - 1]).rstrip() + "…"]
