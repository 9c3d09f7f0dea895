"""Loading sets and targets for a page: not found and not visible are both 404."""

from django.http import Http404

from kientoan.domains.plans.models import Target, TargetSet
from kientoan.domains.plans.models.target_standing import stand_targets_on
from kientoan.domains.plans.queries.targets import TargetRow, rows_of
from kientoan.domains.plans.target_access import set_unit_of, visible_sets, visible_targets

from ..http import Request


def set_or_404(request: Request, set_id: int) -> TargetSet:
    """The set with the unit that gives it on the day, when the viewer sees it."""
    try:
        held = visible_sets(request.viewer).select_related("document__type").get(pk=set_id)
    except TargetSet.DoesNotExist:
        raise Http404 from None
    held.unit_id = set_unit_of(held, request.viewer)  # shown, not saved
    return held


def target_or_404(request: Request, target_id: int) -> Target:
    """The target with its set and path as on the day, when the viewer sees it."""
    found = visible_targets(request.viewer).select_related("target_set", "indicator", "post")
    try:
        target = found.prefetch_related("path").get(pk=target_id)
    except Target.DoesNotExist:
        raise Http404 from None
    if request.viewer.changes_ahead:
        stand_targets_on([target], request.viewer.day)
    return target


def row_or_404(request: Request, target_id: int) -> TargetRow:
    """The target with status and words on the day looked at, when the viewer sees it."""
    found = visible_targets(request.viewer).filter(pk=target_id)
    rows = rows_of(found, request.day, ahead=request.viewer.changes_ahead)
    if not rows:
        raise Http404
    return rows[0]
