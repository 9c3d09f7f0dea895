"""What documents do to the validity of others: proposed from what was read, decided by a person.

Who may decide is checked by the caller (`organisation.validity`), because roles belong to units.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import record
from kientoan.domains.temporal.models import Stale

from .models import Citation, Document, DocumentState, Effect, EffectKind, EffectState


class SameEffect(Exception):
    """The document has this effect on that document (and those parts) already."""


class SelfEffect(Exception):
    """A document has no effect on itself."""


@dataclass(frozen=True, slots=True)
class EffectProposal:
    """What the reader found: `document` amends, replaces or repeals `affected`; a person decides.

    `parts`: the provisions named there; '' when the whole document seems to be meant. `from_date`: the day on
    which the acting document takes effect, None when that is not known.
    """

    citation: Citation
    document: Document
    affected: Document
    kind: str
    parts: str
    from_date: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says that one document does to another: a kind, to which parts, from which day."""

    kind: str
    parts: str = ""
    from_date: date | None = None

    def values(self) -> dict[str, Any]:
        """As the fields of an effect."""
        parts = " ".join(self.parts.split())[:300]
        return {"kind": EffectKind(self.kind), "parts": parts, "from_date": self.from_date}


def proposals(*, document: Document | None = None, affected: Document | None = None) -> list[EffectProposal]:
    """What waits for a decision: what one document does, or what is done to one (one query each).

    A pair that a person decided on in any way is not proposed again.
    """
    wanted = Q(document=document) if document is not None else Q(cited=affected)
    rows = (
        Citation.objects.filter(
            wanted,
            cited__isnull=False,
            relation__in=EffectKind.values,
            document__state=DocumentState.REGISTERED,
        )
        .select_related("document__type", "cited__type", "passage")
        .defer("document__text", "document__source_map", "cited__text", "cited__source_map")
        .order_by("passage__start", "pk")
    )
    decided_on = Effect.objects.filter(
        **({"document": document} if document is not None else {"affected": affected})
    )
    known = set(decided_on.values_list("document_id", "affected_id", "kind"))
    found: list[EffectProposal] = []
    for row in rows:
        key = (row.document_id, row.cited_id or 0, row.relation)
        if row.cited is None or key in known:
            continue
        known.add(key)
        parts = (row.passage.data.get("pinpoint") or "") if row.passage else ""
        found.append(
            EffectProposal(
                row, row.document, row.cited, row.relation, parts[:300], row.document.effective_date
            )
        )
    return found


@transaction.atomic
def set_effect(
    *,
    document: Document,
    affected: Document,
    said: Said,
    state: str = EffectState.CONFIRMED,
    citation: Citation | None = None,
    by: User,
    at: datetime,
) -> Effect:
    """Confirm (or refuse) that a document does this to another. Raises `SameEffect`, `SelfEffect`."""
    if document.pk == affected.pk:
        raise SelfEffect
    effect = Effect(
        document=document, affected=affected, citation=citation, state=EffectState(state),
        decided_by=by, decided_at=at, **said.values(),
    )  # fmt: skip
    _save(effect)
    _note(effect, "effect.confirm" if state == EffectState.CONFIRMED else "effect.refuse", by, at)
    return effect


@transaction.atomic
def edit_effect(*, effect: Effect, row_version: int, said: Said, by: User, at: datetime) -> Effect:
    """Correct an effect. Raises `Stale` when somebody saved it meanwhile, `SameEffect`."""
    now = Effect.objects.select_for_update().get(pk=effect.pk)
    if now.row_version != row_version:
        changes = {
            name: (getattr(effect, name), getattr(now, name)) for name in ("kind", "parts", "from_date")
        }
        raise Stale(changes, model=Effect)
    for name, value in said.values().items():
        setattr(now, name, value)
    now.state, now.decided_by, now.decided_at = EffectState.CONFIRMED, by, at
    now.row_version += 1
    _save(now)
    _note(now, "effect.edit", by, at)
    return now


@transaction.atomic
def remove_effect(*, effect: Effect, by: User, at: datetime) -> None:
    """Take a decision back: what was read is proposed again. The history keeps the row."""
    _note(effect, "effect.remove", by, at)
    effect.delete()


def _save(effect: Effect) -> None:
    try:
        with transaction.atomic():
            effect.save()
    except IntegrityError as error:
        raise SameEffect from error


def _note(effect: Effect, verb: str, by: User, at: datetime) -> None:
    detail: dict[str, Any] = {
        "effect": effect.pk,
        "affected": effect.affected_id,
        "kind": effect.kind,
        "parts": effect.parts,
        "from_date": effect.from_date and effect.from_date.isoformat(),
    }
    record(actor=by, verb=verb, at=at, subject=effect.document, detail=detail)


def effects_on(documents: Iterable[Document]) -> QuerySet[Effect]:
    """The confirmed effects of registered documents on these, the earliest first."""
    return (
        Effect.objects.filter(
            affected__in=[item.pk for item in documents],
            state=EffectState.CONFIRMED,
            document__state=DocumentState.REGISTERED,
        )
        .select_related("document__type")
        .defer("document__text", "document__source_map", "document__warnings")
        .order_by("from_date", "pk")
    )
