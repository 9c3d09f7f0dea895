"""Target sets and targets: made, changed, removed, and each act undone as long as nobody built on it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Field
from django.utils.translation import gettext as _

from kientoan.domains.audit.models import Entry
from kientoan.domains.audit.operations import record
from kientoan.domains.documents.models import Document
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.temporal.models import refuse_stale
from kientoan.engines.periods import Period

from ..errors import Refused
from ..models import Operator, PathPoint, Target, TargetSet
from ..target_access import SETTERS, refuse_passing, require_setter

FIELDS = (
    "position", "parent_id", "indicator_id", "unit_id", "post_id", "monitor_unit_id", "period_start",
    "period_end", "frequency", "operator", "low", "high", "baseline", "baseline_year", "baseline_vintage",
    "passage_id", "note",
)  # fmt: skip
"""What may be said of a target, as columns."""
Path = Sequence[tuple[Period, Decimal]]


class Twice(Refused):
    """The set already has this indicator for the unit and period."""

    def __init__(self) -> None:
        super().__init__(
            _("Bộ chỉ tiêu đã có chỉ tiêu này cho cùng đơn vị và cùng kỳ. Hãy sửa chỉ tiêu đã có.")
        )


@transaction.atomic
def create_set(
    *, name: str, year: int, unit_id: int, viewer: Viewer, at: datetime, document: Document | None = None
) -> TargetSet:
    """A new, empty set. Raises `NotAllowed`; `Refused` without a name or when it exists."""
    viewer.require(*SETTERS, unit=unit_id)
    if not name.strip():
        raise Refused(_("Hãy ghi tên bộ chỉ tiêu."))
    if TargetSet.objects.filter(name=name.strip(), year=year, unit=unit_id).exists():
        raise Refused(_("Đơn vị đã có bộ chỉ tiêu cùng tên trong năm này. Hãy đặt tên khác."))
    made = TargetSet.objects.create(name=name.strip(), year=year, unit_id=unit_id, document=document)
    record(actor=viewer.user, verb="target_set.create", at=at, subject=made, detail={"name": made.name})
    return made


@transaction.atomic
def edit_set(
    *, set_id: int, values: Mapping[str, Any], seen: Mapping[str, Any], viewer: Viewer, at: datetime
) -> TargetSet:
    """Change name, year or document. Raises `NotAllowed`, `Stale`, `Refused`."""
    held = TargetSet.objects.select_for_update().get(pk=set_id)
    require_setter(held, viewer)
    refuse_stale(held, seen)
    for name, value in values.items():
        setattr(held, name, value)
    held.row_version += 1
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError:
        raise Refused(_("Đơn vị đã có bộ chỉ tiêu cùng tên trong năm này. Hãy đặt tên khác.")) from None
    record(actor=viewer.user, verb="target_set.edit", at=at, subject=held, detail={"fields": sorted(values)})
    return held


@transaction.atomic
def remove_set(*, set_id: int, viewer: Viewer, at: datetime) -> None:
    """Remove an empty set. Raises `NotAllowed`, `Refused` while it has targets."""
    held = TargetSet.objects.select_for_update().get(pk=set_id)
    require_setter(held, viewer)
    if held.targets.exists():
        raise Refused(_("Bộ chỉ tiêu còn chỉ tiêu bên trong. Hãy gỡ hết chỉ tiêu rồi mới xóa bộ."))
    record(actor=viewer.user, verb="target_set.remove", at=at, subject=held, detail={"name": held.name})
    held.delete()


@transaction.atomic
def create_target(
    *, target_set_id: int, values: Mapping[str, Any], viewer: Viewer, at: datetime, path: Path = ()
) -> Target:
    """A new target at the end of a set; `values`: columns of `FIELDS`.

    Raises `NotAllowed`, `Twice`, `Refused` when bounds or period make no sense.
    """
    held = TargetSet.objects.select_for_update().get(pk=target_set_id)
    require_setter(held, viewer)
    target = Target(target_set=held, created_by=viewer.user, created_at=at)
    target.position = (held.targets.order_by("-position").values_list("position", flat=True).first() or 0) + 1
    _assign(target, values)
    save(target)
    set_path(target, path)
    record(actor=viewer.user, verb="target.create", at=at, subject=target, detail=snapshot(target))
    return target


@transaction.atomic
def edit_target(
    *,
    target_id: int,
    values: Mapping[str, Any],
    seen: Mapping[str, Any],
    viewer: Viewer,
    at: datetime,
    path: Path | None = None,
) -> Entry | None:
    """Change a target; the entry given back can be undone, None when nothing changed.

    `seen`: the columns as the editor saw them. Raises `NotAllowed`, `Stale`, `Twice`, `Refused`.
    """
    target = locked(target_id)
    require_setter(target.target_set, viewer)
    refuse_passing(target, viewer)
    refuse_stale(target, seen)
    before = snapshot(target)
    _assign(target, values)
    if path is not None:
        set_path(target, path)
    after = snapshot(target)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return None
    target.row_version += 1
    save(target)
    detail = {"before": before, "changed": changed, "row_version": target.row_version}
    return record(actor=viewer.user, verb="target.edit", at=at, subject=target, detail=detail)


@transaction.atomic
def remove_target(*, target_id: int, viewer: Viewer, at: datetime) -> Entry:
    """Take a target out of its set; the entry given back can be undone.

    Raises `NotAllowed`, `Refused` while parts of it are handed down or tasks hang on it.
    """
    target = locked(target_id)
    require_setter(target.target_set, viewer)
    refuse_passing(target, viewer)
    if target.children.exists() or target.tasks.exists():
        raise Refused(
            _("Chỉ tiêu đã được giao tiếp hoặc đã gắn nhiệm vụ. Hãy gỡ các phần đó trước khi gỡ chỉ tiêu.")
        )
    entry = record(
        actor=viewer.user, verb="target.remove", at=at, subject=target, detail={"before": snapshot(target)}
    )
    target.delete()
    return entry


@transaction.atomic
def undo(*, entry_id: int, viewer: Viewer, at: datetime) -> list[int]:
    """Undo an edit, a removal or a handing down; returns the ids of the targets as they are again.

    Raises `NotAllowed`, `Refused` when somebody changed one of them since, or built on it.
    """
    entry = Entry.objects.get(pk=entry_id)
    if entry.verb not in {"target.edit", "target.remove", "target.hand_down"}:
        raise Refused(_("Việc này không hoàn tác được."))
    detail = entry.detail
    done: list[int] = []
    for one in detail.get("parts", [detail | {"id": entry.subject_id}]):
        done += _undo_one(one, viewer)
    record(actor=viewer.user, verb="target.undo", at=at, detail={"entry": entry.pk, "verb": entry.verb})
    return done


def snapshot(target: Target) -> dict[str, Any]:
    """All columns of a target and its path as plain JSON values."""
    encode = DjangoJSONEncoder().default
    values: dict[str, Any] = {"target_set_id": target.target_set_id}
    for name in FIELDS:
        value = getattr(target, name)
        values[name] = (
            format(value.normalize(), "f") if isinstance(value, Decimal)
            else encode(value) if isinstance(value, date) else value
        )  # fmt: skip
    points = target.path.order_by("period_end")
    values["path"] = [
        [p.period_start.isoformat(), p.period_end.isoformat(), format(p.value.normalize(), "f")]
        for p in points
    ]
    return values


def locked(target_id: int) -> Target:
    """The target with its set, held until the end of the transaction."""
    rows = Target.objects.select_for_update(of=("self",)).select_related("target_set")
    return rows.get(pk=target_id)


def set_path(target: Target, path: Path) -> None:
    """Replace the steps on the way to the target. Raises `Refused` when one lies outside its period."""
    for period, _value in path:
        if not (target.period_start <= period.start and period.end <= target.period_end):
            raise Refused(
                _("Lộ trình có kỳ %(period)s nằm ngoài kỳ của chỉ tiêu.") % {"period": period.label()}
            )
    target.path.all().delete()
    PathPoint.objects.bulk_create(
        PathPoint(target=target, period_start=period.start, period_end=period.end, value=value)
        for period, value in path
    )


def check_bounds(operator: str, low: Decimal | None, high: Decimal | None) -> None:
    """Raise `Refused` unless the operator has just the numbers it needs."""
    if operator == Operator.RANGE:
        if low is None or high is None:
            raise Refused(_("«Từ … đến …» cần đủ hai số. Hãy nhập cả số đầu và số cuối."))
        if high < low:
            raise Refused(_("Số cuối nhỏ hơn số đầu. Hãy đổi lại hai số."))
        return
    needed, other = (high, low) if operator in {Operator.AT_MOST, Operator.LESS} else (low, high)
    if needed is None:
        raise Refused(_("Hãy nhập mức phải đạt của chỉ tiêu."))
    if other is not None:
        raise Refused(_("Chỉ «từ … đến …» mới có hai số. Hãy bỏ bớt một số hoặc đổi cách so sánh."))


def _assign(target: Target, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(target, name, values[name])
    check_bounds(target.operator, target.low, target.high)
    if target.period_end <= target.period_start:
        raise Refused(_("Kỳ của chỉ tiêu phải kết thúc sau ngày bắt đầu."))


def save(target: Target) -> None:
    """Write the target. Raises `Twice`."""
    try:
        with transaction.atomic():
            target.save()
    except IntegrityError as error:
        if "target_once" in str(error):
            raise Twice from None
        raise


def _undo_one(part: dict[str, Any], viewer: Viewer) -> list[int]:
    """Bring one target back to what `before` says; `before` None means that it did not exist."""
    target = Target.objects.filter(pk=part["id"]).select_related("target_set").first()
    before = part["before"]
    set_id = target.target_set_id if target else before["target_set_id"] if before else None
    if set_id is None:  # made and removed since
        return []
    require_setter(TargetSet.objects.get(pk=set_id), viewer)
    if target is not None and target.row_version != part.get("row_version", 1):
        raise Refused(_("Đã có người sửa chỉ tiêu sau đó nên không hoàn tác được. Hãy sửa trực tiếp."))
    if before is None:
        if target is not None and (target.children.exists() or target.tasks.exists()):
            raise Refused(_("Chỉ tiêu đã được giao tiếp hoặc đã gắn nhiệm vụ nên không hoàn tác được."))
        if target is not None:
            target.delete()
        return []
    return [_restore(part["id"], before, target, viewer)]


def _restore(target_id: int, before: dict[str, Any], target: Target | None, viewer: Viewer) -> int:
    version = target.row_version + 1 if target else 1
    restored = target or Target(pk=target_id, created_by=viewer.user, created_at=_now_of(target_id))
    restored.target_set_id = before["target_set_id"]
    for name in FIELDS:
        column = Target._meta.get_field(name.removesuffix("_id"))
        assert isinstance(column, Field)
        setattr(restored, name, column.to_python(before[name]))
    restored.row_version = version
    save(restored)
    set_path(restored, [_step(*step) for step in before["path"]])
    return restored.pk


def _now_of(target_id: int) -> datetime:
    """When a removed target was made, from its history."""
    events = Target.pgh_event_model.objects.filter(pgh_obj_id=target_id)  # type: ignore[attr-defined]
    moment = events.order_by("pgh_id").values_list("created_at", flat=True).first()
    assert isinstance(moment, datetime)
    return moment


def _step(start: str, end: str, value: str) -> tuple[Period, Decimal]:
    return Period.spanning(date.fromisoformat(start), date.fromisoformat(end)), Decimal(value)
