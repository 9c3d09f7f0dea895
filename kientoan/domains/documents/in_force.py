"""Which documents are in force on a day, and why one is not.

A document holds from its `effective_date` until (not including) its `expiry_date` or the day from which a
registered document replaces or repeals it wholly. What nobody has said stays unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value, When

from .effects import effects_on
from .models import Document, DocumentState, Effect, EffectKind, EffectState
from .queries import DocumentFilter, documents_matching
from .validity_rules import CLAUSE, Validity, first_day

ENDING = (EffectKind.REPLACES, EffectKind.REPEALS)


def with_validity(documents: QuerySet[Document], day: date) -> QuerySet[Document]:
    """Registered `documents` issued until the day, each with its `validity` on it."""
    effects = Effect.objects.filter(
        affected=OuterRef("pk"), state=EffectState.CONFIRMED, document__state=DocumentState.REGISTERED
    )
    whole = effects.filter(kind__in=ENDING, parts="")
    partly = effects.filter(Q(kind=EffectKind.AMENDS) | ~Q(parts=""), from_date__lte=day)
    issued = documents.filter(state=DocumentState.REGISTERED).exclude(issued_date__gt=day)
    return issued.annotate(
        validity=Case(
            When(
                Q(expiry_date__lte=day) | Exists(whole.filter(from_date__lte=day)), then=_is(Validity.ENDED)
            ),
            When(effective_date__gt=day, then=_is(Validity.NOT_YET)),
            When(
                Q(effective_date__isnull=True) | Exists(whole.filter(from_date__isnull=True)),
                then=_is(Validity.UNKNOWN),
            ),
            When(Exists(partly), then=_is(Validity.PARTIAL)),
            default=_is(Validity.IN_FORCE),
            output_field=CharField(),
        )
    )


def _is(validity: Validity) -> Value:
    return Value(validity.value)


CHOICES: dict[str, tuple[Validity, ...]] = {
    "in_force": (Validity.IN_FORCE, Validity.PARTIAL),
    "partial": (Validity.PARTIAL,),
    "unknown": (Validity.UNKNOWN,),
    "not_yet": (Validity.NOT_YET,),
    "ended": (Validity.ENDED,),
}
"""What the page can show: a choice and the states in it."""


def matching_on(
    documents: QuerySet[Document], wanted: DocumentFilter, day: date, chosen: str
) -> QuerySet[Document]:
    """Of `documents` those that the filter wants and whose validity on the day is the chosen one."""
    found = documents_matching(replace(wanted, state=""), with_validity(documents, day))
    return found.filter(Q(("validity__in", [item.value for item in CHOICES[chosen]])))


def count_on(documents: QuerySet[Document], wanted: DocumentFilter, day: date) -> dict[str, int]:
    """How many documents each choice shows (one query)."""
    found = documents_matching(replace(wanted, state="", sort=""), with_validity(documents, day))
    rows = found.order_by().values(shown=F("validity")).annotate(number=Count("pk", distinct=True))
    numbers = {row["shown"]: row["number"] for row in rows}
    return {key: sum(numbers.get(item.value, 0) for item in states) for key, states in CHOICES.items()}


@dataclass(frozen=True)
class Clause:
    """The words with which a text gives its first day, and the day they mean (None: not certain)."""

    words: str
    day: date | None


@dataclass(frozen=True)
class ValidityRow:
    """A document with its validity on the day, the effects that speak of it, and its own clause.

    `hidden`: how many of the effects come from documents the viewer may not see (they are left out of
    `effects`); `hidden_end`: the first day from which one of those ends the document.
    """

    document: Document
    validity: Validity
    effects: tuple[Effect, ...]
    hidden: tuple[Effect, ...]
    clause: Clause | None

    @property
    def ending(self) -> Effect | None:
        """The effect that ends the document first, when the viewer may see it."""
        return next((item for item in self.effects if item.kind in ENDING and not item.parts), None)

    @property
    def hidden_ending(self) -> Effect | None:
        """The same, of a document the viewer may not see: only its kind and day may be told."""
        return next((item for item in self.hidden if item.kind in ENDING and not item.parts), None)


def validity_rows(documents: Sequence[Document], visible: QuerySet[Document], day: date) -> list[ValidityRow]:
    """The rows of a page; `documents` come from `with_validity` (three queries at most).

    What was issued after the day is not told: on that day nobody knew it.
    """
    effects = [item for item in effects_on(documents) if (item.document.issued_date or day) <= day]
    ids = {item.document_id for item in effects}
    seen = set(visible.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    unclear = [item for item in documents if item.effective_date is None]
    said = _clauses(unclear) if unclear else {}
    rows = []
    for document in documents:
        own = [item for item in effects if item.affected_id == document.pk]
        rows.append(
            ValidityRow(
                document,
                Validity(getattr(document, "validity")),  # noqa: B009  an annotation, no field
                tuple(item for item in own if item.document_id in seen),
                tuple(item for item in own if item.document_id not in seen),
                said.get(document.pk),
            )
        )
    return rows


def _clauses(documents: Sequence[Document]) -> dict[int, Clause]:
    """Document → its clause; the database sends the sentences alone, not the texts."""
    found = (
        Document.objects.filter(pk__in=[item.pk for item in documents])
        .annotate(clause=Func(F("text"), Value(CLAUSE), function="substring", output_field=CharField()))
        .filter(clause__isnull=False)
        .values_list("pk", "issued_date", "clause")
    )
    return {pk: Clause(words, first_day(words, issued)) for pk, issued, words in found}


def validity_of(document: Document, visible: QuerySet[Document], day: date) -> ValidityRow | None:
    """The row of one document; None for one that is no registered document on the day."""
    found = with_validity(Document.objects.filter(pk=document.pk), day).defer("text", "source_map").first()
    return validity_rows([found], visible, day)[0] if found is not None else None
