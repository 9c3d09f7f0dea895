"""What becomes of each target of units that end: worked out before anything is written.

The preview of a decision shows what is said here, and applying it does what is said here; so the two cannot
differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from .succession import DIVIDE, Takeover
from .target_parts import Bounds, makes_a_whole


class Fate(StrEnum):
    """What becomes of a target."""

    KEPT = "kept"  # it stays where it is
    MOVED = "moved"  # it is the heir's
    ADDED = "added"  # added to the same target of the heir
    FOLDED = "folded"  # the heir has the same target; this one stays as a record
    REPLACED = "replaced"  # its numbers become those of the heir's target, and it stays as a record
    DIVIDED = "divided"  # a part for each heir
    WAITS = "waits"  # a person decides


class Meeting(StrEnum):
    """What a person decides where the heir has a target for the same thing: which of the two holds."""

    STANDS = "stands"  # that of the heir
    ADD = "add"  # both together
    REPLACE = "replace"  # the one that comes


class WhyWaits(StrEnum):
    """Why nobody takes a target yet."""

    NO_HEIR = "no_heir"  # it is not known who takes over
    RATES = "rates"  # the heir has another number for it, and the two cannot be added
    OPERATORS = "operators"  # they may be added, but one says at least and the other at most


@dataclass(frozen=True, slots=True)
class Due:
    """A target: `place` is set, indicator and period, of which a unit has one; `adds`: may be added up."""

    key: int
    place: tuple[Any, ...]
    unit: int
    bounds: Bounds
    adds: bool = False
    field: int | None = None


@dataclass(frozen=True, slots=True)
class Fated:
    """What becomes of one target. `heir`: who gets it; `there`: the target of the heir that it meets.

    `made` (DIVIDED): the heirs that have no such target yet, so that the part is a new one.
    """

    due: Due
    fate: Fate
    heir: int | None = None
    there: Due | None = None
    why: WhyWaits | None = None
    made: tuple[int, ...] = ()


def fates(
    dues: Iterable[Due],
    held: Iterable[Due],
    takeovers: Mapping[int, Takeover],
    *,
    meeting: Meeting | None = None,
) -> list[Fated]:
    """What becomes of the targets `dues`, in the order in which they pass; `held`: those that heirs have.

    Targets that leave an heir go first, so that what comes does not meet them. `meeting`: a person decided
    where two meet; None: nobody did, and what cannot be added waits.
    """
    at = {(*one.place, one.unit): one for one in held}
    heirs = {heir for one in takeovers.values() for heir in one.heirs}
    ordered = sorted(dues, key=lambda due: (due.unit not in heirs, due.key))
    return [_fate(due, takeovers[due.unit], at, meeting) for due in ordered]


_At = dict[tuple[Any, ...], Due]


def _fate(due: Due, takeover: Takeover, at: _At, meeting: Meeting | None) -> Fated:
    if takeover.rule == DIVIDE and due.adds and makes_a_whole(takeover.shares):
        return _divided(due, takeover, at)
    heir = takeover.fields.get(due.field or 0, takeover.heir)
    if heir == due.unit:
        return Fated(due, Fate.KEPT, heir)
    if heir is None:
        return Fated(due, Fate.WAITS, why=WhyWaits.NO_HEIR)
    there = at.get((*due.place, heir))
    if there is None:
        at.pop((*due.place, due.unit), None)
        at[*due.place, heir] = due
        return Fated(due, Fate.MOVED, heir)
    if not takeover.ends:  # it would count twice: with the heir, and with the unit that lives on
        return Fated(due, Fate.KEPT, due.unit, there)
    if meeting is not None:
        decided = {Meeting.STANDS: Fate.FOLDED, Meeting.ADD: Fate.ADDED, Meeting.REPLACE: Fate.REPLACED}
        return Fated(due, decided[meeting], heir, there)
    if due.adds and there.bounds.operator == due.bounds.operator:
        return Fated(due, Fate.ADDED, heir, there)
    if there.bounds == due.bounds:
        return Fated(due, Fate.FOLDED, heir, there)
    return Fated(due, Fate.WAITS, heir, there, WhyWaits.OPERATORS if due.adds else WhyWaits.RATES)


def _divided(due: Due, takeover: Takeover, at: _At) -> Fated:
    """A part for each, unless one of them has a target with which its part cannot be added: then none."""
    heirs = [heir for heir, _ in takeover.shares if heir != due.unit]
    met = [there for heir in heirs if (there := at.get((*due.place, heir))) is not None]
    other = next((one for one in met if one.bounds.operator != due.bounds.operator), None)
    if other is not None:
        if not takeover.ends:
            return Fated(due, Fate.KEPT, due.unit, other)
        return Fated(due, Fate.WAITS, other.unit, other, WhyWaits.OPERATORS)
    made = tuple(heir for heir in heirs if (*due.place, heir) not in at)
    at.update({(*due.place, heir): replace(due, unit=heir) for heir in made})
    return Fated(due, Fate.DIVIDED, made=made)


def may_be_added(one: Due, other: Due) -> bool:
    """Whether a person may add them: an indicator that adds, and both say at least (or both at most)."""
    return one.adds and (one.bounds.low is None, one.bounds.high is None) == (
        other.bounds.low is None,
        other.bounds.high is None,
    )
