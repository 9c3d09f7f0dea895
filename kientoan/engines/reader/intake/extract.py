"""The one way in: a file's bytes to its text."""

from dataclasses import replace
from pathlib import PurePath

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kientoan.engines.packages import PackageError

from . import sniff as kinds
from .damage import broken_file, say
from .encodings import Decoded, decode_text, repair
from .extracted import Block, ExtractedText, TextBuilder, UnreadableFile
from .layout import add_pages
from .lines import PageLayout
from .ocr import Progress, recognise_pages, recognise_picture
from .office import convert_to_docx
from .pdf import MEDIA_TYPE as PDF_TYPE
from .pdf import is_scan, open_pdf, read_layouts
from .syllables import score_text
from .web import extract_html
from .word import extract_word

MAX_BYTES = 50 * 1024 * 1024
MAX_CHARACTERS = 5_000_000  # about 2,000 printed pages
_MOJIBAKE = 0.5
_OFFICE_TYPES = {
    kinds.DOC: "application/msword",
    kinds.RTF: "application/rtf",
    kinds.ODT: "application/vnd.oasis.opendocument.text",
}


def extract_text(
    data: bytes, *, name: str, ocr: bool = True, progress: Progress | None = None
) -> ExtractedText:
    """Read the text of a Vietnamese document from the bytes of a file.

    `name` is the file's name: its ending is compared with the content, and the content wins.
    With `ocr` scanned pages are recognised, which takes seconds a page; `progress` is then
    called with (pages done, pages to do). Raises UnreadableFile (OcrMissing for a scan that
    cannot be recognised here); nothing is returned in part.
    """
    refuse_size(len(data))
    try:
        extracted = _extract(data, name, ocr=ocr, progress=progress)
    except PackageError as error:
        raise say(error) from None
    except pdfium.PdfiumError:
        raise broken_file() from None
    _refuse_length(extracted)
    _refuse_foreign(extracted)
    return extracted


def _extract(data: bytes, name: str, *, ocr: bool, progress: Progress | None) -> ExtractedText:
    kind, warnings = kinds.sniff(data, name=name)
    if kind == kinds.PDF:
        extracted = _extract_pdf(data, ocr=ocr, progress=progress)
    elif kind == kinds.PICTURE:
        extracted = _extract_picture(data, ocr=ocr, progress=progress)
    elif kind == kinds.DOCX:
        extracted = extract_word(data)
    elif kind == kinds.HTML:
        extracted = extract_html(data)
    elif kind == kinds.TEXT:
        extracted = _extract_plain(data)
    else:
        suffix = PurePath(name).suffix.lower() if PurePath(name).suffix else f".{kind}"
        extracted = replace(
            extract_word(convert_to_docx(data, suffix=f".{kind}" if suffix == ".docx" else suffix)),
            media_type=_OFFICE_TYPES[kind],
        )
    return replace(extracted, warnings=warnings + extracted.warnings)


def _extract_plain(data: bytes) -> ExtractedText:
    decoded = decode_text(data)
    blocks, position = [], 0
    for line in decoded.text.splitlines(keepends=True):
        content = line.strip()
        if content:
            start = position + line.index(content)
            blocks.append(Block("paragraph", start, start + len(content)))
        position += len(line)
    return ExtractedText(
        decoded.text, "text/plain", (), tuple(blocks), _conversion_warning(decoded), False, decoded.encoding
    )


def _extract_pdf(data: bytes, *, ocr: bool, progress: Progress | None) -> ExtractedText:
    document = open_pdf(data)
    try:
        layouts = list(read_layouts(document))
        scanned = _scanned_pages(document, layouts)
        extracted = _compose(layouts)
        if not scanned and score_text(extracted.text)[1] >= 20 and score_text(extracted.text)[0] < _MOJIBAKE:
            scanned = list(range(len(layouts)))  # letters without meaning: the fonts hide their codes
        if not scanned:
            return extracted
        if not ocr:
            if len(scanned) < len(layouts):
                return replace(extracted, warnings=(*extracted.warnings, _skipped_pages(layouts, scanned)))
            raise _is_scan_only()
        layouts = recognise_pages(document, layouts, scanned, progress=progress)
    finally:
        document.close()
    return replace(
        _compose(layouts),
        ocr=True,
        warnings=(f"Đã nhận dạng chữ trên {len(scanned)} trang quét; hãy đối chiếu số, ngày với bản gốc.",),
    )


def _extract_picture(data: bytes, *, ocr: bool, progress: Progress | None) -> ExtractedText:
    if not ocr:
        raise _is_scan_only()
    segments = recognise_picture(data)
    width = max((s.right for s in segments), default=1.0) + 1
    height = max((s.bottom for s in segments), default=1.0) + 1
    builder = TextBuilder()
    add_pages(builder, [PageLayout(1, width, height, tuple(segments))])
    if progress is not None:
        progress(1, 1)
    warning = "Đã nhận dạng chữ trên ảnh; hãy đối chiếu số, ngày với bản gốc."
    return builder.build(media_type="image/*", encoding="utf-8", warnings=(warning,), ocr=True)


def _compose(layouts: list[PageLayout]) -> ExtractedText:
    """Build the text; letters of legacy fonts (TCVN3, VNI) are mended over the whole file at once."""
    text = "\n".join(segment.text for layout in layouts for segment in layout.segments)
    found = repair(Decoded(text, "utf-8"))
    if found.encoding != "utf-8":
        mended = iter(found.text.split("\n"))
        layouts = [
            replace(layout, segments=tuple(replace(s, text=next(mended)) for s in layout.segments))
            for layout in layouts
        ]
    builder = TextBuilder()
    add_pages(builder, layouts)
    return builder.build(media_type=PDF_TYPE, encoding=found.encoding, warnings=_conversion_warning(found))


def _conversion_warning(decoded: Decoded) -> tuple[str, ...]:
    if decoded.encoding in ("utf-8", "utf-16"):
        return ()
    return (f"Chữ trong tệp theo bảng mã {decoded.encoding.upper()}; đã chuyển sang Unicode.",)


def _scanned_pages(document: pdfium.PdfDocument, layouts: list[PageLayout]) -> list[int]:
    """Return the indexes of pages with hardly a letter that are covered by a picture or by outlines."""
    return [index for index, layout in enumerate(layouts) if is_scan(layout) and _is_drawn(document, index)]


def _is_drawn(document: pdfium.PdfDocument, index: int) -> bool:
    page = document[index]
    try:
        area = page.get_width() * page.get_height()
        outlines = 0
        for drawn in page.get_objects(max_depth=3):
            left, bottom, right, top = drawn.get_bounds()
            if drawn.type == raw.FPDF_PAGEOBJ_IMAGE and (right - left) * (top - bottom) > 0.2 * area:
                return True
            outlines += drawn.type == raw.FPDF_PAGEOBJ_PATH
        return outlines > 100
    finally:
        page.close()


def _skipped_pages(layouts: list[PageLayout], scanned: list[int]) -> str:
    listed = ", ".join(str(layouts[index].number) for index in scanned[:20])
    return f"Trang {listed} là ảnh quét, chưa được nhận dạng chữ."


def refuse_size(size: int) -> None:
    """Raise `UnreadableFile` when a file of so many bytes is empty or too big; ask before taking it in."""
    if not size:
        raise UnreadableFile("empty", "Tệp rỗng, không có nội dung.", "Kiểm tra lại tệp rồi gửi lại.")
    if size > MAX_BYTES:
        raise UnreadableFile(
            "too_big",
            f"Tệp nặng {megabytes(size)} MB, quá giới hạn {MAX_BYTES // 1024 // 1024} MB.",
            "Giảm độ phân giải bản quét hoặc tách tệp thành nhiều phần rồi gửi lại.",
        )


def megabytes(size: int) -> str:
    """Bytes as megabytes, rounded up to a tenth so that what is over a limit also reads so: '50,6'."""
    tenths = -(-size * 10 // (1024 * 1024))
    return f"{tenths // 10},{tenths % 10}"


def _refuse_length(extracted: ExtractedText) -> None:
    """Refuse a text far longer than any document: reading and showing it would hold up everybody."""
    if len(extracted.text) <= MAX_CHARACTERS:
        return
    millions = -(-len(extracted.text) * 10 // 1_000_000)
    raise UnreadableFile(
        "too_long",
        f"Tệp có {millions // 10},{millions % 10} triệu chữ cái, quá giới hạn {MAX_CHARACTERS // 1_000_000}"
        " triệu (khoảng 2.000 trang).",
        "Kiểm tra lại có đúng là văn bản không; nếu đúng thì tách thành nhiều tệp rồi gửi lại.",
    )


def _refuse_foreign(extracted: ExtractedText) -> None:
    share, accented = score_text(extracted.text)
    if not extracted.text.strip():
        raise UnreadableFile("empty", "Tệp không có chữ nào.", "Kiểm tra lại tệp, hoặc gửi bản có nội dung.")
    if accented == 0:
        raise UnreadableFile(
            "not_vietnamese",
            "Không thấy chữ tiếng Việt có dấu trong tệp.",
            "Gửi bản tiếng Việt có dấu của văn bản.",
        )
    if share < _MOJIBAKE and accented >= 5:
        raise UnreadableFile(
            "not_vietnamese",
            "Chữ trong tệp bị lỗi phông hoặc không phải tiếng Việt.",
            "Mở tệp bằng Word, chuyển chữ sang Unicode (UTF-8), lưu lại rồi gửi lại.",
        )


def _is_scan_only() -> UnreadableFile:
    return UnreadableFile(
        "scan",
        "Tệp là bản quét (ảnh chụp), không có chữ để đọc.",
        "Bật nhận dạng chữ (OCR) khi gửi, hoặc gửi bản Word/PDF có chữ.",
    )
