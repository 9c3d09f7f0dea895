"""Word documents: order, numbers, tables, notes, boxes, old fonts, and files to refuse."""

import io
import zipfile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kientoan.engines.reader.intake import UnreadableFile, extract_text
from kientoan.engines.reader.intake.numbering import format_number

from .files import DECREE, new_word, pdf_file, word_file

_LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("decimal", "%2.%4"))


def add_list(document, list_id=90):
    """Put a list of four levels (I. / 1. / a) / 1.1) into the document."""
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for index, (style, pattern) in enumerate(_LEVELS)
    )
    space = nsdecls("w")
    root.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="{list_id}">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {space} w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/></w:num>'))


def add_item(document, text, level, list_id=90):
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')
    )


def read(document):
    return extract_text(word_file(document), name="a.docx")


def test_paragraphs_and_tables_keep_their_order_and_places():
    document = new_word("Kế hoạch thực hiện")
    table = document.add_table(2, 3)
    for row, values in zip(
        table.rows, [("TT", "Chỉ tiêu", "Mức"), ("1", "Tỷ lệ đúng hạn", "98 %")], strict=True
    ):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.add_paragraph("Tổ chức thực hiện")
    found = read(document)
    assert (
        found.text == "Kế hoạch thực hiện\nTT | Chỉ tiêu | Mức\n1 | Tỷ lệ đúng hạn | 98 %\nTổ chức thực hiện"
    )
    level = found.block_at(found.text.index("98 %"))
    assert (level.kind, level.table, level.row, level.column) == ("cell", 1, 2, 3)
    assert found.text[level.start : level.end] == "98 %"


def test_merged_cells_keep_the_column_of_their_neighbours():
    document = new_word("Phụ lục chỉ tiêu")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Nhóm"
    table.cell(0, 2).text = "Mức"
    for column in range(3):
        table.cell(1, column).text = f"ô {column + 1}"
    found = read(document)
    assert "Nhóm | Mức\nô 1 | ô 2 | ô 3" in found.text
    assert found.block_at(found.text.index("Mức")).column == 3


def test_numbers_kept_by_word_are_written_out():
    document = new_word("Nhiệm vụ")
    add_list(document)
    for text, level in [
        ("Mục tiêu", 0),
        ("Chung", 1),
        ("điểm đầu", 2),
        ("điểm sau", 2),
        ("Cụ thể", 1),
        ("điểm nữa", 2),
        ("sâu", 3),
        ("Giải pháp", 0),
        ("Chung", 1),
    ]:
        add_item(document, text, level)
    assert read(document).text.split("\n")[1:] == [
        "I. Mục tiêu",
        "1. Chung",
        "a) điểm đầu",
        "b) điểm sau",
        "2. Cụ thể",
        "a) điểm nữa",
        "2.1 sâu",
        "II. Giải pháp",
        "1. Chung",
    ]


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (1994, "upperRoman", "MCMXCIV"),
        (9, "lowerRoman", "ix"),
        (1, "lowerLetter", "a"),
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (3, "none", ""),
    ],
)
def test_number_formats(value, style, written):
    assert format_number(value, style) == written


def test_the_head_and_the_foot_set_in_tables_come_column_by_column():
    document = new_word()
    head = document.add_table(2, 2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ CẦN THƠ"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 05/KH-UBND"
    head.cell(1, 1).text = "Cần Thơ, ngày 05 tháng 01 năm 2026"
    document.add_paragraph("KẾ HOẠCH")
    foot = document.add_table(1, 2)
    foot.cell(0, 0).text = "Nơi nhận:\n- Lưu: VT."
    foot.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    assert read(document).text.split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "THÀNH PHỐ CẦN THƠ",
        "Số: 05/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Cần Thơ, ngày 05 tháng 01 năm 2026",
        "KẾ HOẠCH",
        "Nơi nhận:",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]


def test_text_boxes_are_read_once_and_deleted_text_is_not():
    document = new_word("Thông báo của Văn phòng")
    space = nsdecls("w")
    document.paragraphs[0]._p.append(
        parse_xml(
            f'<w:r {space} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            "<mc:AlternateContent><mc:Choice Requires='wps'>"
            "<w:txbxContent><w:p><w:r><w:t>Hộp chữ</w:t></w:r></w:p></w:txbxContent>"
            "</mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>Hộp chữ</w:t></w:r></w:p>"
            "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    document.paragraphs[0]._p.append(
        parse_xml(f"<w:del {space} w:id='1'><w:r><w:delText>bỏ</w:delText></w:r></w:del>")
    )
    document.paragraphs[0]._p.append(
        parse_xml(f"<w:ins {space} w:id='2'><w:r><w:t> thêm</w:t></w:r></w:ins>")
    )
    assert read(document).text == "Thông báo của Văn phòng thêm\nHộp chữ"


@pytest.mark.parametrize(
    ("font", "written", "text", "encoding"),
    [
        (".VnTime", "NghÞ quyÕt cña Héi ®ång nh©n d©n", "Nghị quyết của Hội đồng nhân dân", "tcvn3"),
        (".VnTimeH", "nghÞ quyÕt", "NGHỊ QUYẾT", "tcvn3"),
        ("VNI-Times", "Nghò quyeát cuûa Hoäi ñoàng nhaân daân", "Nghị quyết của Hội đồng nhân dân", "vni"),
    ],
)
def test_old_fonts_are_turned_into_unicode(font, written, text, encoding):
    document = new_word()
    run = document.add_paragraph().add_run(written)
    run.font.name = font
    found = read(document)
    assert (found.text, found.encoding) == (text, encoding)
    assert "Unicode" in found.warnings[0]


def test_a_pdf_named_docx_is_read_as_pdf_and_said():
    found = extract_text(pdf_file([(90, 100, "Điều 1. Phạm vi điều chỉnh")]), name="quyet-dinh.docx")
    assert found.media_type == "application/pdf"
    assert ".docx" in found.warnings[0]
    assert "PDF" in found.warnings[0]


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (word_file(new_word(DECREE))[:2000], "broken"),
        (zipped(word__document_xml="<w:document"), "broken"),
        (zipped(word__document_xml=b" " * 30_000_000), "bomb"),
        (zipped(xl__workbook_xml="<x/>"), "wrong_kind"),
        (zipped(readme="xin chào"), "wrong_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "wrong_kind"),
    ],
)
def test_a_package_that_must_not_be_read_is_refused(data, code):
    with pytest.raises(UnreadableFile) as caught:
        extract_text(data, name="a.docx")
    assert caught.value.code == code


def test_outside_entities_are_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật")
    body = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Kế hoạch &e;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert extract_text(zipped(word__document_xml=body), name="a.docx").text == "Kế hoạch"


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("kientoan.engines.reader.intake.extract.MAX_BYTES", 10)
    with pytest.raises(UnreadableFile) as caught:
        extract_text(DECREE.encode(), name="a.txt")
    assert caught.value.code == "too_big"
