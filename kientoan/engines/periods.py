"""Reporting periods: whole months, quarters, halves and years, half-open, read and written in words.

A `Period` is what a figure is reported for: one month, one quarter, one half-year, one year, or several whole
years (a term, "giai đoạn 2016-2020"). `start` is its first day, `end` the first day after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .vietnamese import fold

YEAR: Final = "year"
HALF: Final = "half"
QUARTER: Final = "quarter"
MONTH: Final = "month"

MONTHS: Final = {YEAR: 12, HALF: 6, QUARTER: 3, MONTH: 1}
"""Length of each frequency in months, longest first."""

_ROMAN = ("I", "II", "III", "IV")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class PeriodError(ValueError):
    """A text or a pair of days that is no reporting period; ``str(error)`` is a message for the user."""


def _months(day: date) -> int:
    """Months since year 0, so that periods become plain arithmetic."""
    return day.year * 12 + day.month - 1


def _first_of(months: int) -> date:
    year, month = divmod(months, 12)
    if not 1 <= year <= 9998:
        raise PeriodError(f"Năm {year} nằm ngoài lịch: hãy nhập năm có bốn chữ số.")
    return date(year, month + 1, 1)


@dataclass(frozen=True, order=True)
class Period:
    """Half-open `[start, end)`; `frequency` is one of `MONTHS`.

    Raises `PeriodError` unless it is exactly one calendar month, quarter or half, or one or more years.
    """

    start: date
    end: date
    frequency: str = YEAR

    def __post_init__(self) -> None:
        size = MONTHS.get(self.frequency)
        if size is None:
            raise PeriodError(f"Không có loại kỳ “{self.frequency}”: chọn năm, sáu tháng, quý hoặc tháng.")
        length = _months(self.end) - _months(self.start)
        whole = self.start.day == 1 and self.end.day == 1 and _months(self.start) % size == 0
        if not whole or length <= 0 or length % size or (length != size and self.frequency != YEAR):
            raise PeriodError(
                f"Từ {self.start:%d/%m/%Y} đến trước {self.end:%d/%m/%Y} không phải một kỳ báo cáo trọn vẹn."
            )

    @classmethod
    def of(cls, day: date, frequency: str) -> Period:
        """The period of this frequency in which the day lies."""
        size = MONTHS[frequency]
        start = _months(day) // size * size
        return cls(_first_of(start), _first_of(start + size), frequency)

    @classmethod
    def spanning(cls, start: date, end: date) -> Period:
        """The period with these bounds; its frequency is the one that fits. Raises `PeriodError`."""
        length = _months(end) - _months(start)
        fitting = {months: name for name, months in MONTHS.items()}
        return cls(start, end, fitting.get(length, YEAR))

    @property
    def last_day(self) -> date:
        """The last day in the period."""
        return self.end - timedelta(days=1)

    @property
    def year(self) -> int:
        """The year in which it begins."""
        return self.start.year

    @property
    def number(self) -> int:
        """Which one of its year, from 1: the quarter 1–4, the half 1–2, the month 1–12; 1 for a year."""
        return (self.start.month - 1) // MONTHS[self.frequency] + 1

    @property
    def years(self) -> int:
        """How many years it spans; 1 for anything within a year."""
        return max(1, (_months(self.end) - _months(self.start)) // 12)

    def contains(self, other: date | Period) -> bool:
        """Whether the day, or the whole of the other period, lies in it."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other < self.end

    def ended(self, day: date) -> bool:
        """Whether it is over on the day."""
        return self.end <= day

    def shift(self, steps: int) -> Period:
        """The period so many of its own lengths later (earlier when negative)."""
        length = _months(self.end) - _months(self.start)
        start = _months(self.start) + steps * length
        return Period(_first_of(start), _first_of(start + length), self.frequency)

    def next(self) -> Period:
        """The period right after it."""
        return self.shift(1)

    def previous(self) -> Period:
        """The period right before it."""
        return self.shift(-1)

    def a_year_before(self) -> Period:
        """The same period of the year before (cùng kỳ năm trước)."""
        return Period(_first_of(_months(self.start) - 12), _first_of(_months(self.end) - 12), self.frequency)

    def split(self, frequency: str) -> tuple[Period, ...]:
        """The periods of this frequency that make it up, in order; none when they are longer than it."""
        size = MONTHS[frequency]
        first, after = _months(self.start), _months(self.end)
        if size > after - first:
            return ()
        return tuple(
            Period(_first_of(at), _first_of(at + size), frequency) for at in range(first, after, size)
        )

    @property
    def code(self) -> str:
        """The form for files and addresses: 2018, 2018-H1, 2018-Q2, 2018-06, 2016-2020."""
        if self.years > 1:
            return f"{self.year:04}-{self.last_day.year:04}"
        tail = {YEAR: "", HALF: f"-H{self.number}", QUARTER: f"-Q{self.number}", MONTH: f"-{self.number:02}"}
        return f"{self.year:04}{tail[self.frequency]}"

    def label(self, language: str = "vi") -> str:
        """In words: 'quý II/2018', '6 tháng đầu năm 2018', 'tháng 6/2018', 'năm 2018', or in English."""
        return self._english() if language == "en" else self._vietnamese()

    def _vietnamese(self) -> str:
        if self.years > 1:
            return f"giai đoạn {self.year}-{self.last_day.year}"
        if self.frequency == HALF:
            return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
        if self.frequency == QUARTER:
            return f"quý {_ROMAN[self.number - 1]}/{self.year}"
        return f"tháng {self.number}/{self.year}" if self.frequency == MONTH else f"năm {self.year}"

    def _english(self) -> str:
        if self.years > 1:
            return f"{self.year}-{self.last_day.year}"
        if self.frequency == HALF:
            return f"{'first' if self.number == 1 else 'second'} half of {self.year}"
        if self.frequency == QUARTER:
            return f"Q{self.number} {self.year}"
        return f"{_MONTH_NAMES[self.number - 1]} {self.year}" if self.frequency == MONTH else str(self.year)

    def __str__(self) -> str:
        return self.code


def year(number: int) -> Period:
    """The calendar year."""
    return Period(_first_of(number * 12), _first_of(number * 12 + 12), YEAR)


def latest_ended(day: date, frequency: str) -> Period:
    """The last period of this frequency that is over on the day: for 30/06/2018 the first quarter."""
    return Period.of(day, frequency).previous()


_YEAR = r"(?P<year>[12]\d{3})"
_OF = r"(?:\s*[/.-]\s*|\s+nam\s+|\s+)"
_FORMS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("term", rf"(?:(?:giai doan|nhiem ky|term)\s+)?{_YEAR}\s*[-–—]\s*(?P<last>[12]\d{{3}})"),
        (YEAR, rf"(?:nam\s+)?{_YEAR}"),
        (MONTH, rf"{_YEAR}\s*[-/]\s*(?P<number>0?[1-9]|1[0-2])"),
        (MONTH, rf"(?:(?:thang|t|m)\s*)?(?P<number>0?[1-9]|1[0-2]){_OF}{_YEAR}"),
        (QUARTER, rf"{_YEAR}\s*[-/]?\s*q\s*(?P<number>[1-4])"),
        (QUARTER, rf"(?:quy|q)\s*(?P<number>[1-4]|i{{1,3}}|iv|mot|hai|ba|bon|tu){_OF}{_YEAR}"),
        (HALF, rf"{_YEAR}\s*[-/]?\s*h\s*(?P<number>[12])"),
        (HALF, rf"h\s*(?P<number>[12])\s*[/-]?\s*{_YEAR}"),
        (HALF, rf"(?:(?:6|06|sau)\s*thang|nua)\s+(?P<number>dau|cuoi){_OF}{_YEAR}"),
    )
)
_NUMBERS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "dau": 1, "cuoi": 2,
}  # fmt: skip


def parse_period(text: str) -> Period:
    """Read a period in code or in words: '2018-Q2', 'quý II/2018', '6 tháng đầu năm 2018', 'tháng 6/2018'.

    Capital letters, diacritics and extra blanks do not matter. Raises `PeriodError` with the remedy.
    """
    plain = " ".join(fold(text).split())
    for kind, pattern in _FORMS:
        if found := pattern.fullmatch(plain):
            return _period(kind, found.groupdict(), text)
    shown = text.strip()[:40]
    if not shown:
        raise PeriodError("Ô kỳ trống: hãy nhập kỳ, ví dụ 2018, quý II/2018 hoặc tháng 6/2018.")
    raise PeriodError(
        f"“{shown}” không phải kỳ báo cáo: hãy viết 2018, 6 tháng đầu năm 2018, quý II/2018, tháng 6/2018."
    )


def _period(kind: str, parts: dict[str, str], text: str) -> Period:
    first = year(int(parts["year"]))
    if kind == "term":
        last = year(int(parts["last"]))
        if last.year < first.year:
            raise PeriodError(f"“{text.strip()[:40]}”: năm cuối phải từ năm đầu trở đi.")
        return Period(first.start, last.end, YEAR)
    if kind == YEAR:
        return first
    number = parts["number"]
    return first.split(kind)[(int(number) if number.isdigit() else _NUMBERS[number]) - 1]
