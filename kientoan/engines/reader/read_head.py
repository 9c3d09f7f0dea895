"""Read the head and the foot of a document: who issued what, when, to whom, over whose signature.

Works on the layouts of Nghị định 30/2020 and of the Party, also where a two-column head was flattened to
lines
or to a text table. Only what stands there is given.
"""

from __future__ import annotations

import re
from datetime import date

from ..vietnamese import CAPITALS, fold
from .citation_rules import CODES, NUMBER, PARTY_CODES, TYPES
from .model import Head, Words

_TOP = 3500
_FOOT = 3500
_EDGE = " \t\u00a0*_#\\|>-–—="
_CELL = re.compile(r"[^\n|]+?(?=\s{3,}|\n|\||$)")
_NUMBER_LINE = re.compile(
    r"(?:^[ \t*_|]*+|(?<=[\n|])[ \t*_|]*+|(?<=\s\s\s)(?=\S)[*_]*+)"
    r"(?:(?:(?:Nghị quyết|Luật|Quyết định|Pháp lệnh) số|Số|SỐ) ?:|Số|SỐ)"
    rf"[ *_\\]*(?P<number>{NUMBER}|\d{{1,4}}/\d{{4}}/[\w\-]+)"
    r"(?=[ \t*_\\|]*(?:\n|$|\s{3,}|\|))"
)
_PLACE_DATE = re.compile(
    r"(?:(?P<place>[A-ZĐ][^\W\d_]*(?:[ .][A-ZĐa-zà-ỹ][^\W\d_]*){0,5})[ ]?,[ ]*)?[Nn]gày"
    r"\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})"
)
_PASSED = re.compile(
    r"thông\s+qua(?:\s+tại[^.\n]{0,60})?\s+ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm"
    r"\s+(?P<y>\d{4})"
)
_TYPE_LINES = {re.sub(r"\s+", " ", kind).upper(): kind for kind in TYPES}
_BARE_TYPES = {fold(kind): kind for kind in TYPES if " " in kind}
"""Scans lose tone marks: QUYÉT ĐỊNH. No two of these types are the same without them."""
_STATE_MOTTO = re.compile(r"C[ỘO]NG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|Độc\s+lập\s*[-–]\s*Tự\s+do", re.IGNORECASE)
_PARTY_MOTTO = re.compile(r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM")
_ANNEX_FIRST = re.compile(r"[\s*_#|]*(?:PHỤ\s+LỤC|Phụ\s+lục)(?!\w)")
_NOT_ISSUER = re.compile(
    r"^[IVXLC]{1,6}[.)\-–]\s|CỘNG\s+H|Độc\s+lập|ĐỘC\s+LẬP|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|^\W*$|^Số|^SỐ|^V/v|[Nn]gày\s|^DỰ"
    r"\s+THẢO|^Phụ lục|^PHỤ LỤC|CÔNG\s+BÁO|^Nghị quyết số"
)
_URGENCY = re.compile(r"(?:^|\n)[ \t*_|]*(HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN)[ \t*_|]*(?=\n|$)")
_AUTHORITY = re.compile(
    rf"(?:(?:^|\n)[ \t*_|]*+|\|[ \t*_]*+)(?P<words>(?:T[/.]?M|K[/.]?T|T[/.]?L|TUQ|T/L|"
    rf"Q)\.?[ *_]+(?P<who>[A-Z{CAPITALS}][^\n|"
    r"\\]{2,90}))"
)
_TITLE = re.compile(
    r"(?:(?:^|\n)[ \t*_|\\]*+|\|[ \t*_\\]*+)(?P<title>(?:QUYỀN\s+)?"
    r"(?:CHỦ TỊCH|PHÓ CHỦ TỊCH|BÍ THƯ|PHÓ BÍ THƯ|THỦ TƯỚNG|"
    r"PHÓ THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|PHÓ GIÁM ĐỐC|"
    r"CHÁNH VĂN PHÒNG|PHÓ CHÁNH VĂN PHÒNG|TRƯỞNG BAN|PHÓ TRƯỞNG BAN|TỔNG BÍ THƯ|CHỦ NHIỆM|PHÓ CHỦ NHIỆM|"
    r"THỐNG ĐỐC|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|VIỆN TRƯỞNG|"
    r"CHÁNH ÁN|TỔNG THANH TRA|CHỦ TỊCH NƯỚC|ỦY VIÊN|UỶ VIÊN)[^\n|\\]{0,60})"
)
_NAME = re.compile(rf"^(?:[A-Z{CAPITALS}][^\W\d_]{{0,6}})(?:\s+[A-Z{CAPITALS}][^\W\d_]{{0,6}}){{1,4}}$")
_LETTER = re.compile(r"(?:(?:^|\n)[ \t*_|]*+|\|[ \t*_]*+)V/v[ :]*(?P<rest>[^\n|]+)")
_RECIPIENTS = re.compile(r"(?:[Kk]ính\s+gửi)[ *_]*:(?P<rest>[^\n]*)")
_ITEM = re.compile(r"[ \t*_]*[-–+•][ \t*_]*(?P<item>[^\n]+)")


def read_head(text: str) -> Head:
    """Give what stands at the top and the foot of ``text``."""
    top = text[:_TOP]
    number = _read_number(top)
    kind, type_words, type_end = _read_type(top)
    if number and type_words and number.start > type_words.end + 400:
        number = None
    if type_words and _ANNEX_FIRST.match(top) and not _has_motto(top[: type_words.start]):
        kind, type_words, type_end = None, None, 0
    place, day, date_words = _read_date(top, text)
    parent, issuer = _read_issuer(top, number, type_words)
    subject = _read_subject(text, type_end, type_words)
    side = _read_side(top, number)
    kind = kind or _type_by_number(number, side) or ("Công văn" if number and _LETTER.search(top) else None)
    authority, title, signer = _read_signature(text)
    return Head(
        issuer=issuer,
        parent=parent,
        number=number,
        symbol=_symbol(number),
        place=place,
        date=day,
        date_words=date_words,
        type=kind,
        type_words=type_words,
        subject=subject,
        signer=signer,
        signer_title=title,
        authority=authority,
        recipients=_read_recipients(text),
        urgency=_words(text, *found.span(1)) if (found := _URGENCY.search(top)) else None,
        side=side,
    )


def _has_motto(words: str) -> bool:
    return bool(_STATE_MOTTO.search(words) or _PARTY_MOTTO.search(words))


def _words(text: str, start: int, end: int) -> Words | None:
    while start < end and (text[start] in _EDGE or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _EDGE or text[end - 1].isspace()):
        end -= 1
    return Words(text[start:end], start, end) if end > start else None


def _read_number(top: str) -> Words | None:
    found = _NUMBER_LINE.search(top)
    return Words(found["number"], *found.span("number")) if found else None


def _symbol(number: Words | None) -> str | None:
    if number is None:
        return None
    found = re.match(r"\d[\d.]*[a-zA-Z]?\s?[-/]\s?(?:\d{4}/)?(.+)$", number.text)
    return found[1].strip() if found else None


def _type_by_number(number: Words | None, side: str | None) -> str | None:
    symbol = _symbol(number)
    if symbol is None:
        return None
    code = re.match(r"[^\W\d_]+", symbol)
    if code is None:
        return None
    if side == "party" and code[0] in PARTY_CODES and code[0] != "QĐ":
        return PARTY_CODES[code[0]]
    return CODES.get(code[0])


def _read_type(top: str) -> tuple[str | None, Words | None, int]:
    offset = 0
    for line in top.split("\n"):
        bare = line.strip(_EDGE)
        shown = re.sub(r"\s+", " ", bare)
        kind = _TYPE_LINES.get(shown) or _BARE_TYPES.get(fold(shown)) if shown.isupper() else None
        if kind:
            start = offset + line.index(bare)
            return kind, Words(bare, start, start + len(bare)), offset + len(line)
        offset += len(line) + 1
    return None, None, 0


def _read_date(top: str, text: str) -> tuple[Words | None, date | None, Words | None]:
    for found in _PLACE_DATE.finditer(top):
        before = top[max(0, found.start() - 24) : found.start()].rstrip(" *_\\\t|")
        if before and before[-1] not in "\n" and not found["place"]:
            continue
        day = _day(found)
        if day is None:
            continue
        place = Words(found["place"], *found.span("place")) if found["place"] else None
        return place, day, Words(found[0], *found.span())
    for found in _PASSED.finditer(text, max(0, len(text) - _FOOT)):
        day = _day(found)
        if day is not None:
            start = found.start("d") - 5
            return None, day, Words(text[start : found.end()], start, found.end())
    return None, None, None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _read_issuer(
    top: str, number: Words | None, type_words: Words | None
) -> tuple[Words | None, Words | None]:
    """Give (parent, issuer): the capital lines at the left top, before number or type."""
    limit = min([place.start for place in (number, type_words) if place] or [0])
    lines: list[Words] = []
    for found in _CELL.finditer(top, 0, limit):
        words = _words(top, *found.span())
        if words is None or _NOT_ISSUER.search(words.text) or not _is_capital(words.text):
            continue
        if lines and _goes_on(lines[-1].text, words.text):
            lines[-1] = Words(f"{lines[-1].text} {words.text}", lines[-1].start, words.end)
        else:
            lines.append(words)
    lines = [line for line in lines if len(line.text) <= 120][:3]
    if not lines:
        return None, None
    return (lines[-2] if len(lines) > 1 else None), lines[-1]


def _is_capital(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return len(letters) >= 4 and sum(char.isupper() for char in letters) >= 0.9 * len(letters)


def _goes_on(above: str, below: str) -> bool:
    """Say whether a name was broken over two lines: ỦY BAN THƯỜNG VỤ / QUỐC HỘI, ĐẢNG BỘ / THÀNH PHỐ …"""
    if above.endswith("ĐẢNG BỘ"):
        return below.startswith(("THÀNH PHỐ", "TỈNH", "QUẬN", "HUYỆN", "PHƯỜNG", "XÃ", "KHỐI"))
    return above.endswith(("THƯỜNG VỤ", " VÀ", " CỦA", "NHÂN DÂN")) and not below.startswith(
        ("BỘ ", "SỞ ", "ỦY BAN", "UỶ BAN")
    )


def _read_subject(text: str, type_end: int, type_words: Words | None) -> Words | None:
    """Give the trích yếu: the lines under the type, or after V/v."""
    letter = _LETTER.search(text[:_TOP])
    if type_words is None:
        return _words(text, *letter.span("rest")) if letter else None
    first, last, position = None, None, type_end
    for line in text[type_end : type_end + 1500].split("\n"):
        bare = line.strip(_EDGE + " ")
        if bare:
            if re.match(
                r"(?:Căn cứ|CĂN CỨ|Xét|Theo|Điều 1|Phần|Chương|I\.|1\.|QUỐC HỘI$|CHÍNH PHỦ$|THỦ TƯỚNG|"
                r"CHỦ TỊCH|BỘ TRƯỞNG|ỦY BAN|HỘI ĐỒNG|QUYẾT)",
                bare,
            ):
                break
            if first is not None and _ends_subject(text, first, bare):
                break
            first = position if first is None else first
            last = position + len(line)
        elif first is not None:
            break
        position += len(line) + 1
    return _words(text, first, last) if first is not None and last is not None else None


def _ends_subject(text: str, first: int, bare: str) -> bool:
    return bare[0] in "(\\-_*" or (bare[0].isupper() and not bare.isupper() and len(bare) > 100)


def _read_side(top: str, number: Words | None) -> str | None:
    if number is not None and re.match(r"\d+\s?-\s?[A-ZĐ]", number.text):
        return "party"
    if _STATE_MOTTO.search(top):
        return "state"
    if _PARTY_MOTTO.search(top):
        return "party"
    return "state" if number is not None else None


def _read_signature(text: str) -> tuple[Words | None, Words | None, Words | None]:
    """Give (authority, title, signer) from the last such block of the text."""
    base = max(0, len(text) - _FOOT)
    authority = None
    for found in _AUTHORITY.finditer(text, base):
        authority = authority or _words(text, *found.span("words"))
    title = None
    for found in _TITLE.finditer(text, authority.start if authority else base):
        title = _words(text, *found.span("title"))
        break
    if title is None and authority is None:
        return None, None, None
    after = max(place.end for place in (title, authority) if place)
    signer = None
    for found in _CELL.finditer(text, after):
        words = _words(text, *found.span())
        if words and _NAME.match(words.text) and not words.text.isupper():
            signer = words
            break
    return authority, title, signer


def _read_recipients(text: str) -> tuple[Words, ...]:
    found = _RECIPIENTS.search(text[: _TOP * 2])
    if found is None:
        return ()
    rest = _words(text, *found.span("rest"))
    if rest:
        return (rest,)
    items = []
    position = found.end() + 1
    for line in text[position : position + 3000].split("\n"):
        item = _ITEM.match(line)
        if item is None:
            if line.strip():
                break
        else:
            words = _words(text, position + item.start("item"), position + item.end("item"))
            if words:
                items.append(
                    Words(words.text.rstrip(",;."), words.start, words.start + len(words.text.rstrip(",;.")))
                )
        position += len(line) + 1
    return tuple(items)
