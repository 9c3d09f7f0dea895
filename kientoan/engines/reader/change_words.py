"""Cut text into the words that matter for changes of units: same length as the text, so that spans hold."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from .change_rules import TOKENS

BREAK = "\x1f"
_BLANKS = {ord(char): " " for char in "\t\n\r\v\f\u00a0\u202f\u2009*\\_"}
_SAME = {ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'", ord("`"): "'", ord("–"): "-", ord("—"): "-"}
_SAME |= {ord("‑"): "-", ord("\u00d0"): "Đ", ord("\u00f0"): "đ"}
_LINES = re.compile(r"\n[ \t\r*\u00a0]{0,40}(?=\n)")
_MARKS = "".join(rf"(?<!\b{short})" for short in ("TP", "Tp", "P", "X", "TX", "TT", "Q", "H", "T"))
_END = re.compile(rf"{BREAK}|{_MARKS}\.(?=[\s\"”)]|$)")


def _bounded(pattern: str) -> str:
    """Hold every run of blanks under ten, so that a page of blanks costs no time."""
    return pattern.replace(r"\s+", r"\s{1,9}").replace(r"\s*", r"\s{0,9}")


_RULES = re.compile(
    r"(?=\S)(?:"
    + "|".join(f"(?P<r{place}>{_bounded(rule)})" for place, (_, rule, _) in enumerate(TOKENS))
    + ")"
)
_RELEVANT = re.compile(
    r"sắp\s?xếp|nhập|hợp nhất|thành lập|điều chỉnh|giải thể|chia|tách|đổi tên|chuyển|trên cơ sở", re.I
)
_UNIT = re.compile(r"xã|phường|thị trấn|đặc khu|huyện|quận|thành phố|tỉnh|TP|TX|TT\.|[PXQH]\.", re.I)


@dataclass(frozen=True, slots=True)
class Token:
    """A known word: what it does, its words, its span, and the rule's match."""

    does: str
    start: int
    end: int
    found: re.Match[str]
    kind: str = ""

    @property
    def text(self) -> str:
        """The words with single blanks."""
        return " ".join(self.found[0].split())


class Source:
    """Text made plain (NFC, markup and line ends as blanks), with the way back to the text as given."""

    def __init__(self, given: str) -> None:
        self.given = given
        text, self._starts, self._places = _composed(given)
        text = _LINES.sub(lambda line: BREAK + " " * (len(line[0]) - 1), text)
        self.text = text.translate(_BLANKS).translate(_SAME)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give a span of the plain text as a span of the text as given."""
        if not self._starts:
            return start, end
        return self._back(start), self._back(end)

    def _back(self, place: int) -> int:
        at = bisect_right(self._starts, place) - 1
        if at + 1 < len(self._starts) and self._starts[at] != place:
            return self._places[at + 1]
        return self._places[at]


def _composed(given: str) -> tuple[str, list[int], list[int]]:
    """Compose letters with their marks, noting where each began; nothing to note for text in NFC."""
    if unicodedata.is_normalized("NFC", given):
        return given, [], []
    pieces: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = begin = 0
    for place in range(1, len(given) + 1):
        if place < len(given) and unicodedata.combining(given[place]) and place - begin < 8:
            continue
        piece = unicodedata.normalize("NFC", given[begin:place])
        starts.append(length)
        places.append(begin)
        pieces.append(piece)
        length += len(piece)
        begin = place
    return "".join(pieces), [*starts, length], [*places, len(given)]


def sentences(source: Source) -> Iterator[Iterator[Token]]:
    """Give the known words of each sentence that may speak of units."""
    begin = 0
    text = source.text
    ends = [found.start() for found in _END.finditer(text)]
    for end in [*ends, len(text)]:
        if end - begin > 12 and _RELEVANT.search(text, begin, end) and _UNIT.search(text, begin, end):
            yield map(_token, _RULES.finditer(text, begin, end))
        begin = end + 1


def _token(found: re.Match[str]) -> Token:
    place = int((found.lastgroup or "r0")[1:])
    does, _, example = TOKENS[place]
    kind = example if does == "kind" else ""
    return Token(does, found.start(), found.end(), found, kind)
