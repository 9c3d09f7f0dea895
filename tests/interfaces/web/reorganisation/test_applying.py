"""Applying and undoing from the pages: asked with numbers, told when it cannot be, once only."""

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision, DecisionState, Hierarchy, Unit
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.organisation.queries.decisions import decision_rows
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Place
from tests.conftest import DAY, NOW, Cast

from .conftest import Office, personnel, text_of


@pytest.fixture
def ready(merger: Decision) -> Decision:
    """The merger with a code that is free."""
    merger.changes.get().resulting_units.update(code="31199")
    return merger


def test_it_is_asked_with_numbers_and_then_done(cast: Cast, ready: Decision, office: Office) -> None:
    address = f"/sap-xep/{ready.pk}/thuc-hien/"
    page = text_of(office.client.get(address))
    assert "Thực hiện quyết định này?" in page
    assert "<dt>Đơn vị kết thúc</dt><dd>2</dd>" in page
    done = office.client.post(address, follow=True)
    assert "Đã thực hiện" in text_of(done)
    ready.refresh_from_db()
    assert ready.state == DecisionState.APPLIED
    assert cast.ward.pk not in units_on(DAY)


def test_a_decision_without_changes_is_not_applied(draft: Decision, office: Office) -> None:
    page = office.client.post(f"/sap-xep/{draft.pk}/thuc-hien/")
    assert page.status_code == 409
    assert "quyết định chưa có việc nào" in text_of(page)
    draft.refresh_from_db()
    assert draft.state == DecisionState.DRAFT


def test_a_unit_does_not_come_under_its_own_ward(cast: Cast, draft: Decision, office: Office) -> None:
    place = Place(Hierarchy.GOVERNMENT, cast.ward.pk)
    change = Change("reparent", (), (Outcome(cast.district.pk, places=(place,)),))
    operations.add_events(decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    assert "sẽ đứng dưới chính nó" in text_of(office.client.get(f"/sap-xep/{draft.pk}/"))
    page = office.client.post(f"/sap-xep/{draft.pk}/thuc-hien/")
    assert page.status_code == 409
    assert "sẽ đứng dưới chính nó" in text_of(page)


def test_with_something_in_the_way_nothing_is_done(merger: Decision, office: Office) -> None:
    page = office.client.post(f"/sap-xep/{merger.pk}/thuc-hien/")
    assert page.status_code == 409
    assert "Chưa thực hiện được" in text_of(page)
    assert "mã 31135 ngày ấy đang là của" in text_of(page)
    merger.refresh_from_db()
    assert merger.state == DecisionState.DRAFT


def test_the_second_to_apply_is_told_by_whom_it_was_done(ready: Decision, office: Office) -> None:
    operations.apply_decision(decision=ready, at=NOW, viewer=office.viewer)
    page = office.client.post(f"/sap-xep/{ready.pk}/thuc-hien/", follow=True)
    assert "đã được tochuc thực hiện lúc" in text_of(page)


def test_an_overlapping_decision_applied_in_between_is_told(
    cast: Cast, ready: Decision, office: Office
) -> None:
    other = operations.start_draft(legal_basis="Khác", effective_date=DAY, viewer=office.viewer, at=NOW)
    change = Change("rename", (), (Outcome(cast.ward.pk, name="Phường Khác"),))
    operations.add_events(decision=other, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    operations.apply_decision(decision=other, at=NOW, viewer=office.viewer)
    page = office.client.post(f"/sap-xep/{ready.pk}/thuc-hien/")
    assert page.status_code == 409
    assert "đã có thay đổi khác cũng từ 30/06/2018" in text_of(page)


def test_who_may_not_change_all_units_does_not_apply(cast: Cast, ready: Decision, signed_in) -> None:
    district = signed_in(personnel("quan", cast.district))
    assert district.get(f"/sap-xep/{ready.pk}/").status_code == 200
    assert district.get(f"/sap-xep/{ready.pk}/thuc-hien/").status_code == 200  # all wards are in the district
    ward = signed_in(personnel("phuong", cast.ward))
    assert ward.get(f"/sap-xep/{ready.pk}/thuc-hien/").status_code == 403
    assert ward.post(f"/sap-xep/{ready.pk}/thuc-hien/").status_code == 403
    outsider = signed_in(cast.outsider)
    assert outsider.post(f"/sap-xep/{ready.pk}/thuc-hien/").status_code == 404


def test_undoing_says_what_it_gives_back_and_gives_it_back(
    cast: Cast, ready: Decision, office: Office, signed_in
) -> None:
    office.client.post(f"/sap-xep/{ready.pk}/thuc-hien/")
    address = f"/sap-xep/{ready.pk}/huy/"
    page = text_of(office.client.get(address))
    assert "2 đơn vị đã kết thúc hoạt động trở lại" in page
    outsider = signed_in(cast.outsider)
    assert outsider.get(address).status_code == 403
    assert outsider.get(f"/sap-xep/{ready.pk}/ket-qua/").status_code == 200
    assert office.client.post(address).status_code == 302
    ready.refresh_from_db()
    assert ready.state == DecisionState.UNDONE
    assert cast.ward.pk in units_on(DAY)
    again = office.client.post(address, follow=True)
    assert "đã được tochuc hủy thực hiện lúc" in text_of(again)


def test_what_stands_in_the_way_of_undoing_is_told_with_the_remedy(
    cast: Cast, ready: Decision, office: Office
) -> None:
    office.client.post(f"/sap-xep/{ready.pk}/thuc-hien/")
    new = Unit.objects.get(begun_by=ready)
    operations.create_post(unit=new, title="Trưởng ban", rank="head", start=DAY)
    page = office.client.post(f"/sap-xep/{ready.pk}/huy/")
    assert page.status_code == 409
    assert "đơn vị mới đã có chức danh: Trưởng ban" in text_of(page)
    assert "Chưa hủy được" in text_of(office.client.get(f"/sap-xep/{ready.pk}/huy/"))


def test_a_draft_is_not_undone_and_has_no_result(ready: Decision, office: Office) -> None:
    page = office.client.get(f"/sap-xep/{ready.pk}/huy/", follow=True)
    assert "còn là dự thảo" in text_of(page)
    assert office.client.get(f"/sap-xep/{ready.pk}/ket-qua/").status_code == 302


def test_an_empty_draft_offers_no_step_on(draft: Decision, office: Office) -> None:
    assert "Tiếp: thực hiện" not in text_of(office.client.get(f"/sap-xep/{draft.pk}/xem-truoc/"))
    page = text_of(office.client.get(f"/sap-xep/{draft.pk}/thuc-hien/"))
    assert "Dự thảo chưa có việc nào" in page
    assert "Thực hiện quyết định này?" not in page


def test_a_part_that_passes_counts_both_units_and_asks_for_no_new_holders(
    cast: Cast, wards: tuple[Unit, Unit, Unit], draft: Decision, office: Office
) -> None:
    part = Change("transfer", (Origin(cast.ward.pk, ends=False),), (Outcome(unit=wards[0].pk),))
    operations.add_events(decision=draft, row_version=1, changes=[part], viewer=office.viewer, at=NOW)
    assert [row.going_on for row in decision_rows([draft])] == [2]
    done = text_of(office.client.post(f"/sap-xep/{draft.pk}/thuc-hien/", follow=True))
    assert "Mở cây tổ chức" in done
    assert "Ghi người giữ chức danh ở đơn vị mới" not in done
    assert "Xem nghĩa vụ còn chờ" not in done


def test_an_undone_decision_is_drafted_again(cast: Cast, ready: Decision, office: Office, signed_in) -> None:
    office.client.post(f"/sap-xep/{ready.pk}/thuc-hien/")
    again = f"/sap-xep/{ready.pk}/lap-lai/"
    assert "Không lập lại được" in text_of(office.client.post(again, follow=True))
    office.client.post(f"/sap-xep/{ready.pk}/huy/")
    assert "Lập lại thành dự thảo" in text_of(office.client.get(f"/sap-xep/{ready.pk}/"))
    assert "đã bị hủy thực hiện" in text_of(office.client.get(f"/sap-xep/{ready.pk}/xem-truoc/"))
    assert signed_in(cast.outsider).post(again).status_code == 403
    office.client.post(again)
    draft = Decision.objects.latest("pk")
    assert (draft.state, draft.legal_basis) == (DecisionState.DRAFT, ready.legal_basis)
    assert office.client.post(f"/sap-xep/{draft.pk}/thuc-hien/").status_code == 302
    assert cast.ward.pk not in units_on(DAY)
