"""Follow one sentence on units word by word: which units are old, which are new, and how much of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .change_rules import KINDS, KNOWN_WORDS, LEVELS, LOWER
from .change_words import Token

_KNOWN = frozenset(KNOWN_WORDS.split())

UNREADABLE = 4
"""So many unknown words among units without any extent: the sentence speaks of something else."""

NEAR_VERB = 24
"""Characters between a unit and its passive verb."""

NEAR_BRACKET = 4
"""Characters between a unit and the bracket that says where it lies (blanks and marks of bold type)."""

MOST_PAIRS = 10_000
"""More pairs of new and old units than any clause has: the text is no clause."""

_SHORT_KINDS = tuple(
    (kind, re.compile(rf"(?<![^\W\d_])(?=[A-Z][A-Za-z]?(?:\.|\s))(?:{pattern})\.?(?![{LOWER}])\s*"))
    for kind, pattern, _ in KINDS
)
_LIST_WORDS = ("name", "mark", "and", "bracket", "many", "kind")
RULES_OF_VERBS: dict[str, str] = {
    "thành": "establish",
    "chia": "split",
    "tách": "split",
    "đổi": "rename",
    "điều": "adjust",
    "chuyển": "adjust",
    "giải": "dissolve",
}
"""The rule that the first syllable of a verb stands for; any other verb of arranging is "merge"."""


def read_area(digits: str, unit: str) -> float | None:
    """Give square kilometres: "1.234,5" "ha" is 12.345."""
    try:
        number = float(digits.rstrip(".,").replace(".", "").replace(",", "."))
    except ValueError:
        return None
    if unit.startswith(("ha", "héc")):
        return round(number / 100, 6)
    return round(number / 1_000_000, 8) if unit in ("m2", "m²") else number


def read_people(digits: str) -> int | None:
    """Give persons: "21.924" is 21924."""
    plain = digits.replace(".", "")
    return int(plain) if plain.isascii() and plain.isdigit() else None


def in_full(place: str) -> str:
    """Write out the kinds in the words of a bracket: "TP. Sóc Trăng" is "thành phố Sóc Trăng"."""
    for kind, rule in _SHORT_KINDS:
        place = rule.sub(f"{kind} ", place)
    return place


@dataclass(slots=True)
class Extent:
    """How much of the units after it: "một phần diện tích tự nhiên, quy mô dân số của …"."""

    whole: bool = False
    part: bool = False
    rest: bool = False
    area: float | None = None
    population: int | None = None
    quantity: bool = False
    measured: bool = False
    land: bool = False
    people: bool = False
    units: int = 0

    @property
    def partial(self) -> bool:
        """A part, what is left, a bare quantity ("287,85 ha của xã …"), land or people alone."""
        alone = self.land != self.people
        return self.part or self.rest or alone or (self.quantity and not self.whole)

    @property
    def said(self) -> bool:
        return self.whole or self.part or self.rest or self.quantity


@dataclass(slots=True)
class Named:
    """A unit as named in the sentence."""

    kind: str
    name: str
    start: int
    end: int
    within: str | None = None
    extent: Extent | None = None

    @property
    def full_name(self) -> str:
        """The kind with a capital, then the name: "Thị trấn Gôi"."""
        return f"{self.kind[0].upper()}{self.kind[1:]} {self.name}"


@dataclass(slots=True)
class Clause:
    """One change as read: ``rule`` is the verb's, ``into_existing`` when the result was there before."""

    rule: str
    start: int
    end: int
    old: list[Named] = field(default_factory=list)
    new: list[Named] = field(default_factory=list)
    into_existing: bool = False
    doubts: int = 0
    bare: bool = False

    @property
    def confidence(self) -> float:
        """Sure when every word among the old units was known and each said how much of it."""
        return round(max(0.3, (0.9 if self.bare else 0.98) - 0.12 * min(self.doubts, 4)), 2)

    @property
    def whole(self) -> bool:
        """There is something old and something new, and they are not the same."""
        if self.rule == "unchanged":
            return bool(self.new)
        if not self.new or not self.old or (self.bare and self.doubts >= UNREADABLE):
            return False
        if len(self.old) == len(self.new) == 1:
            return self.old[0].full_name != self.new[0].full_name
        return len(self.new) == 1 or len(self.new) * len(self.old) < MOST_PAIRS

    def parts(self) -> Iterator[tuple[Named, list[Named]]]:
        """Give each new unit with its old ones: "các phường A, B trên cơ sở các xã A, B" pairs by name."""
        names = {unit.name.casefold(): unit for unit in self.old}
        paired = len(self.new) > 1 and [unit.name.casefold() for unit in self.new] == list(names)
        for unit in self.new:
            yield unit, [names[unit.name.casefold()]] if paired else self.old

    @classmethod
    def read(cls, tokens: Iterable[Token]) -> list[Clause]:
        """Read the clauses of one sentence."""
        return list(_Reader().read(tokens))


class _Reader:
    """The state while words pass: which side units belong to, the extent and the kind that hold."""

    def __init__(self) -> None:
        self.clause: Clause | None = None
        self.side = ""
        self.extent = Extent()
        self.kind = ""
        self.kind_start = -1
        self.joint = ""
        self.last: Named | None = None
        self.listing = False
        self.list: list[Named] = []
        self.place_level = 0
        self.word = ""
        self.topic = False

    def read(self, tokens: Iterable[Token]) -> Iterator[Clause]:
        """Give each clause as it closes."""
        for token in tokens:
            if self._starts(token):
                if self.clause is not None and self.clause.whole:
                    yield self.clause
                self._start(token)
                continue
            self._take(token)
            if token.does not in ("kind", "new", "many", "mark"):
                self.kind_start = -1
            self.listing = self.last is not None and (self.listing or token.does == "name")
            self.listing = self.listing and token.does in _LIST_WORDS
            if token.does not in ("kind", "many", "new", "bracket", "after", "place"):
                self.joint = token.does if token.text != ":" else "colon"
        if self.clause is not None and self.clause.whole:
            yield self.clause

    def _starts(self, token: Token) -> bool:
        """Say whether a verb opens a clause here, rather than standing within one."""
        if token.does == "same":
            return True
        if token.does != "verb":
            return False
        small = token.text[0].islower()
        if self.clause is None:
            return not (small and self.topic)
        based = self.clause.rule == "establish" and self.side == "old"
        return not small or (self.clause.whole and not based)

    def _start(self, token: Token) -> None:
        first = token.text.lower().split()[0]
        rule = "unchanged" if token.does == "same" else RULES_OF_VERBS.get(first, "merge")
        self.clause = Clause(rule, token.start, token.end)
        self.side = "new" if rule in ("establish", "unchanged") else "old"
        self._seed(token)
        self.extent = Extent()
        self.kind = ""
        self.joint = "verb"
        self.kind_start = -1

    def _seed(self, token: Token) -> None:
        """Take the unit before a passive verb: "Xã Giang Hải được thành lập trên cơ sở …"."""
        clause, last = self.clause, self.last
        self.last = None
        if clause is None or last is None or self.word != "được" or token.start - last.end > NEAR_VERB:
            return
        clause.start = last.start
        if clause.rule == "establish":
            clause.new.append(last)
        else:
            clause.old.append(last)

    def _take(self, token: Token) -> None:
        match token.does:
            case "kind":
                self.kind = token.kind
                self.kind_start = token.start
            case "name":
                self._name(token)
            case "whole" | "part" | "rest" | "measure" | "quantity":
                self._measure(token)
            case "bracket":
                self._bracket(token)
            case "becomes" | "into" | "called" | "basis" | "verb":
                self._turn(token)
            case "announce":
                self.clause = None
            case "topic":
                self.topic = True
            case "other":
                self.word = token.text.lower()
                if self.side == "old" and self.clause and token.text.lower() not in _KNOWN:
                    self.clause.doubts += 1

    def _name(self, token: Token) -> None:
        """Take a name after its kind, or as the next one of a list: "các phường A, B và C"."""
        if self.joint == "owner" and not (self.side == "old" and self.extent.said and not self.extent.units):
            return
        listed = self.joint in ("mark", "and") and self.listing
        if self.kind_start < 0 and not (self.kind and (listed or self.joint == "called")):
            self.last = None
            return
        start = self.kind_start if self.kind_start >= 0 else token.start
        unit = Named(self.kind, token.text, start, token.end)
        if self._is_locator(unit):
            self._locate(unit)
            return
        self.last = unit
        self.place_level = 0
        if listed and self.kind_start < 0:
            self.list.append(unit)
        else:
            self.list = [unit]
        if self.clause is None:
            return
        if self.side == "old":
            self._add_old(unit)
        elif self._wants_new():
            self.clause.new.append(unit)
            self.clause.end = unit.end

    def _wants_new(self) -> bool:
        """One new unit, but all of a split or of "Thành lập các phường A, B và C"."""
        clause = self.clause
        if clause is None or not clause.new:
            return clause is not None
        several = clause.rule in ("split", "establish", "unchanged")
        return several and self.joint in ("mark", "and", "name", "colon")

    def _add_old(self, unit: Named) -> None:
        clause = self.clause
        if clause is None:
            return
        unit.extent = self.extent
        self.extent.units += 1
        clause.bare = clause.bare or not (self.extent.said or self.extent.measured)
        clause.old.append(unit)
        clause.end = max(clause.end, unit.end)

    def _is_locator(self, unit: Named) -> bool:
        """Say whether a unit only says where the one before it lies: "xã Kênh Giang, thành phố Chí Linh"."""
        last = self.last
        if last is None or LEVELS[unit.kind] >= LEVELS[last.kind]:
            return False
        if self.joint == "within":
            return True
        far = LEVELS[last.kind] == 3 or last.within is not None or last.kind in ("huyện", "quận", "thị xã")
        return far and self.joint in ("mark", "of", "name")

    def _locate(self, unit: Named) -> None:
        """Note the place; after "thuộc" it is that of the whole list: "các xã A, B thuộc huyện C"."""
        level = LEVELS[unit.kind]
        if self.place_level and level >= self.place_level:
            return
        self.place_level = level
        units = self.list if self.joint == "within" else self.list[-1:]
        for named in units:
            if named is self.last or named.within is None:
                named.within = f"{named.within}, {unit.full_name}" if named.within else unit.full_name

    def _bracket(self, token: Token) -> None:
        """Keep "(huyện Đông Anh)", for numbered wards before it too: "Phường 1 và Phường 2 (Quận 5)"."""
        inside = in_full(" ".join(token.found["inside"].split()))
        if self.last is None or self.last.within or not any(kind in inside.lower() for kind in LEVELS):
            return
        if (
            token.start - self.last.end > NEAR_BRACKET
        ):  # it belongs to other words: "khu vực bãi bồi (do huyện …)"
            return
        self.last.within = inside.removeprefix("thuộc ").removeprefix("của ")
        if self.clause is None or self.side != "old" or not self.last.name.isdigit():
            return
        for unit in reversed(self.clause.old[:-1]):
            if unit.within or not unit.name.isdigit() or unit.extent is not self.last.extent:
                break
            unit.within = self.last.within

    def _measure(self, token: Token) -> None:
        """Open a new extent after units, or add to the one being said."""
        if self.side != "old":
            return
        if self.extent.units:
            self.extent = Extent()
        extent = self.extent
        extent.whole = extent.whole or token.does == "whole"
        extent.part = extent.part or token.does == "part"
        extent.rest = extent.rest or token.does == "rest"
        extent.measured = True
        if token.does == "measure":
            land = token.text.lower().startswith(("diện", "địa"))
            extent.land, extent.people = extent.land or land, extent.people or not land
        if token.does == "quantity":
            extent.quantity = True
            found = token.found
            if found["area"]:
                extent.area = read_area(found["area"], found["area_unit"])
            else:
                extent.population = read_people(found["people"])
                extent.people = True

    def _turn(self, token: Token) -> None:
        """Pass from the old units to the new one, or from the new one to what it is based on."""
        clause = self.clause
        if clause is None:
            self._open(token)
            return
        if token.does == "basis":
            if clause.rule == "establish" and clause.new:
                self.side, self.extent, self.last = "old", Extent(), None
            elif not clause.whole:
                self.clause = None
        elif token.does == "called" and self.side == "new" and clause.into_existing and clause.new:
            clause.old += clause.new
            clause.new, clause.into_existing = [], False
        elif self.side == "old" and clause.old:
            if token.does == "verb" and not token.text.startswith("thành"):
                return
            self.side, self.last = "new", None
            clause.into_existing = token.does == "into"
        elif self.side == "old" and token.does == "becomes" and clause.rule != "establish":
            self.side = "new"

    def _open(self, token: Token) -> None:
        """Open a clause whose unit stands before the words: "Thị trấn Neo được đổi tên thành …"."""
        last = self.last
        if last is None or token.start - last.end > NEAR_VERB:
            return
        if token.does == "called" and token.text.startswith("đổi"):
            self.clause = Clause("rename", last.start, last.end, old=[last])
            self.side = "new"
        elif token.does == "into" and self.word == "được":
            self.clause = Clause("merge", last.start, last.end, old=[last], into_existing=True, bare=True)
            self.side = "new"
        elif token.does == "basis" and self.joint in ("name", "within"):
            self.clause = Clause("establish", last.start, last.end, new=[last])
            self.side = "old"
        self.extent, self.last = Extent(), None
