"""Groups that documents name instead of units: "các sở, ban, ngành", "UBND quận, huyện", "các quận ủy" …

Each group is a pattern over the words in their comparable form (see `body_names`), and who belongs to it on a
day. A group with "liên quan", or one that only says "các cơ quan, đơn vị", leaves open who is meant.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .body_names import words_of
from .models import Level, UnitKind
from .queries import UnitOnDay

_AND = r"(?: ,| ;| và| /|) (?:các )?"
_SCOPE = r"(?: (?:cấp )?(?:thành phố|tỉnh|cấp tỉnh|thuộc thành phố|thuộc tỉnh))?"
_OPEN = r"(?: (?:có )?liên quan)?"


def _series(items: str) -> str:
    """One of the words, and more of them after commas or 'và'."""
    return rf"(?:{items})(?:{_AND}(?:ủy ban nhân dân )?(?:{items}))*"


@dataclass(frozen=True, slots=True)
class Group:
    """A way to name many units at once."""

    name: str
    pattern: re.Pattern[str]
    belongs: Callable[[frozenset[str], UnitOnDay], bool]
    kinds: tuple[str, ...]  # kind words to look for in the text
    least: int  # so many kind words make a group even without 'các'

    def said(self, words: Sequence[str]) -> frozenset[str]:
        """The kind words that stand in the text: {'quận', 'huyện'}."""
        text = re.split(r" (?:trực )?thuộc ", f" {' '.join(words)} ")[0] + " "
        found = set()
        for kind in sorted(self.kinds, key=len, reverse=True):  # 'thị xã' before 'xã'
            if f" {kind} " in text:
                found.add(kind)
                text = text.replace(f" {kind} ", "  ")
        return frozenset(found)

    def contexts(self, words: Sequence[str]) -> list[str]:
        """Kind words whose bare names may follow the group's own words."""
        return sorted(self.said(words)) if self.name in ("districts", "communes", "party_committees") else []

    def members(self, words: Sequence[str], units: Iterable[UnitOnDay]) -> list[int]:
        """The units meant, in the order given."""
        said = self.said(words)
        return [unit.id for unit in units if self.belongs(said, unit)]

    def is_open(self, words: Sequence[str]) -> bool:
        """Whether the words do not say who exactly is meant."""
        said = self.said(words)
        vague = self.name == "agencies" and not said & {"sở", "ban", "ngành"}
        return vague or self.name == "localities" or "liên quan" in " ".join(words)


def _agency(said: frozenset[str], unit: UnitOnDay) -> bool:
    if unit.level != Level.PROVINCE:
        return False
    wide = said & {"ban", "ngành", "cơ quan", "đơn vị"}
    if unit.kind == UnitKind.DEPARTMENT:
        return bool(wide) or ("sở" in said and words_of(unit.name)[:1] == ("sở",))
    if unit.kind == UnitKind.OFFICE:
        return bool(wide) and words_of(unit.name)[:6] == ("văn", "phòng", "ủy", "ban", "nhân", "dân")
    if unit.kind == UnitKind.UNION or unit.kind == UnitKind.FRONT:
        return "đoàn thể" in said
    return unit.kind == UnitKind.AGENCY and bool(wide)


_DISTRICT_KINDS = {
    "quận": UnitKind.URBAN_DISTRICT,
    "huyện": UnitKind.DISTRICT,
    "thị xã": UnitKind.TOWN,
    "thành phố": UnitKind.PROVINCIAL_CITY,
}
_COMMUNE_KINDS = {
    "xã": UnitKind.COMMUNE,
    "phường": UnitKind.WARD,
    "thị trấn": UnitKind.TOWNSHIP,
    "đặc khu": UnitKind.SPECIAL_ZONE,
}


def _district(said: frozenset[str], unit: UnitOnDay) -> bool:
    return any(unit.kind == _DISTRICT_KINDS[word] for word in said)


def _commune(said: frozenset[str], unit: UnitOnDay) -> bool:
    return any(unit.kind == _COMMUNE_KINDS[word] for word in said)


def _party_committee(said: frozenset[str], unit: UnitOnDay) -> bool:
    if unit.kind != UnitKind.PARTY_COMMITTEE:
        return False
    words = words_of(unit.name)
    start = " ".join(words[:2])
    if said & {"cấp ủy", "đảng bộ"}:
        return start not in ("thành ủy", "tỉnh ủy") or unit.level != Level.PROVINCE
    return start in said


def _party_commission(said: frozenset[str], unit: UnitOnDay) -> bool:
    if unit.kind != UnitKind.PARTY_COMMISSION:
        return False
    words = " ".join(words_of(unit.name))
    if words.startswith("ban cán sự đảng"):
        return "ban cán sự đảng" in said
    if words.startswith("đảng đoàn"):
        return "đảng đoàn" in said
    return bool(said & {"ban đảng", "ban của đảng", "ban xây dựng đảng"})


def _union(said: frozenset[str], unit: UnitOnDay) -> bool:
    return unit.kind == UnitKind.UNION or (unit.kind == UnitKind.FRONT and "mặt trận tổ quốc" in said)


def _locality(said: frozenset[str], unit: UnitOnDay) -> bool:
    return unit.kind in _DISTRICT_KINDS.values()


_WORDS_OF_AGENCIES = "sở|ban|ngành|cơ quan|đơn vị|đoàn thể"
_COMMITTEES = "(?:ủy ban nhân dân )?"
_DISTRICTS = "quận|huyện|thị xã|thành phố"
_COMMUNES = "xã|phường|thị trấn|đặc khu"
_PARTY = "quận ủy|huyện ủy|thị ủy|thành ủy|đảng ủy|đảng bộ|cấp ủy"
_COMMISSIONS = "ban đảng|ban của đảng|ban xây dựng đảng|ban cán sự đảng|đảng đoàn"


def _group(
    name: str, pattern: str, belongs: Callable[[frozenset[str], UnitOnDay], bool], kinds: str, least: int = 2
) -> Group:
    return Group(
        name, re.compile(rf"(?:các )?{pattern}{_OPEN}(?= |$)"), belongs, tuple(kinds.split("|")), least
    )


GROUPS: tuple[Group, ...] = (
    _group("agencies", _series(_WORDS_OF_AGENCIES) + _SCOPE, _agency, _WORDS_OF_AGENCIES),
    _group("districts", rf"{_COMMITTEES}(?:các )?{_series(_DISTRICTS)}", _district, _DISTRICTS),
    _group("communes", rf"{_COMMITTEES}(?:các )?{_series(_COMMUNES)}", _commune, _COMMUNES),
    _group(
        "party_committees",
        rf"{_series(_PARTY)}(?: (?:trực thuộc|thuộc)(?: (?:thành ủy|tỉnh ủy|đảng bộ (?:thành phố|tỉnh)))?)?",
        _party_committee,
        _PARTY,
    ),
    _group(
        "party_commissions",
        rf"{_series(_COMMISSIONS)}(?: (?:trực thuộc|thuộc|của)(?: (?:thành ủy|tỉnh ủy)))?",
        _party_commission,
        _COMMISSIONS,
        1,
    ),
    _group(
        "unions",
        r"(?:mặt trận tổ quốc(?: ,| và) (?:các )?)?(?:đoàn thể|tổ chức) chính trị xã hội",
        _union,
        "mặt trận tổ quốc|chính trị xã hội",
    ),
    _group("localities", r"(?:cơ quan , đơn vị , )?địa phương", _locality, "địa phương"),
)


class GroupFinder:
    """Finds a group that begins at a word. `titled`: 'Giám đốc', 'Chủ tịch' … stood before it."""

    def __init__(self, words: Sequence[str], start: int, *, titled: bool) -> None:
        self.words = words
        self.start = start
        self.titled = titled

    def find(self, groups: Iterable[Group]) -> tuple[int, Group | None]:
        """(the place after it, the group) of the longest one, or (start, None)."""
        text = " ".join(self.words[self.start :])
        best_end, best = self.start, None
        for group in groups:
            found = group.pattern.match(text)
            if found is None:
                continue
            words = found[0].split()
            plural = "các" in words or self.titled or (self.start > 0 and self.words[self.start - 1] == "các")
            if not plural and len(group.said(words)) < group.least:
                continue
            if self.start + len(words) > best_end:
                best_end, best = self.start + len(words), group
        return best_end, best
