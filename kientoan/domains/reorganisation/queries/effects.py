"""What a decision does to the duties of each unit it ends or takes a part from, counted beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Decision
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.domains.organisation.rules.changes import MEASURES, Shares
from kientoan.domains.plans.models import Rule
from kientoan.domains.plans.queries.waits_ahead import Ahead
from kientoan.engines.vietnamese import format_number

from ..models import Measure
from ..rules.proposing import Offer, Proposal
from .ahead import waits_of
from .heirs import InForce, Inheritance, Parted, inheritance_of


class WhyWords(TextChoices):
    """The reason of a proposal, in words."""

    GOES_ON = "goes_on", _("Đơn vị chỉ giao một phần và vẫn tiếp tục, nên giữ việc của mình.")
    ONLY = "only", _("Toàn bộ đơn vị nhập vào %(heir)s.")
    LARGEST = "largest", _("%(heir)s nhận phần lớn nhất đã biết (%(share)s %% %(measure)s).")
    NO_SHARES = (
        "no_shares",
        _("Có nhiều đơn vị kế tục và chưa rõ đơn vị nào nhận phần lớn nhất; cần có người chọn."),
    )
    LEVEL_ABOLISHED = (
        "level_abolished",
        _("Cấp này không còn; %(heir)s là cấp trên trực tiếp và vẫn tiếp tục."),
    )
    DISSOLVED = "dissolved", _("Đơn vị giải thể, không có đơn vị kế tục; cần có người chọn đơn vị nhận.")


@dataclass(frozen=True)
class Heir:
    """Somebody who may take over: a unit that comes of the decision (`result`), or one that is there."""

    key: str
    name: str
    unit: int | None
    result: int | None
    full: bool
    shares: Shares
    above: bool
    itself: bool

    @property
    def known_shares(self) -> tuple[tuple[str, str], ...]:
        """(measure, percent) in words, of the shares that are known."""
        found = ((Measure(name), getattr(self.shares, name)) for name in MEASURES)
        return tuple(
            (str(measure.label), f"{format_number((share * 100).normalize())} %")
            for measure, share in found
            if share is not None
        )


@dataclass(frozen=True)
class Counts:
    """How much is due from a unit, and how much of its own it has."""

    tasks_led: int = 0
    tasks_assigned: int = 0
    tasks_cooperating: int = 0
    targets: int = 0
    target_sets: int = 0
    programme_duties: int = 0
    submissions: int = 0
    posts: int = 0
    holders: int = 0
    role_grants: int = 0
    accounts: int = 0

    @property
    def duties(self) -> int:
        """Everything that has to pass to somebody."""
        return (
            self.tasks_led + self.tasks_assigned + self.tasks_cooperating + self.targets + self.target_sets
            + self.programme_duties + self.submissions
        )  # fmt: skip


@dataclass(frozen=True)
class UnitEffects:
    """One unit that ends or gives a part; `chosen`: a person chose, else the proposal is in force.

    `waits`: what would wait all the same. `met`: names of units (by `Due.unit`) whose targets it meets; those
    that the viewer may not look into are left out.
    """

    unit: UnitOnDay
    ends: bool
    heirs: tuple[Heir, ...]
    proposal: Proposal
    in_force: InForce
    chosen: bool
    why: str
    counts: Counts
    heir: Heir | None = None
    fields: Mapping[int, Heir] = field(default_factory=dict)
    waits: tuple[Ahead, ...] = ()
    met: Mapping[int, str] = field(default_factory=dict)

    @property
    def would_wait(self) -> int:
        """How much would wait for somebody to decide."""
        return sum(one.count for one in self.waits)

    @property
    def rule_words(self) -> str:
        """What happens to the duties, in words."""
        return str(Rule(self.in_force.rule).label)


_COUNTS = """
WITH unit(id) AS (SELECT unnest(%(units)s::bigint[]))
SELECT unit.id,
    (SELECT count(*) FROM plans_task t WHERE t.lead_unit_id = unit.id AND t.state <> 'done'),
    (SELECT count(*) FROM plans_task t WHERE t.assigner_unit_id = unit.id AND t.state <> 'done'),
    (SELECT count(*) FROM plans_cooperation c JOIN plans_task t ON t.id = c.task_id
     WHERE c.unit_id = unit.id AND t.state <> 'done'),
    (SELECT count(*) FROM plans_target t WHERE t.unit_id = unit.id AND t.period_end > %(day)s),
    (SELECT count(*) FROM plans_targetset s WHERE s.unit_id = unit.id AND (s.year >= %(year)s
     OR EXISTS (SELECT FROM plans_target t WHERE t.target_set_id = s.id AND t.period_end > %(day)s))),
    (SELECT count(*) FROM plans_programmeduty d WHERE d.unit_id = unit.id AND d.programme_id IS NULL),
    (SELECT count(*) FROM results_submission s WHERE s.unit_id = unit.id AND s.state <> 'approved'),
    (SELECT count(*) FROM organisation_post p WHERE p.unit_id = unit.id AND p.in_force @> %(before)s::date),
    (SELECT count(DISTINCT m.person_id) FROM organisation_membership m
     JOIN organisation_post p ON p.id = m.post_id
     WHERE p.unit_id = unit.id AND m.in_force @> %(before)s::date),
    (SELECT count(*) FROM organisation_rolegrant g
     WHERE g.unit_id = unit.id AND g.in_force @> %(before)s::date),
    (SELECT count(DISTINCT g.user_id) FROM organisation_rolegrant g
     WHERE g.unit_id = unit.id AND g.in_force @> %(before)s::date)
FROM unit
"""


def effects(decision: Decision, viewer: Viewer | None) -> tuple[UnitEffects, ...]:
    """What the decision would do to the duties of each unit, units with most duties first.

    `viewer`: only units that the viewer may look into are counted; None: all (the command line). A fixed
    number of statements, however many units.
    """
    return effects_of(inheritance_of(decision), viewer)


def effects_of(inheritance: Inheritance, viewer: Viewer | None) -> tuple[UnitEffects, ...]:
    """The same where it is known already who may take over."""
    decision, units = inheritance.decision, list(inheritance.parted)
    reach = None
    if viewer is not None and not viewer.administers_all:
        reach = viewer.reach_ids()
        units = [unit for unit in units if unit in reach]
    counts, waits = _counts(units, decision), waits_of(inheritance)
    met = {one.fated.there.unit for every in waits.values() for one in every if one.fated and one.fated.there}
    met = {unit for unit in met if reach is None or unit in reach or unit < 0}
    day = decision.effective_date - timedelta(days=1)
    shown = units_on(day, _named(inheritance, units) | {unit for unit in met if unit > 0})
    told = _Told(inheritance, shown, waits, {unit: _name(unit, inheritance, shown) for unit in met})
    found = [told.effects(inheritance.parted[unit], counts.get(unit, Counts())) for unit in units]
    return tuple(sorted(found, key=lambda one: -one.counts.duties))


def _name(unit: int, inheritance: Inheritance, shown: Mapping[int, UnitOnDay]) -> str:
    """The name of a unit, or of a new one by its number below zero."""
    return inheritance.results[f"r{-unit}"].name if unit < 0 else shown[unit].name


def _counts(units: list[int], decision: Decision) -> dict[int, Counts]:
    day = decision.effective_date
    arguments: dict[str, Any] = {
        "units": units,
        "day": day,
        "year": day.year,
        "before": day - timedelta(days=1),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, arguments)
        return {row[0]: Counts(*row[1:]) for row in cursor.fetchall()}


def _named(inheritance: Inheritance, units: Iterable[int]) -> set[int]:
    named = set(units)
    for unit in units:
        for offer in inheritance.parted[unit].offers:
            if offer.key.startswith("u"):
                named.add(int(offer.key[1:]))
    for choice in inheritance.choices.values():
        named |= {choice.heir_id} if choice.heir_id else set()
        named |= {row.heir_id for row in choice.fields.all() if row.heir_id}
    return named


@dataclass(frozen=True)
class _Told:
    """All that is said about every unit."""

    inheritance: Inheritance
    shown: Mapping[int, UnitOnDay]
    waits: Mapping[int, list[Ahead]]
    met: Mapping[int, str]

    def effects(self, parted: Parted, counts: Counts) -> UnitEffects:
        """What the decision does to one unit."""
        inheritance, proposal = self.inheritance, parted.proposal
        in_force = inheritance.in_force(parted.unit)
        heirs = {offer.key: _heir(offer, inheritance, self.shown) for offer in parted.offers}
        for key in (in_force.heir, *in_force.fields.values()):
            if key and key not in heirs:
                heirs[key] = _heir(Offer(key), inheritance, self.shown)
        return UnitEffects(
            unit=self.shown[parted.unit],
            ends=parted.ends,
            heirs=tuple(heirs.values()),
            proposal=proposal,
            in_force=in_force,
            chosen=parted.unit in inheritance.choices,
            why=_why(proposal, heirs.get(proposal.heir)),
            counts=counts,
            heir=heirs.get(in_force.heir),
            fields={key: heirs[value] for key, value in in_force.fields.items()},
            waits=tuple(self.waits.get(parted.unit, ())),
            met=self.met,
        )


def _heir(offer: Offer, inheritance: Inheritance, shown: Mapping[int, UnitOnDay]) -> Heir:
    new = inheritance.results.get(offer.key)
    unit = inheritance.unit_of(offer.key)
    there = shown.get(unit or 0)
    name = new.name if new is not None else (there.name if there is not None else "")
    return Heir(
        offer.key, name, unit, new.pk if new is not None else None, offer.full, offer.shares, offer.above,
        offer.itself,
    )  # fmt: skip


def _why(proposal: Proposal, heir: Heir | None) -> str:
    measure = str(Measure(proposal.measure).label) if proposal.measure else ""
    share = format_number((proposal.share * 100).normalize()) if proposal.share is not None else ""
    words = {"heir": heir.name if heir else "", "share": share, "measure": measure}
    return str(WhyWords(proposal.why.value).label) % words
