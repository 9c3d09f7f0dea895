"""A file becomes a draft with everything found in it, once."""

import unicodedata
from datetime import date

import pytest

from kientoan.domains.audit.models import Entry
from kientoan.domains.documents import intake
from kientoan.domains.documents.intake import Outcome
from kientoan.domains.documents.models import (
    Citation,
    Document,
    DocumentState,
    DocumentType,
    Issuer,
    Passage,
    PassageKind,
    Recognition,
    StoredFile,
)
from kientoan.domains.documents.operations import HeadFields, Incomplete, register_document
from kientoan.engines.reader.intake import UnreadableFile
from tests.conftest import NOW, Cast
from tests.engines.intake.test_text import in_tcvn3

from .texts import DIRECTIVE


def register(cast: Cast, text: str = DIRECTIVE, name: str = "ct.txt", **more: str) -> intake.Registered:
    return intake.register_file(data=text.encode(), name=name, by=cast.clerk, at=NOW, **more)


def test_the_head_is_filled_in_as_a_draft(cast: Cast) -> None:
    result = register(cast)
    document = result.document
    assert result.outcome == Outcome.READ
    assert document.state == DocumentState.DRAFT
    assert str(document) == "Chỉ thị 02/CT-UBND"
    assert document.issuer is not None
    assert document.issuer.name == "Ủy ban nhân dân thành phố Cần Thơ"
    assert str(document.issued_date) == "2018-01-22"
    assert document.subject == "Về việc siết chặt kỷ luật, kỷ cương hành chính năm 2018"
    assert document.signer == "Đoàn Hữu Nghiệp"


def test_every_span_points_at_its_words(cast: Cast) -> None:
    document = register(cast).document
    passages = list(document.passages.all())
    assert {item.kind for item in passages} >= {
        PassageKind.CITATION,
        PassageKind.DEADLINE,
        PassageKind.TARGET,
    }
    assert all(document.text[item.start : item.end] == item.quote for item in passages)
    assert all(document.text[item.start : item.end].strip() for item in document.provisions.all())


def test_a_passage_knows_its_innermost_provision(cast: Cast) -> None:
    target = register(cast).document.passages.get(kind=PassageKind.TARGET)
    assert target.provision is not None
    assert target.provision.kind == "diem"
    assert target.provision.number == "b"


def test_a_document_without_head_stays_unknown_there(cast: Cast) -> None:
    document = register(
        cast, "Giao các phòng chuẩn bị hội nghị tổng kết, báo cáo trong tháng 6/2018.\n"
    ).document
    assert (document.type, document.number, document.issuer, document.issued_date) == (None, "", None, None)
    assert str(document) == "Văn bản chưa rõ loại"


def test_one_without_head_does_not_enter_the_register(cast: Cast) -> None:
    with pytest.raises(Incomplete) as caught:
        register(cast, "Giao các phòng chuẩn bị hội nghị tổng kết.\n", state=DocumentState.REGISTERED)
    assert "type" in caught.value.missing
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_same_bytes_are_recognised(cast: Cast) -> None:
    first = register(cast).document
    again = register(cast, name="bản khác tên.txt")
    assert (again.outcome, again.document) == (Outcome.SAME_FILE, first)
    assert StoredFile.objects.count() == 1


def test_the_same_document_in_another_file_is_recognised(cast: Cast) -> None:
    first = register(cast).document
    again = register(cast, DIRECTIVE + "\n")
    assert (again.outcome, again.document) == (Outcome.SAME_KEY, first)
    assert Document.objects.count() == 1


def test_two_documents_without_number_are_two(cast: Cast) -> None:
    text = DIRECTIVE.replace("Số: 02/CT-UBND\n", "")
    assert register(cast, text).outcome == register(cast, text + "\n").outcome == Outcome.READ


def test_decomposed_text_is_kept_composed(cast: Cast) -> None:
    document = register(cast, unicodedata.normalize("NFD", DIRECTIVE)).document
    assert document.number == "02/CT-UBND"
    assert unicodedata.is_normalized("NFC", document.text)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "rong.pdf", "empty"),
        (b"%PDF-1.7 broken", "hong.pdf", "broken"),
        (b"PK\x03\x04 not a real archive", "hong.docx", "broken"),
        (b"x" * (50 * 1024 * 1024 + 1), "to.txt", "too_big"),
        (b"This is a letter in English only.", "letter.txt", "not_vietnamese"),
    ],
)
def test_an_unreadable_file_leaves_nothing(cast: Cast, data: bytes, name: str, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        intake.register_file(data=data, name=name, by=cast.clerk, at=NOW)
    assert caught.value.code == code
    assert caught.value.message_vi
    assert caught.value.remedy_vi
    assert not StoredFile.objects.exists()
    assert not Document.objects.exists()


def test_line_ends_of_windows_make_no_difference(cast: Cast) -> None:
    document = register(cast, DIRECTIVE.replace("\n", "\r\n")).document
    assert document.text == DIRECTIVE
    assert str(document) == "Chỉ thị 02/CT-UBND"


def test_a_mislabelled_file_is_read_and_says_so(cast: Cast) -> None:
    document = register(cast, name="nghi-quyet.pdf").document
    assert document.number == "02/CT-UBND"
    assert document.warnings


def test_legacy_letters_are_converted_and_said(cast: Cast) -> None:
    data = in_tcvn3(DIRECTIVE)
    document = intake.register_file(data=data, name="cu.txt", by=cast.clerk, at=NOW).document
    assert "TCVN3" in " ".join(document.warnings)
    assert "bảo hiểm y tế" in document.text


def test_a_scan_waits_for_recognition(cast: Cast) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
    result = intake.register_file(data=picture, name="quet.png", by=cast.clerk, at=NOW)
    assert result.outcome == Outcome.SCAN
    assert Recognition.objects.get().document == result.document
    assert not result.document.text


def test_a_citation_finds_its_document_by_key(cast: Cast) -> None:
    council = Issuer.objects.create(name="Hội đồng nhân dân thành phố Cần Thơ")
    resolution = DocumentType.objects.get(name="Nghị quyết")

    def registered(day: date) -> Document:
        head = HeadFields(
            type=resolution, number="18/NQ-HĐND", issuer=council, issued_date=day, subject="Nhiệm vụ năm"
        )
        return register_document(head=head, by=cast.clerk, at=NOW)

    meant = registered(date(2017, 12, 7))
    registered(date(2016, 12, 7))
    citation = Citation.objects.get(document=register(cast).document)
    assert citation.cited == meant
    assert citation.relation == "implements"


def test_a_citation_waits_for_its_document(cast: Cast) -> None:
    document = register(cast).document
    citation = Citation.objects.get(document=document)
    assert citation.cited is None
    head = HeadFields(
        type=DocumentType.objects.get(name="Nghị quyết"),
        number="18/NQ-HĐND",
        issuer=Issuer.objects.create(name="Hội đồng nhân dân thành phố Cần Thơ"),
        issued_date=date(2017, 12, 7),
        subject="Nhiệm vụ năm 2018",
    )
    later = register_document(head=head, by=cast.clerk, at=NOW)
    citation.refresh_from_db()
    assert citation.cited == later


def test_registering_is_in_the_journal(cast: Cast) -> None:
    document = register(cast).document
    assert Entry.objects.get(subject_id=document.pk).verb == "document.register"


def test_a_file_is_attached_to_a_document_without_text(cast: Cast) -> None:
    head = HeadFields(
        type=DocumentType.objects.get(name="Chỉ thị"),
        number="02/CT-UBND",
        issuer=Issuer.objects.create(name="Ủy ban nhân dân thành phố Cần Thơ"),
        subject="Theo sổ cũ",
    )
    document = register_document(head=head, by=cast.clerk, at=NOW)
    intake.attach_file(document=document, data=DIRECTIVE.encode(), name="ct.txt", by=cast.clerk, at=NOW)
    document.refresh_from_db()
    assert document.subject == "Theo sổ cũ"
    assert Passage.objects.filter(document=document).exists()
