"""Find mentions of other documents: one scan for numbers, one for named laws, then the words around each.

Finding gives spans and what stands in the mention itself; ``resolve_citations`` adds date, issuer and
relation from the surroundings. Every pattern begins with a narrow class of characters and is bounded, so
that the time
grows with the length of the text and no faster.
"""

from __future__ import annotations

import re

from .citation_rules import CODES, NUMBER, PARTY_CODES, SHORT_NUMBER, TYPES
from .cues import find_at_cues
from .find_laws import find_laws
from .mention import Mention, dated, read_day, tidy


def _any_case(words: str) -> str:
    """Give a pattern for ``words`` with a capital or small first letter, all capitals, any blanks between."""
    first = words[0]
    body = re.escape(words[1:]).replace("\\ ", r"\s+")
    capital = re.escape(words.upper()).replace("\\ ", r"\s+")
    return f"(?:[{first.upper()}{first.lower()}]{body}|{capital})"


_BY_FOLDED = {re.sub(r"\s+", " ", kind).casefold(): kind for kind in TYPES}
_TYPE = "(?:" + "|".join(_any_case(kind) for kind in sorted(TYPES, key=len, reverse=True)) + ")"
_NUMBER = re.compile(NUMBER)
_NUMBER_CUE = re.compile(r"\d(?:(?<![\w/.,\-]\d)|(?<=\Wsố\d))(?=[\d.]{0,8}[a-zA-Z]?(?:\s?TC)?\s?[-–/])")
_SHORT = re.compile(
    r"(?:(?P<type>Nghị\s+định|Nghị\s+quyết|Thông\s+tư(?:\s+liên\s+tịch)?|Quyết\s+định|"
    r"Quy\s+định|Chỉ\s+thị|Kết\s+luận|"
    rf"Kế\s+hoạch|Hướng\s+dẫn|Luật)\s+(?:số\s*+:?\s*+)?(?P<number>{SHORT_NUMBER}))"
)
_ONLY_SO = re.compile(r"(?<!\w)(?P<so>(?:số|Số|SỐ)\s*:?)[\s*_]*$")
_SHARED = re.compile(
    rf"(?<!\w)(?P<type>{_TYPE})\s+(?:số\s*:?\s*)?"
    r"(?P<members>\d{1,5}(?:\s*(?:,|;|và|,\s*và)\s*(?:số\s+)?\d{1,5}){0,11})\s*(?:,|;|và|"
    r",\s*và)\s*(?:số\s+)?$"
)
_EXCHANGED = re.compile(
    r"(?=\d)(?<![\w.])\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2},(?P<y>(?:19|20)\d{2})/(?P<m>\d{2})/(?P<d>\d{2}),"
    rf"(?P<number>{NUMBER})"
)
_QUOTED = re.compile(
    r"[“\"](?=Về\s|Một\s+số\s|Quy\s+định\s|Ban\s+hành\s|Hướng\s+dẫn\s|Tiếp\s+tục\s)[^”\"\n]{12,300}[”\"]"
)
_QUOTED_TYPE = re.compile(
    r"(?<!\w)(?P<type>Nghị\s+quyết|Chỉ\s+thị|Kết\s+luận|Quyết\s+định|Quy\s+định|Hướng\s+dẫn|Nghị\s+định|"
    r"Thông\s+tư)\s+$"
)
_ALIAS = re.compile(r"(?:(?:gọi|viết)\s+(?:tắt|chung)(?:\s+là)?|viết\s+là)\s*[:“\"]?\s*$")
_SHORT_BEFORE = re.compile(r"(?:[Đđ]iều\s+\d+\w?|khoản\s+\d+\w?|tại|theo|của|thực\s+hiện)\s+$")
_FORM_BEFORE = re.compile(
    r"(?:[Mm]ẫu|MẪU|[Bb]iểu|QCVN|TCVN|TCN|ISO|tài khoản|hộp thư|điện thoại|Fax)\s*(?:số)?\s*:?\s*$"
)
_GAP = re.compile(r"(?:\s*,?\s*(?:và|hoặc|;|,)?\s*(?:số)?\s*)$")
_WINDOW = 90


def find_citations(text: str) -> list[Mention]:
    """Give the mentions in ``text`` in order; none overlaps another."""
    named = find_laws(text)
    taken = [(mention.start, mention.end) for mention in named]
    numbered = _find_numbered(text, taken)
    mentions = sorted(named + numbered, key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    title_end = _own_title_end(text)
    for mention in mentions:
        if mention.end <= title_end or _ALIAS.search(text, max(0, mention.start - 24), mention.start):
            continue
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


_OWN_TITLE = re.compile(
    r"[\s*_#\"“]*(?:(?:Thông\s+tư(?:\s+liên\s+tịch)?|Nghị\s+định|Quyết\s+định|Nghị\s+quyết|Chỉ\s+thị)"
    r"\s+(?:Sửa\s+đổi|Bổ\s+sung|Hướng\s+dẫn|Quy\s+định|Về|Bãi\s+bỏ|Ban\s+hành|"
    r"Công\s+bố|Thay\s+thế|Điều\s+chỉnh|Phê\s+duyệt|Kéo\s+dài|Thực\s+hiện|Triển\s+khai|Đính\s+chính|Hợp"
    r"\s+nhất|Tăng\s+cường)(?!\w)"
    r"|(?:Bộ\s+)?[Ll]uật\s+[A-ZĐ](?=[^\n.;]{0,200}Căn\s+cứ))"
)
_TITLE_END = re.compile(r"Căn\s+cứ|\n|[.;]\s")


def _own_title_end(text: str) -> int:
    """Give where the text's own name ends, if it opens with one: "Thông tư Sửa đổi … Thông tư số 40/2014/…".

    What stands in that name is what the document is about, not a document that it cites.
    """
    found = _OWN_TITLE.match(text)
    if found is None:
        return 0
    stop = _TITLE_END.search(text, found.end())
    return stop.start() if stop else len(text)


def _find_numbered(text: str, taken: list[tuple[int, int]]) -> list[Mention]:
    """Give mentions that hold a document number, with or without a type word."""
    mentions: list[Mention] = []
    cursor = 0
    for found in find_at_cues(_NUMBER_CUE, _NUMBER, text):
        start, end = found.span()
        while cursor < len(taken) and taken[cursor][1] <= start:
            cursor += 1
        if cursor < len(taken) and taken[cursor][0] <= start:
            continue
        mention = _read_numbered(text, start, end, mentions[-1] if mentions else None)
        if mention:
            mentions.extend(_read_shared(text, mention, start))
            mentions.append(mention)
    for found in _BLANK.finditer(text):
        window = max(0, found.start() - 30)
        place = _type_before(text[window : found.start()])
        if place is not None:
            start = window + place[1]
            mentions.append(dated(text, start, found.end(), place[0], None, "number.blank"))
    for found in _EXCHANGED.finditer(text) if "000." in text else ():
        kind = _type_of(found["number"]) or "Văn bản"
        day = read_day(found["y"], found["m"], found["d"])
        mentions.append(Mention(*found.span(), kind, tidy(found["number"]), day, None, "number.exchanged"))
    mentions.extend(_find_titled(text))
    for found in _SHORT.finditer(text):
        if found["number"] and not re.match(r"\s?[-–/]\s?[A-ZĐ]", text[found.end() : found.end() + 4]):
            mention = _read_short(text, found)
            if mention:
                mentions.append(mention)
    return mentions


def _find_titled(text: str) -> list[Mention]:
    """Give documents that stand with their title in quotes and no number: Nghị quyết “Về …”."""
    mentions = []
    for quoted in _QUOTED.finditer(text):
        found = _QUOTED_TYPE.search(text, max(0, quoted.start() - 16), quoted.start())
        if found:
            kind = _BY_FOLDED[re.sub(r"\s+", " ", found["type"]).casefold()]
            mentions.append(Mention(found.start(), quoted.end(), kind, None, None, None, "title"))
    return mentions


def _read_shared(text: str, last: Mention, start: int) -> list[Mention]:
    """Give the members before the one that bears the code: "số 18, 19-NQ/TW", "số 12, 13 và 14/QĐ-UBND"."""
    before = text[max(0, start - 120) : start]
    if not before.rstrip().removesuffix("số").rstrip().endswith((",", ";", "và")):
        return []
    found = _SHARED.search(before)
    if found is None or last.number is None:
        return []
    offset = start - len(before)
    code = re.sub(r"^\d+", "", last.number)
    kind = _BY_FOLDED[re.sub(r"\s+", " ", found["type"]).casefold()]
    members: list[Mention] = []
    for place in re.finditer(r"\d+", found["members"]):
        left = found.start("type") if not members else found.start("members") + place.start()
        right = found.start("members") + place.end()
        number = place[0] + code
        members.append(
            Mention(offset + left, offset + right, kind, number, last.date, last.issuer, "number.shared")
        )
    last.type = kind
    return members


def _read_short(text: str, found: re.Match[str]) -> Mention | None:
    number = tidy(found["number"])
    with_so = re.search(r"số\s*:?\s*\S+$", found[0])
    digits, _, year = number.partition("/")
    if found["type"][0].islower() or found["type"].startswith("Luật"):
        return None
    if not with_so and not year and (len(digits) == 4 and digits[:2] in ("19", "20")):
        return None
    if (
        not with_so
        and not year
        and digits[0] != "0"
        and not re.match(r"\s*(?:của|ngày|thay\s|,|\.|;|$)", text[found.end() : found.end() + 8])
        and not _SHORT_BEFORE.search(text, max(0, found.start() - 16), found.start())
    ):
        return None
    kind = _BY_FOLDED[re.sub(r"\s+", " ", found["type"]).casefold()]
    return dated(text, found.start(), found.end(), kind, number, "short")


def _read_numbered(text: str, start: int, end: int, last: Mention | None) -> Mention | None:
    number = tidy(text[start:end])
    if number[-1] in "-/":
        return None
    window = max(0, start - _WINDOW)
    before = text[window:start]
    if _FORM_BEFORE.search(before[-16:]):
        return None
    place = _type_before(before)
    if place is not None:
        kind, offset = place
        return dated(text, window + offset, end, kind, number, "number.typed")
    so = _ONLY_SO.search(before[-10:])
    begin = start - (len(before[-10:]) - so.start()) if so else start
    if last is not None and begin - last.end <= 60 and _GAP.fullmatch(text, last.end, begin):
        return dated(text, begin, end, last.type, number, "number.list")
    kind_by_code = _type_of(number)
    bare_code = re.search(r"[-/](?:PL|BB|TC|PA|QC|VBHN)(?:-|$)", number)
    if (
        kind_by_code is None
        or (bare_code and so is None)
        or (so is None and not re.search(r"[-/][A-ZĐƯ]", number))
    ):
        return None
    return dated(text, begin, end, kind_by_code, number, "number.code")


_TYPE_WORD = re.compile(rf"(?=[A-ZĐnqtckbpđlvhd])(?<!\w){_TYPE}(?!\w)")
_BLANK = re.compile(
    r"số\s*+:?\s*+[.…_]{0,12}\s?(?:/\s?(?:19|20)\d{2})?[-/]\s?[A-ZĐƯ][^\W\d_]{0,7}[-/][A-ZĐƯ][\wĐƯ]{0,11}"
    r"(?=,?\s+(?:ngày|của|do|về))"
)
_BETWEEN = re.compile(
    r"[\s*_]*+(?:định[\s*_]*+)?(?:(?:số|Số|SỐ|sô)[\s*_]*+:?[\s*_]*+)?"
    r"|[\s*_]*+[^\W\d_]++(?:(?:\s?[-–,]\s?|[\s*_]++)[^\W\d_]++){0,12}?(?:[\s*_]++(?:số|Số|SỐ))["
    r"\s*_]*+:?[\s*_]*+"
)
_NOT_BETWEEN = re.compile(r"(?<!\w)(?:này|và|tại|theo|các|những|của\s+Luật|kèm|ban\s+hành)(?!\w)")


def _type_before(before: str) -> tuple[str, int] | None:
    """Give the type word that the number belongs to and where it starts in ``before``."""
    words = list(_TYPE_WORD.finditer(before))
    if not words:
        return None
    last = words[-1]
    between = before[last.end() :]
    if len(between) > 70 or not _BETWEEN.fullmatch(between) or _NOT_BETWEEN.search(between):
        return None
    kind = _BY_FOLDED[re.sub(r"\s+", " ", last[0]).casefold()]
    if kind == "Thông tư" and re.match(r"\s*[Ll]iên\s+(?:tịch|bộ)", between):
        kind = "Thông tư liên tịch"
    return kind, last.start()


def _type_of(number: str) -> str | None:
    """Give the type that the code in ``number`` stands for, or ``None``."""
    code = re.match(r"\d[\d.]*[a-zA-Z]?(?:/(?:19|20)\d{2})?[-/]([A-ZĐƯ][^\W\d_]*)(?:[-/]|$)", number)
    if code is None:
        return "Luật" if re.search(r"/QH\d{1,2}$", number) else None
    party = re.match(r"\d+-", number)
    if party and code[1] in PARTY_CODES:
        return PARTY_CODES[code[1]]
    return CODES.get(code[1])
