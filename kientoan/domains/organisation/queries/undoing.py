"""What depends on an applied decision, so that it cannot be undone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db import IntegrityError, models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import (
    Decision,
    DecisionState,
    Membership,
    Placement,
    Post,
    RoleGrant,
    Unit,
    UnitCode,
    UnitVersion,
)

_MOST = 20


class Dependence(models.TextChoices):
    """Why a decision cannot be undone; the label says it, with the remedy."""

    LATER_DECISION = (
        "later_decision",
        _("quyết định sau đã dùng đơn vị ấy: %(what)s. Hãy hủy quyết định sau trước."),
    )
    DRAFT = "draft", _("dự thảo đang dùng đơn vị mới: %(what)s. Hãy sửa hoặc xóa dự thảo ấy trước.")
    CHANGED = "changed", _("“%(what)s” đã được sửa sau đó. Hãy bỏ lần sửa ấy trước.")
    PLACED_UNDER = "placed_under", _("“%(what)s” đã được đặt dưới đơn vị mới. Hãy chuyển đi trước.")
    POSTS = "posts", _("đơn vị mới đã có chức danh: %(what)s. Hãy bỏ các chức danh ấy trước.")
    ROLES = "roles", _("đơn vị mới đã có vai trò được giao: %(what)s. Hãy bỏ các vai trò ấy trước.")
    RECORDS = "records", _("đã có %(what)s gắn với đơn vị mới. Hãy chuyển sang đơn vị khác trước.")
    DATABASE = "database", _("dữ liệu ghi sau đó chồng lên (%(what)s). Hãy bỏ phần ghi sau trước.")


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing that depends on the decision."""

    dependence: models.TextChoices  # of this domain or of one above
    what: str

    def __str__(self) -> str:
        return str(self.dependence.label) % {"what": self.what}

    @classmethod
    def of_records(cls, records: Iterable[Any]) -> Self:
        """Records of any domain that point to a unit that would vanish."""
        counts: dict[str, int] = {}
        for row in records:
            name = str(row._meta.verbose_name)
            counts[name] = counts.get(name, 0) + 1
        return cls(Dependence.RECORDS, ", ".join(f"{count} {name}" for name, count in counts.items()))

    @classmethod
    def of_database(cls, error: IntegrityError) -> Self:
        """A rule of the database that the former rows would break."""
        diagnosis = getattr(error.__cause__, "diag", None)
        return cls(Dependence.DATABASE, getattr(diagnosis, "constraint_name", None) or gettext("không rõ"))


def hindrances(decision: Decision, touched: Collection[int]) -> list[Hindrance]:
    """All that depends on the decision, most telling first; `touched`: the existing units it names."""
    created = list(Unit.objects.filter(begun_by=decision).values_list("pk", flat=True))
    return [
        *_later_decisions(decision, {*touched, *created}),
        *_drafts(created),
        *_changed_rows(decision, created),
        *_on_created(decision, created),
    ]


def _later_decisions(decision: Decision, units: set[int]) -> list[Hindrance]:
    later = Q(effective_date__gt=decision.effective_date)
    later |= Q(effective_date=decision.effective_date, applied_at__gt=decision.applied_at)
    later |= Q(effective_date=decision.effective_date, applied_at=decision.applied_at, pk__gt=decision.pk)
    rows = Decision.objects.filter(_naming(units), later, state=DecisionState.APPLIED).exclude(pk=decision.pk)
    return [
        Hindrance(Dependence.LATER_DECISION, f"{row.legal_basis[:200]} ({row.effective_date:%d/%m/%Y})")
        for row in rows.distinct().order_by("effective_date", "pk")[:_MOST]
    ]


def _naming(units: Collection[int]) -> Q:
    named = Q(changes__original_units__unit__in=units) | Q(changes__resulting_units__unit__in=units)
    return named | Q(changes__resulting_units__places__parent__in=units)


def _drafts(created: list[int]) -> list[Hindrance]:
    rows = Decision.objects.filter(_naming(created), state=DecisionState.DRAFT).distinct().order_by("pk")
    return [Hindrance(Dependence.DRAFT, row.legal_basis[:200]) for row in rows[:_MOST]]


def _changed_rows(decision: Decision, created: list[int]) -> list[Hindrance]:
    """Rows that the decision began and somebody ended, and what was written of its new units by hand."""
    changed: set[int] = set()
    models_of_units: tuple[type[models.Model], ...] = (UnitVersion, UnitCode, Placement)
    for model in models_of_units:
        rows: models.QuerySet[Any] = model._default_manager.all()
        ended = rows.filter(begun_by=decision).exclude(ended_by=None, in_force__endswith=None)
        ended = ended.filter(unit__in_force__endswith=None)
        changed.update(ended.values_list("unit_id", flat=True))
        by_hand = rows.filter(unit__in=created).exclude(begun_by=decision)
        changed.update(by_hand.values_list("unit_id", flat=True))
    return [Hindrance(Dependence.CHANGED, name) for name in _names(changed)]


def _names(units: Iterable[int]) -> list[str]:
    rows = UnitVersion.objects.filter(unit__in=set(units)).order_by("unit_id", "in_force")
    return list(dict(rows.values_list("unit_id", "name")).values())[:_MOST]


def _on_created(decision: Decision, created: list[int]) -> list[Hindrance]:
    found = []
    under = Placement.objects.filter(parent__in=created).exclude(begun_by=decision)
    found += [
        Hindrance(Dependence.PLACED_UNDER, name) for name in _names(under.values_list("unit_id", flat=True))
    ]
    by_hand = Post.objects.filter(unit__in=created).exclude(begun_by=decision)
    posts = by_hand.values_list("title", flat=True)[:_MOST]
    if posts:
        found.append(Hindrance(Dependence.POSTS, ", ".join(posts)))
    given = RoleGrant.objects.filter(unit__in=created).exclude(begun_by=decision)
    grants = given.select_related("user")[:_MOST]
    if grants:
        found.append(Hindrance(Dependence.ROLES, ", ".join(str(grant.user) for grant in grants)))
    moved = Membership.objects.filter(ended_by=decision).exclude(in_force__endswith=decision.effective_date)
    if moved:
        found.append(Hindrance(Dependence.CHANGED, ", ".join(str(row) for row in moved[:_MOST])))
    return found
