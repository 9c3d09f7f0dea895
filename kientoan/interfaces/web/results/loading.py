"""Loading a submission for a page: not found and not visible are both 404."""

from dataclasses import dataclass

from django.http import Http404

from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.domains.plans.queries.reporting import charged_pairs
from kientoan.domains.plans.queries.succession import Received, received_submission
from kientoan.domains.plans.queries.target_words import period_label
from kientoan.domains.results.access import holder_of, may_correct, may_decide, may_enter, visible_submissions
from kientoan.domains.results.models import Submission, SubmissionState
from kientoan.domains.results.operations.submissions import EDITABLE
from kientoan.domains.results.queries.figures import Pair

from ..http import Request


def charged_of(request: Request, unit_id: int) -> frozenset[Pair]:
    """(indicator, unit) pairs that the unit reports on the day looked at because its post answers."""
    return charged_pairs(unit_id, request.viewer.day, ahead=request.viewer.changes_ahead)


@dataclass(frozen=True)
class Sheet:
    """A submission with its unit and what the viewer may do with it now."""

    submission: Submission
    unit: UnitOnDay
    period_label: str
    may_edit: bool
    may_recall: bool
    may_decide: bool
    may_approve_own: bool
    may_correct: bool
    received: tuple[Received, ...] = ()  # from units that ended, the last first


def sheet_or_404(request: Request, submission_id: int) -> Sheet:
    """The submission with its people and files."""
    rows = visible_submissions(request.viewer).select_related(
        "submitted_by", "decided_by", "created_by", "corrects"
    )
    try:
        return sheet_of(request, rows.prefetch_related("files").get(pk=submission_id))
    except Submission.DoesNotExist:
        raise Http404 from None


def sheet_of(request: Request, submission: Submission) -> Sheet:
    """What the viewer may do with it in its state."""
    viewer, unit = request.viewer, holder_of(submission, request.viewer)
    passed = received_submission(submission.pk, request.day) if submission.begun_for_id else ()
    editable = submission.state in EDITABLE
    waits = submission.state == SubmissionState.SUBMITTED
    return Sheet(
        submission=submission,
        unit=units_on(request.day, {unit})[unit],
        period_label=period_label(submission.period),
        may_edit=editable and may_enter(viewer, unit),
        may_recall=waits and may_enter(viewer, unit),
        may_decide=waits and may_decide(viewer, unit),
        may_approve_own=editable and may_decide(viewer, unit),
        may_correct=submission.state == SubmissionState.APPROVED and may_correct(viewer, unit),
        received=passed,
    )
