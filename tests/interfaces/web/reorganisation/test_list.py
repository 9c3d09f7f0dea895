"""The list of decisions: what each does in numbers, for whom it is."""

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision
from tests.conftest import DAY, NOW, Cast

from .conftest import Office, text_of


def test_without_decisions_the_page_tells_three_ways_to_begin(office: Office) -> None:
    page = text_of(office.client.get("/sap-xep/"))
    for words in ("Chưa có quyết định nào", "Soạn bằng tay", "Từ văn bản nghị quyết", "Từ tệp Excel, JSON"):
        assert words in page


def test_a_decision_stands_with_its_numbers(
    merger: Decision, office: Office, django_assert_max_num_queries
) -> None:
    office.client.get("/sap-xep/")
    with django_assert_max_num_queries(17):
        page = text_of(office.client.get("/sap-xep/"))
    assert "Nghị quyết 893/NQ-UBTVQH14" in page
    assert 'data-label="Kết thúc" class="num">2<' in page
    assert 'data-label="Đơn vị mới" class="num">1<' in page


def test_decisions_are_searched_without_diacritics_and_by_state(merger: Decision, office: Office) -> None:
    assert "893" in text_of(office.client.get("/sap-xep/?q=nghi quyet"))
    assert "Không có quyết định nào như vậy" in text_of(office.client.get("/sap-xep/?q=khong co"))
    assert "Không có quyết định nào như vậy" in text_of(office.client.get("/sap-xep/?state=applied"))


def test_an_outsider_sees_applied_decisions_only(
    cast: Cast, merger: Decision, office: Office, signed_in
) -> None:
    outsider = signed_in(cast.outsider)
    assert "893" not in text_of(outsider.get("/sap-xep/"))
    assert "Soạn quyết định" not in text_of(outsider.get("/sap-xep/"))
    assert "893" not in text_of(office.elsewhere.get("/sap-xep/"))
    merger.changes.get().resulting_units.update(code="31199")
    operations.apply_decision(decision=merger, at=NOW, viewer=office.viewer)
    assert "893" in text_of(outsider.get("/sap-xep/"))


def test_who_has_no_role_is_sent_to_the_own_profile(cast: Cast, signed_in) -> None:
    assert signed_in(cast.nobody).get("/sap-xep/").status_code == 302


def test_a_hundred_decisions_come_in_pages(office: Office, django_assert_max_num_queries) -> None:
    for number in range(60):
        operations.start_draft(
            legal_basis=f"Quyết định {number}", effective_date=DAY, viewer=office.viewer, at=NOW
        )
    office.client.get("/sap-xep/")
    with django_assert_max_num_queries(17):
        page = text_of(office.client.get("/sap-xep/?page=2"))
    assert page.count('data-label="Có hiệu lực"') == 10
