"""HTML pages as text: what a reader sees, block by block."""

import re
from collections.abc import Iterator

from lxml import etree, html

from .damage import broken_file
from .encodings import Decoded, decode_text, repair
from .extracted import ExtractedText, TextBuilder
from .syllables import score_text
from .tables import Cell, add_table

MEDIA_TYPE = "text/html"
_UNSEEN = frozenset({"script", "style", "head", "noscript", "template", "svg", "iframe", "object", "select"})
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """
        address article aside blockquote body caption center dd div dl dt fieldset figure footer form
        h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul
        """,
    )
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")


def extract_html(data: bytes) -> ExtractedText:
    """Read an HTML page. Raises UnreadableFile where it is not HTML or its letters are unknown."""
    decoded = _decode(data)
    try:
        parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
        root = html.document_fromstring(_XML_HEAD.sub("", decoded.text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise broken_file() from None
    page = _Page()
    page.add(root)
    page.end_paragraph()
    return page.builder.build(media_type=MEDIA_TYPE, encoding=decoded.encoding)


def _decode(data: bytes) -> Decoded:
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = named.group(1).decode("ascii", "ignore").lower()
        if name not in ("utf-8", "utf8", "unicode", "iso-8859-1", "windows-1252"):
            try:
                decoded = repair(Decoded(data.decode(name), name))
            except (LookupError, UnicodeDecodeError):
                return decode_text(data)  # the page names its character set wrongly
            share, accented = score_text(decoded.text)
            if accented == 0 or share > 0.5:
                return decoded
    return decode_text(data)


class _Page:
    """Collects inline text until a block begins or ends."""

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self._words: list[str] = []
        self._tables = 0

    def add(self, node: html.HtmlElement) -> None:
        """Add one element with what is inside it (not its tail)."""
        if not isinstance(node.tag, str) or node.tag in _UNSEEN or _is_hidden(node):
            return
        if node.tag == "br":
            self._words.append("\n")
            return
        if node.tag == "table":
            self.end_paragraph()
            self._add_table(node)
            return
        block = node.tag in _BLOCKS
        if block:
            self.end_paragraph()
        self._inline(node.text)
        for child in node:
            self.add(child)
            self._inline(child.tail)
        if block:
            self.end_paragraph()

    def end_paragraph(self) -> None:
        """Close the paragraph being collected; a forced line break parts paragraphs too."""
        for line in "".join(self._words).split("\n"):
            self.builder.add_paragraph(line)
        self._words = []

    def _inline(self, text: str | None) -> None:
        if text:
            self._words.append(re.sub(r"\s+", " ", text))

    def _add_table(self, table: html.HtmlElement) -> None:
        self._tables += 1
        number = self._tables
        reaching: dict[int, int] = {}  # column → how many rows more a cell above reaches down
        rows = [list(_cells(row, reaching)) for row in _rows(table)]
        if any(cell.has_table for row in rows for cell in row):
            for row in _rows(table):
                for cell in row:
                    self.add(cell)
                    self.end_paragraph()
            return
        add_table(self.builder, rows, number=number)


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: html.HtmlElement, reaching: dict[int, int]) -> Iterator[Cell]:
    """The cells that begin in the row, each in its column; `reaching` is brought on to the next row."""
    column, begun = 1, dict[int, int]()
    for cell in row:
        if cell.tag in ("td", "th"):
            while reaching.get(column, 0) > 0:  # merged over rows: its text stands in the first
                yield Cell(column, ())
                column += 1
            inner = _Page()
            nested = cell.find(".//table") is not None
            if not nested:
                inner.add(cell)
            paragraphs = inner.builder.build(media_type="", encoding="").text.split("\n")
            yield Cell(column, tuple(p for p in paragraphs if p), has_table=nested)
            wide, deep = _span(cell, "colspan"), _span(cell, "rowspan")
            begun |= dict.fromkeys(range(column, column + wide), deep - 1)
            column += wide
    for place in [*reaching]:
        reaching[place] -= reaching[place] > 0
    reaching |= {place: rows for place, rows in begun.items() if rows}


def _span(cell: html.HtmlElement, name: str) -> int:
    span = cell.get(name, "1")
    return int(span) if span.isdecimal() and 0 < int(span) < 1000 else 1


def _is_hidden(node: html.HtmlElement) -> bool:
    return node.get("hidden") is not None or "display:none" in node.get("style", "").replace(" ", "").lower()
