"""Read from the surroundings what a mention itself leaves out: shared date and issuer, pinpoint, relation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from .citation_rules import BASIS, LAPSES, PINPOINT, RELATIONS, SUBJECT
from .mention import Mention
from .model import Citation
from .split_blocks import BlockIndex

_RELATIONS = tuple((relation, re.compile(pattern)) for relation, pattern, _ in RELATIONS)
_JOINT = re.compile(r"[\s*_]*(?:,|;|và|,\s*và)?[\s*_]*")
_LIST_JOINT = re.compile(r"\s*(?:,|và|,\s*và)\s*")
_ISSUED = re.compile(
    r"(?:ngày\s+(?P<d>\d{1,2})(?:/|\s+tháng\s+)(?P<m>\d{1,2})(?:/|\s+năm\s+)(?P<y>\d{4}),?\s+)?"
    r"(?P<issuer>[A-ZĐ][\w&]*(?:[ ,][\w&]+){0,9}?)\s+(?:đã\s+|vừa\s+)?(?:ban\s+hành|có|ký\s+ban\s+hành|"
    r"ký)\s*$",
    re.IGNORECASE,
)
_BEFORE = 110
_AFTER = 500


def resolve_citations(
    text: str, mentions: Sequence[Mention], index: BlockIndex, own_number: str | None
) -> tuple[Citation, ...]:
    """Give the citations of ``text``; mentions of the document's own number are left out.

    An annex names the document it belongs to ("Kèm theo Quyết định số …"): that one is kept.
    """
    own = _plain(own_number)
    _share_in_lists(text, mentions)
    found: list[Citation] = []
    for mention in mentions:
        block = index.at(mention.start)
        floor = block.start if block else 0
        before = text[max(floor, mention.start - _BEFORE) : mention.start]
        pinpoint = _pinpoint(before)
        opening = text[floor : floor + 24] if block else ""
        relation = "repeals" if _lapses(text, mention, before) else _relation(before, opening)
        if relation == "refers" and found and _goes_on(text[found[-1].end : mention.start]):
            relation = found[-1].relation
        if relation != "attached" and own is not None and _plain(mention.number) == own:
            continue
        day, issuer = mention.date, mention.issuer
        if mention.number and (day is None or issuer is None):
            day, issuer = _issued_before(before, day, issuer)
        found.append(
            Citation(
                mention.start,
                mention.end,
                mention.type,
                mention.number,
                day,
                issuer,
                relation,
                pinpoint,
                mention.rule,
                mention.confidence,
            )
        )
    return tuple(found)


def _plain(number: str | None) -> str | None:
    return re.sub(r"\s+", "", number).casefold() if number else None


def _share_in_lists(text: str, mentions: Sequence[Mention]) -> None:
    """Give the members of a list the issuer that stands once at its end, and the date shared by "và"."""
    for left, right in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        if left.number is None or right.number is None or right.start - left.end > 40:
            continue
        if _JOINT.fullmatch(text, left.end, right.start) is None:
            continue
        if left.issuer is None and (left.type == right.type or right.rule == "number.list"):
            left.issuer = right.issuer
        if left.date is None and right.rule == "number.list":
            left.date = right.date


def _issued_before(before: str, day: date | None, issuer: str | None) -> tuple[date | None, str | None]:
    """Read "Ngày 31/3/2025, Bộ X đã ban hành" just before a mention."""
    if not before.rstrip()[-4:].casefold().endswith(("hành", "có", "ký")):
        return day, issuer
    found = _ISSUED.search(before[-100:])
    if found is None or not found["issuer"][0].isupper():
        return day, issuer
    if day is None and found["d"]:
        try:
            day = date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            day = None
    return day, issuer or found["issuer"]


def _pinpoint(before: str) -> str | None:
    found = PINPOINT.search(before)
    if found is None:
        return None
    words = re.sub(r"\s+", " ", found[0]).strip()
    words = re.sub(r"(?:,? và các nội dung có liên quan)?(?: của)?$", "", words).strip(" ,")
    return words or None


def _goes_on(between: str) -> bool:
    """Say whether nothing but a joint of a list stands between two mentions: "…, Nghị quyết số …"."""
    return "\n" not in between and _LIST_JOINT.fullmatch(between) is not None


def _lapses(text: str, mention: Mention, before: str) -> bool:
    """Say whether the sentence ends the document it opens with, from the day this one begins."""
    end = mention.end + _AFTER
    if text.find("hết hiệu lực", mention.end, end) < 0 or SUBJECT.search(before) is None:
        return False
    return LAPSES.match(text, mention.end, end) is not None


def _relation(before: str, opening: str) -> str:
    for relation, pattern in _RELATIONS[:3]:
        if pattern.search(before):
            return relation
    if BASIS.match(opening):
        return "basis"
    for relation, pattern in _RELATIONS[3:]:
        if pattern.search(before):
            return relation
    return "refers"
