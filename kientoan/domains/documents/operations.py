"""Writing the register: files, documents by hand, corrections, withdrawal.

These operations know documents and nothing of units; who may do what for which unit's register is checked in
`organisation.registering`, which calls them.
"""

import hashlib
import mimetypes
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import record
from kientoan.domains.temporal.models import Stale

from .citing import resolve_waiting
from .models import Document, DocumentState, DocumentType, Issuer, PolicyField, Side, StoredFile, Urgency
from .rules import normal_number, same_words


class SameKey(Exception):
    """A document with this type, number, issuer and date exists: `document`."""

    def __init__(self, document: Document) -> None:
        super().__init__(f"document {document.pk} has the same key")
        self.document = document


class Incomplete(Exception):
    """A document cannot enter the register yet: `missing` names the fields without a value."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"missing: {missing}")
        self.missing = missing


class InUse(Exception):
    """The document cannot be deleted: something stands on it."""


@dataclass(frozen=True, slots=True)
class HeadFields:
    """What the register keeps of a document; None or '' where it is not known ("chưa rõ")."""

    type: DocumentType | None = None
    number: str = ""
    issuer: Issuer | None = None
    issued_date: date | None = None
    effective_date: date | None = None
    expiry_date: date | None = None
    signer: str = ""
    signer_title: str = ""
    subject: str = ""
    field: PolicyField | None = None
    urgency: str = Urgency.NORMAL

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields without which a document cannot stand in the register."""
        return tuple(name for name in ("type", "issuer", "subject") if not getattr(self, name))

    def values(self) -> dict[str, Any]:
        """The fields by name, the number in its normal form."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        values["number"] = normal_number(self.number)
        return values


def head_of(document: Document) -> HeadFields:
    """The head of a document as it stands."""
    return HeadFields(**{item.name: getattr(document, item.name) for item in fields(HeadFields)})


def store_file(*, data: bytes, name: str, at: datetime, media_type: str = "") -> StoredFile:
    """Keep the bytes of a file, once: the same bytes again give the same record."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.filter(sha256=sha256).first()
    if known is not None:
        return known
    guessed = media_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
    stored = StoredFile(
        sha256=sha256, name=name[:255], media_type=guessed[:100], size=len(data), stored_at=at
    )
    stored.file.save(f"{sha256[:2]}/{sha256}", ContentFile(data), save=False)
    stored.save(force_insert=True)
    return stored


def find_issuer(name: str) -> Issuer | None:
    """The issuer of this name, whatever its capitals and the place of its tone marks."""
    wanted = same_words(name)
    for issuer in Issuer.objects.order_by("pk"):
        if same_words(issuer.name) == wanted:
            return issuer
    return None


def get_or_create_issuer(*, name: str, symbol: str = "", side: str = Side.STATE) -> Issuer:
    """The issuer of this name; a new one when there is none."""
    known = find_issuer(name)
    if known is not None:
        return known
    return Issuer.objects.create(name=" ".join(name.split())[:255], symbol=symbol[:30], side=Side(side))


def find_same_key(head: HeadFields, *, but: int | None = None) -> Document | None:
    """The document with this type, number, issuer and date; without a number there is no key."""
    number = normal_number(head.number)
    if not number or head.type is None or head.issuer is None:
        return None
    same = Document.objects.filter(
        type=head.type, number=number, issuer=head.issuer, issued_date=head.issued_date
    )
    return (same if but is None else same.exclude(pk=but)).first()


@transaction.atomic
def register_document(
    *,
    head: HeadFields,
    by: User | None,
    at: datetime,
    state: str = DocumentState.REGISTERED,
    file: StoredFile | None = None,
) -> Document:
    """A new document. Raises `SameKey`, and `Incomplete` when one that is not a draft lacks its head."""
    if state != DocumentState.DRAFT and head.missing:
        raise Incomplete(head.missing)
    same = find_same_key(head)
    if same is not None:
        raise SameKey(same)
    document = Document.objects.create(
        **head.values(), state=state, file=file, registered_by=by, registered_at=at
    )
    record(actor=by, verb="document.register", at=at, subject=document, detail=_plain(head))
    if state == DocumentState.REGISTERED:
        resolve_waiting(document=document)
    return document


@transaction.atomic
def edit_document(
    *, document: Document, row_version: int, head: HeadFields, by: User, at: datetime
) -> Document:
    """Correct the head. `row_version`: that of the record the person saw.

    Raises `Stale` when somebody saved it meanwhile, `SameKey`, `Incomplete`.
    """
    now = Document.objects.select_for_update().get(pk=document.pk)
    if now.row_version != row_version:
        raise Stale(_changes_since(now, row_version), model=Document)
    return edit_head(document=now, head=head, by=by, at=at)


def edit_head(*, document: Document, head: HeadFields, by: User | None, at: datetime) -> Document:
    """Write the head of a record that is locked or used by nobody else (see `edit_document`).

    Raises `SameKey`, `Incomplete`.
    """
    if document.state != DocumentState.DRAFT and head.missing:
        raise Incomplete(head.missing)
    same = find_same_key(head, but=document.pk)
    if same is not None:
        raise SameKey(same)
    before = _plain(head_of(document))
    for name, value in head.values().items():
        setattr(document, name, value)
    document.row_version += 1
    document.save()
    after = _plain(head_of(document))
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    record(actor=by, verb="document.edit", at=at, subject=document, detail=changed)
    if document.state == DocumentState.REGISTERED:
        resolve_waiting(document=document)
    return document


def _changes_since(document: Document, row_version: int) -> dict[str, tuple[Any, Any]]:
    """Field → (value in that version, value now), read from the history that the triggers keep."""
    event = Document.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id=document.pk, row_version=row_version
    )
    then = event.order_by("-pgh_id").first()
    changes: dict[str, tuple[Any, Any]] = {"row_version": (row_version, document.row_version)}
    for item in fields(HeadFields):
        before, now = getattr(then, item.name, None), getattr(document, item.name)
        if then is not None and before != now:
            changes[item.name] = (before, now)
    return changes


@transaction.atomic
def enter_document(*, document: Document, by: User | None, at: datetime) -> Document:
    """A draft enters the register. Raises `Incomplete` while type, issuer or subject is not known."""
    now = Document.objects.select_for_update().get(pk=document.pk)
    if now.state == DocumentState.REGISTERED:
        return now
    missing = head_of(now).missing
    if missing:
        raise Incomplete(missing)
    verb = "document.enter" if now.state == DocumentState.DRAFT else "document.restore"
    _set_state(now, DocumentState.REGISTERED)
    record(actor=by, verb=verb, at=at, subject=now, detail={})
    resolve_waiting(document=now)
    return now


@transaction.atomic
def withdraw_document(*, document: Document, by: User, at: datetime, reason: str = "") -> Document:
    """A registered document is taken back; `enter_document` undoes it."""
    now = Document.objects.select_for_update().get(pk=document.pk)
    _set_state(now, DocumentState.WITHDRAWN)
    record(actor=by, verb="document.withdraw", at=at, subject=now, detail={"reason": reason})
    return now


def _set_state(document: Document, state: str) -> None:
    document.state = state
    document.row_version += 1
    document.save(update_fields=["state", "row_version"])


@transaction.atomic
def delete_draft(*, document: Document, by: User, at: datetime) -> None:
    """Remove a draft with everything read in it. Raises `InUse` for what is not a draft.

    The caller sees to it that nothing was made from its passages (the database protects that too).
    """
    now = Document.objects.select_for_update().get(pk=document.pk)
    if now.state != DocumentState.DRAFT:
        raise InUse(str(now))
    detail = {**_plain(head_of(now)), "file": now.file_id and now.file and now.file.sha256}
    record(actor=by, verb="document.delete", at=at, subject=now, detail=detail)
    now.delete()


def _plain(head: HeadFields) -> dict[str, Any]:
    """The head as JSON values for the journal."""
    return {
        name: value if value is None or isinstance(value, (str, int)) else str(value)
        for name, value in head.values().items()
    }
