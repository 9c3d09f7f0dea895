"""What python-docx has no words for: rules, fields, links, bookmarks, repeated header rows."""

from __future__ import annotations

import re
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_IN_NAME = re.compile(r"[^0-9A-Za-z_]")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


def writable(text: str) -> str:
    """Drop the characters that XML cannot hold."""
    return _CONTROL.sub("", text)


def element(tag: str, /, **attributes: str) -> Any:
    """Make one element of WordprocessingML with attributes of the same namespace."""
    node = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), value)
    return node


def set_fonts(properties: Any, name: str) -> None:
    """Name the font for every script and drop the theme's fonts, which would win over it."""
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), name)


def add_rule(cell: Any, *, length_mm: float, width_mm: float) -> None:
    """Add a centred horizontal line of `length_mm` in a column of `width_mm`."""
    paragraph = cell.add_paragraph()
    side = Mm(max(0.0, (width_mm - length_mm) / 2))
    paragraph.paragraph_format.left_indent = side
    paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(4)
    borders = element("pBdr")
    borders.append(element("top", val="single", sz="6", space="1", color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def add_page_number(paragraph: Any) -> None:
    """Add the number of the page as a field."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            instruction = element("instrText")
            instruction.text = text
            run._r.append(instruction)


def add_link(paragraph: Any, *, address: str = "", anchor: str = "") -> Any:
    """Add a link to a web address or to a bookmark and return it; runs are put inside.

    Only http(s) and mailto addresses are followed; others give None.
    """
    link = element("hyperlink")
    if anchor:
        link.set(qn("w:anchor"), bookmark_name(anchor))
    elif _SAFE_LINK.match(address):
        relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
    else:
        return None
    paragraph._p.append(link)
    return link


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """Put the whole paragraph under a bookmark."""
    start = element("bookmarkStart", id=str(number), name=bookmark_name(name))
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def bookmark_name(name: str) -> str:
    """A name that Word takes: letters, digits and underscores, 40 at most, a letter first."""
    return ("b_" + _NOT_IN_NAME.sub("_", name))[:40]


def set_column_widths(table: Any, widths_mm: list[float]) -> None:
    """Fix the columns' widths, in the grid and in every cell (LibreOffice reads one, Word the other)."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def set_cell_margins(table: Any, side_mm: float) -> None:
    """Set the space between a cell's sides and its text."""
    margins = element("tblCellMar")
    twips = str(round(side_mm * 56.7))
    for side in ("left", "right"):
        margins.append(element(side, w=twips, type="dxa"))
    _insert_before(table._tbl.tblPr, margins, ("tblLook", "tblCaption", "tblDescription"))


def repeat_row(row: Any) -> None:
    """Repeat the row on every page the table reaches."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def keep_row_whole(row: Any) -> None:
    """Never cut the row at a page's end."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def shade(cell: Any, colour: str) -> None:
    """Fill a cell with a colour."""
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=colour))


def restart_pages(section: Any) -> None:
    """Count the section's pages from 1."""
    numbering = section._sectPr.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = element("pgNumType")
        _insert_before(
            section._sectPr, numbering, ("cols", "formProt", "vAlign", "titlePg", "bidi", "docGrid")
        )
    numbering.set(qn("w:start"), "1")


def _insert_before(parent: Any, node: Any, followers: tuple[str, ...]) -> None:
    """Put `node` before the first of its followers: Word refuses elements out of the schema's order."""
    for child in parent:
        if child.tag in {qn(f"w:{name}") for name in followers}:
            child.addprevious(node)
            return
    parent.append(node)


def measure(text: str, *, size: float, bold: bool = False) -> float:
    """Estimate the width in millimetres of text set in Times; within some 5 %."""
    ems = 0.0
    for char in text:
        if char in "ijltfr.,:;'!|()-/I ":
            ems += 0.30
        elif char in "mwMW—":
            ems += 0.86
        elif char.isupper():
            ems += 0.70
        else:
            ems += 0.49
    return ems * size * 0.3528 * (1.04 if bold else 1.0)
