"""The pages of figures: entering, approving, correcting, importing, exporting; and who may not."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kientoan.domains.accounts.models import User
from kientoan.domains.results.models import Indicator, Observation, Submission, SubmissionState
from kientoan.domains.results.operations import figures, submissions
from kientoan.domains.results.operations.figures import Cell
from kientoan.engines.periods import parse_period
from tests.conftest import NOW, Cast
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import poor, report, revenue

SignIn = Callable[[User], Client]
HEADER = "Mã chỉ tiêu\tĐơn vị\tKỳ\tLoại số liệu\tGiá trị\n"


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    thing = revenue()
    make_target(cast, make_set(cast), thing, cast.district)
    return thing


@pytest.fixture
def draft(cast: Cast, indicator: Indicator) -> Submission:
    return submissions.open_submission(
        unit_id=cast.district.pk, period=parse_period("2018-05"), vintage="final",
        viewer=cast.viewer(cast.reporter), at=NOW,
    )  # fmt: skip


def cells(cast: Cast, indicator: Indicator, value: str, seen: int = 0, act: str = "save") -> dict[str, str]:
    key = f"{indicator.pk}-{cast.district.pk}"
    return {f"v-{key}": value, f"s-{key}": str(seen), f"n-{key}": "", "act": act}


def enter(cast: Cast, draft: Submission, indicator: Indicator, value: str) -> None:
    cell = Cell(indicator.pk, cast.district.pk, Decimal(value))
    figures.enter_figures(submission_id=draft.pk, cells=[cell], viewer=cast.viewer(cast.reporter), at=NOW)


def edit_page(draft: Submission) -> str:
    return reverse("submission_edit", args=[draft.pk])


def test_a_month_is_opened_entered_sent_and_approved(
    cast: Cast, signed_in: SignIn, indicator: Indicator
) -> None:
    reporter = signed_in(cast.reporter)
    opened = reporter.post(
        reverse("submission_open"),
        {"unit": cast.district.pk, "period": "tháng 5/2018", "vintage": "estimate"},
    )
    draft = Submission.objects.get()
    assert opened["Location"] == edit_page(draft)
    page = reporter.get(edit_page(draft)).content.decode()
    assert "Thu ngân sách" in page
    assert "≥ 100" in page
    sent = reporter.post(edit_page(draft), cells(cast, indicator, "1.234,5", act="submit"))
    assert sent.status_code == 302
    head = signed_in(cast.head)
    address = reverse("submission_approve", args=[draft.pk])
    assert "1.234,5" in head.get(address).content.decode()
    head.post(address, {"act": "approve"})
    figure = Observation.objects.get()
    assert (figure.approved, figure.value, timezone.localdate(figure.reported_at)) == (
        True,
        Decimal("1234.5"),
        date(2018, 6, 30),
    )


def test_a_wrong_cell_names_row_and_remedy_and_keeps_what_was_typed(
    cast: Cast, signed_in: SignIn, draft: Submission, indicator: Indicator
) -> None:
    answer = signed_in(cast.reporter).post(edit_page(draft), cells(cast, indicator, "nhiều"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dòng 1, Thu ngân sách" in page
    assert "Hãy nhập dạng 1.234,56" in page
    assert 'value="nhiều"' in page
    assert not Observation.objects.exists()


def test_the_second_editor_sees_what_changed_and_may_save_again(
    cast: Cast, signed_in: SignIn, draft: Submission, indicator: Indicator
) -> None:
    enter(cast, draft, indicator, "100")
    reporter, head = signed_in(cast.reporter), signed_in(cast.head)
    head.post(edit_page(draft), cells(cast, indicator, "110", seen=1))
    answer = reporter.post(edit_page(draft), cells(cast, indicator, "105", seen=1))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Người khác vừa sửa: 100 → 110" in page
    assert 'value="105"' in page
    reporter.post(edit_page(draft), cells(cast, indicator, "105", seen=2))
    assert Observation.objects.get().value == 105


def test_a_save_is_undone(cast: Cast, signed_in: SignIn, draft: Submission, indicator: Indicator) -> None:
    client = signed_in(cast.reporter)
    page = client.post(edit_page(draft), cells(cast, indicator, "5"), follow=True).content.decode()
    undo = page.split(f'action="{edit_page(draft)}hoan-tac/')[1].split('"')[0]
    client.post(f"{edit_page(draft)}hoan-tac/{undo}")
    assert not Observation.objects.exists()


def test_a_big_jump_is_asked_and_not_blocked(
    cast: Cast, signed_in: SignIn, draft: Submission, indicator: Indicator
) -> None:
    report(cast.district, indicator, "2018-04", "10", "2018-05-02")
    enter(cast, draft, indicator, "1000")
    head = signed_in(cast.head)
    address = reverse("submission_approve", args=[draft.pk])
    assert "Có 1 số khác nhiều" in head.get(address).content.decode()
    head.post(address, {"act": "approve"})
    draft.refresh_from_db()
    assert draft.state == SubmissionState.APPROVED


def test_returning_needs_a_reason(
    cast: Cast, signed_in: SignIn, draft: Submission, indicator: Indicator
) -> None:
    enter(cast, draft, indicator, "10")
    submissions.submit(submission_id=draft.pk, viewer=cast.viewer(cast.reporter), at=NOW)
    head = signed_in(cast.head)
    address = reverse("submission_approve", args=[draft.pk])
    assert head.post(address, {"act": "return", "reason": ""}).status_code == 422
    head.post(address, {"act": "return", "reason": "Thiếu phường"})
    assert "Thiếu phường" in signed_in(cast.reporter).get(edit_page(draft)).content.decode()


def test_a_correction_is_asked_for_by_the_officer(
    cast: Cast, signed_in: SignIn, draft: Submission, indicator: Indicator
) -> None:
    enter(cast, draft, indicator, "10")
    submissions.approve(submission_id=draft.pk, viewer=cast.viewer(cast.head), at=NOW)
    officer = signed_in(cast.officer)
    answer = officer.post(reverse("submission_correct", args=[draft.pk]), {"reason": "Sai kỳ"})
    made = Submission.objects.get(corrects=draft)
    assert answer["Location"] == edit_page(made)
    assert "Sai kỳ" in officer.get(edit_page(made)).content.decode()


def test_an_outsider_finds_nothing(
    cast: Cast, signed_in: SignIn, draft: Submission, indicator: Indicator
) -> None:
    enter(cast, draft, indicator, "10")
    for user in (cast.outsider, cast.nobody):
        client = signed_in(user)
        for name in ("submission_edit", "submission_approve", "submission_correct"):
            assert client.get(reverse(name, args=[draft.pk])).status_code == 404
        assert client.post(edit_page(draft), cells(cast, indicator, "1")).status_code == 404
        assert client.post(reverse("submission_act", args=[draft.pk])).status_code == 404
        assert client.post(f"{edit_page(draft)}hoan-tac/1/").status_code == 404
        assert "Quận Ninh Kiều" not in client.get(reverse("submission_list")).content.decode()
    assert signed_in(cast.nobody).get(reverse("observation_import")).status_code == 403
    assert Observation.objects.get().value == 10


def test_the_leader_reads_and_does_not_write(
    cast: Cast, signed_in: SignIn, draft: Submission, indicator: Indicator
) -> None:
    report(cast.district, indicator, "2018-04", "7", "2018-05-02")
    old = Submission.objects.exclude(pk=draft.pk).get()
    leader = signed_in(cast.leader)
    page = leader.get(edit_page(old)).content.decode()
    assert "7,0" in page
    assert "<input" not in page.split("<main")[1].replace('<input type="hidden" name="csrf', "")
    assert leader.get(edit_page(draft)).status_code == 404


def test_the_list_says_what_is_due_first(cast: Cast, signed_in: SignIn, indicator: Indicator) -> None:
    page = signed_in(cast.reporter).get(reverse("submission_list")).content.decode()
    assert "Đến hạn chưa báo cáo" in page
    assert "quá hạn 25 ngày" in page
    assert "Nhập ngay" in page


def test_a_file_is_read_first_and_written_when_confirmed(
    cast: Cast, signed_in: SignIn, indicator: Indicator
) -> None:
    client = signed_in(cast.reporter)
    text = HEADER + "THU\t\t2018-05\tước\t1.234,5\n"
    page = client.post(reverse("observation_import"), {"unit": cast.district.pk, "text": text})
    assert not Observation.objects.exists()
    token = page.content.decode().split('name="token" value="')[1].split('"')[0]
    client.post(reverse("observation_import"), {"token": token})
    assert Observation.objects.get().value == Decimal("1234.5")
    assert Submission.objects.get().files.count() == 1
    assert signed_in(cast.outsider).post(reverse("observation_import"), {"token": token}).status_code == 302
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp"),
        (b"\x89PNG....", "không phải"),
        ((HEADER + "SAI\t\t2018-05\tước\t1\n").encode(), "Không có chỉ tiêu “SAI”"),
        ("Cột lạ\n1\n".encode(), "tiêu đề"),
    ],
)
def test_a_bad_file_gets_a_clear_word(
    cast: Cast, signed_in: SignIn, indicator: Indicator, content: bytes, words: str
) -> None:
    upload = SimpleUploadedFile("so-lieu.csv", content)
    answer = signed_in(cast.reporter).post(
        reverse("observation_import"), {"unit": cast.district.pk, "file": upload}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Observation.objects.exists()


def test_the_template_comes_back_filled_in(cast: Cast, signed_in: SignIn, indicator: Indicator) -> None:
    client = signed_in(cast.reporter)
    asked = {"unit": cast.district.pk, "period": "2018-05", "vintage": "estimate"}
    answer = client.get(reverse("observation_template"), asked)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][:5] == ["THU", "Thu ngân sách", "916", "tháng 5/2018", "Ước"]
    sheet["F2"] = 12.5
    stream = io.BytesIO()
    book.save(stream)
    upload = SimpleUploadedFile("mau.xlsx", stream.getvalue())
    page = client.post(
        reverse("observation_import"), {"unit": cast.district.pk, "file": upload}
    ).content.decode()
    assert "Nhập các số liệu này" in page
    assert 'name="token"' in page


def test_the_export_holds_what_the_viewer_sees(cast: Cast, signed_in: SignIn, indicator: Indicator) -> None:
    report(cast.district, indicator, "2018-04", "7.5", "2018-05-02")
    address = reverse("observation_export") + "?format=csv"
    own = b"".join(signed_in(cast.reporter).get(address).streaming_content).decode()  # type: ignore[arg-type]
    other = b"".join(signed_in(cast.outsider).get(address).streaming_content).decode()  # type: ignore[arg-type]
    assert "THU;Thu ngân sách;Quận Ninh Kiều;tháng 4/2018;Chính thức;7,5" in own
    assert "7,5" not in other


def test_the_grid_takes_the_same_statements_however_many_lines(
    cast: Cast, signed_in: SignIn, draft: Submission, indicator: Indicator
) -> None:
    client = signed_in(cast.reporter)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(edit_page(draft))
        return len(queries)

    enter(cast, draft, indicator, "10")
    count()  # the first request of a session writes it down
    few = count()
    held = make_set(cast, name="Bộ khác")
    for number in range(8):
        thing = Indicator.objects.create(code=f"X{number}", name=f"Chỉ tiêu {number}", unit_of_measure="%")
        make_target(cast, held, thing, cast.district)
    assert count() == few <= 32


def test_the_list_takes_the_same_statements_however_many_rows(
    cast: Cast, signed_in: SignIn, indicator: Indicator
) -> None:
    client = signed_in(cast.officer)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("submission_list")).status_code == 200
        return len(queries)

    report(cast.district, indicator, "2018-01", "7", "2018-02-02")
    count()  # the first request of a session writes it down
    few = count()
    for month in (2, 3, 4):
        report(cast.district, indicator, f"2018-{month:02}", "7", "2018-05-02")
        report(cast.ward, poor() if month == 2 else indicator, f"2018-{month:02}", "7", "2018-05-02")
    assert count() == few <= 32
