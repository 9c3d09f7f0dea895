"""Deciding about the validity of documents: those who keep the register of the acting or the affected one."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from kientoan.domains.documents import effects
from kientoan.domains.documents.effects import Said
from kientoan.domains.documents.models import Citation, Document, Effect, EffectState
from kientoan.domains.documents.operations import head_of

from .access import NotAllowed, Viewer
from .registering import CLERKS, edit, may, require


def may_decide(viewer: Viewer, document: Document, affected: Document) -> bool:
    """Whether the viewer keeps the register of one of the two."""
    return may(viewer, document, *CLERKS) or may(viewer, affected, *CLERKS)


def _require(viewer: Viewer, document: Document, affected: Document) -> None:
    if not may_decide(viewer, document, affected):
        raise NotAllowed(*CLERKS)


def set_effect(
    *,
    viewer: Viewer,
    document: Document,
    affected: Document,
    said: Said,
    state: str = EffectState.CONFIRMED,
    citation: Citation | None = None,
    at: datetime,
) -> Effect:
    """Confirm or refuse an effect. Raises `NotAllowed`, `SameEffect`, `SelfEffect`."""
    _require(viewer, document, affected)
    return effects.set_effect(
        document=document, affected=affected, said=said, state=state, citation=citation, by=viewer.user, at=at
    )


def edit_effect(
    *,
    viewer: Viewer,
    effect: Effect,
    row_version: int,
    said: Said,
    at: datetime,
) -> Effect:
    """Correct one. Raises `NotAllowed`, `Stale`, `SameEffect`."""
    _require(viewer, effect.document, effect.affected)
    return effects.edit_effect(effect=effect, row_version=row_version, said=said, by=viewer.user, at=at)


def remove_effect(*, viewer: Viewer, effect: Effect, at: datetime) -> None:
    """Take a decision back. Raises `NotAllowed`."""
    _require(viewer, effect.document, effect.affected)
    effects.remove_effect(effect=effect, by=viewer.user, at=at)


@transaction.atomic
def set_first_day(*, viewer: Viewer, document: Document, day: date | None, at: datetime) -> Document:
    """Keep the day from which a document holds, as its own text says. Raises `NotAllowed`, `Stale`."""
    require(viewer, document, *CLERKS)
    head = replace(head_of(document), effective_date=day)
    return edit(viewer=viewer, document=document, row_version=document.row_version, head=head, at=at)
