"""Word documents: lists that start anew or go on, typed letters beside them, tables in tables, notes."""

import io
import zipfile

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kientoan.engines.reader import read as read_text
from kientoan.engines.reader.intake import extract_text

from .files import new_word, word_file
from .test_word import add_item, add_list, read

_NOTES = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:t>Theo Báo cáo số 15/BC-SNV ngày 05/01/2026.</w:t></w:r></w:p>'
    "</w:footnote>"
    '<w:footnote w:id="3"><w:p><w:r><w:t>Không kể biên chế </w:t></w:r></w:p>'
    "<w:p><w:r><w:t>của ngành giáo dục.</w:t></w:r></w:p></w:footnote>"
    "</w:footnotes>"
)


def with_notes(document, notes):
    """Return the document's bytes with a part of footnotes."""
    stream = io.BytesIO(word_file(document))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("word/footnotes.xml", notes)
    return stream.getvalue()


def add_mark(paragraph, note):
    run = paragraph.add_run()
    run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{note}"/>'))


def test_footnotes_are_kept_after_the_text_with_their_marks_and_their_place():
    document = new_word("Biên chế của thành phố")
    add_mark(document.paragraphs[0], 3)
    document.paragraphs[0].add_run(" giảm 5%")
    add_mark(document.paragraphs[0], 2)
    document.add_paragraph("Giao Sở Nội vụ theo dõi.")
    found = extract_text(with_notes(document, _NOTES), name="a.docx")
    assert found.text.split("\n") == [
        "Biên chế của thành phố[1] giảm 5%[2]",
        "Giao Sở Nội vụ theo dõi.",
        "[1] Không kể biên chế của ngành giáo dục.",
        "[2] Theo Báo cáo số 15/BC-SNV ngày 05/01/2026.",
    ]
    kinds = [found.block_at(found.text.index(words)).kind for words in ("Giao", "Không kể", "Theo Báo")]
    assert kinds == ["paragraph", "footnote", "footnote"]


def test_what_a_footnote_cites_is_found():
    document = new_word("Biên chế giảm 5%")
    add_mark(document.paragraphs[0], 2)
    found = extract_text(with_notes(document, _NOTES), name="a.docx")
    (citation,) = read_text(found.text).citations
    assert (citation.number, found.block_at(citation.start).kind) == ("15/BC-SNV", "footnote")


def test_a_mark_whose_note_is_missing_leaves_no_trace():
    document = new_word("Biên chế giảm")
    add_mark(document.paragraphs[0], 9)
    assert extract_text(with_notes(document, _NOTES), name="a.docx").text == "Biên chế giảm"


def test_a_second_list_of_the_same_kind_starts_anew_where_word_says_so():
    document = new_word("Nhiệm vụ")
    add_list(document)
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/>'
            '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    for text in ("rà soát", "sắp xếp"):
        add_item(document, text, 1)
    add_item(document, "báo cáo", 1, list_id=91)
    add_item(document, "tổng hợp", 1, list_id=91)
    assert read(document).text.split("\n")[1:] == ["1. rà soát", "2. sắp xếp", "1. báo cáo", "2. tổng hợp"]


def test_a_level_told_to_go_on_is_not_counted_anew_under_the_next_heading():
    document = new_word("Quy chế")
    add_list(document)
    levels = document.part.numbering_part.element.findall(f".//{{{document.element.nsmap['w']}}}lvl")
    mine = [
        level for level in levels if level.getparent().get(level.tag.replace("lvl", "abstractNumId")) == "90"
    ]
    mine[1].insert(2, parse_xml(f'<w:lvlRestart {nsdecls("w")} w:val="0"/>'))
    for text, level in [("Chung", 0), ("một", 1), ("hai", 1), ("Riêng", 0), ("ba", 1)]:
        add_item(document, text, level)
    assert read(document).text.split("\n")[1:] == ["I. Chung", "1. một", "2. hai", "II. Riêng", "3. ba"]


def test_a_point_typed_as_đ_stands_between_those_that_word_counts():
    document = new_word("Nhiệm vụ")
    add_list(document)
    add_item(document, "Giao các cơ quan:", 1)
    for text in ("Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Sở Tư pháp"):
        add_item(document, f"{text} báo cáo;", 2)
    document.add_paragraph("đ) Sở Xây dựng báo cáo;")
    add_item(document, "Công an thành phố báo cáo.", 2)
    text = read(document).text
    assert [line.split(")")[0] for line in text.split("\n")[2:]] == ["a", "b", "c", "d", "đ", "e"]
    points = [part.number for part in read_text(text).provisions if part.kind == "diem"]
    assert points == ["a", "b", "c", "d", "đ", "e"]


def test_a_table_in_a_cell_is_read_once_row_by_row_in_its_place():
    document = new_word("Phụ lục")
    outer = document.add_table(2, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "Nhóm", "Chỉ tiêu"
    outer.cell(1, 0).text = "Kinh tế"
    inner = outer.cell(1, 1).add_table(2, 2)
    for row, words in zip(inner.rows, [("Thu", "5%"), ("Chi", "3%")], strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.add_paragraph("Ghi chú")
    assert read(document).text.split("\n") == [
        "Phụ lục",
        "Nhóm",
        "Kinh tế",
        "Chỉ tiêu",
        "Thu | 5%",
        "Chi | 3%",
        "Ghi chú",
    ]
