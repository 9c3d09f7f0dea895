"""Rules about numbers and time limits of official documents, as plain functions on plain values."""

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kientoan.engines.vietnamese import nfc, normal_tones

YEAR_IN_NUMBER = re.compile(r"/(?:19|20)\d{2}/")
_DURATION = re.compile(r"P(?P<n>\d{1,3})(?P<unit>D|WD|W|M|Y)(?: after: (?P<event>.+))?\Z", re.S)
_OWN_EVENT = re.compile(
    r"(?:ngày |được )?(?:ban hành|ký|ký ban hành)(?: (?:văn bản|nghị quyết|quyết định|chỉ thị|kế hoạch|"
    r"công văn|chương trình|kết luận|thông báo|hướng dẫn|quy định|quy chế)(?: này)?)?\.?\Z",
    re.I,
)
_MONTHLY = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "halfyearly": 6, "semiannual": 6, "yearly": 12}


def normal_number(number: str) -> str:
    """Give the number of a document in one form: NFC, no blanks, a plain hyphen, capitals kept.

    '15 - NQ/TU' gives '15-NQ/TU'.
    """
    return re.sub(r"[‐-―−]", "-", re.sub(r"\s+", "", nfc(number)))


def same_words(text: str) -> str:
    """Give a form in which two spellings of one name are equal: small letters, one blank, tones in place."""
    return normal_tones(re.sub(r"\s+", " ", nfc(text)).strip().lower())


def is_unique_number(number: str) -> bool:
    """Say whether a number alone tells which document it is: normative acts carry the year inside."""
    return bool(YEAR_IN_NUMBER.search(number))


def due_date(deadline: Mapping[str, Any] | None, issued: date | None) -> date | None:
    """Give the last day on which a duty is on time, or None: "chưa rõ thời hạn".

    `deadline` has the keys of the reader's deadline. "Trước ngày X" ends the day before X; a period ends on
    its last day; a recurrence gives its first day after the document's own; a span of days counts only from
    the day the document was issued (`issued`), because no other event has a known day. Working days leave
    out Saturdays and Sundays; holidays are not known here.
    """
    if not deadline or deadline.get("operator") == "from":
        return None
    before = deadline.get("operator") == "<"
    if deadline.get("date"):
        day = date.fromisoformat(deadline["date"])
        return day - timedelta(days=1) if before else day
    if deadline.get("period"):
        bounds = period_bounds(deadline["period"], issued)
        if bounds is None:
            return None
        return (bounds[0] if before else bounds[1]) - timedelta(days=1)
    if deadline.get("recurrence"):
        return next_due(deadline["recurrence"], issued, before=before)
    return _after(deadline.get("relative") or "", issued)


def period_bounds(period: str, issued: date | None = None) -> tuple[date, date] | None:
    """Give the half-open bounds of '2018', '2018-03', '2018-Q1', '2018-H2', 'A/B'; None when not a period.

    A month or day without a year ('--03', '--03-15') takes the first one not before `issued`.
    """
    if "/" in period:
        first, _, last = period.partition("/")
        start, end = period_bounds(first, issued), period_bounds(last, issued)
        return (start[0], end[1]) if start and end and start[0] < end[1] else None
    if found := re.fullmatch(r"(\d{4})-(\d{4})", period):
        first_year, last_year = int(found[1]), int(found[2])
        return (date(first_year, 1, 1), date(last_year + 1, 1, 1)) if first_year <= last_year else None
    if found := re.fullmatch(r"--(\d\d)(?:-(\d\d))?", period):
        return _without_year(int(found[1]), int(found[2]) if found[2] else None, issued)
    found = re.fullmatch(r"(\d{4})(?:-(?:(?P<m>\d\d)(?:-(?P<d>\d\d))?|Q(?P<q>[1-4])|H(?P<h>[12])))?", period)
    if found is None:
        return None
    year = int(found[1])
    try:
        if found["d"]:
            day = date(year, int(found["m"]), int(found["d"]))
            return day, day + timedelta(days=1)
        if found["m"]:
            return _months(year, int(found["m"]), 1)
    except ValueError:
        return None
    if found["q"]:
        return _months(year, 3 * int(found["q"]) - 2, 3)
    if found["h"]:
        return _months(year, 6 * int(found["h"]) - 5, 6)
    return date(year, 1, 1), date(year + 1, 1, 1)


def _months(year: int, month: int, length: int) -> tuple[date, date]:
    return date(year, month, 1), _add_months(date(year, month, 1), length)


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _without_year(month: int, day: int | None, issued: date | None) -> tuple[date, date] | None:
    if issued is None or not 1 <= month <= 12:
        return None
    for year in (issued.year, issued.year + 1):
        try:
            start = date(year, month, day or 1)
        except ValueError:
            continue
        end = start + timedelta(days=1) if day else _add_months(start, 1)
        if end > issued:
            return start, end
    return None


def next_due(recurrence: str, after: date | None, *, before: bool = False) -> date | None:
    """Give the first day after `after` on which a recurring duty is due ('monthly:20', 'quarterly', …).

    Without a day the end of the month, quarter or year counts. Several rhythms ('quarterly,yearly') take the
    nearest. None when `after` is unknown or the rhythm has no length ('periodic').
    """
    if after is None:
        return None
    days = [_next_of(part.strip(), after, before) for part in recurrence.split(",")]
    known = [day for day in days if day is not None]
    return min(known, default=None)


def _next_of(part: str, after: date, before: bool) -> date | None:
    rhythm, _, at = part.partition(":")
    length = _MONTHLY.get(rhythm)
    if length is None:
        return None
    month = after.month - (after.month - 1) % length
    start = date(after.year, month, 1)
    for step in range(4):
        first = _add_months(start, length * step)
        due = _day_in(first, length, at)
        if due is None:
            return None
        due -= timedelta(days=1) if before else timedelta()
        if due > after:
            return due
    return None


def _day_in(first: date, length: int, at: str) -> date | None:
    """The day `at` ('20', '01-15' or '') in the stretch of `length` months that begins on `first`."""
    last = _add_months(first, length) - timedelta(days=1)
    if not at:
        return last
    try:
        if "-" in at:
            month, day = at.split("-")
            return date(first.year, int(month), int(day))
        return last.replace(day=min(int(at), last.day))
    except ValueError:
        return None


def _after(relative: str, issued: date | None) -> date | None:
    found = _DURATION.match(relative)
    if found is None or issued is None or not found["event"] or not _OWN_EVENT.match(found["event"].strip()):
        return None
    number, unit = int(found["n"]), found["unit"]
    if unit == "WD":
        return _working_days(issued, number)
    if unit in "DW":
        return issued + timedelta(days=number * (7 if unit == "W" else 1))
    return _add_months(issued, number * (12 if unit == "Y" else 1))


def _working_days(day: date, number: int) -> date:
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day
