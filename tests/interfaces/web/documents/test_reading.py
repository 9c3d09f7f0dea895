"""The reading page: marks in place, the list, decisions by click and by key, adding, joining, splitting."""

import html
import json
import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kientoan.domains.documents.models import Document, DocumentState, Passage, PassageState, Provision
from kientoan.domains.plans.models import Target, Task
from kientoan.interfaces.web.documents.rendering import render_paper
from tests.conftest import Cast
from tests.domains.reorganisation import making

from .conftest import TASK, SignIn

HTMX = {"HX-Request": "true"}


def page_text(page) -> str:
    return " ".join(page.content.decode().split())


def passage(start: int, end: int, kind: str = "task", pk: int = 1) -> Passage:
    return Passage(pk=pk, kind=kind, start=start, end=end, state="proposed")


def plain(paper: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", paper))


# --- the paper


@pytest.mark.parametrize(
    "spans",
    [
        [],
        [(0, 5)],
        [(0, 30)],
        [(0, 20), (4, 9)],
        [(0, 10), (5, 15)],
        [(0, 10), (10, 20)],
        [(3, 18), (3, 18), (5, 30)],
        [(8, 25), (0, 12), (11, 13)],
    ],
)
def test_marks_never_change_the_words(spans: list[tuple[int, int]]) -> None:
    text = "Một hai <ba>\nbốn năm & sáu\nbảy"
    found = [passage(start, end, pk=key) for key, (start, end) in enumerate(spans, start=1)]
    paper = render_paper(text, found, [])
    assert plain(paper) == text.replace("\n", "")
    assert paper.count("<mark") == paper.count("</mark>")
    for item in found:
        assert paper.count(f'id="p{item.pk}"') == 1


def test_nested_findings_nest() -> None:
    paper = render_paper(
        "Giao Sở Y tế trước ngày 15/6.", [passage(0, 28), passage(13, 28, "deadline", 2)], []
    )
    assert re.search(r'<mark[^>]*id="p1"[^>]*>Giao Sở Y tế <mark[^>]*id="p2"', paper)


def test_a_passage_over_two_paragraphs_is_marked_in_both() -> None:
    paper = render_paper("Một hai\nba bốn", [passage(4, 10)], [])
    assert paper.count('data-p="1"') == 2
    assert paper.count('id="p1"') == 1


def test_paragraphs_know_their_place_in_the_text() -> None:
    text = "CHỈ THỊ\n\nĐiều 1. Giao việc\na) Sở Y tế"
    parts = [Provision(eid="art_1", kind="dieu", number="1", start=9, end=len(text))]
    paper = render_paper(text, [], parts)
    assert '<p class="line line--dieu" id="e-art_1" data-start="9">Điều 1. Giao việc</p>' in paper
    assert 'data-start="27">a) Sở Y tế</p>' in paper


def test_a_row_of_a_table_is_drawn_in_cells_and_keeps_its_words() -> None:
    text = "1 | Quận Ninh Kiều | 1.420 | 0,60\nHết bảng"
    found = [passage(4, 33), passage(21, 26, "target", 2)]
    paper = render_paper(text, found, [])
    assert plain(paper) == text.replace("\n", "")
    assert paper.count('class="cell-text"') == 4
    assert paper.count("<mark") == paper.count("</mark>")


def test_a_long_document_is_drawn_quickly() -> None:
    import time

    line = "a) Sở Y tế chủ trì rà soát các cơ sở khám bệnh, báo cáo trước ngày 15/6/2018.\n"
    text = line * 3000
    found = [
        passage(n * 237 % (len(text) - 99), n * 237 % (len(text) - 99) + 60, pk=n) for n in range(1, 1001)
    ]
    start = time.perf_counter()
    paper = render_paper(text, found, [])
    assert time.perf_counter() - start < 1.0  # about 0.05 s here; a square of it would take minutes
    assert plain(paper) == text.replace("\n", "")


# --- the page


def test_every_passage_and_provision_has_an_anchor(cast: Cast, signed_in: SignIn, document: Document) -> None:
    page = signed_in(cast.officer).get(f"/van-ban/{document.pk}/doc/").content.decode()
    for found in document.passages.all():
        assert page.count(f'id="p{found.pk}"') == 1
    assert 'id="e-' in page


def test_the_page_takes_a_fixed_number_of_queries(
    cast: Cast,
    signed_in: SignIn,
    task: Passage,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(cast.officer)
    copies = [
        Passage(
            document=task.document, kind="task", start=task.start, end=task.end, quote=task.quote,
            data=task.data, reading=task.reading, rule="t", confidence=0.9,
        )
        for _ in range(200)
    ]  # fmt: skip
    Passage.objects.bulk_create(copies)
    with django_assert_max_num_queries(30):
        page = client.get(f"/van-ban/{task.document_id}/doc/?loc=task").content.decode()
    assert page.count("data-passage=") == 50
    more = client.get(f"/van-ban/{task.document_id}/doc/danh-sach/?loc=task&trang=2").content.decode()
    assert more.count("data-passage=") == 50


def test_those_below_read_without_buttons(cast: Cast, signed_in: SignIn, task: Passage) -> None:
    page = page_text(signed_in(cast.reporter).get(f"/van-ban/{task.document_id}/doc/"))
    assert "Rà soát các cơ sở khám bệnh" in page
    assert "/nhan/" not in page
    assert "/bo/" not in page


@pytest.mark.parametrize("act", ["nhan", "bo", "tra-lai", "gop", "tach", "sua"])
def test_those_below_decide_nothing(cast: Cast, signed_in: SignIn, task: Passage, act: str) -> None:
    other = Passage.objects.create(
        document=task.document, kind="task", start=task.end, end=task.end + 1, quote=".", data={}
    )
    for user in (cast.reporter, cast.outsider):
        answer = signed_in(user).post(f"/van-ban/doan/{task.pk}/{act}/", {"place": task.start + 20})
        assert answer.status_code == 403
    task.refresh_from_db()
    assert task.state == PassageState.PROPOSED
    assert Passage.objects.filter(pk=other.pk).exists()


def test_a_draft_s_passages_are_hidden_from_outsiders(cast: Cast, signed_in: SignIn, draft: Document) -> None:
    found = draft.passages.first()
    assert found is not None
    assert signed_in(cast.outsider).get(f"/van-ban/doan/{found.pk}/").status_code == 404


def test_a_key_accepts_and_the_item_says_so(cast: Cast, signed_in: SignIn, task: Passage) -> None:
    answer = signed_in(cast.officer).post(f"/van-ban/doan/{task.pk}/nhan/", headers=HTMX)
    assert answer.status_code == 200
    assert json.loads(answer["HX-Trigger"]) == {"passage": {"id": task.pk, "state": "accepted"}}
    assert "Trả về chờ xác nhận" in page_text(answer)
    assert Task.objects.get().passage == task


def test_without_scripts_the_page_comes_back_with_a_way_to_undo(
    cast: Cast, signed_in: SignIn, task: Passage
) -> None:
    client = signed_in(cast.officer)
    answer = client.post(f"/van-ban/doan/{task.pk}/nhan/")
    assert answer.url == f"/van-ban/{task.document_id}/doc/?doan={task.pk}#p{task.pk}"
    assert f"/van-ban/{task.document_id}/doc/hoan-tac/" in page_text(client.get(answer.url))
    client.post(f"/van-ban/{task.document_id}/doc/hoan-tac/")
    assert not Task.objects.exists()


def test_an_unclear_body_opens_the_form_with_the_question(
    cast: Cast, signed_in: SignIn, task: Passage
) -> None:
    task.data = {**task.data, "lead": ["các cơ quan liên quan"]}
    task.save()
    answer = signed_in(cast.officer).post(f"/van-ban/doan/{task.pk}/nhan/", headers=HTMX)
    assert answer.status_code == 422
    assert "Đơn vị nào chủ trì?" in page_text(answer)
    assert "Sở Y tế" in page_text(answer)  # one of the candidates to tick
    assert not Task.objects.exists()


def form_values(client: Client, passage: Passage) -> dict[str, object]:
    form = client.get(f"/van-ban/doan/{passage.pk}/sua/").context["form"]
    values: dict[str, object] = {"row_version": passage.row_version}
    for name in form.fields:
        value = form[name].value()
        shown = value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else value
        if shown not in (None, False):
            values[form.add_prefix(name)] = shown
    return values


def test_a_correction_is_saved_and_accepted(cast: Cast, signed_in: SignIn, task: Passage) -> None:
    client = signed_in(cast.officer)
    prefix = f"d{task.pk}-"
    values = form_values(client, task) | {
        prefix + "title": "Rà soát cơ sở khám, chữa bệnh tư nhân",
        prefix + "units": [],
        prefix + "more_units": "UBND quận Cái Răng; Sở Y tế",
        prefix + "due_date": "31/05/2018",
        "accept": "1",
    }
    assert client.post(f"/van-ban/doan/{task.pk}/sua/", values).status_code == 302
    made = Task.objects.get()
    assert made.title == "Rà soát cơ sở khám, chữa bệnh tư nhân"
    assert str(made.due_date) == "2018-05-31"
    task.refresh_from_db()
    assert set(task.data["units"]) == {cast.other_district.pk, cast.department.pk}


def test_a_name_that_is_no_unit_is_named_in_the_form(cast: Cast, signed_in: SignIn, task: Passage) -> None:
    client = signed_in(cast.officer)
    values = form_values(client, task) | {f"d{task.pk}-more_units": "Sở Y tế tỉnh Hậu Giang"}
    answer = client.post(f"/van-ban/doan/{task.pk}/sua/", values, headers=HTMX)
    assert answer.status_code == 422
    assert "Không rõ “Sở Y tế tỉnh Hậu Giang” là đơn vị nào" in html.unescape(page_text(answer))


def test_two_correct_the_same_passage(cast: Cast, signed_in: SignIn, task: Passage) -> None:
    first, second = signed_in(cast.officer), signed_in(cast.clerk)
    values = form_values(second, task)
    first.post(f"/van-ban/doan/{task.pk}/sua/", form_values(first, task))
    assert second.post(f"/van-ban/doan/{task.pk}/sua/", values).status_code == 409


def test_a_target_is_corrected_and_accepted(cast: Cast, signed_in: SignIn, document: Document) -> None:
    target = document.passages.get(kind="target")
    client = signed_in(cast.officer)
    prefix = f"d{target.pk}-"
    values = form_values(client, target) | {
        prefix + "operator": ">=", prefix + "low": "82,5", prefix + "unit": "%", prefix + "period": "2018",
        prefix + "indicator": "Tỷ lệ bao phủ bảo hiểm y tế", prefix + "unit_id": cast.city.pk, "accept": "1",
    }  # fmt: skip
    answer = client.post(f"/van-ban/doan/{target.pk}/sua/", values)
    assert answer.status_code == 302
    made = Target.objects.get()
    assert (str(made.low), made.operator, str(made.period_start)) == ("82.500000", ">=", "2018-01-01")
    assert made.passage == target


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("low", "1,234.5", "không phải số"),
        ("period", "mùa khô", "không phải kỳ báo cáo"),
        ("unit", "", "Nhập đơn vị tính"),
        ("indicator", "", "đặt tên chỉ tiêu mới"),
    ],
)
def test_a_wrong_target_names_the_field(
    cast: Cast, signed_in: SignIn, document: Document, field: str, value: str, words: str
) -> None:
    target = document.passages.get(kind="target")
    client = signed_in(cast.officer)
    prefix = f"d{target.pk}-"
    good = {"operator": ">=", "low": "82,5", "unit": "%", "period": "2018", "indicator": "Tỷ lệ bao phủ"}
    good |= {"unit_id": cast.city.pk, "indicator_id": "", field: value}
    answer = client.post(
        f"/van-ban/doan/{target.pk}/sua/",
        {"row_version": target.row_version, **{prefix + key: shown for key, shown in good.items()}},
        headers=HTMX,
    )
    assert answer.status_code == 422
    assert words in page_text(answer)
    assert field in answer.context["form"].errors


def test_a_passage_is_dropped_and_comes_back(cast: Cast, signed_in: SignIn, task: Passage) -> None:
    client = signed_in(cast.officer)
    client.post(f"/van-ban/doan/{task.pk}/bo/", headers=HTMX)
    assert f'id="p{task.pk}"' not in page_text(client.get(f"/van-ban/{task.document_id}/doc/"))
    client.post(f"/van-ban/doan/{task.pk}/tra-lai/", headers=HTMX)
    task.refresh_from_db()
    assert task.state == PassageState.PROPOSED


def test_a_selected_sentence_becomes_a_passage(cast: Cast, signed_in: SignIn, document: Document) -> None:
    start = document.text.index("Lập danh mục")
    end = document.text.index("\nNơi nhận")
    client = signed_in(cast.officer)
    client.post(f"/van-ban/{document.pk}/doc/them/", {"kind": "task", "start": start, "end": end})
    added = document.passages.order_by("-pk")[0]
    assert added.quote == "Lập danh mục hồ sơ quá hạn trong tháng 3/2018."
    assert added.reading is None
    assert added.data["deadline"]["period"] == "2018-03"


def test_words_are_found_in_the_text_without_scripts(
    cast: Cast, signed_in: SignIn, document: Document
) -> None:
    client = signed_in(cast.officer)
    before = document.passages.count()
    answer = client.post(
        f"/van-ban/{document.pk}/doc/them/", {"kind": "task", "quote": "Lập  danh mục hồ sơ\nquá hạn"}
    )
    assert answer.status_code == 302
    missing = client.post(f"/van-ban/{document.pk}/doc/them/", {"kind": "task", "quote": "không có câu này"})
    assert missing.status_code == 422
    assert "Không tìm thấy câu này" in page_text(missing)
    twice = client.post(f"/van-ban/{document.pk}/doc/them/", {"kind": "task", "quote": "Ủy ban nhân dân"})
    assert "Chọn đúng chỗ" in page_text(twice)
    assert document.passages.count() == before + 1


def test_a_passage_is_split_and_joined_again(cast: Cast, signed_in: SignIn, task: Passage) -> None:
    client = signed_in(cast.officer)
    place = task.document.text.index(" báo cáo trước ngày")
    client.post(f"/van-ban/doan/{task.pk}/tach/", {"place": place})
    task.refresh_from_db()
    second = task.document.passages.filter(kind="task").exclude(pk=task.pk).get()
    assert task.quote.endswith("khám bệnh,")
    assert second.quote.startswith("báo cáo trước")
    assert second.data["lead"] == ["Sở Y tế"]
    client.post(f"/van-ban/doan/{task.pk}/gop/")
    task.refresh_from_db()
    second.refresh_from_db()
    assert task.quote == TASK
    assert second.state == PassageState.DROPPED
    client.post(f"/van-ban/{task.document_id}/doc/hoan-tac/")
    client.post(f"/van-ban/{task.document_id}/doc/hoan-tac/")
    assert task.document.passages.filter(kind="task").get().quote == TASK


def test_the_sure_ones_are_shown_and_accepted_together(cast: Cast, signed_in: SignIn, task: Passage) -> None:
    client = signed_in(cast.officer)
    address = f"/van-ban/{task.document_id}/doc/nhan-chac/"
    assert "Rà soát các cơ sở khám bệnh" in page_text(client.get(address))
    client.post(address, {"ids": [task.pk]})
    assert Task.objects.get().passage == task
    assert "Không có đoạn nào hoàn toàn chắc chắn" in page_text(
        client.get(address)
    ) or Passage.objects.filter(state="proposed")


def test_a_draft_asks_to_be_entered_first(cast: Cast, signed_in: SignIn, task: Passage) -> None:
    Document.objects.update(state=DocumentState.DRAFT)
    answer = signed_in(cast.officer).post(f"/van-ban/doan/{task.pk}/nhan/", headers=HTMX)
    assert answer.status_code == 422
    assert "Văn bản chưa vào sổ" in page_text(answer)


def test_accepted_tasks_are_handed_down_from_the_document(
    cast: Cast, signed_in: SignIn, task: Passage
) -> None:
    client = signed_in(cast.officer)
    client.post(f"/van-ban/doan/{task.pk}/nhan/", headers=HTMX)
    address = f"/van-ban/{task.document_id}/doc/giao/"
    assert "Sở Y tế" in page_text(client.get(address))
    client.post(address, {"ids": [Task.objects.get().pk]})
    made = Task.objects.get()
    assert made.handed_down_at is not None
    assert made.lead_unit == cast.department
    answer = client.post(f"/van-ban/doan/{task.pk}/tra-lai/", headers=HTMX)
    assert answer.status_code == 422
    assert "Đã giao xuống" in page_text(answer)


def test_handing_down_from_the_document_says_which_units_end(
    cast: Cast, signed_in: SignIn, task: Passage
) -> None:
    client = signed_in(cast.officer)
    client.post(f"/van-ban/doan/{task.pk}/nhan/", headers=HTMX)
    new = making.Outcome(key="a", name="Sở Y tế và Dân số", kind="department", level="province")
    merger = making.Change("merge_new", (making.Origin(cast.department.pk),), (new,))
    making.apply(making.draft(merger, day=date(2018, 12, 1)))
    page = page_text(client.get(f"/van-ban/{task.document_id}/doc/giao/"))
    assert "(đến hết 30/11/2018, rồi chuyển cho Sở Y tế và Dân số)" in page


def test_an_accepted_passage_leads_up_to_its_task(cast: Cast, signed_in: SignIn, task: Passage) -> None:
    client = signed_in(cast.officer)
    client.post(f"/van-ban/doan/{task.pk}/nhan/", headers=HTMX)
    page = page_text(client.get(f"/van-ban/{task.document_id}/doc/?doan={task.pk}"))
    assert 'class="made"' in page
