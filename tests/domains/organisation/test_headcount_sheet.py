"""Headcount in the organisation's workbook: out and in, corrected, new from a day on, wrong, taken back."""

from datetime import date, timedelta

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Headcount
from kientoan.domains.organisation.operations import undo_import
from kientoan.domains.organisation.queries.exchange import Act
from tests.conftest import DAY, NOW, START, Cast

from .test_headcount import given
from .test_sheet_import import HEADCOUNTS, UNITS, Book, done, exported, new_unit, planned, row_of, state

pytestmark = pytest.mark.django_db
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def admin(cast: Cast) -> Viewer:
    return cast.viewer(cast.admin)


@pytest.fixture
def counted(cast: Cast, admin: Viewer) -> Headcount:
    """The district was given 40 civil servants; how many are there nobody said."""
    return given(cast.district, admin, 40, None)


def line(unit: str, start: date | None, assigned: int | None, present: int | None, **more: str) -> dict:
    return {
        "Mã hệ thống": "", "Mã hệ thống đơn vị": unit, "Loại": "Cán bộ, công chức", "Biên chế giao": assigned,
        "Có mặt": present, "Căn cứ": "", "Từ ngày": start, **more,
    }  # fmt: skip


def test_what_goes_out_comes_in_and_missing_stays_missing(
    cast: Cast, admin: Viewer, counted: Headcount
) -> None:
    book = exported(admin)
    row = row_of(book, HEADCOUNTS, **{"Mã hệ thống": f"BC{counted.pk}"})
    assert (row["Biên chế giao"], row["Có mặt"], row["Từ ngày"]) == (40, None, START)
    plan = planned(book, admin)
    assert plan.errors == []
    assert set(plan.counts) == {Act.SAME}


def test_a_number_is_corrected_and_taken_back(cast: Cast, admin: Viewer, counted: Headcount) -> None:
    before = state()
    book = exported(admin)
    row_of(book, HEADCOUNTS, **{"Mã hệ thống": f"BC{counted.pk}"}).update(
        {"Có mặt": 38, "Căn cứ": "Quyết định 12/QĐ-UBND"}
    )
    made = done(book, admin)
    counted.refresh_from_db()
    assert (counted.assigned, counted.present, counted.legal_basis) == (40, 38, "Quyết định 12/QĐ-UBND")
    undo_import(done=made, viewer=admin, at=NOW)
    assert state() == before


def test_new_rows_hold_from_their_day_until_the_next_and_are_taken_back(
    cast: Cast, admin: Viewer, counted: Headcount
) -> None:
    before = state()
    district, ward = f"DV{cast.district.pk}", f"DV{cast.ward.pk}"
    later = NEXT + timedelta(days=100)
    rows = [
        line(district, later, 44, 44), line(district, NEXT, 42, None), line(ward, START, None, 0),
        line("A1", START, 5, 4),
    ]  # fmt: skip
    book = {UNITS: [new_unit("A1", district)], HEADCOUNTS: rows}
    told = [line.name for line in planned(book, admin).lines if line.table == HEADCOUNTS]
    assert told[0] == "Quận Ninh Kiều, Cán bộ, công chức"
    assert told[-1] == "Phòng Mới, Cán bộ, công chức"
    made = done(book, admin)
    spans = [
        (row.assigned, row.present, row.in_force.lower, row.in_force.upper)
        for row in Headcount.objects.filter(unit=cast.district).order_by("in_force")
    ]
    assert spans == [(40, None, START, NEXT), (42, None, NEXT, later), (44, 44, later, None)]
    assert Headcount.objects.get(unit=cast.ward).present == 0
    assert Headcount.objects.count() == 5
    undo_import(done=made, viewer=admin, at=NOW)
    assert state() == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Biên chế giao": None, "Có mặt": None}, "Chưa có số giao, cũng chưa có số có mặt"),
        ({"Từ ngày": START}, "Từ ngày ấy đã có số loại này"),
        ({"Từ ngày": date(1990, 1, 1)}, "Ngày ấy đơn vị không hoạt động"),
        ({"Biên chế giao": -1}, "không thể âm"),
        ({"Loại": "Người máy"}, "Không có mục «Người máy»"),
        ({"Mã hệ thống đơn vị": "DV999999"}, "Không có đơn vị «DV999999»"),
        ({"Mã hệ thống": "BC999999"}, "Không có BC999999 mà bạn được sửa"),
        ({"Biên chế giao": "bốn mươi"}, ""),
    ],
)
def test_a_wrong_row_is_told_with_its_remedy_and_nothing_is_written(
    cast: Cast, admin: Viewer, counted: Headcount, change: dict, words: str
) -> None:
    before = state()
    rows = [line(f"DV{cast.district.pk}", NEXT, 42, 40), line(f"DV{cast.ward.pk}", NEXT, 1, 1)]
    rows[0].update(change)
    plan = planned({HEADCOUNTS: rows}, admin)
    (error,) = plan.errors
    assert words in str(error)
    assert error.cell.row == 2
    assert error.cell.remedy_vi
    assert not plan.ready
    assert state() == before


def test_what_a_row_that_is_there_stands_for_does_not_change(
    cast: Cast, admin: Viewer, counted: Headcount
) -> None:
    book: Book = exported(admin)
    row_of(book, HEADCOUNTS, **{"Mã hệ thống": f"BC{counted.pk}"})["Từ ngày"] = NEXT
    assert "không sửa được" in str(planned(book, admin).errors[0])
    twice = [line(f"DV{cast.ward.pk}", NEXT, 1, 1), line(f"DV{cast.ward.pk}", NEXT, 2, 2)]
    assert "đã ghi số loại này" in str(planned({HEADCOUNTS: twice}, admin).errors[0])


def test_who_organises_another_unit_changes_no_headcount_here(cast: Cast, counted: Headcount) -> None:
    operations.grant_role(
        user=cast.outsider, role="personnel", unit=cast.other_district, start=DAY, end=None, by=None, at=NOW
    )
    viewer = cast.viewer(cast.outsider)
    assert not [row for row in exported(viewer)[HEADCOUNTS] if row["Mã hệ thống"] == f"BC{counted.pk}"]
    plan = planned({HEADCOUNTS: [line(f"DV{cast.district.pk}", NEXT, 42, 40)]}, viewer)
    assert "mà bạn được sửa" in str(plan.errors[0])
