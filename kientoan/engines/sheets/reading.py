"""Tables that people send (Excel, CSV, pasted cells): values by column, and every fault with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .cells import CellProblem, convert, is_blank
from .grid import Grid, read_grids
from .header import SEARCHED_ROWS, Expected, Header, find_header, plain

Read = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class CellError:
    """A fault at a place: row as the spreadsheet counts it (0 for the whole table), column letter, header."""

    row: int
    column_letter: str
    field: str
    message_vi: str
    remedy_vi: str

    def __str__(self) -> str:
        place = f"Dòng {self.row}, cột {self.column_letter} ({self.field}): " if self.row else ""
        return f"{place}{self.message_vi} {self.remedy_vi}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number in the spreadsheet, values by key (None for a blank), its faults.

    A key whose cell is at fault is absent from `values`.
    """

    number: int
    values: dict[str, Read]
    errors: tuple[CellError, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetIn:
    """What was read. `errors` are those of the whole table (missing columns); rows have their own."""

    title: str
    rows: tuple[Row, ...]
    errors: tuple[CellError, ...]
    unknown_columns: tuple[str, ...]

    @property
    def all_errors(self) -> tuple[CellError, ...]:
        """The faults of the table, then of its rows."""
        return self.errors + tuple(error for row in self.rows for error in row.errors)


def read_sheet(source: bytes | str, *, name: str, columns: Sequence[Expected]) -> SheetIn:
    """Read a table: the bytes of a file, or text pasted from a spreadsheet.

    The header may stand in any of the first 20 rows of any visible sheet; wordings are
    compared without diacritics, case and punctuation. Blank rows are passed over. Raises
    UnreadableSheet where the file is no table; a table without the needed columns is
    returned without rows and with the reason in `errors`.
    """
    expected = tuple(columns)
    found = [(grid, find_header(grid, expected)) for grid in read_grids(source, name=name)]
    grid, header = max(found, key=lambda pair: len(pair[1].places) if pair[1] else 0)
    return _read_table(grid, header, expected)


def read_tables(
    source: bytes | str, *, name: str, tables: Mapping[str, Sequence[Expected]]
) -> dict[str, SheetIn]:
    """Read a workbook of several tables, each on the sheet of its title; title → table, for those there.

    Titles are compared as headers are. Where no sheet has any of the titles (a CSV file, sheets renamed) the
    one table is read whose columns fit best. Raises UnreadableSheet.
    """
    grids = read_grids(source, name=name)
    titled = {plain(grid.title): grid for grid in grids}
    there = {title: titled[plain(title)] for title in tables if plain(title) in titled}
    if not there:
        fits = {
            title: (len(header.places) if header else 0, grid)
            for title, columns in tables.items()
            for grid in grids
            for header in [find_header(grid, tuple(columns))]
        }
        best = max(fits, key=lambda title: fits[title][0])
        there = {best: fits[best][1]}
    return {
        title: _read_table(grid, find_header(grid, tuple(tables[title])), tuple(tables[title]))
        for title, grid in there.items()
    }


def _read_table(grid: Grid, header: Header | None, expected: tuple[Expected, ...]) -> SheetIn:
    if header is None:
        return SheetIn(grid.title, (), (_no_header(expected),), ())
    errors = _header_errors(header, expected)
    if errors:
        return SheetIn(grid.title, (), errors, header.unknown)
    return SheetIn(grid.title, tuple(_read_rows(grid, header, expected)), (), header.unknown)


def column_letter(index: int) -> str:
    """Name a column (from 0) as spreadsheets do: A … Z, AA …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _read_rows(grid: Grid, header: Header, expected: tuple[Expected, ...]) -> list[Row]:
    places = [(column, header.places[column.key]) for column in expected if column.key in header.places]
    rows = []
    for index in range(header.first_row, len(grid.rows)):
        raw = grid.rows[index]
        if any(not is_blank(cell) for cell in raw) or any(
            (index, place) in grid.uncached or (index, place) in grid.faults for _, place in places
        ):
            rows.append(_read_row(grid, header, index, places))
    return rows


def _read_row(grid: Grid, header: Header, index: int, places: list[tuple[Expected, int]]) -> Row:
    raw = grid.rows[index]
    values: dict[str, Read] = {}
    errors: list[CellError] = []
    for column, place in places:
        cell = raw[place] if place < len(raw) else ""
        try:
            _refuse_formula(grid, (index, place))
            if is_blank(cell):
                if column.required and not column.may_be_blank:
                    raise CellProblem("Ô bắt buộc đang để trống.", "Nhập giá trị cho ô này.")
                values[column.key] = None
            else:
                percent = ((index, place) in grid.percent) if grid.knows_percent else None
                values[column.key] = convert(cell, column.kind, shown_as_percent=percent)
        except CellProblem as problem:
            field = header.labels.get(place, column.headers[0])
            letter = column_letter(place)
            errors.append(CellError(index + 1, letter, field, problem.message_vi, problem.remedy_vi))
    return Row(index + 1, values, tuple(errors))


def _refuse_formula(grid: Grid, place: tuple[int, int]) -> None:
    if place in grid.uncached:
        raise CellProblem(
            "Ô chứa công thức chưa được tính.",
            "Mở tệp bằng Excel, bấm Lưu để tính lại, hoặc dán giá trị thay công thức.",
        )
    if place in grid.faults:
        raise CellProblem(
            f"Ô báo lỗi {grid.faults[place]} của Excel.", "Sửa công thức hoặc nhập giá trị trực tiếp."
        )


def _header_errors(header: Header, expected: tuple[Expected, ...]) -> tuple[CellError, ...]:
    seen = ", ".join(f"“{label}”" for label in list(header.labels.values())[:15])
    errors = [
        CellError(
            0,
            "",
            column.headers[0],
            f"Thiếu cột “{column.headers[0]}”. Các cột tìm thấy: {seen}.",
            "Đặt tên cột là " + " hoặc ".join(f"“{wording}”" for wording in column.headers[:4]) + ".",
        )
        for column in expected
        if column.required and column.key not in header.places
    ]
    errors += [
        CellError(0, "", name, f"Có hai cột cùng tên “{name}”.", "Giữ lại một cột, đổi tên hoặc xóa cột kia.")
        for name in header.doubled
    ]
    return tuple(errors)


def _no_header(expected: tuple[Expected, ...]) -> CellError:
    names = ", ".join(f"“{column.headers[0]}”" for column in expected if column.required)
    return CellError(
        0,
        "",
        "",
        f"Không thấy dòng tiêu đề trong {SEARCHED_ROWS} dòng đầu.",
        f"Bảng cần có dòng tiêu đề với các cột: {names}.",
    )
