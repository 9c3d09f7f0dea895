"""Who sees and who sets targets."""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Role

from .errors import Refused
from .models import Part, Succession, Target, TargetSet
from .models.standing import passed_later
from .models.target_standing import stand_targets_on, targets_on

SETTERS = (Role.MONITOR, Role.HEAD)
"""They set targets for the unit that decides them, and hand them down."""


def visible_targets(viewer: Viewer) -> QuerySet[Target]:
    """Targets of the viewer's units and of those above, and those that these units set or answer for.

    As it was on the viewer's day; they are named `unit_on` and `set_unit_on` (see `targets_on`).
    """
    own, day = viewer.reach_ids(), viewer.day
    seen = (
        Q(unit_on__in=own | viewer.above_unit_ids)
        | Q(set_unit_on__in=own)
        | Q(monitor_unit__in=own)
        | Q(pk__in=Target.objects.filter(post__unit__in=own).values("pk"))
    )
    if viewer.changes_ahead:
        passes = passed_later(day).filter(part__in=[Part.MONITOR, Part.LEAD], from_unit__in=own)
        seen |= Q(pk__in=passes.order_by().exclude(target=None).values("target"))
        came = passed_later(day).filter(day__lte=viewer.today or day, to_unit__in=viewer.lasting_ids)
        seen |= Q(pk__in=came.order_by().exclude(target=None).values("target"))
    return targets_on(day, ahead=viewer.changes_ahead).filter(seen)


def not_passed_on(targets: QuerySet[Target], day: date) -> QuerySet[Target]:
    """Without those that stayed with an ended unit as a record: its successor goes on with another."""
    gone = Succession.objects.filter(
        target=OuterRef("pk"), part=Part.UNIT, from_unit=OuterRef("unit"), to_unit__isnull=False,
        day__lte=day, from_unit__in_force__endswith__lte=day,
    )  # fmt: skip
    return targets.exclude(Exists(gone.exclude(to_unit=F("from_unit"))))


def visible_sets(viewer: Viewer) -> QuerySet[TargetSet]:
    """Sets of the viewer's units and of those above, and those with a target the viewer sees."""
    own = Q(unit__in=viewer.reach_ids() | viewer.above_unit_ids)
    return TargetSet.objects.filter(own | Q(pk__in=visible_targets(viewer).values("target_set_id")))


def may_set(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer sets targets on behalf of the unit."""
    return viewer.has(*SETTERS, unit=unit_id)


def set_unit_of(held: TargetSet, viewer: Viewer) -> int:
    """The unit that gives the set on the viewer's day, whatever decision of a later day is applied."""
    if viewer.changes_ahead:
        lines = passed_later(viewer.day).filter(target_set=held.pk)
        for unit in lines.values_list("from_unit_id", flat=True)[:1]:
            return int(unit)
    return held.unit_id


def unit_of(target: Target, viewer: Viewer) -> int:
    """The unit that has the target on the viewer's day."""
    if viewer.changes_ahead:
        moved = passed_later(viewer.day).filter(target=target.pk, before__changed__has_key="unit_id")
        for told in moved.values_list("before", flat=True)[:1]:
            return int(told["changed"]["unit_id"][0])
    return target.unit_id


def sets_given_by(units: Collection[int], viewer: Viewer) -> QuerySet[TargetSet]:
    """The sets that one of the units gives on the viewer's day."""
    if not viewer.changes_ahead:
        return TargetSet.objects.filter(unit__in=units)
    first = passed_later(viewer.day).filter(target_set=OuterRef("pk")).values("from_unit")[:1]
    giver = Coalesce(Subquery(first), F("unit_id"), output_field=models.BigIntegerField())
    return TargetSet.objects.alias(unit_on=giver).filter(unit_on__in=units)


def require_setter(held: TargetSet, viewer: Viewer) -> None:
    """Raise `NotAllowed` unless the viewer sets targets for the unit that gives the set on the day."""
    viewer.require(*SETTERS, unit=set_unit_of(held, viewer))


def refuse_passing(target: Target, viewer: Viewer) -> None:
    """Raise `Refused` for a target that a decision of a later day gives to another unit, or adds up.

    Its record holds already what it is to be then.
    """
    if not viewer.changes_ahead:
        return
    lines = passed_later(viewer.day).filter(Q(target=target.pk) | Q(before__into=target.pk))
    line = lines.select_related("decision").first()
    if line is not None:
        words = _(
            "Từ ngày %(day)s chỉ tiêu này chuyển theo %(basis)s. Hãy sửa từ ngày ấy, hoặc hủy thực hiện "
            "quyết định trước."
        )
        basis = line.decision.legal_basis[:160]
        raise Refused(words % {"day": line.day.strftime("%d/%m/%Y"), "basis": basis})


def reported_by(unit_id: int) -> Q:
    """Targets whose figures the unit reports: those of its posts, and its own where no post is named."""
    return Q(post__unit=unit_id) | Q(post=None, unit=unit_id)


def targets_reported_by(unit_id: int, wanted: QuerySet[Target], day: date, *, ahead: bool) -> list[Target]:
    """Those of the wanted targets whose figures the unit reported on the day; `ahead`: see `targets_on`."""
    wanted = wanted.select_related("post", "target_set")
    if not ahead:
        return list(wanted.filter(reported_by(unit_id)))
    from_it = Q(from_unit=unit_id) | Q(from_post__unit=unit_id)
    passes = passed_later(day).filter(from_it, target__isnull=False).order_by()
    rows = list(wanted.filter(reported_by(unit_id) | Q(pk__in=passes.values("target"))))
    stand_targets_on(rows, day)
    return [target for target in rows if reporter_of(target) == unit_id]


def reporter_of(target: Target) -> int:
    """The unit that reports the figures of a target (its post must be loaded)."""
    return target.post.unit_id if target.post else target.unit_id
