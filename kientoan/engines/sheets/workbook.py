"""Excel workbooks written row by row, for tables too big to hold in memory."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from .shapes import Column, Sheet, Value

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 1_048_576
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MAX_LETTERS = 32_767
_MAX_LINKS = 65_000
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_BORDER = {"border": 1, "border_color": "#A6A6A6"}
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


class TooManyRows(Exception):
    """A sheet has more rows than Excel holds; nothing is handed out."""


def write_workbook(
    sheets: Iterable[Sheet], *, title: str = "", author: str = "", spool: int = 8_000_000
) -> IO[bytes]:
    """Write the sheets into a temporary file and return it, open at its start.

    The file goes when it is closed; up to `spool` bytes it stays in memory. Texts are never
    formulas, whatever they start with. Raises TooManyRows.
    """
    target: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=spool)  # noqa: SIM115 (handed to the caller)
    with tempfile.TemporaryDirectory(prefix="kientoan-") as folder:
        book = xlsxwriter.Workbook(target, _OPTIONS | {"tmpdir": folder})
        try:
            book.set_properties({"title": title, "author": author})
            names: set[str] = set()
            for sheet in sheets:
                _SheetWriter(book, sheet, _sheet_name(sheet.title, names)).write()
            if not names:
                _SheetWriter(book, Sheet("Trang 1", (), ()), "Trang 1").write()
            book.close()
        except BaseException:
            for page in book.worksheets():
                page.row_data_fh.close()
            target.close()
            raise
    target.seek(0)
    return target


class _SheetWriter:
    """Writes one sheet; every row is flushed before the next."""

    def __init__(self, book: Any, sheet: Sheet, name: str) -> None:
        self._sheet = sheet
        self._page = book.add_worksheet(name)
        self._links = 0
        self._title = book.add_format({**_FONT, "bold": True, "font_size": 14})
        self._note = book.add_format({**_FONT, "italic": True})
        self._header = book.add_format(
            {**_FONT, **_BORDER, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
            | {"bg_color": "#F2F2F2"}
        )
        self._formats = [book.add_format({**_FONT, **_BORDER, **_look(column)}) for column in sheet.columns]
        self._plain = book.add_format({**_FONT, **_BORDER, "text_wrap": True})

    def write(self) -> None:
        page, columns = self._page, self._sheet.columns
        top = self._write_top()
        for index, column in enumerate(columns):
            page.set_column(index, index, column.width)
            page.write_string(top, index, _writable(column.header), self._header)
        last = top
        for last, row in enumerate(self._sheet.rows, start=top + 1):
            if last >= MAX_ROWS:
                raise TooManyRows(f"Bảng “{self._sheet.title}” dài quá {MAX_ROWS} dòng mà Excel chứa được.")
            self._write_row(last, row)
        self._set_up(top, last)

    def _write_top(self) -> int:
        """Write title and notes; return the row of the header. A bare table starts with its header."""
        if not self._sheet.notes:
            return 0
        self._page.write_string(0, 0, _writable(self._sheet.title), self._title)
        for number, note in enumerate(self._sheet.notes, start=1):
            self._page.write_string(number, 0, _writable(note), self._note)
        return len(self._sheet.notes) + 2

    def _write_row(self, number: int, row: Sequence[Value]) -> None:
        for index, (column, value) in enumerate(zip(self._sheet.columns, row, strict=True)):
            self._write_cell(number, index, column, value, self._formats[index])

    def _write_cell(self, row: int, index: int, column: Column, value: Value, look: Any) -> None:
        page = self._page
        if value is None or value == "":
            page.write_blank(row, index, None, look)
        elif column.kind == "link" and not isinstance(value, (int, Decimal, date)):
            self._write_link(row, index, value, look)
        elif isinstance(value, date) and value.year >= 1900:
            page.write_datetime(row, index, _naive(value), look)
        elif isinstance(value, (int, Decimal)) and column.kind != "text" and _fits(value):
            page.write_number(row, index, float(value) / (100 if column.kind == "percent" else 1), look)
        else:
            page.write_string(row, index, _writable(write_plain(value)), self._plain)

    def _write_link(self, row: int, index: int, value: str | tuple[str, str], look: Any) -> None:
        address, words = value if isinstance(value, tuple) else (value, value)
        self._links += 1
        if _SAFE_LINK.match(address) and len(address) < 2_000 and self._links <= _MAX_LINKS:
            self._page.write_url(row, index, address, look, _writable(words)[:255])
        else:
            self._page.write_string(row, index, _writable(words), self._plain)

    def _set_up(self, top: int, last: int) -> None:
        page, width = self._page, len(self._sheet.columns)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
        page.fit_to_pages(1, 0)
        page.repeat_rows(top)
        page.set_footer("&C&P/&N")
        page.freeze_panes(top + 1, 0)
        if width:
            page.autofilter(top, 0, max(last, top), width - 1)


def write_plain(value: Value) -> str:
    """Write a value as text the Vietnamese way: 05/01/2026; 1234,5; "" for a blank."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, tuple):
        return value[1]
    return str(value)


def _look(column: Column) -> dict[str, Any]:
    places = "." + "0" * column.decimals if column.decimals else ""
    looks: dict[str, dict[str, Any]] = {
        "text": {"text_wrap": True},
        "link": {"text_wrap": True, "font_color": "#0B57D0", "underline": 1},
        "integer": {"num_format": "#,##0", "align": "right"},
        "decimal": {"num_format": f"#,##0{places}", "align": "right"},
        "percent": {"num_format": f"0{places}%", "align": "right"},
        "date": {"num_format": "dd/mm/yyyy", "align": "center"},
    }
    return looks[column.kind]


def _fits(value: int | Decimal) -> bool:
    """Excel keeps 15 digits; a longer number goes out as text, so that no digit is lost."""
    number = Decimal(value)
    return number.is_finite() and len(number.normalize().as_tuple().digits) <= 15


def _naive(value: date) -> date:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _writable(text: str) -> str:
    text = _CONTROL.sub("", text)
    return text if len(text) <= _MAX_LETTERS else text[: _MAX_LETTERS - 1] + "…"


def _sheet_name(title: str, taken: set[str]) -> str:
    """Name a sheet: at most 31 letters, none that Excel forbids, no name twice."""
    base = _NOT_IN_NAME.sub(" ", _CONTROL.sub("", title)).strip().strip("'")[:31].strip() or "Trang"
    name, number = base, 2
    while name.casefold() in taken:
        name = f"{base[: 31 - len(f' ({number})')]} ({number})"
        number += 1
    taken.add(name.casefold())
    return name
