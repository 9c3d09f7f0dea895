"""Tables that people send: found, matched, converted, and every fault named with its place."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientoan.engines.sheets import Expected, UnreadableSheet, read_sheet
from kientoan.engines.sheets.reading import column_letter
from kientoan.engines.vietnamese import format_number

COLUMNS = (
    Expected("unit", ("Đơn vị", "Tên đơn vị")),
    Expected("value", ("Kết quả", "Giá trị"), "decimal", may_be_blank=True),
    Expected("done", ("Ngày hoàn thành",), "date", required=False),
)


def excel(rows, **formats):
    """Make a workbook of one sheet; `formats` are number formats by cell ("C2")."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, style in formats.items():
        book.active[place].number_format = style
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(rows, columns=COLUMNS):
    return read_sheet(excel(rows), name="a.xlsx", columns=columns)


def one_value(cell, kind, style=None):
    formats = {"A2": style} if style else {}
    found = read_sheet(
        excel([["Cột"], [cell]], **formats), name="a.xlsx", columns=[Expected("x", ("Cột",), kind)]
    )
    return found.rows[0].values.get("x"), [error.message_vi for error in found.all_errors]


def test_rows_are_read_with_their_numbers_and_blanks_stay_blank():
    found = read(
        [
            ["ỦY BAN NHÂN DÂN"],
            [],
            ["TT", "TÊN  ĐƠN VỊ", "Ket qua", "Ngày hoàn thành"],
            [1, "Phường Ninh Kiều", 12.5, date(2026, 1, 5)],
            [],
            [2, "Xã Phong Điền", None, "30/11/2026"],
            [3, "Xã Thới Lai", 0, None],
        ]
    )
    assert found.errors == ()
    assert found.unknown_columns == ("TT",)
    assert [(row.number, row.values) for row in found.rows] == [
        (4, {"unit": "Phường Ninh Kiều", "value": Decimal("12.5"), "done": date(2026, 1, 5)}),
        (6, {"unit": "Xã Phong Điền", "value": None, "done": date(2026, 11, 30)}),
        (7, {"unit": "Xã Thới Lai", "value": Decimal(0), "done": None}),
    ]


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("1.234,5", "decimal", Decimal("1234.5")),
        ("1,234.5", "decimal", Decimal("1234.5")),
        ("1.234", "decimal", Decimal(1234)),
        ("1,5", "decimal", Decimal("1.5")),
        ("1,234,567", "decimal", Decimal(1234567)),
        (" -7,25 ", "decimal", Decimal("-7.25")),
        (0.1 + 0.2, "decimal", Decimal("0.3")),
        (12, "integer", 12),
        ("1.200", "integer", 1200),
        ("85,5 %", "percent", Decimal("85.5")),
        ("85", "percent", Decimal(85)),
        (85.5, "percent", Decimal("85.5")),
        (5.0, "text", "5"),
        ("005", "text", "005"),
        (date(2026, 1, 5), "text", "05/01/2026"),
        ("5/1/2026", "date", date(2026, 1, 5)),
        ("05-01-2026", "date", date(2026, 1, 5)),
        ("ngày 05 tháng 01 năm 2026", "date", date(2026, 1, 5)),
        ("2026-01-05", "date", date(2026, 1, 5)),
    ],
)
def test_values(cell, kind, value):
    assert one_value(cell, kind) == (value, [])


@pytest.mark.parametrize(
    ("style", "value"), [("0%", Decimal(85)), ("0.0%", Decimal(85)), ('0.00"%"', Decimal("0.85"))]
)
def test_a_cell_that_excel_shows_as_a_percentage_is_given_in_points(style, value):
    assert one_value(0.85, "percent", style) == (value, [])


@pytest.mark.parametrize(
    ("cell", "kind", "part"),
    [
        ("1.5", "decimal", "không rõ nghĩa"),
        ("1.23.4", "decimal", "không rõ nghĩa"),
        ("khoảng 5", "decimal", "không phải là số"),
        (1.5, "integer", "số nguyên"),
        ("31/02/2026", "date", "có thật"),
        ("5/1/26", "date", "không phải ngày"),
        ("13/25/2026", "date", "có thật"),
        (46000, "date", "không phải ngày"),
        (date(2026, 5, 1), "decimal", "Excel có thể đã tự đổi"),
        ("=1+1", "decimal", "công thức chưa được tính"),
        ("#DIV/0!", "decimal", "#DIV/0!"),
    ],
)
def test_a_cell_at_fault_is_named_not_guessed(cell, kind, part):
    value, errors = one_value(cell, kind)
    assert value is None
    assert len(errors) == 1
    assert part in errors[0]


def test_a_fault_says_row_column_field_and_remedy():
    found = read([["Đơn vị", "Kết quả"], ["Xã A", 1], ["", "abc"]])
    assert [str(error)[:32] for error in found.all_errors] == [
        "Dòng 3, cột A (Đơn vị): Ô bắt bu",
        "Dòng 3, cột B (Kết quả): “abc” k",
    ]
    assert all(error.remedy_vi for error in found.all_errors)
    assert found.rows[0].errors == ()


def test_a_missing_column_is_named_with_what_was_found():
    found = read([["Tên xã", "Kết quả"], ["Xã A", 1]])
    assert found.rows == ()
    assert "Thiếu cột “Đơn vị”" in found.errors[0].message_vi
    assert "“Tên xã”" in found.errors[0].message_vi
    assert "“Tên đơn vị”" in found.errors[0].remedy_vi


def test_a_table_without_any_header_says_which_are_needed():
    found = read([["a", "b"], [1, 2]])
    assert "“Đơn vị”, “Kết quả”" in found.errors[0].remedy_vi


def test_two_columns_of_one_name_are_refused():
    found = read([["Đơn vị", "Kết quả", "Kết quả"], ["Xã A", 1, 2]])
    assert "hai cột cùng tên" in found.errors[0].message_vi


def test_a_merged_header_of_two_rows_and_its_numbering_are_understood():
    book = openpyxl.Workbook()
    for row in [
        ["TT", "Đơn vị", "Kết quả", None],
        [None, None, "Quý I", "Quý II"],
        ["(1)", "(2)", "(3)", "(4)"],
        [1, "Xã A", 5, 7],
    ]:
        book.active.append(row)
    for merged in ("A1:A2", "B1:B2", "C1:D1"):
        book.active.merge_cells(merged)
    columns = [
        Expected("unit", ("Đơn vị",)),
        Expected("first", ("Kết quả Quý I",), "integer"),
        Expected("second", ("Quý II",), "integer"),
    ]
    found = read_sheet(saved(book), name="a.xlsx", columns=columns)
    assert [(row.number, row.values) for row in found.rows] == [
        (4, {"unit": "Xã A", "first": 5, "second": 7})
    ]


def test_a_unit_in_brackets_may_follow_the_header():
    columns = [Expected("a", ("Tỷ lệ",), "percent"), Expected("b", ("Số hồ sơ",), "integer")]
    found = read([["Số hồ sơ (hồ sơ)", "Tỷ lệ (%)"], [3, "50%"]], columns)
    assert found.rows[0].values == {"a": Decimal(50), "b": 3}


def test_the_sheet_that_has_the_header_is_taken_and_hidden_ones_are_not():
    book = openpyxl.Workbook()
    book.active.append(["Hướng dẫn"])
    hidden, right = book.create_sheet("Ẩn"), book.create_sheet("Số liệu")
    for sheet, unit in ((hidden, "Xã ẩn"), (right, "Xã A")):
        sheet.append(["Đơn vị", "Kết quả"])
        sheet.append([unit, 1])
    hidden.sheet_state = "hidden"
    found = read_sheet(saved(book), name="a.xlsx", columns=COLUMNS)
    assert (found.title, found.rows[0].values["unit"]) == ("Số liệu", "Xã A")


@pytest.mark.parametrize(
    "source",
    [
        "Đơn vị\tKết quả\nXã A\t1.234,5\n\nXã B\t\n",
        "Đơn vị;Kết quả\r\nXã A;1.234,5\r\n\r\nXã B;\r\n".encode("utf-8-sig"),
        'Đơn vị,Kết quả\n"Xã A","1.234,5"\n,\nXã B,\n'.encode(),
        "Đơn vị\tKết quả\nXã A\t1.234,5\n\nXã B\t\n".encode("utf-16"),
    ],
)
def test_pasted_and_delimited_text(source):
    found = read_sheet(source, name="a.csv", columns=COLUMNS)
    assert [(row.number, row.values) for row in found.rows] == [
        (2, {"unit": "Xã A", "value": Decimal("1234.5")}),
        (4, {"unit": "Xã B", "value": None}),
    ]


def vast():
    book = openpyxl.Workbook()
    book.active["A1"] = "Đơn vị"
    book.active["XFD1048576"] = 1
    return saved(book)


def locked():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "empty"),
        ("  \n ", "empty"),
        (excel([["a"]])[:900], "broken"),
        (b"PK\x03\x04rubbish", "broken"),
        (locked(), "encrypted"),
        (vast(), "too_big"),
        (b"%PDF-1.7 ...", "wrong_kind"),
        ("Biên bản họp\nngày ba mươi".encode(), "wrong_kind"),  # a text that is called a workbook
        ("Đơn vị,Kết quả".encode("cp1258", "replace") + b"\xd0\xff", "encoding"),
    ],
)
def test_a_file_that_is_no_table_is_refused(source, code):
    with pytest.raises(UnreadableSheet) as caught:
        read_sheet(source, name="a.xlsx", columns=COLUMNS)
    assert caught.value.code == code


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_written_the_vietnamese_way_is_read_back(number):
    found = read_sheet(f"Đơn vị\tKết quả\nXã A\t{format_number(number)}", name="", columns=COLUMNS)
    assert found.rows[0].values["value"] == number


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_column_letters(index, letters):
    assert column_letter(index) == letters


def test_a_workbook_with_damaged_styles_is_still_read():
    source = io.BytesIO(excel([["Đơn vị", "Kết quả"], ["Xã A", 1]]))
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name, content.replace(b'numFmtId="0"', b'numFmtId="X"') if "styles" in name else content
            )
    found = read_sheet(target.getvalue(), name="a.xlsx", columns=COLUMNS)
    assert found.rows[0].values["value"] == 1
