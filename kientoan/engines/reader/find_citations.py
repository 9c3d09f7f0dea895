"""Find mentions of other documents: one scan for numbers, one for named laws, then the words around each.

Finding gives spans and what stands in the mention itself; ``resolve_citations`` adds date, issuer and
relation from the surroundings. Every pattern begins with a narrow class of characters and is bounded, so
that the time
grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..vietnamese import normal_tones
from .citation_rules import CODES, DATE, ISSUER_HEADS, ISSUER_STOP, NUMBER, PARTY_CODES, SHORT_NUMBER, TYPES
from .law_names import JOINED_NAMES


@dataclass(slots=True)
class Mention:
    """A citation as found, before its surroundings are read."""

    start: int
    end: int
    type: str
    number: str | None
    date: date | None
    issuer: str | None
    rule: str
    confidence: float


def _any_case(words: str) -> str:
    """Give a pattern for ``words`` with a capital or small first letter, all capitals, any blanks between."""
    first = words[0]
    body = re.escape(words[1:]).replace("\\ ", r"\s+")
    capital = re.escape(words.upper()).replace("\\ ", r"\s+")
    return f"(?:[{first.upper()}{first.lower()}]{body}|{capital})"


_BY_FOLDED = {re.sub(r"\s+", " ", kind).casefold(): kind for kind in TYPES}
_TYPE = "(?:" + "|".join(_any_case(kind) for kind in sorted(TYPES, key=len, reverse=True)) + ")"
_NUMBER = re.compile(rf"(?=\d)(?:(?<![\w/.,\-])|(?<=\Wsố)){NUMBER}")
_SHORT = re.compile(
    r"(?=[NTQCKHLnq])(?:(?P<type>Nghị\s+định|Nghị\s+quyết|Thông\s+tư(?:\s+liên\s+tịch)?|Quyết\s+định|"
    r"Quy\s+định|Chỉ\s+thị|Kết\s+luận|"
    rf"Kế\s+hoạch|Hướng\s+dẫn|Luật)\s+(?:số\s*+:?\s*+)?(?P<number>{SHORT_NUMBER}))"
)
_ONLY_SO = re.compile(r"(?<!\w)(?P<so>(?:số|Số|SỐ)\s*:?)[\s*_]*$")
_DATE = re.compile(DATE)
_JOINED = "|".join(
    re.escape(name).replace("\\ ", r"\s+")
    for name in sorted(JOINED_NAMES, key=lambda name: (-len(name), name))
)
_FIRST_STOP = (
    r"(?:này|khác|sư|gia|định|lệ|pháp|của|và|được|có|quy\s+định|đã|do|sẽ|phải|cũng|để|thì|là|hiện|nêu|"
    r"trên|ở|tại|"
    r"cho|không|bất|tục|chơi|số|nói|[Cc]ăn\s+cứ|sửa\s+đổi)(?!\w)"
)
_NAME_STOP = (
    r"(?:được|đã|có|và|hoặc|thì|để|theo|tại|cho|trong|nhằm|là|do|khi|như|với|trên|bởi|phải|không"
    r"\s+(?:phải|được|có|quy|bao|áp|thuộc|còn)|này|khác|ngày|của|"
    r"tháng|năm|từ|đến|gồm|sẽ|đối|các|những|đang|bằng|mà|nếu|còn|vào|chưa|trước|sau|cũng|cùng|ngoài|bị|"
    r"nhưng|vẫn|tuy|"
    r"nên|rồi|tức|trừ|hay|ở|về|hết|quy\s+định|hiện\s+hành|nêu\s+trên|ban\s+hành|sửa\s+đổi|hướng\s+dẫn|"
    r"thay\s+thế|bao\s+gồm|"
    r"áp\s+dụng|thực\s+hiện|trình\s+(?:Quốc|Chính|Ủy|cấp|Bộ)|chỉ\s+(?:được|áp)|bảo\s+đảm|đảm\s+bảo|liên"
    r"\s+quan|công\s+bố|"
    r"số(?=[\s*_]*+:?[\s*_]*+\d)|[kK]hoản\s+\d|[đĐ]iều\s+\d|[đĐ]iều\s+này|điểm\s+[a-zđ]\b|Luật|Bộ\s+luật|"
    r"Pháp\s+lệnh|Nghị\s+(?:định|quyết)|Căn\s+cứ|Thông\s+tư|thông\s+qua)(?!\w)"
)
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)?"
_TAG = r"(?:<[^<>]{1,24}>\s*)?"
_AMENDING = (
    r"[Ss]ửa\s+đổi,?\s+bổ\s+sung\s+(?:một\s+số\s+[đĐ]iều,?\s+)?(?:khoản\s+)?(?:[đĐ]iều\s+\d+\w?,?"
    r"\s+)?(?:của\s+)?(?:các\s+)?" + _TAG + r"(?:Bộ\s+)?(?:[Ll]uật|Pháp\s+lệnh)"
)
_NAMED = re.compile(
    r"(?=[LlBPHĐ])(?<!\w)(?:"
    r"(?P<hp>(?:Hiến\s+pháp|HIẾN\s+PHÁP)(?:\s+nước\s+Cộng\s+h(?:òa|oà)\s+[Xx]ã\s+hội\s+[Cc]hủ\s+nghĩa"
    r"\s+Việt\s+Nam)?)"
    r"|(?P<dl>Điều\s+lệ\s+(?:Đảng(?:\s+Cộng\s+sản\s+Việt\s+Nam)?|(?:Công\s+đoàn|Đoàn\s+TNCS\s+Hồ\s+Chí"
    r"\s+Minh|Mặt\s+trận\s+Tổ\s+quốc|Hội)"
    rf"(?:\s+(?!{_NAME_STOP}){_WORD}){{0,6}}))"
    r"|(?P<kind>Bộ\s+[Ll]uật|BỘ\s+LUẬT|(?<![Pp]háp )Luật|LUẬT|(?<![Pp]háp )luật(?=\s+[A-ZĐ][^\W\d_])|"
    r"Pháp\s+lệnh|PHÁP\s+LỆNH)\s+"
    rf"(?:(?P<amending>{_AMENDING})(?:\s+|$))?"
    rf"(?:(?P<name>(?i:{_JOINED})(?!\w)|(?!{_FIRST_STOP}){_WORD}(?:(?:[ \u00a0]|"
    rf"\n(?=[a-zà-ỹđ]))(?!{_NAME_STOP}){_WORD}){{0,11}})|(?=số[\s*_]*+:?[\s*_]*+\d))"
    r")"
)
_LAW_NUMBER = re.compile(
    r"[\s*_]*+(?:số|Số)[\s*_]*+:?[\s*_]*+(?P<number>\d{1,4}\s?(?:/|-)\s?[\w/\-ĐđƯư]{2,25})"
)
_ISSUER = re.compile(
    rf",?\s*của\s+(?P<issuer>(?:{ISSUER_HEADS})(?!\w)(?:\s*-\s*Bộ\b)?(?:[ "
    rf"\u00a0\n](?!{ISSUER_STOP})[^\W_]+(?:-[^\W_]+)?){{0,14}}"
    r"(?:\s*\(?kh[oó]á?a?\s+[IVX]{1,6}\)?)?)"
)
_PLENUM = re.compile(
    r"(?=[Nn])(?<!\w)[Nn]ghị\s+quyết\s+(?:"
    r"(?P<tw>(?:Hội\s+nghị\s+)?(?:lần\s+thứ\s+(?P<word>\w+)\s+)?(?:Ban\s+Chấp\s+hành\s+)?Trung"
    r"\s+ương(?:\s+Đảng)?(?:\s+(?:lần\s+thứ\s+)?(?P<ord>\d{1,2}))?"
    r",?\s*\(?(?:kh[oó]á?a?\s*(?P<term>[IVX]{1,5}))?\)?)"
    r"|(?P<dh>Đại\s+hội(?:\s+đại\s+biểu)?(?:\s+toàn\s+quốc)?(?:\s+Đảng\s+bộ\s+(?:thành\s+phố|tỉnh|xã|"
    r"phường|quận|huyện)?(?:\s+[A-ZĐ]\w+){0,3})?"
    r"\s+(?:lần\s+thứ\s+)?(?P<congress>[IVX]{1,6})\b(?:\s+(?:của\s+)?Đảng(?:\s+bộ\s+(?:thành\s+phố|tỉnh|"
    r"xã|phường)?(?:\s+[A-ZĐ]\w+){0,3})?)?"
    r"(?:,?\s*nhiệm\s+kỳ\s+\d{4}\s*[-–]\s*\d{4})?)"
    r")"
)
_ORDINALS = {
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_DRAFT_BEFORE = re.compile(
    r"(?:[Dd]ự\s+án|[Dd]ự\s+thảo|[Dd]ự|[Xx]ây\s+dựng|[Hh]oàn\s+thiện|[Ss]oạn\s+thảo)\s+$"
)
_DRAFT_AFTER = re.compile(r"[\s*_]*(?:\(sửa\s+đổi|sửa\s+đổi(?!,?\s*bổ\s+sung\s+năm)|mới\b)")
_IN_FORCE = re.compile(r"(?:Điều\s+\d+\w?|thi\s+hành|[Cc]ăn\s+cứ)(?:\s+của)?\s+$")
_ALIAS = re.compile(r"(?:(?:gọi|viết)\s+(?:tắt|chung)(?:\s+là)?|viết\s+là)\s*[:“\"]?\s*$")
_SHORT_BEFORE = re.compile(r"(?:[Đđ]iều\s+\d+\w?|khoản\s+\d+\w?|tại|theo|của|thực\s+hiện)\s+$")
_FORM_BEFORE = re.compile(
    r"(?:[Mm]ẫu|MẪU|[Bb]iểu|QCVN|TCVN|TCN|ISO|tài khoản|hộp thư|điện thoại|Fax)\s*(?:số)?\s*:?\s*$"
)
_GAP = re.compile(r"(?:\s*,?\s*(?:và|hoặc|;|,)?\s*(?:số)?\s*)$")
_WINDOW = 90


def find_citations(text: str) -> list[Mention]:
    """Give the mentions in ``text`` in order; none overlaps another."""
    named = _find_named(text)
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


def _find_named(text: str) -> list[Mention]:
    """Give laws, codes, ordinances, the Constitution and statutes that stand by name."""
    mentions: list[Mention] = []
    for found in _NAMED.finditer(text):
        start, end = found.span()
        if found["hp"]:
            mentions.append(_dated(text, start, end, "Hiến pháp", None, "named.constitution", 0.95))
        elif found["dl"]:
            mentions.append(Mention(start, end, "Điều lệ", None, None, None, "named.statutes", 0.9))
        else:
            mentions.extend(_read_law(text, found))
    for found in _PLENUM.finditer(text):
        mention = _read_plenum(found)
        if mention:
            mentions.append(mention)
    return mentions


def _read_law(text: str, found: re.Match[str]) -> list[Mention]:
    start, end = found.span()
    kind = re.sub(r"\s+", " ", found["kind"]).capitalize()
    name = found["name"]
    before = text[max(0, start - 24) : start]
    after = _LAW_NUMBER.match(text, end)
    if after:
        return [_dated(text, start, after.end("number"), kind, _tidy(after["number"]), "law.number", 0.98)]
    if name is None or (found["kind"].isupper() and not name.isupper()):
        return []
    if _DRAFT_AFTER.match(text, end) and not _IN_FORCE.search(before):
        return []
    if found["amending"]:
        return [_amending_law(text, found, kind, before)]
    if _DRAFT_BEFORE.search(before):
        return []
    law = _dated(text, start, end, kind, None, "law.name", 0.9 if name[0].isupper() else 0.7)
    return [] if _DRAFT_AFTER.match(text, law.end) and not _IN_FORCE.search(before) else [law]


def _amending_law(text: str, found: re.Match[str], kind: str, before: str) -> Mention:
    """A law that amends another: cited whole when it stands as a law in force, else the law it amends."""
    whole = _dated(text, found.start(), found.end(), kind, None, "law.amending", 0.85)
    in_force = (
        whole.date is not None
        or whole.end > found.end()
        or re.search(r"(?:Điều\s+\d+\w?|Căn\s+cứ|của|tại|theo)\s+$", before)
    )
    if in_force and not _DRAFT_BEFORE.search(before):
        return whole
    inner = found.end("amending")
    word = re.compile(r"(?:Bộ\s+)?(?:[Ll]uật|Pháp\s+lệnh)$").search(text, found.start("amending"), inner)
    start = word.start() if word else found.start()
    return _dated(text, start, found.end(), kind, None, "law.amended", 0.8)


def _read_plenum(found: re.Match[str]) -> Mention | None:
    start, end = found.span()
    if found["congress"]:
        return Mention(start, end, "Nghị quyết Đại hội", None, None, None, "party.congress", 0.7)
    order = found["ord"] or _ORDINALS.get((found["word"] or "").casefold())
    if found["word"] and found["word"].isdigit():
        order = int(found["word"])
    if order is None or re.search(r"[(,]\s*$", found[0]):
        end = start + len(found[0].rstrip(" ,("))
    if order is None:
        return None
    return Mention(start, end, "Nghị quyết", f"TW{int(order)}", None, None, "party.plenum", 0.7)


def _find_numbered(text: str, taken: list[tuple[int, int]]) -> list[Mention]:
    """Give mentions that hold a document number, with or without a type word."""
    mentions: list[Mention] = []
    cursor = 0
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        while cursor < len(taken) and taken[cursor][1] <= start:
            cursor += 1
        if cursor < len(taken) and taken[cursor][0] <= start:
            continue
        mention = _read_numbered(text, start, end, mentions[-1] if mentions else None)
        if mention:
            mentions.append(mention)
    for found in _BLANK.finditer(text):
        window = max(0, found.start() - 30)
        place = _type_before(text[window : found.start()])
        if place is not None:
            start = window + place[1]
            mentions.append(_dated(text, start, found.end(), place[0], None, "number.blank", 0.6))
    for found in _SHORT.finditer(text):
        if found["number"] and not re.match(r"\s?[-–/]\s?[A-ZĐ]", text[found.end() : found.end() + 4]):
            mention = _read_short(text, found)
            if mention:
                mentions.append(mention)
    return mentions


def _read_short(text: str, found: re.Match[str]) -> Mention | None:
    number = _tidy(found["number"])
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
    return _dated(text, found.start(), found.end(), kind, number, "short", 0.6)


def _read_numbered(text: str, start: int, end: int, last: Mention | None) -> Mention | None:
    number = _tidy(text[start:end])
    if number[-1] in "-/":
        return None
    window = max(0, start - _WINDOW)
    before = text[window:start]
    if _FORM_BEFORE.search(before[-16:]):
        return None
    place = _type_before(before)
    if place is not None:
        kind, offset = place
        return _dated(text, window + offset, end, kind, number, "number.typed", 0.98)
    so = _ONLY_SO.search(before[-10:])
    begin = start - (len(before[-10:]) - so.start()) if so else start
    if last is not None and begin - last.end <= 60 and _GAP.fullmatch(text, last.end, begin):
        return _dated(text, begin, end, last.type, number, "number.list", 0.9)
    kind_by_code = _type_of(number)
    bare_code = re.search(r"[-/](?:PL|BB|TC|PA|QC|VBHN)(?:-|$)", number)
    if (
        kind_by_code is None
        or (bare_code and so is None)
        or (so is None and not re.search(r"[-/][A-ZĐƯ]", number))
    ):
        return None
    return _dated(text, begin, end, kind_by_code, number, "number.code", 0.75)


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


def _dated(text: str, start: int, end: int, kind: str, number: str | None, rule: str, sure: float) -> Mention:
    """Read the date and the issuer that follow a mention without a gap, in either order."""
    day, issuer = None, None
    for _ in range(2):
        found = _DATE.match(text, end)
        if found and day is None:
            read = _read_date(found)
            if read is not None or not found["d"]:
                day, end = read, found.end()
                continue
        named = _ISSUER.match(text, end)
        if named and issuer is None and number is not None:
            issuer, end = re.sub(r"\s+", " ", named["issuer"]).strip(), named.end()
    return Mention(start, end, kind, number, day, issuer, rule, sure)


def _read_date(found: re.Match[str]) -> date | None:
    if not found["d"]:
        return None
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _tidy(number: str) -> str:
    return normal_tones(re.sub(r"\s+", "", number).replace("–", "-").rstrip("-/&"))
