"""A drawing with its layers as columns from left to right.

Within a column each box stands as near as it can to those it is joined to, from layer 0 outwards; nothing
overlaps. A line runs level for as long as the words on it are, and only then bends, in the rest of the gap:
so no words lie on a bend or on the tip of a line. A line over several layers passes between their boxes.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from .shapes import EDGE, SPACE, WIDTH, Box, Drawing, Joint, Line, Placed, breadth

BEND = 60  # of a gap between two columns, beside the words
LABEL = 32  # a line that leaves a box with words takes so much of its height

Place = tuple[str | int, int]  # the key of a box, or the number of a joint on its way, and the layer


def beside(boxes: Sequence[Box], joints: Sequence[Joint], width: int = WIDTH, tip: int = 0) -> Drawing:
    """Lay out boxes and lines. A joint leads to a later layer; one that does not is drawn straight.

    `tip`: so much before the box it reaches a line ends, where it is drawn with a tip.
    """
    layers = {box.key: box.layer for box in boxes}
    first, last = min(layers.values()), max(layers.values())
    zone = breadth([words for joint in joints for words in joint.words])
    level = zone + 12 if zone else 0
    xs = {layer: EDGE + (layer - first) * (width + level + BEND) for layer in range(first, last + 1)}
    chains = [_chain(number, joint, layers) for number, joint in enumerate(joints)]
    heights = _heights(boxes, joints)
    tops = _tops(boxes, chains, heights)
    placed = {
        box.key: Placed(box, xs[box.layer], tops[box.key, box.layer], width, heights[box.key])
        for box in boxes
    }
    lines = _lines(joints, placed, chains, tops, xs, level, tip)
    bottom = max([one.bottom for one in placed.values()] + [y for line in lines for _x, y in line.points])
    return Drawing(xs[last] + width + EDGE, bottom + EDGE, tuple(placed.values()), lines)


def _chain(number: int, joint: Joint, layers: Mapping[str, int]) -> list[Place]:
    """The places a joint goes through, box to box."""
    start, end = layers[joint.source], layers[joint.target]
    bends: list[Place] = [(number, layer) for layer in range(start + 1, end)]
    return [(joint.source, start), *bends, (joint.target, end)]


def _heights(boxes: Iterable[Box], joints: Sequence[Joint]) -> dict[str, int]:
    """A box is as high as its text, and as the words on the lines that leave it."""
    leaving: dict[str, int] = {}
    reaching: dict[str, int] = {}
    for joint in joints:
        leaving[joint.source] = leaving.get(joint.source, 0) + _room(joint)
        reaching[joint.target] = reaching.get(joint.target, 0) + 9
    return {box.key: max(box.height, leaving.get(box.key, 0), reaching.get(box.key, 0)) for box in boxes}


def _room(joint: Joint) -> int:
    """How much of the edge of a box a line needs where it leaves."""
    return LABEL if joint.words else SPACE


def _tops(
    boxes: Sequence[Box], chains: Sequence[Sequence[Place]], heights: Mapping[str, int]
) -> dict[Place, int]:
    """The upper edge of every box and bend, column by column from layer 0 outwards; nothing overlaps."""
    columns: dict[int, list[Place]] = {}
    for box in boxes:
        columns.setdefault(box.layer, []).append((box.key, box.layer))
    joined: dict[Place, list[Place]] = {}
    for chain in chains:
        for one, two in pairwise(chain):
            joined.setdefault(one, []).append(two)
            joined.setdefault(two, []).append(one)
        for bend in chain[1:-1]:
            columns.setdefault(bend[1], []).append(bend)

    def height(place: Place) -> float:
        return heights[place[0]] if isinstance(place[0], str) else SPACE

    middles: dict[Place, float] = {}
    for layer in sorted(columns, key=lambda layer: (abs(layer), layer)):
        wanted = {}
        for number, place in enumerate(columns[layer]):
            near = [middles[other] for other in joined.get(place, []) if other in middles]
            wanted[place] = (sum(near) / len(near) if near else 0.0, number)
        ordered = sorted(columns[layer], key=lambda place: wanted[place])
        reach, shift = float("-inf"), 0.0
        for place in ordered:
            middles[place] = max(wanted[place][0], reach + height(place) / 2)
            reach = middles[place] + height(place) / 2 + SPACE
            shift += wanted[place][0] - middles[place]
        for place in ordered:
            middles[place] += shift / len(ordered)
    highest = min(middle - height(place) / 2 for place, middle in middles.items())
    return {place: round(middle - height(place) / 2 - highest) + EDGE for place, middle in middles.items()}


def _lines(
    joints: Sequence[Joint], placed: Mapping[str, Placed], chains: Sequence[Sequence[Place]],
    tops: Mapping[Place, int], xs: Mapping[int, int], level: int, tip: int,
) -> tuple[Line, ...]:  # fmt: skip
    """Lines leave and reach each box one under the other, in the order of their other ends."""
    leaving: dict[str, list[int]] = {}
    reaching: dict[str, list[int]] = {}
    for number, joint in enumerate(joints):
        leaving.setdefault(joint.source, []).append(number)
        reaching.setdefault(joint.target, []).append(number)
    for numbers in leaving.values():
        numbers.sort(key=lambda number: tops[chains[number][1]])
    for numbers in reaching.values():
        numbers.sort(key=lambda number: tops[chains[number][-2]])
    found = []
    for number, joint in enumerate(joints):
        source, target = placed[joint.source], placed[joint.target]
        x, y = source.right, _port(source, leaving[joint.source], number, [_room(one) for one in joints])
        points = [(x, y)]
        for bend in chains[number][1:-1]:
            height = tops[bend] + SPACE // 2
            points += [(xs[bend[1]], height), (xs[bend[1]] + source.width, height)]
        points.append((target.x - tip, _port(target, reaching[joint.target], number, [1] * len(joints))))
        rows = tuple((x + 6, y - 5 + 18 * row, words) for row, words in enumerate(joint.words))
        found.append(Line(joint, _path(points, level), tuple(points), rows))
    return tuple(found)


def _port(placed: Placed, numbers: Sequence[int], number: int, rooms: Sequence[int]) -> int:
    """The height at which a line meets its box: the edge is shared out among its lines by their need."""
    before = sum(rooms[one] for one in numbers[: numbers.index(number)])
    whole = sum(rooms[one] for one in numbers)
    return placed.y + placed.height * (2 * before + rooms[number]) // (2 * whole)


def _path(points: Sequence[tuple[int, int]], level: int) -> str:
    """Level over the words of a gap, and through a column; bending in the rest of the gap."""
    x, y = points[0]
    parts = [f"M{x} {y}"]
    for there_x, there_y in points[1:]:
        if there_y == y:
            parts.append(f"H{there_x}")
        else:
            if there_x - x > level + BEND // 4:
                x += level
                parts.append(f"H{x}")
            half = (x + there_x) // 2
            parts.append(f"C{half} {y} {half} {there_y} {there_x} {there_y}")
        x, y = there_x, there_y
    return "".join(parts)
