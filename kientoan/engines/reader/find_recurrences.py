"""Find how often a duty recurs: hằng năm, định kỳ 6 tháng, một năm một lần."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .deadline_rules import INTERVALS, VERBS_AFTER
from .model import Deadline
from .rules import CONFIDENCE

_ONE = "|".join(f"(?:{words})" for words, _ in INTERVALS)
_EVERY = re.compile(
    r"(?<!\w)(?:(?P<head>[Đđ]ịnh\s+kỳ)(?:\s*,)?\s*)?(?P<first>(?:(?<=\w\s)|"
    r"(?<!\w))(?i:hằng|hàng|mỗi)\s+(?:năm|quý|tháng|tuần|ngày)"
    rf"|(?:một|hai|0?[12])\s+(?:năm|tháng|tuần)(?:\s+(?:một|01|1)\s+lần|/lần)|(?<=kỳ\s)(?:{_ONE}))"
    rf"(?P<more>(?:(?:,|\s+và|\s+hoặc|/)\s*(?:{_ONE}))*)"
)
_PERIODIC = re.compile(r"[Đđ](?<!\w[Đđ])ịnh\s+kỳ(?=\s*,|\s+hoặc\s+đột|\s+và\s+đột|\s+" + VERBS_AFTER + ")")
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


_INTERVALS = tuple((re.compile(words + r"\Z", re.IGNORECASE), name) for words, name in INTERVALS)
_ITEM = re.compile(r"\s*(?:,|\bvà\b|\bhoặc\b|/(?!lần))\s*")


_CUE = re.compile(r"(?:[ằà]ng|ỗi)\s+(?:năm|quý|tháng|tuần|ngày)(?!\w)|ần(?!\w)|ịnh\s+kỳ(?!\w)")
_LETTERS = tuple(re.compile(letters) for letters in ("ằng", "àng", "ỗi", "ần", "ịnh"))
_TIMES = re.compile(r"(?<!\w)(?:một|hai|0?[12])\s+(?:năm|tháng|tuần)(?:\s+(?:một|01|1)\s+|/)l$")


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """Give what looks like a recurrence, found by its rarest letters."""
    end = 0
    places = sorted(found.start() for letters in _LETTERS for found in letters.finditer(text))
    for place in places:
        cue = _CUE.match(text, place) if place >= end else None
        if cue is None:
            continue
        start = cue.start() - 1
        if cue[0][0] == "ầ":
            times = _TIMES.search(text, max(end, start - 20), cue.start())
            if times is None:
                continue
            start = times.start()
        found = _EVERY.match(text, start) if start >= 0 else None
        if found:
            end = found.end()
            yield found


def find_recurrences(text: str) -> list[Deadline]:
    """Give the recurrences of ``text``, those in nouns ("kế hoạch hằng năm") left out."""
    found = []
    for every in _candidates(text):
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
            found.append(_limit(text, start, end, ",".join(names), "every"))
    for periodic in _PERIODIC.finditer(text):
        start = periodic.start()
        before = text[max(0, start - 3) : start].strip(" *_")
        if periodic[0][0] == "Đ" or before[-1:] in (",", ";", "") or text[start - 1 : start] == "\n":
            found.append(_limit(text, start, periodic.end(), "periodic", "every.periodic"))
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


def _limit(text: str, start: int, end: int, recurrence: str, rule: str) -> Deadline:
    return Deadline(
        start, end, "every", None, None, None, recurrence, text[start:end], rule, CONFIDENCE[rule]
    )
