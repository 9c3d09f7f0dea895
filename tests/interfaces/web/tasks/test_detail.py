"""The page of a task, and what one does there."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, DocumentType, Issuer, Passage
from kientoan.domains.organisation.operations import register_documents
from kientoan.domains.plans.models import Evidence, Task, TaskState
from kientoan.domains.plans.operations import updates
from tests.conftest import NOW, Cast
from tests.domains.plans.making import completed, doing, draft, given

SignIn = Callable[[User], Client]


def url(task: Task, more: str = "") -> str:
    return f"/nhiem-vu/{task.pk}/{more}"


PAGES = ["", "bao-cao/", "sua/", "giao/"]
POSTS = ["bao-cao/", "thao-tac/", "hoan-tac/", "xoa/", "sua/", "giao/"]


@pytest.mark.parametrize("user", ["outsider", "nobody"])
def test_an_outsider_finds_no_page_of_the_task(cast: Cast, signed_in: SignIn, user: str) -> None:
    task = given(cast)
    client = signed_in(getattr(cast, user))
    for page in PAGES:
        assert client.get(url(task, page)).status_code == 404, page
    for page in POSTS:
        assert client.post(url(task, page), {"kind": "no_change", "act": "close"}).status_code == 404, page
    assert task.updates.count() == 1


def test_a_draft_is_not_found_by_the_unit_it_is_meant_for(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in(cast.head).get(url(draft(cast, lead_unit=cast.district))).status_code == 404


def test_the_page_shows_the_five_clear_things_and_the_sentence(cast: Cast, signed_in: SignIn) -> None:
    issuer = Issuer.objects.create(name="UBND thành phố")
    kind = DocumentType.objects.get_or_create(abbreviation="KH", name="Kế hoạch")[0]
    document = Document.objects.create(
        type=kind, number="168/KH-UBND", issuer=issuer, issued_date=date(2017, 12, 20), subject="Kế hoạch",
        state="registered", registered_at=NOW, text="Quận Ninh Kiều bàn giao mặt bằng.",
    )  # fmt: skip
    register_documents(unit=cast.city, documents=[document])
    passage = Passage.objects.create(document=document, kind="task", start=0, end=33, quote=document.text)
    task = given(
        cast, passage=passage, output="Biên bản bàn giao", checker_post_id=cast.department_head_post.pk,
        deadline_text="trước 30/9", cooperating_units=[cast.department],
    )  # fmt: skip
    page = signed_in(cast.head).get(url(task)).content.decode()
    for words in (
        "Quận Ninh Kiều", "Chủ tịch UBND quận", "Đặng Thủ Trưởng", "Biên bản bàn giao", "30/09/2018",
        "trước 30/9", "Giám đốc Sở Y tế", "Quận Ninh Kiều bàn giao mặt bằng.", "168/KH-UBND", "Sở Y tế",
    ):  # fmt: skip
        assert words in page, words


def test_the_page_takes_a_bounded_number_of_statements(cast: Cast, signed_in: SignIn) -> None:
    task = given(cast, cast.district, cast.other_district)
    client = signed_in(cast.officer)
    client.get(url(task))
    with CaptureQueriesContext(connection) as caught:
        client.get(url(task))
    few = len(caught)
    for number in range(5):
        updates.urge(task_id=task.pk, note=f"{number}", **doing(cast, cast.officer))
    with CaptureQueriesContext(connection) as caught:
        client.get(url(task))
    assert len(caught) <= few + 1
    assert few <= 26, [query["sql"][:90] for query in caught]


def test_one_click_says_no_change_and_can_be_undone(cast: Cast, signed_in: SignIn) -> None:
    task = given(cast)
    client = signed_in(cast.reporter)
    answer = client.post(url(task, "bao-cao/"), {"kind": "no_change"}, follow=True)
    assert "Đã ghi nhận" in answer.content.decode()
    assert task.updates.count() == 2
    client.post(url(task, "hoan-tac/"))
    assert task.updates.count() == 1


def test_one_click_in_the_list_gives_the_row_back(cast: Cast, signed_in: SignIn) -> None:
    task = given(cast)
    answer = signed_in(cast.reporter).post(
        url(task, "bao-cao/"), {"kind": "no_change"}, HTTP_HX_REQUEST="true"
    )
    page = answer.content.decode()
    assert f'<tr id="task-{task.pk}"' in page
    assert "Đang thực hiện" in page
    assert "Đã ghi nhận" in page


def test_progress_and_completion_with_evidence_reach_the_assigner(cast: Cast, signed_in: SignIn) -> None:
    task = given(cast)
    reporter, head, officer = signed_in(cast.reporter), signed_in(cast.head), signed_in(cast.officer)
    reporter.post(url(task, "bao-cao/"), {"kind": "progress", "percent": "40", "note": "Xong 4/10"})
    paper = SimpleUploadedFile("biên bản.pdf", b"%PDF-1.4 bien ban", content_type="application/pdf")
    reporter.post(url(task, "bao-cao/"), {"kind": "completion", "note": "Xong", "evidence": paper})
    assert "Chờ bạn duyệt" in head.get(url(task)).content.decode()
    head.post(url(task, "thao-tac/"), {"act": "approve"})
    officer.post(url(task, "thao-tac/"), {"act": "close"})
    task.refresh_from_db()
    assert task.state == TaskState.DONE
    page = officer.get(url(task)).content.decode()
    assert "biên bản.pdf" in page
    assert "Xong 4/10" in page


def test_evidence_is_given_only_to_those_who_see_the_task(cast: Cast, signed_in: SignIn) -> None:
    task = given(cast)
    paper = SimpleUploadedFile("a.html", b"<script>1</script>", content_type="text/html")
    signed_in(cast.reporter).post(url(task, "bao-cao/"), {"kind": "progress", "note": "x", "evidence": paper})
    address = f"/nhiem-vu/minh-chung/{Evidence.objects.get().pk}/"
    assert signed_in(cast.outsider).get(address).status_code == 404
    answer = signed_in(cast.officer).get(address)
    assert b"".join(answer.streaming_content) == b"<script>1</script>"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"kind": "progress", "percent": "100"}, "Báo cáo hoàn thành"),
        ({"kind": "progress", "percent": "-1"}, "0"),
        ({"kind": "progress", "evidence": SimpleUploadedFile("trống.pdf", b"")}, "rỗng"),
    ],
)
def test_a_wrong_report_is_told_and_nothing_is_written(
    cast: Cast, signed_in: SignIn, data: dict[str, object], words: str
) -> None:
    task = given(cast)
    answer = signed_in(cast.reporter).post(url(task, "bao-cao/"), data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert task.updates.count() == 1


def test_returning_without_a_reason_is_refused_in_words(cast: Cast, signed_in: SignIn) -> None:
    task = completed(cast)
    answer = signed_in(cast.officer).post(url(task, "thao-tac/"), {"act": "return"}, follow=True)
    assert "Hãy ghi lý do" in answer.content.decode()
    assert signed_in(cast.officer).post(url(task, "thao-tac/"), {"act": "zzz"}).status_code == 400


def test_the_head_cannot_close_what_the_city_assigned(cast: Cast, signed_in: SignIn) -> None:
    task = completed(cast)
    assert signed_in(cast.head).post(url(task, "thao-tac/"), {"act": "close"}).status_code == 403
    task.refresh_from_db()
    assert task.state == TaskState.AWAITING


def test_closing_over_open_parts_asks_first(cast: Cast, signed_in: SignIn) -> None:
    task = given(cast, cast.district, cast.other_district)
    client = signed_in(cast.officer)
    answer = client.post(url(task, "thao-tac/"), {"act": "close"})
    assert "Còn 2 phần việc" in answer.content.decode()
    client.post(url(task, "thao-tac/"), {"act": "close", "despite": "yes"})
    task.refresh_from_db()
    assert task.state == TaskState.DONE


def test_on_another_day_the_page_shows_how_it_was_and_offers_no_act(cast: Cast, signed_in: SignIn) -> None:
    task = given(cast, day=date(2018, 5, 1))
    updates.report_progress(task_id=task.pk, percent=70, note="Tháng sáu", **doing(cast, cast.reporter))
    page = signed_in(cast.head).get(url(task, "?day=2018-05-10")).content.decode()
    assert "Tháng sáu" not in page
    assert "Gửi tiến độ" not in page
    assert "về hôm nay" in page
