"""Read the values of a goal: numbers with their signs in a cell, and the years they are for."""

from __future__ import annotations

import re

from .model import Span
from .numbers import to_number
from .target_rules import NUMBER, PERIOD

_PERIOD = re.compile(PERIOD)
_WORDY = re.compile(r"[^\W\d_]{3,}\s+[^\W\d_]+\s+[^\W\d_]+\s+[^\W\d_]")
_VALUE = re.compile(
    rf"\s*(?P<sign>≥|>=|≤|<=|>|<|=|~|(?i:trên|dưới|tối\s+thiểu|ít\s+nhất|không\s+quá|tối\s+đa|khoảng|"
    rf"đạt|từ|hơn|giảm|tăng))?\s*"
    rf"(?P<low>{NUMBER})\s*%?(?:\s*[-–]\s*(?P<high>{NUMBER}))?(?P<rest>[^;\d]{{0,40}})"
)
_SIGNS = {
    "≥": ">=",
    "≤": "<=",
    "trên": ">",
    "hơn": ">",
    "dưới": "<",
    "tối thiểu": ">=",
    "ít nhất": ">=",
    "không quá": "<=",
    "tối đa": "<=",
    "khoảng": "~",
    "đạt": "=",
    "từ": "=",
    "giảm": "decrease",
    "tăng": "increase",
}


def read_period(words: str) -> str | None:
    """Give the first period of years named in ``words``."""
    found = _PERIOD.search(words)
    if found is None:
        return None
    if found["from"]:
        return f"{found['from']}/{found['to']}"
    if found["quarter"]:
        return f"{found['qyear']}-Q{ {'I': 1, 'II': 2, 'III': 3, 'IV': 4}[found['quarter']] }"
    return found["year"]


def read_values(text: str, cell: Span) -> list[tuple[Span, str, float | None, float | None, str | None]]:
    """Read the values of a cell: "≤ 3 Đông Nam Á; ≤ 50 Thế giới" holds two."""
    values = []
    start = cell[0]
    for part in text[slice(*cell)].split(";"):
        found = _VALUE.match(part)
        if (
            found
            and (found["sign"] or not _WORDY.search(found["rest"]))
            and not re.match(r"\s*[/.]\s*\d", part[found.end() :])
        ):
            sign = re.sub(r"\s+", " ", (found["sign"] or "=").casefold())
            operator = _SIGNS.get(sign, sign)
            low, high = to_number(found["low"]), to_number(found["high"]) if found["high"] else None
            if high is not None:
                operator = "range"
            elif re.match(r"\s*trở\s+lên", found["rest"]):
                operator = ">="
            left = start + len(part) - len(part.lstrip())
            right = start + found.end("high" if found["high"] else "low")
            right += 1 if text[right : right + 1] == "%" else 0
            upper = operator in ("<", "<=")
            own = "%" if "%" in part else None
            values.append(((left, right), operator, None if upper else low, low if upper else high, own))
        start += len(part) + 1
    return values
