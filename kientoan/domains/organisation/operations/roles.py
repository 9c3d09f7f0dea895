"""Giving and ending roles."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import record
from kientoan.domains.temporal.models import since

from ..access import NotAllowed, Viewer, require_administrator, visible_accounts
from ..models import Installation, Role, RoleGrant, Unit
from .ranges import Refused, checked, naming_the_rule


class RoleHeldAlready(Exception):
    """The account has this role for this unit on some of the days asked for; `grant` is that one."""

    def __init__(self, grant: RoleGrant) -> None:
        super().__init__(str(grant))
        self.grant = grant


class LastAdministrator(Exception):
    """Nobody would be left to administer the whole installation."""


@transaction.atomic
def grant_role(
    *, user: User, role: str, unit: Unit, start: date, end: date | None, by: User | None, at: datetime
) -> RoleGrant:
    """Give an account a role for a unit and all under it, without a check of rights (loaders, set-up).

    Raises `RoleHeldAlready` when the days meet those of the same role.
    """
    wanted = checked(start, end)
    try:
        with naming_the_rule():
            grant = RoleGrant.objects.create(
                user=user, role=Role(role), unit=unit, in_force=wanted, granted_by=by
            )
    except Refused as refusal:
        same = RoleGrant.objects.filter(user=user, role=role, unit=unit, in_force__overlap=wanted)
        raise RoleHeldAlready(same[0]) from refusal
    detail = {"user": user.pk, "role": str(role), "unit": unit.pk, "start": start.isoformat()}
    if end is not None:
        detail["end"] = end.isoformat()
    record(actor=by, verb="role.grant", at=at, subject=grant, detail=detail)
    return grant


@transaction.atomic
def give_role(
    *, user: User, role: str, unit: Unit, start: date, end: date | None, viewer: Viewer, at: datetime
) -> RoleGrant:
    """An administrator of the unit gives an account a role there, from `start` until the day before `end`.

    Raises `NotAllowed`, `BadRange`, and `RoleHeldAlready` when the days meet those of the same role.
    """
    require_administrator(viewer, unit.pk)
    if not visible_accounts(viewer).filter(pk=user.pk).exists():
        raise NotAllowed(Role.ADMIN)
    return grant_role(user=user, role=role, unit=unit, start=start, end=end, by=viewer.user, at=at)


@transaction.atomic
def end_role(*, grant: RoleGrant, end: date, viewer: Viewer, at: datetime) -> None:
    """The role ends: `end` is the first day without it. A role that never held is removed.

    Raises `NotAllowed`, and `LastAdministrator` when nobody would administer the installation any more.
    """
    require_administrator(viewer, grant.unit_id)
    guard_last_administrator(viewer.day, without_grant=grant)
    detail = {"user": grant.user_id, "role": grant.role, "unit": grant.unit_id, "end": end.isoformat()}
    record(actor=viewer.user, verb="role.end", at=at, subject=grant, detail=detail)
    if grant.in_force.lower and end <= grant.in_force.lower:
        grant.delete()
        return
    grant.in_force = since(grant.in_force.lower, end)
    grant.save(update_fields=["in_force"])


def guard_last_administrator(
    day: date, *, without_grant: RoleGrant | None = None, without_user: User | None = None
) -> None:
    """Raise `LastAdministrator` unless another open account administers the root without an end."""
    installation = Installation.objects.select_for_update(of=("self",)).first()
    if installation is None:
        return
    endless = Q(in_force__endswith__isnull=True) | Q(ended_by__isnull=False, end_before=None)  # it passes on
    lasting = RoleGrant.objects.on(day).filter(
        endless, role=Role.ADMIN, unit=installation.root_id_on(day), user__is_active=True
    )
    touched = lasting.filter(pk=without_grant.pk) if without_grant else lasting.filter(user=without_user)
    left = lasting.exclude(pk__in=touched.values("pk"))
    if touched.exists() and not left.exists():
        raise LastAdministrator
