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
        stack: list[tuple[int, Block]] = []
        for block in blocks:
            rank = rank_of(block)
            if rank is None and self._is_heading(block):
                rank = 6
            elif rank is None and not block.cells and text[block.start : block.end].endswith(":"):
                rank = _LIST_HEAD
            if rank is not None:
                while stack and stack[-1][0] >= rank:
                    stack.pop()
            else:
                while stack and stack[-1][0] >= _PLAIN:
                    stack.pop()
            self._above[block.line_start] = tuple(item for _, item in reversed(stack))
            if rank is not None:
                stack.append((rank, block))

    def _is_heading(self, block: Block) -> bool:
        words = self._text[block.start : block.end]
        return not block.cells and 3 <= len(words) <= 160 and words.isupper()

    def above(self, block: Block) -> tuple[Block, ...]:
        """Give the blocks that ``block`` stands under, nearest first."""
        return self._above.get(block.line_start, ())

    def headings(self, block: Block) -> str:
        """Give the first lines of the blocks above, nearest first, joined by " / "."""
        return " / ".join(
            self._text[item.start : min(item.end, item.start + 160)] for item in self.above(block)
        )
