"""Find pairs of what was reached and what was planned: "thu ngân sách đạt 45.799/36.875 tỷ đồng".

The second number is the goal. Shares of a whole ("362/459 trường") and dates are no such pairs.
"""

from __future__ import annotations

import re

from .model import Target
from .numbers import to_number
from .rules import CONFIDENCE
from .target_rules import NUMBER

_SLASH = re.compile(r"/\s?\d[\d.,]*\s*(?:%|t[ỷỉ]\s|triệu\s|tấn|ha\b|MW|km)")
_PAIR = re.compile(
    rf"(?=\d)(?<![\w/.,\-])(?P<actual>{NUMBER})\s*(?P<share>%)?\s?/\s?(?P<plan>{NUMBER})\s*"
    r"(?P<unit>%|t[ỷỉ]\s+đồng|triệu\s+(?:đồng|USD)|t[ỷỉ]\s+USD|tấn|ha|MW|km)(?!\w)"
)
_BEFORE = re.compile(r"(?P<name>[^\W\d_][^;:.\n|]{2,90}?)\s+(?:(?:ước\s+)?(?:đạt|thực\s+hiện|được|là)\s+)?$")
_CUT = re.compile(r".*[,(]\s+", re.DOTALL)


def find_pairs(text: str) -> list[Target]:
    """Give the planned value of each pair, with what was reached in ``actual``."""
    targets = []
    for slash in _SLASH.finditer(text):
        found = _PAIR.search(text, max(0, slash.start() - 20), slash.end() + 8)
        if found is None or not found.start() < slash.start() < found.end():
            continue
        if bool(found["share"]) != (found["unit"] == "%"):
            continue
        before = _BEFORE.search(text, max(0, found.start() - 110), found.start())
        if before is None:
            continue
        left = before.start("name")
        cut = _CUT.match(before["name"])
        left += cut.end() if cut else 0
        name = " ".join(text[left : before.end("name")].split())
        targets.append(
            Target(
                left,
                found.end(),
                name,
                "=",
                to_number(found["plan"]),
                None,
                " ".join(found["unit"].split()),
                None,
                None,
                "pair",
                CONFIDENCE["pair"],
                to_number(found["actual"]),
            )
        )
    return targets
