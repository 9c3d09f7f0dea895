"""Everything that happened to a unit, by day and decision, latest first; a fixed number of statements."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from ..models import (
    Decision,
    DecisionState,
    Membership,
    MembershipKind,
    Passing,
    Placement,
    Post,
    Unit,
    UnitCode,
    UnitVersion,
)
from .lineage import UnitNames


class Kind(TextChoices):
    """What a fact is about, as the timeline is filtered."""

    LIFE = "life", _("Thành lập, chấm dứt")
    PASSING = "passing", _("Sáp nhập, chia tách")
    NAME = "name", _("Tên, loại, cấp")
    CODE = "code", _("Mã")
    PLACE = "place", _("Cấp trên")
    POST = "post", _("Chức danh")
    HOLDER = "holder", _("Người giữ chức")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened: `what` says which sentence it is, `values` what stands in it.

    `unit`, `person`: whose page has more about it.
    """

    day: date
    kind: Kind
    what: str
    values: dict[str, Any] = field(default_factory=dict)
    decision: int | None = None
    unit: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened on one day by one decision (None: written by hand)."""

    day: date
    decision: Decision | None
    facts: tuple[Fact, ...]


def timeline_of(unit_id: int, *, kind: str = "") -> list[Happening]:
    """The days on which something happened to the unit, latest first; `kind`: only facts of this kind."""
    facts = [fact for fact in _facts(unit_id) if not kind or fact.kind == kind]
    groups: dict[tuple[date, int], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.day, fact.decision or 0), []).append(fact)
    decisions = Decision.objects.in_bulk({key for _day, key in groups if key})
    order = {name: place for place, name in enumerate(Kind.values)}
    return [
        Happening(day, decisions.get(key), tuple(sorted(found, key=lambda fact: order[fact.kind])))
        for (day, key), found in sorted(groups.items(), key=lambda item: item[0], reverse=True)
    ]


def _facts(unit_id: int) -> Iterator[Fact]:
    unit = Unit.objects.get(pk=unit_id)
    yield from _spans([unit], Kind.LIFE, "began", "ended", lambda _row: {})
    yield from _named(list(UnitVersion.objects.filter(unit=unit_id).order_by("in_force")))
    codes = UnitCode.objects.filter(unit=unit_id).order_by("in_force")
    yield from _spans(
        codes, Kind.CODE, "coded", "code_lost", lambda row: {"code": row.code, "scheme": row.scheme}
    )
    placements = list(Placement.objects.filter(unit=unit_id).order_by("hierarchy", "in_force"))
    passings = list(_passings(unit_id))
    others = {row.parent_id for row in placements if row.parent_id}
    others |= {row.original.unit_id for row in passings} | {row.result.unit_id for row in passings}
    names = UnitNames(other for other in others if other)
    yield from _placed(placements, names)
    yield from _passed(unit_id, passings, names)
    posts = Post.objects.filter(unit=unit_id).order_by("in_force", "id")
    yield from _spans(posts, Kind.POST, "post_began", "post_ended", lambda row: {"title": row.title})
    yield from _held(unit_id)


def _spans(rows: Iterable[Any], kind: Kind, began: str, ended: str, values: Any) -> Iterator[Fact]:
    """The first day of each row, and the day after its last."""
    for row in rows:
        if row.in_force.lower:
            yield Fact(row.in_force.lower, kind, began, values(row), row.begun_by_id)
        if row.in_force.upper:
            yield Fact(row.in_force.upper, kind, ended, values(row), row.ended_by_id)


def _named(versions: list[UnitVersion]) -> Iterator[Fact]:
    if versions and versions[0].in_force.lower:
        first = versions[0]
        values = {"name": first.name, "kind": first.get_kind_display()}
        yield Fact(first.in_force.lower, Kind.NAME, "named", values, first.begun_by_id)
    for before, after in pairwise(versions):
        day, decision = after.in_force.lower, after.begun_by_id
        if before.name != after.name:
            values = {"before": before.name, "after": after.name}
            yield Fact(day, Kind.NAME, "renamed", values, decision)
        if before.kind != after.kind:
            values = {"before": before.get_kind_display(), "after": after.get_kind_display()}
            yield Fact(day, Kind.NAME, "kind_changed", values, decision)
        if before.level != after.level:
            values = {"before": before.get_level_display(), "after": after.get_level_display()}
            yield Fact(day, Kind.NAME, "level_changed", values, decision)


def _placed(placements: list[Placement], names: UnitNames) -> Iterator[Fact]:
    for row in placements:
        day, words = row.in_force.lower, row.get_hierarchy_display()
        if day is None:
            continue
        if row.parent_id is None:
            yield Fact(day, Kind.PLACE, "root", {"hierarchy": words}, row.begun_by_id)
        else:
            values = {"hierarchy": words, "parent": names.on(row.parent_id, day).name}
            yield Fact(day, Kind.PLACE, "placed", values, row.begun_by_id, unit=row.parent_id)
    followed = {(row.hierarchy, row.in_force.lower) for row in placements}
    for row in placements:
        day = row.in_force.upper
        if day is not None and (row.hierarchy, day) not in followed:
            values = {"hierarchy": row.get_hierarchy_display()}
            yield Fact(day, Kind.PLACE, "unplaced", values, row.ended_by_id)


def _passings(unit_id: int) -> Iterable[Passing]:
    rows = Passing.objects.filter(Q(original__unit=unit_id) | Q(result__unit=unit_id))
    applied = rows.filter(original__event__decision__state=DecisionState.APPLIED)
    return applied.select_related("original__event__decision", "result").order_by("pk")


def _passed(unit_id: int, passings: list[Passing], names: UnitNames) -> Iterator[Fact]:
    """What came from others and what went to others; what stayed the same unit is told by name and code."""
    for row in passings:
        came, decision = row.result.unit_id == unit_id, row.original.event.decision
        other = row.original.unit_id if came else row.result.unit_id
        if row.original.unit_id == row.result.unit_id or other is None:
            continue
        day = decision.effective_date
        named = names.on(other, day - timedelta(days=1) if came else day)
        what = f"{'came' if came else 'went'}_{'whole' if row.extent == 'full' else 'part'}"
        values = {"name": named.name, **_share(row)}
        yield Fact(day, Kind.PASSING, what, values, decision.pk, unit=other)


def _share(row: Passing) -> dict[str, Any]:
    """The part that passed and of what it is a part, where that is known."""
    for measure in ("population", "area", "headcount", "by_hand"):
        if row.extent == "partial" and getattr(row, measure) is not None:
            return {"share": getattr(row, measure), "measure": measure}
    return {}


def _held(unit_id: int) -> Iterator[Fact]:
    rows = Membership.objects.filter(post__unit=unit_id).select_related("person", "post").order_by("id")
    for row in rows:
        values = {"person": row.person.full_name, "title": row.post.title, "how": ""}
        if row.kind != MembershipKind.HOLD:
            values["how"] = row.get_kind_display()
        if row.in_force.lower:
            yield Fact(row.in_force.lower, Kind.HOLDER, "took", values, row.begun_by_id, person=row.person_id)
        if row.in_force.upper:
            yield Fact(row.in_force.upper, Kind.HOLDER, "left", values, row.ended_by_id, person=row.person_id)
