"""What a change of units consists of, and which shapes each kind of change may have.

A change has origins (units that were), outcomes (units that come or go on with something new), and passings:
how much of which origin went to which outcome. Units that exist are named by their id, new ones by a key that
is theirs within the decision.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

ESTABLISH = "establish"
DISSOLVE = "dissolve"
MERGE_NEW = "merge_new"
MERGE_INTO = "merge_into"
SPLIT = "split"
TRANSFER = "transfer"
RENAME = "rename"
RECODE = "recode"
REPARENT = "reparent"
CHANGE_KIND = "change_kind"
SPLIT_MERGE = "split_merge"

MEASURES = ("population", "area", "headcount", "by_hand")
MANY = 1_000_000
_WHOLE = Decimal("1.0005")  # shares are written with few decimals


@dataclass(frozen=True, slots=True)
class Shares:
    """Which part of the origin went over, by each measure, in 0 … 1; None: not known."""

    population: Decimal | None = None
    area: Decimal | None = None
    headcount: Decimal | None = None
    by_hand: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A unit that was; `ends`: it ceases to exist with this change."""

    unit: int
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where an outcome stands in a hierarchy: under a unit, under a new one of the decision, or as a root."""

    hierarchy: str
    unit: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A new unit (`unit` is None), or one that goes on; what is blank of the latter stays as it is."""

    unit: int | None = None
    key: str = ""
    name: str = ""
    short_name: str = ""
    kind: str = ""
    level: str = ""
    code: str = ""
    places: tuple[Place, ...] = ()

    @property
    def renews(self) -> bool:
        """Whether anything about the unit is new."""
        return bool(self.name or self.short_name or self.kind or self.level or self.code or self.places)


@dataclass(frozen=True, slots=True)
class Passing:
    """From the origin to the outcome (their places in the lists), the whole or a part."""

    origin: int
    outcome: int
    full: bool = True
    shares: Shares = field(default=Shares())


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `row`: where it stands in what the user gave, for messages."""

    kind: str
    origins: tuple[Origin, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    passings: tuple[Passing, ...] | None = None  # None: every origin to every outcome
    note: str = ""
    row: int = 0

    def complete(self) -> "Change":
        """With its passings spelt out: whole when the origin ends and there is one outcome, else in part."""
        if self.passings is not None:
            return self
        every = tuple(
            Passing(one, other, full=origin.ends and len(self.outcomes) == 1)
            for one, origin in enumerate(self.origins)
            for other in range(len(self.outcomes))
        )
        return replace(self, passings=every)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many origins that end and that stay, outcomes that are new and that go on."""

    ending: tuple[int, int] = (0, 0)
    staying: tuple[int, int] = (0, 0)
    new: tuple[int, int] = (0, 0)
    going_on: tuple[int, int] = (0, 0)


_ITSELF = Shape(staying=(0, 1), going_on=(1, 1))
SHAPES = {
    ESTABLISH: Shape(new=(1, MANY)),
    DISSOLVE: Shape(ending=(1, MANY), going_on=(0, MANY)),
    MERGE_NEW: Shape(ending=(1, MANY), staying=(0, MANY), new=(1, 1)),
    MERGE_INTO: Shape(ending=(1, MANY), staying=(0, MANY), going_on=(1, 1)),
    SPLIT: Shape(ending=(0, 1), staying=(0, 1), new=(1, MANY), going_on=(0, MANY)),
    TRANSFER: Shape(staying=(1, 1), going_on=(1, MANY)),
    RENAME: _ITSELF,
    RECODE: _ITSELF,
    REPARENT: _ITSELF,
    CHANGE_KIND: _ITSELF,
    SPLIT_MERGE: Shape(ending=(0, MANY), staying=(0, MANY), new=(0, MANY), going_on=(0, MANY)),
}
NEEDED = {RENAME: "name", RECODE: "code", REPARENT: "places", CHANGE_KIND: "kind"}


def names_its_units(change: Change) -> bool:
    """Whether every unit of the change is there: of an undone one a unit may have been taken away since."""
    return all(origin.unit for origin in change.origins) and all(
        outcome.unit or outcome.key for outcome in change.outcomes
    )


def fits_its_kind(change: Change) -> bool:
    """Whether the numbers of origins and outcomes suit its kind, and it changes what the kind says."""
    shape = SHAPES[change.kind]
    ending = sum(origin.ends for origin in change.origins)
    new = sum(outcome.unit is None for outcome in change.outcomes)
    counts = (
        (ending, shape.ending),
        (len(change.origins) - ending, shape.staying),
        (new, shape.new),
        (len(change.outcomes) - new, shape.going_on),
    )
    if not all(least <= count <= most for count, (least, most) in counts):
        return False
    if change.kind == SPLIT and (len(change.origins) != 1 or (ending and len(change.outcomes) < 2)):
        return False
    if change.kind == SPLIT_MERGE and not (change.origins and change.outcomes):
        return False
    if change.kind in NEEDED:
        same = all(origin.unit == change.outcomes[0].unit for origin in change.origins)
        return same and bool(getattr(change.outcomes[0], NEEDED[change.kind]))
    return True


def shares_over(changes: Sequence[Change]) -> Iterator[tuple[Change, int, str, Decimal]]:
    """(change, unit, measure, sum) where the parts of one origin are together more than the whole.

    That each share alone is above 0 and at most 1 is held by the database.
    """
    sums: defaultdict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for change in changes:
        for passing in change.passings or ():
            unit = change.origins[passing.origin].unit
            for measure in MEASURES:
                share = getattr(passing.shares, measure)
                if share is None:
                    continue
                sums[unit, measure] += share
                if sums[unit, measure] > _WHOLE:
                    yield change, unit, measure, sums[unit, measure]


def wholes_amiss(changes: Iterable[Change]) -> Iterator[tuple[Change, int, bool]]:
    """(change, unit, again) where all of a unit goes over though the unit stays, or (`again`) goes over and
    something of it goes elsewhere by the same change."""
    for change in changes:
        taken: dict[int, bool] = {}  # unit → whether all of it is taken
        for passing in change.passings or ():
            origin, outcome = change.origins[passing.origin], change.outcomes[passing.outcome]
            if outcome.unit == origin.unit:
                continue
            if passing.full and not origin.ends:
                yield change, origin.unit, False
            elif origin.unit in taken and (passing.full or taken[origin.unit]):
                yield change, origin.unit, True
            taken[origin.unit] = taken.get(origin.unit, False) or passing.full


def kept_share(value: Decimal) -> Decimal | None:
    """A share as it is kept, with six decimals; None when it is no part: not above 0, or above 1."""
    if not value.is_finite() or not 0 < value <= 1:
        return None
    return value.quantize(Decimal("0.000001")) or None


def is_whole(shares: Shares) -> bool:
    """Whether all that is known of a part is 100 %: by every measure it is the whole."""
    known = [share for name in MEASURES if (share := getattr(shares, name)) is not None]
    return bool(known) and min(known) == 1


def used_twice(changes: Iterable[Change]) -> Iterator[tuple[Change, int]]:
    """(change, unit) where a unit ends as a whole twice, ends and goes on, or is renewed twice."""
    ended: dict[int, bool] = {}  # unit → whether a whole passing took it
    renewed: set[int] = set()
    listed = list(changes)
    for change in listed:
        for place, origin in enumerate(change.origins):
            if not origin.ends:
                continue
            whole = any(item.full for item in change.passings or () if item.origin == place)
            whole = whole or not any(item.origin == place for item in change.passings or ())
            if origin.unit in ended and (whole or ended[origin.unit]):
                yield change, origin.unit
            ended[origin.unit] = ended.get(origin.unit, False) or whole
    for change in listed:
        for outcome in change.outcomes:
            if outcome.unit is None:
                continue
            if outcome.unit in ended or (outcome.renews and outcome.unit in renewed):
                yield change, outcome.unit
            if outcome.renews:
                renewed.add(outcome.unit)
