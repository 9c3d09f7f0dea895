"""How documents write the names of our units: one spelling to compare, and every way a unit is called.

Installation context: in a city's own papers "Sở Nội vụ", "Sở Nội vụ thành phố" and "Sở Nội vụ thành phố Cần
Thơ" are the same body, so names are kept with and without the place of the installation.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kientoan.engines.vietnamese import nfc, normal_tones

from .models import UnitKind
from .queries import UnitOnDay

Words = tuple[str, ...]

_TOKEN = re.compile(r"[^\W_]+|[,;/()]|&")
_LONG = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubmttqvn": "ủy ban mặt trận tổ quốc việt nam",
    "mttq": "mặt trận tổ quốc",
    "ubkt": "ủy ban kiểm tra",
    "btv": "ban thường vụ",
    "bch": "ban chấp hành",
    "bcsđ": "ban cán sự đảng",
    "tp": "thành phố",
    "tx": "thị xã",
    "vp": "văn phòng",
    "ct": "chủ tịch",
    "và": "và",
    "&": "và",
}
_SHORT_KINDS = {"q": "quận", "h": "huyện", "p": "phường", "x": "xã", "t": "tỉnh"}  # 'Q. Ninh Kiều'
SEPARATORS = {",", ";", "/", "(", ")"}

KIND_WORDS: dict[str, Words] = {
    UnitKind.PROVINCE: ("tỉnh",),
    UnitKind.CITY: ("thành", "phố"),
    UnitKind.PROVINCIAL_CITY: ("thành", "phố"),
    UnitKind.URBAN_DISTRICT: ("quận",),
    UnitKind.DISTRICT: ("huyện",),
    UnitKind.TOWN: ("thị", "xã"),
    UnitKind.COMMUNE: ("xã",),
    UnitKind.WARD: ("phường",),
    UnitKind.TOWNSHIP: ("thị", "trấn"),
    UnitKind.SPECIAL_ZONE: ("đặc", "khu"),
}
_COMMITTEE: Words = ("ủy", "ban", "nhân", "dân")
_GENERIC = {  # alone these are the name of many bodies
    _COMMITTEE,
    ("hội", "đồng", "nhân", "dân"),
    ("ủy", "ban", "mặt", "trận", "tổ", "quốc", "việt", "nam"),
    ("ủy", "ban", "mặt", "trận", "tổ", "quốc"),
    ("văn", "phòng", "ủy", "ban", "nhân", "dân"),
    ("văn", "phòng", "hội", "đồng", "nhân", "dân"),
}
_PARTY_HEADS = ("quận", "huyện", "thị", "thành", "tỉnh", "đảng")


@dataclass(frozen=True, slots=True)
class Token:
    """One word in its comparable form; `capital`: it was written with a capital letter."""

    word: str
    capital: bool


def tokens_of(text: str) -> list[Token]:
    """The words of a text in one spelling: small letters, tones in place, abbreviations written out.

    'UBND Q. Ninh Kiều' gives ủy ban nhân dân quận ninh kiều; commas and slashes stay, hyphens and dots go.
    """
    found: list[Token] = []
    plain = nfc(text)
    for match in _TOKEN.finditer(plain):
        written = match[0]
        word = normal_tones(written.lower())
        dotted = plain[match.end() : match.end() + 1] == "."
        long = _LONG.get(word) or (_SHORT_KINDS.get(word) if dotted else None)
        if long is None:
            found.append(Token(word, written[0].isupper()))
        else:
            found.extend(Token(part, False) for part in long.split())
    return found


def words_of(text: str) -> Words:
    """The words of a name without separators."""
    return tuple(token.word for token in tokens_of(text) if token.word not in SEPARATORS)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose installation this is: ('thành', 'phố') and ('cần', 'thơ'), and the level of its own bodies."""

    kind: Words
    name: Words
    level: str

    @property
    def full(self) -> Words:
        """'thành phố cần thơ'."""
        return self.kind + self.name


def place_of(root: UnitOnDay) -> Place:
    """The place of an installation from its root unit; a body (no territory) gives no place words."""
    words = words_of(root.name)
    kind = KIND_WORDS.get(root.kind, ())
    if kind and words[: len(kind)] == kind:
        return Place(kind, words[len(kind) :], root.level)
    return Place((), (), root.level)


class Aliases:
    """Every way our units are written: words → unit ids, own names before derived ones."""

    def __init__(self, units: Iterable[UnitOnDay], place: Place) -> None:
        self.by_words: dict[Words, frozenset[int]] = {}
        self.bare: dict[str, dict[Words, frozenset[int]]] = {}  # kind of unit → name without its kind word
        units = list(units)
        self._add((words, unit.id) for unit in units for words in own_names(unit))
        self._add((words, unit.id) for unit in units for words in derived_names(unit, place))
        for unit in units:
            head, name = bare_name(unit)
            if head and name:
                known = self.bare.setdefault(head, {})
                known[name] = known.get(name, frozenset()) | {unit.id}
        self.longest = max((len(words) for words in self.by_words), default=0)

    def _add(self, pairs: Iterable[tuple[Words, int]]) -> None:
        """Add one rank of names: they never take words that a rank before has."""
        rank: dict[Words, set[int]] = {}
        for words, unit in pairs:
            if words and words not in self.by_words:
                rank.setdefault(words, set()).add(unit)
        self.by_words.update((words, frozenset(ids)) for words, ids in rank.items())


def own_names(unit: UnitOnDay) -> Iterator[Words]:
    """The names that the record itself gives."""
    for name in (unit.name, unit.short_name, *unit.abbreviations):
        if name:
            yield words_of(name)


def bare_name(unit: UnitOnDay) -> tuple[str, Words]:
    """('quận', 'ninh kiều') for a territory, ('quận ủy', 'ninh kiều') for its Party committee."""
    words = words_of(unit.name)
    kind = KIND_WORDS.get(unit.kind)
    if kind and words[: len(kind)] == kind:
        return " ".join(kind), words[len(kind) :]
    if unit.kind == UnitKind.PARTY_COMMITTEE and words[:1] and words[0] in _PARTY_HEADS:
        return " ".join(words[:2]), words[2:]
    return "", ()


def derived_names(unit: UnitOnDay, place: Place) -> Iterator[Words]:
    """Further ways a unit is written, which follow from its kind and from whose installation this is."""
    head, name = bare_name(unit)
    if unit.is_territory:
        yield _COMMITTEE + words_of(unit.name)
    elif head and head.endswith("ủy") and name:
        kind = tuple(head.split())
        yield ("ban", "thường", "vụ", *kind, *name)
        yield ("thường", "trực", *kind, *name)
        yield ("ban", "chấp", "hành", "đảng", "bộ", kind[0], *name)
        yield ("đảng", "bộ", kind[0], *name)
    if unit.level == place.level and not unit.is_territory and place.name:
        for words in own_names(unit):
            yield from _with_and_without(words, place)


def _with_and_without(words: Words, place: Place) -> Iterator[Words]:
    """A name with the place, with its kind word only, and bare where that is no body's common name."""
    base = words
    for tail in (place.full, place.name, place.kind):
        if tail and len(words) > len(tail) and words[-len(tail) :] == tail:
            base = words[: -len(tail)]
            break
    if len(base) < 2:
        return
    yield base + place.full
    yield base + place.kind
    yield base + place.name
    if base not in _GENERIC and (len(base) > 2 or base == words):
        yield base
    if base[:3] == ("hội", "đồng", "nhân"):
        yield ("thường", "trực", *base, *place.kind)
        yield ("thường", "trực", *base, *place.full)
