"""The first steps of an empty installation."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import record

from ..models import Hierarchy, Installation, Level, Person, Role, Unit, UnitKind
from .accounts import AccountDetails, UsernameTaken
from .roles import grant_role
from .units import establish_unit, refresh_closure

SETUP_LOCK = 7_203_115  # one person at a time sets up

LEVEL_OF = {UnitKind.CITY: Level.PROVINCE, UnitKind.PROVINCE: Level.PROVINCE}


class AlreadySetUp(Exception):
    """The installation has its root unit: somebody else was first."""


@dataclass(frozen=True)
class RootUnit:
    """The city or province whose installation this is; `code` is its code in the public list, or ''."""

    name: str
    kind: str
    code: str = ""


@transaction.atomic
def set_up(
    *, root: RootUnit, admin: AccountDetails, password: str, start: date, day: date, at: datetime
) -> Installation:
    """Create the root unit (in force from `start`), its administrator (from `day`) and the installation.

    Raises `AlreadySetUp` when there is one, also when two people try at once; `UsernameTaken`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SETUP_LOCK])
    if Installation.objects.exists() or Unit.objects.exists():
        raise AlreadySetUp
    if User.objects.filter(username__iexact=admin.username).exists():
        raise UsernameTaken(admin.username)
    unit = establish_unit(
        name=root.name,
        kind=root.kind,
        level=LEVEL_OF[UnitKind(root.kind)],
        start=start,
        codes={"gso": root.code} if root.code else {},
        parents={Hierarchy.GOVERNMENT: None},
    )
    refresh_closure()
    installation = Installation.objects.create(name=root.name, root=unit, set_up_at=at)
    user = User.objects.create_user(admin.username, password, full_name=admin.full_name, email=admin.email)
    Person.objects.create(full_name=admin.full_name, user=user)
    record(actor=user, verb="installation.set_up", at=at, subject=installation, detail={"root": unit.pk})
    grant_role(user=user, role=Role.ADMIN, unit=unit, start=day, end=None, by=user, at=at)
    return installation


@transaction.atomic
def add_administrator(*, admin: AccountDetails, password: str, at: datetime, day: date) -> User:
    """One more administrator of everything, from `day`; for whoever has the server itself.

    Raises `Installation.DoesNotExist` before the set-up, `UsernameTaken`.
    """
    installation = Installation.objects.select_related("root").get()
    if User.objects.filter(username__iexact=admin.username).exists():
        raise UsernameTaken(admin.username)
    user = User.objects.create_user(admin.username, password, full_name=admin.full_name, email=admin.email)
    record(actor=None, verb="account.create", at=at, subject=user, detail={"username": user.username})
    root = Unit.objects.get(pk=installation.root_id_on(day))
    grant_role(user=user, role=Role.ADMIN, unit=root, start=day, end=None, by=None, at=at)
    return user
