"""The cells of a row as values of the organisation, and faults told with row, column and remedy."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from kientoan.domains.temporal.models import since
from kientoan.engines.sheets import CellError, Row

from ...sheets import COLUMNS, PREFIXES, choice_of
from .model import Ref, SheetError

_KEY = re.compile(r"([A-ZĐ]{2})(\d{1,18})", re.IGNORECASE)


class Fault(Exception):
    """A cell that cannot be used: `key` of its column, what is wrong, what to do."""

    def __init__(self, key: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.key, self.message, self.remedy = key, message, remedy


def fault_at(table: str, row: int, fault: Fault) -> SheetError:
    """The fault with its place."""
    label = next((one.headers[0] for one in COLUMNS[table] if one.key == fault.key), "")
    return SheetError(table, CellError(row, "", _(label) if label else "", fault.message, fault.remedy))


def tidy(text: object) -> str:
    """Text in NFC with single blanks and no control characters: how two cells are compared."""
    plain = unicodedata.normalize("NFC", str(text or ""))
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in plain).split())


def text_in(row: Row, key: str) -> str:
    """The text of a cell, tidied; '' for a blank."""
    return tidy(row.values.get(key))


def day_in(row: Row, key: str) -> date | None:
    """The day in a cell."""
    value = row.values.get(key)
    return value if isinstance(value, date) else None


def choice_in(row: Row, key: str, choices: Any) -> str:
    """The choice written in a cell. Raises `Fault` with all that may be chosen."""
    found = choice_of(choices, text_in(row, key))
    if found is None:
        known = "; ".join(str(label) for label in choices.labels)
        raise Fault(
            key, _("Không có mục «%(text)s».") % {"text": text_in(row, key)}, _("Ghi một trong: %(known)s.")
            % {"known": known},
        )  # fmt: skip
    return found


def days_in(row: Row) -> DateRange:
    """From the day of one cell through that of another. Raises `Fault`."""
    start, end = day_in(row, "start"), day_in(row, "end")
    if start is None:
        raise Fault("start", _("Thiếu ngày bắt đầu."), _("Ghi ngày/tháng/năm, ví dụ 01/07/2026."))
    if end is not None and end < start:
        raise Fault("end", _("Ngày cuối trước ngày đầu."), _("Sửa một trong hai ngày."))
    return since(start, end and end + timedelta(days=1))


def system_id(table: str, text: str) -> int | None:
    """The number in a system key of the table ("DV12" → 12); None: a key of the workbook's own.

    Raises `Fault` when it is the key of another kind of record.
    """
    found = _KEY.fullmatch(text)
    if found is None:
        return None
    prefix = found[1].upper()
    if prefix == PREFIXES[table]:
        return int(found[2])
    if prefix in PREFIXES.values():
        other = next(name for name, one in PREFIXES.items() if one == prefix)
        raise Fault(
            "key", _("«%(text)s» là mã của trang “%(other)s”.") % {"text": text, "other": _(other)},
            _("Ghi mã bắt đầu bằng %(prefix)s.") % {"prefix": PREFIXES[table]},
        )  # fmt: skip
    return None


def reference(row: Row, key: str, table: str, own: Mapping[str, int], codes: Mapping[str, int]) -> Ref:
    """The record of the table that a cell names: by system key, by a key of the workbook, or by unit code.

    Raises `Fault` when the workbook has no such key.
    """
    text = text_in(row, key)
    try:
        number = system_id(table, text)
    except Fault as fault:
        raise Fault(key, fault.message, fault.remedy) from None
    if number is not None:
        return number
    if text.lower() in own:
        return text.lower()
    if text in codes:
        return codes[text]
    raise Fault(
        key, _("Không có «%(text)s» trong hệ thống hay trong tệp.") % {"text": text},
        _("Ghi mã hệ thống (%(prefix)s…), hoặc mã tự đặt của một dòng khác ở trang “%(table)s”.")
        % {"prefix": PREFIXES[table], "table": _(table)},
    )  # fmt: skip
