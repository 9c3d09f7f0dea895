"""Who may see and do what: roles on units, with everything under them, on a day.

A `Viewer` is made once per request. Every queryset of every domain takes it (`visible_to(viewer)`), so a
page, a tree, an export and an API cannot differ.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, DocumentState

from .models import Closure, RoleGrant


class NotAllowed(Exception):
    """The account has no role that allows this on this unit. `role`: one that would."""

    def __init__(self, *roles: str) -> None:
        super().__init__(f"needs one of {roles}")
        self.roles = roles


@dataclass(frozen=True, eq=False)
class Viewer:
    """An account on a day, with the units it has a role for."""

    user: User
    day: date
    grants: tuple[tuple[str, int], ...] = field(default=())  # (role, unit id)

    def __hash__(self) -> int:
        return hash((self.user.pk, self.day))

    @property
    def roles(self) -> frozenset[str]:
        """The roles held anywhere."""
        return frozenset(role for role, _ in self.grants)

    @cached_property
    def own_unit_ids(self) -> frozenset[int]:
        """The units on which a role was given, without what is under them."""
        return frozenset(unit for _, unit in self.grants)

    @cached_property
    def _scopes(self) -> dict[int, frozenset[int]]:
        """Granted unit → itself and all under it, in any hierarchy, on the day."""
        below: dict[int, set[int]] = {unit: {unit} for unit in self.own_unit_ids}
        rows = Closure.objects.on(self.day).filter(ancestor__in=self.own_unit_ids)
        for ancestor, descendant in rows.values_list("ancestor_id", "descendant_id"):
            below[ancestor].add(descendant)
        return {unit: frozenset(ids) for unit, ids in below.items()}

    def unit_ids(self, *roles: str) -> frozenset[int]:
        """All units covered by the roles (any role when none is named), subtrees included."""
        wanted = {unit for role, unit in self.grants if not roles or role in roles}
        return frozenset().union(*(self._scopes[unit] for unit in wanted))

    @cached_property
    def above_unit_ids(self) -> frozenset[int]:
        """All units above those on which a role was given, in any hierarchy, on the day."""
        rows = Closure.objects.on(self.day).filter(descendant__in=self.own_unit_ids)
        return frozenset(rows.values_list("ancestor_id", flat=True))

    def has(self, *roles: str, unit: int | None = None) -> bool:
        """Whether one of the roles is held (for the unit, when one is named)."""
        if unit is None:
            return any(role in roles for role, _ in self.grants)
        return unit in self.unit_ids(*roles) if any(role in roles for role, _ in self.grants) else False

    def require(self, *roles: str, unit: int | None = None) -> None:
        """Raise `NotAllowed` unless one of the roles is held (for the unit, when one is named)."""
        if not self.has(*roles, unit=unit):
            raise NotAllowed(*roles)


def viewer_of(user: User, day: date, *, today: date | None = None) -> Viewer:
    """The viewer for an account. Rights are those of `today`; the tree is that of `day`."""
    grants = RoleGrant.objects.on(today or day).filter(user=user)
    return Viewer(user=user, day=day, grants=tuple(grants.values_list("role", "unit_id")))


def visible_documents(viewer: Viewer, documents: QuerySet[Document] | None = None) -> QuerySet[Document]:
    """Documents in a register of the viewer's units, and registered ones of the units above.

    A draft is seen only by those who work for the unit that registers it.
    """
    documents = Document.objects.all() if documents is None else documents
    own = Q(registrations__unit__in=viewer.unit_ids())
    above = Q(registrations__unit__in=viewer.above_unit_ids, state=DocumentState.REGISTERED)
    visible = Document.objects.filter(own | above).values("pk")
    return documents.filter(pk__in=visible)
