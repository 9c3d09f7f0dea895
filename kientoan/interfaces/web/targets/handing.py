"""The grid in which a target is handed down to the units below."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kientoan.domains.organisation.queries import Ending, UnitOnDay, children_ids, endings_ahead, units_on
from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import Target, TargetSet
from kientoan.domains.plans.operations import target_handing, targets
from kientoan.domains.plans.operations.target_handing import Part
from kientoan.domains.plans.queries.target_words import plan_text
from kientoan.domains.plans.target_access import SETTERS, sets_given_by
from kientoan.domains.results.rules import parse_value
from kientoan.domains.temporal.models import Stale
from kientoan.engines.vietnamese import NumberError, format_number

from .. import notices
from ..http import Request, moment
from .loading import target_or_404


@dataclass
class Line:
    """One unit below: what it has, and what was typed."""

    unit: UnitOnDay
    held: Target | None
    low: str = ""
    high: str = ""
    seen: int = 0
    error: str = ""
    now: str = ""
    ending: Ending | None = None

    @property
    def key(self) -> int:
        """Names the inputs."""
        return self.unit.id


def target_hand_down(request: Request, target_id: int) -> HttpResponse:
    """Give each unit below its part; empty takes the part away."""
    target = target_or_404(request, target_id)
    request.viewer.require(*SETTERS, unit=target.unit_id)
    lines = _lines(request, target)
    refusal, status = "", 200
    if request.method == "POST":
        parts = [part for line in lines if (part := _read(line, request.POST, target.operator))]
        if not any(line.error for line in lines):
            try:
                return _hand_down(request, target, parts)
            except Refused as refused:
                refusal = str(refused)
            except Stale as stale:
                refusal = _("Người khác vừa giao trước. Chưa lưu gì: hãy xem mức mới bên cạnh rồi lưu lại.")
                _show_now(lines, stale)
        status = 422
    context = {
        "target": target, "lines": lines, "refusal": refusal, "two": target.operator == "range",
        "plan": plan_text(target.operator, target.low, target.high), "sets": _sets(request, target),
        "total": _total(lines) if target.indicator.aggregation == "sum" else None,
        "set_name": request.POST.get("set_name") or _usual_name(target),
    }  # fmt: skip
    return render(request, "targets/hand_down.html", context, status=status)


def _lines(request: Request, target: Target) -> list[Line]:
    """The units directly below; territories when there are any, and every unit that has a part already."""
    held = {part.unit_id: part for part in target_handing.parts_on(target, request.viewer)}
    below = units_on(request.day, children_ids(target.unit_id, request.day))
    territories = {key for key, unit in below.items() if unit.is_territory}
    units = units_on(request.day, (territories or set(below)) | set(held))
    ends = endings_ahead(units, request.today) if request.viewer.changes_ahead else {}
    lines = [Line(unit, held.get(key), ending=ends.get(key)) for key, unit in units.items()]
    for line in lines:
        if line.held is not None:
            one_sided = line.held.operator in {"<=", "<"}
            line.low = _text(line.held.high if one_sided else line.held.low)
            line.high = "" if one_sided else _text(line.held.high)
            line.seen = line.held.row_version
    return lines


def _text(value: Decimal | None) -> str:
    return "" if value is None else format_number(value.normalize())


def _read(line: Line, data: QueryDict, operator: str) -> Part | None:
    """The part typed for a unit; a fault goes to the line."""
    if f"low-{line.key}" not in data:
        return None
    line.low, line.high = data.get(f"low-{line.key}", "").strip(), data.get(f"high-{line.key}", "").strip()
    seen = data.get(f"seen-{line.key}", "0")
    line.seen = int(seen) if seen.isdecimal() else 0
    try:
        low = parse_value(line.low) if line.low else None
        high = parse_value(line.high) if line.high else None
    except NumberError as error:
        line.error = str(error)
        return None
    if operator in {"<=", "<"}:
        low, high = None, low
    return Part(line.unit.id, low, high, line.seen)


def _hand_down(request: Request, target: Target, parts: list[Part]) -> HttpResponse:
    entry = target_handing.hand_down(
        parent_id=target.pk, target_set_id=_set_of(request, target).pk, parts=parts,
        viewer=request.viewer, at=moment(request), day=request.today,
    )  # fmt: skip
    if entry is None:
        notices.tell(request, _("Không có gì thay đổi."))
    else:
        count = len(entry.detail["parts"])
        words = _("Đã giao, sửa hoặc rút mức của %(count)s đơn vị.") % {"count": count}
        notices.tell(request, words, undo=reverse("target_undo", args=[entry.pk]))
    return redirect("target_detail", target.pk)


def _sets(request: Request, target: Target) -> list[TargetSet]:
    """The sets into which the parts may go: those that the viewer decides, of the year."""
    units = request.viewer.unit_ids(*SETTERS)
    return list(sets_given_by(units, request.viewer).filter(year=target.target_set.year).order_by("pk"))


def _set_of(request: Request, target: Target) -> TargetSet:
    """The set chosen; a new one under the name given when none is chosen."""
    wanted = request.POST.get("set", "")
    for one in _sets(request, target):
        if str(one.pk) == wanted:
            return one
    return targets.create_set(
        name=request.POST.get("set_name", "") or _usual_name(target), year=target.target_set.year,
        unit_id=target.unit_id, viewer=request.viewer, at=moment(request),
    )  # fmt: skip


def _usual_name(target: Target) -> str:
    return _("Chỉ tiêu năm %(year)s giao cho đơn vị trực thuộc") % {"year": target.target_set.year}


def _total(lines: list[Line]) -> Decimal | None:
    """The sum of what is given, to compare with the target."""
    values = [line.held.low if line.held.low is not None else line.held.high for line in lines if line.held]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _show_now(lines: list[Line], stale: Stale) -> None:
    """Put what others gave beside the lines; the next save knows of it."""
    changes: Mapping[str, tuple[object, object]] = stale.changes
    for line in lines:
        if str(line.unit.id) in changes:
            now = changes[str(line.unit.id)][1]
            line.now = ", ".join(_text(v) for v in now if v is not None) if isinstance(now, tuple) else "–"
            line.seen = line.held.row_version if line.held else 0
