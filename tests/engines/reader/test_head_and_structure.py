"""The head of state and Party documents, and the ids of their parts."""

from __future__ import annotations

from datetime import date

from kientoan.engines.reader import Words, read

STATE = """ỦY BAN NHÂN DÂN
THÀNH PHỐ CẦN THƠ
SỞ NỘI VỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 05/QĐ-SNV
HỎA TỐC
Cần Thơ, ngày 05 tháng 01 năm 2026
QUYẾT ĐỊNH
Về việc ban hành quy chế làm việc
Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Quy chế này quy định:
a) Chế độ làm việc;
b) Quan hệ công tác.
2. Áp dụng cho cơ quan.
Điều 2. Thi hành
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Nguyễn Văn A
"""

PARTY = """ĐẢNG BỘ THÀNH PHỐ CẦN THƠ
THÀNH ỦY
*
Số 12-CV/TU
V/v góp ý dự thảo

ĐẢNG CỘNG SẢN VIỆT NAM
Cần Thơ, ngày 02 tháng 3 năm 2026

Kính gửi:
- Ban Tổ chức Thành ủy;
- Các quận ủy.

I- TÌNH HÌNH
1. Kết quả
a) Về kinh tế
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Trần Thị B
"""


def words(found: Words | None) -> str | None:
    return found.text if found else None


def test_the_head_of_a_state_document() -> None:
    head = read(STATE).head
    assert words(head.parent) == "ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ"
    assert words(head.issuer) == "SỞ NỘI VỤ"
    assert (words(head.number), head.symbol, head.type, head.side) == (
        "05/QĐ-SNV",
        "QĐ-SNV",
        "Quyết định",
        "state",
    )
    assert (words(head.place), head.date) == ("Cần Thơ", date(2026, 1, 5))
    assert words(head.subject) == "Về việc ban hành quy chế làm việc"
    assert (words(head.authority), words(head.signer_title), words(head.signer)) == (
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Văn A",
    )
    assert words(head.urgency) == "HỎA TỐC"
    for place in (head.issuer, head.number, head.subject, head.signer):
        assert place is not None
        assert STATE[place.start : place.end].split() == place.text.split()


def test_the_head_of_a_party_letter() -> None:
    head = read(PARTY).head
    assert (words(head.parent), words(head.issuer)) == ("ĐẢNG BỘ THÀNH PHỐ CẦN THƠ", "THÀNH ỦY")
    assert (words(head.number), head.type, head.side) == ("12-CV/TU", "Công văn", "party")
    assert words(head.subject) == "góp ý dự thảo"
    assert [place.text for place in head.recipients] == ["Ban Tổ chức Thành ủy", "Các quận ủy"]
    assert words(head.authority) == "T/M BAN THƯỜNG VỤ"
    assert words(head.signer) == "Trần Thị B"


def test_nothing_is_invented_for_a_plain_text() -> None:
    head = read("Hôm nay trời đẹp.").head
    assert (head.number, head.date, head.type, head.issuer, head.signer, head.side) == (None,) * 6


def test_a_number_in_the_middle_of_a_line_is_not_the_documents_own() -> None:
    reading = read("KẾ HOẠCH\nthực hiện Nghị quyết số 57-NQ/TW\nNội dung.")
    assert reading.head.number is None
    assert [item.number for item in reading.citations] == ["57-NQ/TW"]


def test_parts_have_akoma_ntoso_ids() -> None:
    parts = {part.eid: part for part in read(STATE).provisions}
    assert list(parts) == [
        "chp_I",
        "art_1",
        "art_1__para_1",
        "art_1__para_1__point_a",
        "art_1__para_1__point_b",
        "art_1__para_2",
        "art_2",
    ]
    assert parts["chp_I"].heading == "QUY ĐỊNH CHUNG"
    assert parts["art_1"].parent == "chp_I"
    assert parts["art_1__para_1__point_b"].parent == "art_1__para_1"
    first = parts["art_1__para_1"]
    assert STATE[first.start : first.end].startswith("1. Quy chế")
    assert STATE[first.start : first.end].endswith("b) Quan hệ công tác.")


def test_headings_of_a_party_text_have_ids_too() -> None:
    assert [part.eid for part in read(PARTY).provisions if part.kind != "gach"] == [
        "title_I",
        "title_I__para_1",
        "title_I__para_1__point_a",
    ]


def test_a_part_ends_before_the_next_one_of_its_rank() -> None:
    parts = [part for part in read(STATE).provisions if part.kind == "dieu"]
    assert parts[0].end <= parts[1].start


def test_an_annex_alone_has_no_issuer_and_no_type_of_its_own() -> None:
    text = (
        "Phụ lục III\n(Kèm theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ)\n"
        "I. BẢNG CHỮ VIẾT TẮT TÊN LOẠI VĂN BẢN\nNGHỊ QUYẾT\nQUYẾT ĐỊNH\n"
    )
    head = read(text).head
    assert (head.issuer, head.type, head.number) == (None, None, None)
