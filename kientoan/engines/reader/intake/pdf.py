"""PDF files as text, through PDFium; pages that are pictures are left to character recognition."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .damage import broken_file, encrypted_file
from .extracted import UnreadableFile
from .lines import PageLayout, Segment
from .ruled import Rule

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 2_000
_FEW_LETTERS = 16
_THIN = 3.0
_MAX_DRAWINGS = 5_000


@dataclass(frozen=True, slots=True)
class _Letter:
    char: str
    left: float
    top: float
    right: float
    bottom: float


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF; raise UnreadableFile(encrypted | broken | too_many_pages)."""
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise encrypted_file() from None
        raise broken_file() from None
    if count == 0:
        raise broken_file()
    if count > MAX_PAGES:
        raise UnreadableFile(
            "too_many_pages",
            f"Tệp PDF có {count} trang, quá giới hạn {MAX_PAGES} trang.",
            "Tách tệp thành từng văn bản rồi gửi từng tệp.",
        )
    return document


def read_layouts(document: pdfium.PdfDocument) -> Iterator[PageLayout]:
    """Yield every page with its lines of text; a scanned page has no or few segments."""
    for index in range(len(document)):
        page = document[index]
        try:
            width, height = page.get_size()
            rules = tuple(_rules(page, height))
            segments = tuple(_segments(_letters(page, height), [rule for rule in rules if rule.is_vertical]))
            yield PageLayout(index + 1, width, height, segments, rules)
        finally:
            page.close()


def is_scan(layout: PageLayout) -> bool:
    """Say whether a page holds too few letters to be a page of text."""
    return sum(len(segment.text) for segment in layout.segments) < _FEW_LETTERS


def render_grey(document: pdfium.PdfDocument, index: int, *, dpi: int = 300) -> bytes:
    """Render page `index` (from 0) as a binary PGM picture, at most 5,000 dots a side."""
    page = document[index]
    try:
        scale = min(dpi / 72, 5_000 / max(*page.get_size(), 1))
        bitmap = page.render(scale=scale, grayscale=True)
        stride, width, height = bitmap.stride, bitmap.width, bitmap.height
        content = bytes(bitmap.buffer)
        bitmap.close()
    finally:
        page.close()
    rows = b"".join(content[row * stride : row * stride + width] for row in range(height))
    return f"P5 {width} {height} 255\n".encode() + rows


def _letters(page: pdfium.PdfPage, page_height: float) -> Iterator[_Letter]:
    """Yield the letters in the order of the file, spaces included, with boxes from the top left."""
    text_page = page.get_textpage()
    try:
        box = raw.FS_RECTF()
        origin_left, origin_bottom = page.get_bbox()[:2]
        for index in range(raw.FPDFText_CountChars(text_page)):
            code = raw.FPDFText_GetUnicode(text_page, index)
            if code in (0, 0xFFFE, 0xFFFF) or not raw.FPDFText_GetLooseCharBox(
                text_page, index, ctypes.byref(box)
            ):
                continue
            char = "-" if code == 2 else chr(code)  # PDFium marks a hyphen at a line's end with 2
            yield _Letter(
                char,
                box.left - origin_left,
                page_height - (box.top - origin_bottom),
                box.right - origin_left,
                page_height - (box.bottom - origin_bottom),
            )
    finally:
        text_page.close()


def _rules(page: pdfium.PdfPage, page_height: float) -> Iterator[Rule]:
    """Yield the straight lines drawn on the page; a line is often a very thin filled rectangle."""
    for number, drawn in enumerate(page.get_objects(max_depth=3)):
        if number > _MAX_DRAWINGS:
            return
        if drawn.type != raw.FPDF_PAGEOBJ_PATH:
            continue
        left, bottom, right, top = drawn.get_bounds()
        boxes = [(left, bottom, right, top)]
        if right - left >= _THIN and top - bottom >= _THIN:
            boxes = list(_sides(drawn))
        for x0, y0, x1, y1 in boxes:
            if (x1 - x0 < _THIN) != (y1 - y0 < _THIN) and max(x1 - x0, y1 - y0) > 2 * _THIN:
                yield Rule(x0, page_height - y1, x1, page_height - y0)


def _sides(drawn: pdfium.PdfObject) -> Iterator[tuple[float, float, float, float]]:
    """Yield the lines of a path drawn in one stroke; a shape that is only filled has none."""
    stroked, fill = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn, ctypes.byref(fill), ctypes.byref(stroked))
    if not stroked.value:
        return
    matrix = drawn.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(drawn), _MAX_DRAWINGS)):
        segment = raw.FPDFPath_GetPathSegment(drawn, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        if last is not None and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            yield (*map(min, last, point), *map(max, last, point))
        last = point


def _segments(letters: Iterator[_Letter], uprights: list[Rule]) -> Iterator[Segment]:
    """Cut the stream of letters into runs without a line change, a wide gap or a drawn line between."""
    run: list[_Letter] = []
    space = False
    for letter in letters:
        if letter.char.isspace():
            space = True
            continue
        if run and (_breaks(run[-1], letter) or _is_parted(run[-1], letter, uprights)):
            yield _segment(run)
            run = []
        elif run and (space or letter.left - run[-1].right > 0.2 * (letter.bottom - letter.top)):
            run.append(_Letter(" ", run[-1].right, run[-1].top, run[-1].right, run[-1].bottom))
        run.append(letter)
        space = False
    if run:
        yield _segment(run)


def _is_parted(before: _Letter, after: _Letter, uprights: list[Rule]) -> bool:
    if after.left - before.right < 2:
        return False
    middle = (after.top + after.bottom) / 2
    return any(
        before.right - 1 < rule.left and rule.right < after.left + 1 and rule.top < middle < rule.bottom
        for rule in uprights
    )


def _breaks(before: _Letter, after: _Letter) -> bool:
    height = max(before.bottom - before.top, after.bottom - after.top, 1.0)
    middle = (after.top + after.bottom) / 2
    if abs(middle - (before.top + before.bottom) / 2) > 0.55 * height:
        return True
    return after.left - before.right > 1.3 * height or after.left < before.left - 0.8 * height


def _segment(run: list[_Letter]) -> Segment:
    return Segment(
        "".join(letter.char for letter in run),
        min(letter.left for letter in run),
        min(letter.top for letter in run),
        max(letter.right for letter in run),
        max(letter.bottom for letter in run),
    )
