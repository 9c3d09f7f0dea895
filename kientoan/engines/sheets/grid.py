"""Files and pasted text as a grid of raw cells, with what the cells alone do not tell."""

from __future__ import annotations

import csv
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import PurePath

import python_calamine as calamine
from lxml import etree

from kientoan.engines.packages import PackageError, open_package, parse_xml, read_part

MAX_CELLS = 20_000_000
MAX_BYTES = 50 * 1024 * 1024
Raw = str | float | int | bool | date | datetime | time | timedelta
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FILLED_CELL = re.compile(rb"<c r=[\"']([A-Z]{1,3})([0-9]{1,12})[\"'][^>/]*>")
_PERCENT_STYLES = frozenset({"9", "10"})


class UnreadableSheet(Exception):
    """The file is no table that can be read.

    Codes: empty, too_big, bomb, encrypted, broken, encoding, wrong_kind.
    """

    def __init__(self, code: str, message_vi: str, remedy_vi: str) -> None:
        super().__init__(f"{message_vi} {remedy_vi}")
        self.code = code
        self.message_vi = message_vi
        self.remedy_vi = remedy_vi


@dataclass(slots=True)
class Grid:
    """One sheet. Cells are counted from (0, 0); a blank is "".

    `merged` are (first row, first column, last row, last column). `percent` are cells that
    Excel shows as percentages, `uncached` formulas without a kept value, `faults` cells that
    hold an Excel error (#N/A, #DIV/0!) with its name.
    """

    title: str
    rows: list[list[Raw]]
    is_text: bool
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    percent: set[tuple[int, int]] = field(default_factory=set)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    knows_percent: bool = True


PACKED = (".xlsx", ".xlsm", ".ods")  # kinds of file that are always a package


def read_grids(source: bytes | str, *, name: str) -> list[Grid]:
    """Return the visible sheets of a workbook, or the one table of a CSV file or a pasted text.

    Raises UnreadableSheet.
    """
    if isinstance(source, str):
        return [_read_delimited(source, "Dữ liệu dán vào")]
    if not source:
        raise UnreadableSheet("empty", "Tệp rỗng, không có nội dung.", "Kiểm tra lại tệp rồi gửi lại.")
    if len(source) > MAX_BYTES:
        raise UnreadableSheet(
            "too_big",
            f"Tệp nặng {len(source) / 1024 / 1024:.0f} MB, quá giới hạn {MAX_BYTES // 1024 // 1024} MB.",
            "Tách bảng thành nhiều tệp rồi gửi từng tệp.",
        )
    if source.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _read_workbook(source)
    if source.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
        raise _wrong_kind()
    grid = _read_delimited(_decode(source), PurePath(name).stem)
    named_so = PurePath(name).suffix.lower() in PACKED
    if named_so and all(len(row) < 2 for row in grid.rows):  # a CSV under that name is read, other text not
        raise _wrong_kind()
    return [grid]


def _read_workbook(data: bytes) -> list[Grid]:
    if "EncryptedPackage".encode("utf-16-le") in data[:200_000]:
        raise _refuse("encrypted")
    package: zipfile.ZipFile | None = None
    try:
        if data.startswith(b"PK"):
            package = open_package(data)
            if "word/document.xml" in package.namelist():
                raise _wrong_kind()
            _refuse_vast(package)
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [
                sheet
                for sheet in book.sheets_metadata
                if sheet.visible == calamine.SheetVisibleEnum.Visible
                and sheet.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            grids = [_read_page(book.get_sheet_by_name(sheet.name), sheet.name) for sheet in shown]
        if package is not None and "xl/workbook.xml" in package.namelist():
            _mark_cells(package, {grid.title: grid for grid in grids})
        else:
            for grid in grids:
                grid.knows_percent = False
    except calamine.PasswordError:
        raise _refuse("encrypted") from None
    except calamine.CalamineError:
        raise _refuse("broken") from None
    except PackageError as error:
        raise _refuse(error.code) from None
    if not grids:
        raise UnreadableSheet(
            "empty", "Tệp Excel không có trang nào hiện ra.", "Bỏ ẩn trang cần nhập rồi gửi lại."
        )
    return grids


def _refuse_vast(package: zipfile.ZipFile) -> None:
    """Refuse a sheet with a cell so far out that the grid up to it would fill the memory."""
    for name in package.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            content = read_part(package, name) or b""
            last_row = last_column = 0
            for letters, number in _FILLED_CELL.findall(content):
                last_row = max(last_row, int(number))
                last_column = max(last_column, _place(letters.decode() + "1")[1] + 1)
            if last_row * last_column > MAX_CELLS:
                raise UnreadableSheet(
                    "too_big",
                    f"Bảng trải tới dòng {last_row}, cột thứ {last_column}, quá lớn để đọc.",
                    "Xóa các ô thừa ở xa ngoài bảng, hoặc chép bảng sang tệp mới rồi gửi lại.",
                )


def _read_page(page: calamine.CalamineSheet, title: str) -> Grid:
    merged = [(a[0], a[1], b[0], b[1]) for a, b in page.merged_cell_ranges or ()]
    return Grid(title, page.to_python(skip_empty_area=False), is_text=False, merged=merged)


def _mark_cells(package: zipfile.ZipFile, grids: dict[str, Grid]) -> None:
    """Find percentages, formulas without value and errors, of which the cell values say nothing."""
    book = parse_xml(read_part(package, "xl/workbook.xml") or b"")
    links = parse_xml(read_part(package, "xl/_rels/workbook.xml.rels") or b"")
    targets = {node.get("Id"): node.get("Target", "") for node in links}
    styles = _percent_styles(read_part(package, "xl/styles.xml"))
    for node in book.iter(f"{_MAIN}sheet"):
        grid = grids.get(node.get("name", ""))
        target = targets.get(node.get(_RELATION), "")
        content = read_part(package, posixpath.normpath(posixpath.join("/xl", target)).lstrip("/"))
        if grid is not None and content:
            _mark_page(content, styles, grid)


def _mark_page(content: bytes, styles: set[str], grid: Grid) -> None:
    if not styles and b"<f" not in content and b't="e"' not in content:
        return
    cells = etree.iterparse(
        io.BytesIO(content), tag=f"{_MAIN}c", resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, cell in cells:
            value = cell.findtext(f"{_MAIN}v")
            if cell.get("t") == "e":
                grid.faults[_place(cell.get("r", "A1"))] = value or "lỗi"
            elif not value and cell.find(f"{_MAIN}f") is not None:
                grid.uncached.add(_place(cell.get("r", "A1")))
            elif cell.get("s") in styles:
                grid.percent.add(_place(cell.get("r", "A1")))
            cell.clear()
    except etree.XMLSyntaxError:
        raise PackageError("broken") from None
    last = max((row for row, _ in (*grid.uncached, *grid.faults)), default=-1)
    grid.rows.extend([] for _ in range(last + 1 - len(grid.rows)))  # cells without value end no sheet


def _percent_styles(content: bytes | None) -> set[str]:
    """Return the numbers of the cell styles that show a percentage."""
    if not content:
        return set()
    root = parse_xml(content)
    own = {
        node.get("numFmtId")
        for node in root.iter(f"{_MAIN}numFmt")
        if "%" in "".join(node.get("formatCode", "").split('"')[::2])
    }
    formats = root.find(f"{_MAIN}cellXfs")
    used = [] if formats is None else [node.get("numFmtId", "0") for node in formats]
    return {str(index) for index, number in enumerate(used) if number in own or number in _PERCENT_STYLES}


def _place(reference: str) -> tuple[int, int]:
    """Turn "C5" into (4, 2)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :] or 1) - 1, column - 1


def _decode(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableSheet(
        "encoding",
        "Tệp CSV không ở bảng mã UTF-8 nên chữ tiếng Việt không đọc được chắc chắn.",
        "Trong Excel chọn Lưu thành (Save As) “CSV UTF-8” hoặc “.xlsx” rồi gửi lại.",
    )


def _read_delimited(text: str, title: str) -> Grid:
    if not text.strip():
        raise UnreadableSheet(
            "empty", "Không có dữ liệu nào.", "Chọn các ô trong Excel, chép rồi dán vào đây."
        )
    text = text.removeprefix("\ufeff")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        raise _refuse("broken") from None
    cells: list[list[Raw]] = [[_unguard(cell) for cell in row] for row in rows]
    return Grid(title, cells, is_text=True)


def _delimiter(text: str) -> str:
    """Choose the sign that parts most lines into the same number of cells, at least two."""
    lines = [line for line in text.splitlines()[:30] if line.strip()]
    best, score = "\t", 0.0
    for sign in ("\t", ";", ",", "|"):
        counts = [len(row) for row in csv.reader(lines, delimiter=sign)]
        common = max(set(counts), key=counts.count)
        if common > 1 and counts.count(common) / len(counts) > score:
            best, score = sign, counts.count(common) / len(counts)
    return best


def _unguard(cell: str) -> str:
    """Take off the apostrophe that `write_csv` puts before what Excel would run."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r") else cell


def _refuse(code: str) -> UnreadableSheet:
    said = {
        "broken": (
            "Tệp bảng tính bị hỏng, không mở được.",
            "Mở tệp bằng Excel, lưu lại thành .xlsx rồi gửi lại.",
        ),
        "bomb": (
            "Tệp phình to bất thường khi mở nên bị từ chối.",
            "Lưu lại bảng thành tệp .xlsx mới rồi gửi lại.",
        ),
        "encrypted": ("Tệp được đặt mật khẩu nên không đọc được.", "Bỏ mật khẩu, lưu rồi gửi lại."),
    }
    return UnreadableSheet(code, *said[code])


def _wrong_kind() -> UnreadableSheet:
    return UnreadableSheet(
        "wrong_kind",
        "Tệp này không phải bảng tính.",
        "Gửi tệp Excel (.xlsx, .xls), OpenDocument (.ods) hoặc CSV.",
    )
