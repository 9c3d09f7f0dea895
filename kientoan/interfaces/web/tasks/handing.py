"""Handing a task down: choose units, see what it makes, confirm."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kientoan.domains.organisation.models import UnitKind
from kientoan.domains.organisation.queries import Ending, UnitOnDay, children_ids, endings_ahead, units_on
from kientoan.domains.plans.acceptance import proposed_unit_ids
from kientoan.domains.plans.access import lead_of, may
from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.operations import handing
from kientoan.domains.plans.queries.handing import PlannedPart, assignable_ids, giving_unit_id, preview
from kientoan.domains.plans.rules.tasks import Act

from .. import notices
from ..http import Request
from .loading import task_or_404


def task_hand_down(request: Request, task_id: int) -> HttpResponse:
    """Step 1 chooses units, step 2 shows what will be made, step 3 makes it."""
    task = task_or_404(request, task_id)
    if not may(Act.HAND_DOWN, task, request.viewer):
        raise Http404
    chosen = [int(text) for text in request.POST.getlist("units") if text.isdecimal()]
    context = {"task": task, "note": request.POST.get("note", "")}
    if request.method == "POST" and chosen and request.POST.get("step") != "choose":
        plan = preview(task, chosen, request.today)
        if request.POST.get("step") == "confirm":
            answer = _confirm(request, task, plan)
            if answer is not None:
                return answer
        return render(request, "tasks/hand_down_preview.html", {**context, "plan": plan})
    if request.method == "POST" and request.POST.get("step") == "preview":
        notices.warn(request, _("Hãy chọn ít nhất một đơn vị."))
    proposed = proposed_unit_ids(task, request.today) if task.handed_down_at is None else ()
    ticked = frozenset(chosen) or frozenset(proposed)
    groups = _groups(task, request, ticked)
    return render(request, "tasks/hand_down.html", {**context, "groups": groups, "ticked": ticked})


@dataclass(frozen=True)
class Choosable:
    """A unit to choose; `ending`: it ends on a day to come."""

    unit: UnitOnDay
    ending: Ending | None

    @property
    def id(self) -> int:
        """The unit's key."""
        return self.unit.id

    def __str__(self) -> str:
        return str(self.unit)


@dataclass(frozen=True)
class Group:
    """Units of one kind, to choose from; `ticked` when one of them is chosen."""

    name: str
    units: list[Choosable]
    ticked: bool


def _groups(task: Task, request: Request, ticked: frozenset[int]) -> list[Group]:
    """The units one may choose: those directly under the giver first, then the others by kind of unit."""
    giver = giving_unit_id(task, request.viewer)
    allowed = assignable_ids(giver, request.today)
    have: set[int | None] = set(task.children.values_list("lead_unit_id", flat=True))
    if task.handed_down_at is not None:
        have.add(lead_of(task, request.viewer))
    units = units_on(request.today, [unit for unit in allowed if unit not in have])
    near = set(children_ids(giver, request.today))
    endings = endings_ahead(units, request.today) if request.viewer.changes_ahead else {}
    groups: dict[str, list[Choosable]] = {_("Trực thuộc"): []}
    for unit in units.values():
        name = _("Trực thuộc") if unit.id in near else str(UnitKind(unit.kind).label)
        groups.setdefault(name, []).append(Choosable(unit, endings.get(unit.id)))
    return [
        Group(name, members, any(unit.id in ticked for unit in members))
        for name, members in groups.items()
        if members
    ]


def _confirm(request: Request, task: Task, plan: list[PlannedPart]) -> HttpResponse | None:
    """Hand down; None when something has to be mended first."""
    try:
        dates = _due_dates(request, plan)
        made = handing.hand_down(
            task_id=task.pk,
            unit_ids=[part.unit.id for part in plan],
            due_dates=dates,
            note=request.POST.get("note", ""),
            row_version=int(request.POST.get("row_version") or task.row_version),
            viewer=request.viewer,
            at=timezone.now(),
            day=request.today,
        )
    except Refused as refusal:
        notices.warn(request, str(refusal))
        return None
    words = ngettext("Đã giao cho %(count)s đơn vị.", "Đã giao cho %(count)s đơn vị.", len(made))
    notices.tell(request, words % {"count": len(made)}, undo=reverse("task_undo", args=[task.pk]))
    return redirect("task_detail", task.pk)


def _due_dates(request: Request, plan: list[PlannedPart]) -> dict[int, date]:
    """Unit → its own deadline, where one was typed. Raises `Refused` for what is no day."""
    dates = {}
    for part in plan:
        text = request.POST.get(f"due-{part.unit.id}", "").strip()
        if not text:
            continue
        try:
            dates[part.unit.id] = forms.DateField().clean(text)
        except forms.ValidationError:
            words = _("Thời hạn của %(unit)s không phải là ngày: «%(text)s». Hãy ghi dạng 30/09/2018.")
            raise Refused(words % {"unit": part.unit.name, "text": text}) from None
    return dates
