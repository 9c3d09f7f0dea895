"""Adding, editing, handing down, many at once, and from Excel."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.plans.models import Task, TaskState
from tests.conftest import Cast
from tests.domains.plans.making import draft, given

SignIn = Callable[[User], Client]
URL = "/nhiem-vu/"


def test_only_the_assigners_side_adds_imports_and_edits(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.reporter)
    assert client.get(f"{URL}them/").status_code == 403
    assert client.get(f"{URL}nhap/").status_code == 403
    assert client.get(f"{URL}{given(cast).pk}/sua/").status_code == 404


def test_a_task_is_added_by_hand_and_handed_down(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.officer)
    assert client.get(f"{URL}them/").status_code == 200
    data = {"title": "Rà soát quy hoạch", "assigner_unit": cast.city.pk, "due_date": "30/09/2018"}
    wrong = client.post(f"{URL}them/", data)
    assert wrong.status_code == 422
    assert "Hãy ghi căn cứ" in wrong.content.decode()
    right = client.post(f"{URL}them/", data | {"origin_note": "Kết luận giao ban"})
    task = Task.objects.get()
    assert right["Location"] == f"{URL}{task.pk}/giao/"
    assert "Quận Ninh Kiều" in client.get(right["Location"]).content.decode()
    units = [cast.district.pk, cast.other_district.pk]
    preview = client.post(right["Location"], {"step": "preview", "units": units}).content.decode()
    assert "Đặng Thủ Trưởng" in preview
    assert "Đơn vị chưa có chức danh cấp trưởng" in preview
    bad = client.post(
        right["Location"], {"step": "confirm", "units": units, f"due-{cast.district.pk}": "mai"}
    ).content.decode()
    assert "không phải là ngày" in bad
    client.post(
        right["Location"], {"step": "confirm", "units": units, f"due-{cast.district.pk}": "15/08/2018"}
    )
    assert [part.due_date.isoformat() for part in task.children.order_by("pk") if part.due_date] == [
        "2018-08-15", "2018-09-30",
    ]  # fmt: skip


def test_an_unknown_document_number_is_told(cast: Cast, signed_in: SignIn) -> None:
    data = {"title": "Việc", "assigner_unit": cast.city.pk, "document_number": "1/KH"}
    answer = signed_in(cast.officer).post(f"{URL}them/", data)
    assert "Không có văn bản số này" in answer.content.decode()


def edited(task: Task, **more: object) -> dict[str, object]:
    return {
        "title": task.title, "origin_note": task.origin_note, "due_date": "30/09/2018",
        "post": task.post_id, "row_version": task.row_version,
    } | more  # fmt: skip


def test_a_new_deadline_asks_for_its_reason(cast: Cast, signed_in: SignIn) -> None:
    task, client = given(cast), signed_in(cast.officer)
    address = f"{URL}{task.pk}/sua/"
    assert "30/09/2018" in client.get(address).content.decode()
    assert client.post(address, edited(task, due_date="31/12/2018")).status_code == 422
    client.post(address, edited(task, due_date="31/12/2018", reason="Mưa lũ"))
    page = client.get(f"{URL}{task.pk}/").content.decode()
    assert "31/12/2018" in page
    assert "Mưa lũ" in page


def test_the_second_of_two_editors_sees_what_changed(cast: Cast, signed_in: SignIn) -> None:
    task = given(cast)
    address = f"{URL}{task.pk}/sua/"
    signed_in(cast.officer).post(address, edited(task, title="Bàn giao mặt bằng đợt 1"))
    answer = signed_in(cast.leader).post(address, edited(task, output="Biên bản giao nhận mặt bằng"))
    assert answer.status_code == 409
    assert "Bàn giao mặt bằng đợt 1" in answer.content.decode()
    task.refresh_from_db()
    assert task.output == ""


def test_many_are_previewed_done_and_taken_back(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.officer)
    ready, bare, gone = draft(cast, lead_unit=cast.district), draft(cast), given(cast)
    ids = [ready.pk, bare.pk, gone.pk]
    client.post(f"{URL}hang-loat/", {"ids": ids, "act": "hand_down", "query": "mine=0"})
    data = {"ids": ids, "act": "hand_down", "note": "Giao đợt 1", "query": "mine=0"}
    preview = client.post(f"{URL}hang-loat/", data).content.decode()
    assert "Đã giao rồi" in preview
    assert "Chưa có đơn vị chủ trì" in preview
    done = client.post(f"{URL}hang-loat/", data | {"confirm": "yes"}, follow=True).content.decode()
    assert "Đã làm với 1 nhiệm vụ" in done
    ready.refresh_from_db()
    assert (ready.handed_down_at is not None, ready.post) == (True, cast.district_head_post)
    undo = done.split('action="/nhiem-vu/hang-loat/hoan-tac/?at=')[1].split('"')[0]
    client.post(f"{URL}hang-loat/hoan-tac/?at={undo}")
    ready.refresh_from_db()
    assert ready.handed_down_at is None


def test_an_outsider_does_nothing_to_many(cast: Cast, signed_in: SignIn) -> None:
    task = given(cast)
    signed_in(cast.outsider).post(
        f"{URL}hang-loat/", {"ids": [task.pk], "act": "suspend", "note": "x", "confirm": "yes"}
    )
    signed_in(cast.head).post(
        f"{URL}hang-loat/", {"ids": [task.pk], "act": "suspend", "note": "x", "confirm": "yes"}
    )
    task.refresh_from_db()
    assert task.state == TaskState.NEW


def test_suspending_many_needs_a_reason(cast: Cast, signed_in: SignIn) -> None:
    task = given(cast)
    data = {"ids": [task.pk], "act": "suspend", "note": ""}
    answer = signed_in(cast.officer).post(f"{URL}hang-loat/", data)
    assert answer.status_code == 422
    assert "Hãy ghi lý do" in answer.content.decode()


def test_all_that_the_filter_finds_can_be_chosen(cast: Cast, signed_in: SignIn) -> None:
    for number in range(60):
        given(cast, title=f"Việc {number}")
    data = {"all": "yes", "act": "urge", "note": "Gấp", "query": "mine=0&q=viec", "confirm": "yes"}
    answer = signed_in(cast.officer).post(f"{URL}hang-loat/", data, follow=True)
    assert "Đã làm với 60 nhiệm vụ" in answer.content.decode()


def sheet(*lines: str) -> SimpleUploadedFile:
    text = "\n".join(["Nội dung nhiệm vụ;Đơn vị chủ trì;Thời hạn;Căn cứ", *lines])
    return SimpleUploadedFile("viec.csv", text.encode("utf-8-sig"), content_type="text/csv")


def test_a_sheet_is_read_first_and_written_when_confirmed(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.officer)
    assert client.get(f"{URL}nhap/").status_code == 200
    data = {"assigner_unit": cast.city.pk, "hand_down": "on", "file": sheet("Khám;916;30/9/2018;Họp")}
    preview = client.post(f"{URL}nhap/", data).content.decode()
    assert "1 nhiệm vụ mới" in preview
    assert not Task.objects.exists()
    token = preview.split('name="token" value="')[1].split('"')[0]
    assert signed_in(cast.leader).post(f"{URL}nhap/", {"token": token}).status_code == 302
    assert not Task.objects.exists()
    client.post(f"{URL}nhap/", {"token": token})
    assert Task.objects.get().lead_unit == cast.district
    client.post(f"{URL}nhap/", {"token": "x"})
    assert Task.objects.count() == 1


def test_a_faulty_sheet_names_row_field_and_remedy(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.officer)
    file = sheet("Khám;916;30/9/2018;Họp", "Tiêm;Sở Không Có;31/02/2018;Họp")
    page = client.post(f"{URL}nhap/", {"assigner_unit": cast.city.pk, "file": file}).content.decode()
    assert "Chưa ghi dòng nào" in page
    assert "Thời hạn" in page
    for broken in (b"", b"%PDF-1.4", b"PK\x03\x04 broken"):
        answer = client.post(
            f"{URL}nhap/", {"assigner_unit": cast.city.pk, "file": SimpleUploadedFile("a.xlsx", broken)}
        )
        assert answer.status_code == 422
    assert not Task.objects.exists()
