"""The job that recognises scans: its progress, its result, and what it says when it cannot."""

from collections.abc import Callable

import pytest

from kientoan.domains.documents import jobs
from kientoan.domains.documents.models import Document, DocumentState, Recognition, RecognitionState
from kientoan.domains.organisation import registering
from kientoan.engines.reader.intake import ExtractedText, Page, UnreadableFile
from tests.conftest import NOW, Cast

from .texts import DIRECTIVE

SCAN = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


class Found:
    """Stands for the program that looks for Tesseract."""

    def __call__(self) -> str:
        return "/usr/bin/tesseract"

    def cache_clear(self) -> None: ...


@pytest.fixture
def scan(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Document:
    monkeypatch.setattr(jobs, "find_tesseract", Found())
    monkeypatch.setattr(jobs.recognise, "defer", lambda **_: None)
    taken = registering.take_file(
        viewer=cast.viewer(cast.clerk), unit=cast.city, data=SCAN, name="quet.png", at=NOW
    )
    return taken.document


def recognised(data: bytes, *, name: str, progress: Callable[[int, int], None]) -> ExtractedText:
    progress(1, 2)
    assert Recognition.objects.get().pages_done == 1
    assert Recognition.objects.get().state == RecognitionState.RUNNING
    progress(2, 2)
    pages = (Page(1, 0, 100), Page(2, 100, len(DIRECTIVE)))
    return ExtractedText(DIRECTIVE, "image/*", pages, (), ("Đã nhận dạng chữ.",), True, "utf-8")


def test_the_result_is_kept_and_the_head_filled_in(scan: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "extract_text", recognised)
    jobs.recognise(document_id=scan.pk)
    scan.refresh_from_db()
    assert str(scan) == "Chỉ thị 02/CT-UBND"
    assert scan.state == DocumentState.DRAFT
    assert scan.source_map == [[1, 0, 100], [2, 100, len(DIRECTIVE)]]
    assert scan.passages.exists()
    assert Recognition.objects.get().state == RecognitionState.DONE


def test_what_a_person_wrote_meanwhile_stays(scan: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    Document.objects.update(subject="Người nhập tay")
    monkeypatch.setattr(jobs, "extract_text", recognised)
    jobs.recognise(document_id=scan.pk)
    scan.refresh_from_db()
    assert (scan.subject, scan.number) == ("Người nhập tay", "")
    assert scan.text == DIRECTIVE


def test_a_failure_says_why_and_keeps_the_file(scan: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes, **_: object) -> ExtractedText:
        raise UnreadableFile("ocr_failed", "Không nhận dạng được chữ trên bản quét.", "Quét lại rõ hơn.")

    monkeypatch.setattr(jobs, "extract_text", fail)
    jobs.recognise(document_id=scan.pk)
    found = Recognition.objects.get()
    assert (found.state, found.code, found.remedy) == ("failed", "ocr_failed", "Quét lại rõ hơn.")
    scan.refresh_from_db()
    assert scan.file is not None
    assert not scan.text


def test_the_same_document_found_in_a_scan_is_said(
    cast: Cast, scan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    registering.take_file(
        viewer=cast.viewer(cast.clerk), unit=cast.city, data=DIRECTIVE.encode(), name="ct.txt", at=NOW
    )
    monkeypatch.setattr(jobs, "extract_text", recognised)
    jobs.recognise(document_id=scan.pk)
    scan.refresh_from_db()
    assert scan.number == ""
    assert "Chỉ thị 02/CT-UBND" in " ".join(scan.warnings)


def test_a_deleted_draft_is_no_failure(scan: Document) -> None:
    pk = scan.pk
    scan.delete()
    jobs.recognise(document_id=pk)
    assert not Recognition.objects.exists()


def test_the_worker_knows_the_job() -> None:
    from procrastinate.contrib.django import app

    assert "documents.recognise" in app.tasks
