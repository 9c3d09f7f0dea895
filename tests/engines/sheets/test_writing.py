"""Workbooks and CSV: real dates and numbers, texts that never run, and what goes out comes in again."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientoan.engines.sheets import (
    Column,
    Expected,
    Sheet,
    TooManyRows,
    read_sheet,
    write_csv,
    write_workbook,
)
from kientoan.engines.sheets import workbook as writing

COLUMNS = [
    Column("Nhiệm vụ", "text", 40),
    Column("Số hồ sơ", "integer"),
    Column("Kết quả", "decimal"),
    Column("Tỷ lệ", "percent"),
    Column("Hạn", "date"),
    Column("Nguồn", "link"),
]
ROW = [
    "=1+1",
    1200,
    Decimal("1234.56"),
    Decimal("85.5"),
    date(2026, 1, 5),
    ("https://example.org/a", "Điều 3"),
]
BLANK = [None, 0, None, None, None, None]
EXPECTED = [
    Expected("task", ("Nhiệm vụ",), may_be_blank=True),
    Expected("count", ("Số hồ sơ",), "integer", may_be_blank=True),
    Expected("result", ("Kết quả",), "decimal", may_be_blank=True),
    Expected("rate", ("Tỷ lệ",), "percent", may_be_blank=True),
    Expected("due", ("Hạn",), "date", may_be_blank=True),
]


def load(*sheets, **options):
    with write_workbook(sheets, **options) as stream:
        return openpyxl.load_workbook(stream)


def test_values_keep_their_kind_and_show_the_vietnamese_way():
    page = load(Sheet("Nhiệm vụ", COLUMNS, [ROW, BLANK])).active
    assert [cell.value for cell in page[2]][1:5] == [
        1200,
        1234.56,
        0.855,
        __import__("datetime").datetime(2026, 1, 5),
    ]
    assert (page["A2"].value, page["A2"].data_type) == ("=1+1", "s")
    assert page["E2"].number_format == "dd/mm/yyyy"
    assert page["C2"].number_format == "#,##0.00"
    assert (page["F2"].value, page["F2"].hyperlink.target) == ("Điều 3", "https://example.org/a")
    assert [cell.value for cell in page[3]] == [None, 0, None, None, None, None]


def test_the_page_is_set_up_to_read_and_to_print():
    page = load(Sheet("Bảng", COLUMNS, [ROW], notes=["Tính đến ngày 30/11/2026"]), title="Báo cáo").active
    assert (page["A1"].value, page["A2"].value, page["A4"].value) == (
        "Bảng",
        "Tính đến ngày 30/11/2026",
        "Nhiệm vụ",
    )
    assert page.freeze_panes == "A5"
    assert page.auto_filter.ref == "A4:F5"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.print_title_rows == "$4:$4"


def test_sheet_names_obey_excel_and_differ():
    book = load(*(Sheet(name, [Column("A")], []) for name in ["Kế/hoạch: [2026]?", "a" * 40, "A" * 35, ""]))
    assert book.sheetnames == ["Kế hoạch   2026", "a" * 31, "A" * 27 + " (2)", "Trang"]


@pytest.mark.parametrize(
    ("value", "written"),
    [("a\x00b\x1f", "ab"), ("x" * 40_000, "x" * 32_766 + "…"), ("+84 292", "+84 292"), ("@ten", "@ten")],
)
def test_texts_are_made_safe(value, written):
    assert load(Sheet("A", [Column("A")], [[value]])).active["A2"].value == written


def test_a_script_address_is_no_link():
    page = load(Sheet("A", [Column("A", "link")], [["javascript:alert(1)"]])).active
    assert page["A2"].hyperlink is None


def test_long_numbers_keep_every_digit():
    assert (
        load(Sheet("A", [Column("A", "integer")], [[12345678901234567]])).active["A2"].value
        == "12345678901234567"
    )


def test_a_row_of_the_wrong_length_is_an_error():
    with pytest.raises(ValueError, match="zip"):
        write_workbook([Sheet("A", [Column("A")], [["x", "y"]])])


def test_more_rows_than_excel_holds_are_refused(monkeypatch):
    monkeypatch.setattr(writing, "MAX_ROWS", 3)
    with pytest.raises(TooManyRows):
        write_workbook([Sheet("A", [Column("A")], [["x"]] * 3)])


def test_what_goes_out_as_excel_comes_in_again():
    with write_workbook([Sheet("A", COLUMNS, [ROW, BLANK], notes=["Ghi chú"])]) as stream:
        found = read_sheet(stream.read(), name="a.xlsx", columns=EXPECTED)
    assert found.all_errors == ()
    assert list(found.rows[0].values.values()) == ROW[:5]
    assert list(found.rows[1].values.values()) == BLANK[:5]


def test_what_goes_out_as_csv_comes_in_again():
    found = read_sheet(b"".join(write_csv(Sheet("A", COLUMNS, [ROW, BLANK]))), name="a.csv", columns=EXPECTED)
    assert found.all_errors == ()
    assert list(found.rows[0].values.values()) == ROW[:5]
    assert found.rows[1].values["count"] == 0


def test_csv_is_streamed_with_its_mark():
    chunks = list(write_csv(Sheet("A", [Column("Số", "integer")], ([n] for n in range(1200)))))
    assert len(chunks) == 3
    assert chunks[0].startswith(b"\xef\xbb\xbfS\xe1\xbb\x91\r\n0\r\n")


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))), min_size=1, max_size=5))
@settings(deadline=None)
def test_no_text_in_csv_starts_a_formula(texts):
    written = b"".join(write_csv(Sheet("A", [Column("A")] * len(texts), [texts]))).decode("utf-8-sig")
    for cell in list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))[1]:
        assert not cell.startswith(("=", "+", "-", "@"))
