"""Handing a target down: the unit above gives each unit below its part."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kientoan.domains.audit.models import Entry
from kientoan.domains.audit.operations import record
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Closure, Post, Rank
from kientoan.domains.temporal.models import Stale

from ..errors import Refused
from ..models import Operator, Target, TargetSet
from ..models.target_standing import stand_targets_on
from ..target_access import refuse_passing, require_setter, set_unit_of, unit_of
from .targets import check_bounds, save, snapshot


@dataclass(frozen=True)
class Part:
    """What one unit gets; both numbers None takes its part away. `seen`: row version shown, 0 for none."""

    unit_id: int
    low: Decimal | None
    high: Decimal | None
    seen: int = 0

    @property
    def empty(self) -> bool:
        """Nothing is given."""
        return self.low is None and self.high is None


@transaction.atomic
def hand_down(
    *, parent_id: int, target_set_id: int, parts: Sequence[Part], viewer: Viewer, at: datetime, day: date
) -> Entry | None:
    """Give units below their parts of a target, as targets of a set; the entry given back can be undone.

    A part gets the operator, period, frequency and indicator of the parent, and the head post of its unit.
    Units that have a part already get the new numbers. All or nothing; None when nothing changed. Raises
    `NotAllowed`, `Refused` (numbers, units not below), `Stale` when somebody changed a part first.
    """
    parent = Target.objects.select_for_update().get(pk=parent_id)
    into = TargetSet.objects.get(pk=target_set_id)
    require_setter(into, viewer)
    givers = {unit_of(parent, viewer), set_unit_of(into, viewer)}
    _refuse_not_below(givers, [part.unit_id for part in parts], day)
    rows = {one.pk: one for one in Target.objects.select_for_update().filter(parent=parent)}
    shown = {one.unit_id: one for one in parts_on(parent, viewer)}
    _refuse_stale_parts(parts, shown)
    heads = _heads([part.unit_id for part in parts], day)
    done = []
    for part in parts:
        now = shown.get(part.unit_id)
        if now is not None and (now.low, now.high) == (part.low, part.high):
            continue
        held = rows[now.pk] if now is not None else None
        if held is not None:
            refuse_passing(held, viewer)
        change = _give(parent, into, part, held, heads.get(part.unit_id), viewer, at)
        if change is not None:
            done.append(change)
    if not done:
        return None
    detail = {"parts": done, "target_set": into.pk}
    return record(actor=viewer.user, verb="target.hand_down", at=at, subject=parent, detail=detail)


def parts_on(parent: Target, viewer: Viewer) -> list[Target]:
    """The parts of a target as they stand on the viewer's day, to show and to compare."""
    found = list(Target.objects.filter(parent=parent).select_related("target_set", "post").order_by("pk"))
    if viewer.changes_ahead:
        stand_targets_on(found, viewer.day)
    return found


def _refuse_not_below(givers: Set[int], unit_ids: Sequence[int], day: date) -> None:
    below = Closure.objects.on(day).filter(ancestor__in=givers, depth__gt=0)
    foreign = set(unit_ids) - set(below.values_list("descendant_id", flat=True))
    if foreign:
        raise Refused(
            _("Có %(count)s đơn vị không trực thuộc đơn vị giao trong ngày giao. Hãy bỏ các đơn vị đó.")
            % {"count": len(foreign)}
        )


def _refuse_stale_parts(parts: Sequence[Part], held: dict[int, Target]) -> None:
    changes: dict[str, tuple[Any, Any]] = {}
    for part in parts:
        now = held.get(part.unit_id)
        same = now is not None and (now.low, now.high) == (part.low, part.high)
        if not same and part.seen != (now.row_version if now else 0):
            changes[str(part.unit_id)] = (None, (now.low, now.high) if now else None)
    if changes:
        raise Stale(changes)


def _heads(unit_ids: Sequence[int], day: date) -> dict[int, Post]:
    """The first head post of each unit on the day."""
    posts = Post.objects.on(day).filter(unit__in=unit_ids, rank=Rank.HEAD).order_by("-pk")
    return {post.unit_id: post for post in posts}


def _give(
    parent: Target,
    into: TargetSet,
    part: Part,
    held: Target | None,
    head: Post | None,
    viewer: Viewer,
    at: datetime,
) -> dict[str, Any] | None:
    """Make, change or take away one part; what is needed to undo it, None when nothing changed."""
    if part.empty:
        return _take_away(held)
    check_bounds(parent.operator, part.low, part.high)
    if held is not None:
        if (held.low, held.high) == (part.low, part.high):
            return None
        before = snapshot(held)
        held.low, held.high = part.low, part.high
        held.row_version += 1
        held.save(update_fields=["low", "high", "row_version"])
        return {"id": held.pk, "before": before, "row_version": held.row_version}
    made = Target(
        target_set=into, parent=parent, indicator_id=parent.indicator_id, unit_id=part.unit_id, post=head,
        period_start=parent.period_start, period_end=parent.period_end, frequency=parent.frequency,
        operator=Operator(parent.operator), low=part.low, high=part.high, position=parent.position,
        passage_id=parent.passage_id, created_by=viewer.user, created_at=at,
    )  # fmt: skip
    save(made)
    return {"id": made.pk, "before": None, "row_version": 1}


def _take_away(held: Target | None) -> dict[str, Any] | None:
    if held is None:
        return None
    if held.children.exists() or held.tasks.exists():
        raise Refused(_("Có đơn vị đã giao tiếp phần của mình; không thể bỏ trống ô của đơn vị đó."))
    change = {"id": held.pk, "before": snapshot(held)}
    held.delete()
    return change
