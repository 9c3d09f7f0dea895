"""What the text intake returns, and how it says that a file cannot be read."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["paragraph", "cell", "footnote"]


@dataclass(frozen=True, slots=True)
class Page:
    """Half-open span of one page in `ExtractedText.text`; numbers start at 1."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """Half-open span of one paragraph, table cell or footnote, and where it stood in the file.

    `page` is None where the format has no pages (Word, HTML, text). `table`, `row` and
    `column` start at 1 and are set for cells only; a cell spanning columns has its first one.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """Text of a document with a map back to its source.

    `text` is NFC. For a text file already in NFC it is exactly the file's own text, line
    ends included; for every other format blocks are parted by a newline. `encoding` names
    the character set the letters were in (`utf-8`, `windows-1258`, `tcvn3`, `vni`, …).
    `warnings` are Vietnamese sentences for the person who sent the file.
    """

    text: str
    media_type: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...]
    ocr: bool
    encoding: str

    def block_at(self, offset: int) -> Block | None:
        """Return the block that covers `offset`, or None between blocks."""
        low, high = 0, len(self.blocks)
        while low < high:
            middle = (low + high) // 2
            if self.blocks[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.blocks) and self.blocks[low].start <= offset:
            return self.blocks[low]
        return None

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page that covers `offset`, or None where there are no pages."""
        for page in self.pages:
            if page.start <= offset < page.end:
                return page.number
        return None


class UnreadableFile(Exception):
    """The file gives no text. `code` is stable for programs, the rest is for people.

    Codes: empty, too_big, bomb, encrypted, broken, binary, wrong_kind, unsupported,
    encoding, not_vietnamese, scan, ocr_missing, ocr_failed, too_many_pages, too_long,
    doc_converter.
    """

    def __init__(self, code: str, message_vi: str, remedy_vi: str) -> None:
        super().__init__(f"{message_vi} {remedy_vi}")
        self.code = code
        self.message_vi = message_vi
        self.remedy_vi = remedy_vi


class OcrMissing(UnreadableFile):
    """A scan, and Tesseract with Vietnamese is not installed on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "ocr_missing",
            "Tệp là bản quét (ảnh chụp), cần phần mềm nhận dạng chữ Tesseract có tiếng Việt "
            "nhưng máy chưa cài.",
            "Trên Debian/Ubuntu: apt install tesseract-ocr tesseract-ocr-vie. "
            "Trên Windows: cài Tesseract và chọn thêm gói ngôn ngữ Vietnamese (vie), rồi thêm thư mục "
            "cài đặt vào PATH. Hoặc gửi bản Word/PDF có chữ.",
        )


class TextBuilder:
    """Puts blocks one after another and remembers where each one came from."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._page_starts: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return self._length

    def start_page(self, number: int) -> None:
        """Say that what is added from here on stands on page `number`."""
        self._page_starts.append((number, self._length + (1 if self._parts else 0)))

    def add_paragraph(self, text: str, *, kind: BlockKind = "paragraph", page: int | None = None) -> None:
        """Add one paragraph on a line of its own; nothing when it is blank."""
        text = clean(text)
        if text:
            start = self._begin_line()
            self._blocks.append(Block(kind, start, start + len(text), page))
            self._append(text)

    def add_row(self, cells: list[tuple[int, str]], *, table: int, row: int, page: int | None = None) -> None:
        """Add a table row as one line, cells parted by " | "; `cells` are (column, text)."""
        cleaned = [(column, clean(text).replace("\n", " ")) for column, text in cells]
        if not any(text for _, text in cleaned):
            return
        position = self._begin_line()
        for index, (column, text) in enumerate(cleaned):
            if index:
                self._append(" | ")
                position += 3
            if text:
                self._blocks.append(Block("cell", position, position + len(text), page, table, row, column))
                self._append(text)
                position += len(text)

    def build(
        self, *, media_type: str, encoding: str, warnings: tuple[str, ...] = (), ocr: bool = False
    ) -> ExtractedText:
        """Return the finished text."""
        starts = [min(start, self._length) for _, start in self._page_starts] + [self._length]
        pages = tuple(
            Page(number, starts[index], starts[index + 1])
            for index, (number, _) in enumerate(self._page_starts)
        )
        return ExtractedText(
            "".join(self._parts), media_type, pages, tuple(self._blocks), warnings, ocr, encoding
        )

    def _begin_line(self) -> int:
        if self._parts:
            self._append("\n")
        return self._length

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\x0b\x0c\x00"))
_SPACES = {ord(c): " " for c in "\u00a0\u2002\u2003\u2009\u202f\t"}


def clean(text: str) -> str:
    """NFC, with soft hyphens and zero-width marks dropped and runs of spaces made one."""
    text = unicodedata.normalize("NFC", text).translate(_DROPPED).translate(_SPACES)
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
