"""Who may see and do what: roles on units, with everything under them, on a day.

A `Viewer` is made once per request. Every queryset of every domain takes it (`visible_to(viewer)`), so a
page, a tree, an export and an API cannot differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, Q, QuerySet

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, DocumentState

from .models import (
    Closure,
    Decision,
    DecisionState,
    Installation,
    OriginalUnit,
    Person,
    ResultingPlace,
    ResultingUnit,
    Role,
    RoleGrant,
    Statement,
    Unit,
)
from .reach import Grant, Reach, reach_of


class NotAllowed(Exception):
    """The account has no role that allows this on this unit. `role`: one that would."""

    def __init__(self, *roles: str) -> None:
        super().__init__(f"needs one of {roles}")
        self.roles = roles


class OutsideRights(NotAllowed):
    """Some of the units that a change names are not the viewer's to change; `units`: which."""

    def __init__(self, units: Iterable[int], *roles: str) -> None:
        super().__init__(*roles)
        self.units = tuple(units)


@dataclass(frozen=True, eq=False)
class Viewer:
    """An account on a day, with the units it has a role for; where these stand on the day, `reach` says.

    `today`: the day whose roles these are; `ahead`: see `changes_ahead`, when it is known already.
    """

    user: User
    day: date
    grants: tuple[Grant, ...] = field(default=())
    today: date | None = None
    ahead: bool | None = None

    def __hash__(self) -> int:
        return hash((self.user.pk, self.day))

    @property
    def roles(self) -> frozenset[str]:
        """The roles held anywhere."""
        return frozenset(role for role, _ in self.grants)

    @cached_property
    def own_unit_ids(self) -> frozenset[int]:
        """The units on which a role stands on the day, without what is under them (see `reach`)."""
        return self._reach.standing(self.grants)

    @property
    def lasting_ids(self) -> frozenset[int]:
        """Of the units in reach on a day in the past, those that did not leave the viewer's units since."""
        return self._reach.lasting

    @cached_property
    def _reach(self) -> Reach:
        return reach_of(self.grants, self.day, today=self.today or self.day, user_id=self.user.pk)

    def _grants(self, roles: tuple[str, ...]) -> list[Grant]:
        return [one for one in self.grants if not roles or one[0] in roles]

    @cached_property
    def changes_ahead(self) -> bool:
        """Whether a decision of a later day is applied: what it passes on stood elsewhere on the day."""
        return _later_decisions(self.day).exists() if self.ahead is None else self.ahead

    @cached_property
    def _covered(self) -> dict[tuple[str, ...], frozenset[int]]:
        """What `unit_ids` found before: it is asked for every row of a list."""
        return {}

    @cached_property
    def _reached(self) -> dict[tuple[str, ...], frozenset[int]]:
        return {}

    def unit_ids(self, *roles: str) -> frozenset[int]:
        """All units of the day covered by the roles (any role when none is named), subtrees included."""
        if roles not in self._covered:
            self._covered[roles] = self._reach.there(self._grants(roles))
        return self._covered[roles]

    def reach_ids(self, *roles: str) -> frozenset[int]:
        """`unit_ids` and the ended units that these answered for, or whose record they carry on."""
        if roles not in self._reached:
            self._reached[roles] = self._reach.everything(self._grants(roles))
        return self._reached[roles]

    def granted_ids(self, *roles: str) -> frozenset[int]:
        """The units on which one of the roles stands on the day, without what is under them."""
        return self._reach.standing(self._grants(roles))

    @cached_property
    def above_unit_ids(self) -> frozenset[int]:
        """All units above those on which a role was given, in any hierarchy, on the day.

        Also units that stood above them, or above their predecessors, and have ended: what these put in
        force was theirs to follow, and stays readable.
        """
        day = self.day
        own = self.own_unit_ids | {unit for _role, unit in self.grants}
        ended = Q(ancestor__in_force__endswith__lte=day, in_force__startswith__lte=day)
        before = self.reach_ids() - self.unit_ids()
        rows = Closure.objects.filter(
            Q(descendant__in=own) & (Q(in_force__contains=day) | ended) | Q(descendant__in=before) & ended
        )
        return frozenset(rows.values_list("ancestor_id", flat=True))

    @cached_property
    def administers_all(self) -> bool:
        """Whether the account administers the installation's root unit, and with it everything.

        The root of today: until the day of a decision that passes the installation on, the former one.
        """
        own = {unit for role, unit in self.grants if role == Role.ADMIN}
        if not own:
            return False
        installation = Installation.objects.first()
        return installation is not None and installation.root_id_on(self.today or self.day) in own

    def look_up(self) -> None:
        """Read now what is otherwise read when first asked for."""
        self.unit_ids()
        _ = self.above_unit_ids, self.administers_all

    def has(self, *roles: str, unit: int | None = None) -> bool:
        """Whether one of the roles is held (for the unit, when one is named)."""
        if unit is None:
            return any(role in roles for role, _ in self.grants)
        return unit in self.reach_ids(*roles) if any(role in roles for role, _ in self.grants) else False

    def on(self, day: date) -> "Viewer":
        """The same account with the tree of a later day, for what takes effect then.

        Itself for a day that has come: a look back gives no right.
        """
        if day <= self.day:
            return self
        return replace(self, day=day, today=self.today or self.day, ahead=None)

    @cached_property
    def _coming(self) -> dict[int, "Viewer"]:
        """Unit that a decision begins on a day to come → the viewer on its first day."""
        if not self.changes_ahead:
            return {}
        last = max(self.day, self.today or self.day)
        begins = Unit.objects.filter(in_force__startswith__gt=last).values_list("pk", "in_force__startswith")
        first_days = dict(begins)
        then = {day: self.on(day) for day in set(first_days.values())}
        return {unit: then[day] for unit, day in first_days.items()}

    def covers(self, *roles: str) -> frozenset[int]:
        """`unit_ids` and the units to come that stand under these on their first day."""
        if not any(role in roles for role, _ in self.grants):
            return self.unit_ids(*roles)
        ahead = (unit for unit, then in self._coming.items() if unit in then.unit_ids(*roles))
        return self.unit_ids(*roles).union(ahead)

    def keeps(self, *roles: str, unit: int) -> bool:
        """Whether one of the roles is held for the unit; for one to come, by the tree of its first day."""
        if self.has(*roles, unit=unit):
            return True
        then = self._coming.get(unit) if self.has(*roles) else None
        return then is not None and then.has(*roles, unit=unit)

    def require(self, *roles: str, unit: int | None = None) -> None:
        """Raise `NotAllowed` unless one of the roles is held (for the unit, when one is named)."""
        if not self.has(*roles, unit=unit):
            raise NotAllowed(*roles)


def viewer_of(user: User, day: date, *, today: date | None = None) -> Viewer:
    """The viewer for an account. Rights are those of `today`; the tree is that of `day`."""
    grants = RoleGrant.objects.on(today or day).filter(user=user)
    rows = list(grants.annotate(ahead=Exists(_later_decisions(day))).values_list("role", "unit_id", "ahead"))
    held = tuple((role, unit) for role, unit, _ahead in rows)
    return Viewer(user=user, day=day, grants=held, today=today, ahead=any(row[2] for row in rows))


def _later_decisions(day: date) -> QuerySet[Decision]:
    return Decision.objects.filter(state=DecisionState.APPLIED, effective_date__gt=day)


def visible_documents(viewer: Viewer, documents: QuerySet[Document] | None = None) -> QuerySet[Document]:
    """Documents in a register of the viewer's units, and registered ones of the units above.

    A draft is seen only by those who work for the unit that registers it.
    """
    documents = Document.objects.all() if documents is None else documents
    own = Q(registrations__unit__in=viewer.reach_ids())
    above = Q(registrations__unit__in=viewer.above_unit_ids, state=DocumentState.REGISTERED)
    visible = Document.objects.filter(own | above).values("pk")
    return documents.filter(pk__in=visible)


def open_papers(viewer: Viewer, ids: Iterable[int | None]) -> frozenset[int]:
    """Of these documents those that the viewer may open: a page links to no other. At most one statement."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return frozenset()
    found = visible_documents(viewer, Document.objects.filter(pk__in=wanted))
    return frozenset(found.values_list("pk", flat=True))


def may_administer(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer gives accounts and roles for the unit."""
    return viewer.administers_all or viewer.keeps(Role.ADMIN, unit=unit_id)


def may_organise(viewer: Viewer, unit_id: int | None) -> bool:
    """Whether the viewer changes the unit, its posts and their holders; None: a new root of a hierarchy.

    A unit that a decision begins on a day to come is judged by the tree of that day.
    """
    if viewer.administers_all:
        return True
    return unit_id is not None and viewer.keeps(Role.PERSONNEL, Role.ADMIN, unit=unit_id)


def require_administrator(viewer: Viewer, unit_id: int) -> None:
    """Raise `NotAllowed` unless the viewer administers the unit."""
    if not may_administer(viewer, unit_id):
        raise NotAllowed(Role.ADMIN)


def require_organiser(viewer: Viewer, unit_id: int | None) -> None:
    """Raise `NotAllowed` unless the viewer may change the unit."""
    if not may_organise(viewer, unit_id):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)


def administered_units(viewer: Viewer) -> QuerySet[Unit]:
    """The units for which the viewer may give roles."""
    units = Unit.objects.all()
    return units if viewer.administers_all else units.filter(pk__in=viewer.covers(Role.ADMIN))


def organised_units(viewer: Viewer) -> QuerySet[Unit]:
    """The units that the viewer may change."""
    units = Unit.objects.all()
    if viewer.administers_all:
        return units
    return units.filter(pk__in=viewer.covers(Role.PERSONNEL, Role.ADMIN))


def may_draft(viewer: Viewer) -> bool:
    """Whether the viewer drafts decisions about any units at all."""
    return viewer.administers_all or viewer.has(Role.PERSONNEL, Role.ADMIN)


def visible_decisions(viewer: Viewer) -> QuerySet[Decision]:
    """Applied decisions, for whoever has a role; drafts for who wrote them or organises their units."""
    decisions = Decision.objects.all()
    if viewer.administers_all:
        return decisions
    if not viewer.grants:
        return decisions.none()
    seen = ~Q(state=DecisionState.DRAFT) | Q(drafted_by=viewer.user)
    if units := viewer.covers(Role.PERSONNEL, Role.ADMIN):
        originals = OriginalUnit.objects.filter(unit__in=units).values("event__decision")
        results = ResultingUnit.objects.filter(unit__in=units).values("event__decision")
        places = ResultingPlace.objects.filter(parent__in=units).values("result__event__decision")
        seen |= Q(pk__in=originals) | Q(pk__in=results) | Q(pk__in=places)
    return decisions.filter(seen)


def _accounts_with_roles_in(viewer: Viewer) -> tuple[QuerySet[RoleGrant], QuerySet[RoleGrant]]:
    """Grants ever given inside the units the viewer administers, and those outside that have not ended."""
    scope = viewer.covers(Role.ADMIN)
    not_ended = RoleGrant.objects.filter(in_force__overlap=DateRange(viewer.day, None))
    return RoleGrant.objects.filter(unit__in=scope), not_ended.exclude(unit__in=scope)


def visible_accounts(viewer: Viewer) -> QuerySet[User]:
    """Accounts that have or had a role in the units the viewer administers."""
    if viewer.administers_all:
        return User.objects.all()
    inside, _ = _accounts_with_roles_in(viewer)
    return User.objects.filter(pk__in=inside.values("user"))


def managed_accounts(viewer: Viewer) -> QuerySet[User]:
    """Visible accounts without a role elsewhere: only these may be renamed, closed or given a password.

    Otherwise the administrator of a district could take over an account that also works for the city.
    """
    if viewer.administers_all:
        return User.objects.all()
    _, outside = _accounts_with_roles_in(viewer)
    return visible_accounts(viewer).exclude(pk__in=outside.values("user"))


def visible_grants(viewer: Viewer) -> QuerySet[RoleGrant]:
    """Role grants on the units the viewer administers."""
    grants = RoleGrant.objects.all()
    return grants if viewer.administers_all else grants.filter(unit__in=viewer.covers(Role.ADMIN))


def edited_people(viewer: Viewer) -> QuerySet[Person]:
    """People whose record the viewer may correct: those in posts of the viewer's units, or in no post yet."""
    people = Person.objects.all()
    if viewer.administers_all:
        return people
    units = viewer.covers(Role.PERSONNEL, Role.ADMIN)
    if not units:
        return people.none()
    within = Person.objects.filter(memberships__post__unit__in=set(units)).values("pk")
    return people.filter(Q(pk__in=within) | Q(memberships__isnull=True))


def visible_statements(viewer: Viewer) -> QuerySet[Statement]:
    """The viewer's own statements, and those about data that the viewer keeps."""
    own = Q(person__user=viewer.user)
    return Statement.objects.filter(own | Q(pk__in=answered_statements(viewer).values("pk")))


def answered_statements(viewer: Viewer) -> QuerySet[Statement]:
    """The statements that the viewer answers: of people in the viewer's units, or in no post yet."""
    if not viewer.has(Role.PERSONNEL, Role.ADMIN):
        return Statement.objects.none()
    return Statement.objects.filter(person__in=edited_people(viewer).values("pk"))
