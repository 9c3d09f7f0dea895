"""The outline of a text while reading it: which heading, list head or clause stands above each block."""

from __future__ import annotations

from .read_structure import rank_of
from .split_blocks import Block

_PLAIN = 40
_LIST_HEAD = 16


class Outline:
    """For each block, the blocks above it, nearest first.

    A plain paragraph that ends in a colon is the head of the list that follows it.
    """

    def __init__(self, text: str, blocks: list[Block]) -> None:
        self._text = text
        self._above: dict[int, tuple[Block, ...]] = {}
        self._joined: dict[int, str] = {}
        stack: list[tuple[int, Block]] = []
        above: tuple[Block, ...] | None = ()
        for block in blocks:
            rank = rank_of(block)
            if rank is None and self._is_heading(block):
                rank = 6
            elif rank is None and not block.cells and block.end > block.start and text[block.end - 1] == ":":
                rank = _LIST_HEAD
            depth = _PLAIN if rank is None else rank
            while stack and stack[-1][0] >= depth:
                stack.pop()
                above = None
            if above is None:
                above = tuple(item for _, item in reversed(stack))
            self._above[block.line_start] = above
            if rank is not None:
                stack.append((rank, block))
                above = (block, *above)

    def _is_heading(self, block: Block) -> bool:
        if block.cells or not 3 <= block.end - block.start <= 160:
            return False
        return self._text[block.start : block.end].isupper()

    def above(self, block: Block) -> tuple[Block, ...]:
        """Give the blocks that ``block`` stands under, nearest first."""
        return self._above.get(block.line_start, ())

    def headings(self, block: Block) -> str:
        """Give the first lines of the blocks above, nearest first, joined by " / "."""
        above = self.above(block)
        if not above:
            return ""
        nearest = above[0].line_start
        if nearest not in self._joined:
            lines = (self._text[item.start : min(item.end, item.start + 160)] for item in above)
            self._joined[nearest] = " / ".join(lines)
        return self._joined[nearest]
