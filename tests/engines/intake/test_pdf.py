"""PDF files: paragraphs made whole, margins dropped, two columns kept apart, scans recognised."""

import itertools

import pytest

from kientoan.engines.reader.intake import OcrMissing, UnreadableFile, extract_text
from kientoan.engines.reader.intake import extract as intake
from kientoan.engines.reader.intake import ocr as recognition
from kientoan.engines.reader.intake.lines import Segment
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


def drawn_grid(columns, rows):
    """The lines of a table."""
    pieces = itertools.pairwise(columns)
    across = [(left, y, right, y) for left, right in pieces for y in rows]
    return across + [(x, rows[0], x, rows[-1]) for x in columns]


_COLUMNS = (90, 130, 300, 400)
_HEADER = [(95, 115, "TT"), (135, 115, "Chỉ tiêu"), (305, 115, "Mức")]


def test_cells_of_several_lines_in_a_drawn_table_are_made_whole():
    words = [(95, 140, "1"), (135, 140, "Tỷ lệ hồ sơ giải quyết"), (135, 155, "đúng hạn"), (305, 140, "98 %")]
    found = read([(90, 60, "Phụ lục chỉ tiêu"), *drawn_grid(_COLUMNS, (100, 125, 165)), *_HEADER, *words])
    assert found.text == "Phụ lục chỉ tiêu\nTT | Chỉ tiêu | Mức\n1 | Tỷ lệ hồ sơ giải quyết đúng hạn | 98 %"
    place = found.block_at(found.text.index("đúng hạn"))
    assert (place.kind, place.table, place.row, place.column, place.page) == ("cell", 1, 2, 2, 1)


def test_words_that_touch_over_a_drawn_line_are_two_cells():
    words = [(95, 115, "Đơn vị"), (134, 115, "Mức")]
    found = read([*drawn_grid((90, 132, 200), (100, 125, 150)), *words, (95, 140, "Xã A"), (134, 140, "5")])
    assert found.text == "Đơn vị | Mức\nXã A | 5"


def test_a_drawn_table_goes_on_over_pages_without_its_repeated_header():
    pages = [
        [
            *drawn_grid(_COLUMNS, (100, 125, 150)),
            *_HEADER,
            (95, 140, str(n)),
            (135, 140, f"Việc {n}"),
            (305, 140, "5"),
        ]
        for n in (1, 2)
    ]
    found = read(*pages)
    assert found.text == "TT | Chỉ tiêu | Mức\n1 | Việc 1 | 5\n2 | Việc 2 | 5"
    last = found.block_at(found.text.index("Việc 2"))
    assert (last.table, last.row, last.page) == (1, 3, 2)


def test_merged_cells_of_a_drawn_table_stand_once():
    lines = [(90, 100, 400, 100), (130, 125, 400, 125), (90, 150, 400, 150), (90, 175, 400, 175)]
    lines += [(90, 100, 90, 175), (130, 100, 130, 175), (265, 125, 265, 175), (400, 100, 400, 175)]
    words = [(95, 130, "TT"), (200, 115, "Kết quả"), (140, 140, "Quý I"), (270, 140, "Quý II")]
    words += [(95, 165, "1"), (140, 165, "5"), (270, 165, "7")]
    assert read([*lines, *words]).text == "TT | Kết quả\n | Quý I | Quý II\n1 | 5 | 7"


def test_a_frame_around_text_is_no_table():
    assert read([*drawn_grid((80, 500), (90, 130)), (90, 115, "Quyết định số 5")]).text == "Quyết định số 5"


def test_a_form_inside_the_document_has_its_own_head():
    form = [(x, y + 400, text) for x, y, text in _HEAD]
    written = read(_BODY + form).text.split("\n")
    assert written[2:5] == ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ CẦN THƠ", "Số: 05/KH-UBND"]


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
