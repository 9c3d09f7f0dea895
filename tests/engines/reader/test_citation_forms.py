"""Forms of citation met in official and press texts, each with what is read out of it."""

from __future__ import annotations

import pytest

from kientoan.engines.reader import read, read_citations

FORMS = [
    ("Quy định số 55-QĐ/TW, ngày 19-12-2016, của Bộ Chính trị", [("Quy định", "55-QĐ/TW", "2016-12-19")]),
    ("Quy định số 101-QĐ/TW ngày 07-6-2012 của Ban Bí thư", [("Quy định", "101-QĐ/TW", "2012-06-07")]),
    (
        "Quy định số 03-QĐ/TU ngày 06-6-2016 của Ban Thường vụ Thành ủy",
        [("Quy định", "03-QĐ/TU", "2016-06-06")],
    ),
    ("Chỉ thị số 05-CT/TW của Bộ Chính trị (khóa XII)", [("Chỉ thị", "05-CT/TW", None)]),
    ("Chỉ thị 05 của Bộ Chính trị", [("Chỉ thị", "05", None)]),
    (
        "Chỉ thị số 05-CT/TW của Bộ Chính trị (khóa XII; Quy định số 101-QĐ/TW",
        [("Chỉ thị", "05-CT/TW", None), ("Quy định", "101-QĐ/TW", None)],
    ),
    ("Nghị quyết Trung ương 4 khóa XII", [("Nghị quyết", "TW4", None)]),
    ("nghị quyết Trung ương 4 (khóa XII)", [("Nghị quyết", "TW4", None)]),
    ("Nghị quyết Trung ương 4, chúng ta cũng cần", [("Nghị quyết", "TW4", None)]),
    (
        "Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng (khóa XII) “Một số vấn đề”",
        [("Nghị quyết", "TW6", None)],
    ),
    ("và Nghị quyết “Về tiếp tục đổi mới hệ thống tổ chức và quản lý”", [("Nghị quyết", None, None)]),
    (
        "Nghị quyết Đại hội Đảng bộ thành phố lần thứ XIII, nhiệm kỳ 2015 – 2020",
        [("Nghị quyết Đại hội", None, None)],
    ),
    ("Nghị quyết Đại hội XIII Đảng bộ thành phố", [("Nghị quyết Đại hội", None, None)]),
    (
        "Nghị quyết Đại hội XII của Đảng, Nghị quyết Đại hội XIII của Đảng bộ thành phố",
        [("Nghị quyết Đại hội", None, None), ("Nghị quyết Đại hội", None, None)],
    ),
    (
        "Kế hoạch số 83-KH/TU, ngày 12/6/2026 của Ban Thường vụ Tỉnh uỷ",
        [("Kế hoạch", "83-KH/TU", "2026-06-12")],
    ),
    (
        "Nghị quyết số 04-NQ/TW, ngày 01/4/2026 của Ban Chấp hành Trung ương Đảng khoá XIV",
        [("Nghị quyết", "04-NQ/TW", "2026-04-01")],
    ),
    (
        "Nghị định số 370/2025/NĐ-CP ngày 31/12/2025 sửa đổi Nghị định số 150/2025/NĐ-CP",
        [("Nghị định", "370/2025/NĐ-CP", "2025-12-31"), ("Nghị định", "150/2025/NĐ-CP", None)],
    ),
    ("theo Nghị định số 370/2025 thì", [("Nghị định", "370/2025", None)]),
    (
        "Quy định 366 thay thế Quy định số 124-QĐ/TW, ngày 4.10.2023",
        [("Quy định", "366", None), ("Quy định", "124-QĐ/TW", "2023-10-04")],
    ),
    (
        "Quy định 377-QĐ/TW ngày 8-10-2025 thay thế Quy định 80/2022, Quy định 50/2021, Quy định 148/2024",
        [
            ("Quy định", "377-QĐ/TW", "2025-10-08"),
            ("Quy định", "80/2022", None),
            ("Quy định", "50/2021", None),
            ("Quy định", "148/2024", None),
        ],
    ),
    ("Quy định số 07-QĐi/TW, ngày 28/8/2018 của Bộ Chính trị", [("Quy định", "07-QĐi/TW", "2018-08-28")]),
    ("Hướng dẫn số 36-HD/VPTW", [("Hướng dẫn", "36-HD/VPTW", None)]),
    ("Nghị quyết số 18/NQ-HĐND ngày 07 tháng 12 năm 2017", [("Nghị quyết", "18/NQ-HĐND", "2017-12-07")]),
    (
        "Quyết định số 1298/QĐ-UBND-HC ngày 23/12/2013 của UBND tỉnh",
        [("Quyết định", "1298/QĐ-UBND-HC", "2013-12-23")],
    ),
    ("Nghị quyết số 1668 về việc sắp xếp các đơn vị hành chính cấp xã", [("Nghị quyết", "1668", None)]),
    ("Thông báo số 864/TB-SNV", [("Thông báo", "864/TB-SNV", None)]),
    ("công văn số 6139/BNV-TCBC ngày 20/10/2023", [("Công văn", "6139/BNV-TCBC", "2023-10-20")]),
    ("000.00.00.G22,2015/09/30,7816/VPCP-TTĐT", [("Văn bản", "7816/VPCP-TTĐT", "2015-09-30")]),
    ("điểm b khoản 2 Điều 1 Nghị định này", []),
    ("Quy chế 08-QC/TW ngày 5/11/2025", [("Quy chế", "08-QC/TW", "2025-11-05")]),
    (
        "Kết luận số 121-KL/TW, ngày 24/01/2025 và Nghị quyết số 60-NQ/TW, ngày 12/4/2025",
        [("Kết luận", "121-KL/TW", "2025-01-24"), ("Nghị quyết", "60-NQ/TW", "2025-04-12")],
    ),
    # one code for a whole list
    ("các Nghị quyết số 18, 19-NQ/TW", [("Nghị quyết", "18-NQ/TW", None), ("Nghị quyết", "19-NQ/TW", None)]),
    (
        "các Quyết định số 12, 13 và 14/QĐ-UBND ngày 03/4/2025",
        [
            ("Quyết định", "12/QĐ-UBND", "2025-04-03"),
            ("Quyết định", "13/QĐ-UBND", "2025-04-03"),
            ("Quyết định", "14/QĐ-UBND", "2025-04-03"),
        ],
    ),
    # names with "và" and commas, known or shown by the number after them
    ("Luật Địa chất và khoáng sản số 54/2024/QH15", [("Luật", "54/2024/QH15", None)]),
    (
        "Pháp lệnh Ký kết và thực hiện thỏa thuận quốc tế số 33/2007/PL-UBTVQH11",
        [("Pháp lệnh", "33/2007/PL-UBTVQH11", None)],
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của 11 luật có liên quan đến quy hoạch số 28/2018/QH14",
        [("Luật", "28/2018/QH14", None)],
    ),
    (
        "Luật Đất đai và Nghị định số 102/2024/NĐ-CP",
        [("Luật", None, None), ("Nghị định", "102/2024/NĐ-CP", None)],
    ),
    ("Luật Đầu tư và Ủy ban nhân dân tỉnh", [("Luật", None, None)]),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_the_form_is_read(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    found = [
        (item.type, item.number, item.date.isoformat() if item.date else None)
        for item in read_citations(text)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("theo Luật An toàn và Kiểm soát bức xạ, các quy định khác", "Luật An toàn và Kiểm soát bức xạ"),
        ("của Luật Trách nhiệm bồi thường của Nhà nước thì", "Luật Trách nhiệm bồi thường của Nhà nước"),
        (
            "Luật Ban hành văn bản quy phạm pháp luật thuộc lĩnh vực",
            "Luật Ban hành văn bản quy phạm pháp luật",
        ),
        ("Luật KHCN&ĐMST quy định", "Luật KHCN&ĐMST"),
        ("Luật Đầu tư và Ủy ban nhân dân tỉnh", "Luật Đầu tư"),
        ("Luật Giá và pháp luật về đấu thầu", "Luật Giá"),
    ],
)
def test_a_name_ends_where_it_ends(text: str, name: str) -> None:
    (found,) = read_citations(text)
    assert text[found.start : found.end] == name


@pytest.mark.parametrize(
    "text",
    [
        "Xây dựng Bộ luật mới, Luật mới hoặc Pháp lệnh mới",
        "VIỆC THI HÀNH LUẬT CỦA QUỐC HỘI",
        "Trường Đại học Luật Hà Nội quyết định cử đi đào tạo",
        "Luật chuyên ngành quy định khác",
    ],
)
def test_a_law_without_a_name_is_no_citation(text: str) -> None:
    assert read_citations(text) == ()


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("Số 05-NQ/ĐU", "Nghị quyết", "05-NQ/ĐU"),
        ("Số: 04-QyĐ/ĐU", "Quy định", "04-QyĐ/ĐU"),
        ("Số: 342 /2025/NĐ-CP", "Nghị định", "342 /2025/NĐ-CP"),
    ],
)
def test_the_number_of_the_document_itself_stands_in_the_head(line: str, kind: str, number: str) -> None:
    reading = read(line + "\n")
    assert (reading.head.type, reading.head.number.text if reading.head.number else None) == (kind, number)
    assert reading.citations == ()


def test_an_annex_cites_the_document_it_belongs_to() -> None:
    text = "Số: 51/2025/QĐ-TTg\nQUYẾT ĐỊNH\nPHỤ LỤC I\n(Kèm theo Quyết định số 51/2025/QĐ-TTg)\n"
    assert [(item.number, item.relation) for item in read(text).citations] == [("51/2025/QĐ-TTg", "attached")]
