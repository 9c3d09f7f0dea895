"""Find time limits counted from an event: days from a receipt, at once, from entry into force, at a session.

Each pattern is anchored on its rarest part (a digit, "gay sau khi", "hiệu lực", "ỳ họp"); the words before it
are then read backwards over a bounded stretch.
"""

from __future__ import annotations

import re

from .model import Deadline
from .rules import CONFIDENCE

_DURATION = re.compile(
    r"(?P<n>\d(?<![\w/.,\-]\d)\d{0,2})\s*(?:\([^()\n]{1,24}\)\s*)?"
    r"(?P<unit>ngày\s+làm\s+việc|ngày|giờ|tuần|tháng|năm)(?!\w)"
    r"(?:(?P<next>\s+(?:tiếp\s+theo|tới))|,?\s*(?:kể\s+)?(?:từ|sau)\s+(?:khi\s+|thời\s+điểm\s+|lúc\s+)?"
    r"(?P<event>(?!\d)[^,;.\n]{3,140}))?"
)
_DURATION_WORD = re.compile(
    r"(?<!\w)(?P<word>[Tt]rong\s+(?:thời\s+(?:hạn|gian)|vòng)|[Tt]rong|[Cc]hậm\s+nhất"
    r"(?:\s+(?:là|sau|trong|không\s+quá))*|[Ss]au|[Kk]hông\s+quá)\s+"
    r"(?:không\s+quá\s+|tối\s+đa\s+|chậm\s+nhất\s+(?:là\s+)?)?$"
)
_NO_LIMIT = re.compile(
    r"(?:giá\s+trị|hiệu\s+lực|thời\s+hạn\s+sử\s+dụng|bảo\s+hành|phạt\s+tù|hình\s+phạt|đình\s+chỉ)[^,;:.\n]*$"
)
_TERM = re.compile(
    r"(?<!\w)(?<!sau )(?<!Sau )(?<!uá )(?<!ết )[Tt]hời\s+(?:hạn|gian)(?!\s+(?:sử\s+dụng|hưởng|đóng|"
    r"hiệu\s+lực|có\s+hiệu|của\s+[Gg]iấy|bảo\s+hành|đình\s+chỉ))"
    r"[^.;:\n]{0,90}?\s(?P<word>là|tối\s+đa(?:\s+là)?|không\s+quá|chỉ)?\s*$"
)
_NOTICE = re.compile(r"(?<!\w)(?P<word>[Tt]rước|(?:[Íí]t|[Tt]ối)\s+(?:nhất|thiểu)(?:\s+là)?)\s+$")
_BEFORE_EVENT = re.compile(
    r",?\s+(?:trước\s+(?:ngày|khi|thời\s+điểm)|tính\s+đến\s+ngày)\s+(?P<event>(?!\d)[^,;.\n]{3,90})"
)
_AT_ONCE = re.compile(r"gay\s+sau\s+khi\s+(?P<event>[^\s,;.]+(?:\s+[^\s,;.]+)?)")
_FORCE = re.compile(r"hiệu\s+lực(?:\s+thi\s+hành)?")
_FORCE_BEFORE = re.compile(r"(?<!\w)(?:[Kk]ể\s+)?[Tt]ừ\s+(?P<event>ngày\s+[A-ZĐ][^,;.\n]{3,60}?\s+có\s+)$")
_VALID = re.compile(r"(?:hiệu\s+lực|giá\s+trị)[^;.]*$")
_APPLIES = re.compile(r"(?:áp\s+dụng|thực\s+hiện|chấm\s+dứt|hoàn\s+thành)[^;.]*$")
_SESSION = re.compile(
    r"ỳ\s+họp\s+(?:(?:lần\s+)?thứ\s+\w+|gần\s+nhất|thường\s+lệ\s+\w+\s+năm(?:\s+20\d{2})?)"
    r"(?:,?\s*(?:của\s+)?(?:Quốc\s+hội|Hội\s+đồng\s+nhân\s+dân|HĐND)(?:\s+[^\s,;.]+){0,4}?"
    r"\s+kh[óo][áa]?a?\s+[IVX]+)?"
)
_SUBMITS = re.compile(r"(?:trình|thông\s+qua|báo\s+cáo|xem\s+xét|cho\s+ý\s+kiến)(?!\w)[^.;]*$")
_NOT_SESSION = re.compile(r"\s+(?:sang|đến)\b|[\s,]*thông\s+qua\s+ngày")
_AT = re.compile(r"(?<!\w)(?:tại\s+)?[Kk]$")
_UNITS = {"ngày làm việc": "WD", "ngày": "D", "tuần": "W", "tháng": "M", "năm": "Y"}


def find_event_limits(text: str) -> list[Deadline]:
    """Give the limits that hang on an event; sorted by kind, not by place."""
    return [*_find_durations(text), *_find_at_once(text), *_find_in_force(text), *_find_sessions(text)]


def _find_durations(text: str) -> list[Deadline]:
    found = []
    for match in _DURATION.finditer(text):
        limit = _read_duration(text, match)
        if limit is not None:
            found.append(limit)
    return found


def _read_duration(text: str, match: re.Match[str]) -> Deadline | None:
    """Read "trong thời hạn 10 ngày kể từ …", "thời hạn là 22 ngày", "ít nhất 10 ngày trước khi …"."""
    unit = _plain(match["unit"])
    event, following = match["event"], match["next"]
    short = unit in ("ngày", "ngày làm việc", "giờ")
    end = match.start() + len(match[0].rstrip())
    before = None if event or following else _BEFORE_EVENT.match(text, match.end())
    word = _DURATION_WORD.search(text, max(0, match.start() - 60), match.start())
    if word is not None:
        start = word.start()
        named = _plain(word["word"]).casefold().startswith(("trong thời", "trong vòng", "chậm"))
        if not event and not following and before is None and not (named and short):
            return None
    else:
        word = _TERM.search(text, max(0, match.start() - 130), match.start()) if short else None
        if word is None:
            word = _NOTICE.search(text, max(0, match.start() - 24), match.start()) if short else None
            if word is None or (before is None and word["word"].casefold() != "trước"):
                return None
        start = match.start() if word["word"] in (None, "là", "chỉ") else word.start("word")
    if _NO_LIMIT.search(text, max(0, word.start() - 60), start):
        return None
    number = int(match["n"])
    length = f"PT{number}H" if unit == "giờ" else f"P{number}{_UNITS[unit]}"
    if before is not None:
        return _limit(
            text, start, before.end(), "<=", f"{length} before: {_plain(before['event'])}", "notice"
        )
    what = _plain(event) if event else ("hiện nay" if following else "")
    return _limit(text, start, end, "<=", f"{length} after: {what}" if what else length, "duration")


def _find_at_once(text: str) -> list[Deadline]:
    found = []
    for match in _AT_ONCE.finditer(text):
        start = match.start() - 1
        if start >= 0 and text[start] in "nN" and (start == 0 or not text[start - 1].isalnum()):
            relative = f"P0D after: {_plain(match['event'])}"
            found.append(_limit(text, start, match.end(), "<=", relative, "at_once"))
    return found


def _find_in_force(text: str) -> list[Deadline]:
    found = []
    for match in _FORCE.finditer(text):
        before = _FORCE_BEFORE.search(text, max(0, match.start() - 90), match.start())
        if before is None:
            continue
        begin = max(0, before.start() - 90)
        if _VALID.search(text, begin, before.start()) or not _APPLIES.search(text, begin, before.start()):
            continue
        relative = f"P0D after: {_plain(text[before.start('event') : match.end()])}"
        found.append(_limit(text, before.start(), match.end(), "from", relative, "in_force"))
    return found


def _find_sessions(text: str) -> list[Deadline]:
    found = []
    for match in _SESSION.finditer(text):
        word = _AT.search(text, max(0, match.start() - 8), match.start())
        if word is None or _NOT_SESSION.match(text, match.end()):
            continue
        if not _SUBMITS.search(text, max(0, word.start() - 150), word.start()):
            continue
        what = _plain(text[match.start() - 1 : match.end()])
        found.append(_limit(text, word.start(), match.end(), "in", f"at: {what}", "session"))
    return found


def _plain(words: str) -> str:
    return " ".join(words.split())


def _limit(text: str, start: int, end: int, operator: str, relative: str, rule: str) -> Deadline:
    return Deadline(start, end, operator, None, None, relative, None, text[start:end], rule, CONFIDENCE[rule])
