"""The head of a decision: a document of the register or words, a day; edited, deleted, brought back."""

import pytest

from kientoan.domains.documents.models import Document, DocumentState, DocumentType, Issuer
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision
from tests.conftest import DAY, NOW, Cast

from .conftest import Office, text_of

HEAD = {"act": "save", "legal_basis": "Nghị quyết 12", "effective_date": "01/07/2018", "note": "", "find": ""}


@pytest.fixture
def document(cast: Cast) -> Document:
    found = Document.objects.create(
        type=DocumentType.objects.get(name="Nghị quyết"), number="893/NQ-UBTVQH14",
        issuer=Issuer.objects.create(name="Ủy ban Thường vụ Quốc hội"), issued_date=DAY,
        subject="về việc sắp xếp các phường", state=DocumentState.REGISTERED, registered_at=NOW,
    )  # fmt: skip
    operations.register_documents(unit=cast.city, documents=[found])
    return found


def test_a_decision_begins_with_words_and_leads_to_the_choice_of_kind(office: Office) -> None:
    page = office.client.post("/sap-xep/them/", HEAD)
    decision = Decision.objects.get()
    assert page.url == f"/sap-xep/{decision.pk}/viec/"
    assert (decision.legal_basis, str(decision.drafted_by)) == ("Nghị quyết 12", "tochuc")


def test_a_document_is_looked_for_and_names_itself(office: Office, document: Document) -> None:
    looked = text_of(office.client.post("/sap-xep/them/", HEAD | {"act": "find", "find": "sap xep"}))
    assert f'value="{document.pk}"' in looked
    assert "Nghị quyết 12" in looked  # what was typed stays
    data = HEAD | {"find": "sap xep", "document": str(document.pk), "legal_basis": ""}
    assert office.client.post("/sap-xep/them/", data).status_code == 302
    decision = Decision.objects.get()
    assert decision.document == document
    assert decision.legal_basis == "Nghị quyết 893/NQ-UBTVQH14 ngày 30/06/2018 về việc sắp xếp các phường"


def test_no_document_found_says_what_else_to_do(office: Office) -> None:
    page = text_of(office.client.post("/sap-xep/them/", HEAD | {"act": "find", "find": "xyz"}))
    assert "Không thấy văn bản nào" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"legal_basis": ""}, "Hãy chọn một văn bản trong sổ, hoặc ghi căn cứ"),
        ({"effective_date": "31/02/2018"}, "Ngày chưa đúng"),
        ({"effective_date": ""}, "Hãy nhập ngày"),
    ],
)
def test_a_wrong_head_is_explained_and_not_written(office: Office, wrong: dict[str, str], words: str) -> None:
    page = office.client.post("/sap-xep/them/", HEAD | wrong)
    assert page.status_code == 422
    assert words in text_of(page)
    assert not Decision.objects.exists()


def test_the_head_is_edited_and_a_later_save_of_an_older_view_is_told(
    draft: Decision, office: Office
) -> None:
    address = f"/sap-xep/{draft.pk}/sua/"
    assert 'value="30/06/2018"' in text_of(office.client.get(address))
    assert office.client.post(address, HEAD | {"row_version": "1"}).status_code == 302
    page = office.client.post(address, HEAD | {"row_version": "1", "legal_basis": "Nghị quyết khác"})
    assert page.status_code == 409
    assert Decision.objects.get().legal_basis == "Nghị quyết 12"


def test_a_deleted_draft_is_brought_back_with_its_events(merger: Decision, office: Office) -> None:
    address = f"/sap-xep/{merger.pk}/xoa/"
    assert "Dự thảo có 1 việc" in text_of(office.client.get(address))
    office.client.post(address, {"row_version": str(merger.row_version)})
    assert not Decision.objects.exists()
    assert "/sap-xep/khoi-phuc/" in text_of(office.client.get("/sap-xep/"))
    office.client.post("/sap-xep/khoi-phuc/")
    (again,) = Decision.objects.all()
    assert again.changes.get().original_units.count() == 2
    assert office.client.post("/sap-xep/khoi-phuc/").status_code == 404


def test_an_outsider_neither_drafts_nor_edits(cast: Cast, draft: Decision, office: Office, signed_in) -> None:
    outsider = signed_in(cast.outsider)
    assert outsider.get("/sap-xep/them/").status_code == 403
    for address in (f"/sap-xep/{draft.pk}/sua/", f"/sap-xep/{draft.pk}/xoa/", f"/sap-xep/{draft.pk}/viec/"):
        assert outsider.get(address).status_code == 404
        assert office.elsewhere.get(address).status_code == 404


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999", "01/07/1025"])
def test_a_day_that_cannot_be_meant_is_told(office: Office, day: str) -> None:
    page = office.client.post("/sap-xep/them/", {"act": "save", "legal_basis": "NQ 5", "effective_date": day})
    assert page.status_code == 422
    assert "không hợp lý" in text_of(page) or "Ngày chưa đúng" in text_of(page)
