"""Numbers as official texts write them."""

from __future__ import annotations

import re


def to_number(words: str) -> float:
    """Read a number as official texts write it: 45.799 is forty-five thousand, 7,5 and 0.7 are decimals."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", words):
        return float(words.replace(".", "").replace(",", "."))
    return float(words.replace(",", "."))
