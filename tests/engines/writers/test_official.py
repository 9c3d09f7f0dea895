"""Official documents in Word: the prescribed head, body, foot and annexes, read back from the file."""

import io
import struct
import subprocess
import zlib
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kientoan.engines.reader.intake import extract_text
from kientoan.engines.reader.intake.office import find_libreoffice
from kientoan.engines.writers import (
    Annex,
    Basis,
    Heading,
    OfficialDocument,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    write_official,
)
from kientoan.engines.writers.official import _roman, wrap_name

PLAN = OfficialDocument(
    side="state",
    issuer="Ủy ban nhân dân thành phố Cần Thơ",
    code="05/KH-UBND",
    place="Cần Thơ",
    day=date(2026, 2, 5),
    type_name="Kế hoạch",
    subject="Thực hiện Nghị quyết về sắp xếp bộ máy",
    body=(
        Basis("Căn cứ Luật Tổ chức chính quyền địa phương"),
        Basis(("Căn cứ ", Run("Nghị quyết số 18-NQ/TW;", link="https://example.org/18"))),
        Heading("I. MỤC TIÊU"),
        Paragraph(("Đạt ", Run("12/14", bold=True), " chỉ tiêu, xem ", Run("bảng", anchor="bang 1"))),
        Table(
            ("TT", "Chỉ tiêu", "Kết quả"),
            (("1", "Hồ sơ đúng hạn", Run("98 %", link="https://example.org/98")),),
            aligns=("center", "left", "right"),
            caption="Bảng 1. Kết quả",
            source="Văn phòng",
        ),
    ),
    signature=Signature(("TM. Ủy ban nhân dân", "KT. Chủ tịch"), "Phó Chủ tịch", "Nguyễn Văn A"),
    recipients=("Như Điều 3;", "Lưu: VT"),
)
PARTY = replace(
    PLAN, side="party", parent="Đảng bộ thành phố Cần Thơ", issuer="Ban Thường vụ", code="05-KH/TU"
)


def open_word(document):
    return docx.Document(io.BytesIO(write_official(document)))


def lines(document):
    return extract_text(write_official(document), name="a.docx").text.split("\n")


def png(width=30, height=20):
    def chunk(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = b"".join(b"\0" + b"\x20\x60\xa0" * width for _ in range(height))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_a_document_of_the_state_has_its_parts_in_order():
    assert lines(PLAN) == [
        "ỦY BAN NHÂN DÂN",
        "THÀNH PHỐ CẦN THƠ",
        "Số: 05/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Cần Thơ, ngày 05 tháng 02 năm 2026",
        "KẾ HOẠCH",
        "Thực hiện Nghị quyết về sắp xếp bộ máy",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Nghị quyết số 18-NQ/TW.",
        "I. MỤC TIÊU",
        "Đạt 12/14 chỉ tiêu, xem bảng",
        "Bảng 1. Kết quả",
        "TT | Chỉ tiêu | Kết quả",
        "1 | Hồ sơ đúng hạn | 98 %",
        "Nguồn: Văn phòng",
        "Nơi nhận:",
        "- Như Điều 3;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Văn A",
    ]


def test_a_document_of_the_party_has_its_own_head_and_signs():
    written = lines(PARTY)
    assert written[:9] == [
        "ĐẢNG BỘ",
        "THÀNH PHỐ CẦN THƠ",
        "BAN THƯỜNG VỤ",
        "*",
        "Số 05-KH/TU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Cần Thơ, ngày 05 tháng 02 năm 2026",
        "KẾ HOẠCH",
        "Thực hiện Nghị quyết về sắp xếp bộ máy",
    ]
    assert written[9:11] == ["-----", "- Căn cứ Luật Tổ chức chính quyền địa phương;"]


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (None, "ngày tháng năm"),
    ],
)
def test_the_day_is_written_as_prescribed_and_a_draft_leaves_it_open(day, written):
    assert f"Cần Thơ, {written}" in lines(replace(PLAN, day=day))


def test_a_letter_has_no_type_but_a_subject_under_its_number_and_addressees():
    letter = replace(PLAN, type_name="", parent="", addressees=("Sở Nội vụ", "Sở Tài chính;"))
    written = lines(letter)
    assert "V/v Thực hiện Nghị quyết về sắp xếp bộ máy" in written
    assert "KẾ HOẠCH" not in written
    start = written.index("Kính gửi:")
    assert written[start + 1 : start + 3] == ["- Sở Nội vụ;", "- Sở Tài chính."]
    assert "Kính gửi: Sở Nội vụ" in lines(replace(letter, addressees=("Sở Nội vụ",)))


@pytest.mark.parametrize("document", [PLAN, PARTY])
def test_the_page_is_a4_with_the_prescribed_margins_and_numbers_from_page_2(document):
    section = open_word(document).sections[0]
    measured = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in measured] == [210, 297, 30, 15]
    assert (round(section.top_margin.mm), round(section.bottom_margin.mm)) == (20, 20)
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_letters_are_times_new_roman_in_vietnamese():
    file = open_word(PLAN)
    style = file.styles["Normal"]
    fonts = style.element.rPr.rFonts
    assert set(fonts.attrib.values()) == {"Times New Roman"}
    assert style.font.size == Pt(14)
    assert style.element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"


def test_properties_are_filled_and_say_no_more():
    core = open_word(PLAN).core_properties
    assert core.title == "Kế hoạch 05/KH-UBND Thực hiện Nghị quyết về sắp xếp bộ máy"
    assert (core.author, core.language, core.comments) == (PLAN.issuer, "vi-VN", "")
    assert core.created.date() == date(2026, 2, 5)


def test_tables_repeat_their_header_and_keep_links():
    file = open_word(PLAN)
    table = file.tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.cell(1, 2).paragraphs[0].hyperlinks[0].address == "https://example.org/98"


def test_bookmarks_and_links_inside_meet():
    body = (Paragraph(Run("xem", anchor="bảng 1")), Paragraph("Ở đây", bookmark="bảng 1"))
    xml = open_word(replace(PLAN, body=body)).element.xml
    name = xml.split('w:anchor="')[1].split('"')[0]
    assert f'w:name="{name}"' in xml


def test_a_script_address_becomes_plain_text():
    file = open_word(replace(PLAN, body=(Paragraph(Run("bấm", link="javascript:alert(1)")),)))
    assert "javascript" not in file.element.xml
    assert "bấm" in file.element.xml


def test_a_picture_has_words_for_those_who_do_not_see_it():
    picture = Picture(
        png(), alt="Kết quả tăng từ 60 lên 98", caption="Hình 1", source="Sở Nội vụ", width_mm=500
    )
    file = open_word(replace(PLAN, body=(picture, PageBreak())))
    assert file.inline_shapes[0]._inline.docPr.get("descr") == "Kết quả tăng từ 60 lên 98"
    assert abs(file.inline_shapes[0].width - Mm(165)) < 1000


def test_annexes_have_roman_numbers_and_pages_of_their_own():
    annexes = (
        Annex("Nhiệm vụ", (Paragraph("Một việc"),)),
        Annex("Chỉ tiêu", (Paragraph("Hai"),), landscape=True),
    )
    document = replace(PLAN, annexes=annexes)
    written = lines(document)
    start = written.index("Phụ lục I")
    assert written[start : start + 5] == [
        "Phụ lục I",
        "NHIỆM VỤ",
        "(Kèm theo Kế hoạch số 05/KH-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân thành phố Cần Thơ)",
        "Một việc",
        "Phụ lục II",
    ]
    sections = open_word(document).sections
    assert [round(section.page_width.mm) for section in sections] == [210, 210, 297]
    assert [s._sectPr.find(qn("w:pgNumType")) is not None for s in sections] == [False, True, True]
    assert "Phụ lục" in lines(replace(PLAN, annexes=annexes[:1]))


@pytest.mark.parametrize(
    ("parent", "order"),
    [
        ("tblPr", ["tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook"]),
        ("sectPr", ["headerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid"]),
        ("tcPr", ["tcW", "gridSpan", "vMerge", "shd"]),
        ("pPr", ["pStyle", "keepNext", "pBdr", "spacing", "ind", "jc", "sectPr"]),
        ("rPr", ["rFonts", "b", "i", "color", "sz", "u"]),
    ],
)
def test_elements_stand_in_the_order_that_word_demands(parent, order):
    annexes = (Annex("Nhiệm vụ", PLAN.body, landscape=True), Annex("Chỉ tiêu", (Paragraph("Hai"),)))
    for document in (PLAN, replace(PARTY, annexes=annexes)):
        found = list(open_word(document).element.iter(qn(f"w:{parent}")))
        assert found
        for node in found:
            names = [child.tag.split("}")[1] for child in node if child.tag.split("}")[1] in order]
            assert names == sorted(names, key=order.index)


def test_letters_that_xml_cannot_hold_are_dropped():
    assert "Đạt" in lines(replace(PLAN, body=(Paragraph("Đạt\x00\x0b\ufffe"),)))


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("SỞ NỘI VỤ", ["SỞ NỘI VỤ"]),
        ("", []),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ CẦN THƠ"]),
        ("TRƯỜNG CAO ĐẲNG KINH TẾ - KỸ THUẬT", ["TRƯỜNG CAO ĐẲNG", "KINH TẾ - KỸ THUẬT"]),
        ("A\nB", ["A", "B"]),
    ],
)
def test_long_names_are_broken_where_a_reader_would(name, broken):
    assert wrap_name(name, size=13, bold=True) == broken


@pytest.mark.parametrize(("number", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX")])
def test_roman_numbers(number, written):
    assert _roman(number) == written


@pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_prints_what_was_written(tmp_path):
    source = tmp_path / "a.docx"
    source.write_bytes(write_official(replace(PLAN, annexes=(Annex("Nhiệm vụ", (Paragraph("Một việc"),)),))))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        find_libreoffice(),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    printed = extract_text((tmp_path / "a.pdf").read_bytes(), name="a.pdf")
    assert len(printed.pages) == 2
    for line in ("Số: 05/KH-UBND", "Độc lập - Tự do - Hạnh phúc", "I. MỤC TIÊU", "Một việc"):
        assert line in printed.text.split("\n")
