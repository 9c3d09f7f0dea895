"""Citations: tables of (text, what is found), and the floor on the annotated sentences."""

from __future__ import annotations

from datetime import date

import pytest

from kientoan.engines.reader import Citation, read, read_citations


def cite(text: str) -> list[tuple[str, str | None, str]]:
    return [(item.type, item.number, text[item.start : item.end]) for item in read_citations(text)]


def one(text: str) -> Citation:
    (found,) = read_citations(text)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "number", "day", "issuer"),
    [
        (
            "theo Quy định số 55-QĐ/TW, ngày 19-12-2016, của Bộ Chính trị",
            "Quy định",
            "55-QĐ/TW",
            date(2016, 12, 19),
            "Bộ Chính trị",
        ),
        (
            "Quy định số 101-QĐ/TW ngày 07-6-2012 của Ban Bí thư",
            "Quy định",
            "101-QĐ/TW",
            date(2012, 6, 7),
            "Ban Bí thư",
        ),
        (
            "Chỉ thị số 05-CT/TW của Bộ Chính trị (khóa XII; Quy định",
            "Chỉ thị",
            "05-CT/TW",
            None,
            "Bộ Chính trị (khóa XII",
        ),
        ("Chỉ thị 05 của Bộ Chính trị", "Chỉ thị", "05", None, "Bộ Chính trị"),
        (
            "Kế hoạch số 83-KH/TU, ngày 12/6/2026 của Ban Thường vụ Tỉnh uỷ",
            "Kế hoạch",
            "83-KH/TU",
            date(2026, 6, 12),
            "Ban Thường vụ Tỉnh uỷ",
        ),
        ("theo Nghị định số 370/2025 thì", "Nghị định", "370/2025", None, None),
        ("thay Quy định số 124-QĐ/TW, ngày 4.10.2023.", "Quy định", "124-QĐ/TW", date(2023, 10, 4), None),
        (
            "tại Quyết định số 1298/QĐ-UBND-HC ngày 23/12/2013",
            "Quyết định",
            "1298/QĐ-UBND-HC",
            date(2013, 12, 23),
            None,
        ),
        ("công văn số 6139/BNV-TCBC ngày 20/10/2023", "Công văn", "6139/BNV-TCBC", date(2023, 10, 20), None),
        ("Nghị quyết số 66.3/2025/NQ-CP", "Nghị quyết", "66.3/2025/NQ-CP", None, None),
        (
            "Thông tư liên tịch số 93/2006/TTLT/BTC-KHCN",
            "Thông tư liên tịch",
            "93/2006/TTLT/BTC-KHCN",
            None,
            None,
        ),
        ("Nghị quyết Trung ương 4 khóa XII", "Nghị quyết", "TW4", None, None),
        ("nghị quyết Trung ương 4 (khóa XII)", "Nghị quyết", "TW4", None, None),
        ("Nghị quyết Đại hội XII của Đảng", "Nghị quyết Đại hội", None, None, None),
        ("Luật Tổ chức Quốc hội số 57/2014/QH13 đã được", "Luật", "57/2014/QH13", None, None),
        ("Luật Đất đai năm 2024 có hiệu lực", "Luật", None, None, None),
        ("(Kèm theo Quyết định số …/QĐ-UBND ngày … tháng … năm 2026)", "Quyết định", None, None, None),
    ],
)
def test_a_citation_is_read(
    text: str, kind: str, number: str | None, day: date | None, issuer: str | None
) -> None:
    found = one(text)
    assert (found.type, found.number, found.date, found.issuer) == (kind, number, day, issuer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Luật Đầu tư để bảo đảm tính thống nhất", "Luật Đầu tư"),
        ("Luật Thi đua, khen thưởng; kiến nghị", "Luật Thi đua, khen thưởng"),
        ("Luật Trật tự, an toàn giao thông đường bộ.", "Luật Trật tự, an toàn giao thông đường bộ"),
        ("Bộ luật dân sự.", "Bộ luật dân sự"),
        ("Pháp lệnh Xử lý vi phạm hành chính ngày 02 tháng 7 năm 2002", None),
        ("Hiến pháp năm 2013 theo đúng quy định", "Hiến pháp năm 2013"),
        ("thi hành Điều lệ Đảng; Quy chế", "Điều lệ Đảng"),
    ],
)
def test_a_law_is_cited_by_its_name(text: str, expected: str | None) -> None:
    found = one(text)
    assert text[found.start : found.end] == (expected or text)


@pytest.mark.parametrize(
    "text",
    [
        "dự án Luật Thủ đô (sửa đổi)",
        "Luật Nhà ở (sửa đổi)",
        "Nghị định này có hiệu lực",
        "theo pháp luật về đất đai, pháp luật Việt Nam",
        "mẫu số 01/ĐK-TCT và tỷ lệ 1/500",
        "luật sư, luật gia; Luật này",
        "QCVN 01:2021/BTNMT, khối lượng 120/80 mmHg",
        "QUYẾT ĐỊNH\nSố: 43/2025/QĐ-TTg\nHà Nội, ngày 28 tháng 11 năm 2025",
    ],
)
def test_what_is_no_citation_is_left(text: str) -> None:
    assert cite(text) == []


def test_members_of_a_list_share_what_stands_once() -> None:
    text = "các Tờ trình số 18/TTr-CP ngày 17/01/2026, số 19/TTr-CP ngày 19/01/2026 của Chính phủ,"
    found = read_citations(text)
    assert [item.type for item in found] == ["Tờ trình", "Tờ trình"]
    assert {item.issuer for item in found} == {"Chính phủ"}
    assert [str(item.date) for item in found] == ["2026-01-17", "2026-01-19"]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Căn cứ Luật Đất đai số 31/2024/QH15;", "basis"),
        ("Bãi bỏ Quyết định số 16/2019/QĐ-TTg.", "repeals"),
        ("Nghị định này thay thế Nghị định số 21/2011/NĐ-CP.", "replaces"),
        ("triển khai thực hiện Nghị quyết số 57-NQ/TW", "implements"),
        ("sửa đổi, bổ sung một số điều của Nghị định số 150/2025/NĐ-CP", "amends"),
        ("nêu tại Nghị quyết số 57-NQ/TW", "refers"),
    ],
)
def test_the_words_before_tell_the_relation(text: str, relation: str) -> None:
    assert one(text).relation == relation


def test_the_place_inside_the_document_is_kept() -> None:
    assert one("theo điểm a khoản 3 Điều 33 Luật Đầu tư").pinpoint == "điểm a khoản 3 Điều 33"
    assert one("khoản 11 Điều 68 của Luật Đất đai số 31/2024/QH15").pinpoint == "khoản 11 Điều 68"


def test_the_issuer_may_stand_before() -> None:
    found = one("Ngày 31/3/2025, Bộ Khoa học và Công nghệ đã ban hành Văn bản số 562/BKHCN-VCL về")
    assert found.issuer == "Bộ Khoa học và Công nghệ"
    assert found.date == date(2025, 3, 31)


def test_reading_citations_alone_gives_the_same() -> None:
    text = "Căn cứ Luật Đất đai số 31/2024/QH15;\nGiao Sở Xây dựng thực hiện Quyết định số 05/QĐ-UBND."
    assert read_citations(text) == read(text).citations
