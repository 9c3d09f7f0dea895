"""The organisation's workbook: out and in again, corrections, new records, faults, and taking it back."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import (
    Headcount,
    Membership,
    Person,
    Placement,
    Post,
    SheetImport,
    Unit,
    UnitCode,
    UnitVersion,
)
from kientoan.domains.organisation.operations import CannotTakeBack, NotReady, import_sheets, undo_import
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.organisation.queries.exchange import Act, SheetPlan, plan_sheets
from kientoan.domains.organisation.sheets import COLUMNS, organisation_sheets
from kientoan.domains.temporal.models import Stale
from kientoan.engines.sheets import Sheet, Value, read_tables, write_workbook
from tests.conftest import DAY, NOW, START, Cast

pytestmark = pytest.mark.django_db
UNITS, POSTS, PEOPLE, HOLDINGS, HEADCOUNTS = COLUMNS
Book = dict[str, list[dict[str, Any]]]


def exported(viewer: Viewer, under: int | None = None) -> Book:
    """The workbook as lists of rows: header → value."""
    return {
        sheet.title: [
            dict(zip([column.header for column in sheet.columns], row, strict=True)) for row in sheet.rows
        ]
        for sheet in organisation_sheets(viewer, DAY, under)
    }


def written(book: Book) -> bytes:
    """The rows as an Excel file."""
    by_title = {title: {one.headers[0]: one for one in columns} for title, columns in COLUMNS.items()}

    def sheet(title: str, rows: list[dict[str, Any]]) -> Sheet:
        from kientoan.engines.sheets import Column

        headers = list(rows[0]) if rows else list(by_title[title])
        columns = [
            Column(name, by_title[title][name].kind if name in by_title[title] else "text")
            for name in headers
        ]
        lines: Iterable[list[Value]] = ([row.get(name) for name in headers] for row in rows)
        return Sheet(title, columns, lines)

    with write_workbook([sheet(title, rows) for title, rows in book.items()]) as file:
        return file.read()


def planned(book: Book | bytes, viewer: Viewer) -> SheetPlan:
    data = book if isinstance(book, bytes) else written(book)
    return plan_sheets(read_tables(data, name="to-chuc.xlsx", tables=COLUMNS), viewer=viewer, day=DAY)


def done(book: Book | bytes, viewer: Viewer) -> SheetImport:
    return import_sheets(plan=planned(book, viewer), source="to-chuc.xlsx", viewer=viewer, at=NOW)


def state() -> list[list[Any]]:
    models = (Unit, UnitVersion, UnitCode, Placement, Post, Person, Membership, Headcount)
    return [list(model._default_manager.order_by("pk").values_list()) for model in models]


def row_of(book: Book, table: str, **wanted: str) -> dict[str, Any]:
    (found,) = [row for row in book[table] if all(row[key] == value for key, value in wanted.items())]
    return found


def new_unit(key: str, parent: str, name: str = "Phòng Mới", **more: Any) -> dict[str, Any]:
    return {
        "Mã hệ thống": key, "Tên đơn vị": name, "Loại": "Phòng, chi cục", "Cấp": "Cấp huyện",
        "Cấp trên chính quyền": parent, "Thành lập từ ngày": START, **more,
    }  # fmt: skip


@pytest.fixture
def admin(cast: Cast) -> Viewer:
    return cast.viewer(cast.admin)


def test_what_goes_out_comes_in_and_changes_nothing(admin: Viewer) -> None:
    before = state()
    with write_workbook(organisation_sheets(admin, DAY)) as file:
        plan = planned(file.read(), admin)
    assert plan.errors == []
    assert set(plan.counts) == {Act.SAME}
    assert not plan.ready
    assert plan.unknown_columns == ()
    assert state() == before


words = st.text(
    st.characters(categories=["L", "N", "P", "Zs"], exclude_characters=";"), min_size=1, max_size=40
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_changing_some_cells_makes_just_as_many_updates(cast: Cast, data: st.DataObject) -> None:
    admin = cast.viewer(cast.admin)
    for unit in (cast.city, cast.ward):
        name = data.draw(words.filter(lambda text: text.strip() != ""))
        UnitVersion.objects.filter(unit=unit).update(name=name, short_name=data.draw(words))
    book = exported(admin)
    assert set(planned(book, admin).counts) == {Act.SAME}
    cells = [(UNITS, "Tên đơn vị"), (POSTS, "Chức danh"), (PEOPLE, "Họ và tên")]
    places = [(table, column, at) for table, column in cells for at in range(len(book[table]))]
    chosen = data.draw(st.lists(st.sampled_from(places), unique=True, max_size=6))
    for table, column, at in chosen:
        row = book[table][at]
        row[column] = f"{row[column].strip()} sửa"
    plan = planned(book, admin)
    assert plan.errors == []
    assert plan.counts[Act.CHANGE] == len(chosen)
    assert sum(len(line.changes) for line in plan.lines) == len(chosen)
    if chosen:
        import_sheets(plan=plan, source="x", viewer=admin, at=NOW)
        assert set(planned(book, admin).counts) == {Act.SAME}


def test_new_units_stand_under_each_other_whatever_the_order_of_rows(admin: Viewer, cast: Cast) -> None:
    book = exported(admin)
    book[UNITS] = [
        new_unit("c", "b", "Tổ Ba"), new_unit("a", f"DV{cast.district.pk}", "Phòng Một"),
        new_unit("b", "A", "Tổ Hai", **{"Mã đơn vị hành chính": "99001"}),
    ]  # fmt: skip
    book[POSTS] = [
        {"Mã hệ thống": "p1", "Mã hệ thống đơn vị": "c", "Chức danh": "Tổ trưởng", "Hạng": "cap truong",
         "Thường trực": "Có", "Từ ngày": START},
    ]  # fmt: skip
    book[PEOPLE] = [{"Mã hệ thống": "n1", "Họ và tên": "Lý Mới"}]
    book[HOLDINGS] = [
        {"Mã hệ thống": None, "Mã hệ thống cán bộ": "n1", "Họ và tên": "Lý Mới",
         "Mã hệ thống chức danh": "P1", "Từ ngày": DAY, "Đến hết ngày": date(2018, 12, 31)},
    ]  # fmt: skip
    made = done(book, admin)
    assert (made.added, made.changed) == (6, 0)
    units = {unit.name: unit for unit in units_on(DAY).values()}
    above = dict(Placement.objects.on(DAY).values_list("unit_id", "parent_id"))
    assert above[units["Tổ Ba"].id] == units["Tổ Hai"].id
    assert above[units["Phòng Một"].id] == cast.district.pk
    holding = Membership.objects.get(person__full_name="Lý Mới")
    assert (holding.post.unit_id, holding.post.standing) == (units["Tổ Ba"].id, True)
    assert holding.in_force.upper == date(2019, 1, 1)  # through 31/12
    assert Entry.objects.filter(verb="organisation.import").count() == 1


def test_decomposed_letters_are_the_same_letters(admin: Viewer) -> None:
    book = exported(admin)
    for rows in book.values():
        for row in rows:
            for key, value in row.items():
                row[key] = unicodedata.normalize("NFD", value) if isinstance(value, str) else value
    plan = planned(book, admin)
    assert plan.errors == []
    assert set(plan.counts) == {Act.SAME}


def test_a_name_with_a_later_day_holds_from_that_day(admin: Viewer, cast: Cast) -> None:
    book = exported(admin)
    row = row_of(book, UNITS, **{"Mã hệ thống": f"DV{cast.ward.pk}"})
    row |= {"Tên đơn vị": "Phường Cái Khế Mới", "Tên có từ ngày": date(2018, 6, 1)}
    done(book, admin)
    names = UnitVersion.objects.filter(unit=cast.ward).order_by("in_force").values_list("name", flat=True)
    assert list(names) == ["Phường Cái Khế", "Phường Cái Khế Mới"]
    assert UnitVersion.objects.on(date(2018, 5, 31)).get(unit=cast.ward).name == "Phường Cái Khế"


def test_who_holds_a_post_is_followed_by_another(admin: Viewer, cast: Cast) -> None:
    book = exported(admin)
    (row,) = book[HOLDINGS]
    row["Đến hết ngày"] = date(2018, 6, 30)
    other = Person.objects.get(user=cast.reporter)
    book[HOLDINGS].append(
        {"Mã hệ thống cán bộ": f"CB{other.pk}", "Mã hệ thống chức danh": f"CD{cast.district_head_post.pk}",
         "Từ ngày": date(2018, 7, 1)}
    )  # fmt: skip
    made = done(book, admin)
    assert (made.added, made.changed) == (1, 1)
    assert Membership.objects.on(date(2018, 7, 1)).get(post=cast.district_head_post).person == other


DECISION = "quyết định sắp xếp"
FAULTS: list[tuple[str, Any, str, str]] = [
    (UNITS, lambda row: row | {"Cấp trên chính quyền": "(gốc)"}, "Cấp trên chính quyền", DECISION),
    (UNITS, lambda row: row | {"Mã đơn vị hành chính": "77777"}, "Mã đơn vị hành chính", DECISION),
    (UNITS, lambda row: row | {"Hoạt động đến hết ngày": DAY}, "Hoạt động đến hết ngày", DECISION),
    (UNITS, lambda row: row | {"Loại": "Thôn"}, "Loại", "Phường"),
    (UNITS, lambda row: row | {"Tên có từ ngày": date(2018, 6, 1)}, "Tên có từ ngày", "tên"),
    (UNITS, lambda row: row | {"Mã hệ thống": "DV999999"}, "Mã hệ thống", "để trống"),
    (UNITS, lambda row: row | {"Mã hệ thống": "CD1"}, "Mã hệ thống", "DV"),
    (POSTS, lambda row: row | {"Hạng": "Sếp"}, "Hạng", "Cấp trưởng"),
    (POSTS, lambda row: row | {"Thường trực": "có lẽ"}, "Thường trực", "Có"),
    (PEOPLE, lambda row: row | {"Mã hệ thống": "CB999999"}, "Mã hệ thống", "để trống"),
    (HOLDINGS, lambda row: row | {"Họ và tên": "Ai Đó Khác"}, "Họ và tên", "Sửa mã"),
    (HOLDINGS, lambda row: row | {"Mã hệ thống": ""}, "Từ ngày", "Ghi ngày cuối"),
    (HOLDINGS, lambda row: row | {"Đến hết ngày": date(2016, 1, 1)}, "Đến hết ngày", "Sửa"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "change", "field", "remedy"), FAULTS)
def test_a_fault_is_told_with_its_row_field_and_remedy(
    admin: Viewer, cast: Cast, table: str, change: Any, field: str, remedy: str
) -> None:
    book = exported(admin)
    at = next(
        n for n, row in enumerate(book[table]) if table != UNITS or row["Mã hệ thống"] == f"DV{cast.ward.pk}"
    )
    book[table][at] = change(book[table][at])
    if not book[table][at]["Mã hệ thống"]:
        book[table].append(exported(admin)[table][at])
    before = state()
    plan = planned(book, admin)
    (error,) = plan.errors
    assert (error.table, error.cell.row, error.cell.field) == (table, at + 2, field)
    assert remedy in error.cell.remedy_vi
    with pytest.raises(NotReady):
        import_sheets(plan=plan, source="x", viewer=admin, at=NOW)
    assert state() == before


def test_all_faults_of_all_sheets_are_told_at_once(admin: Viewer, cast: Cast) -> None:
    book = exported(admin)
    book[UNITS] += [
        new_unit("a", "b"), new_unit("b", "a"), new_unit("c", "zz"), new_unit("c", f"DV{cast.city.pk}"),
        new_unit("d", f"DV{cast.city.pk}", **{"Mã đơn vị hành chính": "916"}),
        new_unit("e", f"DV{cast.city.pk}", **{"Thành lập từ ngày": date(2010, 1, 1)}),
        new_unit("f", "", **{"Thành lập từ ngày": None}),
    ]  # fmt: skip
    book[POSTS].append({"Mã hệ thống đơn vị": "yy", "Chức danh": "X", "Hạng": "Cấp phó", "Từ ngày": START})
    told = [str(error) for error in planned(book, admin).errors]
    for part in ("vòng lại", "zz", "đã có ở dòng", "Mã 916", "chỉ hoạt động", "Thiếu ngày", "yy"):
        assert any(part in one for one in told), part


def test_missing_columns_are_named(admin: Viewer) -> None:
    book = exported(admin)
    for row in book[UNITS]:
        del row["Loại"], row["Mã hệ thống"]
    told = [str(error) for error in planned(book, admin).errors]
    assert any("Thiếu cột “Loại”" in one for one in told)
    assert any("Thiếu cột “Mã hệ thống”" in one for one in told)


def test_columns_that_are_not_there_leave_the_values_alone(admin: Viewer) -> None:
    book = exported(admin)
    for row in book[UNITS]:
        for name in ("Tên viết tắt", "Tên khác", "Cấp trên chính quyền", "Hoạt động đến hết ngày"):
            del row[name]
    assert set(planned(book, admin).counts) == {Act.SAME}


def test_who_organises_a_district_changes_only_that(cast: Cast) -> None:
    operations.grant_role(
        user=cast.outsider, role="personnel", unit=cast.other_district, start=START, end=None, by=None, at=NOW
    )
    viewer, admin = cast.viewer(cast.outsider), cast.viewer(cast.admin)
    own = exported(viewer)
    assert [row["Mã hệ thống"] for row in own[UNITS]] == [f"DV{cast.other_district.pk}"]
    book = exported(admin)
    keys = {error.cell.row for error in planned(book, viewer).errors if error.table == UNITS}
    assert len(keys) == len(book[UNITS]) - 1
    own[UNITS].append(new_unit("", f"DV{cast.city.pk}"))
    (error,) = planned(own, viewer).errors
    assert "mà bạn được sửa" in error.cell.message_vi
    own[UNITS][-1]["Cấp trên chính quyền"] = f"DV{cast.other_district.pk}"
    assert done(own, viewer).added == 1


def test_who_organises_nothing_reads_nothing_in(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        planned(exported(cast.viewer(cast.admin)), cast.viewer(cast.officer))


def test_an_import_is_taken_back_row_for_row(admin: Viewer, cast: Cast) -> None:
    before, book = state(), exported(admin)
    row = row_of(book, UNITS, **{"Mã hệ thống": f"DV{cast.ward.pk}"})
    row |= {"Tên đơn vị": "Phường Khác", "Tên có từ ngày": date(2018, 6, 1), "Cấp trên Đảng": "a"}
    book[UNITS].append(new_unit("a", f"DV{cast.city.pk}", **{"Cấp trên Đảng": "(gốc)"}))
    book[PEOPLE][0]["Họ và tên"] = "Tên Đã Sửa"
    book[HOLDINGS][0] |= {"Đến hết ngày": date(2018, 12, 31), "Họ và tên": ""}
    made = done(book, admin)
    assert state() != before
    undo_import(done=made, viewer=admin, at=NOW)
    assert state() == before
    with pytest.raises(CannotTakeBack):
        undo_import(done=made, viewer=admin, at=NOW)


def test_an_import_on_which_something_stands_is_not_taken_back(admin: Viewer, cast: Cast) -> None:
    book = exported(admin)
    book[UNITS].append(new_unit("a", f"DV{cast.city.pk}"))
    book[PEOPLE][0]["Họ và tên"] = "Tên Đã Sửa"
    made = done(book, admin)
    unit = Unit.objects.get(pk=made.done["created"]["Unit"][0])
    operations.create_post(unit=unit, title="Trưởng phòng", rank="head", start=START)
    with pytest.raises(CannotTakeBack):
        undo_import(done=made, viewer=admin, at=NOW)
    Person.objects.filter(full_name="Tên Đã Sửa").update(full_name="Lần Nữa")
    with pytest.raises(CannotTakeBack, match="đã được sửa sau đó"):
        undo_import(done=made, viewer=admin, at=NOW)
    with pytest.raises(NotAllowed):
        undo_import(done=made, viewer=cast.viewer(cast.officer), at=NOW)


def test_a_record_changed_since_the_dry_run_is_not_overwritten(admin: Viewer) -> None:
    book = exported(admin)
    book[PEOPLE][0]["Họ và tên"] = "Tên Đã Sửa"
    plan = planned(book, admin)
    Person.objects.filter(pk=book[PEOPLE][0]["Mã hệ thống"][2:]).update(full_name="Người Khác Sửa")
    with pytest.raises(Stale):
        import_sheets(plan=plan, source="x", viewer=admin, at=NOW)


def test_five_thousand_rows_are_read_in_together(
    admin: Viewer, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    book = exported(admin)
    book[UNITS] = [
        new_unit(f"u{n}", f"u{n // 10}" if n else f"DV{cast.city.pk}", f"Tổ {n}") for n in range(5000)
    ]
    data = written(book)
    with django_assert_max_num_queries(80):
        assert done(data, admin).added == 5000
