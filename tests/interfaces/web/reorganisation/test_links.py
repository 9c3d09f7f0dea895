"""A document leads to the decisions that rest on it, a unit to the drafts that would change it."""

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision
from tests.conftest import DAY, NOW, Cast

from .conftest import Office, text_of
from .test_heads import document as document  # a fixture


def test_a_document_leads_to_the_decisions_based_on_it(
    cast: Cast, document, office: Office, signed_in
) -> None:
    decision = operations.start_draft(
        legal_basis="Sắp xếp đợt 1", effective_date=DAY, document=document, viewer=office.viewer, at=NOW
    )
    page = text_of(office.client.get(f"/van-ban/{document.pk}/"))
    assert f'<a href="/sap-xep/{decision.pk}/">Sắp xếp đợt 1</a>' in page
    assert "Sắp xếp đợt 1" not in text_of(signed_in(cast.outsider).get(f"/van-ban/{document.pk}/"))
    detail = text_of(office.client.get(f"/sap-xep/{decision.pk}/"))
    assert f'<a href="/van-ban/{document.pk}/">' in detail


def test_a_unit_tells_its_organisers_of_drafts(
    cast: Cast, merger: Decision, office: Office, signed_in
) -> None:
    address = f"/to-chuc/{cast.ward.pk}/"
    assert "Đang có dự thảo sắp xếp đơn vị này" in text_of(office.client.get(address))
    for client in (signed_in(cast.outsider), office.elsewhere):
        assert "Đang có dự thảo" not in text_of(client.get(address))
