"""Which registered document a citation means. Found by key; what is not certain stays open and is shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.db.models.functions import Upper

from .models import Citation, Document, DocumentState
from .rules import is_unique_number, normal_number, same_words


def find_cited(
    *, type_name: str, number: str, issued_date: date | None, issuer: str, candidates: Sequence[Document]
) -> Document | None:
    """The one of `candidates` (documents of this number) that is meant, or None when that is not certain.

    Certain is: the number and the date agree (or the number carries its year), nothing said contradicts, and
    exactly one document remains.
    """
    if issued_date is None and not is_unique_number(number):
        return None
    fitting = [
        document
        for document in candidates
        if (issued_date is None or document.issued_date == issued_date)
        and _agree(type_name, document.type.name if document.type else "")
        and _agree(issuer, document.issuer.name if document.issuer else "")
    ]
    return fitting[0] if len(fitting) == 1 else None


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
        if item.cited is None and item.issued_date is None and len(meant) == 1:
            (item.cited,) = meant


def resolve_waiting(*, document: Document) -> int:
    """Citations that wait for this document now point to it; returns how many."""
    if not document.number:
        return 0
    waiting = list(
        Citation.objects.annotate(upper_number=Upper("number"))
        .filter(Q(upper_number=document.number.upper()), cited__isnull=True)
        .exclude(document=document)
        .select_related("passage")
    )
    candidates = documents_by_number([document.number])[document.number.upper()]
    for citation in waiting:
        issuer = (citation.passage.data.get("issuer") or "") if citation.passage else ""
        citation.cited = find_cited(
            type_name=citation.type_name,
            number=citation.number,
            issued_date=citation.issued_date,
            issuer=issuer,
            candidates=candidates,
        )
    follow_full_mentions(waiting)
    return Citation.objects.bulk_update([item for item in waiting if item.cited is not None], ["cited"])


def choose_cited(*, citation: Citation, cited: Document | None) -> None:
    """A person says which document is meant (or that none is), here and wherever it is named alike."""
    alike = Citation.objects.filter(
        document=citation.document_id, number=citation.number, type_name=citation.type_name
    )
    alike.update(cited=cited)
