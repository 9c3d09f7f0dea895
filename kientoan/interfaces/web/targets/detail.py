"""One target: the sentence that demands it, the rule of its status, all figures, the parts handed down."""

from django.http import HttpResponse
from django.shortcuts import render

from kientoan.domains.organisation.queries import units_on
from kientoan.domains.plans.models import Target, Task
from kientoan.domains.plans.queries.succession import received_targets
from kientoan.domains.plans.queries.targets import TargetRow, rows_of
from kientoan.domains.plans.target_access import may_set, visible_targets
from kientoan.domains.results.queries.history import Line, history_of
from kientoan.domains.results.queries.recasting import series_across

from ..http import Request
from ..sources import sources_of
from .drawing import drawn, trend_picture
from .loading import row_or_404


def target_detail(request: Request, target_id: int) -> HttpResponse:
    """Everything about a target on the day looked at."""
    row = row_or_404(request, target_id)
    target = row.target
    below = visible_targets(request.viewer).filter(parent=target_id)
    parts = rows_of(below, request.day, ahead=request.viewer.changes_ahead)
    units = units_on(request.day, {target.monitor_unit_id} if target.monitor_unit_id else set())
    context = {
        "row": row,
        "target": target,
        "papers": sources_of(request.viewer, [row, *parts]),
        "picture": trend_picture(row),
        "history": _history(request, row),
        "across": series_across(
            request.viewer, request.day, indicator=target.indicator, unit_id=target.unit_id
        ),
        "computed": [reading for reading in row.readings if reading.computed],
        "received": received_targets([target_id], request.day).get(target_id, ()),
        "parts": [drawn(part) for part in sorted(parts, key=lambda part: part.unit.name)],
        "monitor": units.get(target.monitor_unit_id) if target.monitor_unit_id else None,
        "parent": _parent(request, target.parent_id),
        "tasks": Task.objects.visible_to(request.viewer)
        .filter(target=target_id)
        .order_by("due_date", "pk")[:50],
        "may_set": may_set(request.viewer, target.target_set.unit_id),
        "may_hand_down": may_set(request.viewer, target.unit_id),
    }
    return render(request, "targets/detail.html", context)


def _parent(request: Request, parent_id: int | None) -> Target | None:
    if parent_id is None:
        return None
    found = visible_targets(request.viewer).filter(pk=parent_id)
    return found.select_related("target_set", "indicator").first()


def _history(request: Request, row: TargetRow) -> list[Line]:
    return history_of(
        viewer=request.viewer,
        day=request.day,
        indicator_id=row.target.indicator_id,
        unit_id=row.target.unit_id,
    )
