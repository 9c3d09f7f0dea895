"""Word files in the layout of official documents, of the state and of the Party."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt, RGBColor

from .blocks import BlockWriter, add_line, add_runs
from .document import Annex, OfficialDocument, Signature
from .ooxml import (
    add_page_number,
    add_rule,
    element,
    keep_row_whole,
    measure,
    restart_pages,
    set_cell_margins,
    set_column_widths,
    set_fonts,
    writable,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
_STATE_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_STATE_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_PARTY_NAME = "ĐẢNG CỘNG SẢN VIỆT NAM"
_TEXT_WIDTH = 165.0
_HEAD = (65.0, 100.0)
_PLACE_WORDS = ("THÀNH PHỐ", "TỈNH", "PHƯỜNG", "XÃ", "ĐẶC KHU", "QUẬN", "HUYỆN", "THỊ XÃ", "THỊ TRẤN")


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the two rule books set differently; sizes in points."""

    line_exact: float | None
    name_size: float
    parent_size: float
    number: str
    number_size: float
    type_size: float
    recipients_size: float


_RULES = {
    # Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II and IV
    "state": _Rules(None, 13, 13, "Số: ", 13, 14, 11),
    # Hướng dẫn 36-HD/VPTW (2018)
    "party": _Rules(18, 15, 14, "Số ", 14, 16, 12),
}


def write_official(document: OfficialDocument) -> bytes:
    """Write the document as .docx (A4, Times New Roman) and return its bytes.

    Nothing is invented: a number, day or name that is not given stays open on the page.
    """
    writer = _OfficialWriter(document)
    writer.write()
    stream = io.BytesIO()
    writer.file.save(stream)
    return stream.getvalue()


class _OfficialWriter:
    def __init__(self, document: OfficialDocument) -> None:
        self._document = document
        self._rules = _RULES[document.side]
        self.file: Any = docx.Document()
        self._blocks = BlockWriter(self.file, party=document.side == "party")

    def write(self) -> None:
        self._set_styles()
        self._set_properties()
        self._set_page(self.file.sections[0])
        self._write_head()
        self._write_title()
        self._blocks.write(self._document.body, width_mm=_TEXT_WIDTH)
        self._write_foot()
        for number, annex in enumerate(self._document.annexes):
            self._write_annex(annex, number)

    def _set_styles(self) -> None:
        party = self._document.side == "party"
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption"):
            style = self.file.styles[name]
            set_fonts(style.element.get_or_add_rPr(), FONT)
            style.font.size = Pt(14)
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.font.bold = name != "Normal" and name != "Caption"
            style.font.italic = name in ("Caption",)
            layout = style.paragraph_format
            layout.space_before, layout.space_after = Pt(0), Pt(6)
            if party:
                layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(18)
            else:
                layout.line_spacing = 1.1
            if name.startswith("Heading"):
                layout.keep_with_next = True
                layout.space_before = Pt(6)
        properties = self.file.styles["Normal"].element.get_or_add_rPr()
        properties.append(element("lang", val="vi-VN", eastAsia="vi-VN"))

    def _set_properties(self) -> None:
        document, core = self._document, self.file.core_properties
        core.title = writable(document.title)[:255]
        core.subject = writable(document.subject)[:255]
        core.author = core.last_modified_by = writable(document.author or document.issuer)[:255]
        core.language, core.comments, core.keywords = "vi-VN", "", ""
        if document.day is not None:
            core.created = core.modified = datetime(document.day.year, document.day.month, document.day.day)

    def _set_page(self, section: Any, *, landscape: bool = False) -> None:
        """A4 with margins 20/20/30/15 mm; the page number from page 2 on, centred at the top."""
        section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        section.header.is_linked_to_previous = False
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        add_page_number(paragraph)

    def _write_head(self) -> None:
        table = self.file.add_table(2, 2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_cell_margins(table, 0)
        set_column_widths(table, list(_HEAD))
        left, right = table.rows[0].cells
        if self._document.side == "state":
            self._write_state_head(left, right)
        else:
            self._write_party_head(left, right)
        number, day = table.rows[1].cells
        add_line(
            number,
            self._rules.number + (self._document.code or "      "),
            size=14 if self._is_party else 13,
            first=True,
        )
        add_line(day, f"{self._document.place}, {self._written_day()}", size=14, italic=True, first=True)
        if not self._document.type_name and self._document.subject:
            add_line(number, f"V/v {self._document.subject}", size=12, before=6)

    @property
    def _is_party(self) -> bool:
        return self._document.side == "party"

    def _write_state_head(self, left: Any, right: Any) -> None:
        issuer = self._write_bodies(left, size=13)
        length = min(measure(max(issuer, key=len), size=13, bold=True), _HEAD[0]) * 0.45
        add_rule(left, length_mm=length, width_mm=_HEAD[0])
        add_line(right, _STATE_NAME, size=13, bold=True, first=True)
        add_line(right, _STATE_MOTTO, size=14, bold=True)
        add_rule(right, length_mm=measure(_STATE_MOTTO, size=14, bold=True), width_mm=_HEAD[1])

    def _write_party_head(self, left: Any, right: Any) -> None:
        self._write_bodies(left, size=self._rules.parent_size)
        add_line(left, "*", size=self._rules.parent_size)
        add_line(right, _PARTY_NAME, size=self._rules.name_size, bold=True, first=True)
        add_rule(right, length_mm=measure(_PARTY_NAME, size=15, bold=True), width_mm=_HEAD[1])

    def _write_bodies(self, cell: Any, *, size: float) -> list[str]:
        """Write the parent body and, bold, the issuing body; return the lines of the latter."""
        parent = wrap_name(self._document.parent.upper(), size=size, bold=False)
        issuer = wrap_name(self._document.issuer.upper(), size=size, bold=True)
        for index, line in enumerate([*parent, *issuer]):
            add_line(cell, line, size=size, bold=index >= len(parent), first=index == 0)
        return issuer

    def _written_day(self) -> str:
        """Write the day in words; a 0 stands before days under 10 and months under 3."""
        day = self._document.day
        if day is None:
            return "ngày      tháng      năm"
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return f"ngày {day.day:02d} tháng {month} năm {day.year}"

    def _write_title(self) -> None:
        document = self._document
        if document.type_name:
            add_line(self.file, document.type_name.upper(), size=self._rules.type_size, bold=True, before=14)
            add_line(self.file, document.subject, size=14, bold=True)
            if self._is_party:
                add_line(self.file, "-----", size=14, after=10)
            else:
                length = min(measure(document.subject, size=14, bold=True), _TEXT_WIDTH) * 0.4
                add_rule(self.file, length_mm=length, width_mm=_TEXT_WIDTH)
        if document.addressees:
            self._write_addressees(document.addressees)
        else:
            add_line(self.file, "", size=6)

    def _write_addressees(self, addressees: tuple[str, ...]) -> None:
        """ "Kính gửi:" with one addressee on its line, or a list of several under it."""
        if len(addressees) == 1:
            add_line(self.file, f"Kính gửi: {addressees[0]}", size=14, before=12, after=12)
            return
        heading = add_line(self.file, "Kính gửi:", size=14, before=12)
        heading.alignment = WD_ALIGN_PARAGRAPH.LEFT
        heading.paragraph_format.left_indent = Mm(30)
        for index, name in enumerate(addressees):
            sign = "." if index == len(addressees) - 1 else ";"
            line = add_line(self.file, f"- {name.rstrip(' ;.')}{sign}", size=14)
            line.alignment = WD_ALIGN_PARAGRAPH.LEFT
            line.paragraph_format.left_indent = Mm(50)
        line.paragraph_format.space_after = Pt(12)

    def _write_foot(self) -> None:
        document = self._document
        if document.signature is None and not document.recipients:
            return
        add_line(self.file, "", size=6)
        for paragraph in self.file.paragraphs[-3:]:  # the signature never stands alone on a page
            paragraph.paragraph_format.keep_with_next = True
        table = self.file.add_table(1, 2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_cell_margins(table, 0)
        set_column_widths(table, [80.0, 85.0])
        keep_row_whole(table.rows[0])
        left, right = table.rows[0].cells
        if document.recipients:
            self._write_recipients(left, document.recipients)
        if document.signature is not None:
            self._write_signature(right, document.signature)

    def _write_recipients(self, cell: Any, recipients: tuple[str, ...]) -> None:
        heading = add_line(cell, "Nơi nhận:", size=14 if self._is_party else 12, first=True)
        heading.alignment = WD_ALIGN_PARAGRAPH.LEFT
        run = heading.runs[0]
        if self._is_party:
            run.underline = True
        else:
            run.bold = run.italic = True
        for index, name in enumerate(recipients):
            sign = "." if index == len(recipients) - 1 else ";"
            line = add_line(cell, f"- {name.rstrip(' ;.')}{sign}", size=self._rules.recipients_size)
            line.alignment = WD_ALIGN_PARAGRAPH.LEFT
            line.paragraph_format.space_after = Pt(0)

    def _write_signature(self, cell: Any, signature: Signature) -> None:
        for index, line in enumerate(signature.authority):
            add_line(cell, line.upper(), size=14, bold=True, first=index == 0)
        add_line(
            cell, signature.position.upper(), size=14, bold=not self._is_party, first=not signature.authority
        )
        add_line(cell, signature.name, size=14, bold=True, before=72)

    def _write_annex(self, annex: Annex, index: int) -> None:
        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        self._set_page(section, landscape=annex.landscape)
        restart_pages(section)
        number = f" {_roman(index + 1)}" if len(self._document.annexes) > 1 else ""
        heading = self.file.add_paragraph(style="Heading 1")
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_runs(heading, f"Phụ lục{number}")
        add_line(self.file, annex.title.upper(), size=14, bold=True)
        add_line(self.file, f"({self._reference()})", size=14, italic=True, after=10)
        self._blocks.write(annex.body, width_mm=252 if annex.landscape else _TEXT_WIDTH)

    def _reference(self) -> str:
        """Name the document that the annex belongs to."""
        document = self._document
        kind = document.type_name.capitalize() or "Công văn"
        return f"Kèm theo {kind} số {document.code} {self._written_day()} của {document.issuer}"


def wrap_name(name: str, *, size: float, bold: bool) -> list[str]:
    """Break a body's name that is too long for the left column: before a place word, else in halves."""
    if not name:
        return []
    if "\n" in name or measure(name, size=size, bold=bold) <= _HEAD[0] - 1:
        return name.split("\n")
    middle = len(name) / 2
    cuts = [name.find(f" {word} ") for word in _PLACE_WORDS]
    cuts += [len(name) - len(word) - 1 for word in _PLACE_WORDS if name.endswith(f" {word}")]
    cuts = [cut for cut in cuts if cut > len(name) * 0.25] or [i for i, c in enumerate(name) if c == " "]
    if not cuts:
        return [name]
    cut = min(cuts, key=lambda place: abs(place - middle))
    rest = wrap_name(name[cut + 1 :], size=size, bold=bold)
    return [*wrap_name(name[:cut], size=size, bold=bold), *rest]


def _roman(number: int) -> str:
    written = ""
    for amount, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
    ):
        written += sign * (number // amount)
        number %= amount
    return written + "I" * number
