"""PDF files: paragraphs made whole, margins dropped, two columns kept apart, scans recognised."""

import pytest

from kientoan.engines.reader.intake import OcrMissing, UnreadableFile, extract_text
from kientoan.engines.reader.intake import extract as intake
from kientoan.engines.reader.intake import ocr as recognition
from kientoan.engines.reader.intake.layout import Segment
from kientoan.engines.reader.intake.pdf import open_pdf, render_grey

from .files import pdf_file

_HEAD = [
    (90, 60, "ỦY BAN NHÂN DÂN"),
    (290, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (80, 76, "THÀNH PHỐ CẦN THƠ"),
    (310, 76, "Độc lập - Tự do - Hạnh phúc"),
    (95, 100, "Số: 05/KH-UBND"),
    (300, 104, "Cần Thơ, ngày 05 tháng 01 năm 2026"),
    (270, 140, "KẾ HOẠCH"),
]
_BODY = [
    (118, 200, "1. Thực hiện Nghị quyết số 18-NQ/TW, Ủy ban nhân dân thành phố yêu cầu các"),
    (90, 216, "cơ quan rà soát chức năng, nhiệm vụ, báo cáo kết quả theo Quyết định số 146/QĐ-"),
    (90, 232, "TTg trước ngày 30 tháng 6."),
    (118, 254, "2. Giao Sở Nội vụ theo dõi."),
]


def read(*pages, **options):
    return extract_text(pdf_file(*pages), name="a.pdf", **options)


def test_the_head_comes_column_by_column_and_lines_become_paragraphs():
    assert read(_HEAD + _BODY).text.split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "THÀNH PHỐ CẦN THƠ",
        "Số: 05/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Cần Thơ, ngày 05 tháng 01 năm 2026",
        "KẾ HOẠCH",
        "1. Thực hiện Nghị quyết số 18-NQ/TW, Ủy ban nhân dân thành phố yêu cầu các cơ quan rà soát "
        "chức năng, nhiệm vụ, báo cáo kết quả theo Quyết định số 146/QĐ-TTg trước ngày 30 tháng 6.",
        "2. Giao Sở Nội vụ theo dõi.",
    ]


def test_page_numbers_and_running_heads_are_dropped_and_pages_are_known():
    pages = [
        [
            (295, 40, str(number)),
            (90, 820, f"Công báo số {number}"),
            (118, 100, f"Điều {number}. Trách nhiệm"),
        ]
        for number in range(1, 5)
    ]
    found = read(*pages)
    assert found.text == "\n".join(f"Điều {number}. Trách nhiệm" for number in range(1, 5))
    assert [found.text[page.start : page.end].strip() for page in found.pages] == found.text.split("\n")
    assert found.page_at(found.text.index("Điều 3")) == 3


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    first = [
        *_BODY[:1],
        (90, 216, "cơ quan rà soát chức năng, nhiệm vụ, báo cáo kết quả thực hiện cùng các việc"),
    ]
    found = read(first, [(295, 40, "2"), (90, 100, "đã được giao trong năm 2026.")])
    assert found.text.endswith("thực hiện cùng các việc đã được giao trong năm 2026.")
    assert "\n" not in found.text


def test_the_foot_comes_column_by_column():
    foot = [
        (90, 320, "Nơi nhận:"),
        (350, 320, "TM. ỦY BAN NHÂN DÂN"),
        (90, 334, "- Như Điều 3;"),
        (390, 336, "CHỦ TỊCH"),
        (90, 348, "- Lưu: VT."),
    ]
    assert read(_BODY + foot).text.split("\n")[-5:] == [
        "Nơi nhận:",
        "- Như Điều 3;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]


def test_rows_of_a_table_are_parted_by_bars():
    table = [
        (x, y, text)
        for y, row in [
            (300, ("TT", "Chỉ tiêu", "Mức")),
            (318, ("1", "Hồ sơ đúng hạn", "98 %")),
            (336, ("2", "Xã đạt chuẩn", "60 %")),
        ]
        for x, text in zip((90, 130, 400), row, strict=True)
    ]
    found = read(_BODY + table)
    assert found.text.split("\n")[-3:] == [
        "TT | Chỉ tiêu | Mức",
        "1 | Hồ sơ đúng hạn | 98 %",
        "2 | Xã đạt chuẩn | 60 %",
    ]
    place = found.block_at(found.text.index("60 %"))
    assert (place.row, place.column, place.page) == (3, 3, 1)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nrubbish", "broken"),
        (pdf_file([]), "empty"),
        (pdf_file([(90, 90, "A plain page of English.")]), "not_vietnamese"),
    ],
)
def test_a_pdf_without_vietnamese_text_is_refused(data, code):
    with pytest.raises(UnreadableFile) as caught:
        extract_text(data, name="a.pdf", ocr=False)
    assert caught.value.code == code


def test_a_picture_without_recognition_is_called_a_scan():
    with pytest.raises(UnreadableFile) as caught:
        extract_text(b"\x89PNG\r\n\x1a\n", name="a.png", ocr=False)
    assert caught.value.code == "scan"


def test_a_picture_where_tesseract_is_missing_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(recognition, "find_tesseract", lambda: None)
    with pytest.raises(OcrMissing) as caught:
        extract_text(b"\x89PNG\r\n\x1a\n", name="a.png")
    assert "tesseract-ocr-vie" in caught.value.remedy_vi
    assert "Windows" in caught.value.remedy_vi


def test_the_table_of_words_becomes_lines():
    header = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext"
    words = [
        ("1", 100, 50, "96", "Điều"),
        ("1", 160, 20, "95", "1."),
        ("1", 700, 50, "95", "Mức"),
        ("2", 100, 9, "12", "mờ"),
        ("2", 120, 9, "60", "|"),
    ]
    table = "\n".join(
        [header]
        + [
            f"5\t1\t1\t1\t{line}\t1\t{left}\t100\t{width}\t30\t{sure}\t{text}"
            for line, left, width, sure, text in words
        ]
    )
    assert [s.text for s in recognition.read_tsv(table)] == ["Điều 1.", "Mức"]


def test_scanned_pages_are_recognised_and_counted(monkeypatch):
    words = [Segment("Điều 1. Giao Sở Nội vụ", 300, 300, 1500, 350)]
    monkeypatch.setattr(intake, "_scanned_pages", lambda document, layouts: [1])
    monkeypatch.setattr(recognition, "find_tesseract", lambda: "tesseract")
    monkeypatch.setattr(recognition, "recognise_picture", lambda picture: words)
    steps = []
    found = read(_BODY, [(90, 90, "x")], progress=lambda done, pages: steps.append((done, pages)))
    assert steps == [(1, 1)]
    assert found.ocr
    assert found.text.endswith("\nĐiều 1. Giao Sở Nội vụ")
    assert found.page_at(len(found.text) - 1) == 2
    assert "đối chiếu" in found.warnings[0]


@pytest.mark.skipif(recognition.find_tesseract() is None, reason="Tesseract with Vietnamese is not installed")
def test_tesseract_reads_a_drawn_page():
    recognition.recognise_picture(render_grey(open_pdf(pdf_file([(90, 200, "UBND")])), 0))
