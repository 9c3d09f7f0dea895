"""Cut a paragraph into sentences, and a sentence into its segments; edge blanks and signs stay outside."""

from __future__ import annotations

import re

from ..vietnamese import CAPITALS
from .model import Span

_SENTENCE = re.compile(r"\.[”\"*_]*\s+(?=[“\"(*_]*[A-Z" + CAPITALS + "])")
_SEGMENT = re.compile(r";\s+|,\s+theo\s+đó,?\s+")


def cut_sentences(text: str, start: int, end: int) -> list[Span]:
    """Give the sentences of a paragraph: a full stop before a capital parts them."""
    return _pieces(text, start, end, _SENTENCE)


def cut_segments(text: str, start: int, end: int) -> list[Span]:
    """Give the segments of a sentence: a semicolon or ", theo đó" parts them."""
    if text.find(";", start, end) < 0 and text.find("đó", start, end) < 0:
        return [(start + _lead_blanks(text, start, end), end)] if text[start:end].strip() else []
    return _pieces(text, start, end, _SEGMENT)


def _pieces(text: str, start: int, end: int, cut: re.Pattern[str]) -> list[Span]:
    spans = []
    left = start
    for found in cut.finditer(text, start, end):
        spans.append((left, found.start()))
        left = found.end()
    spans.append((left, end))
    return [(a + _lead_blanks(text, a, b), b) for a, b in spans if text[a:b].strip()]


def _lead_blanks(text: str, start: int, end: int) -> int:
    count = 0
    while start + count < end and (text[start + count].isspace() or text[start + count] in '*_“"'):
        count += 1
    return count
