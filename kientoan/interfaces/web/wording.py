"""How values are written for the reader, in the language of the page: numbers, days, periods, time left."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from kientoan.engines import periods, vietnamese

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


def percent_text(share: Decimal, most: int = 4) -> str:
    """0.249 → "24,9 %", 0.4 → "40 %"; rounded to `most` places at most."""
    return f"{number_text(round(share * 100, most))} %"


def day_text(value: date | datetime) -> str:
    """Write a day as every Vietnamese paper has it: 30/06/2018. A moment gives its local day."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def moment_text(value: datetime) -> str:
    """Write a moment: 09:30, 30/06/2018."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M}, {day_text(local)}"


def span_text(days: DateRange) -> str:
    """Say how long something holds, with its last day: "từ 01/07/2016 đến 29/06/2018", "từ 01/07/2016"."""
    first = day_text(days.lower) if days.lower else ""
    last = day_text(days.upper - timedelta(days=1)) if days.upper else ""
    if first and last:
        return gettext("từ %(first)s đến %(last)s") % {"first": first, "last": last}
    if last:
        return gettext("đến %(last)s") % {"last": last}
    return gettext("từ %(first)s") % {"first": first} if first else gettext("không thời hạn")


def time_left_text(due: date, today: date) -> str:
    """Say how far a day is: "còn 3 ngày", "hôm nay", "quá hạn 5 ngày"."""
    days = (due - today).days
    if days == 0:
        return gettext("hạn là hôm nay")
    if days > 0:
        return ngettext("còn %(count)d ngày", "còn %(count)d ngày", days) % {"count": days}
    return ngettext("quá hạn %(count)d ngày", "quá hạn %(count)d ngày", -days) % {"count": -days}


def period_text(start: date, end: date, frequency: str | None = None) -> str:
    """Name a half-open period: "Năm 2018", "Quý I/2018", "6 tháng đầu năm 2018"; else its days.

    Without a frequency the one that fits is taken.
    """
    try:
        period = periods.Period(start, end, frequency) if frequency else periods.Period.spanning(start, end)
    except periods.PeriodError:
        words = gettext("Từ %(first)s đến %(last)s")
        return words % {"first": day_text(start), "last": day_text(end - timedelta(days=1))}
    label = period.label(get_language() or "vi")
    return label[:1].upper() + label[1:]
