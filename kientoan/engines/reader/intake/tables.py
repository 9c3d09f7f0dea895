"""Tables of data and tables that only place text on the page, told apart.

Offices set the head of a document (issuer on the left, Quốc hiệu on the right) and its foot
(Nơi nhận, signature) with tables without borders. Their cells are read one after the other,
left column first, so that no line mixes two columns.
"""

import re
from dataclasses import dataclass

from .extracted import TextBuilder

_PLACING = re.compile(
    r"CỘNG\s+HÒA\s+XÃ\s+HỘI|CỘNG\s+HOÀ\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|^\s*Nơi\s+nhận\s*:?\s*$"
    r"|^(?:TM|T/M|KT|K/T|TL|T/L|TUQ)\.?\s",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its first column (from 1) and its paragraphs."""

    column: int
    paragraphs: tuple[str, ...]
    has_table: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.paragraphs)


def is_placing(rows: list[list[Cell]]) -> bool:
    """Say whether the table only places text (head, signature block, page frame)."""
    if not rows:
        return False
    if max(len(row) for row in rows) == 1 and len(rows) == 1:
        return True
    if any(cell.has_table for row in rows for cell in row):
        return True
    if len(rows) > 6 or max(len(row) for row in rows) > 3:
        return False
    return any(_PLACING.search("\n".join(cell.paragraphs)) for row in rows for cell in row)


def add_table(builder: TextBuilder, rows: list[list[Cell]], *, number: int) -> None:
    """Add a table: columns one after the other if it only places text, else row by row."""
    if not is_placing(rows):
        for index, row in enumerate(rows, start=1):
            builder.add_row([(cell.column, cell.text) for cell in row], table=number, row=index)
        return
    for column in sorted({cell.column for row in rows for cell in row}):
        for row in rows:
            for cell in row:
                if cell.column == column:
                    for paragraph in cell.paragraphs:
                        builder.add_paragraph(paragraph)
