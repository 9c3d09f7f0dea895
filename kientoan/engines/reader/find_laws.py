"""Find laws, ordinances, the Constitution and statutes by name, and Party resolutions by their session."""

from __future__ import annotations

import re

from ..vietnamese import CAPITALS
from .alternatives import by_first_letter
from .cues import find_at_cues
from .law_names import JOINED_NAMES
from .mention import Mention, dated, tidy

_JOINED = by_first_letter(
    "|".join(
        re.escape(name).replace("\\ ", r"\s+")
        for name in sorted(JOINED_NAMES, key=lambda name: (-len(name), name))
    )
)
_FIRST_STOP = (
    r"(?:này|khác|sư|gia|định|lệ|pháp|của|và|được|có|quy\s+định|đã|do|sẽ|phải|cũng|để|thì|là|hiện|nêu|"
    r"trên|ở|tại|"
    r"cho|không|bất|tục|chơi|số|nói|[Cc]ăn\s+cứ|sửa\s+đổi|mới|trình|chuyên\s+ngành|liên\s+quan|"
    r"CỦA|CÓ|SỬA|VÀ|Ở|THÀNH|VỀ|ĐÃ|ĐƯỢC|THEO|TRONG|[IVX]{1,4})(?!\w)"
)
_NAME_STOP = (
    r"(?:được|đã|có|và|hoặc|thì|để|theo|tại|cho|trong|nhằm|là|do|khi|như|với|trên|bởi|phải|không"
    r"\s+(?:phải|được|có|quy|bao|áp|thuộc|còn)|này|khác|ngày|của|"
    r"tháng|năm|từ|đến|gồm|sẽ|đối|các|những|đang|bằng|mà|nếu|còn|vào|chưa|trước|sau|cũng|cùng|"
    r"(?<!nước )ngoài|thuộc|bị|"
    r"nhưng|vẫn|tuy|"
    r"nên|rồi|tức|trừ|hay|ở(?!\s+(?:nước\s+ngoài|cơ\s+sở))|về|hết|quy\s+định|hiện\s+hành|nêu\s+trên|"
    r"ban\s+hành|sửa\s+đổi|hướng\s+dẫn|"
    r"thành|trái(?!\s+phiếu)|"
    r"thay\s+thế|bao\s+gồm|"
    r"áp\s+dụng|thực\s+hiện|trình\s+(?:Quốc|Chính|Ủy|cấp|Bộ)|chỉ\s+(?:được|áp)|bảo\s+đảm|đảm\s+bảo|liên"
    r"\s+quan|công\s+bố|"
    r"số(?=[\s*_]*+:?[\s*_]*+\d)|[kK]hoản\s+\d|[đĐ]iều\s+\d|[đĐ]iều\s+này|điểm\s+[a-zđ]\b|Luật|Bộ\s+luật|"
    r"Pháp\s+lệnh|Nghị\s+(?:định|quyết)|Căn\s+cứ|Thông\s+tư|thông\s+qua)(?!\w)"
)
_WORD = r"[^\W\d_]+(?:[-&][^\W\d_]+)?"
_NO_NAME = (
    r"các|những|pháp\s+luật|quy\s+định|văn\s+bản|hướng\s+dẫn|"
    r"[Ll]uật|Bộ\s+[Ll]uật|Pháp\s+lệnh|Nghị|Thông|Quyết|Chỉ|"
    r"Hiến|Điều|Chính\s+phủ|Quốc\s+hội|Thủ\s+tướng|[ỦU][yỷ]\s+ban|Uỷ\s+ban|Bộ|Sở|Hội\s+đồng|Ban|Cục|Tổng|"
    r"Công\s+an"
)
_JOINED_NAME = (
    # An toàn và Kiểm soát bức xạ: a capital that begins neither a document nor a body
    rf"(?:[ \u00a0]và[ \u00a0](?!(?:{_NO_NAME})(?!\w))(?=[A-ZĐ])"
    # Tiêu chuẩn và quy chuẩn kỹ thuật số 68/2006/QH11: number or date shows that the name goes on to there
    rf"|(?:[ \u00a0]và|,)[ \u00a0](?=(?:(?!(?:{_NO_NAME})(?!\w)){_WORD}[ \u00a0]){{1,8}}"
    r"(?:số[ \u00a0]*:?[ \u00a0]*\d|ngày[ \u00a0]\d|năm[ \u00a0](?:19|20)\d\d)))"
)
_TAG = r"(?:<[^<>]{1,24}>\s*)?"
_AMENDING = (
    r"[Ss]ửa\s+đổi,?\s+bổ\s+sung\s+(?:một\s+số\s+[đĐ]iều,?\s+)?(?:khoản\s+)?(?:[đĐ]iều\s+\d+\w?,?"
    r"\s+)?(?:của\s+)?(?:các\s+|\d{1,2}\s+)?" + _TAG + r"(?:Bộ\s+)?(?:[Ll]uật|Pháp\s+lệnh)"
)
_NAMED = re.compile(
    r"(?=[LlBPHĐ])(?<!\w)(?:"
    r"(?P<hp>(?:Hiến\s+pháp|HIẾN\s+PHÁP)(?:\s+nước\s+Cộng\s+h(?:òa|oà)\s+[Xx]ã\s+hội\s+[Cc]hủ\s+nghĩa"
    r"\s+Việt\s+Nam)?)"
    r"|(?P<dl>Điều\s+lệ\s+(?:Đảng(?:\s+Cộng\s+sản\s+Việt\s+Nam)?|(?:Công\s+đoàn|Đoàn\s+TNCS\s+Hồ\s+Chí"
    r"\s+Minh|Mặt\s+trận\s+Tổ\s+quốc|Hội)"
    rf"(?:\s+(?!{_NAME_STOP}){_WORD}){{0,6}}))"
    r"|(?P<kind>Bộ\s+[Ll]uật|BỘ\s+LUẬT|(?<![Pp]háp )(?<!học )(?<!ngành )(?<!Khoa )Luật|LUẬT|"
    r"(?<![Pp]háp )luật(?=\s+[A-ZĐ][^\W\d_])|"
    r"Pháp\s+[Ll]ệnh|PHÁP\s+LỆNH)\s+"
    rf"(?:(?P<many>{_AMENDING}\s+(?:có\s+liên\s+quan\s+đến|liên\s+quan\s+đến|trong\s+lĩnh\s+vực|"
    rf"trong\s+các\s+lĩnh\s+vực)"
    rf"(?:,?[ \u00a0](?!(?:số|ngày|năm|được|đã)\b)[^\W\d_]+){{1,14}})"
    rf"|(?:(?P<amending>{_AMENDING})(?:\s+|$))?"
    rf"(?:(?P<name>(?i:{_JOINED})(?!\w)|(?!{_FIRST_STOP}){_WORD}(?:(?:[ \u00a0]|"
    rf"\n(?=[^\W\d_A-Z{CAPITALS}]))(?!{_NAME_STOP}){_WORD}|{_JOINED_NAME}{_WORD}){{0,19}})|"
    rf"(?=số[\s*_]*+:?[\s*_]*+\d)))"
    r")"
)
_NAMED_CUE = re.compile(
    r"[LlBPHĐ](?<!\w[LlBPHĐ])(?=uật|UẬT|ộ\s+[Ll]u|Ộ\s+LU|háp\s|HÁP\s|iến\s|IẾN\s|iều\s+lệ)"
)
_LAW_NUMBER = re.compile(
    r"[\s*_]*+(?:số|Số)[\s*_]*+:?[\s*_]*+(?P<number>\d{1,4}\s?(?:/|-)\s?[\w/\-ĐđƯư]{2,25})"
)
_PLENUM = re.compile(
    r"[Nn](?<!\w[Nn])ghị\s+quyết\s+(?:"
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


def find_laws(text: str) -> list[Mention]:
    """Give laws, codes, ordinances, the Constitution and statutes that stand by name."""
    mentions: list[Mention] = []
    for found in find_at_cues(_NAMED_CUE, _NAMED, text):
        start, end = found.span()
        if found["hp"]:
            mentions.append(dated(text, start, end, "Hiến pháp", None, "named.constitution"))
        elif found["dl"]:
            mentions.append(Mention(start, end, "Điều lệ", None, None, None, "named.statutes"))
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
        return [dated(text, start, after.end("number"), kind, tidy(after["number"]), "law.number")]
    if found["many"]:
        return [] if _DRAFT_BEFORE.search(before) else [dated(text, start, end, kind, None, "law.many")]
    if name is None or (found["kind"].isupper() and not name.isupper()):
        return []
    if _DRAFT_AFTER.match(text, end) and not _IN_FORCE.search(before):
        return []
    if found["amending"]:
        return [_amending_law(text, found, kind, before)]
    if _DRAFT_BEFORE.search(before):
        return []
    law = dated(text, start, end, kind, None, "law.name" if name[0].isupper() else "law.name_small")
    return [] if _DRAFT_AFTER.match(text, law.end) and not _IN_FORCE.search(before) else [law]


def _amending_law(text: str, found: re.Match[str], kind: str, before: str) -> Mention:
    """A law that amends another: cited whole when it stands as a law in force, else the law it amends."""
    whole = dated(text, found.start(), found.end(), kind, None, "law.amending")
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
    return dated(text, start, found.end(), kind, None, "law.amended")


def _read_plenum(found: re.Match[str]) -> Mention | None:
    start, end = found.span()
    if found["congress"]:
        return Mention(start, end, "Nghị quyết Đại hội", None, None, None, "party.congress")
    order = found["ord"] or _ORDINALS.get((found["word"] or "").casefold())
    if found["word"] and found["word"].isdigit():
        order = int(found["word"])
    if order is None or re.search(r"[(,]\s*$", found[0]):
        end = start + len(found[0].rstrip(" ,("))
    if order is None:
        return None
    return Mention(start, end, "Nghị quyết", f"TW{int(order)}", None, None, "party.plenum")
