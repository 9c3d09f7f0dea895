"""A file of figures is read to the end before anything is written; every fault has its row and remedy."""

import io
import time
from decimal import Decimal

import openpyxl
import pytest

from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.results.models import Indicator, Observation, Submission
from kientoan.domains.results.operations import submissions
from kientoan.domains.results.operations.figures import Figure, import_figures
from kientoan.domains.results.queries.imports import Report, check_import
from kientoan.engines.sheets import UnreadableSheet
from tests.conftest import DAY, NOW, Cast

from .figures import poor, report, revenue

HEADER = "Mã chỉ tiêu\tTên chỉ tiêu\tĐơn vị\tKỳ\tLoại số liệu\tGiá trị\tGhi chú\n"


def check(cast: Cast, *lines: str, unit: int | None = None) -> Report:
    text = HEADER + "\n".join(lines)
    return check_import(text, name="dan.csv", unit_id=unit or cast.district.pk, day=DAY)


def save(cast: Cast, found: Report) -> list[Submission]:
    rows = [Figure(f.indicator_id, f.unit_id, f.period, f.vintage, f.value, f.note) for f in found.figures]
    return import_figures(
        unit_id=cast.district.pk, figures=rows, viewer=cast.viewer(cast.reporter), at=NOW, source="dan.csv"
    )


def test_good_rows_become_drafts_one_submission_per_period_and_vintage(cast: Cast) -> None:
    revenue(), poor()
    found = check(
        cast,
        "THU\t\tQuận Ninh Kiều\ttháng 5/2018\tƯớc\t1.234,5\tcó ghi chú",
        "\tTỷ lệ hộ nghèo\t\tquý I/2018\tchính thức\t1,7%\t",
        "thu\t\t31117\t2018-05\tước\t55\t",
        "THU\t\tPhường Cái Khế\t2018-04\tước\t\tchưa có",
    )
    assert found.errors == ()
    assert (found.rows, found.blank, len(found.figures)) == (4, 1, 3)
    assert len(save(cast, found)) == 2
    values = Observation.objects.order_by("value").values_list("value", "approved", "unit_id")
    assert list(values) == [
        (Decimal("1.7"), False, cast.district.pk),
        (Decimal(55), False, cast.ward.pk),
        (Decimal("1234.5"), False, cast.district.pk),
    ]


FAULTS = [
    ("KHONG\t\t\t2018-05\tước\t1\t", "Mã chỉ tiêu", "Không có chỉ tiêu “KHONG”"),
    ("\t\t\t2018-05\tước\t1\t", "Mã chỉ tiêu", "Chưa có mã"),
    ("THU\t\tQuận Cái Răng\t2018-05\tước\t1\t", "Đơn vị", "không phải đơn vị thuộc phạm vi"),
    ("THU\t\t\ttháng 13/2018\tước\t1\t", "Kỳ", "không phải kỳ báo cáo"),
    ("THU\t\t\t2019\tước\t1\t", "Kỳ", "chưa bắt đầu"),
    ("THU\t\t\t\tước\t1\t", "Kỳ", "để trống"),
    ("THU\t\t\t2018-05\tđại khái\t1\t", "Loại số liệu", "“đại khái” không phải loại số liệu"),
    ("THU\t\t\t2018-05\tước\tnhiều\t", "Giá trị", "không phải là số"),
    ("THU\t\t\t2018-05\tước\t1.2\t", "Giá trị", "không rõ nghĩa"),
    ("THU\t\t\t2018-05\tước\t1,1234567\t", "Giá trị", "chữ số sau dấu phẩy"),
]


@pytest.mark.parametrize(("line", "field", "message"), FAULTS)
def test_a_faulty_row_says_row_field_and_remedy(cast: Cast, line: str, field: str, message: str) -> None:
    revenue()
    found = check(cast, "THU\t\t\t2018-04\tước\t1\t", line)
    (error,) = found.errors
    assert (error.row, error.field) == (3, field)
    assert message in error.message_vi
    assert error.remedy_vi


def test_a_day_made_by_excel_is_its_month(cast: Cast) -> None:
    revenue()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Mã chỉ tiêu", "Kỳ", "Loại số liệu", "Giá trị"])
    sheet.append(["THU", DAY.replace(month=5, day=1), "ước", 12.5])
    sheet.append(["THU", 2017, "final", "=1+1"])
    stream = io.BytesIO()
    book.save(stream)
    found = check_import(stream.getvalue(), name="a.xlsx", unit_id=cast.district.pk, day=DAY)
    assert [one.period.code for one in found.figures] == ["2018-05"]
    assert "công thức" in found.errors[0].message_vi


def test_the_same_figure_twice_in_a_file_is_a_fault(cast: Cast) -> None:
    revenue()
    found = check(cast, "THU\t\t\t2018-05\tước\t1\t", "THU\t\tQuận Ninh Kiều\tT5/2018\tước\t2\t")
    assert "Trùng với dòng 2" in found.errors[0].message_vi


def test_wrong_columns_are_named(cast: Cast) -> None:
    found = check_import("Cột A\tKỳ\n1\t2\n", name="a.csv", unit_id=cast.district.pk, day=DAY)
    assert any("Giá trị" in error.message_vi for error in found.errors)
    with pytest.raises(UnreadableSheet):
        check_import(b"", name="a.xlsx", unit_id=cast.district.pk, day=DAY)


def test_an_approved_figure_is_not_overwritten_and_a_draft_is(cast: Cast) -> None:
    thing = revenue()
    report(cast.district, thing, "2018-04", "7", "2018-05-02", "estimate")
    assert "đã" in check(cast, "THU\t\t\t2018-04\tước\t8\t").errors[0].message_vi.lower()
    save(cast, check(cast, "THU\t\t\t2018-05\tước\t1\t"))
    found = check(cast, "THU\t\t\t2018-05\tước\t2\t")
    assert (found.errors, found.replaced) == ((), 1)
    save(cast, found)
    assert Observation.objects.get(approved=False).value == 2


def test_a_submission_that_waits_for_the_head_is_not_touched(cast: Cast) -> None:
    revenue()
    (draft,) = save(cast, check(cast, "THU\t\t\t2018-05\tước\t1\t"))
    submissions.submit(submission_id=draft.pk, viewer=cast.viewer(cast.reporter), at=NOW)
    assert "chờ thủ trưởng duyệt" in check(cast, "THU\t\t\t2018-05\tước\t2\t").errors[0].message_vi


def test_a_big_jump_is_a_question_and_no_fault(cast: Cast) -> None:
    thing = revenue()
    report(cast.district, thing, "2018-04", "100", "2018-05-02")
    found = check(cast, "THU\t\t\t2018-05\tước\t1.000\t")
    assert found.errors == ()
    assert "khác nhiều" in found.questions[0].message_vi


def test_nobody_imports_for_a_unit_that_is_not_theirs(cast: Cast) -> None:
    revenue()
    found = check(cast, "THU\t\t\t2018-05\tước\t1\t")
    rows = [Figure(f.indicator_id, f.unit_id, f.period, f.vintage, f.value) for f in found.figures]
    with pytest.raises(NotAllowed):
        import_figures(unit_id=cast.district.pk, figures=rows, viewer=cast.viewer(cast.outsider), at=NOW)
    assert not Submission.objects.exists()


def test_ten_thousand_rows_take_seconds(cast: Cast) -> None:
    things = Indicator.objects.bulk_create(
        Indicator(code=f"CT{number}", name=f"Chỉ tiêu {number}", unit_of_measure="%") for number in range(250)
    )
    lines = [
        f"{thing.code}\t\t\t{year}-Q{quarter}\tchính thức\t{year},5\t"
        for thing in things for year in range(2008, 2018) for quarter in (1, 2, 3, 4)
    ]  # fmt: skip
    began = time.perf_counter()
    found = check(cast, *lines)
    assert found.errors == ()
    save(cast, found)
    assert Observation.objects.count() == 10_000
    assert time.perf_counter() - began < 30  # generous: other work may load the machine
