"""Who may take over from each unit that a decision ends or takes a part from; what is proposed and chosen."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kientoan.domains.organisation.models import Decision, Hierarchy, Placement, ResultingUnit, UnitVersion
from kientoan.domains.organisation.queries.written import changes_of
from kientoan.domains.organisation.rules.changes import MEASURES, Change, Shares
from kientoan.domains.plans.models import Rule
from kientoan.domains.plans.rules.succession import Takeover

from ..models import Choice
from ..rules.proposing import Offer, Proposal, Why, propose


@dataclass
class Parted:
    """A unit that ends or gives a part: `offers` are those who may take over, successors first."""

    unit: int
    ends: bool
    offers: list[Offer] = field(default_factory=list)
    level_abolished: bool = False

    @property
    def proposal(self) -> Proposal:
        """What the program proposes."""
        return propose(self.offers, ends=self.ends, level_abolished=self.level_abolished)


@dataclass(frozen=True)
class InForce:
    """What holds for one unit: the person's choice, else the proposal. Heirs by their keys."""

    rule: str
    heir: str = ""
    measure: str = ""
    fields: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Inheritance:
    """The whole of a decision: its changes, who parts from what, and what was chosen."""

    decision: Decision
    changes: tuple[Change, ...]
    parted: dict[int, Parted]
    choices: dict[int, Choice]
    results: dict[str, ResultingUnit]

    def in_force(self, unit: int) -> InForce:
        """The choice made for the unit, else the proposal."""
        choice = self.choices.get(unit)
        if choice is None:
            proposal = self.parted[unit].proposal
            return InForce(proposal.rule, proposal.heir)
        fields = {row.field_id: key_of(row.result_id, row.heir_id) for row in choice.fields.all()}
        return InForce(choice.rule, key_of(choice.result_id, choice.heir_id), choice.measure, fields)

    def unit_of(self, key: str) -> int | None:
        """The unit that a key names; None while a new one does not exist yet."""
        return int(key[1:]) if key.startswith("u") else self.results[key].unit_id

    def _number(self, key: str) -> int:
        """The unit that a key names; of one that does not exist yet the number of its row, below zero."""
        unit = self.unit_of(key)
        return unit if unit is not None else -self.results[key].pk

    def successors(self, unit: int) -> tuple[int, ...]:
        """Who comes after a unit, also in part; new ones that do not exist yet by numbers below zero."""
        offers = self.parted[unit].offers
        return tuple(self._number(one.key) for one in offers if not one.above and not one.itself)

    def role_heirs(self, takeover: Takeover) -> tuple[int, ...]:
        """To whom roles pass: only to units that come after, and not before somebody decided.

        A role on a district does not become one on the city above.
        """
        after = self.successors(takeover.unit)
        if takeover.rule == Rule.BY_FIELD:
            return (takeover.heir,) if takeover.heir in after else ()
        wanted = takeover.heirs if takeover.rule in (Rule.ONE, Rule.DIVIDE) else ()
        return tuple(heir for heir in wanted if heir in after)

    def takeovers(self) -> list[Takeover]:
        """Who takes over from whom; units that keep all they have are left out.

        Beforehand new units have numbers below zero.
        """
        found = (self._takeover(one) for one in self.parted.values())
        return [one for one in found if one is not None]

    def _takeover(self, parted: Parted) -> Takeover | None:
        chosen = self.in_force(parted.unit)
        heir = self._number(chosen.heir) if chosen.heir else None
        if chosen.rule == Rule.ONE:
            return None if heir == parted.unit else Takeover(parted.unit, chosen.rule, heir, ends=parted.ends)
        if not parted.ends and chosen.rule == Rule.WAIT:
            return None
        stays = heir if parted.ends or heir is not None else parted.unit
        fields = {field: self._number(key) for field, key in chosen.fields.items()}
        shares: list[tuple[int, Decimal | None]] = []
        if chosen.rule == Rule.DIVIDE:
            for offer in parted.offers:
                if not offer.above:
                    shares.append((self._number(offer.key), share_of(offer.shares, chosen.measure)))
        return Takeover(parted.unit, chosen.rule, stays, tuple(shares), fields, parted.ends)


def share_of(shares: Shares, measure: str) -> Decimal | None:
    """The share by a measure, or by the first one that is known when none is named."""
    if measure:
        found: Decimal | None = getattr(shares, measure)
        return found
    return next((value for name in MEASURES if (value := getattr(shares, name)) is not None), None)


def key_of(result_id: int | None, unit_id: int | None) -> str:
    """How an heir is named: 'r12' a unit that comes of the decision, 'u34' one that is there; '' nobody."""
    if result_id is not None:
        return f"r{result_id}"
    return f"u{unit_id}" if unit_id is not None else ""


def inheritance_of(decision: Decision) -> Inheritance:
    """Everything about who takes over, in a fixed number of statements."""
    changes = changes_of(decision)
    parted = _parted(changes)
    _offer_above(parted, changes, decision)
    choices = Choice.objects.filter(decision=decision).prefetch_related("fields")
    results = ResultingUnit.objects.filter(event__decision=decision, is_new=True)
    return Inheritance(
        decision,
        changes,
        parted,
        {choice.unit_id: choice for choice in choices},
        {f"r{row.pk}": row for row in results},
    )


def _parted(changes: Iterable[Change]) -> dict[int, Parted]:
    found: dict[int, Parted] = {}
    got: dict[tuple[int, str], tuple[bool, Shares]] = {}
    for change in changes:
        for place, origin in enumerate(change.origins):
            if not origin.unit:  # an undone decision whose unit is no more
                continue
            passings = [item for item in change.passings or () if item.origin == place]
            to_others = [item for item in passings if change.outcomes[item.outcome].unit != origin.unit]
            if not origin.ends and not to_others:
                continue
            parted = found.setdefault(origin.unit, Parted(origin.unit, origin.ends))
            parted.ends = parted.ends or origin.ends
            for item in to_others:
                outcome = change.outcomes[item.outcome]
                key = f"r{outcome.key}" if outcome.unit is None else f"u{outcome.unit}"
                full, shares = got.get((origin.unit, key), (False, Shares()))
                got[origin.unit, key] = (full or item.full, _together(shares, item.shares))
    for (unit, key), (full, shares) in got.items():
        found[unit].offers.append(Offer(key, full, shares))
    for parted in found.values():
        if not parted.ends:
            parted.offers.append(Offer(f"u{parted.unit}", shares=_rest(parted.offers), itself=True))
    return found


def _together(one: Shares, other: Shares) -> Shares:
    values = {}
    for name in MEASURES:
        known = [share for share in (getattr(one, name), getattr(other, name)) if share is not None]
        values[name] = sum(known, Decimal(0)) if known else None
    return Shares(**values)


def _rest(offers: Iterable[Offer]) -> Shares:
    """What stays with a unit that gave parts, by the measures of which every part is known.

    Parts that are together more than the whole leave nothing that could be told; the plan says so.
    """
    listed = list(offers)
    values = {}
    for name in MEASURES:
        known = [share for offer in listed if (share := getattr(offer.shares, name)) is not None]
        rest = Decimal(1) - sum(known, Decimal(0))
        values[name] = rest if len(known) == len(listed) and rest >= 0 else None
    return Shares(**values)


def _offer_above(parted: dict[int, Parted], changes: Iterable[Change], decision: Decision) -> None:
    """The unit above is offered too; it is proposed when a whole level goes.

    Above in the government; for a unit without a place there, such as a Party committee, in its own tree.
    """
    ending = {unit for unit, one in parted.items() if one.ends}
    day = decision.effective_date
    above = _stood_under(ending, day)
    levels = _levels({*ending, *(parent for _, parent in above.values())}, decision)
    siblings = Placement.objects.filter(
        parent__in={parent for _, parent in above.values()}, in_force__contains=day
    ).exclude(unit__in=ending)
    beside = list(siblings.values_list("unit_id", "hierarchy", "parent_id"))
    levels |= _levels({unit for unit, _, _ in beside}, decision)
    left = Counter((hierarchy, parent, levels.get(unit)) for unit, hierarchy, parent in beside)
    coming = {outcome.level for change in changes for outcome in change.outcomes if outcome.unit is None}
    for unit, (hierarchy, parent) in above.items():
        key = _going_on(parent, parted, ending)
        if not key or key in {offer.key for offer in parted[unit].offers}:
            continue
        parted[unit].offers.append(Offer(key, above=True))
        level = levels.get(unit)
        gone = not left[hierarchy, parent, level] and level not in coming
        parted[unit].level_abolished = gone and level != levels.get(parent)


def _stood_under(units: Iterable[int], day: date) -> dict[int, tuple[str, int]]:
    """Unit → hierarchy and unit above before the day; that of the government goes before the others."""
    rows = Placement.objects.filter(unit__in=set(units), parent__isnull=False, in_force__startswith__lt=day)
    found: dict[int, tuple[str, int]] = {}
    for unit, hierarchy, parent in rows.order_by("in_force").values_list("unit_id", "hierarchy", "parent_id"):
        other = found.get(unit)
        if other is None or hierarchy == Hierarchy.GOVERNMENT or other[0] != Hierarchy.GOVERNMENT:
            found[unit] = (hierarchy, parent or 0)
    return found


def _going_on(unit: int, parted: dict[int, Parted], ending: set[int]) -> str:
    """The key of the unit, or of the only one that comes after it when it ends too."""
    if unit not in ending:
        return f"u{unit}"
    proposal = parted[unit].proposal
    return proposal.heir if proposal.why is Why.ONLY else ""


def _levels(units: Iterable[int], decision: Decision) -> dict[int, str]:
    """The level of each unit on the day of the decision, or before it ended."""
    rows = UnitVersion.objects.filter(unit__in=set(units), in_force__startswith__lte=decision.effective_date)
    return dict(rows.order_by("in_force").values_list("unit_id", "level"))
