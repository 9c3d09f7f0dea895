"""CSV for Excel: streamed, UTF-8 with its mark, parted by semicolons as the decimal comma requires."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from .shapes import Column, Sheet, Value
from .workbook import write_plain

MEDIA_TYPE = "text/csv; charset=utf-8"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_BATCH = 500


def write_csv(sheet: Sheet) -> Iterator[bytes]:
    """Yield the table as CSV, a few hundred rows at a time.

    Numbers are written 1234,5 and days 05/01/2026. A text that Excel would run as a formula
    (it starts with = + - @) gets an apostrophe in front; `read_sheet` takes it off again.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([_guard(column.header) for column in sheet.columns])
    for number, row in enumerate(sheet.rows, start=1):
        writer.writerow(
            [_write_cell(column, value) for column, value in zip(sheet.columns, row, strict=True)]
        )
        if number % _BATCH == 0:
            yield _drain(buffer)
    yield _drain(buffer)


def _write_cell(column: Column, value: Value) -> str:
    if isinstance(value, tuple):
        value = value[0] if column.kind == "link" else value[1]
    written = write_plain(value)
    if column.kind == "percent" and written and not isinstance(value, str):
        return f"{written}%"
    return _guard(written) if isinstance(value, str) else written


def _guard(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _drain(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return content
