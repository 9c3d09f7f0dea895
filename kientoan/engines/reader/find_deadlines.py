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

from .deadline_rules import (
    BARE,
    CORES,
    INTERVALS,
    NO_LIMIT,
    OPERATORS,
    PLAN_BREAK,
    PLAN_NAME,
    VERBS_AFTER,
)
from .model import Deadline, Span

_CORE = re.compile(
    r"(?=[ntsqđcNTQ0-9])(?<![\w/.,\-])(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in CORES)
    + ")"
)
_OPERATORS = tuple((sign, re.compile(rf"(?<!\w)(?:{words})[\s*_]*$")) for sign, words in OPERATORS)
_BARE = re.compile(BARE, re.IGNORECASE)
_NO_LIMIT = tuple(re.compile(pattern) for pattern, _ in NO_LIMIT)
_PLAN = re.compile(PLAN_NAME)
_PLAN_BREAK = re.compile(PLAN_BREAK)
_CLAUSE_START = re.compile(r"[.;:](?=\s)|\n(?=[ \t*_]*(?:\n|[-–+•*|]|\d+[.)]|[a-zđ]\)|[A-ZĐ]))|\|")
_REPORTED = re.compile(r"[\s,*_]*(?:(?:cả\s+nước\s+|toàn\s+\w+\s+)?(?:có\s+\d|đã\s))")
_ONE = "|".join(f"(?:{words})" for words, _ in INTERVALS)
_EVERY = re.compile(
    r"(?=[hHmĐđM0-9b])(?<!\w)(?:(?P<head>[Đđ]ịnh\s+kỳ)(?:\s*,)?\s*)?(?P<first>(?:(?<=\w\s)|"
    r"(?<!\w))(?i:hằng|hàng|mỗi)\s+(?:năm|quý|tháng|tuần|ngày)"
    rf"|(?:một|hai|0?[12])\s+(?:năm|tháng|tuần)(?:\s+(?:một|01|1)\s+lần|/lần)|(?<=kỳ\s)(?:{_ONE}))"
    rf"(?P<more>(?:(?:,|\s+và|\s+hoặc|/)\s*(?:{_ONE}))*)"
)
_PERIODIC = re.compile(
    r"(?<!\w)(?:Định\s+kỳ|định\s+kỳ)(?=\s*,|\s+hoặc\s+đột|\s+và\s+đột|\s+" + VERBS_AFTER + ")"
)
_AFTER_EVERY = re.compile(r"[\s,]*(?:,\s*[^,;.]{0,60},\s*)?" + VERBS_AFTER)
_NEXT_VERB = re.compile(r",?\s*" + VERBS_AFTER)
_REPORTS = re.compile(
    r"(?:gửi|báo\s+cáo|tổng\s+hợp|công\s+bố|đánh\s+giá|kiểm\s+tra|rà\s+soát|cập\s+nhật)\s[^,;.]{2,70}$"
)
_NOUN_BEFORE = re.compile(
    r"(?:kế\s+hoạch|dự\s+toán|ngân\s+sách|khen\s+thưởng|sơ\s+kết|công\s+tác|giai\s+đoạn|trung\s+hạn|vốn|"
    r"báo\s+cáo|chương\s+trình|nghỉ|"
    r"5\s+năm|kinh\s+phí|chi\s+phí|mức|chỉ\s+tiêu|bình\s+quân|tổng\s+kết|xếp\s+loại|phép|số\s+liệu|"
    r"doanh\s+thu|thu\s+nhập)(?:\s+[^\s,;.]+){0,4}(?:\s+và|,)?\s*$"
)
_DURATION = re.compile(
    r"(?=[TtCcSsKk])(?<!\w)(?P<word>[Tt]rong\s+(?:thời\s+(?:hạn|gian)|vòng)|[Tt]rong|[Cc]hậm\s+nhất(?:"
    r"\s+(?:là|sau|trong|không\s+quá))*|[Ss]au|[Kk]hông\s+quá)\s+"
    r"(?:không\s+quá\s+|tối\s+đa\s+|chậm\s+nhất\s+(?:là\s+)?)?(?P<n>\d{1,3})\s*(?:\([^()\n]{1,24}\)\s*)?"
    r"(?P<unit>ngày\s+làm\s+việc|ngày|giờ|tuần|tháng|năm)(?!\w)"
    r"(?:(?P<next>\s+(?:tiếp\s+theo|tới))|,?\s*(?:kể\s+)?(?:từ|sau)\s+(?:khi\s+|thời\s+điểm\s+|lúc"
    r"\s+)?(?P<event>(?!\d)[^,;.\n]{3,140}))?"
)
_AT_ONCE = re.compile(r"(?=[nN])(?<!\w)[Nn]gay\s+(?:sau\s+)?khi\s+(?P<event>[^\s,;.]+(?:\s+[^\s,;.]+)?)")
_FORCE = re.compile(
    r"(?=[tkTK])(?<!\w)(?:[Kk]ể\s+)?[Tt]ừ\s+(?P<event>ngày\s+(?:[A-ZĐ][^,;.\n]{3,60}?)\s+có\s+hiệu"
    r"\s+lực(?:\s+thi\s+hành)?)"
)
_SESSION = re.compile(
    r"(?=[tTKk])(?<!\w)(?:tại\s+)?[Kk]ỳ\s+họp\s+(?:(?:lần\s+)?thứ\s+\w+|gần\s+nhất|thường\s+lệ\s+\w+"
    r"\s+năm(?:\s+20\d{2})?)"
    r"(?:,?\s*(?:của\s+)?(?:Quốc\s+hội|Hội\s+đồng\s+nhân\s+dân|HĐND)(?:\s+[^\s,;.]+){0,4}?"
    r"\s+kh[óo][áa]?a?\s+[IVX]+)?"
)
_SUBMITS = re.compile(r"(?:trình|thông\s+qua|báo\s+cáo|xem\s+xét|cho\s+ý\s+kiến)(?!\w)[^.;]*$")
_UNITS = {"ngày làm việc": "WD", "ngày": "D", "tuần": "W", "tháng": "M", "năm": "Y"}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_REACH = 170


def find_deadlines(
    text: str, year: int | None, cells: Iterable[Span] = (), status: Iterable[Span] = ()
) -> list[Deadline]:
    """Give the time limits of ``text`` in order; none overlaps another.

    ``year`` is the year of the document, for dates that leave it out. A value that fills one of
    ``cells`` (the
    deadline column of a table) needs no word before it. In ``status`` cells, which tell how things
    stand, a session is a mere event.
    """
    free = sorted(cells)
    found: list[Deadline] = []
    found.extend(_find_calendar(text, year, free))
    found.extend(_find_every(text))
    found.extend(_find_durations(text))
    found.extend(_find_sessions(text))
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


def _find_calendar(text: str, year: int | None, free: list[Span]) -> list[Deadline]:
    starts = [start for start, _ in free]
    found = []
    for core in _CORE.finditer(text):
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
        found.append(
            _deadline(text, at, end, sign, day, period, None, recurrence, f"calendar.{_kind(core)}", 0.9)
        )
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
        return None, None, ("quarterly:" if core["mq"] else "monthly:") + f"{day:02d}"
    if kind == "day":
        return _day_value(core, year)
    if kind == "half":
        y = int(core["hy"]) if core["hy"] else year
        return (None, f"{y}-H{1 if core['h'] == 'đầu' else 2}", None) if y else None
    if kind == "quarter":
        y = int(core["qy"]) if core["qy"] else year
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


_INTERVALS = tuple((re.compile(words + r"\Z", re.IGNORECASE), name) for words, name in INTERVALS)
_ITEM = re.compile(r"\s*(?:,|\bvà\b|\bhoặc\b|/(?!lần))\s*")


def _find_every(text: str) -> list[Deadline]:
    found = []
    for every in _EVERY.finditer(text):
        start, end = every.span()
        before = text[max(0, start - 110) : start]
        if not _is_every(text, every, before):
            continue
        names = []
        for part in _ITEM.split(every["first"] + (every["more"] or "")):
            name = next((name for pattern, name in _INTERVALS if pattern.match(part.strip())), None)
            if name and name not in names:
                names.append(name)
        if names:
            found.append(
                _deadline(text, start, end, "every", None, None, None, ",".join(names), "every", 0.8)
            )
    for periodic in _PERIODIC.finditer(text):
        start = periodic.start()
        before = text[max(0, start - 3) : start].strip(" *_")
        if periodic[0][0] == "Đ" or before[-1:] in (",", ";", "") or text[start - 1 : start] == "\n":
            found.append(
                _deadline(
                    text, start, periodic.end(), "every", None, None, None, "periodic", "every.periodic", 0.7
                )
            )
    return found


def _is_every(text: str, every: re.Match[str], before: str) -> bool:
    """Say whether "hằng năm" tells how often a duty recurs, and is not part of a noun."""
    if re.search(r"ngày\s*\d{1,2}(?:\s+tháng\s+\d{1,2}|/\d{1,2})?\s*$", before):
        return False
    tail = before.rstrip(" *_")
    after = text[every.end() : every.end() + 110]
    clause_start = not tail or tail[-1] in ".;:\n”" or (before[-1:] == "\n")
    if every["head"]:
        return True
    if "lần" in every[0]:
        return True
    if _NOUN_BEFORE.search(before):
        return bool(clause_start)
    if clause_start or tail[-1] == ",":
        return clause_start or bool(_NEXT_VERB.match(after))
    if _NEXT_VERB.match(after):
        return True
    ends = re.match(r"[\s*_]*(?:[.;,\n]|$)", after)
    return bool(ends and _REPORTS.search(before))


def _find_durations(text: str) -> list[Deadline]:
    found = []
    for match in _DURATION.finditer(text):
        unit = re.sub(r"\s+", " ", match["unit"])
        event, following = match["event"], match["next"]
        word = re.sub(r"\s+", " ", match["word"]).casefold()
        in_limit = word.startswith(("trong thời", "trong vòng", "chậm")) and unit in (
            "ngày",
            "ngày làm việc",
            "giờ",
        )
        if not event and not following and not in_limit:
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        if re.search(
            r"(?:giá\s+trị|hiệu\s+lực|thời\s+hạn\s+sử\s+dụng|bảo\s+hành|phạt\s+tù|hình\s+phạt|đình"
            r"\s+chỉ)[^,;.]*$",
            before,
        ):
            continue
        end = match.end()
        while end > match.start() and text[end - 1].isspace():
            end -= 1
        number, code = int(match["n"]), _UNITS.get(unit, "")
        length = f"PT{number}H" if unit == "giờ" else f"P{number}{code}"
        what = re.sub(r"\s+", " ", event).strip() if event else ("hiện nay" if following else "")
        relative = f"{length} after: {what}" if what else length
        found.append(_deadline(text, match.start(), end, "<=", None, None, relative, None, "duration", 0.85))
    for match in _AT_ONCE.finditer(text):
        if "sau" not in match[0]:
            continue
        what = re.sub(r"\s+", " ", match["event"])
        found.append(
            _deadline(
                text, match.start(), match.end(), "<=", None, None, f"P0D after: {what}", None, "at_once", 0.8
            )
        )
    for match in _FORCE.finditer(text):
        before = text[max(0, match.start() - 90) : match.start()]
        if re.search(r"(?:hiệu\s+lực|giá\s+trị)[^;.]*$", before) or not re.search(
            r"(?:áp\s+dụng|thực\s+hiện|chấm\s+dứt|hoàn\s+thành)[^;.]*$", before
        ):
            continue
        what = re.sub(r"\s+", " ", match["event"])
        found.append(
            _deadline(
                text,
                match.start(),
                match.end(),
                "from",
                None,
                None,
                f"P0D after: {what}",
                None,
                "in_force",
                0.75,
            )
        )
    return found


def _find_sessions(text: str) -> list[Deadline]:
    found = []
    for match in _SESSION.finditer(text):
        before = text[max(0, match.start() - 150) : match.start()]
        after = text[match.end() : match.end() + 30]
        if re.match(r"\s+(?:sang|đến)\b|[\s,]*thông\s+qua\s+ngày", after) or not _SUBMITS.search(before):
            continue
        what = re.sub(r"^tại\s+", "", re.sub(r"\s+", " ", match[0]))
        found.append(
            _deadline(
                text, match.start(), match.end(), "in", None, None, f"at: {what}", None, "session", 0.75
            )
        )
    return found


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
    confidence: float,
) -> Deadline:
    return Deadline(
        start, end, operator, day, period, relative, recurrence, text[start:end], rule, confidence
    )
