"""Whether the parts of each unit make up what its fate says: all of it when it ends, less when it goes on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from .changes import MEASURES, Change, Passing

ROUNDED = Decimal("0.0005")
"""By how much one part may be off. Shares are written with one decimal of a per cent or finer ("24,9 %"), so
each is at most half of 0.1 % away from the true one, and the sum of n parts at most n times that: three parts
of 33,3 % are a whole, 40 % and 40 % are not. In the data of 2025 all sums are nearer than that."""


@dataclass
class _Parts:
    """What goes to other units of one unit, over all changes of a decision."""

    passings: list[Passing] = field(default_factory=list)
    change: Change | None = None  # with which it ends; while it goes on, the last that takes a part
    ends: bool = False
    dissolved: bool = False  # what is left ends with it, without anybody to take it

    def sums(self) -> dict[str, tuple[Decimal, bool]]:
        """Measure → the sum of the known parts, and whether every part is known by it."""
        found = {}
        for name in MEASURES:
            known = [share for one in self.passings if (share := getattr(one.shares, name)) is not None]
            if known:
                found[name] = sum(known, Decimal(0)), len(known) == len(self.passings)
        return found


def parts_under(changes: Iterable[Change]) -> Iterator[tuple[Change, int, str, Decimal]]:
    """(change, unit, measure, sum) where a unit ends and its parts are together less than the whole.

    Only by a measure of which every part is known: otherwise what is left may be the unknown part.
    """
    for unit, parts in _parts(changes).items():
        if parts.change is None or not parts.ends or parts.dissolved:
            continue
        for measure, (total, every) in parts.sums().items():
            if every and total < 1 - ROUNDED * len(parts.passings):
                yield parts.change, unit, measure, total


def parts_taking_all(changes: Iterable[Change]) -> Iterator[tuple[Change, int]]:
    """(change, unit) where a unit goes on though its parts are together the whole, by all that is known.

    Exactly the whole or more: of a unit that goes on, one part in a thousand may be what is left. Where the
    people all go and land stays, the unit may go on.
    """
    for unit, parts in _parts(changes).items():
        sums = [total for total, _every in parts.sums().values()]
        if parts.change is not None and not parts.ends and sums and min(sums) >= 1:
            yield parts.change, unit


def _parts(changes: Iterable[Change]) -> dict[int, _Parts]:
    """The parts of the units of which nothing goes over whole (those are looked at by `wholes_amiss`)."""
    found: dict[int, _Parts] = {}
    wholes: set[int] = set()
    for change in changes:
        for place, origin in enumerate(change.origins):
            parts = found.setdefault(origin.unit, _Parts())
            given = [
                item
                for item in change.passings or ()
                if item.origin == place and change.outcomes[item.outcome].unit != origin.unit
            ]
            parts.passings += given
            if origin.ends:
                parts.ends, parts.change = True, change
                parts.dissolved = parts.dissolved or not given
            elif given and not parts.ends:
                parts.change = change
            if any(item.full for item in given):
                wholes.add(origin.unit)
    return {unit: parts for unit, parts in found.items() if parts.passings and unit not in wholes}
