"""Work that takes long and goes on without anybody waiting: recognising the letters of scans.

The jobs run in the worker that `kientoan serve` starts. A job stands outside of any request, so it asks the
clock itself.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from kientoan.engines import reader
from kientoan.engines.reader.intake import ExtractedText, OcrMissing, UnreadableFile, extract_text
from kientoan.engines.reader.intake.ocr import find_tesseract

from .intake import keep_text, stored_bytes
from .models import Document, DocumentState, Recognition, RecognitionState
from .operations import SameKey, edit_head, head_of
from .reading import read_head_fields, remember_issuer


def ask_recognition(*, document: Document, at: datetime) -> Recognition:
    """Queue the recognition of a scan; where Tesseract is missing the record says at once how to install it.

    Asking again starts a failed one anew.
    """
    find_tesseract.cache_clear()  # it may have been installed since
    missing = None if find_tesseract() else OcrMissing()
    values = {
        "state": RecognitionState.FAILED if missing else RecognitionState.WAITING,
        "code": missing.code if missing else "",
        "message": missing.message_vi if missing else "",
        "remedy": missing.remedy_vi if missing else "",
        "pages_done": 0,
        "changed_at": at,
    }
    recognition, _ = Recognition.objects.update_or_create(
        document=document, defaults=values, create_defaults={**values, "asked_at": at}
    )
    if missing is None:
        recognise.defer(document_id=document.pk)
    return recognition


@app.task(name="documents.recognise", queue="documents", pass_context=False)
def recognise(document_id: int) -> None:
    """Recognise a scan, keep its text, read it, and fill the head where it is still empty."""
    recognition = Recognition.objects.select_related("document__file").filter(document=document_id).first()
    if recognition is None or recognition.document.text or recognition.document.file is None:
        return  # the draft was deleted, or the text is there already
    _tell(recognition, RecognitionState.RUNNING)
    document = recognition.document
    file = recognition.document.file
    try:
        extracted = extract_text(
            stored_bytes(file),
            name=file.name,
            progress=lambda done, total: _tell(recognition, RecognitionState.RUNNING, done, total),
        )
    except UnreadableFile as error:
        recognition.code, recognition.message, recognition.remedy = (
            error.code,
            error.message_vi,
            error.remedy_vi,
        )
        _tell(recognition, RecognitionState.FAILED)
        return
    with transaction.atomic():
        _keep(document, extracted)
        _tell(recognition, RecognitionState.DONE)


def _tell(recognition: Recognition, state: str, done: int | None = None, total: int | None = None) -> None:
    recognition.state = state
    if done is not None:
        recognition.pages_done, recognition.pages_total = done, total
    recognition.changed_at = timezone.now()
    recognition.save()


def _keep(document: Document, extracted: ExtractedText) -> None:
    """Text and findings are kept; the head is filled in only where nobody has written anything yet."""
    at = timezone.now()
    reading = reader.read(extracted.text)
    keep_text(document=document, extracted=extracted, reading=reading, at=at)
    now = head_of(document)
    if document.state != DocumentState.DRAFT or now.type or now.number or now.subject:
        return
    try:
        with transaction.atomic():
            edit_head(document=document, head=remember_issuer(read_head_fields(reading)), by=None, at=at)
    except SameKey as same:
        document.refresh_from_db()
        document.warnings = [*document.warnings, f"Trùng số, ngày và cơ quan ban hành với {same.document}."]
        document.save(update_fields=["warnings"])
