"""Offices held on a day against the rules: who heads two bodies, where deputies are too many."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ..models import (
    Headcount,
    Hierarchy,
    Level,
    Membership,
    MembershipKind,
    Placement,
    Post,
    Rank,
    StaffKind,
    UnitKind,
)
from ..rules import deputies, offices
from .tree import TERRITORIES, UnitOnDay, units_on

LARGE_CITIES = frozenset({"01", "79"})  # Hà Nội, Thành phố Hồ Chí Minh: caps of their own


@dataclass(frozen=True)
class HeldOffice:
    """A post with its unit and who holds it."""

    membership: Membership
    unit: UnitOnDay


@dataclass(frozen=True)
class ClashOfOffices:
    """Two offices of one person that a rule would not see together."""

    rule: offices.Rule
    first: HeldOffice
    second: HeldOffice


@dataclass(frozen=True)
class TooManyDeputies:
    """A unit (or the bodies of a unit together) with more deputies than a cap allows."""

    rule: offices.Rule
    unit: UnitOnDay
    deputies: int
    allowed: int
    bodies: int


def clashes_on(day: date, person_ids: Iterable[int] | None = None) -> list[ClashOfOffices]:
    """What the rules would not see together on the day, of everybody or of these people."""
    rows = _held(day)
    if person_ids is not None:
        rows = rows.filter(person__in=set(person_ids))
    held = list(rows.order_by("person__full_name", "id"))
    times = Counter(row.person_id for row in held)
    return _named_clashes([row for row in held if times[row.person_id] > 1], day)


def _held(day: date) -> QuerySet[Membership]:
    """Who is in an office on the day: holders and those who act; a secondment is no office of one's own."""
    kinds = (MembershipKind.HOLD, MembershipKind.ACT)
    rows: QuerySet[Membership] = Membership.objects.on(day).filter(kind__in=kinds)
    return rows.select_related("post", "person")


def _named_clashes(held: list[Membership], day: date) -> list[ClashOfOffices]:
    ids = {row.post.unit_id for row in held}
    units = units_on(day, ids) if ids else {}
    parents = _parents(day, ids)
    known = {}
    for row in held:
        unit = units[row.post.unit_id]
        kind = offices.TERRITORY if unit.is_territory else unit.kind
        known[row.person_id, row.post_id] = HeldOffice(row, unit), offices.Office(
            row.person_id, row.post_id, unit.id, row.post.rank, kind, unit.level,
            parents.get(unit.id, frozenset()), row.post.standing,
        )  # fmt: skip
    found = offices.clashes([office for _, office in known.values()], day)
    return [
        ClashOfOffices(
            clash.rule,
            known[clash.first.person, clash.first.post][0],
            known[clash.second.person, clash.second.post][0],
        )
        for clash in found
    ]


def _parents(day: date, units: set[int]) -> dict[int, frozenset[tuple[str, int]]]:
    if not units:
        return {}
    rows = Placement.objects.on(day).filter(unit__in=units)
    found: dict[int, set[tuple[str, int]]] = {}
    for unit, hierarchy, parent in rows.values_list("unit_id", "hierarchy", "parent_id"):
        found.setdefault(unit, set()).add((hierarchy, parent or 0))
    return {unit: frozenset(pairs) for unit, pairs in found.items()}


def deputies_over_caps(day: date) -> list[TooManyDeputies]:
    """Where there are more deputies in office on the day than a cap in force then allows."""
    if not any(cap.rule.holds_on(day) for cap in deputies.CAPS):
        return []
    units = units_on(day)
    above = dict(
        Placement.objects.on(day)
        .filter(hierarchy=Hierarchy.GOVERNMENT, parent__isnull=False)
        .values_list("unit_id", "parent_id")
    )
    bodies = list(_bodies(day, units, above))
    return [
        TooManyDeputies(one.rule, units[one.unit], one.deputies, one.allowed, one.bodies)
        for one in deputies.breaches(bodies, day)
    ]


def _bodies(day: date, units: dict[int, UnitOnDay], above: dict[int, int]) -> Iterable[deputies.Body]:
    posts = Post.objects.filter(rank=Rank.DEPUTY)
    counted: dict[int, set[int]] = {}
    held = _held(day).filter(post__in=posts).values_list("post__unit_id", "person_id")
    for where, person in held:
        counted.setdefault(where, set()).add(person)
    staff = dict(
        Headcount.objects.on(day)
        .filter(kind=StaffKind.CIVIL, assigned__isnull=False)
        .values_list("unit_id", "assigned")
    )
    for key, unit in units.items():
        scope, owner = _scope(unit, units, above)
        if scope and owner:
            large = _in_large_city(key, units, above)
            yield deputies.Body(key, scope, owner, len(counted.get(key, ())), staff.get(key), large)


def _scope(unit: UnitOnDay, units: dict[int, UnitOnDay], above: dict[int, int]) -> tuple[str, int]:
    """Which caps concern the unit, and whose bodies share an average with it; ('', 0): none."""
    parent = units.get(above.get(unit.id, 0))
    if parent is None:
        return "", 0
    if unit.kind == UnitKind.DEPARTMENT and unit.level == Level.PROVINCE:
        return deputies.DEPARTMENT, parent.id
    if unit.kind != UnitKind.DIVISION:
        return "", 0
    if parent.kind == UnitKind.DEPARTMENT:
        return deputies.OF_DEPARTMENT, parent.id
    governs = parent.kind in TERRITORIES or parent.kind == UnitKind.PEOPLES_COMMITTEE
    if governs and parent.level == Level.DISTRICT:
        return deputies.OF_DISTRICT, parent.id
    if governs and parent.level == Level.COMMUNE:
        return deputies.OF_COMMUNE, parent.id
    return "", 0


def _in_large_city(unit: int, units: dict[int, UnitOnDay], above: dict[int, int]) -> bool:
    while unit in above:
        unit = above[unit]
    return unit in units and units[unit].code in LARGE_CITIES
