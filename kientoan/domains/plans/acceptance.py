"""Accepting passages: each becomes a task or a target that keeps its sentence, its place and its words.

A task made here is prepared only: nobody below sees it until it is handed down. For a body that is many units
("UBND các quận, huyện") one whole is made; handing it down gives each unit its part (`proposed_unit_ids`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from kientoan.domains.documents import passages as decisions
from kientoan.domains.documents.models import (
    Decision,
    Document,
    DocumentState,
    Passage,
    PassageKind,
    PassageState,
)
from kientoan.domains.documents.rules import same_words
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Role
from kientoan.domains.results.models import Indicator

from .models import Target, TargetSet, Task
from .operations.tasks import TaskRow, bulk_create_tasks
from .proposals import BLOCKING, Proposal, Proposer, Question, TargetProposal, TaskProposal, frequency_of

NEW_INDICATOR = "ct-moi-"  # code of an indicator made from a passage, before the passage's number
NEW_SET = "Chỉ tiêu năm"


class Unclear(Exception):
    """Questions stand in the way: passage id → what has to be answered first."""

    def __init__(self, questions: dict[int, tuple[Question, ...]]) -> None:
        super().__init__(f"open questions: {questions}")
        self.questions = questions


class NotRegistered(Exception):
    """The document is a draft (or withdrawn): it enters the register before anything is made from it."""


class HandedDown(Exception):
    """What was made from the passage is at work already: it was handed down, or reported on."""


class SameTarget(Exception):
    """The target set has this indicator for this unit and period already: `target`."""

    def __init__(self, target: Target) -> None:
        super().__init__(f"target {target.pk} is the same")
        self.target = target


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was made, and the decision that undoes it."""

    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    decision: Decision


def accept_passage(
    *, viewer: Viewer, passage: Passage, data: Mapping[str, Any] | None = None, at: datetime
) -> Accepted:
    """Make the task or target of one passage; `data`: corrections to keep first (keys of `Passage.data`).

    A lead that is not sure may be left open on purpose: pass `data` with "units" as an empty list; the task
    keeps the words of the document. Raises `NotAllowed`, `NotRegistered`, `Unclear`, `SameTarget`, and
    `documents.passages.Decided` when it is accepted already.
    """
    return accept_passages(
        viewer=viewer, passages=[passage], data={passage.pk: data} if data else None, at=at
    )


@transaction.atomic
def accept_passages(
    *,
    viewer: Viewer,
    passages: Sequence[Passage],
    at: datetime,
    data: Mapping[int, Mapping[str, Any]] | None = None,
    proposer: Proposer | None = None,
) -> Accepted:
    """Make the tasks and targets of many passages of one document, all or none (see `accept_passage`)."""
    document = passages[0].document
    registering.require(viewer, document, *registering.DECIDERS)
    if document.state != DocumentState.REGISTERED:
        raise NotRegistered
    proposer = proposer or Proposer(document, viewer.day)
    corrections = data or {}
    proposals = [(item, proposer.propose(item, corrections.get(item.pk))) for item in passages]
    _refuse_unclear(proposals, corrections)
    decision = decisions.mark(passages=passages, state=PassageState.ACCEPTED, by=viewer.user, at=at)
    _keep_corrections(passages, corrections)
    giver = _assigner_id(viewer, document, proposer)
    rows = [
        _task_row(item, proposal, giver, viewer.day)
        for item, proposal in proposals
        if isinstance(proposal, TaskProposal)
    ]
    tasks = bulk_create_tasks(rows=rows, viewer=viewer, by=viewer.user, at=at) if rows else []
    made: dict[tuple[str, str], Indicator] = {}
    targets = [
        _make_target(item, proposal, giver, viewer, at, made)
        for item, proposal in proposals
        if isinstance(proposal, TargetProposal)
    ]
    return Accepted(tuple(tasks), tuple(targets), decision)


def _refuse_unclear(
    proposals: Sequence[tuple[Passage, Proposal]], corrections: Mapping[int, Mapping[str, Any]]
) -> None:
    unclear = {}
    for passage, proposal in proposals:
        said = {**passage.data, **corrections.get(passage.pk, {})}
        left_open = {Question.LEAD} if said.get("units") == [] else set()
        questions = tuple(item for item in proposal.questions if item in BLOCKING - left_open)
        if questions:
            unclear[passage.pk] = questions
    if unclear:
        raise Unclear(unclear)


def _keep_corrections(passages: Sequence[Passage], corrections: Mapping[int, Mapping[str, Any]]) -> None:
    changed = [item for item in passages if corrections.get(item.pk)]
    for item in changed:
        item.data = {**item.data, **corrections[item.pk]}
    Passage.objects.bulk_update(changed, ["data"])


def _assigner_id(viewer: Viewer, document: Document, proposer: Proposer) -> int:
    """The unit in whose name the duties are given: the issuer if it is ours, else the register's unit."""
    allowed = viewer.unit_ids(Role.MONITOR)
    if proposer.issuer_unit_id in allowed and proposer.issuer_unit_id is not None:
        return proposer.issuer_unit_id
    for unit_id in registering.registers_of([document])[document.pk]:
        if unit_id in allowed:
            return unit_id
    raise NotAllowed(Role.MONITOR)


def _task_row(passage: Passage, proposal: TaskProposal, giver: int, day: date) -> TaskRow:
    return TaskRow(
        fields={
            "title": proposal.title,
            "output": proposal.output,
            "passage_id": passage.pk,
            "document_id": passage.document_id,
            "assigner_unit_id": giver,
            "lead_unit_id": proposal.units[0] if len(proposal.units) == 1 else None,
            "lead_text": proposal.lead_text,
            "checker_post_id": proposal.checker_post_id,
            "field_id": proposal.field_id,
            "due_date": proposal.due_date,
            "deadline_operator": proposal.deadline_operator,
            "deadline_text": proposal.deadline_text,
            "recurrence": proposal.recurrence,
            "start_date": passage.document.issued_date or day,
        },
        cooperating_unit_ids=proposal.cooperating,
    )


def _make_target(
    passage: Passage,
    proposal: TargetProposal,
    giver: int,
    viewer: Viewer,
    at: datetime,
    made: dict[tuple[str, str], Indicator],
) -> Target:
    """`made`: the indicators made so far by this acceptance, by name and unit of measure."""
    if proposal.bounds is None or proposal.unit_id is None:
        raise Unclear({passage.pk: (Question.PERIOD,)})
    start, end = proposal.bounds
    chosen = _target_set(passage.document, proposal, giver, start.year)
    indicator_id = proposal.indicator_id or _new_indicator(proposal, passage, made).pk
    same = Target.objects.filter(
        target_set=chosen, indicator=indicator_id, unit=proposal.unit_id, period_start=start, period_end=end
    ).first()
    if same is not None:
        raise SameTarget(same)
    return Target.objects.create(
        target_set=chosen,
        position=Target.objects.filter(target_set=chosen).count() + 1,
        indicator_id=indicator_id,
        unit_id=proposal.unit_id,
        period_start=start,
        period_end=end,
        frequency=frequency_of((start, end)),
        operator=proposal.operator,
        low=proposal.low,
        high=proposal.high,
        passage=passage,
        created_by=viewer.user,
        created_at=at,
    )


def _target_set(document: Document, proposal: TargetProposal, giver: int, year: int) -> TargetSet:
    """The set chosen, else that of the document for the year, made when the first target needs it."""
    if proposal.target_set_id is not None:
        return TargetSet.objects.get(pk=proposal.target_set_id)
    known = TargetSet.objects.filter(document=document, year=year).first()
    if known is not None:
        return known
    return TargetSet.objects.create(
        name=f"{NEW_SET} {year} theo {document}"[:300], year=year, unit_id=giver, document=document
    )


def _new_indicator(
    proposal: TargetProposal, passage: Passage, made: dict[tuple[str, str], Indicator]
) -> Indicator:
    """An indicator of the name read; which way is better follows from the operator until somebody says.

    The rows of a table share their indicator: one is made for all of them.
    """
    key = (same_words(proposal.indicator), proposal.measure)
    if key in made:
        return made[key]
    name = proposal.indicator[:1].upper() + proposal.indicator[1:]
    indicator, _ = Indicator.objects.update_or_create(
        code=f"{NEW_INDICATOR}{passage.pk}",
        defaults={
            "name": name[:300],
            "unit_of_measure": proposal.measure[:60],
            "ascending": proposal.operator not in ("<=", "<"),
            "field": passage.document.field,
        },
    )
    made[key] = indicator
    return indicator


@transaction.atomic
def undo(*, viewer: Viewer, document: Document, at: datetime) -> Decision:
    """Take back the viewer's latest decision in a document; tasks and targets made by it go.

    Raises `documents.passages.NothingToUndo`, `HandedDown` while something made is at work.
    """
    registering.require(viewer, document, *registering.CLERKS)
    decision = decisions.last_decision(document=document, by=viewer.user)
    if decision is None:
        raise decisions.NothingToUndo
    if decision.verb == "accept":
        _unmake([before["pk"] for before in decision.before])
    decisions.undo(decision=decision, at=at)
    return decision


@transaction.atomic
def take_back(*, viewer: Viewer, passage: Passage, at: datetime) -> None:
    """An accepted or dropped passage is proposed again; what was made from it goes.

    Raises `NotAllowed`, `HandedDown`.
    """
    registering.require(viewer, passage.document, *registering.DECIDERS)
    _unmake([passage.pk])
    decisions.reopen(passage=passage, by=viewer.user, at=at)


def _unmake(passage_ids: Sequence[int]) -> None:
    """Delete the tasks and targets of passages while nothing depends on them. Raises `HandedDown`."""
    tasks = Task.objects.filter(passage__in=passage_ids)
    if tasks.filter(handed_down_at__isnull=False).exists():
        raise HandedDown
    targets = Target.objects.filter(passage__in=passage_ids)
    sets = set(targets.values_list("target_set_id", flat=True))
    used_here = Indicator.objects.filter(pk__in=targets.values("indicator"), code__startswith=NEW_INDICATOR)
    indicators = list(used_here.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            tasks.delete()
            targets.delete()
    except ProtectedError as error:
        raise HandedDown from error
    empty = TargetSet.objects.filter(pk__in=sets, targets__isnull=True, name__startswith=NEW_SET)
    empty.delete()
    unused = Indicator.objects.filter(pk__in=indicators, observations__isnull=True)
    used = Target.objects.filter(indicator__in=unused).values("indicator")
    unused.exclude(pk__in=used).delete()


def proposed_unit_ids(task: Task, day: date) -> tuple[int, ...]:
    """The units to which the document gives a prepared task, for the form that hands it down."""
    if task.lead_unit_id is not None:
        return (task.lead_unit_id,)
    if task.passage is None or task.passage.kind != PassageKind.TASK:
        return ()
    proposal = Proposer(task.passage.document, day).propose(task.passage)
    return proposal.units if isinstance(proposal, TaskProposal) else ()
