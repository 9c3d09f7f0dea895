"""Character sets of Vietnamese files: found by trying, accepted only when certain.

TCVN 5712:1993 (TCVN3, "ABC", the .Vn fonts) and VNI-Windows put Vietnamese letters on the
codes of Western ones; which of them a file uses is written nowhere in a text file.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from .extracted import UnreadableFile
from .syllables import score_text

_WORD = re.compile(r"[^\s]+")
_CERTAIN = 0.9
_MARGIN = 0.25

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)

_WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""Signs of Western Windows (quotes, dashes) that the old character sets leave in their places."""

_VNI_MARKS = {
    "a": dict(zip("øùûõïâêáàåãäéèúüë", "àáảãạâăấầẩẫậắằẳẵặ", strict=True)),
    "e": dict(zip("øùûõïâáàåãä", "èéẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("øùûõïâáàåãä", "òóỏõọôốồổỗộ", strict=True)),
    "ô": dict(zip("øùûõï", "ờớởỡợ", strict=True)),
    "u": dict(zip("øùûõï", "ùúủũụ", strict=True)),
    "ö": dict(zip("øùûõï", "ừứửữự", strict=True)),
    "y": dict(zip("øùûõ", "ỳýỷỹ", strict=True)),
}
_VNI_SINGLE = dict(zip("ìíæóòîñôöÌÍÆÓÒÎÑÔÖ", "ìíỉĩịỵđơưÌÍỈĨỊỴĐƠƯ", strict=True))
_VNI_PAIR = re.compile(r"([aeouyôöAEOUYÔÖ])([øùûõïâêáàåãäéèúüëØÙÛÕÏÂÊÁÀÅÃÄÉÈÚÜË])|([ìíæóòîñôöÌÍÆÓÒÎÑÔÖ])")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text (NFC) and the name of the character set it was in."""

    text: str
    encoding: str


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Turn TCVN3 letters, read as Western ones, into Unicode; `capitals` for the fonts .Vn…H."""
    text = _unsymbol(text)
    if capitals:
        return "".join(_TCVN3.get(char, char) for char in text).upper()
    return _WORD.sub(_tcvn3_word, text)


def _tcvn3_word(match: re.Match[str]) -> str:
    """Convert one word. TCVN3 has no toned capitals: "CéNG" was typed in capitals and is made whole."""
    word = match.group()
    converted = "".join(_TCVN3.get(char, char) for char in word)
    plain = [char for char in word if char.isascii() and char.isalpha()]
    return converted.upper() if len(plain) > 1 and all(char.isupper() for char in plain) else converted


def from_vni(text: str) -> str:
    """Turn VNI-Windows letters, read as Western ones, into Unicode."""
    return _VNI_PAIR.sub(_vni_letter, _unsymbol(text))


def decode_text(data: bytes) -> Decoded:
    """Decode a text file.

    Raises UnreadableFile(binary | encoding) where the bytes are no text, or where no
    character set makes them certainly Vietnamese.
    """
    marked = _decode_marked(data)
    if marked is not None:
        return marked
    if b"\x00" in data:
        return _decode_unmarked_utf16(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data)
    _refuse_binary(text)
    return repair(Decoded(unicodedata.normalize("NFC", text), "utf-8"))


def repair(decoded: Decoded) -> Decoded:
    """Mend Unicode text whose letters are TCVN3, VNI or doubly encoded UTF-8, when certain.

    Returns it unchanged where it is plausible already, or where nothing is certainly better.
    """
    share, accented = score_text(decoded.text)
    if accented < 3 or share >= _CERTAIN:
        return decoded
    candidates = [
        Decoded(_nfc(from_tcvn3(decoded.text)), "tcvn3"),
        Decoded(_nfc(from_vni(decoded.text)), "vni"),
    ]
    for charset in ("cp1252", "latin-1"):
        try:
            candidates.append(Decoded(_nfc(decoded.text.encode(charset).decode("utf-8")), "utf-8 (hai lần)"))
        except UnicodeError:
            continue
    return _best(candidates, floor=share + _MARGIN) or decoded


def _decode_marked(data: bytes) -> Decoded | None:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(name)
            except UnicodeDecodeError:
                raise _uncertain() from None
            _refuse_binary(text)
            return Decoded(_nfc(text), "utf-16" if name.startswith("utf-16") else name)
    return None


def _decode_unmarked_utf16(data: bytes) -> Decoded:
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = _nfc(data.decode(name))
        except UnicodeDecodeError:
            continue
        share, accented = score_text(text)
        if accented >= 3 and share >= _CERTAIN and "\x00" not in text:
            return Decoded(text, "utf-16")
    raise _binary()


def _decode_legacy(data: bytes) -> Decoded:
    western = data.decode("latin-1").translate(_WINDOWS)
    _refuse_binary(western)
    candidates = [Decoded(_nfc(from_tcvn3(western)), "tcvn3"), Decoded(_nfc(from_vni(western)), "vni")]
    candidates.append(Decoded(_nfc(data.decode("cp1258", errors="replace")), "windows-1258"))
    best = _best(candidates, floor=_CERTAIN)
    if best is None:
        raise _uncertain()
    return best


def _best(candidates: list[Decoded], *, floor: float) -> Decoded | None:
    """Return the one candidate that is Vietnamese and clearly ahead of the others."""
    scored = sorted(((score_text(c.text), c) for c in candidates), key=lambda item: item[0], reverse=True)
    (share, accented), winner = scored[0]
    rivals = [score for (score, words), other in scored[1:] if other.text != winner.text and words >= 3]
    if accented < 3 or share < max(floor, _CERTAIN) or any(share - rival < _MARGIN for rival in rivals):
        return None
    return winner


def _vni_letter(match: re.Match[str]) -> str:
    base, mark, single = match.groups()
    if single:
        return _VNI_SINGLE[single]
    letter = _VNI_MARKS[base.lower()].get(mark.lower())
    if letter is None:
        return _VNI_SINGLE.get(base, base) + _VNI_SINGLE.get(mark, mark)
    return letter.upper() if base.isupper() else letter


def _unsymbol(text: str) -> str:
    """Word keeps letters of symbol fonts at U+F000 + code; bring them back to the code."""
    if not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    return "".join(chr(ord(char) - 0xF000) if "\uf000" <= char <= "\uf0ff" else char for char in text)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _refuse_binary(text: str) -> None:
    odd = sum(1 for char in text[:20_000] if char < " " and char not in "\t\n\r\x0b\x0c")
    if odd > len(text[:20_000]) * 0.005:
        raise _binary()


def _binary() -> UnreadableFile:
    return UnreadableFile(
        "binary",
        "Tệp không phải văn bản: nội dung là dữ liệu nhị phân.",
        "Hãy gửi tệp Word (.docx), PDF, HTML hoặc văn bản thuần (.txt).",
    )


def _uncertain() -> UnreadableFile:
    return UnreadableFile(
        "encoding",
        "Không xác định chắc chắn được bảng mã tiếng Việt của tệp "
        "(đã thử UTF-8, UTF-16, windows-1258, TCVN3, VNI).",
        "Mở tệp bằng phần mềm soạn thảo, lưu lại với bảng mã UTF-8 rồi gửi lại.",
    )
