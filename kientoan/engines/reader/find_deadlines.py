"""Find time limits: calendar dates and periods, spans of days from an event, recurrences, sessions.

One scan for the value; then the word before it gives the operator, and the clause before it may show
that it is
no limit (a document's own date, its entry into force, the name of a plan).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from .cues import find_at_cues
from .deadline_rules import (
    BARE,
    CORES,
    NO_LIMIT,
    OPERATORS,
    PLAN_BREAK,
    PLAN_NAME,
)
from .find_event_limits import find_event_limits
from .find_recurrences import find_recurrences
from .model import Deadline, Span
from .rules import CONFIDENCE

_CORE = re.compile(
    r"(?=\d|ngày|[nN]ăm|[tT]háng|THÁNG|[qQ]uý|sáu|đầu|cuối)(?<![\w/.,\-])(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in CORES)
    + ")"
)
_CUE = re.compile(
    r"[\dnNtTqQsđc](?<![\w/.,\-][\dnNtTqQsđc])(?=(?<=\d)\d?\s*[hgt/.\-]|gày\s*\d|ăm\s+(?:học\s+)?2|"
    r"háng\s+\d|HÁNG\s+\d|uý\s+[IV1-4]|áu\s+t|ầu\s+năm|uối\s+năm)"
)
_OPERATORS = tuple((sign, re.compile(rf"(?<!\w)(?:{words})[\s*_]*$")) for sign, words in OPERATORS)
_BARE = re.compile(BARE, re.IGNORECASE)
_NO_LIMIT = tuple(re.compile(pattern) for pattern, _ in NO_LIMIT)
_PLAN = re.compile(PLAN_NAME)
_PLAN_BREAK = re.compile(PLAN_BREAK)
_CLAUSE_START = re.compile(r"[.;:](?=\s)|\n(?=[ \t*_]*(?:\n|[-–+•*|]|\d+[.)]|[a-zđ]\)|[A-ZĐ]))|\|")
_PERIODIC_BRACKET = re.compile(r"(?:(?:hằng|hàng)\s+năm|\d+\s+tháng|định\s+kỳ)\s*\(\s*$", re.IGNORECASE)
_COUNTED = re.compile(r"từ\s+ngày|số\s+liệu|tính\s+đến", re.IGNORECASE)
_TOLD = re.compile(r"[\s*_]*(?::\s*\d|,\s+[^.;]{0,70}?\s(?:đã|có\s+\d))")
_REPORTED = re.compile(r"[\s,*_]*(?:(?:cả\s+nước\s+|toàn\s+\w+\s+)?(?:có\s+\d|đã\s))")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_REACH = 170


def find_deadlines(
    text: str,
    year: int | None,
    cells: Iterable[Span] = (),
    status: Iterable[Span] = (),
    since: date | None = None,
) -> list[Deadline]:
    """Give the time limits of ``text`` in order; none overlaps another.

    ``year`` is the year of the document, for dates that leave it out. A value that fills one of
    ``cells`` (the
    deadline column of a table) needs no word before it. In ``status`` cells, which tell how things
    stand, a session is a mere event. A day before ``since``, when the document was not made yet, sets no
    limit: it tells what was.
    """
    free = sorted(cells)
    found: list[Deadline] = []
    found.extend(_find_calendar(text, year, free, since))
    found.extend(find_recurrences(text))
    found.extend(find_event_limits(text))
    told = sorted(status)
    if told:
        found = [item for item in found if not (_is_session(item) and _inside(item, told))]
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[Deadline] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
        elif item.end > kept[-1].end and item.recurrence and ":" in item.recurrence:
            kept[-1] = item
    return kept


def _is_session(item: Deadline) -> bool:
    return item.rule == "session" or "họp" in item.text


def _inside(item: Deadline, spans: list[Span]) -> bool:
    place = bisect_right(spans, (item.start, 1 << 60)) - 1
    return place >= 0 and item.start < spans[place][1]


def _find_calendar(text: str, year: int | None, free: list[Span], since: date | None) -> list[Deadline]:
    starts = [start for start, _ in free]
    found = []
    for core in find_at_cues(_CUE, _CORE, text):
        start, end = core.span()
        begin = max(0, start - _REACH)
        before = text[begin:start]
        cuts = list(_CLAUSE_START.finditer(before))
        clause = before[cuts[-1].end() :] if cuts else before
        sign, words = _operator(clause)
        cell = bisect_right(starts, start) - 1
        in_cell = cell >= 0 and end <= free[cell][1]
        if sign is None:
            if not in_cell and not (
                core.lastgroup in ("month", "quarter", "half", "my", "more", "mo") and _is_bare(core, clause)
            ):
                continue
            sign, words = "in", ""
            if core["day"] and not in_cell:
                continue
        head = clause[: len(clause) - len(words)]
        if not in_cell and _is_no_limit(text, core, sign, head):
            continue
        value = _value(core, year)
        if value is None:
            continue
        day, period, recurrence = value
        if day is not None and core["y"] is None and _PERIODIC_BRACKET.search(head):
            day, recurrence = None, f"yearly:{day:%m-%d}"
        past = not in_cell and since is not None and day is not None and day < since
        if past and (core["y"] or _COUNTED.search(head)):
            continue
        at = start - len(words)
        while at < start and text[at].isspace():
            at += 1
        if in_cell and text[free[cell][0] : start].strip().casefold() in (
            "phiên họp",
            "kỳ họp",
            "trong",
            "trước",
        ):
            at = free[cell][0]
        found.append(_deadline(text, at, end, sign, day, period, None, recurrence, f"calendar.{_kind(core)}"))
    return found


def _kind(core: re.Match[str]) -> str:
    return next(name for name, _, _ in CORES if core[name] is not None)


def _is_bare(core: re.Match[str], clause: str) -> bool:
    return bool(_BARE.search(clause)) and "đã" not in clause.split()[-6:]


def _operator(clause: str) -> tuple[str | None, str]:
    tail = clause[-34:]
    for sign, pattern in _OPERATORS:
        found = pattern.search(tail)
        if found:
            return sign, found[0]
    return None, ""


def _is_no_limit(text: str, core: re.Match[str], sign: str, head: str) -> bool:
    """Say whether what stands around the value shows that it is no time limit."""
    if any(pattern.search(head) for pattern in _NO_LIMIT):
        return not re.search(r"(?:phải|hoàn\s+thành|chậm\s+nhất)[^,;.]*$", head) or "này có hiệu lực" in head
    if _REPORTED.match(text, core.end(), core.end() + 24):
        return True
    if sign == "<=" and not head.strip(" *_-–+•") and _TOLD.match(text, core.end(), core.end() + 90):
        return True
    if core["year"]:
        if sign == "in" and re.search(r"(?:kết\s+quả|số\s+liệu|tình\s+hình)[^,;.]*$", head):
            return True
        plan = _PLAN.search(head)
        if plan and not _PLAN_BREAK.search(plan[0]):
            return True
        if sign == "from" and not core["school"]:
            return True
    if core["day"] and core["y"] is None and "ngày" not in core[0]:
        return True
    if core["day"] and core["y"] is None and not re.search(r"ngày|tháng", core[0]):
        return True
    return bool(
        re.match(
            r"[\s*_]*(?:thì|của\s+(?:Bộ|Chính|Quốc)|Nghị\s+quyết|Luật)\b", text[core.end() : core.end() + 14]
        )
    )


def _value(core: re.Match[str], year: int | None) -> tuple[date | None, str | None, str | None] | None:
    """Give (day, period, recurrence) of a calendar value, or ``None`` when there is no such day."""
    kind = _kind(core)
    if kind == "monthly_day":
        day = int(core["md"])
        if not 1 <= day <= 31:
            return None
        return None, None, ("quarterly:" if core["mq"] or core["mqn"] else "monthly:") + f"{day:02d}"
    if kind == "day":
        return _day_value(core, year)
    if kind == "half":
        y = int(core["hy"]) if core["hy"] else year
        return (None, f"{y}-H{1 if core['h'] == 'đầu' else 2}", None) if y else None
    if kind == "quarter":
        written = core["qy"] or core["qyl"]  # the year of a list stands at its end
        y = int(written) if written else year
        q = _ROMAN.get(core["q"]) or int(core["q"])
        return (None, f"{y}-Q{q}", None) if y else None
    if kind == "month":
        return _month_value(core, year)
    if core["yr2"]:
        return None, f"{core['yr']}/{core['yr2']}", None
    return None, core["yr"], None


def _day_value(core: re.Match[str], year: int | None) -> tuple[date | None, str | None, str | None] | None:
    month, day = int(core["m"]), int(core["d"])
    y = int(core["y"]) if core["y"] else (2000 if core["yearly"] else year)
    try:
        value = date(y or 2000, month, day)
    except ValueError:
        return None
    if core["yearly"]:
        return None, None, f"yearly:{month:02d}-{day:02d}"
    if y is None:
        return None, f"--{month:02d}-{day:02d}", None
    return value, None, None


def _month_value(core: re.Match[str], year: int | None) -> tuple[date | None, str | None, str | None] | None:
    months = [int(number) for number in re.findall(r"\d{1,2}", core["mo"] + " " + (core["more"] or ""))]
    y = int(core["my"]) if core["my"] else year
    if not all(1 <= month <= 12 for month in months):
        return None
    if y is None:
        return None, f"--{months[0]:02d}", None
    if len(months) > 1:
        return None, f"{y}-{months[0]:02d}/{y}-{months[-1]:02d}", None
    return None, f"{y}-{months[0]:02d}", None


def _deadline(
    text: str,
    start: int,
    end: int,
    operator: str,
    day: date | None,
    period: str | None,
    relative: str | None,
    recurrence: str | None,
    rule: str,
) -> Deadline:
    return Deadline(
        start, end, operator, day, period, relative, recurrence, text[start:end], rule, CONFIDENCE[rule]
    )
