"""Where a passage stands in the original: its page where the file has pages, else its paragraph."""

from bisect import bisect_right
from dataclasses import dataclass

from kientoan.domains.documents.models import Document

PDF = "application/pdf"


@dataclass(frozen=True)
class Place:
    """`page`: number of the page, None where the file has none; `paragraph`: counted from the top of the page
    (or of the text). `in_browser`: whether a browser can open the file at the page."""

    page: int | None
    paragraph: int
    in_browser: bool = False


def place_of_span(document: Document, start: int) -> Place:
    """The place of the character `start` of the document's text."""
    pages = document.source_map
    index = bisect_right([begin for _number, begin, _end in pages], start) - 1
    if index < 0:
        return Place(None, _paragraphs(document.text, 0, start))
    number, begin, _end = pages[index]
    file = document.file
    return Place(number, _paragraphs(document.text, begin, start), bool(file and file.media_type == PDF))


def _paragraphs(text: str, begin: int, start: int) -> int:
    return 1 + sum(bool(line.strip()) for line in text[begin:start].split("\n")[:-1])
