"""Reading the register: the list with its filters, one document with its relations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from kientoan.domains.language.lookups import SortKey
from kientoan.engines.vietnamese import fold

from .citing import documents_by_number
from .models import Citation, Document, DocumentState, Passage, PassageKind, PassageState
from .rules import normal_number

PAGE = 50
WAITING = "waiting"  # no state of a document: something read in it waits for a person


@dataclass(frozen=True)
class DocumentFilter:
    """What to look for; an empty one finds everything. `text`: words, with or without diacritics."""

    text: str = ""
    type: int | None = None
    issuer: int | None = None
    field: int | None = None
    year: int | None = None
    state: str = ""
    register: int | None = None  # unit in whose register it stands
    sort: str = ""


SORTS: dict[str, tuple[str | Combinable, ...]] = {
    "date": (F("issued_date").asc(nulls_last=True), "pk"),
    "-date": (F("issued_date").desc(nulls_last=True), "-pk"),
    "number": ("number", "pk"),
    "-number": ("-number", "-pk"),
    "subject": (SortKey("subject"), "pk"),
    "-subject": (SortKey("subject").desc(), "-pk"),
    "issuer": (SortKey("issuer__name"), "-issued_date", "pk"),
    "-issuer": (SortKey("issuer__name").desc(), "-issued_date", "pk"),
    "entered": ("pk",),
    "-entered": ("-pk",),
}


def documents_matching(wanted: DocumentFilter, documents: QuerySet[Document]) -> QuerySet[Document]:
    """Of `documents` those that the filter wants, in its order; the newest first when it names none.

    Every word of the text has to stand in the number, the subject, the issuer or the type.
    """
    for word in fold(wanted.text).split():
        documents = documents.filter(
            Q(number__fold__contains=word)
            | Q(subject__fold__contains=word)
            | Q(issuer__name__fold__contains=word)
            | Q(type__name__fold__contains=word)
        )
    exact = {
        "type": wanted.type,
        "issuer": wanted.issuer,
        "field": wanted.field,
        "issued_date__year": wanted.year,
        "state": None if wanted.state == WAITING else wanted.state or None,
    }
    if wanted.state == WAITING:
        documents = waiting_to_be_confirmed(documents)
    documents = documents.filter(**{name: value for name, value in exact.items() if value is not None})
    if wanted.register is not None:
        documents = documents.filter(registrations__unit=wanted.register)
    found = documents.select_related("type", "issuer", "field").defer("text", "source_map", "warnings")
    return found.order_by(*SORTS.get(wanted.sort, SORTS["-date"]))


def waiting_to_be_confirmed(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Of `documents` those with duties or goals that nobody has accepted or dropped yet.

    Deadlines and citations belong to what they stand in; nobody decides on them.
    """
    proposed = Passage.objects.filter(
        document=OuterRef("pk"),
        state=PassageState.PROPOSED,
        kind__in=[PassageKind.TASK, PassageKind.TARGET],
    )
    return documents.filter(Exists(proposed)).exclude(state=DocumentState.WITHDRAWN)


def years_of(documents: QuerySet[Document]) -> list[int]:
    """The years in which they were issued, latest first."""
    years = documents.filter(issued_date__isnull=False).order_by().values_list("issued_date__year", flat=True)
    return sorted(set(years), reverse=True)


@dataclass(frozen=True)
class PassageCount:
    """How many passages of a kind wait, were accepted, were dropped."""

    proposed: int = 0
    accepted: int = 0
    dropped: int = 0

    @property
    def all(self) -> int:
        """All but the dropped ones."""
        return self.proposed + self.accepted


def count_passages(documents: Sequence[Document]) -> dict[int, dict[str, PassageCount]]:
    """Document → kind → counts (one query)."""
    rows = (
        Passage.objects.filter(document__in=[document.pk for document in documents])
        .values("document_id", "kind")
        .annotate(
            proposed=Count("pk", filter=Q(state=PassageState.PROPOSED)),
            accepted=Count("pk", filter=Q(state=PassageState.ACCEPTED)),
            dropped=Count("pk", filter=Q(state=PassageState.DROPPED)),
        )
        .order_by()
    )
    found: dict[int, dict[str, PassageCount]] = {
        document.pk: {kind: PassageCount() for kind in PassageKind.values} for document in documents
    }
    for row in rows:
        found[row["document_id"]][row["kind"]] = PassageCount(
            row["proposed"], row["accepted"], row["dropped"]
        )
    return found


@dataclass(frozen=True)
class CitedRow:
    """Another document as this one cites it: once per document, however often it is named."""

    citation: Citation
    times: int
    cited: Document | None
    candidates: tuple[Document, ...]


def cited_rows(document: Document, visible: QuerySet[Document]) -> list[CitedRow]:
    """What the document cites, in the order of the text; candidates for what is not certain.

    Documents that the viewer may not see (`visible`) are not shown as records.
    """
    citations = list(
        document.citations.select_related("passage", "cited__type").order_by("passage__start", "pk")
    )
    first: dict[tuple[str, ...], Citation] = {}
    times: dict[tuple[str, ...], int] = {}
    meant = _meant(citations)
    for citation in citations:
        others = meant[_named(citation)]
        which = str(citation.cited_id or citation.issued_date or "")
        if not which and len(others) == 1:  # a short mention of what is named in full elsewhere
            (which,) = others
        key = (*_named(citation), which)
        times[key] = times.get(key, 0) + 1
        known = first.get(key)
        if known is None or (known.cited_id is None and citation.cited_id is not None):
            first[key] = citation
    candidates = documents_by_number([item.number for item in first.values() if _is_open(item)])
    ids = {item.cited_id for item in first.values()} | {
        one.pk for many in candidates.values() for one in many
    }
    seen = set(visible.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", flat=True))
    return [
        CitedRow(
            citation=citation,
            times=times[key],
            cited=citation.cited if citation.cited_id in seen else None,
            candidates=tuple(
                one
                for one in candidates.get(normal_number(citation.number).upper(), [])
                if one.pk in seen and one.pk != document.pk and _is_open(citation)
            ),
        )
        for key, citation in first.items()
    ]


def _named(citation: Citation) -> tuple[str, str]:
    return citation.type_name, citation.number or str(citation.passage and citation.passage.quote)


def _meant(citations: Sequence[Citation]) -> dict[tuple[str, str], set[str]]:
    """Type and number → the documents, else the days, with which the text names them."""
    found: dict[tuple[str, str], set[str]] = {_named(item): set() for item in citations}
    for item in citations:
        if item.cited_id or item.issued_date:
            found[_named(item)].add(str(item.cited_id or item.issued_date))
    return found


def _is_open(citation: Citation) -> bool:
    """Whether nothing was found and nobody has decided: the candidates are shown and a person is asked."""
    return citation.cited_id is None and citation.chosen_at is None


def citing_documents(document: Document, visible: QuerySet[Document]) -> list[Citation]:
    """The documents that cite this one, newest first, one row each."""
    rows = (
        Citation.objects.filter(cited=document, document__in=visible)
        .select_related("document__type", "passage")
        .order_by("document_id", "pk")
        .distinct("document_id")
    )
    return sorted(rows, key=lambda row: row.document.issued_date or date.min, reverse=True)
