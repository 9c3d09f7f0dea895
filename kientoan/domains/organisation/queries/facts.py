"""What holds about the units that a decision touches, on its day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from kientoan.domains.temporal.models import since

from ..models import Closure, Decision, Headcount, Placement, Post, Unit, UnitCode, UnitVersion
from ..rules.changes import Change

CODE_SCHEME = "gso"  # the public list of administrative units


@dataclass
class Facts:
    """Rows in force on the day, by unit; `later`: unit → first day of something written after the day."""

    day: date
    lives: dict[int, DateRange] = field(default_factory=dict)
    ended_by: dict[int, str] = field(default_factory=dict)  # unit → legal basis of its end
    names: dict[int, str] = field(default_factory=dict)
    versions: dict[int, UnitVersion] = field(default_factory=dict)
    codes: dict[int, UnitCode] = field(default_factory=dict)
    places: dict[tuple[int, str], Placement] = field(default_factory=dict)
    later: dict[int, date] = field(default_factory=dict)
    children: list[Placement] = field(default_factory=list)  # on the day or later, under units that end
    code_owners: list[UnitCode] = field(default_factory=list)  # on the day or later, of codes to be given
    above: dict[tuple[int, str], int | None] = field(default_factory=dict)  # of parents to be, and on upwards

    def name(self, unit: int) -> str:
        """The name of the unit on the day, or its last one before."""
        return self.names.get(unit, f"#{unit}")


def facts_for(changes: Iterable[Change], day: date) -> Facts:
    """Load what the changes touch, in a number of queries that does not depend on theirs."""
    listed = list(changes)
    facts = Facts(day)
    outcomes = [outcome for change in listed for outcome in change.outcomes]
    ending = {origin.unit for change in listed for origin in change.origins if origin.ends}
    going_on = {outcome.unit for outcome in outcomes if outcome.unit is not None}
    parents = {place.unit for outcome in outcomes for place in outcome.places if place.unit is not None}
    origins = {origin.unit for change in listed for origin in change.origins}
    touched = ending | going_on
    _load_units(facts, touched | parents | origins)
    _load_rows(facts, touched, ending)
    _load_above(facts, parents)
    from_day = since(day)
    facts.children = list(
        Placement.objects.filter(parent__in=ending, in_force__overlap=from_day).order_by("unit_id")
    )
    wanted = {outcome.code for outcome in outcomes if outcome.code}
    facts.code_owners = list(
        UnitCode.objects.filter(scheme=CODE_SCHEME, code__in=wanted, in_force__overlap=from_day)
    )
    others = {row.unit_id for row in facts.children} | {row.unit_id for row in facts.code_owners}
    _load_names(facts, touched | parents | origins | others)
    return facts


def _load_units(facts: Facts, units: set[int]) -> None:
    for unit in Unit.objects.filter(pk__in=units):
        facts.lives[unit.pk] = unit.in_force
    over = Unit.objects.filter(pk__in=units, in_force__endswith__lte=facts.day, ended_by__isnull=False)
    bases = dict(Decision.objects.filter(pk__in=over.values("ended_by")).values_list("pk", "legal_basis"))
    facts.ended_by = {unit.pk: bases[unit.ended_by_id] for unit in over}


def _load_above(facts: Facts, parents: set[int]) -> None:
    """Where the parents to be stand on the day, and those above them."""
    if not parents:
        return
    chains = Closure.objects.on(facts.day).filter(descendant__in=parents).values("ancestor")
    rows = Placement.objects.on(facts.day).filter(Q(unit__in=chains) | Q(unit__in=parents))
    for unit, hierarchy, parent in rows.values_list("unit_id", "hierarchy", "parent_id"):
        facts.above[unit, hierarchy] = parent


def _load_names(facts: Facts, units: set[int]) -> None:
    """The name on the day, or the last one before; of a unit that comes later its first one."""
    rows = UnitVersion.objects.filter(unit__in=units).order_by("in_force")
    for unit, name, span in rows.values_list("unit_id", "name", "in_force"):
        if span.lower is None or span.lower <= facts.day or unit not in facts.names:
            facts.names[unit] = name


def _load_rows(facts: Facts, units: set[int], ending: set[int]) -> None:
    """Headcount written from the day on stands in the way of an end only: a new name does not touch it."""
    for version in UnitVersion.objects.on(facts.day).filter(unit__in=units):
        facts.versions[version.unit_id] = version
    for code in UnitCode.objects.on(facts.day).filter(unit__in=units, scheme=CODE_SCHEME):
        facts.codes[code.unit_id] = code
    for place in Placement.objects.on(facts.day).filter(unit__in=units):
        facts.places[place.unit_id, place.hierarchy] = place
    for model in (UnitVersion, UnitCode, Placement, Post, Headcount):
        named = ending if model is Headcount else units
        rows = model._default_manager.filter(unit__in=named, in_force__startswith__gte=facts.day)
        for unit, span in rows.values_list("unit_id", "in_force"):
            facts.later[unit] = min(span.lower, facts.later.get(unit, span.lower))
