"""The body of an official document: paragraphs, headings, tables and pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.text.run import Run as WordRun

from .document import Basis, Block, Heading, Paragraph, Picture, Run, Table, Text
from .ooxml import (
    add_bookmark,
    add_link,
    keep_row_whole,
    repeat_row,
    set_cell_margins,
    shade,
    writable,
)

FIRST_LINE = Cm(1.27)
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_LINK = RGBColor(0x0B, 0x57, 0xD0)


def add_runs(paragraph: Any, text: Text, *, bold: bool | None = None, italic: bool | None = None) -> None:
    """Add text to a paragraph; `bold` and `italic` hold for all of it, a run may add its own."""
    for part in text if isinstance(text, tuple) else (text,):
        run = part if isinstance(part, Run) else Run(part)
        link = add_link(paragraph, address=run.link, anchor=run.anchor) if run.link or run.anchor else None
        written: WordRun = paragraph.add_run(writable(run.text))
        written.bold = True if run.bold else bold
        written.italic = True if run.italic else italic
        if link is not None:
            written.font.color.rgb = _LINK
            link.append(written._r)


def add_line(
    parent: Any,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    first: bool = False,
    before: float = 0,
    after: float = 0,
) -> Any:
    """Add a centred line to a cell or the document; `first` uses the empty paragraph a new cell has."""
    paragraph = parent.paragraphs[0] if first else parent.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.line_spacing = 1.0
    run = paragraph.add_run(writable(text))
    run.bold, run.italic = bold, italic
    run.font.size = Pt(size)
    return paragraph


class BlockWriter:
    """Writes blocks at the end of a Word document."""

    def __init__(self, file: Any, *, party: bool) -> None:
        self._file = file
        self._party = party
        self._bookmarks = 0

    def write(self, blocks: Sequence[Block], *, width_mm: float) -> None:
        """Write the blocks in order into a text column of `width_mm`."""
        for index, block in enumerate(blocks):
            if isinstance(block, Heading):
                self._write_heading(block)
            elif isinstance(block, Paragraph):
                self._write_paragraph(block)
            elif isinstance(block, Basis):
                last = index + 1 == len(blocks) or not isinstance(blocks[index + 1], Basis)
                self._write_basis(block, last=last)
            elif isinstance(block, Table):
                self._write_table(block, width_mm)
            elif isinstance(block, Picture):
                self._write_picture(block, width_mm)
            else:
                self._file.add_page_break()

    def _write_heading(self, block: Heading) -> None:
        paragraph = self._file.add_paragraph(style=f"Heading {block.level}")
        if block.level == 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = FIRST_LINE
        add_runs(paragraph, block.text, italic=True if block.level == 4 else None)
        self._mark(paragraph, block.bookmark)

    def _write_paragraph(self, block: Paragraph) -> None:
        paragraph = self._file.add_paragraph()
        paragraph.alignment = _ALIGN[block.align]
        if block.indent and block.align in ("left", "justify"):
            paragraph.paragraph_format.first_line_indent = FIRST_LINE
        add_runs(paragraph, block.text)
        self._mark(paragraph, block.bookmark)

    def _write_basis(self, block: Basis, *, last: bool) -> None:
        """State: italic; Party: upright after a dash. Each ends with ";", the last with "."."""
        paragraph = self._file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = FIRST_LINE
        parts = block.text if isinstance(block.text, tuple) else (block.text,)
        *before, end = (part if isinstance(part, Run) else Run(part) for part in parts)
        ended = Run(
            end.text.rstrip(" ;.,") + ("." if last else ";"), end.bold, end.italic, end.link, end.anchor
        )
        dash = (Run("- "),) if self._party else ()
        add_runs(paragraph, (*dash, *before, ended), italic=None if self._party else True)

    def _write_table(self, block: Table, width_mm: float) -> None:
        if block.caption:
            caption = self._file.add_paragraph(style="Caption")
            caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
            caption.paragraph_format.keep_with_next = True
            add_runs(caption, block.caption, bold=True, italic=False)
        table = self._file.add_table(1 + len(block.rows), len(block.header), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_cell_margins(table, 1.5)
        shares = block.widths or (1.0,) * len(block.header)
        widths = [width_mm * share / sum(shares) for share in shares]
        aligns = block.aligns or ("left",) * len(block.header)
        rows = list(table.rows)
        repeat_row(rows[0])
        self._fill_row(rows[0], block.header, widths, ("center",) * len(widths), bold=True)
        for cell in rows[0].cells:
            shade(cell, "F2F2F2")
        for row, values in zip(rows[1:], block.rows, strict=True):
            self._fill_row(row, values, widths, aligns)
        if block.source:
            for cell in rows[-1].cells:  # the source is not parted from its table
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        table.autofit = False
        self._write_source(block.source)

    def _fill_row(
        self,
        row: Any,
        values: tuple[Text, ...],
        widths: list[float],
        aligns: Sequence[str],
        *,
        bold: bool | None = None,
    ) -> None:
        keep_row_whole(row)
        for cell, value, width, align in zip(row.cells, values, widths, aligns, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.alignment = _ALIGN[align]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.line_spacing = 1.0
            add_runs(paragraph, value, bold=bold)
            for run in paragraph.iter_inner_content():
                for inner in getattr(run, "runs", [run]):
                    inner.font.size = Pt(12)

    def _write_picture(self, block: Picture, width_mm: float) -> None:
        paragraph = self._file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = bool(block.caption or block.source)
        paragraph.paragraph_format.line_spacing = 1.0
        width = Mm(min(block.width_mm, width_mm))
        shape = paragraph.add_run().add_picture(io.BytesIO(block.png), width=width)
        described = shape._inline.docPr
        described.set("descr", writable(block.alt))
        described.set("title", writable(block.caption or block.alt)[:255])
        if block.caption:
            caption = self._file.add_paragraph(style="Caption")
            caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
            add_runs(caption, block.caption)
        self._write_source(block.source)

    def _write_source(self, source: str) -> None:
        paragraph = self._file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if source:
            add_runs(paragraph, f"Nguồn: {source}", italic=True)
            paragraph.runs[0].font.size = Pt(12)

    def _mark(self, paragraph: Any, name: str) -> None:
        if name:
            self._bookmarks += 1
            add_bookmark(paragraph, name, self._bookmarks)
