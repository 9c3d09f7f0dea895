"""Duties without a successor wait in a list, are given to a unit, and can be taken back."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations as organisation
from kientoan.domains.organisation.models import Decision, Hierarchy, Role, Unit
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Place
from kientoan.domains.plans.models import Succession, Task
from kientoan.domains.reorganisation import operations
from tests.conftest import NOW, PASSWORD, START, Cast
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import poor

from .conftest import Office, text_of


@pytest.fixture
def dissolved(cast: Cast, wards: tuple[Unit, Unit, Unit], draft: Decision, office: Office) -> Decision:
    """One of several wards is dissolved with two tasks; nobody takes over."""
    for title in ("Nạo vét kênh", "Sửa cầu"):
        Task.objects.create(
            title=title, lead_unit=cast.ward, assigner_unit=cast.city, created_at=NOW,
            created_by=cast.officer, start_date=START, origin_note="Kết luận họp", handed_down_at=NOW,
        )  # fmt: skip
    change = Change("dissolve", (Origin(cast.ward.pk),))
    organisation.add_events(decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    operations.apply_decision(decision=draft, at=NOW, viewer=office.viewer)
    return draft


def pick(client: Client, unit: str, *rows: Succession, **more: str):
    return client.post(
        "/sap-xep/cho/", {"ids": [str(row.pk) for row in rows], "heir": unit, **more}, follow=True
    )


def test_what_waits_is_listed_with_its_origin_and_on_the_start_page(
    cast: Cast, dissolved: Decision, office: Office, django_assert_max_num_queries
) -> None:
    office.client.get("/sap-xep/cho/")
    with django_assert_max_num_queries(35):
        page = text_of(office.client.get("/sap-xep/cho/"))
    for words in ("Nạo vét kênh", "Sửa cầu", "Phường Cái Khế", "Nghị quyết 893", "chủ trì"):
        assert words in page
    assert "Nghĩa vụ chờ nơi nhận" in text_of(office.client.get("/"))


def test_chosen_duties_go_to_a_unit_and_come_back(cast: Cast, dissolved: Decision, office: Office) -> None:
    row = Succession.objects.waiting().get(task__title="Sửa cầu")
    page = text_of(pick(office.client, "quan ninh kieu", row))
    assert "Đã giao 1 nghĩa vụ" in page
    assert Task.objects.get(title="Sửa cầu").lead_unit == cast.district
    assert Task.objects.get(title="Nạo vét kênh").lead_unit == cast.ward
    office.client.post("/sap-xep/cho/hoan-tac/")
    assert Task.objects.get(title="Sửa cầu").lead_unit == cast.ward
    assert Succession.objects.waiting().filter(task__isnull=False).count() == 2
    assert office.client.post("/sap-xep/cho/hoan-tac/").status_code == 404


def test_what_waits_of_a_decision_dated_ahead_is_decided_before_its_day(
    cast: Cast, wards: tuple[Unit, Unit, Unit], office: Office
) -> None:
    Task.objects.create(
        title="Nạo vét kênh", lead_unit=cast.ward, assigner_unit=cast.city, created_at=NOW,
        created_by=cast.officer, start_date=START, origin_note="Kết luận họp", handed_down_at=NOW,
    )  # fmt: skip
    later = organisation.start_draft(
        legal_basis="Nghị quyết 1668", effective_date=date(2025, 7, 1), viewer=office.viewer, at=NOW
    )
    place = Place(Hierarchy.GOVERNMENT, cast.city.pk)
    new = Outcome(key="a", name="Phường Ninh Kiều", kind="ward", level="commune", places=(place,))
    changes = [
        Change("dissolve", (Origin(cast.ward.pk),)),
        Change("merge_new", (Origin(wards[0].pk), Origin(wards[1].pk)), (new,)),
    ]
    organisation.add_events(decision=later, row_version=1, changes=changes, viewer=office.viewer, at=NOW)
    operations.apply_decision(decision=later, at=NOW, viewer=office.viewer)
    row = Succession.objects.waiting().get(task__title="Nạo vét kênh", part="lead")
    assert "Nạo vét kênh" in text_of(office.client.get("/sap-xep/cho/"))
    page = text_of(pick(office.client, "Phường Ninh Kiều", row))  # a unit that is not there yet today
    assert "Đã giao 1 nghĩa vụ" in page
    office.client.post("/sap-xep/cho/hoan-tac/")
    assert Succession.objects.waiting().filter(task__title="Nạo vét kênh").exists()


def test_a_rate_that_waits_shows_the_one_it_meets_and_one_chooses_which_holds(
    cast: Cast, wards: tuple[Unit, Unit, Unit], draft: Decision, office: Office
) -> None:
    held, indicator = make_set(cast), poor()
    first, second = (
        make_target(cast, held, indicator, unit, low) for unit, low in ((cast.ward, "3"), (wards[0], "4.5"))
    )
    new = Outcome(key="n", name="Phường Ninh Kiều", kind="ward", level="commune")
    change = Change("merge_new", (Origin(cast.ward.pk), Origin(wards[0].pk)), (new,))
    organisation.add_events(decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    operations.apply_decision(decision=draft, at=NOW, viewer=office.viewer)
    page = text_of(office.client.get("/sap-xep/cho/"))
    assert "≥ 4,5 %, năm 2018" in page
    assert "Phường Ninh Kiều đã có: ≥ 3 %, năm 2018" in page
    assert "Cộng hai chỉ tiêu thành một" in page
    row = Succession.objects.waiting().get(target=second)
    refused = pick(office.client, "Phường Ninh Kiều", row, meeting="add")
    assert refused.status_code == 422
    assert "không cộng được" in text_of(refused)
    assert "Đã giao 1 nghĩa vụ" in text_of(pick(office.client, "Phường Ninh Kiều", row, meeting="replace"))
    first.refresh_from_db()
    assert first.low == Decimal("4.5")


def test_all_of_the_filter_go_at_once(cast: Cast, dissolved: Decision, office: Office) -> None:
    page = office.client.post(
        f"/sap-xep/cho/?unit={cast.ward.pk}&kind=task", {"everything": "1", "heir": "Quận Ninh Kiều"}
    )
    assert page.status_code == 302
    assert not Task.objects.filter(lead_unit=cast.ward).exists()


def test_a_filter_that_finds_nobody_any_more_gives_nothing_away(
    cast: Cast, dissolved: Decision, office: Office
) -> None:
    address = f"/sap-xep/cho/?unit={cast.district.pk}"
    page = office.client.post(address, {"everything": "1", "heir": "Quận Ninh Kiều"})
    assert page.status_code == 422
    assert Task.objects.filter(lead_unit=cast.ward).count() == 2
    shown = text_of(office.client.get(address))
    assert "Không còn việc nào chờ với lựa chọn này" in shown
    assert "Nạo vét kênh" not in shown


def test_the_last_of_a_filter_leads_back_to_the_whole_list(
    cast: Cast, dissolved: Decision, office: Office
) -> None:
    data = {"everything": "1", "heir": "Quận Ninh Kiều"}
    page = office.client.post(f"/sap-xep/cho/?unit={cast.ward.pk}", data)
    assert page.headers["Location"] == "/sap-xep/cho/"


def test_what_is_missing_is_said(cast: Cast, dissolved: Decision, office: Office) -> None:
    row = Succession.objects.waiting().filter(task__isnull=False).first()
    assert row is not None
    assert "Hãy chọn ít nhất một nghĩa vụ" in text_of(pick(office.client, "Quận Ninh Kiều"))
    page = pick(office.client, "không có", row)
    assert page.status_code == 422
    assert "Không có đơn vị nào tên" in text_of(page)


def test_an_empty_list_says_that_nothing_waits(office: Office) -> None:
    assert "Không có nghĩa vụ nào chờ" in text_of(office.client.get("/sap-xep/cho/"))


def test_an_outsider_neither_sees_nor_gives_them(
    cast: Cast, dissolved: Decision, office: Office, signed_in
) -> None:
    assert signed_in(cast.outsider).get("/sap-xep/cho/").status_code == 403
    assert "Nạo vét kênh" not in text_of(office.elsewhere.get("/sap-xep/cho/"))
    row = Succession.objects.waiting().first()
    assert row is not None
    assert pick(office.elsewhere, "Quận Cái Răng", row).status_code == 422  # as if it were not there
    assert Succession.objects.waiting().filter(pk=row.pk).exists()
    assert signed_in(cast.outsider).post("/sap-xep/cho/hoan-tac/").status_code == 404


def test_an_officer_of_other_units_reads_that_something_waits_elsewhere(
    cast: Cast, dissolved: Decision, office: Office
) -> None:
    page = text_of(office.elsewhere.get("/sap-xep/cho/"))
    assert "Không có nghĩa vụ nào chờ bạn quyết định" in page
    assert "ngoài quyền của bạn" in page
    assert "đều có nơi nhận" not in page
    assert "Sửa cầu" not in page


def test_who_lost_a_role_with_the_unit_reads_the_decision_and_who_decides(
    cast: Cast, wards: tuple[Unit, Unit, Unit], draft: Decision, office: Office, signed_in
) -> None:
    user = User.objects.create_user("baocao.caikhe", PASSWORD, full_name="Báo Cáo Cái Khế")
    organisation.grant_role(
        user=user, role=Role.REPORTER, unit=cast.ward, start=START, end=None, by=None, at=NOW
    )
    change = Change("dissolve", (Origin(cast.ward.pk),))
    organisation.add_events(decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    operations.apply_decision(decision=draft, at=NOW, viewer=office.viewer)
    client = signed_in(user)
    for address in ("/", "/ho-so/"):
        page = text_of(client.get(address, follow=True))
        assert "Phường Cái Khế hết từ ngày 30/06/2018, theo Nghị quyết 893/NQ-UBTVQH14" in page, address
        assert "<strong>tochuc</strong>" in page
        assert "tochuc2" not in page
        assert "Tài khoản chưa có vai trò" not in page
