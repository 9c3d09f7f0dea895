"""Numbers that exist only in Word's numbering.xml, written out as Word shows them."""

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: number format, pattern (`%1.`), first number, what it restarts after."""

    format: str
    pattern: str
    start: int
    restart: int | None
    legal: bool


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts list paragraphs in document order and gives each its label."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._opened: set[str] = set()
        if root is not None:
            self._load(root)

    def label(self, list_id: str, level: int) -> str:
        """Count one paragraph of list `list_id` at `level` (from 0) and return its label.

        Returns "" for an unknown list or a level without a number; a bullet is "-".
        """
        known = self._lists.get(list_id)
        if known is None or level not in known.levels:
            return ""
        counters = self._counters.setdefault(known.abstract, {})
        if list_id not in self._opened:
            self._opened.add(list_id)
            for overridden in known.starts:
                counters.pop(overridden, None)
        self._count(known, counters, level)
        shape = known.levels[level]
        if shape.format == "bullet":
            return "-"
        if shape.format == "none" and "%" not in shape.pattern:
            return shape.pattern.strip()

        def write(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            other = known.levels.get(index)
            if other is None:
                return ""
            value = counters.get(index, known.starts.get(index, other.start))
            return format_number(value, "decimal" if shape.legal else other.format)

        return _PLACE.sub(write, shape.pattern).strip()

    def _count(self, known: _List, counters: dict[int, int], level: int) -> None:
        start = known.starts.get(level, known.levels[level].start)
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [index for index in counters if index > level]:
            shape = known.levels.get(deeper)
            restart = shape.restart if shape else None
            if restart == 0 or (restart is not None and level > restart - 1):
                continue
            del counters[deeper]

    def _load(self, root: etree._Element) -> None:
        abstracts = {
            _attribute(node, "abstractNumId"): {
                int(_attribute(level, "ilvl") or 0): _read_level(level) for level in node.findall(f"{W}lvl")
            }
            for node in root.findall(f"{W}abstractNum")
        }
        for node in root.findall(f"{W}num"):
            abstract = _value(node, "abstractNumId")
            known = _List(abstract, dict(abstracts.get(abstract, {})))
            for override in node.findall(f"{W}lvlOverride"):
                index = int(_attribute(override, "ilvl") or 0)
                level = override.find(f"{W}lvl")
                if level is not None:
                    known.levels[index] = _read_level(level)
                start = _value(override, "startOverride")
                if start.isdecimal():
                    known.starts[index] = int(start)
            self._lists[_attribute(node, "numId")] = known


def format_number(value: int, style: str) -> str:
    """Write `value` in one of Word's number formats."""
    if style == "decimalZero":
        return f"{value:02d}"
    if style in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if style == "upperRoman" else roman.lower()
    if style in ("upperLetter", "lowerLetter") and value > 0:
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style == "none":
        return ""
    return str(value)


def _roman(value: int) -> str:
    written = ""
    for amount, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        written += sign * (value // amount)
        value %= amount
    return written


def _read_level(node: etree._Element) -> Level:
    start = _value(node, "start")
    restart = _value(node, "lvlRestart")
    return Level(
        format=_value(node, "numFmt") or "decimal",
        pattern=_value(node, "lvlText"),
        start=int(start) if start.isdecimal() else 0,
        restart=int(restart) if restart.isdecimal() else None,
        legal=node.find(f"{W}isLgl") is not None,
    )


def _value(node: etree._Element, name: str) -> str:
    child = node.find(W + name)
    return _attribute(child, "val") if child is not None else ""


def _attribute(node: etree._Element, name: str) -> str:
    return str(node.get(W + name) or "")
