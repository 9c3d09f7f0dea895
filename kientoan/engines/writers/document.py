"""An official document as data: head, blocks of the body, signature, recipients, annexes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Side = Literal["state", "party"]
Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look. `link` is a web address, `anchor` a bookmark in the same document."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    anchor: str = ""


Text = str | Run | tuple[Run | str, ...]
"""Text of a paragraph or a cell: plain, in one look, or in several."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number in the text ("I. MỤC TIÊU").

    Level 1 is a part or a chapter, centred; 2 is "I.", 3 is "1.", 4 is "a)".
    """

    text: str
    level: Literal[1, 2, 3, 4] = 2
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body: justified, first line 1,27 cm in."""

    text: Text
    align: Align = "justify"
    indent: bool = True
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """One legal basis ("Căn cứ …"); the sign at its end is set by its place among its neighbours."""

    text: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header is repeated on every page.

    `widths` are shares of the text's width, `aligns` one per column; both may be left out.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...] = ()
    aligns: tuple[Align, ...] = ()
    caption: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG picture with its caption, its source and the words that stand for it when it is not seen."""

    png: bytes
    alt: str
    caption: str = ""
    source: str = ""
    width_mm: float = 150


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""


Block = Heading | Paragraph | Basis | Table | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: lines of authority ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), office, name."""

    authority: tuple[str, ...]
    position: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on pages of its own; Roman numbers are given by order where there are several."""

    title: str
    body: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A document in the layout of Nghị định 30/2020/NĐ-CP ("state") or Hướng dẫn 36-HD/VPTW ("party").

    `code` is number and sign as printed after "Số" ("15/KH-UBND", "05-NQ/TU"). Without
    `type_name` it is a letter (công văn) and `subject` stands under the number as "V/v". A
    draft has no `day` and no number; their places stay open.
    """

    side: Side
    issuer: str
    code: str
    place: str
    subject: str
    body: tuple[Block, ...]
    parent: str = ""
    day: date | None = None
    type_name: str = ""
    addressees: tuple[str, ...] = ()
    signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    author: str = ""

    @property
    def title(self) -> str:
        """The document's name for its properties: type, number and subject."""
        return " ".join(part for part in (self.type_name.capitalize(), self.code, self.subject) if part)
