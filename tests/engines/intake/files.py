"""Small files made for the tests."""

import io

import docx
from docx.document import Document

DECREE = (
    "Căn cứ Nghị quyết số 18-NQ/TW ngày 25 tháng 10 năm 2017;\n"
    "Điều 1. Ủy ban nhân dân các xã, phường báo cáo trước ngày 30 tháng 11 năm 2026.\n"
    "Điều 2. Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan theo dõi, đôn đốc việc thực hiện.\n"
)


def word_file(document: Document) -> bytes:
    """Return the document as the bytes of a .docx."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def new_word(*paragraphs: str) -> Document:
    """Return a Word document with these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def pdf_file(*pages: list[tuple[float, float, str] | tuple[float, float, float, float]]) -> bytes:
    """Return a PDF written by hand: each page a list of (x, y from the top, text) in points.

    Four numbers (x, y, x, y) draw a line.

    Letters are two-byte codes equal to their Unicode number, mapped by a ToUnicode table; each
    letter is 6 points wide, so no font file is needed.
    """
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = 3
    objects += [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Times /DW 500 /FontDescriptor 5 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Type /FontDescriptor /FontName /Times /Flags 4 /FontBBox [0 -200 500 800] "
        b"/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        _stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            b"/CMapName /U def /CMapType 2 def\n"
            b"1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            b"100 beginbfrange\n"
            + b"".join(b"<%02x00> <%02xff> <%02x00>\n" % (high, high, high) for high in range(100))
            + b"endbfrange\nendcmap end end"
        ),
    ]
    numbers = []
    for page in pages:
        drawn = b"".join(_draw(mark) for mark in page)
        objects.append(_stream(drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F %d 0 R >> >> >>" % (len(objects), font)
        )
        numbers.append(len(objects))
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(numbers), kids)
    return _assemble(objects)


def _draw(mark: tuple[float, float, str] | tuple[float, float, float, float]) -> bytes:
    if len(mark) == 4:
        x0, y0, x1, y1 = mark
        return b"1 w %d %d m %d %d l S\n" % (x0, 842 - y0, x1, 842 - y1)
    x, y, text = mark
    return b"BT /F 12 Tf 1 0 0 1 %d %d Tm <%s> Tj ET\n" % (
        x,
        842 - y,
        text.encode("utf-16-be").hex().encode(),
    )


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _assemble(objects: list[bytes]) -> bytes:
    written, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return written + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
