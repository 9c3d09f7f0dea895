"""Accounts and roles, as their administrators see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet

from kientoan.domains.accounts.models import User
from kientoan.domains.language.lookups import SortKey
from kientoan.engines.vietnamese import fold

from ..access import Viewer, managed_accounts, visible_accounts, visible_grants
from ..models import Closure, DecisionState, Installation, OriginalUnit, Role, RoleGrant
from .tree import UnitOnDay, subtree_ids, units_on


@dataclass(frozen=True)
class AccountFilter:
    """What to look for; an empty field looks for nothing in particular. `unit` includes what is under it."""

    text: str = ""
    role: str = ""
    unit: int | None = None
    is_active: bool | None = None


@dataclass(frozen=True)
class AccountRow:
    """An account with the roles that the viewer may see, and whether the viewer may change it."""

    user: User
    roles: tuple[tuple[RoleGrant, UnitOnDay], ...]
    is_managed: bool


def accounts_matching(wanted: AccountFilter, viewer: Viewer) -> QuerySet[User]:
    """The viewer's accounts that match, in Vietnamese order of names."""
    users = visible_accounts(viewer)
    if wanted.text.strip():
        folded = fold(wanted.text.strip())
        users = users.filter(
            Q(full_name__fold__contains=folded)
            | Q(username__fold__contains=folded)
            | Q(email__icontains=wanted.text.strip())
        )
    if wanted.is_active is not None:
        users = users.filter(is_active=wanted.is_active)
    if wanted.role or wanted.unit:
        grants = visible_grants(viewer).filter(in_force__contains=viewer.day)
        if wanted.role:
            grants = grants.filter(role=wanted.role)
        if wanted.unit:
            grants = grants.filter(unit__in=subtree_ids(wanted.unit, viewer.day))
        users = users.filter(pk__in=grants.values("user"))
    return users.order_by(SortKey("full_name"), "username")


def account_rows(users: Iterable[User], viewer: Viewer) -> list[AccountRow]:
    """The rows of one page of accounts: three statements whatever their number."""
    users = list(users)
    ids = [user.pk for user in users]
    managed = set(managed_accounts(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    grants = visible_grants(viewer).filter(user__in=ids, in_force__contains=viewer.day)
    by_user: dict[int, list[tuple[RoleGrant, UnitOnDay]]] = {}
    for grant, unit in _with_units(grants, viewer.day):
        by_user.setdefault(grant.user_id, []).append((grant, unit))
    return [AccountRow(user, tuple(by_user.get(user.pk, ())), user.pk in managed) for user in users]


def grants_of(user: User, viewer: Viewer) -> list[tuple[RoleGrant, UnitOnDay]]:
    """All roles the account has, had or will have on the viewer's units; those that last first."""
    grants = visible_grants(viewer).filter(user=user).select_related("granted_by").order_by("-in_force")
    return _with_units(grants, viewer.day)


def own_grants(user: User, day: date) -> list[tuple[RoleGrant, UnitOnDay]]:
    """The roles an account has on the day, as it sees them itself."""
    return _with_units(RoleGrant.objects.on(day).filter(user=user).order_by("role"), day)


def administrators_on(day: date) -> list[User]:
    """Who administers the whole installation on the day: whom to ask."""
    roots = Installation.objects.values("root")
    grants = RoleGrant.objects.on(day).filter(role=Role.ADMIN, unit__in=roots)
    users = User.objects.filter(pk__in=grants.values("user"), is_active=True)
    return list(users.order_by(SortKey("full_name")))


def organisers_over(unit: int, day: date, today: date) -> list[User]:
    """Who organises today the unit, what stood over it on the day, or what carries that on."""
    over = {unit, *Closure.objects.on(day).filter(descendant=unit).values_list("ancestor_id", flat=True)}
    passed = OriginalUnit.objects.filter(unit__in=over, event__decision__state=DecisionState.APPLIED)
    over.update(passed.exclude(heir=None).values_list("heir_id", flat=True))
    grants = RoleGrant.objects.on(today).filter(role=Role.PERSONNEL, unit__in=over)
    users = User.objects.filter(pk__in=grants.values("user"), is_active=True)
    return list(users.order_by(SortKey("full_name")))


def roles_on_unit(unit_id: int, viewer: Viewer) -> list[tuple[RoleGrant, UnitOnDay]]:
    """Who has which role given on this very unit, now or later; empty when it is not the viewer's."""
    lasting = DateRange(viewer.day, None)
    grants = visible_grants(viewer).filter(unit=unit_id, in_force__overlap=lasting)
    people = grants.select_related("user").order_by("role", SortKey("user__full_name"))
    return _with_units(people, viewer.day)


def _with_units(grants: QuerySet[RoleGrant], day: date) -> list[tuple[RoleGrant, UnitOnDay]]:
    rows = list(grants)
    units = units_on(day, {row.unit_id for row in rows}) if rows else {}
    return [(row, units[row.unit_id]) for row in rows]
