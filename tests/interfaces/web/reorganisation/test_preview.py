"""The preview: both trees, codes, and who takes over from each unit."""

import pytest

from kientoan.domains.documents.models import PolicyField
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision, Unit
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome
from kientoan.domains.plans.models import Rule, Task
from kientoan.domains.reorganisation.models import Choice
from tests.conftest import NOW, START, Cast
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import poor

from .conftest import Office, text_of

Wards = tuple[Unit, Unit, Unit]


@pytest.fixture
def split(cast: Cast, draft: Decision, office: Office) -> Decision:
    """The ward of the cast becomes two; nobody knows the larger part."""
    new = tuple(
        Outcome(key=name, name=f"Phường {name}", kind="ward", level="commune") for name in ("Một", "Hai")
    )
    change = Change("split", (Origin(cast.ward.pk),), new)
    operations.add_events(decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    Task.objects.create(
        title="Nạo vét kênh", lead_unit=cast.ward, assigner_unit=cast.city, created_at=NOW,
        created_by=cast.officer, start_date=START, origin_note="Kết luận họp", handed_down_at=NOW,
    )  # fmt: skip
    draft.refresh_from_db()
    return draft


def test_ended_and_new_units_are_told_by_words(
    merger: Decision, office: Office, django_assert_max_num_queries
) -> None:
    address = f"/sap-xep/{merger.pk}/xem-truoc/"
    office.client.get(address)
    with django_assert_max_num_queries(63):
        page = text_of(office.client.get(address))
    assert "<s>Phường Cái Khế</s>" in page
    assert "kết thúc</span>" in page
    assert '<span class="mark mark--new">mới</span>' in page
    assert "chưa đơn vị nào thay đổi" in page
    assert "1 chỗ vướng" in page  # the code is another's


def test_a_task_without_a_clear_heir_would_wait_and_an_heir_is_chosen(
    cast: Cast, split: Decision, office: Office
) -> None:
    address = f"/sap-xep/{split.pk}/xem-truoc/"
    page = text_of(office.client.get(address))
    assert "1 nhiệm vụ chủ trì" in page
    assert "1 nghĩa vụ của 1 đơn vị sẽ chờ quyết định nơi nhận" in page
    assert "1 nhiệm vụ: chưa chọn đơn vị nhận" in page
    first = split.changes.get().resulting_units.order_by("pk").first()
    assert first is not None
    data = {"act": "save", f"rule-{cast.ward.pk}": f"one:r{first.pk}"}
    assert office.client.post(f"/sap-xep/{split.pk}/ke-tuc/", data).status_code == 302
    choice = Choice.objects.get()
    assert (choice.rule, choice.result) == (Rule.ONE, first)
    page = text_of(office.client.get(address))
    assert "Mọi nghĩa vụ đều đã rõ nơi nhận" in page
    assert "Đã có người chọn" in page


def test_going_on_writes_what_was_chosen_on_the_way(cast: Cast, split: Decision, office: Office) -> None:
    first = split.changes.get().resulting_units.order_by("pk")[0]
    page = text_of(office.client.get(f"/sap-xep/{split.pk}/xem-truoc/"))
    assert 'form="effects-form" name="act" value="go_on"' in page
    address = f"/sap-xep/{split.pk}/ke-tuc/"
    refused = office.client.post(address, {"act": "go_on", f"rule-{cast.ward.pk}": "one:r999999"})
    assert "/xem-truoc/" in refused.headers["Location"]
    gone = office.client.post(address, {"act": "go_on", f"rule-{cast.ward.pk}": f"one:r{first.pk}"})
    assert gone.headers["Location"] == f"/sap-xep/{split.pk}/thuc-hien/"
    assert Choice.objects.get().result == first


def test_two_rates_that_meet_are_told_beforehand_with_both_numbers(
    cast: Cast, wards: Wards, draft: Decision, office: Office
) -> None:
    held, indicator = make_set(cast), poor()
    for unit, low in ((cast.ward, "3"), (wards[0], "4.5")):
        make_target(cast, held, indicator, unit, low)
    new = Outcome(key="n", name="Phường Ninh Kiều", kind="ward", level="commune")
    change = Change("merge_new", (Origin(cast.ward.pk), Origin(wards[0].pk)), (new,))
    operations.add_events(decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    page = text_of(office.client.get(f"/sap-xep/{draft.pk}/xem-truoc/?cho=1"))
    assert "Mọi nghĩa vụ đều đã rõ nơi nhận" not in page
    assert "1 nghĩa vụ của 1 đơn vị sẽ chờ" in page
    assert "“Tỷ lệ hộ nghèo” (năm 2018), ≥ 4,5; Phường Cái Khế có ≥ 3" in page
    assert "hai số này không cộng được" in page


def test_all_are_set_back_to_what_is_proposed_or_divided_at_once(
    cast: Cast, split: Decision, office: Office
) -> None:
    address = f"/sap-xep/{split.pk}/ke-tuc/"
    office.client.post(address, {"act": "divide"})
    assert Choice.objects.get().rule == Rule.DIVIDE
    office.client.post(address, {"act": "propose"})
    assert Choice.objects.get().rule == Rule.WAIT
    office.client.post(address, {"act": "above"})
    assert Choice.objects.get().rule == Rule.WAIT or Choice.objects.get().heir == cast.district


def test_each_field_goes_to_its_own_heir_and_the_rest_to_one(
    cast: Cast, split: Decision, office: Office
) -> None:
    health, land = (
        PolicyField.objects.create(code=f"test-{name}", name=name) for name in ("Y tế cơ sở", "Đất đai")
    )
    task = Task.objects.get()
    task.field = health
    task.save(update_fields=["field"])
    address, ward = f"/sap-xep/{split.pk}/xem-truoc/", cast.ward.pk
    page = text_of(office.client.get(address))
    assert f'name="field-{ward}-{health.pk}"' in page
    assert f"field-{ward}-{land.pk}" not in page  # nothing of the ward is in it
    one, two = split.changes.get().resulting_units.order_by("pk")
    nobody = {"act": "save", f"rule-{ward}": "by_field:"}
    refused = text_of(office.client.post(f"/sap-xep/{split.pk}/ke-tuc/", nobody, follow=True))
    assert "ít nhất một lĩnh vực" in refused
    for wrong in ({f"field-{ward}-999999": f"r{two.pk}"}, {f"field-{ward}-{health.pk}": "r0"}):
        office.client.post(f"/sap-xep/{split.pk}/ke-tuc/", nobody | wrong)
        assert not Choice.objects.exists()
    data = nobody | {f"field-{ward}-{health.pk}": f"r{two.pk}", f"rest-{ward}": f"r{one.pk}"}
    office.client.post(f"/sap-xep/{split.pk}/ke-tuc/", data)
    choice = Choice.objects.get()
    assert (choice.rule, choice.result) == (Rule.BY_FIELD, one)
    assert [(row.field, row.result) for row in choice.fields.all()] == [(health, two)]
    page = text_of(office.client.get(address))
    assert '<option value="by_field:" selected>' in page
    assert "Mọi nghĩa vụ đều đã rõ nơi nhận" in page
    office.client.post(f"/sap-xep/{split.pk}/thuc-hien/")
    task.refresh_from_db()
    two.refresh_from_db()
    assert task.lead_unit_id == two.unit_id


def test_a_choice_that_is_not_offered_is_refused(cast: Cast, split: Decision, office: Office) -> None:
    office.client.post(f"/sap-xep/{split.pk}/ke-tuc/", {"act": "save", f"rule-{cast.ward.pk}": "one:r0"})
    assert not Choice.objects.exists()
    assert "Hãy chọn đơn vị nhận" in text_of(office.client.get(f"/sap-xep/{split.pk}/"))


def test_an_outsider_sees_no_preview_of_a_draft(
    cast: Cast, split: Decision, office: Office, signed_in
) -> None:
    for client in (signed_in(cast.outsider), office.elsewhere):
        assert client.get(f"/sap-xep/{split.pk}/xem-truoc/").status_code == 404
        assert client.post(f"/sap-xep/{split.pk}/ke-tuc/", {"act": "divide"}).status_code == 404


def test_the_committee_of_a_district_that_ends_is_asked_about_and_ended_with_it(
    cast: Cast, draft: Decision, office: Office, signed_in
) -> None:
    committee = operations.establish_unit(
        name="Quận ủy Ninh Kiều", kind="party_committee", level="district", start=START,
        parents={"party": cast.committee},
    )  # fmt: skip
    change = Change("dissolve", (Origin(cast.district.pk), Origin(cast.ward.pk)))
    operations.add_events(decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    address = f"/sap-xep/{draft.pk}/"
    page = text_of(office.client.get(f"{address}xem-truoc/"))  # the city's officer does not arrange the Party
    assert "cũng kết thúc?" in page
    assert "hệ thống bạn không được giao" in page
    assert "Chưa chọn cơ quan nào" in text_of(
        office.client.post(f"{address}co-quan/", {"organ": [committee.pk]}, follow=True)
    )
    admin = signed_in(cast.admin)
    told = admin.post(f"{address}co-quan/", {"organ": [committee.pk, cast.department.pk]}, follow=True)
    assert "Đã thêm việc kết thúc 1 cơ quan" in text_of(told)
    assert "cũng kết thúc?" not in text_of(told)
    assert draft.changes.count() == 2
    assert office.elsewhere.post(f"{address}co-quan/", {"organ": committee.pk}).status_code == 404
