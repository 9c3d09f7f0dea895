"""Posts, the people in them, and from when to when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kientoan.domains.audit.operations import record
from kientoan.domains.temporal.models import refuse_stale, since

from ..access import NotAllowed, Viewer, edited_people, require_organiser
from ..models import Decision, Membership, MembershipKind, Person, Post, Rank, Role, Unit
from .ranges import OutsideLife, Refused, checked, holds_throughout, naming_the_rule


class PostTaken(Exception):
    """Somebody else holds the post on some of the days; `membership` is that holding."""

    def __init__(self, membership: Membership) -> None:
        super().__init__(str(membership))
        self.membership = membership


class EndedByDecision(Exception):
    """A decision set the end: it changes only when that decision is undone. `decision` is that one."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(str(decision))
        self.decision = decision


class AlreadyInPost(Exception):
    """The person is in this post on some of the days; `membership` is that time."""

    def __init__(self, membership: Membership) -> None:
        super().__init__(str(membership))
        self.membership = membership


@transaction.atomic
def create_post(*, unit: Unit, title: str, rank: str, start: date, standing: bool = False) -> Post:
    """A new post in a unit, without a check of rights (loaders)."""
    return Post.objects.create(unit=unit, title=title, rank=rank, standing=standing, in_force=since(start))


@transaction.atomic
def appoint(
    *, person: Person, post: Post, start: date, end: date | None = None, kind: str = MembershipKind.HOLD
) -> Membership:
    """A person takes a post from `start` until the day before `end`, without a check of rights (loaders)."""
    return Membership.objects.create(person=person, post=post, kind=kind, in_force=since(start, end))


@transaction.atomic
def add_post(
    *,
    unit: Unit,
    title: str,
    rank: str,
    start: date,
    viewer: Viewer,
    at: datetime,
    standing: bool = False,
) -> Post:
    """A new post in a unit from `start`. Raises `NotAllowed`; `OutsideLife` when the unit is not there."""
    require_organiser(viewer, unit.pk)
    life = since(start, unit.in_force.upper)
    if start not in unit.in_force:
        raise OutsideLife(unit.in_force)
    post = Post.objects.create(unit=unit, title=title, rank=Rank(rank), standing=standing, in_force=life)
    detail = {"title": title, "unit": unit.pk, "start": start.isoformat()}
    record(actor=viewer.user, verb="post.create", at=at, subject=post, detail=detail)
    return post


@transaction.atomic
def correct_post(
    *,
    post: Post,
    title: str,
    rank: str,
    seen: Mapping[str, Any],
    viewer: Viewer,
    at: datetime,
    standing: bool = False,
) -> Post:
    """Correct the title, rank or standing. Raises `NotAllowed`, and `Stale` when another was faster."""
    require_organiser(viewer, post.unit_id)
    row: Post = Post.objects.select_for_update().get(pk=post.pk)
    refuse_stale(row, seen)
    detail = {
        "changed": {
            "title": [row.title, title],
            "rank": [row.rank, rank],
            "standing": [row.standing, standing],
        }
    }
    row.title, row.rank, row.standing = title, Rank(rank), standing
    row.save(update_fields=["title", "rank", "standing"])
    record(actor=viewer.user, verb="post.correct", at=at, subject=row, detail=detail)
    return row


@transaction.atomic
def change_post_days(
    *,
    post: Post,
    start: date,
    end: date | None,
    seen: Mapping[str, Any],
    viewer: Viewer,
    at: datetime,
) -> Post:
    """Set the days of a post: end it, open it again, correct it. Who is in it leaves on its last day.

    Raises `NotAllowed`, `BadRange`, `OutsideLife` beyond the life of the unit, `PostTaken` when somebody was
    in it before `start` or comes at `end` or later, `EndedByDecision`, and `Stale`.
    """
    require_organiser(viewer, post.unit_id)
    rows = Post.objects.select_related("unit", "ended_by").select_for_update(of=("self",))
    row: Post = rows.get(pk=post.pk)
    refuse_stale(row, seen)
    days, before = checked(start, end), row.in_force
    if row.ended_by is not None and end != before.upper:
        raise EndedByDecision(row.ended_by)
    if not holds_throughout(row.unit.in_force, days):
        raise OutsideLife(row.unit.in_force)
    left = _let_go(row, days)
    row.in_force = days
    row.save(update_fields=["in_force"])
    detail = {
        "before": _days(before.lower, before.upper),
        "after": _days(start, end),
        "memberships_ended": left,
    }
    record(actor=viewer.user, verb="post.change_days", at=at, subject=row, detail=detail)
    return row


def _let_go(post: Post, days: DateRange) -> list[int]:
    """End with the post whoever is in it; raises `PostTaken` for a time that begins outside its days."""
    held = post.memberships.select_related("person", "post").select_for_update(of=("self",))
    outside = [row for row in held if not holds_throughout(days, row.in_force)]
    for row in outside:
        begins = row.in_force.lower
        if begins < days.lower or (days.upper is not None and begins >= days.upper):
            raise PostTaken(row)
        row.in_force = since(begins, days.upper)
        row.save(update_fields=["in_force"])
    return [row.pk for row in outside]


@transaction.atomic
def add_person(*, full_name: str, viewer: Viewer, at: datetime) -> Person:
    """A new person, in no post yet. Raises `NotAllowed` without a role over the organisation."""
    if not viewer.has(Role.PERSONNEL, Role.ADMIN):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    person = Person.objects.create(full_name=full_name)
    record(actor=viewer.user, verb="person.create", at=at, subject=person, detail={"full_name": full_name})
    return person


@transaction.atomic
def rename_person(
    *, person: Person, full_name: str, seen: Mapping[str, Any], viewer: Viewer, at: datetime
) -> Person:
    """Correct a name. Raises `NotAllowed` for people of other units, `Stale` when another was faster."""
    editable = edited_people(viewer).filter(pk=person.pk).values("pk")
    row = Person.objects.select_for_update().filter(pk__in=editable).first()
    if row is None:
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    refuse_stale(row, seen)
    detail = {"changed": {"full_name": [row.full_name, full_name]}}
    row.full_name = full_name
    row.save(update_fields=["full_name"])
    record(actor=viewer.user, verb="person.rename", at=at, subject=row, detail=detail)
    return row


@transaction.atomic
def appoint_person(
    *,
    person: Person | None,
    post: Post,
    kind: str,
    start: date,
    end: date | None,
    viewer: Viewer,
    at: datetime,
    new_name: str = "",
) -> Membership:
    """A person takes a post from `start` until the day before `end` (None: until further notice).

    With no `person` a new one called `new_name` is made, or nothing at all when the post cannot be taken.

    Raises `NotAllowed`, `BadRange`, `OutsideLife` when the post does not exist on all those days,
    `PostTaken` and `AlreadyInPost` when the days meet those of another holder or of the same person.
    """
    require_organiser(viewer, post.unit_id)
    person = person or add_person(full_name=new_name, viewer=viewer, at=at)
    membership = Membership(person=person, post=post, kind=MembershipKind(kind))
    _hold(membership, checked(start, end))
    detail = {"person": person.pk, "post": post.pk, **_days(start, end)}
    record(actor=viewer.user, verb="membership.appoint", at=at, subject=membership, detail=detail)
    return membership


@transaction.atomic
def change_membership(
    *,
    membership: Membership,
    start: date,
    end: date | None,
    seen: Mapping[str, Any],
    viewer: Viewer,
    at: datetime,
) -> Membership:
    """Set the days of an appointment: end it, open it again, correct it. Raises as `appoint_person`, and
    `Stale` when somebody else changed the days in between."""
    require_organiser(viewer, membership.post.unit_id)
    rows = Membership.objects.select_related("person", "post").select_for_update(of=("self",))
    row: Membership = rows.get(pk=membership.pk)
    refuse_stale(row, seen)
    before = row.in_force
    _hold(row, checked(start, end))
    detail = {"before": _days(before.lower, before.upper), "after": _days(start, end)}
    record(actor=viewer.user, verb="membership.change", at=at, subject=row, detail=detail)
    return row


def _hold(membership: Membership, days: DateRange) -> None:
    """Save the membership for these days, or say which other one is in the way."""
    if not holds_throughout(membership.post.in_force, days):
        raise OutsideLife(membership.post.in_force)
    membership.in_force = days
    try:
        with naming_the_rule():
            membership.save()
    except Refused as refusal:
        others = Membership.objects.select_related("person", "post").filter(
            post=membership.post, in_force__overlap=days
        )
        if membership.pk:
            others = others.exclude(pk=membership.pk)
        if refusal.constraint == "membership_one_holder":
            raise PostTaken(others.filter(kind=MembershipKind.HOLD)[0]) from refusal
        raise AlreadyInPost(others.filter(person=membership.person)[0]) from refusal


def _days(start: date | None, end: date | None) -> dict[str, str | None]:
    return {
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
    }
