"""The headcount that a decision carries or leaves, with names and links, for the preview and afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext

from kientoan.domains.organisation.models import Decision, DecisionState, ResultingUnit
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.domains.organisation.queries.carrying import Carrying, NotCarried, Taker, carrying_of
from kientoan.domains.organisation.rules.changes import Change

from ..context import address_of
from ..wording import number_text


@dataclass(frozen=True, slots=True)
class Linked:
    """A unit by name; `url` of its headcount, '' for a unit that is not there yet."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """Figures at who takes over."""

    taker: Linked
    words: str
    assigned: int | None
    present: int | None
    origins: str


@dataclass(frozen=True, slots=True)
class LeftRow:
    """Figures that nobody takes over by themselves, and where the new number belongs."""

    unit: Linked
    words: str
    figures: str
    why: str
    takers: tuple[Linked, ...]


def headcount_context(
    decision: Decision, changes: Sequence[Change] | None = None
) -> dict[str, list[CarriedRow] | list[LeftRow]]:
    """`carried` and `left`; empty when no ending unit has figures, or the decision was undone."""
    if decision.state == DecisionState.UNDONE:
        return {}
    found = carrying_of(decision, changes)
    if not found.carried and not found.left:
        return {}
    names = _names(found, decision)
    new = _new_units(decision)
    return {
        "carried": [
            CarriedRow(
                _linked(one.taker, names, new), one.words, one.assigned, one.present,
                ", ".join(names[unit].name for unit in one.origins if unit in names),
            )
            for one in found.carried
        ],
        "left": [
            LeftRow(
                _linked((one.unit, ""), names, new), one.words, _figures(one),
                str(one.left.label), tuple(_linked(taker, names, new) for taker in one.takers),
            )
            for one in found.left
        ],
    }  # fmt: skip


def _figures(one: NotCarried) -> str:
    """ "giao 10, có mặt 9"; what nobody counted is left out."""
    wanted = ((one.assigned, gettext("giao")), (one.present, gettext("có mặt")))
    return ", ".join(f"{words} {number_text(count)}" for count, words in wanted if count is not None)


def _names(found: Carrying, decision: Decision) -> dict[int, UnitOnDay]:
    units = {unit for one in found.carried for unit in (*one.origins, one.taker[0])}
    units |= {unit for one in found.left for unit in (one.unit, *(taker[0] for taker in one.takers))}
    applied = decision.state == DecisionState.APPLIED
    day = decision.effective_date - timedelta(days=1) if applied else decision.effective_date
    return units_on(day, units - {0})


def _new_units(decision: Decision) -> dict[str, tuple[int | None, str]]:
    rows = ResultingUnit.objects.filter(event__decision=decision, is_new=True)
    return {str(key): (unit, name) for key, unit, name in rows.values_list("pk", "unit_id", "name")}


def _linked(
    taker: Taker, names: Mapping[int, UnitOnDay], new: Mapping[str, tuple[int | None, str]]
) -> Linked:
    unit, name = new.get(taker[1], (None, "")) if not taker[0] else (taker[0], "")
    if not name and unit and unit in names:
        name = names[unit].name
    return Linked(name, address_of("headcount_detail", unit) if unit else "")
