"""Accounts: made, changed, closed and opened by the administrators of their units."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import record
from kientoan.domains.temporal.models import refuse_stale

from ..access import NotAllowed, Viewer, edited_people, managed_accounts, require_administrator
from ..models import Person, Role, Unit
from .ranges import Refused, naming_the_rule
from .roles import grant_role, guard_last_administrator

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without the look-alikes i l o 0 1


class UsernameTaken(Exception):
    """Another account signs in with this name, capitals or not."""


class PersonHasAccount(Exception):
    """The person signs in with another account already."""


class OwnAccount(Exception):
    """An administrator does not close the own account: another one does."""


@dataclass(frozen=True)
class AccountDetails:
    """What an administrator writes about an account."""

    username: str
    full_name: str
    email: str = ""


def new_password() -> str:
    """A password to hand over once: four groups of four characters, 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


@transaction.atomic
def create_account(
    *,
    details: AccountDetails,
    password: str,
    role: str,
    unit: Unit,
    start: date,
    end: date | None,
    viewer: Viewer,
    at: datetime,
) -> User:
    """An account with its first role; the password must be changed at the first sign-in.

    Raises `NotAllowed` outside the administrator's units, `UsernameTaken`, `BadRange`.
    """
    require_administrator(viewer, unit.pk)
    user = _insert(details, password)
    user.must_change_password = True
    user.save(update_fields=["must_change_password"])
    detail = {"username": user.username}
    record(actor=viewer.user, verb="account.create", at=at, subject=user, detail=detail)
    grant_role(user=user, role=role, unit=unit, start=start, end=end, by=viewer.user, at=at)
    return user


def _insert(details: AccountDetails, password: str) -> User:
    _refuse_taken(details.username)
    try:
        with naming_the_rule():
            return User.objects.create_user(
                details.username, password, full_name=details.full_name, email=details.email
            )
    except Refused as refusal:
        raise UsernameTaken(details.username) from refusal


def _refuse_taken(username: str, *, but: User | None = None) -> None:
    same = User.objects.filter(username__iexact=username)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise UsernameTaken(username)


def _locked(account: User, viewer: Viewer) -> User:
    """The account as it is now, locked; raises `NotAllowed` when the viewer does not manage it."""
    managed = managed_accounts(viewer).filter(pk=account.pk).values("pk")
    row = User.objects.select_for_update().filter(pk__in=managed).first()
    if row is None:
        raise NotAllowed(Role.ADMIN)
    return row


@transaction.atomic
def update_account(
    *, account: User, details: AccountDetails, seen: Mapping[str, Any], viewer: Viewer, at: datetime
) -> User:
    """Correct the names of an account. `seen` holds the values the editor started from.

    Raises `NotAllowed`, `UsernameTaken`, and `Stale` when somebody else saved in between.
    """
    row = _locked(account, viewer)
    refuse_stale(row, seen)
    _refuse_taken(details.username, but=row)
    before = {"username": row.username, "full_name": row.full_name, "email": row.email}
    row.username, row.full_name, row.email = details.username, details.full_name, details.email
    changed = {name: [old, getattr(row, name)] for name, old in before.items() if getattr(row, name) != old}
    if changed:
        row.save(update_fields=list(changed))
        record(actor=viewer.user, verb="account.update", at=at, subject=row, detail={"changed": changed})
    return row


@transaction.atomic
def link_person(*, account: User, person: Person, viewer: Viewer, at: datetime) -> None:
    """Say whose account it is: the duties of that person's posts become the account's own.

    Raises `NotAllowed` for a person of other units, `PersonHasAccount` when another account is that person's.
    """
    row = _locked(account, viewer)
    people = edited_people(viewer).filter(pk=person.pk).values("pk")
    found = Person.objects.select_for_update().filter(pk__in=people).first()
    if found is None:
        raise NotAllowed(Role.ADMIN)
    if found.user_id not in (None, row.pk):
        raise PersonHasAccount(found)
    Person.objects.filter(user=row).exclude(pk=found.pk).update(user=None)
    found.user = row
    found.save(update_fields=["user"])
    record(actor=viewer.user, verb="account.link_person", at=at, subject=row, detail={"person": found.pk})


@transaction.atomic
def unlink_person(*, account: User, viewer: Viewer, at: datetime) -> None:
    """The account is nobody's in particular; `link_person` undoes it."""
    row = _locked(account, viewer)
    person = Person.objects.select_for_update().filter(user=row).first()
    if person is None:
        return
    person.user = None
    person.save(update_fields=["user"])
    record(actor=viewer.user, verb="account.unlink_person", at=at, subject=row, detail={"person": person.pk})


@transaction.atomic
def reset_password(*, account: User, password: str, viewer: Viewer, at: datetime) -> None:
    """A new password to hand over; it must be changed at the next sign-in, and all sessions end."""
    row = _locked(account, viewer)
    row.set_password(password)
    row.must_change_password = True
    row.save(update_fields=["password", "must_change_password"])
    _drop_sessions(row)
    record(actor=viewer.user, verb="account.reset_password", at=at, subject=row)


@transaction.atomic
def deactivate(*, account: User, viewer: Viewer, at: datetime) -> None:
    """Close an account: nobody can sign in with it, its sessions end; what it did stays.

    Raises `OwnAccount` and `LastAdministrator`. `reactivate` undoes it.
    """
    row = _locked(account, viewer)
    if row.pk == viewer.user.pk:
        raise OwnAccount
    guard_last_administrator(viewer.day, without_user=row)
    row.is_active = False
    row.save(update_fields=["is_active"])
    _drop_sessions(row)
    record(actor=viewer.user, verb="account.deactivate", at=at, subject=row)


@transaction.atomic
def reactivate(*, account: User, viewer: Viewer, at: datetime) -> None:
    """Open a closed account again, with the password and the roles it had."""
    row = _locked(account, viewer)
    row.is_active = True
    row.save(update_fields=["is_active"])
    record(actor=viewer.user, verb="account.reactivate", at=at, subject=row)


@transaction.atomic
def end_sessions(*, account: User, viewer: Viewer, at: datetime) -> int:
    """Sign the account out on every device; returns how many sessions ended.

    Everybody may do it to their own account, an administrator to the accounts of their units.
    """
    row = account if account.pk == viewer.user.pk else _locked(account, viewer)
    ended = _drop_sessions(row)
    record(actor=viewer.user, verb="account.end_sessions", at=at, subject=row, detail={"sessions": ended})
    return ended


def _drop_sessions(account: User) -> int:
    sessions = list(UserSession.objects.filter(user=account))
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic
def remove_second_factor(*, account: User, viewer: Viewer, at: datetime) -> int:
    """Remove the second factor of somebody who lost the phone or key; returns how many were removed."""
    row = _locked(account, viewer)
    removed: int = Authenticator.objects.filter(user=row).delete()[0]
    record(actor=viewer.user, verb="account.remove_second_factor", at=at, subject=row)
    return removed
