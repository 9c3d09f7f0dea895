"""Find the bodies a sentence speaks of: where a list of bodies ends, and how it falls into single bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..vietnamese import CAPITALS
from .alternatives import by_first_letter
from .body_rules import (
    BODY_NAMES,
    CAPITAL_HEADS,
    DUTY,
    MODIFIERS,
    NAME_TAILS,
    NAME_WORDS,
    NOT_DUTY,
    POWERS,
    SMALL_HEADS,
    VERBS,
)
from .model import Span

_CAPITAL = by_first_letter(CAPITAL_HEADS)
_SMALL = by_first_letter(SMALL_HEADS)
_MANY = r"(?:(?:[Cc]ác|[Nn]hững|[Tt]ất\s+cả\s+các|[Tt]oàn\s+thể|[Tt]ừng|[Mm]ỗi)\s+)"
BODY = rf"(?:{_MANY}(?:{_CAPITAL}|{_SMALL})|(?:{_CAPITAL}))(?!\w)"
ANY_BODY = rf"(?:{_MANY}?(?:{_CAPITAL}|{_SMALL}))(?!\w)"
_BODY = re.compile(BODY)
_ANY_BODY = re.compile(ANY_BODY)
_DUTY = re.compile(rf"(?<!\w)(?:{DUTY})(?!\w)")
_PREDICATE = re.compile(
    rf"(?=[a-zđăâêôơưáàảãạéèíìóòúùýứừửữự])(?<![\w])(?:(?P<duty>{DUTY})|(?P<centre>là\s+(?:cơ\s+quan|đơn"
    rf"\s+vị)\s+(?:đầu\s+mối|thường\s+trực|chủ\s+trì))|"
    rf"(?P<name>{NAME_TAILS})|(?P<power>{POWERS})|(?P<between>{by_first_letter(MODIFIERS)})|(?P<no>{by_first_letter(NOT_DUTY)})|"
    rf"(?P<verb>{by_first_letter(VERBS)}))(?!\w)|(?P<bracket>\([^()]{0, 200}\))|(?P<end>[;:.()]|\n\s*\n)"
)
_GENERIC = re.compile(r"(?:[Cc]ác\s+)?(?:[Cc]ơ\s+quan|[Đđ]ơn\s+vị)(?!\w)")
_NOUN = re.compile(r"(?:tổ\s+chức|lãnh\s+đạo\s+(?:các|[A-ZĐ]))(?!\w)|lãnh\s+đạo\s+(?=các|[A-ZĐ])")
_GENERIC_END = re.compile(
    r"(?:[Cc]ơ\s+quan|[Đđ]ơn\s+vị|[Cc]ơ\s+sở|(?<!ôi\s)(?<!hị\s)[Tt]rường|[Bb]an|Hội\s+đồng|[Tt]ổ|"
    r"[Đđ]oàn|[Tt]rung\s+tâm|"
    r"[Pp]hòng)\s+$"
)
_MUST = re.compile(r"(?<!\w)phải(?!\s+(?:được|nộp|trả|thu|đóng|chịu|là|có\s+giá))(?!\w)")
_NOUN_AFTER = re.compile(r"(?<!\w)(?:của|các|những|từng|mỗi|bởi|mọi)\s+$")
_OTHER_CLAUSE = re.compile(r"(?:đã|đang|nếu|thì|mà|sẽ|quyết)")
_PARTICIPLE = re.compile(r"(?<!\w)(?:được|đang|bị|việc|để)\s+$")
_NEXT_BODY = re.compile(rf",\s+(?={BODY}|(?:các|những)\s)")
_NAMED = re.compile(
    rf"(?:{_MANY})?(?:{CAPITAL_HEADS}|{SMALL_HEADS})(?!\w)"
    rf"(?:\s+(?:{BODY_NAMES}|{NAME_WORDS}|{CAPITAL_HEADS})(?!\w)|"
    rf"\s+[A-Z{CAPITALS}][^\W\d_]*(?:\s+[A-Z{CAPITALS}][^\W\d_]*)*|\s+\d{{1,3}}(?!\w)){{0,12}}"
)
_AND = re.compile(rf"\s*,\s+(?:và\s+)?(?={ANY_BODY})|\s+và\s+(?={ANY_BODY})")
_PLAIN_WORD = re.compile(r",?\s+(?!và\s)[^\W\d_A-Z" + CAPITALS + r"]\w*\s+\w")
_NOBODY = re.compile(
    r"Lãnh\s+đạo(?!\s+(?:các|[A-ZĐ]))|"
    r"(?:[Cc]ác\s+)?(?:(?:[Cc]ơ\s+quan|cấp|người|[Tt]ổ\s+chức)(?:,\s*(?:người|tổ\s+chức|cá\s+nhân|đơn"
    r"\s+vị))*(?:\s+nhà\s+nước)?\s+có\s+thẩm\s+quyền|"
    r"[Tt]ổ\s+chức,\s*cá\s+nhân|[Tt]ổ\s+chức\s+kinh\s+tế|[Dd]oanh\s+nghiệp(?!\s+nhà)|[Cc]ơ\s+quan,\s*tổ"
    r"\s+chức,\s*cá\s+nhân|[Cc]ơ\s+quan,\s+người\s+có|[Cc]ông\s+ty|Trường\s+hợp|Ban\s+hành|Báo\s+cáo|Tổ"
    r"\s+chức|Bảo\s+đảm|Công\s+khai|Phòng,\s+chống|Hội\s+nghị|"
    r"Đoàn\s+kết|Báo\s+chí|Ngành\s+nghề|Đơn\s+giản|Vụ\s+việc|Vụ\s+án|Ban\s+đầu|Đội\s+ngũ|Cơ\s+sở\s+dữ|"
    r"Đại\s+hội|Tổng\s+hợp|Tổng\s+kết|Tổng\s+số)(?!\w)"
)
_JOINT = re.compile(r"\s*(?:[,;](?=\s)|/|\n(?=[A-ZĐ]))\s*(?:và\s+)?|\s+và\s+|\s+cùng\s+")
_OPENS = re.compile(rf"(?:{_MANY}|đồng\s+chí\s|(?:{CAPITAL_HEADS})(?!\w)|[A-ZĐ]{{2,}})")
_SMALL_OPENS = re.compile(
    r"(?:tổ\s+chức|địa\s+phương|đơn\s+vị\s+(?:có\s+)?liên\s+quan|cơ\s+quan\s+(?:có\s+)?liên\s+quan)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The bodies that have to act and where their verb begins."""

    start: int
    end: int
    verb: int
    kind: str


def is_body(text: str, start: int, *, small: bool = False) -> bool:
    """Say whether a body's name begins at ``start``; with ``small`` one in small letters counts too."""
    pattern = _ANY_BODY if small else _BODY
    return bool(pattern.match(text, start)) and not _NOBODY.match(text, start)


def read_subject(text: str, start: int, end: int, *, small: bool = False) -> Subject | None:
    """Read "BODY, BODY … VERB" at ``start``; ``None`` when it lays no duty on a body."""
    if not is_body(text, start, small=small):
        return None
    duty = _DUTY.search(text, start, min(end, start + 700))
    if _GENERIC.match(text, start):
        must = _MUST.search(text, start, min(end, start + 160))
        duty = must if must and (duty is None or must.start() < duty.start()) else duty
    if duty is not None:
        cut = _first_modifier(text, start, duty.start())
        if cut is not None:
            return Subject(start, cut, duty.start(), "duty")
    head = _ANY_BODY.match(text, start)
    for found in _PREDICATE.finditer(text, head.end() if head else start, min(end, start + 420)):
        kind = found.lastgroup or ""
        if kind in ("no", "end"):
            return None
        if kind in ("bracket", "name") or _is_name(text, start, found):
            continue
        if kind == "between":
            return _after_modifier(text, start, found.start(), end)
        return Subject(start, _trim(text, start, found.start()), found.start(), kind)
    return None


def read_ordered(text: str, start: int, end: int) -> Subject | None:
    """Read "BODY, BODY" after the word of an order by the names of bodies alone, whatever verb follows."""
    at = start
    while True:
        named = _NAMED.match(text, at, end)
        if named is None or _NOBODY.match(text, at):
            return None
        stop = named.end()
        joint = _AND.match(text, stop, end)
        if joint is None:
            break
        at = joint.end()
    after = _PLAIN_WORD.match(text, stop, end)
    denied = _PREDICATE.match(text, stop + 1, end)
    if after is None or (denied and denied.lastgroup == "no"):
        return None
    return Subject(start, stop, stop + len(text[stop:end]) - len(text[stop:end].lstrip(" ,")), "order")


def _is_name(text: str, start: int, found: re.Match[str]) -> bool:
    """Say whether a verb is a noun here: "cơ quan, tổ chức", "cơ quan quản lý trực tiếp"."""
    at = found.start()
    if found.lastgroup == "verb" and _NOUN_AFTER.search(text, max(start, at - 8), at):
        return True
    if text[at - 2 : at] == ", " and _NOUN.match(text, at):
        return bool(re.search(r"(?:cơ\s+quan|đơn\s+vị|cấp|Hội|[A-ZĐ]\w*)[^;:.]*$", text[start:at]))
    return bool(_GENERIC_END.search(text, max(start, at - 16), at))


def _first_modifier(text: str, start: int, stop: int) -> int | None:
    """Give where the bodies before "có trách nhiệm" end, or ``None`` when it belongs to another clause."""
    generic = _GENERIC.match(text, start) is not None
    for found in _PREDICATE.finditer(text, start, stop):
        kind, at = found.lastgroup, found.start()
        if kind == "end" and found[0] not in "()":
            return None
        if kind == "no" and _OTHER_CLAUSE.match(found[0]):
            return None
        if kind in ("between", "centre"):
            return _trim(text, start, at)
        if kind != "verb" or _is_name(text, start, found) or _PARTICIPLE.search(text, max(start, at - 8), at):
            continue
        if _NEXT_BODY.search(text, found.end(), stop) or (not generic and text[at - 2 : at] == ", "):
            return None
    return _trim(text, start, stop)


def _after_modifier(text: str, start: int, at: int, end: int) -> Subject | None:
    """Look past "căn cứ chức năng, nhiệm vụ được giao," for the verb."""
    stop = _trim(text, start, at)
    for found in _PREDICATE.finditer(text, at, min(end, at + 500)):
        if found.lastgroup == "end" and found[0] not in "()":
            break
        if found.lastgroup in ("duty", "verb") and text[: found.start()].rstrip()[-1:] in (",", ")"):
            return Subject(start, stop, found.start(), "verb")
    for found in _PREDICATE.finditer(text, at + 4, min(end, at + 300)):
        if found.lastgroup in ("duty", "verb"):
            return Subject(start, stop, found.start(), "verb")
    return None


def _trim(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",*_:;"):
        end -= 1
    return end


def split_bodies(text: str, start: int, end: int) -> list[Span]:
    """Split a list of bodies as written; "Bộ Văn hóa, Thể thao và Du lịch" and "các sở, ban, ngành" stay
    whole."""
    spans: list[Span] = []
    at = start
    joints = [*_JOINT.finditer(text, start, end), None]
    piece = start
    for joint in joints:
        stop = joint.start() if joint else end
        if stop > piece:
            if not spans or _opens(text, piece, spans[-1], text[at:piece]):
                spans.append((piece, stop))
            else:
                spans[-1] = (spans[-1][0], stop)
        at = stop
        piece = joint.end() if joint else end
    clean = []
    for left, right in spans:
        bracket = text.find("(", left, right)
        right = _trim(
            text, left, bracket if bracket > left + 3 and ")" not in text[bracket:right][:-1] else right
        )
        while left < right and (text[left].isspace() or text[left] in "*_-–+•"):
            left += 1
        if right > left:
            clean.append((left, right))
    return clean


def _opens(text: str, piece: int, last: Span, joint: str) -> bool:
    """Say whether a new body begins at ``piece``, rather than more of the last one's name."""
    if _OPENS.match(text, piece) or text.startswith("chính quyền địa phương", piece):
        return True
    return "và" in joint and bool(_SMALL_OPENS.match(text, piece))


def body_words(text: str, span: Span) -> str:
    """Give a body as written, on one line."""
    return " ".join(text[slice(*span)].split()).strip(" *_.,;:")
