"""A mention of another document as found, and the date and issuer that follow it without a gap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..vietnamese import normal_tones
from .citation_rules import DATE, ISSUER_HEADS, ISSUER_STOP
from .rules import CONFIDENCE

_DATE = re.compile(DATE)
_ISSUER = re.compile(
    rf",?\s*của\s+(?P<issuer>(?:{ISSUER_HEADS})(?!\w)(?:\s*-\s*Bộ\b)?(?:[ "
    rf"\u00a0\n](?!{ISSUER_STOP})[^\W_]+(?:-[^\W_]+)?){{0,14}}"
    r"(?:\s*\(?kh[oó]á?a?\s+[IVX]{1,6}\)?)?)"
)


@dataclass(slots=True)
class Mention:
    """A citation as found, before its surroundings are read."""

    start: int
    end: int
    type: str
    number: str | None
    date: date | None
    issuer: str | None
    rule: str

    @property
    def confidence(self) -> float:
        """How sure the rule is that found the mention."""
        return CONFIDENCE[self.rule]


def dated(text: str, start: int, end: int, kind: str, number: str | None, rule: str) -> Mention:
    """Read the date and the issuer that follow a mention without a gap, in either order."""
    day, issuer = None, None
    for _ in range(2):
        found = _DATE.match(text, end)
        if found and day is None:
            read = _read_date(found)
            if read is not None or not found["d"]:
                day, end = read, found.end()
                continue
        named = _ISSUER.match(text, end)
        if named and issuer is None and number is not None:
            issuer, end = re.sub(r"\s+", " ", named["issuer"]).strip(), named.end()
    return Mention(start, end, kind, number, day, issuer, rule)


def _read_date(found: re.Match[str]) -> date | None:
    return read_day(found["y"], found["m"], found["d"]) if found["d"] else None


def read_day(year: str, month: str, day: str) -> date | None:
    """Give the day, or ``None`` when there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def tidy(number: str) -> str:
    """Give a number without blanks, with plain hyphens and the tone marks where they are usually put."""
    return normal_tones(re.sub(r"\s+", "", number).replace("–", "-").rstrip("-/&"))
