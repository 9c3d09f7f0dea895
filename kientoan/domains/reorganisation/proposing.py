"""From the words of a resolution to a proposal: each clause with the units it may mean on the day before.

Nothing is written here. What the program cannot decide stays a question with its candidates; what follows
from the clauses without being said (a district left empty, a province that went over whole) is proposed
apart, with the reason. A person decides.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kientoan.domains.organisation.models import Level
from kientoan.domains.organisation.queries import UnitOnDay
from kientoan.engines.reader import (
    EXISTING,
    Change,
    OldUnit,
    Placed,
    Resolution,
    SaidDay,
    find_changes,
    kind_of,
    place_units,
    read_resolution,
    spelling_key,
    units_named,
)
from kientoan.engines.vietnamese import nfc, plain_name

from .inferring import Inferred, infer
from .land import Land
from .rules.resolutions import JOINS, KIND_OF, LEVEL_OF, SURE, two_levels
from .written import day_out_of_range

BEGINNING = 20_000
"""Characters in which a resolution on units has come to its first clauses."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a name may mean, with where it lies."""

    unit: UnitOnDay
    where: str


@dataclass(frozen=True, slots=True)
class Member:
    """A unit named in a clause. `key` names the choice; `unit` None: a person must choose."""

    key: str
    written: OldUnit
    unit: int | None
    candidates: tuple[Candidate, ...]
    why: str
    confidence: float

    @property
    def is_open(self) -> bool:
        """Whether a person must say which unit is meant."""
        return self.unit is None

    @property
    def is_weak(self) -> bool:
        """Whether the choice should be looked at."""
        return self.confidence < SURE

    @property
    def chosen(self) -> Candidate | None:
        """The candidate proposed."""
        return next((one for one in self.candidates if one.unit.id == self.unit), None)


@dataclass(frozen=True, slots=True)
class Item:
    """One clause: `members` are its old units, `existing` its result where that was there before.

    `kind` and `level` are those of the result; `start`, `end` the span of the clause in the text, `words` the
    clause itself.
    """

    row: int
    change: Change
    name: str
    kind: str
    level: str
    members: tuple[Member, ...]
    existing: Member | None
    above: int | None
    start: int
    end: int
    words: str

    @property
    def named(self) -> tuple[Member, ...]:
        """All units that the clause says are there."""
        return (*self.members, self.existing) if self.existing else self.members

    @property
    def open(self) -> tuple[Member, ...]:
        """What a person must answer."""
        return tuple(member for member in self.named if member.is_open)

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look: a weak match, or words that the reader did not know."""
        return self.change.confidence < SURE or any(member.is_weak for member in self.named)

    @property
    def place_words(self) -> str:
        """Where the clause stands: "khoản 3 Điều 1"."""
        parts = [f"khoản {self.change.clause}" if self.change.clause else ""]
        parts.append(f"Điều {self.change.article}" if self.change.article else "")
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Province:
    """A province concerned: how many of its communes the text names."""

    unit: UnitOnDay
    named: int
    communes: int

    @property
    def share(self) -> float:
        """Part of its communes that is named, 0 … 1."""
        return self.named / self.communes if self.communes else 0.0

    @property
    def whole(self) -> bool:
        """Whether the text disposes of the whole province."""
        return self.share >= JOINS


@dataclass(frozen=True)
class Proposal:
    """What a text proposes for a day. `main`: the province under which the new units come."""

    resolution: Resolution
    day: date
    land: Land
    provinces: tuple[Province, ...]
    main: int | None
    items: tuple[Item, ...]
    inferred: tuple[Inferred, ...]

    @property
    def open(self) -> tuple[Member, ...]:
        """All questions."""
        return tuple(member for item in self.items for member in item.open)

    @property
    def doubtful(self) -> tuple[Item, ...]:
        """Clauses without a question that are worth a look."""
        return tuple(item for item in self.items if item.is_doubtful and not item.open)

    @property
    def abolishes_districts(self) -> bool:
        """Whether there is no level between province and commune from the day on."""
        return two_levels(self.day)

    @property
    def differs_from_stated(self) -> bool:
        """Whether the text counts another number of communes than was read."""
        communes = sum(item.level == Level.COMMUNE for item in self.items)
        return self.resolution.stated is not None and self.resolution.stated != communes


class NoDay(Exception):
    """The text does not say from which day on the units change, and none was given."""


class NoChanges(Exception):
    """The text changes no units."""


def names_changes(text: str) -> bool:
    """Whether the beginning of a text changes units; quick enough for the page of any document."""
    return "hành chính" in nfc(text[:BEGINNING]).lower() and bool(find_changes(text[:BEGINNING]))


def propose(text: str, *, day: date | None = None, under: Collection[int] = ()) -> Proposal:
    """Read `text` and match it with the units of the day before.

    `day` overrides what the text says, `under` the provinces in which the units are looked for. Raises
    `NoChanges`, `NoDay`. Takes three statements, however long the text.
    """
    resolution = read_resolution(text)
    if not resolution.changes:
        raise NoChanges
    said: SaidDay | None = resolution.day
    at = day or (said.day if said else None)
    if at is None or day_out_of_range(at):
        raise NoDay
    land = Land.on(at - timedelta(days=1))
    provinces = _provinces(resolution, land, under)
    main = _main(resolution, land, provinces, under)
    register = land.register(province.unit.id for province in provinces)
    placed = place_units(resolution.changes, register)
    items = tuple(
        _item(text, row, change, units, land, at, main)
        for row, (change, units) in enumerate(zip(resolution.changes, placed, strict=True), start=1)
    )
    whole = [one.unit.id for one in provinces if one.whole]
    named = {one.unit for item in items for one in item.named if one.unit is not None}
    offered = {
        one.unit.id for item in items for member in item.open for one in member.candidates
    }  # may still turn out to be named
    inferred = infer(land, at, main=main, whole=whole, named=named, offered=offered)
    return Proposal(resolution, at, land, provinces, main, items, inferred)


def _provinces(resolution: Resolution, land: Land, under: Collection[int]) -> tuple[Province, ...]:
    """The provinces concerned: those named, and those whose communes are nearly all named."""
    written = {
        (unit.kind, spelling_key(unit.name)) for change in resolution.changes for unit in units_named(change)
    }
    everywhere = [_measured(land, unit, written) for unit in land.provinces]
    if under:
        return tuple(one for one in everywhere if one.unit.id in under)
    places = {plain_name(place) for place in resolution.places}
    found = [one for one in everywhere if plain_name(one.unit.name) in places or one.whole]
    if any(_is_province(change, land) for change in resolution.changes):
        return tuple(everywhere)
    if not found:  # the text names no province: the one in which most of its names are found
        most = max((one.named for one in everywhere), default=0)
        found = [one for one in everywhere if one.named == most] if most else everywhere
    return tuple(sorted(found, key=lambda one: plain_name(one.unit.name) not in places))


def _measured(land: Land, unit: UnitOnDay, written: set[tuple[str, str]]) -> Province:
    communes = [land.units[one] for one in land.communes(unit.id)]
    named = sum((kind_of(one.name), spelling_key(one.name)) in written for one in communes)
    return Province(unit, named, len(communes))


def _is_province(change: Change, land: Land) -> bool:
    """Whether the clause merges provinces themselves."""
    names = {plain_name(one.name) for one in land.provinces}
    return any(plain_name(unit.name) in names for unit in change.old_units)


def _main(
    resolution: Resolution, land: Land, provinces: Sequence[Province], under: Collection[int]
) -> int | None:
    """The province of the new units: the one named, else the only one concerned."""
    places = {plain_name(place) for place in resolution.places}
    named = [one.unit.id for one in provinces if plain_name(one.unit.name) in places]
    if named:
        return named[0]
    if under:
        return next(iter(under))
    return provinces[0].unit.id if len(provinces) == 1 else None


def _item(
    text: str, row: int, change: Change, placed: Sequence[Placed], land: Land, day: date, main: int | None
) -> Item:
    members = [_member(f"{row}-{place}", one, land) for place, one in enumerate(placed, start=1)]
    existing = members.pop() if change.kind in EXISTING else None
    level = _level(change, members, land, day)
    start, end = change.provision
    return Item(
        row=row,
        change=change,
        name=change.new_unit,
        kind=_kind(change, level),
        level=level,
        members=tuple(members),
        existing=existing,
        above=main if level == Level.COMMUNE and two_levels(day) else _written_above(change, land, main),
        start=start,
        end=end,
        words=" ".join(text[start:end].replace("*", "").split()),
    )


def _member(key: str, placed: Placed, land: Land) -> Member:
    candidates = tuple(
        Candidate(land.units[int(one.code)], land.path(int(one.code))) for one in placed.candidates
    )
    unit = int(placed.unit.code) if placed.unit else None
    return Member(key, placed.written, unit, candidates, placed.why, placed.confidence)


def _level(change: Change, members: Sequence[Member], land: Land, day: date) -> str:
    """The level of the result; a "thành phố" may be a province's equal or a province's city."""
    level = LEVEL_OF[change.new_kind]
    if change.new_kind != "thành phố":
        return level
    olds = {land.units[one.unit].level for one in members if one.unit is not None}
    return Level.PROVINCE if two_levels(day) or olds == {Level.PROVINCE} else level


def _kind(change: Change, level: str) -> str:
    return "city" if change.new_kind == "thành phố" and level == Level.PROVINCE else KIND_OF[change.new_kind]


def _written_above(change: Change, land: Land, main: int | None) -> int | None:
    """The district named beside the new unit, where one of that name lies in the province."""
    if not change.new_within or main is None:
        return None
    wanted = {plain_name(part) for part in change.new_within.split(",")}
    found = [one for one in land.districts(main) if plain_name(land.units[one].name) in wanted]
    return found[0] if len(found) == 1 else None
