"""Tables to take away: one sheet or several as Excel, or one as CSV, written in streams."""

from collections.abc import Sequence
from typing import IO

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kientoan.engines.sheets import Sheet, write_csv, write_workbook

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_answer(sheets: Sequence[Sheet], name: str, *, title: str) -> FileResponse:
    """The sheets as the file `name`.xlsx."""
    file: IO[bytes] = write_workbook(sheets, title=title)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=EXCEL)


def sheet_answer(sheet: Sheet, name: str, *, form: str | None = None, title: str = "") -> HttpResponseBase:
    """The sheet as Excel, or as CSV when `form` is 'csv'."""
    if form != "csv":
        return workbook_answer([sheet], name, title=title or sheet.title)
    response = StreamingHttpResponse(write_csv(sheet), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
