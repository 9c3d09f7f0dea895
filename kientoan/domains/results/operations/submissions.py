"""A submission of figures on its way: opened, handed in, approved or returned, corrected."""

from datetime import datetime

from django.db import IntegrityError, transaction

from kientoan.domains.audit.operations import record
from kientoan.domains.documents.models import StoredFile
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.temporal.models import since
from kientoan.engines.periods import Period

from ..access import ASSIGNERS, HEADS, REPORTERS, holder_of, may_correct
from ..errors import AlreadyOpen, Clash, NothingEntered, ReasonNeeded, WrongState
from ..models import Observation, Submission, SubmissionState, Vintage

EDITABLE = (SubmissionState.DRAFT, SubmissionState.RETURNED)


@transaction.atomic
def open_submission(
    *, unit_id: int, period: Period, vintage: str, viewer: Viewer, at: datetime
) -> Submission:
    """The open submission of the unit for the period and vintage; a new one when there is none.

    Raises `NotAllowed` unless the viewer enters figures for the unit.
    """
    viewer.require(*REPORTERS, unit=unit_id)
    held = _open_one(unit_id, period, vintage)
    if held is not None:
        return held
    submission = Submission(
        unit_id=unit_id,
        in_force=since(period.start, period.end),
        frequency=period.frequency,
        vintage=Vintage(vintage),
        created_by=viewer.user,
        created_at=at,
    )
    return _start(submission, viewer, at)


@transaction.atomic
def describe(
    *, submission_id: int, source: str, note: str, files: list[StoredFile], viewer: Viewer, at: datetime
) -> Submission:
    """Say where the figures come from, with files that prove it. Raises `NotAllowed`, `WrongState`."""
    submission = lock(submission_id, *EDITABLE)
    viewer.require(*REPORTERS, unit=holder_of(submission, viewer))
    submission.source, submission.note = source, note
    submission.row_version += 1
    submission.save(update_fields=["source", "note", "row_version"])
    submission.files.add(*files)
    _log(submission, "submission.describe", viewer, at, files=[file.sha256 for file in files])
    return submission


@transaction.atomic
def submit(*, submission_id: int, viewer: Viewer, at: datetime) -> Submission:
    """Hand it to the head of the unit. Raises `NotAllowed`, `WrongState`, `NothingEntered`."""
    submission = lock(submission_id, *EDITABLE)
    viewer.require(*REPORTERS, unit=holder_of(submission, viewer))
    _refuse_empty(submission)
    submission.submitted_by, submission.submitted_at = viewer.user, at
    return _move(submission, SubmissionState.SUBMITTED, viewer, at, ["submitted_by", "submitted_at"])


@transaction.atomic
def recall(*, submission_id: int, viewer: Viewer, at: datetime) -> Submission:
    """Take it back before the head decided, to change it. Raises `NotAllowed`, `WrongState`."""
    submission = lock(submission_id, SubmissionState.SUBMITTED)
    viewer.require(*REPORTERS, unit=holder_of(submission, viewer))
    return _move(submission, SubmissionState.DRAFT, viewer, at, [])


@transaction.atomic
def return_submission(*, submission_id: int, reason: str, viewer: Viewer, at: datetime) -> Submission:
    """The head sends it back with a reason. Raises `NotAllowed`, `WrongState`, `ReasonNeeded`."""
    submission = lock(submission_id, SubmissionState.SUBMITTED)
    viewer.require(*HEADS, unit=holder_of(submission, viewer))
    if not reason.strip():
        raise ReasonNeeded
    return _decide(submission, SubmissionState.RETURNED, reason, viewer, at)


@transaction.atomic
def approve(*, submission_id: int, viewer: Viewer, at: datetime, note: str = "") -> Submission:
    """The head of the unit approves: from `at` on the figures count. A head's own entry needs no hand-in.

    A correction takes the place of the figures it corrects, which stay known for the days before.
    Raises `NotAllowed`, `WrongState`, `NothingEntered`, and `Clash` when figures of another submission
    already count for the same period and vintage.
    """
    submission = lock(submission_id, SubmissionState.SUBMITTED, *EDITABLE)
    viewer.require(*HEADS, unit=holder_of(submission, viewer))
    if submission.corrects_id is None:
        _refuse_empty(submission)
    else:
        Observation.objects.filter(
            submission__in=_chain(submission), approved=True, superseded_at=None
        ).update(superseded_at=at)
    try:
        with transaction.atomic():
            submission.observations.update(approved=True, reported_at=at)
    except IntegrityError:
        raise Clash(_clashing(submission)) from None
    return _decide(submission, SubmissionState.APPROVED, note, viewer, at)


@transaction.atomic
def open_correction(*, submission_id: int, reason: str, viewer: Viewer, at: datetime) -> Submission:
    """Reopen approved figures as a correction: a copy to be changed and approved anew.

    By those who report for the unit or monitor it from above. The approved figures go on counting until the
    correction is approved. Raises `NotAllowed`, `WrongState`, `ReasonNeeded`, `AlreadyOpen`.
    """
    old = lock(submission_id, SubmissionState.APPROVED)
    if not may_correct(viewer, old.unit_id):
        raise NotAllowed(*REPORTERS, *ASSIGNERS)
    if not reason.strip():
        raise ReasonNeeded
    if (held := _open_one(old.unit_id, old.period, old.vintage)) is not None:
        raise AlreadyOpen(held)
    correction = Submission(
        unit_id=old.unit_id, in_force=old.in_force, frequency=old.frequency, vintage=old.vintage,
        source=old.source, note=old.note, created_by=viewer.user, created_at=at,
        corrects=old, reason=reason.strip(),
    )  # fmt: skip
    _start(correction, viewer, at)
    counting = old.observations.filter(approved=True, superseded_at=None)
    Observation.objects.bulk_create(_copy(row, correction, at) for row in counting)
    return correction


@transaction.atomic
def discard(*, submission_id: int, viewer: Viewer, at: datetime) -> None:
    """Throw an open submission away; its history is kept. Raises `NotAllowed`, `WrongState`."""
    submission = lock(submission_id, *EDITABLE)
    viewer.require(*REPORTERS, unit=holder_of(submission, viewer))
    _log(submission, "submission.discard", viewer, at, figures=submission.observations.count())
    submission.delete()


def lock(submission_id: int, *states: str) -> Submission:
    """The submission, held until the end of the transaction. Raises `WrongState` unless in `states`."""
    submission = Submission.objects.select_for_update().get(pk=submission_id)
    if submission.state not in states:
        raise WrongState(submission)
    return submission


def _start(submission: Submission, viewer: Viewer, at: datetime) -> Submission:
    try:
        with transaction.atomic():
            submission.save()
    except IntegrityError:  # opened by somebody else at the same moment
        held = _open_one(submission.unit_id, submission.period, submission.vintage)
        if held is None:
            raise
        return held
    _log(submission, "submission.open", viewer, at, corrects=submission.corrects_id, reason=submission.reason)
    return submission


def _open_one(unit_id: int, period: Period, vintage: str) -> Submission | None:
    return (
        Submission.objects.filter(
            unit=unit_id, begun_for=None, in_force=since(period.start, period.end), vintage=vintage
        )
        .exclude(state=SubmissionState.APPROVED)
        .first()
    )


def _refuse_empty(submission: Submission) -> None:
    if not submission.observations.exists():
        raise NothingEntered


def _chain(submission: Submission) -> list[int]:
    """The submissions that a correction corrects, through earlier corrections."""
    ids: list[int] = []
    at = submission.corrects
    while at is not None:
        ids.append(at.pk)
        at = at.corrects
    return ids


def _clashing(submission: Submission) -> list[tuple[int, int]]:
    mine = set(submission.observations.values_list("indicator_id", "unit_id"))
    counting = Observation.objects.filter(
        approved=True, superseded_at=None, vintage=submission.vintage,
        period_start=submission.in_force.lower, period_end=submission.in_force.upper,
        indicator__in={indicator for indicator, _ in mine},
    )  # fmt: skip
    return sorted(mine & set(counting.values_list("indicator_id", "unit_id")))


def _copy(row: Observation, correction: Submission, at: datetime) -> Observation:
    return Observation(
        submission=correction, unit_id=row.unit_id, indicator_id=row.indicator_id,
        period_start=row.period_start, period_end=row.period_end, frequency=row.frequency,
        vintage=row.vintage, value=row.value, note=row.note, reported_at=at,
    )  # fmt: skip


def _decide(
    submission: Submission, state: SubmissionState, note: str, viewer: Viewer, at: datetime
) -> Submission:
    submission.decided_by, submission.decided_at, submission.decision_note = viewer.user, at, note.strip()
    return _move(submission, state, viewer, at, ["decided_by", "decided_at", "decision_note"])


def _move(
    submission: Submission, state: SubmissionState, viewer: Viewer, at: datetime, fields: list[str]
) -> Submission:
    submission.state = state
    submission.row_version += 1
    submission.save(update_fields=["state", "row_version", *fields])
    _log(submission, f"submission.{state}", viewer, at, note=submission.decision_note)
    return submission


def _log(submission: Submission, verb: str, viewer: Viewer, at: datetime, **detail: object) -> None:
    what = {"unit": submission.unit_id, "period": submission.period.code, "vintage": submission.vintage}
    record(actor=viewer.user, verb=verb, at=at, subject=submission, detail=what | detail)
