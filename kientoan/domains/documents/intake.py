"""A file comes in: its text is taken out, read, and kept as a draft for a person to check."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from kientoan.domains.accounts.models import User
from kientoan.engines import reader
from kientoan.engines.reader.intake import ExtractedText, UnreadableFile, extract_text

from .models import Document, DocumentState, Passage, Recognition, StoredFile
from .operations import HeadFields, InUse, SameKey, register_document, store_file
from .reading import read_head_fields, remember_issuer, write_reading

SCAN_CODES = {"scan", "ocr_missing"}
PASTED_NAME = "van-ban-dan.txt"


class Outcome(StrEnum):
    """What became of a file."""

    READ = "read"  # a new draft, read
    SAME_FILE = "same_file"  # these very bytes are in the register
    SAME_KEY = "same_key"  # a document with the same type, number, issuer and date is there
    SCAN = "scan"  # a new draft; its letters have to be recognised first


@dataclass(frozen=True, slots=True)
class Registered:
    """The result of `register_file`: the document, new or found, and what became of the file."""

    document: Document
    outcome: Outcome


def register_file(
    *, data: bytes, name: str, by: User | None, at: datetime, state: str = DocumentState.DRAFT
) -> Registered:
    """Read a file and keep it as a document with everything found in it.

    The document is a draft until a person has looked at its head; `state` REGISTERED enters it at once
    (raises `Incomplete` when type, issuer or subject was not found). A scan becomes a draft without text that
    waits for recognition (see `jobs`). Raises `UnreadableFile` with a message and a remedy; then nothing is
    written.
    """
    known = Document.objects.filter(file__sha256=hashlib.sha256(data).hexdigest()).order_by("pk").first()
    if known is not None:
        return Registered(known, Outcome.SAME_FILE)
    try:
        extracted = extract_text(data, name=name, ocr=False)
    except UnreadableFile as error:
        if error.code in SCAN_CODES:
            return _keep_scan(data=data, name=name, by=by, at=at)
        raise
    extracted = one_line_end(extracted)
    reading = reader.read(extracted.text)
    try:
        with transaction.atomic():
            head = remember_issuer(read_head_fields(reading))
            file = store_file(data=data, name=name, at=at, media_type=extracted.media_type)
            document = register_document(head=head, by=by, at=at, state=state, file=file)
            keep_text(document=document, extracted=extracted, reading=reading, at=at)
    except SameKey as same:
        return Registered(same.document, Outcome.SAME_KEY)
    return Registered(document, Outcome.READ)


def one_line_end(extracted: ExtractedText) -> ExtractedText:
    """The text with one kind of line end: text files of Windows and pasted text bring carriage returns.

    Only text files keep their own line ends, and those have no pages, so no span moves.
    """
    if "\r" not in extracted.text or extracted.pages:
        return extracted
    return replace(extracted, text=extracted.text.replace("\r\n", "\n").replace("\r", "\n"), blocks=())


def register_text(*, text: str, by: User | None, at: datetime) -> Registered:
    """The same for pasted text, kept as a text file. Raises `UnreadableFile`."""
    return register_file(data=text.encode(), name=PASTED_NAME, by=by, at=at)


def keep_text(*, document: Document, extracted: ExtractedText, reading: reader.Reading, at: datetime) -> None:
    """Write the text of a document, where its pages begin, and all that was found in it."""
    document.source_map = [[page.number, page.start, page.end] for page in extracted.pages]
    document.warnings = list(extracted.warnings)
    write_reading(document=document, text=extracted.text, reading=reading, at=at)


@transaction.atomic
def _keep_scan(*, data: bytes, name: str, by: User | None, at: datetime) -> Registered:
    file = store_file(data=data, name=name, at=at)
    document = register_document(head=HeadFields(), by=by, at=at, state=DocumentState.DRAFT, file=file)
    Recognition.objects.create(document=document, asked_at=at, changed_at=at)
    return Registered(document, Outcome.SCAN)


@transaction.atomic
def attach_file(*, document: Document, data: bytes, name: str, by: User | None, at: datetime) -> Document:
    """Give a document that has no text its file, and read it. The head stays as it is in the register.

    Raises `UnreadableFile`, `InUse` when the document has a text already, `SameKey` (with the other document)
    when the file belongs to another one.
    """
    now = Document.objects.select_for_update().get(pk=document.pk)
    if now.text or Passage.objects.filter(document=now).exists():
        raise InUse(str(now))
    other = Document.objects.filter(file__sha256=hashlib.sha256(data).hexdigest()).exclude(pk=now.pk).first()
    if other is not None:
        raise SameKey(other)
    extracted = one_line_end(extract_text(data, name=name, ocr=False))
    now.file = store_file(data=data, name=name, at=at, media_type=extracted.media_type)
    now.row_version += 1
    now.save(update_fields=["file", "row_version"])
    keep_text(
        document=now, extracted=extracted, reading=reader.read(extracted.text, day=now.issued_date), at=at
    )
    return now


def stored_bytes(file: StoredFile) -> bytes:
    """The bytes of a kept file."""
    with file.file.open("rb") as opened:
        content: bytes = opened.read()
    return content
