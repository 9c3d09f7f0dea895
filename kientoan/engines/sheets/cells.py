"""One raw cell to one value, or to the reason why it is none."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from kientoan.engines.vietnamese import NumberError, nfc, parse_number

from .grid import Raw
from .shapes import Kind

_DAY = re.compile(
    r"(?:ngày\s+)?(\d{1,2})(?:\s*[/.\-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.\-]\s*|\s+năm\s+)(\d{4})", re.I
)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+Z?)?")
_ENGLISH = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+\.\d+|[-+]?\d{1,3}(?:,\d{3}){2,}", re.ASCII)


class CellProblem(Exception):
    """A cell that cannot be read as its column asks, with what to do."""

    def __init__(self, message_vi: str, remedy_vi: str) -> None:
        super().__init__(f"{message_vi} {remedy_vi}")
        self.message_vi = message_vi
        self.remedy_vi = remedy_vi


def is_blank(raw: Raw) -> bool:
    """Say whether the cell holds nothing; a zero is something."""
    return isinstance(raw, str) and not raw.strip()


def convert(raw: Raw, kind: Kind, *, shown_as_percent: bool | None = None) -> str | int | Decimal | date:
    """Turn a cell that is not blank into the value of its column; raise CellProblem.

    `shown_as_percent` says whether Excel shows the cell as a percentage (it then keeps 0.85
    for 85 %); None where the file cannot tell. Percentages are given in points.
    """
    if kind == "date":
        return _to_date(raw)
    if kind in ("integer", "decimal", "percent"):
        number = _to_number(raw, percent=kind == "percent", shown_as_percent=shown_as_percent)
        if kind == "integer":
            if number != number.to_integral_value():
                raise CellProblem(f"“{_show(raw)}” không phải số nguyên.", "Nhập số nguyên, ví dụ 12.")
            return int(number)
        return number
    return _show(raw)


def _to_number(raw: Raw, *, percent: bool, shown_as_percent: bool | None) -> Decimal:
    if isinstance(raw, (bool, date, datetime, time, timedelta)):
        raise CellProblem(
            f"“{_show(raw)}” không phải là số (Excel có thể đã tự đổi số thành ngày).",
            "Định dạng ô là Number rồi nhập lại số.",
        )
    if isinstance(raw, (int, float)):
        number = Decimal(f"{raw:.15g}")
        if percent and shown_as_percent:
            return number * 100
        if percent and shown_as_percent is None and 0 < abs(number) <= 1:
            raise CellProblem(
                f"“{_show(raw)}” không rõ là {_show(raw)} % hay {_show(float(number * 100))} %.",
                "Lưu tệp thành .xlsx, hoặc nhập dạng chữ có dấu %, ví dụ 85 %.",
            )
        return number
    return _read_number(raw.strip(), percent=percent)


def _read_number(text: str, *, percent: bool) -> Decimal:
    plain = text.removesuffix("%").rstrip() if percent else text
    if _ENGLISH.fullmatch(plain):
        return Decimal(plain.replace(",", ""))
    try:
        return parse_number(plain)
    except NumberError as error:
        message, _, remedy = str(error).partition(". Hãy ")
        if remedy:
            raise CellProblem(f"{message}.", f"Hãy {remedy}") from None
        raise CellProblem(str(error), "Nhập số theo lối Việt Nam, ví dụ 1.234,5.") from None
    except InvalidOperation:
        raise CellProblem(f"“{text[:40]}” không phải là số.", "Nhập dạng 1.234,5.") from None


def _to_date(raw: Raw) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, str):
        text = raw.strip()
        found = _DAY.fullmatch(text)
        parts = (found[3], found[2], found[1]) if found else None
        iso = None if found else _ISO_DAY.fullmatch(text)
        parts = (iso[1], iso[2], iso[3]) if iso else parts
        if parts is not None:
            try:
                return date(*(int(part) for part in parts))
            except ValueError:
                raise CellProblem(
                    f"“{text}” không phải ngày có thật.", "Nhập ngày/tháng/năm, ví dụ 30/11/2026."
                ) from None
    raise CellProblem(
        f"“{_show(raw)}” không phải ngày.", "Nhập ngày/tháng/năm, năm đủ bốn số, ví dụ 30/11/2026."
    )


def _show(raw: Raw) -> str:
    """Write the cell as a person would have typed it."""
    if isinstance(raw, str):
        return nfc(raw).strip()
    if isinstance(raw, bool):
        return "Đúng" if raw else "Sai"
    if isinstance(raw, (int, float)):
        return f"{Decimal(f'{raw:.15g}'):f}".replace(".", ",")
    if isinstance(raw, datetime):
        return raw.strftime("%d/%m/%Y") if raw.time() == time() else raw.strftime("%d/%m/%Y %H:%M")
    if isinstance(raw, date):
        return raw.strftime("%d/%m/%Y")
    return str(raw)
