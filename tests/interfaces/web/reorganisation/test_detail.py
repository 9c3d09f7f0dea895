"""One decision: its events as sentences, what stands in their way, for whom it is."""

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision, Unit
from kientoan.domains.organisation.rules.changes import Change, Outcome
from tests.conftest import NOW, Cast

from .conftest import Office, text_of

Wards = tuple[Unit, Unit, Unit]


def test_an_empty_draft_says_what_to_do_next(draft: Decision, office: Office) -> None:
    page = text_of(office.client.get(f"/sap-xep/{draft.pk}/"))
    assert "Chưa có việc nào" in page
    assert f"/sap-xep/{draft.pk}/viec/" in page


def test_an_event_stands_as_a_sentence_with_links(
    cast: Cast, merger: Decision, office: Office, django_assert_max_num_queries
) -> None:
    office.client.get(f"/sap-xep/{merger.pk}/")
    with django_assert_max_num_queries(37):
        page = text_of(office.client.get(f"/sap-xep/{merger.pk}/"))
    assert f'<a href="/to-chuc/{cast.ward.pk}/">Phường Cái Khế</a>' in page
    assert '<strong>Phường Ninh Kiều</strong> <span class="mark mark--new">mới</span>' in page
    assert "1 chỗ vướng" in page


def test_events_are_searched_and_come_in_pages_at_a_fixed_number_of_statements(
    cast: Cast, draft: Decision, office: Office, django_assert_max_num_queries
) -> None:
    changes = [
        Change(
            "establish", (), (Outcome(key=f"k{n}", name=f"Phòng số {n}", kind="division", level="commune"),)
        )
        for n in range(120)
    ]
    operations.add_events(decision=draft, row_version=1, changes=changes, viewer=office.viewer, at=NOW)
    office.client.get(f"/sap-xep/{draft.pk}/")
    with django_assert_max_num_queries(37):
        page = text_of(office.client.get(f"/sap-xep/{draft.pk}/?page=2"))
    assert page.count('class="event event--wrong"') == 50
    assert "120 chỗ vướng" in page
    assert "và 108 chỗ nữa" in page
    found = text_of(office.client.get(f"/sap-xep/{draft.pk}/?q=phong so 77"))
    assert "Phòng số 77" in found
    assert "Phòng số 78</strong>" not in found


def test_an_applied_decision_is_read_by_an_outsider_without_buttons(
    cast: Cast, wards: Wards, draft: Decision, office: Office, signed_in
) -> None:
    change = Change("rename", (), (Outcome(cast.ward.pk, name="Phường Khác"),))
    operations.add_events(decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    outsider = signed_in(cast.outsider)
    assert outsider.get(f"/sap-xep/{draft.pk}/").status_code == 404
    operations.apply_decision(decision=draft, at=NOW, viewer=office.viewer)
    page = text_of(outsider.get(f"/sap-xep/{draft.pk}/"))
    assert "Phường Cái Khế" in page  # the name before
    assert "Phường Khác" in page
    assert "Thêm việc" not in page


def test_who_still_edits_an_applied_decision_is_told_who_applied_it(merger: Decision, office: Office) -> None:
    event = merger.changes.get()
    event.resulting_units.update(code="31199")
    operations.apply_decision(decision=merger, at=NOW, viewer=office.viewer)
    page = office.client.get(f"/sap-xep/{merger.pk}/viec/", follow=True)
    assert "đã được tochuc thực hiện lúc" in text_of(page)
