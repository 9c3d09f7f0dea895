"""The page from a resolution to the draft: what was read, the questions, the boxes, the draft."""

import re

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kientoan.domains.documents.models import Document
from kientoan.domains.organisation.models import ChangeEvent, Decision
from kientoan.domains.organisation.queries.plan import plan_of
from tests.domains.reorganisation.resolutions import CLAUSES, DAY, HEAD

from .conftest import Office

STRANGE = CLAUSES[2].replace("thị trấn Cờ Đỏ", "xã Zzyx Qwrt")


def words_of(page) -> str:
    return " ".join(page.content.decode().split())


def address(document: Document) -> str:
    return f"/sap-xep/tu-van-ban/{document.pk}/"


def filled(page) -> dict[str, list[str]]:
    """What the browser would send: ticked boxes, selected options, the texts."""
    html = page.content.decode()
    data: dict[str, list[str]] = {"item": [], "also": []}
    for name, value in re.findall(r'type="checkbox" name="(item|also)" value="([^"]+)" checked', html):
        data[name].append(value)
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        data[name] = re.findall(r'value="([^"]*)" selected', options)
    data["legal_basis"] = ["Nghị quyết 1668/NQ-UBTVQH15"]
    return data


def test_an_outsider_sees_no_draft_of_a_paper_and_nobody_drafts_without_the_right(office: Office) -> None:
    document = office.take()
    assert office.client(office.reporter).get(address(document)).status_code == 403
    assert office.client(office.clerk).post(address(document), {}).status_code == 403
    assert (
        office.client(office.admin).get(address(document).replace(str(document.pk), "9999")).status_code
        == 404
    )
    assert Client().get(address(document)).status_code == 302
    assert not Decision.objects.exists()


def test_the_paper_leads_here_for_those_who_organise(office: Office) -> None:
    document = office.take()
    link = f'href="{address(document)}"'
    assert link in office.client(office.admin).get(f"/van-ban/{document.pk}/").content.decode()
    assert link not in office.client(office.reporter).get(f"/van-ban/{document.pk}/").content.decode()
    other = office.take(words=f"{HEAD}Giao Sở Nội vụ báo cáo trước ngày 15/7/2025.".replace("1668", "1669"))
    assert "tu-van-ban" not in office.client(office.admin).get(f"/van-ban/{other.pk}/").content.decode()


def test_the_page_shows_what_was_read_and_why(office: Office) -> None:
    shown = words_of(office.client(office.admin).get(address(office.take())))
    for words in (
        "01/07/2025", "chính thức hoạt động từ ngày 01 tháng 7 năm 2025", "văn bản nêu 6 đơn vị cấp xã",
        "khoản 2 Điều 1", "Phần còn lại", "3/3 đơn vị cấp xã của Tỉnh Sóc Trăng", "Đơn vị cấp huyện kết thúc",
    ):  # fmt: skip
        assert words in shown


def test_one_click_makes_a_draft_that_can_be_applied(office: Office) -> None:
    document, client = office.take(), office.client(office.admin)
    answer = client.post(address(document), filled(client.get(address(document))))
    decision = Decision.objects.get()
    assert answer.url == f"/sap-xep/{decision.pk}/"
    assert (decision.document, decision.effective_date, decision.state) == (document, DAY, "draft")
    plan = plan_of(decision)
    assert plan.collisions == ()
    assert (len(plan.new), len(plan.ending)) == (4, 11)
    assert any(note.startswith("Khoản 1 Điều 1") for note in decision.changes.values_list("note", flat=True))
    assert client.get(answer.url).status_code == 200


def test_an_open_question_is_asked_and_an_answer_taken(office: Office) -> None:
    document, client = office.take(*CLAUSES[:2], STRANGE, *CLAUSES[3:]), office.client(office.admin)
    page = client.get(address(document))
    assert "Không có đơn vị nào mang tên này" in words_of(page)
    data = filled(page)
    refused = client.post(address(document), data)
    assert refused.status_code == 422
    assert "câu hỏi chưa trả lời đúng" in words_of(refused)
    wrong = client.post(address(document), data | {"c-3-2": "99999"})
    assert wrong.status_code == 422
    code = office.land["Thị trấn Cờ Đỏ"].codes.get().code
    homonyms = [office.land[name].pk for name in ("Xã Thạnh Phú", "Xã Thạnh Phú (Huyện Mỹ Xuyên)")]
    answers = {"c-3-2": code, "u-3-1": homonyms[0], "u-6-1": homonyms[1]}
    assert client.post(address(document), data | answers).status_code == 302
    origins = ChangeEvent.objects.get(note__contains="Khoản 3").original_units
    assert office.land["Thị trấn Cờ Đỏ"].pk in origins.values_list("unit_id", flat=True)


def test_unticked_clauses_and_boxes_stay_out(office: Office) -> None:
    document, client = office.take(), office.client(office.admin)
    data = filled(client.get(address(document)))
    client.post(address(document), data | {"item": ["1", "2"], "also": []})
    assert Decision.objects.get().changes.count() == 2
    nothing = client.post(address(document), data | {"item": [], "also": []})
    assert "Chưa chọn khoản nào" in words_of(nothing)


def test_who_organises_one_province_is_told_what_is_lacking(office: Office) -> None:
    document, client = office.take(), office.client(office.personnel)
    page = client.get(address(document))
    assert "chưa có quyền sắp xếp đơn vị của Tỉnh Sóc Trăng" in words_of(page)
    assert client.post(address(document), filled(page)).status_code == 403
    assert not Decision.objects.exists()


def test_another_day_and_another_place_can_be_read(office: Office) -> None:
    document, client = office.take(), office.client(office.admin)
    shown = words_of(client.get(address(document), {"day": "01/08/2025"}))
    assert "01/08/2025" in shown
    other = office.land["Tỉnh Sóc Trăng"].pk
    assert "Câu hỏi" in words_of(client.get(address(document), {"under": [other]}))


def test_a_text_without_a_day_asks_for_one(office: Office) -> None:
    words = f"Nghị quyết\nSắp xếp đơn vị hành chính cấp xã của thành phố Cần Thơ\n1. {CLAUSES[0]}"
    document, client = office.take(), office.client(office.admin)
    Document.objects.filter(pk=document.pk).update(text=words)
    assert "không ghi ngày" in words_of(client.get(address(document)))
    assert "01/07/2025" in words_of(client.get(address(document), {"day": "01/07/2025"}))


def test_a_text_on_something_else_says_so(office: Office) -> None:
    document = office.take()
    Document.objects.filter(pk=document.pk).update(text="Giao Sở Nội vụ báo cáo.")
    shown = words_of(office.client(office.admin).get(address(document)))
    assert "Không đọc thấy khoản nào" in shown


def test_the_number_of_queries_does_not_grow_with_the_clauses(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = office.client(office.admin)
    one, all_ = office.take(*CLAUSES[:1]), office.take()
    client.get(address(one))
    with django_assert_max_num_queries(QUERIES):
        client.get(address(one))
    with django_assert_max_num_queries(QUERIES):
        client.get(address(all_))


QUERIES = 16
