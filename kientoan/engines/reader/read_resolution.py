"""Read a resolution on administrative units: when it takes effect, for which place, what it changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .change_model import Change
from .change_rules import KINDS, NAME
from .change_words import Source
from .find_changes import find_changes
from .read_head import read_head

_DAY = r"ngày\s+(?P<d>\d{1,2})(?:\s+tháng\s+|\s*/\s*)(?P<m>\d{1,2})(?:\s+năm\s+|\s*/\s*)(?P<y>\d{4})"
_PASSED = r"ngày\s+(?:được\s+)?(?:thông\s+qua|ký(?:\s+ban\s+hành)?|ban\s+hành)"
_EFFECT = re.compile(
    rf"có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?từ\s+(?:{_DAY}|(?P<passed>{_PASSED}))", re.IGNORECASE
)
_OPERATES = re.compile(rf"(?:chính\s+thức\s+)?hoạt\s+động\s+(?:kể\s+)?từ\s+{_DAY}", re.IGNORECASE)
_KIND = "|".join(f"(?:{pattern})" for _, pattern, level in KINDS if level < 3)
_PLACE = re.compile(
    r"đơn\s+vị\s+hành\s+chính\s+cấp\s+(?:xã|huyện|cơ\s+sở)(?:(?:,|\s+và)\s+cấp\s+(?:xã|huyện))?\s+"
    rf"(?:của|thuộc|tại|trên\s+địa\s+bàn)\s+(?P<place>(?:{_KIND})\s+(?:{NAME}))"
)

_GLUED = re.compile(r"(?<=\w)như$")  # copies lose the blank: "tỉnh Vĩnh Longnhư sau"

_STATED = re.compile(r"có\s+(?P<count>\d{1,3})\s+đơn\s+vị\s+hành\s+chính\s+cấp\s+xã")


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day that the text says, with the words and their span; ``day`` is open where they name none."""

    day: date | None
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a resolution on units says.

    ``effective``: when it takes effect as a document; ``operating``: when the new units begin to work, which
    is the day of the change where it is said. ``places``: the provinces or districts whose units it arranges.
    ``stated``: how many communes the place has afterwards, as the text itself counts them.
    """

    number: str | None
    issued: date | None
    effective: SaidDay | None
    operating: SaidDay | None
    places: tuple[str, ...]
    stated: int | None
    changes: tuple[Change, ...]

    @property
    def day(self) -> SaidDay | None:
        """The day on which units change: when the new ones begin to work, else when the text takes effect."""
        return self.operating or self.effective


def read_resolution(text: str) -> Resolution:
    """Read ``text``; a text that changes no units gives no ``changes``."""
    source = Source(text)
    head = read_head(text)
    places = (_GLUED.sub("", " ".join(found["place"].split())) for found in _PLACE.finditer(source.text))
    return Resolution(
        number=head.number.text if head.number else None,
        issued=head.date,
        effective=_said(source, _EFFECT, head.date),
        operating=_said(source, _OPERATES, head.date),
        places=tuple(dict.fromkeys(places)),
        stated=int(counted["count"]) if (counted := _STATED.search(source.text)) else None,
        changes=find_changes(text),
    )


def _said(source: Source, rule: re.Pattern[str], issued: date | None) -> SaidDay | None:
    """Give the first day said; "từ ngày được thông qua" is the day of issue."""
    found = rule.search(source.text)
    if found is None:
        return None
    start, end = source.span(*found.span())
    words = " ".join(found[0].split())
    if found.groupdict().get("passed"):
        return SaidDay(issued, words, start, end)
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return SaidDay(None, words, start, end)
    return SaidDay(day, words, start, end)
