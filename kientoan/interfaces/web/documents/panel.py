"""The list beside the document: which passages it shows, and what each says and asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kientoan.domains.documents.models import Citation, Document, Passage, PassageKind, PassageState
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.looking_back import may_change
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.domains.plans.proposals import SURE, Proposal, Proposer, TargetProposal, TaskProposal
from kientoan.domains.plans.queries.of_document import Made, made_from

from ..http import Request
from .places import Place, place_of_span
from .rule_words import rule_words
from .wording import QUESTIONS

PAGE = 50
DUTIES = (PassageKind.TASK, PassageKind.TARGET)
DOUBTFUL = "nghi"

FILTERS: dict[str, tuple[Promise, Q]] = {
    "can": (_("Chờ xác nhận"), Q(kind__in=DUTIES, state=PassageState.PROPOSED)),
    DOUBTFUL: (_("Chưa chắc"), Q(state=PassageState.PROPOSED, confidence__lt=SURE)),
    "task": (_("Nhiệm vụ"), Q(kind=PassageKind.TASK) & ~Q(state=PassageState.DROPPED)),
    "target": (_("Chỉ tiêu"), Q(kind=PassageKind.TARGET) & ~Q(state=PassageState.DROPPED)),
    "deadline": (_("Thời hạn"), Q(kind=PassageKind.DEADLINE) & ~Q(state=PassageState.DROPPED)),
    "citation": (_("Viện dẫn"), Q(kind=PassageKind.CITATION) & ~Q(state=PassageState.DROPPED)),
    "nhan": (_("Đã nhận"), Q(state=PassageState.ACCEPTED)),
    "bo": (_("Đã bỏ"), Q(state=PassageState.DROPPED)),
}


@dataclass(frozen=True)
class Rights:
    """What the viewer may do with a document's passages."""

    edit: bool
    decide: bool


@dataclass(frozen=True)
class Item:
    """One passage as the list shows it."""

    passage: Passage
    proposal: Proposal | None
    made: Made
    citation: Citation | None
    leads: tuple[UnitOnDay, ...] = ()
    candidates: tuple[UnitOnDay, ...] = ()
    cooperating: tuple[UnitOnDay, ...] = ()
    unit: UnitOnDay | None = None

    @property
    def questions(self) -> list[Promise]:
        """What is asked, in words; nothing once it is decided."""
        if self.proposal is None or self.passage.state != PassageState.PROPOSED:
            return []
        return [QUESTIONS[item] for item in self.proposal.questions]

    @property
    def task(self) -> TaskProposal | None:
        """The proposal of a task."""
        return self.proposal if isinstance(self.proposal, TaskProposal) else None

    @property
    def target(self) -> TargetProposal | None:
        """The proposal of a target."""
        return self.proposal if isinstance(self.proposal, TargetProposal) else None

    @property
    def doubtful(self) -> bool:
        """Whether the reader is not sure and nobody has decided: shown as a question."""
        sure = self.passage.confidence is None or self.passage.confidence >= SURE
        return not sure and self.passage.state == PassageState.PROPOSED

    @property
    def rule(self) -> str:
        """The rule that found it, in words."""
        return rule_words(self.passage.rule)

    @property
    def inferred(self) -> bool:
        """Whether who leads stands in another sentence, a heading or the head of a list."""
        return bool(self.task and self.passage.data.get("inferred_lead"))

    @property
    def place(self) -> Place:
        """Where it stands in the original."""
        return place_of_span(self.passage.document, self.passage.start)

    @property
    def percent(self) -> int | None:
        """How sure the reader is, in hundredths; None for what a person added."""
        return None if self.passage.confidence is None else round(self.passage.confidence * 100)

    @property
    def handed_down(self) -> bool:
        """Whether a task made from it is at work."""
        return any(task.handed_down_at is not None for task in self.made.tasks)


def rights_of(request: Request, document: Document) -> Rights:
    """What the viewer may do here (one query); nothing while looking back."""
    if not may_change(request.viewer):
        return Rights(edit=False, decide=False)
    units = frozenset(registering.registers_of([document])[document.pk])
    return Rights(
        edit=bool(units & request.viewer.unit_ids(*registering.CLERKS)),
        decide=bool(units & request.viewer.unit_ids(*registering.DECIDERS)),
    )


def passages_of(document: Document, chosen: str) -> QuerySet[Passage]:
    """The passages of one filter, in the order of the text."""
    wanted = FILTERS[chosen][1]
    found = Passage.objects.filter(wanted, document=document).select_related("provision")
    return found.order_by("start", "end", "pk")


def items_of(
    request: Request,
    document: Document,
    passages: Sequence[Passage],
    proposer: Proposer | None = None,
    proposals: Mapping[int, Proposal] | None = None,
) -> list[Item]:
    """The rows of the list, with proposals, names and what was made (a fixed number of queries)."""
    proposer = proposer or Proposer(document, request.day)
    for passage in passages:
        passage.document = document
    if proposals is None:
        proposals = proposer.propose_all(passages)
    made = made_from(passages, request.viewer)
    ids = [item.pk for item in passages if item.kind == PassageKind.CITATION]
    citations = {row.passage_id: row for row in _citations(ids)} if ids else {}
    names = _names(proposer, proposals.values())
    return [
        _item(
            passage, proposals.get(passage.pk), made.get(passage.pk, Made()), citations.get(passage.pk), names
        )
        for passage in passages
    ]


def _citations(ids: Iterable[int]) -> QuerySet[Citation]:
    return Citation.objects.filter(passage__in=list(ids)).select_related("cited__type")


def _names(proposer: Proposer, proposals: Iterable[Proposal]) -> dict[int, UnitOnDay]:
    """The units that the proposals name; those no longer in force on the day are looked up."""
    ids: set[int] = set()
    for proposal in proposals:
        if isinstance(proposal, TaskProposal):
            ids |= {*proposal.units, *proposal.cooperating, *proposal.lead.candidates, *proposal.lead.units}
        elif proposal.unit_id is not None:
            ids.add(proposal.unit_id)
    known = {unit: proposer.matcher.units[unit] for unit in ids if unit in proposer.matcher.units}
    other = ids - set(known)
    return {**known, **units_on(proposer.day, other)} if other else known


def _item(
    passage: Passage,
    proposal: Proposal | None,
    made: Made,
    citation: Citation | None,
    names: dict[int, UnitOnDay],
) -> Item:
    def named(ids: Iterable[int]) -> tuple[UnitOnDay, ...]:
        return tuple(names[unit] for unit in ids if unit in names)

    if isinstance(proposal, TaskProposal):
        open_units = () if proposal.units else (*proposal.lead.units, *proposal.lead.candidates)
        return Item(
            passage, proposal, made, citation,
            leads=named(proposal.units), candidates=named(open_units),
            cooperating=named(proposal.cooperating),
        )  # fmt: skip
    unit = names.get(proposal.unit_id or 0) if isinstance(proposal, TargetProposal) else None
    return Item(passage, proposal, made, citation, unit=unit)


def counts_of(document: Document, passages: Iterable[Passage] | None = None) -> dict[str, int]:
    """How many passages each filter shows."""
    rows: Any = passages
    if rows is None:
        rows = Passage.objects.filter(document=document).only("kind", "state", "confidence")
    found = dict.fromkeys(FILTERS, 0)
    for row in rows:
        if row.state == PassageState.DROPPED:
            found["bo"] += 1
            continue
        found[row.kind] += 1
        unsure = row.confidence is not None and row.confidence < SURE
        found[DOUBTFUL] += unsure and row.state == PassageState.PROPOSED
        found["nhan"] += row.state == PassageState.ACCEPTED
        found["can"] += row.state == PassageState.PROPOSED and row.kind in DUTIES
    return found


def tabs_of(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """The filters with their counts."""
    return [
        {"key": key, "words": words, "count": counts[key], "current": key == chosen}
        for key, (words, _wanted) in FILTERS.items()
    ]
