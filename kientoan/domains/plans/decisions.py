"""Correcting what was read, by those who keep the register of the document's units.

The acts themselves are in `documents.passages`; here stands who may do them. Accepting is in `acceptance`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from kientoan.domains.documents import passages as acts
from kientoan.domains.documents.models import Decision, Document, Passage, PassageState
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.access import Viewer


def drop(*, viewer: Viewer, passages: Sequence[Passage], at: datetime) -> Decision:
    """Say that passages ask for nothing. Raises `NotAllowed`, `Decided`."""
    registering.require(viewer, passages[0].document, *registering.CLERKS)
    return acts.mark(passages=passages, state=PassageState.DROPPED, by=viewer.user, at=at)


def confirm(*, viewer: Viewer, passages: Sequence[Passage], at: datetime) -> Decision:
    """Say that deadlines or citations were read rightly; nothing is made from them.

    Raises `NotAllowed`, `Decided`.
    """
    registering.require(viewer, passages[0].document, *registering.CLERKS)
    return acts.mark(passages=passages, state=PassageState.ACCEPTED, by=viewer.user, at=at)


def edit(
    *, viewer: Viewer, passage: Passage, row_version: int, data: Mapping[str, Any], at: datetime
) -> Decision:
    """Correct one. Raises `NotAllowed`, `Stale`, `Decided`."""
    registering.require(viewer, passage.document, *registering.CLERKS)
    return acts.edit_passage(passage=passage, row_version=row_version, data=data, by=viewer.user, at=at)


def add(*, viewer: Viewer, document: Document, kind: str, start: int, end: int, at: datetime) -> Passage:
    """Add one that the reader did not find. Raises `NotAllowed`, `WrongSpan`."""
    registering.require(viewer, document, *registering.CLERKS)
    return acts.add_passage(document=document, kind=kind, start=start, end=end, by=viewer.user, at=at)


def join(*, viewer: Viewer, passages: Sequence[Passage], at: datetime) -> Passage:
    """Make one of several. Raises `NotAllowed`, `Decided`, `WrongSpan`."""
    registering.require(viewer, passages[0].document, *registering.CLERKS)
    return acts.join_passages(passages=passages, by=viewer.user, at=at)


def split(*, viewer: Viewer, passage: Passage, place: int, at: datetime) -> Passage:
    """Make two of one, cut at a place of the text. Raises `NotAllowed`, `Decided`, `WrongSpan`."""
    registering.require(viewer, passage.document, *registering.CLERKS)
    return acts.split_passage(passage=passage, place=place, by=viewer.user, at=at)
