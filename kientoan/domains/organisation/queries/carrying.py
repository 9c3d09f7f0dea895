"""What becomes of the headcount of the units that a decision ends: added up at its takers, or told.

Units that are taken whole give their figures; a divided unit gives by the shares of headcount, when all are
known. A sum of which one figure is unknown is unknown: it is not written, and the units are told by name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..models import Decision, DecisionState, Headcount, StaffKind
from ..rules.changes import Change, Outcome, Passing
from ..rules.parts import ROUNDED
from .written import changes_of

Taker = tuple[int, str]  # the id of a unit that exists, or 0 and the key of a new one
Figures = tuple[int | None, int | None]  # given, present


class Left(models.TextChoices):
    """Why the figures of a unit are not carried; the label says it, with what to do."""

    NOBODY = "nobody", _("không có đơn vị nhận")
    NO_SHARE = "no_share", _("chia cho nhiều đơn vị mà chưa có đủ tỷ lệ biên chế")
    OTHERS_UNKNOWN = "others_unknown", _("cộng với số chưa rõ của đơn vị khác thì chưa thành số")


@dataclass(frozen=True, slots=True)
class Carried:
    """Figures of one kind of staff at who takes over: an estimate until somebody writes the number given.

    `own`: the row of a unit that goes on, which this one follows; `origins`: whose figures are in the sum.
    """

    taker: Taker
    kind: str
    assigned: int | None
    present: int | None
    origins: tuple[int, ...]
    own: Headcount | None = None

    @property
    def words(self) -> str:
        """The kind of staff in words."""
        return str(StaffKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class NotCarried:
    """Figures of one kind that no unit takes over by itself; `takers`: where the new number belongs."""

    unit: int
    kind: str
    assigned: int | None
    present: int | None
    left: Left
    takers: tuple[Taker, ...]

    @property
    def words(self) -> str:
        """The kind of staff in words."""
        return str(StaffKind(self.kind).label)


@dataclass(frozen=True)
class Carrying:
    """What is carried and what is left."""

    carried: tuple[Carried, ...] = ()
    left: tuple[NotCarried, ...] = ()


@dataclass
class _Given:
    """Where an ending unit goes: its takers, each with its share of the headcount where known."""

    takers: list[tuple[Taker, Passing]] = field(default_factory=list)

    def shares(self) -> list[Decimal] | None:
        """Of each taker, adding up to 1; None when that is not known."""
        if len(self.takers) == 1 and self.takers[0][1].full:
            return [Decimal(1)]
        known = [item.shares.headcount for _taker, item in self.takers if item.shares.headcount is not None]
        total = sum(known, Decimal(0))
        if len(known) < len(self.takers) or abs(total - 1) > ROUNDED * len(known):
            return None
        return [share / total for share in known]


def carrying_of(decision: Decision, changes: Sequence[Change] | None = None) -> Carrying:
    """What applying the decision does, or did, to the headcount; one statement beside the changes."""
    written = changes_of(decision) if changes is None else changes
    given = _given(written)
    going = {taker[0] for one in given.values() for taker, _item in one.takers if taker[0]}
    rows = _rows(decision, {*given, *going})
    return _added(given, {unit for unit in given if rows.get(unit)}, rows, decision)


def _given(changes: Iterable[Change]) -> dict[int, _Given]:
    """The ending units, with all that any change of the decision takes of them."""
    ending = {one.unit for change in changes for one in change.origins if one.ends}
    found = {unit: _Given() for unit in sorted(ending)}
    for change in changes:
        for item in change.passings or ():
            unit, outcome = change.origins[item.origin].unit, change.outcomes[item.outcome]
            if unit in found and outcome.unit != unit:
                found[unit].takers.append((_taker(outcome), item))
    return found


def _taker(outcome: Outcome) -> Taker:
    return (0, outcome.key) if outcome.unit is None else (outcome.unit, "")


def _rows(decision: Decision, units: set[int]) -> dict[int, dict[str, Headcount]]:
    """Unit → kind → its figures as they were before the decision, applied or not."""
    before = Q(in_force__contains=decision.effective_date)
    if decision.state == DecisionState.APPLIED:
        before = (before & (Q(begun_by=None) | ~Q(begun_by=decision))) | Q(ended_by=decision)
    found: dict[int, dict[str, Headcount]] = defaultdict(dict)
    for row in Headcount.objects.filter(before, unit__in=units):
        found[row.unit_id][row.kind] = row
    return found


def _added(
    given: Mapping[int, _Given], counted: set[int], rows: Mapping[int, Mapping[str, Headcount]],
    decision: Decision,
) -> Carrying:  # fmt: skip
    parts: dict[tuple[Taker, str], dict[int, Figures | None]] = defaultdict(dict)
    left: dict[tuple[int, str], Left] = {}
    takers: dict[Taker, set[int]] = defaultdict(set)
    for unit, one in given.items():
        for taker, _item in one.takers:
            takers[taker].add(unit)
    for unit in counted:
        shares = given[unit].shares()
        for kind, row in rows[unit].items():
            if not given[unit].takers or shares is None:
                left[unit, kind] = Left.NO_SHARE if given[unit].takers else Left.NOBODY
                continue
            divided = zip(_divided(row.assigned, shares), _divided(row.present, shares), strict=True)
            for (taker, _item), figures in zip(given[unit].takers, divided, strict=True):
                already = parts[taker, kind].get(unit)  # two rows of the decision, one taker
                parts[taker, kind][unit] = figures if already is None else _both(already, figures)
    carried = []
    for (taker, kind), figures_of in parts.items():
        own = rows.get(taker[0], {}).get(kind)
        if own is not None and own.in_force.lower == decision.effective_date:
            continue  # somebody wrote the figure that holds from this day
        sums = [figures_of.get(unit) for unit in takers[taker]]
        if taker[0]:
            sums.append((own.assigned, own.present) if own is not None and _is_free(own, decision) else None)
        assigned, present = _sum(sums, 0), _sum(sums, 1)
        if assigned is None and present is None:
            left |= {(unit, kind): Left.OTHERS_UNKNOWN for unit in figures_of}
        else:
            carried.append(Carried(taker, kind, assigned, present, tuple(sorted(figures_of)), own))
    told = [
        NotCarried(
            unit, kind, rows[unit][kind].assigned, rows[unit][kind].present, why,
            tuple(dict.fromkeys(taker for taker, _item in given[unit].takers)),
        )
        for (unit, kind), why in sorted(left.items())
    ]  # fmt: skip
    return Carrying(tuple(sorted(carried, key=lambda one: (one.taker, one.kind))), tuple(told))


def _is_free(row: Headcount, decision: Decision) -> bool:
    """Whether this decision may end the row: no other one has ended it."""
    return row.ended_by_id in (None, decision.pk)


def _divided(number: int | None, shares: Sequence[Decimal]) -> list[int | None]:
    """The number in whole people by the shares, none lost: what rounding leaves goes to the largest rests."""
    if number is None:
        return [None] * len(shares)
    exact = [number * share for share in shares]
    whole = [int(one.to_integral_value(ROUND_FLOOR)) for one in exact]
    order = sorted(range(len(shares)), key=lambda place: (whole[place] - exact[place], place))
    for place in order[: number - sum(whole)]:
        whole[place] += 1
    return list(whole)


def _both(one: Figures, other: Figures) -> Figures:
    return _sum((one, other), 0), _sum((one, other), 1)


def _sum(parts: Iterable[Figures | None], place: int) -> int | None:
    """None when one of them is not known: missing is not zero."""
    total = 0
    for figures in parts:
        value = None if figures is None else figures[place]
        if value is None:
            return None
        total += value
    return total
