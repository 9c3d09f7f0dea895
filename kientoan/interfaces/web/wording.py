"""How values are written for the reader, in the language of the page: numbers, days, periods, time left."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from kientoan.domains.results.models import Frequency
from kientoan.engines import vietnamese

ROMAN = ("I", "II", "III", "IV")
_TO_ENGLISH = str.maketrans(",.", ".,")


def number_text(value: Decimal | int | float, decimals: int | None = None) -> str:
    """Write a number: 1.234,56 in Vietnamese, 1,234.56 in English.

    `decimals` places, rounded half up; None keeps the places that say something (7,250000 → 7,25).
    Raises `TypeError` for what is no number, so that a wrong name in a template is seen at once.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int | float):
        raise TypeError(f"not a number: {value!r}")
    exact = Decimal(str(value))
    if decimals is None:
        exact = exact.normalize()
    text = vietnamese.format_number(exact, decimals)
    return text.translate(_TO_ENGLISH) if get_language() == "en" else text


def day_text(value: date | datetime) -> str:
    """Write a day as every Vietnamese paper has it: 30/06/2018. A moment gives its local day."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def time_left_text(due: date, today: date) -> str:
    """Say how far a day is: "còn 3 ngày", "hôm nay", "quá hạn 5 ngày"."""
    days = (due - today).days
    if days == 0:
        return gettext("hạn là hôm nay")
    if days > 0:
        return ngettext("còn %(count)d ngày", "còn %(count)d ngày", days) % {"count": days}
    return ngettext("quá hạn %(count)d ngày", "quá hạn %(count)d ngày", -days) % {"count": -days}


def period_text(start: date, end: date, frequency: str | None = None) -> str:
    """Name a half-open period: "Năm 2018", "Quý I/2018", "Tháng 3/2018", "6 tháng đầu năm 2018".

    Without a frequency it is guessed from the length. A period that does not fill its calendar unit
    exactly is written with its first and last day.
    """
    frequency = frequency or _frequency_of(start, end)
    year, month = start.year, start.month
    if frequency and end == _end_of(start, frequency):
        if frequency == Frequency.YEAR and month == 1:
            return gettext("Năm %(year)d") % {"year": year}
        if frequency == Frequency.HALF and month in (1, 7):
            words = (
                gettext("6 tháng đầu năm %(year)d") if month == 1 else gettext("6 tháng cuối năm %(year)d")
            )
            return words % {"year": year}
        if frequency == Frequency.QUARTER and month % 3 == 1:
            return gettext("Quý %(quarter)s/%(year)d") % {"quarter": ROMAN[month // 3], "year": year}
        if frequency == Frequency.MONTH:
            return gettext("Tháng %(month)d/%(year)d") % {"month": month, "year": year}
    last = end - timedelta(days=1)
    return gettext("Từ %(first)s đến %(last)s") % {"first": day_text(start), "last": day_text(last)}


_MONTHS = {
    Frequency.YEAR.value: 12,
    Frequency.HALF.value: 6,
    Frequency.QUARTER.value: 3,
    Frequency.MONTH.value: 1,
}


def _end_of(start: date, frequency: str) -> date | None:
    """The first day after a period of this frequency that starts on the day; None unless on the 1st."""
    if start.day != 1 or frequency not in _MONTHS:
        return None
    months = start.year * 12 + start.month - 1 + _MONTHS[frequency]
    return date(months // 12, months % 12 + 1, 1)


def _frequency_of(start: date, end: date) -> str | None:
    return next((name for name in _MONTHS if _end_of(start, name) == end), None)
