"""A drawing for a narrow window: one box under the other, each a little further in the further away it is."""

from collections.abc import Sequence

from .shapes import EDGE, SPACE, Box, Drawing, Joint, Line, Placed

NARROW, INDENT = 312, 20


def below(boxes: Sequence[Box], joints: Sequence[Joint]) -> Drawing:
    """One box under the other, the layer before on top; lines run down the left edge."""
    deepest = max(abs(box.layer) for box in boxes)
    placed: dict[str, Placed] = {}
    y = EDGE
    for box in _told_in_turn(boxes, joints):
        x = EDGE + INDENT * abs(box.layer)
        placed[box.key] = Placed(box, x, y, NARROW - INDENT * deepest, box.height)
        y += box.height + SPACE
    lines = tuple(Line(joint, _elbow(placed[joint.source], placed[joint.target])) for joint in joints)
    return Drawing(NARROW + 2 * EDGE, y - SPACE + EDGE, tuple(placed.values()), lines)


def _told_in_turn(boxes: Sequence[Box], joints: Sequence[Joint]) -> list[Box]:
    """What stands before on top, each box beside the one it hangs on, what stands behind at the foot."""
    known = {box.key: box for box in boxes}
    order = [box for box in boxes if not box.layer]
    for side in (-1, 1):
        for box in (box for box in boxes if box.layer == side):
            pairs = [(one.source, one.target) if side < 0 else (one.target, one.source) for one in joints]
            outer = [known[far] for far, near in pairs if near == box.key and known[far].layer == 2 * side]
            fresh = [item for item in outer if item not in order]
            order = [*fresh, box, *order] if side < 0 else [*order, box, *fresh]
    left = [box for box in boxes if box not in order]
    return [*(box for box in left if box.layer < 0), *order, *(box for box in left if box.layer > 0)]


def _elbow(one: Placed, two: Placed) -> str:
    """From the left edge of the outer box to the foot or the head of the inner one."""
    outer, inner = (one, two) if abs(one.box.layer) > abs(two.box.layer) else (two, one)
    x = inner.x + INDENT // 2
    end = inner.y if inner.y > outer.y else inner.bottom
    return f"M{outer.x} {outer.middle}H{x}V{end}"
