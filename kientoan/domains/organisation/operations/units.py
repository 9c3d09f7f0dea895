"""Units: their names and codes in time, and their places in the trees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from kientoan.domains.audit.operations import record
from kientoan.domains.temporal.models import refuse_stale, since

from ..access import Viewer, require_organiser
from ..models import Hierarchy, Placement, Unit, UnitCode, UnitVersion
from .ranges import OutsideLife, Refused, checked, naming_the_rule

WITHIN_LIVES = "placement_within_lives"  # rules that triggers of the database hold
NO_CYCLE = "placement_no_cycle"


class CodeTaken(Exception):
    """Another unit has this code on some of the days."""


class AlreadyPlaced(Exception):
    """The unit stands in this hierarchy already; `placement` says where."""

    def __init__(self, placement: Placement) -> None:
        super().__init__(str(placement))
        self.placement = placement


class UnderItself(Exception):
    """The unit would stand under itself: `parent` is below it on some of the days."""

    def __init__(self, parent: Unit) -> None:
        super().__init__(str(parent))
        self.parent = parent


class VersionExists(Exception):
    """A version of the unit starts on this very day: correct that one instead of adding another."""

    def __init__(self, version: UnitVersion) -> None:
        super().__init__(version.name)
        self.version = version


@dataclass(frozen=True)
class UnitDetails:
    """What is written about a unit for a time."""

    name: str
    kind: str
    level: str
    short_name: str = ""
    abbreviations: tuple[str, ...] = ()


@transaction.atomic
def establish_unit(
    *,
    name: str,
    kind: str,
    level: str,
    start: date,
    short_name: str = "",
    abbreviations: Sequence[str] = (),
    codes: dict[str, str] | None = None,
    parents: dict[str, Unit | None] | None = None,
) -> Unit:
    """A new unit from `start`; `parents` maps hierarchy → parent (None: a root), `codes` scheme → code."""
    life = since(start)
    unit = Unit.objects.create(in_force=life)
    UnitVersion.objects.create(
        unit=unit,
        name=name,
        short_name=short_name,
        abbreviations=list(abbreviations),
        kind=kind,
        level=level,
        in_force=life,
    )
    for scheme, code in (codes or {}).items():
        UnitCode.objects.create(unit=unit, scheme=scheme, code=code, in_force=life)
    for hierarchy, parent in (parents or {}).items():
        Placement.objects.create(unit=unit, parent=parent, hierarchy=hierarchy, in_force=life)
    return unit


CLOSURE_SQL = """
WITH RECURSIVE up AS (
    SELECT hierarchy, unit_id AS descendant_id, unit_id AS ancestor_id, 0 AS depth, in_force
    FROM organisation_placement
  UNION ALL
    SELECT up.hierarchy, up.descendant_id, p.parent_id, up.depth + 1, up.in_force * p.in_force
    FROM up
    JOIN organisation_placement p ON p.unit_id = up.ancestor_id AND p.hierarchy = up.hierarchy
    WHERE p.parent_id IS NOT NULL AND up.in_force && p.in_force AND up.depth < 30
)
INSERT INTO organisation_closure (hierarchy, ancestor_id, descendant_id, depth, in_force)
SELECT hierarchy, ancestor_id, descendant_id, depth, in_force FROM up
"""


@transaction.atomic
def refresh_closure() -> int:
    """Make the whole closure anew from the placements; returns the number of rows.

    The database keeps the closure by itself; this is for mending and for checking it.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM organisation_closure")
        cursor.execute(CLOSURE_SQL)
        return int(cursor.rowcount)


@transaction.atomic
def place_unit(*, unit: Unit, parent: Unit | None, hierarchy: str, start: date) -> Placement:
    """Put the unit under a parent in one more hierarchy from `start`."""
    return Placement.objects.create(
        unit=unit, parent=parent, hierarchy=Hierarchy(hierarchy), in_force=since(start)
    )


@transaction.atomic
def add_unit(
    *,
    details: UnitDetails,
    hierarchy: str,
    parent: Unit | None,
    start: date,
    viewer: Viewer,
    at: datetime,
    code: str = "",
) -> Unit:
    """Establish a unit under a parent in a hierarchy; `code` is that of the public list of units, or ''.

    A root (no parent) is set up by an administrator of the whole installation. Raises `NotAllowed`,
    `OutsideLife` when the parent does not exist on that day, `CodeTaken`.
    """
    require_organiser(viewer, parent.pk if parent else None)
    _require_life(parent, start)
    try:
        with naming_the_rule():
            unit = establish_unit(
                name=details.name,
                kind=details.kind,
                level=details.level,
                start=start,
                short_name=details.short_name,
                abbreviations=details.abbreviations,
                codes={"gso": code} if code else {},
                parents={Hierarchy(hierarchy): parent},
            )
    except Refused as refusal:
        if refusal.constraint == WITHIN_LIVES and parent is not None:
            raise OutsideLife(parent.in_force) from refusal
        raise CodeTaken(code) from refusal
    detail = {"name": details.name, "parent": parent.pk if parent else None, "hierarchy": str(hierarchy)}
    record(actor=viewer.user, verb="unit.establish", at=at, subject=unit, detail=detail)
    return unit


def _require_life(unit: Unit | None, start: date) -> None:
    if unit is not None and start not in unit.in_force:
        raise OutsideLife(unit.in_force)


@transaction.atomic
def add_place(
    *, unit: Unit, hierarchy: str, parent: Unit | None, start: date, viewer: Viewer, at: datetime
) -> Placement:
    """The unit also stands in another hierarchy from `start` on.

    The viewer must organise both the unit and the parent. Raises `OutsideLife`, `UnderItself` when the parent
    is below the unit, and `AlreadyPlaced` when it stands in that hierarchy then: moving a unit is a change of
    the organisation with a legal basis.
    """
    require_organiser(viewer, unit.pk)
    require_organiser(viewer, parent.pk if parent else None)
    _require_life(unit, start)
    _require_life(parent, start)
    wanted = since(start, unit.in_force.upper)
    there = Placement.objects.filter(unit=unit, hierarchy=hierarchy, in_force__overlap=wanted).first()
    if there is not None:
        raise AlreadyPlaced(there)
    try:
        with naming_the_rule():
            placement = Placement.objects.create(
                unit=unit, parent=parent, hierarchy=hierarchy, in_force=wanted
            )
    except Refused as refusal:
        if refusal.constraint == NO_CYCLE and parent is not None:
            raise UnderItself(parent) from refusal
        if refusal.constraint == WITHIN_LIVES and parent is not None:
            raise OutsideLife(parent.in_force) from refusal
        raise
    detail = {
        "hierarchy": str(hierarchy),
        "parent": parent.pk if parent else None,
        "start": start.isoformat(),
    }
    record(actor=viewer.user, verb="unit.place", at=at, subject=unit, detail=detail)
    return placement


@transaction.atomic
def add_version(
    *, unit: Unit, details: UnitDetails, start: date, viewer: Viewer, at: datetime
) -> UnitVersion:
    """From `start` the unit is called and is what `details` say; the version before ends on that day.

    Raises `OutsideLife` when the unit does not exist then, `VersionExists` when one starts that day.
    """
    require_organiser(viewer, unit.pk)
    Unit.objects.select_for_update().get(pk=unit.pk)
    before = UnitVersion.objects.on(start).filter(unit=unit).first()
    if before is None:
        raise OutsideLife(unit.in_force)
    if before.in_force.lower == start:
        raise VersionExists(before)
    end = before.in_force.upper
    before.in_force = since(before.in_force.lower, start)
    before.save(update_fields=["in_force"])
    version = UnitVersion.objects.create(
        unit=unit,
        name=details.name,
        short_name=details.short_name,
        abbreviations=list(details.abbreviations),
        kind=details.kind,
        level=details.level,
        in_force=checked(start, end),
    )
    detail = {"from": before.name, "to": version.name, "start": start.isoformat()}
    record(actor=viewer.user, verb="unit.new_version", at=at, subject=unit, detail=detail)
    return version


@transaction.atomic
def correct_version(
    *, version: UnitVersion, details: UnitDetails, seen: Mapping[str, Any], viewer: Viewer, at: datetime
) -> UnitVersion:
    """Correct what was written wrongly; the days stay. `seen` holds the values the editor started from.

    Raises `NotAllowed`, and `Stale` when somebody else corrected it in between.
    """
    require_organiser(viewer, version.unit_id)
    row: UnitVersion = UnitVersion.objects.select_for_update().select_related("unit").get(pk=version.pk)
    refuse_stale(row, seen)
    values = {
        "name": details.name,
        "short_name": details.short_name,
        "abbreviations": list(details.abbreviations),
        "kind": details.kind,
        "level": details.level,
    }
    changed = {name: [getattr(row, name), new] for name, new in values.items() if getattr(row, name) != new}
    for name, new in values.items():
        setattr(row, name, new)
    if changed:
        row.save(update_fields=list(changed))
        detail = {"changed": changed}
        record(actor=viewer.user, verb="unit.correct", at=at, subject=row.unit, detail=detail)
    return row
