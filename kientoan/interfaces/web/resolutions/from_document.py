"""From the text of a document to the draft of a decision: what was read, what is asked, what is proposed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kientoan.domains.documents.models import Document
from kientoan.domains.organisation.access import NotAllowed, may_draft, may_organise
from kientoan.domains.organisation.models import Decision, Role
from kientoan.domains.organisation.operations import start_draft
from kientoan.domains.organisation.rules.changes import Change
from kientoan.domains.reorganisation.answering import Answers, Unanswered, changes_for
from kientoan.domains.reorganisation.inferring import Inferred
from kientoan.domains.reorganisation.proposing import Item, Member, NoChanges, NoDay, Proposal, propose
from kientoan.domains.reorganisation.rules.resolutions import TWO_LEVELS_BASIS

from ..documents.access import document_for
from ..http import Request, moment
from ..notices import tell
from ..organisation.rights import acting_viewer
from ..wording import day_text
from .forms import HeadForm, ReadForm, answers_in
from .wording import KINDS, PART, RECEIVES, RECEIVING, REST, WHOLE, WHYS


@dataclass(frozen=True)
class MemberLine:
    """A unit named in a clause, as the page shows it."""

    member: Member
    extent: str
    why: str
    picked: int | None
    wrong: bool

    @property
    def plain(self) -> bool:
        """Whether the name is that of the unit, and of no other that it could mean."""
        chosen = self.member.chosen
        alone = chosen is not None and len(self.member.candidates) == 1 and not self.member.is_weak
        return alone and chosen is not None and chosen.unit.name == self.member.written.name


@dataclass(frozen=True)
class AlsoLines:
    """Further changes of one kind, each with its tick."""

    title: str
    rows: list[tuple[Inferred, bool]]

    @property
    def shared(self) -> Inferred | None:
        """One that gives the same reason as all others."""
        same = len({(one.why, one.basis) for one, _ in self.rows}) == 1
        return self.rows[0][0] if same and len(self.rows) > 1 else None


@dataclass(frozen=True)
class ItemLine:
    """A clause, as the page shows it."""

    item: Item
    kind: str
    members: tuple[MemberLine, ...]
    taken: bool


@require_http_methods(["GET", "POST"])
def decision_from_document(request: Request, pk: int) -> HttpResponse:
    """Show the clauses with the units they mean; posting the answers makes the draft."""
    document = document_for(request, pk)
    viewer = acting_viewer(request)
    if not may_draft(viewer):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    form = ReadForm(request.GET or None)
    form.offer((one, "") for one in _wanted(request))
    form.is_valid()
    given = form.cleaned_data if form.is_bound else {}
    try:
        proposal = propose(document.text, day=given.get("day"), under=given.get("under") or ())
    except NoChanges:
        return render(request, "resolutions/nothing.html", {"document": document})
    except NoDay:
        context = {"document": document, "form": ReadForm(initial=given), "asks_day": True}
        return render(request, "resolutions/nothing.html", context)
    initial = {"legal_basis": basis_of(document), "level_basis": TWO_LEVELS_BASIS}
    head = HeadForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "GET":
        return _page(request, document, proposal, head)
    return _draft(request, document, proposal, head)


def _wanted(request: Request) -> list[int]:
    return [int(one) for one in request.GET.getlist("under") if one.isdecimal()]


def basis_of(document: Document) -> str:
    """How a decision names the document as its basis."""
    words = str(document)
    if document.issued_date:
        words += " " + _("ngày %(day)s") % {"day": day_text(document.issued_date)}
    return f"{words}: {document.subject}" if document.subject else words


def _draft(request: Request, document: Document, proposal: Proposal, head: HeadForm) -> HttpResponse:
    chosen, wrong = answers_in(request.POST, proposal)
    taken = {int(one) for one in request.POST.getlist("item") if one.isdecimal()}
    answers = Answers(
        chosen=chosen,
        left_out={item.row for item in proposal.items} - taken,
        also=set(request.POST.getlist("also")),
        basis=str(request.POST.get("level_basis", "")).strip(),
    )
    missing: tuple[str, ...] = tuple(wrong)
    changes: tuple[Change, ...] = ()
    try:
        changes = changes_for(proposal, answers)
    except Unanswered as open_:
        missing += tuple(member.key for _item, member in open_.members)
    if missing or not head.is_valid() or not changes:
        return _page(request, document, proposal, head, answers=answers, missing=missing)
    decision = start_draft(
        legal_basis=head.cleaned_data["legal_basis"], note=head.cleaned_data["note"],
        effective_date=proposal.day, document=document, changes=changes, viewer=acting_viewer(request),
        at=moment(request),
    )  # fmt: skip
    words = _("Đã lập dự thảo với %(count)s thay đổi. Hãy xem trước rồi thực hiện.")
    tell(request, words % {"count": len(changes)})
    return to_draft(decision)


def to_draft(decision: Decision) -> HttpResponse:
    """The page of the draft."""
    return redirect("decision_detail", decision.pk)


def _page(
    request: Request,
    document: Document,
    proposal: Proposal,
    head: HeadForm,
    *,
    answers: Answers | None = None,
    missing: tuple[str, ...] = (),
) -> HttpResponse:
    lines = [_line(item, answers, missing) for item in proposal.items]
    asked = [line for line in lines if line.item.open]
    doubtful = [line for line in lines if line.item.is_doubtful and not line.item.open]
    sure = [line for line in lines if not line.item.is_doubtful and not line.item.open]
    viewer = acting_viewer(request).on(proposal.day)
    context: dict[str, Any] = {
        "document": document,
        "proposal": proposal,
        "communes": sum(item.level == "commune" for item in proposal.items),
        "old_units": sum(len(item.named) for item in proposal.items),
        "head": head,
        "form": _read_form(request, proposal),
        "asked": asked,
        "doubtful": doubtful,
        "sure": sure,
        "also": _also(proposal, answers),
        "missing": missing,
        "nothing_chosen": answers is not None and not missing and not head.errors,
        "main": proposal.land.units.get(proposal.main or 0),
        "lacking": [
            one.unit.name for one in proposal.provinces if not may_organise(viewer, one.unit.id)
        ],
    }  # fmt: skip
    return render(request, "resolutions/from_document.html", context, status=200 if answers is None else 422)


def _line(item: Item, answers: Answers | None, missing: tuple[str, ...]) -> ItemLine:
    members = tuple(
        MemberLine(
            member=member,
            extent=_extent(item, member),
            why=str(WHYS[member.why]),
            picked=(answers.chosen.get(member.key) if answers else None) or member.unit,
            wrong=member.key in missing,
        )
        for member in item.named
    )
    return ItemLine(
        item, str(KINDS[item.change.kind]), members, answers is None or item.row not in answers.left_out
    )


def _extent(item: Item, member: Member) -> str:
    """How much of the unit the clause takes; of one that was there before, what it is to the clause."""
    if member is item.existing:
        return str(RECEIVES.get(item.change.kind, RECEIVING))
    if member.written.rest:
        return str(REST)
    return str(WHOLE if member.written.extent == "full" else PART)


def _also(proposal: Proposal, answers: Answers | None) -> list[AlsoLines]:
    """What follows without being said, by kind, with its tick."""
    titles = {
        "province": _("Tỉnh nhập vào"),
        "under": _("Đơn vị cấp xã không được nhắc đến, đặt trực thuộc tỉnh, thành phố"),
        "district": _("Đơn vị cấp huyện kết thúc"),
    }
    ticked = answers.also if answers else None
    rows = [(one, one.ticked if ticked is None else one.key in ticked) for one in proposal.inferred]
    groups = [
        AlsoLines(words, [row for row in rows if row[0].what == what]) for what, words in titles.items()
    ]
    return [group for group in groups if group.rows]


def _read_form(request: Request, proposal: Proposal) -> ReadForm:
    """The form as the text was read: its day, and the provinces that may be concerned."""
    day: date = proposal.day
    shown = {one.unit.id: f"{one.unit.name} ({one.named}/{one.communes})" for one in proposal.provinces}
    form = ReadForm(initial={"day": day, "under": list(shown)})
    others = {one.id: one.name for one in proposal.land.provinces if one.id not in shown}
    form.offer([*shown.items(), *(others.items() if len(others) <= MANY else ())])
    return form


MANY = 80
"""More provinces than the country has: never so many are offered as boxes."""
