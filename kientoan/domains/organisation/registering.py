"""The register of each unit: who may enter, correct, withdraw and read documents there.

Clerks and monitoring officers of a unit (or of one above it) write its register; a monitoring officer decides
what of a document becomes a task or a target.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kientoan.domains.audit.operations import record
from kientoan.domains.documents import citing, intake, jobs, operations
from kientoan.domains.documents.models import Citation, Document, DocumentState
from kientoan.domains.documents.operations import HeadFields

from .access import NotAllowed, Viewer, visible_documents
from .looking_back import may_change
from .matching import UnitMatcher
from .models import Registration, Role, Unit, UnitKind
from .operations import register_documents

CLERKS = (Role.CLERK, Role.MONITOR)
DECIDERS = (Role.MONITOR,)
DRAFTERS = (Role.PERSONNEL, Role.ADMIN)  # of decisions on units, which rest on a paper


class Elsewhere(Exception):
    """The document is a draft of another unit, which the viewer may not see."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file taken into a register: the document, and what became of the file."""

    document: Document
    outcome: intake.Outcome


def may(viewer: Viewer, document: Document, *roles: str) -> bool:
    """Whether the viewer has one of the roles for a unit in whose register the document stands."""
    allowed = viewer.reach_ids(*roles) if may_change(viewer) else frozenset()
    if not allowed:
        return False
    return Registration.objects.filter(document=document, unit__in=allowed).exists()


def require(viewer: Viewer, document: Document, *roles: str) -> None:
    """Raise `NotAllowed` unless the viewer has one of the roles for the document."""
    if not may(viewer, document, *roles):
        raise NotAllowed(*roles)


def own_registers(viewer: Viewer) -> list[int]:
    """The units whose register the viewer writes, those on which the role was given only."""
    if not may_change(viewer):
        return []
    return list(dict.fromkeys(unit for role, unit in viewer.grants if role in CLERKS))


def take_file(*, viewer: Viewer, unit: Unit, data: bytes, name: str, at: datetime) -> Taken:
    """Read a file into the register of a unit, as a draft.

    A document that is known already (same bytes, or same type, number, issuer and date) is entered into this
    register too and given back. Raises `NotAllowed`, `UnreadableFile`, `Elsewhere`.
    """
    viewer.require(*CLERKS, unit=unit.pk)
    return _taken(viewer, unit, data, name, at)


@transaction.atomic
def _taken(viewer: Viewer, unit: Unit, data: bytes, name: str, at: datetime) -> Taken:
    result = intake.register_file(data=data, name=name, by=viewer.user, at=at)
    if result.outcome == intake.Outcome.SCAN:
        jobs.ask_recognition(document=result.document, at=at)
    return Taken(_entered(viewer, unit, result.document, result.outcome), result.outcome)


def take_basis(*, viewer: Viewer, unit: Unit, data: bytes, name: str, at: datetime) -> Taken:
    """The same for the paper on which a reorganisation rests, from whoever drafts that.

    It stays a draft until a clerk has looked at its head. Raises as `take_file` does.
    """
    viewer.require(*DRAFTERS, unit=unit.pk)
    return _taken(viewer, unit, data, name, at)


def take_text(*, viewer: Viewer, unit: Unit, text: str, at: datetime) -> Taken:
    """The same for pasted text."""
    viewer.require(*CLERKS, unit=unit.pk)
    with transaction.atomic():
        result = intake.register_text(text=text, by=viewer.user, at=at)
        return Taken(_entered(viewer, unit, result.document, result.outcome), result.outcome)


def _entered(viewer: Viewer, unit: Unit, document: Document, outcome: intake.Outcome) -> Document:
    known = outcome in (intake.Outcome.SAME_FILE, intake.Outcome.SAME_KEY)
    draft = document.state == DocumentState.DRAFT
    if known and draft and not visible_documents(viewer).filter(pk=document.pk).exists():
        raise Elsewhere
    if not (known and draft):
        register_documents(unit=unit, documents=[document])
    if not known:
        _resolve_by_province(document, viewer.day)
    return document


@transaction.atomic
def register_by_hand(
    *,
    viewer: Viewer,
    unit: Unit,
    head: HeadFields,
    at: datetime,
    arrival_number: int | None = None,
    arrival_date: date | None = None,
) -> Document:
    """Enter a document without a file. Raises `NotAllowed`, `SameKey`, `Incomplete`."""
    viewer.require(*CLERKS, unit=unit.pk)
    document = operations.register_document(head=head, by=viewer.user, at=at)
    Registration.objects.create(
        unit=unit, document=document, arrival_number=arrival_number, arrival_date=arrival_date
    )
    _register_for_issuer(document, viewer.day)
    _resolve_by_province(document, viewer.day)
    return document


def edit(*, viewer: Viewer, document: Document, row_version: int, head: HeadFields, at: datetime) -> Document:
    """Correct the head. Raises `NotAllowed`, `Stale`, `SameKey`, `Incomplete`."""
    require(viewer, document, *CLERKS)
    return operations.edit_document(
        document=document, row_version=row_version, head=head, by=viewer.user, at=at
    )


@transaction.atomic
def enter(*, viewer: Viewer, document: Document, at: datetime) -> Document:
    """A draft (or a withdrawn document) enters the register. Raises `NotAllowed`, `Incomplete`."""
    require(viewer, document, *CLERKS)
    entered = operations.enter_document(document=document, by=viewer.user, at=at)
    _register_for_issuer(entered, viewer.day)
    _resolve_by_province(entered, viewer.day)
    return entered


def withdraw(*, viewer: Viewer, document: Document, at: datetime, reason: str = "") -> Document:
    """Take a document back; `enter` undoes it. Raises `NotAllowed`."""
    require(viewer, document, *CLERKS)
    return operations.withdraw_document(document=document, by=viewer.user, at=at, reason=reason)


def delete(*, viewer: Viewer, document: Document, at: datetime) -> None:
    """Remove a draft. Raises `NotAllowed`, `InUse`."""
    require(viewer, document, *CLERKS)
    operations.delete_draft(document=document, by=viewer.user, at=at)


def attach(*, viewer: Viewer, document: Document, data: bytes, name: str, at: datetime) -> Document:
    """Give a document its file. Raises `NotAllowed`, `UnreadableFile`, `InUse`, `SameKey`."""
    require(viewer, document, *CLERKS)
    return intake.attach_file(document=document, data=data, name=name, by=viewer.user, at=at)


@transaction.atomic
def choose_cited(*, viewer: Viewer, citation: Citation, cited: Document | None, at: datetime) -> None:
    """Say which document a citation means; None: none of the register. Raises `NotAllowed`."""
    require(viewer, citation.document, *CLERKS)
    citing.choose_cited(citation=citation, cited=cited, by=viewer.user, at=at)
    detail = {"citation": citation.pk, "cited": cited and cited.pk, "before": citation.cited_id}
    record(actor=viewer.user, verb="document.cite", at=at, subject=citation.document, detail=detail)


@transaction.atomic
def unchoose_cited(*, viewer: Viewer, citation: Citation, at: datetime) -> None:
    """Take the choice back: the program finds the document anew, or asks. Raises `NotAllowed`."""
    require(viewer, citation.document, *CLERKS)
    citing.unchoose(citation=citation, province=_province_of(citation.document, viewer.day))
    detail = {"citation": citation.pk, "before": citation.cited_id}
    record(actor=viewer.user, verb="document.uncite", at=at, subject=citation.document, detail=detail)


def recognise_again(*, viewer: Viewer, document: Document, at: datetime) -> None:
    """Try the recognition of a scan anew (Tesseract was installed meanwhile). Raises `NotAllowed`."""
    require(viewer, document, *CLERKS)
    jobs.ask_recognition(document=document, at=at)


def issuer_unit_id(document: Document, matcher: UnitMatcher) -> int | None:
    """The unit of ours that issued the document, or None when it is another body.

    A territory stands for the People's Committee that governs it: what that committee issues is given in the
    name of the territory, under which the departments and the territories below stand alike.
    """
    if document.issuer is None:
        return None
    match = matcher.match(document.issuer.name)
    if not match.certain or len(match.units) != 1:
        return None
    unit = matcher.units[match.units[0]]
    above = [matcher.units[key] for key in matcher.parents.get(unit.id, ()) if key in matcher.units]
    territory = next((item for item in above if item.is_territory), None)
    if unit.kind == UnitKind.PEOPLES_COMMITTEE and territory is not None:
        return territory.id
    return unit.id


def _register_for_issuer(document: Document, day: date) -> None:
    """What one of our units issued stands in its own register too: those under it may read it."""
    unit_id = issuer_unit_id(document, UnitMatcher.on(document.issued_date or day))
    if unit_id is not None:
        Registration.objects.get_or_create(unit_id=unit_id, document=document)


def _province_of(document: Document, day: date, matcher: UnitMatcher | None = None) -> str:
    """The name of the province to which the issuer belongs when it is one of our units, else ''."""
    matcher = matcher or UnitMatcher.on(document.issued_date or day)
    ours = matcher.root is not None and issuer_unit_id(document, matcher) is not None
    return matcher.root.name if ours and matcher.root is not None else ""


def _resolve_by_province(document: Document, day: date) -> None:
    """Let "15-NQ/TU" in a district's paper mean the act of its own province, here and where it waits."""
    citing_ones = [document, *citing.waiting_documents(document)]
    matchers: dict[date, UnitMatcher] = {}
    for item in citing_ones:
        issued = item.issued_date or day
        matcher = matchers.get(issued) or matchers.setdefault(issued, UnitMatcher.on(issued))
        province = _province_of(item, day, matcher)
        if province:
            citing.resolve_in_context(document=item, province=province)


def registers_of(documents: Sequence[Document]) -> dict[int, list[int]]:
    """Document → the units in whose registers it stands."""
    found: dict[int, list[int]] = {document.pk: [] for document in documents}
    rows = Registration.objects.filter(document__in=documents).order_by("pk")
    for document_id, unit_id in rows.values_list("document_id", "unit_id"):
        found[document_id].append(unit_id)
    return found
