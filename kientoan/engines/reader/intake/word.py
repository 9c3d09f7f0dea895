"""Word documents (.docx) as text: paragraphs and tables in order, numbers and notes written out."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kientoan.engines.packages import open_package, parse_xml, read_part

from .damage import broken_file
from .encodings import from_tcvn3, from_vni
from .extracted import ExtractedText, TextBuilder
from .numbering import Numbering, W
from .tables import Cell, add_table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    {W + "del", W + "moveFrom", W + "rPr", W + "pPr", W + "instrText", W + "delText", _FALLBACK}
)
_CHARACTERS = {
    W + "tab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str | None
    font: str | None
    list_id: str | None
    level: int | None


def extract_word(data: bytes) -> ExtractedText:
    """Read a .docx. Raises UnreadableFile where the package is broken, locked or a bomb."""
    with open_package(data) as package:
        return _Document(package).read()


class _Document:
    """One .docx while it is being read."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        body = read_part(package, "word/document.xml")
        if body is None:
            raise broken_file()
        self._body = parse_xml(body)
        self._styles, self._default_font, self._default_style = _read_styles(
            _optional(package, "word/styles.xml")
        )
        self._numbering = Numbering(_optional(package, "word/numbering.xml"))
        self._notes = {
            "footnoteReference": _read_notes(_optional(package, "word/footnotes.xml"), "footnote"),
            "endnoteReference": _read_notes(_optional(package, "word/endnotes.xml"), "endnote"),
        }
        self._cited: list[tuple[int, etree._Element]] = []
        self._builder = TextBuilder()
        self._tables = 0
        self._legacy: set[str] = set()

    def read(self) -> ExtractedText:
        body = self._body.find(f"{W}body")
        if body is None:
            raise broken_file()
        self._add_blocks(body)
        for number, note in self._cited:
            text = " ".join(self._paragraph(p)[0] for p in note.iter(f"{W}p"))
            self._builder.add_paragraph(f"[{number}] {text}", kind="footnote")
        warnings = tuple(
            f"Tài liệu dùng phông chữ {name} (không phải Unicode); chữ đã được chuyển sang Unicode."
            for name in sorted(self._legacy)
        )
        encoding = "tcvn3" if "TCVN3" in self._legacy else "vni" if self._legacy else "utf-8"
        return self._builder.build(media_type=MEDIA_TYPE, encoding=encoding, warnings=warnings)

    def _add_blocks(self, parent: etree._Element) -> None:
        for node in _blocks(parent):
            if node.tag == W + "p":
                text, boxes = self._paragraph(node)
                self._builder.add_paragraph(text)
                for box in boxes:
                    self._add_blocks(box)
            else:
                self._tables += 1
                number = self._tables
                rows = [self._row(row) for row in _within(node, W + "tr")]
                add_table(self._builder, rows, number=number)

    def _row(self, row: etree._Element) -> list[Cell]:
        cells, column = [], 1
        for cell in _within(row, W + "tc"):
            properties = cell.find(f"{W}tcPr")
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            span = properties.find(f"{W}gridSpan") if properties is not None else None
            continued = merge is not None and merge.get(W + "val", "continue") == "continue"
            paragraphs = [] if continued else list(self._cell_paragraphs(cell))
            nested = any(True for _ in cell.iter(f"{W}tbl"))
            cells.append(Cell(column, tuple(paragraphs), has_table=nested))
            width = span.get(W + "val", "1") if span is not None else "1"
            column += int(width) if width.isdecimal() else 1
        return cells

    def _cell_paragraphs(self, cell: etree._Element) -> Iterator[str]:
        for node in _blocks(cell):
            if node.tag == W + "p":
                text, boxes = self._paragraph(node)
                if text.strip():
                    yield text
                for box in boxes:
                    yield from self._cell_paragraphs(box)
            else:
                for row in _within(node, W + "tr"):
                    line = " | ".join(cell.text for cell in self._row(row))
                    if line.strip(" |"):
                        yield line

    def _paragraph(self, node: etree._Element) -> tuple[str, list[etree._Element]]:
        """Return the text of a paragraph with its list number, and the text boxes anchored in it."""
        style = self._paragraph_style(node)
        boxes: list[etree._Element] = []
        pieces: list[tuple[str, str]] = []
        self._collect(node, self._style_font(style), pieces, boxes)
        text = self._convert(pieces)
        label = self._label(node, style)
        parent = node.getparent()
        in_cell = parent is not None and parent.tag == W + "tc"
        if not text.strip() and not in_cell:
            label = (
                ""  # an empty numbered paragraph counts but says nothing; in a cell it is the row's number
            )
        return (f"{label} {text}" if label else text), boxes

    def _label(self, node: etree._Element, style: str | None) -> str:
        properties = node.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        list_id, level = _read_list(own)
        while style is not None and (list_id is None or level is None):
            known = self._styles.get(style)
            if known is None:
                break
            list_id = known.list_id if list_id is None else list_id
            level = known.level if level is None else level
            style = known.parent
        return self._numbering.label(list_id, level or 0) if list_id not in (None, "0") else ""

    def _collect(
        self, node: etree._Element, font: str, pieces: list[tuple[str, str]], boxes: list[etree._Element]
    ) -> None:
        for child in node:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == W + "r":
                if not _is_hidden(child):
                    self._collect(child, self._run_font(child, font), pieces, boxes)
            elif tag == W + "t":
                pieces.append((font, child.text or ""))
            elif tag in _CHARACTERS:
                pieces.append(("", _CHARACTERS[tag]))
            elif tag == W + "sym":
                code = child.get(W + "char", "")
                pieces.append((child.get(W + "font", font), _symbol(code)))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                self._cite(child, tag.removeprefix(W), pieces)
            elif tag == W + "txbxContent":
                boxes.append(child)
            else:
                self._collect(child, font, pieces, boxes)

    def _cite(self, reference: etree._Element, kind: str, pieces: list[tuple[str, str]]) -> None:
        note = self._notes[kind].get(reference.get(W + "id", ""))
        if note is not None:
            self._cited.append((len(self._cited) + 1, note))
            pieces.append(("", f"[{len(self._cited)}]"))

    def _convert(self, pieces: list[tuple[str, str]]) -> str:
        """Join runs; neighbours in one legacy font are converted together (VNI letters are pairs)."""
        joined: list[tuple[str, str]] = []
        for font, text in pieces:
            charset = _charset(font)
            if joined and joined[-1][0] == charset:
                joined[-1] = (charset, joined[-1][1] + text)
            else:
                joined.append((charset, text))
        written = []
        for charset, text in joined:
            if charset and not text.isascii():
                self._legacy.add(charset.removesuffix("H"))
            if charset in ("TCVN3", "TCVN3H"):
                text = from_tcvn3(text, capitals=charset == "TCVN3H")
            elif charset == "VNI":
                text = from_vni(text)
            written.append(text)
        return "".join(written)

    def _paragraph_style(self, node: etree._Element) -> str | None:
        properties = node.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        return style.get(W + "val") if style is not None else self._default_style

    def _style_font(self, style: str | None) -> str:
        for _ in range(20):
            known = self._styles.get(style) if style is not None else None
            if known is None:
                break
            if known.font:
                return known.font
            style = known.parent
        return self._default_font

    def _run_font(self, run: etree._Element, inherited: str) -> str:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return inherited
        font = _read_font(properties)
        if font:
            return font
        style = properties.find(f"{W}rStyle")
        if style is not None and self._styles.get(style.get(W + "val", "")) is not None:
            return self._style_font(style.get(W + "val")) or inherited
        return inherited


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of `parent`, looking through content controls and insertions."""
    for child in parent:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and not child.tag.endswith("Pr"):
            yield from _blocks(child)


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the nearest `tag` elements under `parent`, not those of nested tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _within(child, tag)


def _optional(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    content = read_part(package, name)
    return parse_xml(content) if content else None


def _read_styles(root: etree._Element | None) -> tuple[dict[str, _Style], str, str | None]:
    styles: dict[str, _Style] = {}
    default_style = None
    if root is None:
        return styles, "", None
    for node in root.findall(f"{W}style"):
        identity = node.get(W + "styleId", "")
        parent = node.find(f"{W}basedOn")
        runs, paragraph = node.find(f"{W}rPr"), node.find(f"{W}pPr")
        numbers = paragraph.find(f"{W}numPr") if paragraph is not None else None
        list_id, level = _read_list(numbers)
        styles[identity] = _Style(
            parent.get(W + "val") if parent is not None else None,
            _read_font(runs) if runs is not None else None,
            list_id,
            level,
        )
        if node.get(W + "type") == "paragraph" and node.get(W + "default") in ("1", "true"):
            default_style = identity
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    return styles, (_read_font(defaults) or "") if defaults is not None else "", default_style


def _read_notes(root: etree._Element | None, tag: str) -> dict[str, etree._Element]:
    if root is None:
        return {}
    return {node.get(W + "id", ""): node for node in root.findall(W + tag) if node.get(W + "type") is None}


def _read_list(node: etree._Element | None) -> tuple[str | None, int | None]:
    if node is None:
        return None, None
    identity, level = node.find(f"{W}numId"), node.find(f"{W}ilvl")
    number = level.get(W + "val", "0") if level is not None else None
    return (
        identity.get(W + "val") if identity is not None else None,
        int(number) if number is not None and number.isdecimal() else None,
    )


def _read_font(properties: etree._Element) -> str | None:
    fonts = properties.find(f"{W}rFonts")
    return fonts.get(W + "ascii") or fonts.get(W + "hAnsi") if fonts is not None else None


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(W + "val", "1") not in ("0", "false")


def _charset(font: str) -> str:
    """Name the character set that a font's letters are drawn in, "" for Unicode."""
    if font.startswith(".Vn"):
        return "TCVN3H" if font.endswith("H") else "TCVN3"
    return "VNI" if font.upper().startswith("VNI-") else ""


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except ValueError:
        return ""
