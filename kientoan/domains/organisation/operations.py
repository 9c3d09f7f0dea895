"""Changing the organisation: units, places in the trees, posts, holders, roles."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import connection, transaction

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import record
from kientoan.domains.documents.models import Document
from kientoan.domains.temporal.models import since

from .access import Viewer
from .models import (
    Hierarchy,
    Membership,
    MembershipKind,
    Person,
    Placement,
    Post,
    Registration,
    Role,
    RoleGrant,
    Unit,
    UnitCode,
    UnitVersion,
)


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
    """A new unit from `start`; `parents` maps hierarchy → parent (None: a root), `codes` scheme → code.

    The closure is not refreshed: call `refresh_closure` once after the last of a series.
    """
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
    """Make the closure anew from the placements; returns the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM organisation_closure")
        cursor.execute(CLOSURE_SQL)
        return int(cursor.rowcount)


@transaction.atomic
def place_unit(*, unit: Unit, parent: Unit | None, hierarchy: str, start: date) -> Placement:
    """Put the unit under a parent in one more hierarchy from `start`, and refresh the closure."""
    placement = Placement.objects.create(
        unit=unit, parent=parent, hierarchy=Hierarchy(hierarchy), in_force=since(start)
    )
    refresh_closure()
    return placement


@transaction.atomic
def create_post(*, unit: Unit, title: str, rank: str, start: date) -> Post:
    """A new post in a unit."""
    return Post.objects.create(unit=unit, title=title, rank=rank, in_force=since(start))


@transaction.atomic
def appoint(
    *, person: Person, post: Post, start: date, end: date | None = None, kind: str = MembershipKind.HOLD
) -> Membership:
    """A person takes a post from `start` until the day before `end`."""
    return Membership.objects.create(person=person, post=post, kind=kind, in_force=since(start, end))


@transaction.atomic
def grant_role(
    *, user: User, role: str, unit: Unit, start: date, end: date | None, by: User | None, at: datetime
) -> RoleGrant:
    """Give an account a role for a unit and all under it. Raises IntegrityError when it has it already."""
    grant = RoleGrant.objects.create(
        user=user, role=Role(role), unit=unit, in_force=since(start, end), granted_by=by
    )
    record(
        actor=by,
        verb="role.grant",
        at=at,
        subject=grant,
        detail={"user": user.pk, "role": role, "unit": unit.pk},
    )
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, end: date, viewer: Viewer, at: datetime) -> None:
    """The role ends: `end` is the first day without it. A role that never held is removed."""
    viewer.require(Role.ADMIN, unit=grant.unit_id)
    detail = {"user": grant.user_id, "role": grant.role, "unit": grant.unit_id, "end": end.isoformat()}
    record(actor=viewer.user, verb="role.end", at=at, subject=grant, detail=detail)
    if grant.in_force.lower and end <= grant.in_force.lower:
        grant.delete()
        return
    grant.in_force = since(grant.in_force.lower, end)
    grant.save(update_fields=["in_force"])


def register_documents(
    *, unit: Unit, documents: Iterable[Document], arrival_date: date | None = None
) -> list[Registration]:
    """Enter documents into the register of a unit (idempotent)."""
    rows = [Registration(unit=unit, document=document, arrival_date=arrival_date) for document in documents]
    return Registration.objects.bulk_create(rows, ignore_conflicts=True)
