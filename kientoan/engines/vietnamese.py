"""Vietnamese letters, tones, order and numbers: the base every engine and domain may stand on.

Functions take and give ``str`` (or ``Decimal``); none of them changes anything outside. Text is handled in
Unicode normal form C (NFC), in which one Vietnamese letter with its tone is one character.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The 29 Vietnamese letters in order, with f j w z of foreign names at their Latin places."""

CAPITALS = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""Capitals with a sign, for classes of characters in patterns: as a range they hold small letters too."""

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Combining marks in the order of the tones: ngang, huyền, hỏi, ngã, sắc, nặng."""

_VOWELS = "aăâeêioôơuưy"


class NumberError(ValueError):
    """A text that is not a number written the Vietnamese way; ``str(error)`` is a message for the user."""


def nfc(text: str) -> str:
    """Give ``text`` in Unicode normal form C, the form in which all Vietnamese text is kept and compared."""
    return unicodedata.normalize("NFC", text)


def _folding() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "d"}
    for letter in _VOWELS:
        bare = unicodedata.normalize("NFD", letter)[0]
        for tone in TONES:
            for form in (letter, letter.upper()):
                table[ord(nfc(form + tone))] = bare
    for code in range(0x300, 0x370):
        table[code] = ""
    return table


_FOLD = _folding()


def fold(text: str) -> str:
    """Give ``text`` in lower case without tone marks and diacritics, for a search typed without them.

    "Thành ủy Cần Thơ" gives "thanh uy can tho"; đ gives d. Accents of other languages fall away too.
    """
    folded = text.lower().translate(_FOLD)
    if folded.isascii():
        return folded
    parts = unicodedata.normalize("NFD", folded)
    return nfc("".join(char for char in parts if not unicodedata.combining(char)))


def _tone_moves() -> dict[str, str]:
    moves = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for tone in TONES[1:]:
            for one in (first, first.upper()):
                for two in (second, second.upper()):
                    moves[nfc(one + two + tone)] = nfc(one + tone + two)
    return moves


_MOVES = _tone_moves()
_MOVABLE = re.compile("(?<![qQ])(?:" + "|".join(sorted(_MOVES)) + r")(?![^\W\d_])")


def normal_tones(text: str) -> str:
    """Give ``text`` with the tone of open oa, oe, uy on the first vowel: Hoà → Hòa, Thuỷ → Thủy.

    Offices write both; compare after this. Closed syllables (hoàn, hoạt) and qu- (quý) have one spelling only
    and stay. The length of NFC text does not change, so spans stay valid.
    """
    return _MOVABLE.sub(lambda found: _MOVES[found[0]], text)


def plain_name(name: str) -> str:
    """A name for comparing: composed, one way of setting the tone, single blanks, no capitals."""
    return " ".join(normal_tones(nfc(name)).casefold().split())


def _order_tables() -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    letters: dict[int, str] = {}
    tones: dict[int, str] = {}
    cases: dict[int, str] = {}
    for place, letter in enumerate(ALPHABET):
        for rank, tone in enumerate(TONES if letter in _VOWELS else TONES[:1]):
            for case, form in enumerate((letter, letter.upper())):
                code = ord(nfc(form + tone))
                letters[code] = chr(ord("A") + place)
                tones[code] = str(rank + 1)
                cases[code] = str(case + 1)
    for code in range(128):
        if code in letters:
            continue
        tones[code] = cases[code] = "1"
        if chr(code).isspace():
            letters[code] = " "
        elif code < 0x20 or code == 0x7F:
            letters[code] = ""
        elif code > ord("9"):
            letters[code] = "/"
    return letters, tones, cases


_LETTERS, _TONE_RANKS, _CASES = _order_tables()
_NO_RANK = re.compile("[^1-6]")


def sort_key(text: str) -> str:
    """Give a key that orders text as a Vietnamese dictionary does, also in SQL with ``COLLATE "C"``.

    Letters decide first (a ă â b c d đ e ê …), then tones (ngang huyền hỏi ngã sắc nặng), then small before
    capital. The key holds no NUL and may be stored.
    """
    plain = nfc(text)
    letters = plain.translate(_LETTERS)
    tones = _NO_RANK.sub("1", plain.translate(_TONE_RANKS)).rstrip("1")
    cases = _NO_RANK.sub("1", plain.translate(_CASES)).rstrip("1")
    return f"{letters}\x01{tones}\x01{cases}"


_NUMBER = re.compile(r"([-+−–]?)(\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,(\d+))?", re.ASCII)


def parse_number(text: str) -> Decimal:
    """Read a number written the Vietnamese way: "1.234,56" gives Decimal("1234.56").

    Dots (or spaces) part groups of three digits, a comma precedes the decimals. Raises ``NumberError`` with a
    Vietnamese message that names the text and the remedy.
    """
    shown = text.strip()
    plain = shown.replace("\u00a0", " ").replace("\u202f", " ")
    if not plain:
        raise NumberError("Ô trống: hãy nhập một số, ví dụ 1.234,56.")
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise NumberError(_why_not_a_number(shown, plain))
    sign, whole, decimals = found.groups()
    digits = re.sub(r"[. ]", "", whole) + (f".{decimals}" if decimals else "")
    return Decimal(digits if sign in ("", "+") else f"-{digits}")


def _why_not_a_number(shown: str, plain: str) -> str:
    shown = shown if len(shown) <= 40 else shown[:39] + "…"
    if re.fullmatch(r"[-+−–]?[\d., ]+", plain, re.ASCII):
        if plain.count(",") > 1 or (0 <= plain.find(",") < plain.find(".")):
            return (
                f"“{shown}” không phải số viết theo lối Việt Nam: dấu chấm tách hàng nghìn, "
                "dấu phẩy đứng trước phần thập phân, ví dụ 1.234,56."
            )
        if "." in plain:
            return (
                f"“{shown}” không rõ nghĩa: dấu chấm chỉ tách từng nhóm ba chữ số. "
                "Phần thập phân viết sau dấu phẩy, ví dụ 7,25."
            )
    return f"“{shown}” không phải là số. Hãy nhập dạng 1.234,56."


def format_number(value: Decimal | int, decimals: int | None = None) -> str:
    """Write a number the Vietnamese way: ``format_number(Decimal("1234.5"), 2)`` gives "1.234,50".

    ``decimals`` places after the comma, rounded half up; ``None`` keeps the places that the value has. Raises
    ``NumberError`` for NaN and infinity, which stand for no number.
    """
    number = Decimal(value)
    if not number.is_finite():
        raise NumberError("Giá trị không phải là số hữu hạn nên không thể trình bày.")
    places = max(0, -int(number.as_tuple().exponent)) if decimals is None else decimals
    whole, _, fraction = _round(number, places).partition(".")
    sign = "-" if whole.startswith("-") else ""
    groups = f"{int(whole.lstrip('-')):,}".replace(",", ".")
    if sign and not any(char in "123456789" for char in groups + fraction):
        sign = ""
    return sign + groups + ("," + fraction if fraction else "")


def _round(number: Decimal, places: int) -> str:
    """Round half up to ``places`` without the limit that the decimal context sets on long numbers."""
    sign, digits, exponent = number.as_tuple()
    shift = int(exponent) + places
    coefficient = int("".join(map(str, digits)) or "0")
    if shift >= 0:
        coefficient *= 10**shift
    else:
        step = 10**-shift
        coefficient, rest = divmod(coefficient, step)
        coefficient += 2 * rest >= step
    text = str(coefficient).rjust(places + 1, "0")
    body = text if places == 0 else f"{text[:-places]}.{text[-places:]}"
    return ("-" if sign else "") + body
