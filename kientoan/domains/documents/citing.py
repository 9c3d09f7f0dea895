"""Which registered document a citation means. Found by key; what is not certain stays open and is shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Upper

from kientoan.domains.accounts.models import User

from .models import Citation, Document, DocumentState, ResolvedBy
from .places import party_body, places_of, same_term
from .rules import is_unique_number, normal_number, same_words


@dataclass(frozen=True, slots=True)
class Said:
    """What a citation says of the document it means; '' and None where it says nothing."""

    type_name: str = ""
    number: str = ""
    issued_date: date | None = None
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Where the citation stands: the day of the citing document, and the places whose bodies it means when
    it names none (`places_of`)."""

    day: date | None = None
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The document meant and why (`ResolvedBy`); `document` None: not certain, a person is asked."""

    document: Document | None = None
    by: str = ""


def resolve(said: Said, candidates: Sequence[Document], context: Context) -> Resolved:
    """The one of `candidates` (documents of this number) that is meant, when that is certain.

    Certain is: the number and the date agree (or the number carries its year), nothing said contradicts, and
    one document remains; when several do, or the body is local and not named, the one of the citing
    document's own place. A Party number without a date means the act of that committee's same term.
    """
    fitting = [
        document
        for document in candidates
        if (said.issued_date is None or document.issued_date == said.issued_date)
        and _agree(said.type_name, document.type.name if document.type else "")
        and _agree(said.issuer, document.issuer.name if document.issuer else "")
    ]
    if said.issued_date is None and not is_unique_number(said.number):
        return _by_term(said, fitting, context)
    by = ResolvedBy.KEY if said.issued_date else ResolvedBy.YEAR
    near = [item for item in fitting if said.issuer or _may_be_near(item, context)]
    if len(fitting) == 1:
        return Resolved(near[0], by) if near else Resolved()
    own = [item for item in near if context.places & _places(item)]
    return Resolved(own[0], ResolvedBy.PLACE) if len(own) == 1 else Resolved()


def _may_be_near(document: Document, context: Context) -> bool:
    """Whether a body that is not named may be this one: not when it is that of another place."""
    places = _places(document)
    return not places or not context.places or bool(places & context.places)


def _places(document: Document) -> frozenset[str]:
    return places_of(document.issuer.name) if document.issuer else frozenset()


def _by_term(said: Said, fitting: Sequence[Document], context: Context) -> Resolved:
    """Party numbers run on through a term, so within one term a committee has each number once."""
    body = party_body(said.number)
    if not body or context.day is None:
        return Resolved()
    central = body == "TW"
    meant = [
        document
        for document in fitting
        if document.issued_date is not None
        and document.issued_date <= context.day
        and same_term(document.issued_date, context.day, central=central)
        and (central or context.places & _places(document))
    ]
    return Resolved(meant[0], ResolvedBy.TERM) if len(meant) == 1 else Resolved()


def context_of(document: Document, province: str = "") -> Context:
    """The context of what the document cites; `province`: the province ("Thành phố Cần Thơ") its issuer
    belongs to, '' when that is not known."""
    places = places_of(document.issuer.name) if document.issuer else frozenset()
    return Context(document.issued_date, places | places_of(province))


def _agree(said: str, known: str) -> bool:
    """Two names agree when one is missing or stands within the other: 'HĐND thành phố' is left open."""
    one, other = _spelled(said), _spelled(known)
    return not one or not other or one in other or other in one


def _spelled(name: str) -> str:
    words = same_words(name)
    for short, long in (("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("tp.", "thành phố")):
        words = words.replace(short, long)
    return words.removeprefix("chủ tịch ")


def documents_by_number(numbers: Iterable[str]) -> dict[str, list[Document]]:
    """Registered documents by number in capitals, for a set of numbers."""
    wanted = {normal_number(number).upper() for number in numbers if number}
    found: dict[str, list[Document]] = defaultdict(list)
    rows = (
        Document.objects.filter(state=DocumentState.REGISTERED)
        .annotate(upper_number=Upper("number"))
        .filter(upper_number__in=wanted)
        .select_related("type", "issuer")
        .defer("text", "source_map")
        .order_by("-issued_date", "pk")
    )
    for document in rows:
        found[document.number.upper()].append(document)
    return found


def follow_full_mentions(citations: Sequence[Citation]) -> None:
    """Let a short mention ("Nghị quyết số 15-NQ/TU") mean the act that its text names in full elsewhere."""
    full: dict[tuple[int, str], set[Document]] = defaultdict(set)
    for item in citations:
        if item.cited is not None:
            full[item.document_id, item.number.upper()].add(item.cited)
    for item in citations:
        meant = full.get((item.document_id, item.number.upper()), set()) if item.number else set()
        if item.cited is None and item.issued_date is None and item.chosen_at is None and len(meant) == 1:
            (item.cited,) = meant
            item.resolved_by = ResolvedBy.MENTION


def resolve_citations(citations: Sequence[Citation], contexts: Mapping[int, Context]) -> list[Citation]:
    """Find what citations mean, those that a person decided left as they are; gives those that changed.

    `contexts`: citing document → its context. Each citation has its `passage` loaded.
    """
    known = documents_by_number([item.number for item in citations])
    before = {id(item): (item.cited_id, item.resolved_by) for item in citations}
    for item in citations:
        if item.chosen_at is not None:
            continue
        candidates = known.get(item.number.upper(), [])
        found = resolve(
            said_by(item),
            [document for document in candidates if document.pk != item.document_id],
            contexts.get(item.document_id, Context()),
        )
        item.cited, item.resolved_by = found.document, found.by
    follow_full_mentions(citations)
    return [item for item in citations if (item.cited_id, item.resolved_by) != before[id(item)]]


def said_by(citation: Citation) -> Said:
    """What the citation says, its issuer from the passage."""
    issuer = (citation.passage.data.get("issuer") or "") if citation.passage else ""
    return Said(citation.type_name, citation.number, citation.issued_date, issuer)


@transaction.atomic
def resolve_in_context(*, document: Document, province: str) -> int:
    """Resolve what the document cites once more, now that its province is known; returns how many changed."""
    rows = list(document.citations.select_related("passage", "cited"))
    changed = resolve_citations(rows, {document.pk: context_of(document, province)})
    return Citation.objects.bulk_update(changed, ["cited", "resolved_by"])


def waiting_documents(document: Document) -> list[Document]:
    """The documents in which a citation of this number waits to be resolved."""
    waiting = Citation.objects.annotate(upper_number=Upper("number")).filter(
        upper_number=document.number.upper(), cited__isnull=True, chosen_at__isnull=True
    )
    if not document.number:
        return []
    ids = waiting.exclude(document=document).values_list("document_id", flat=True)
    found = Document.objects.filter(pk__in=set(ids)).select_related("issuer")
    return list(found.defer("text", "source_map"))


def resolve_waiting(*, document: Document) -> int:
    """Citations that wait for this document now point to it; returns how many."""
    if not document.number:
        return 0
    waiting = list(
        Citation.objects.annotate(upper_number=Upper("number"))
        .filter(upper_number=document.number.upper(), cited__isnull=True, chosen_at__isnull=True)
        .exclude(document=document)
        .select_related("passage", "document__issuer")
    )
    changed = resolve_citations(waiting, {item.document_id: context_of(item.document) for item in waiting})
    return Citation.objects.bulk_update(changed, ["cited", "resolved_by"])


@transaction.atomic
def choose_cited(*, citation: Citation, cited: Document | None, by: User, at: datetime) -> None:
    """A person says which document is meant (or that none is), here and wherever it is named alike."""
    _alike(citation).update(cited=cited, resolved_by=ResolvedBy.PERSON, chosen_by=by, chosen_at=at)


@transaction.atomic
def unchoose(*, citation: Citation, province: str = "") -> None:
    """Take a person's choice back: the program resolves anew, here and wherever it is named alike."""
    _alike(citation).update(cited=None, resolved_by="", chosen_by=None, chosen_at=None)
    resolve_in_context(document=citation.document, province=province)


def _alike(citation: Citation) -> QuerySet[Citation]:
    return Citation.objects.filter(
        document=citation.document_id,
        number=citation.number,
        type_name=citation.type_name,
        issued_date=citation.issued_date,
    )
