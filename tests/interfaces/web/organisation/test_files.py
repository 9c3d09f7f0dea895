"""The page “Nhập, xuất Excel”: a workbook out, in again, and an import taken back."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import SheetImport, UnitVersion
from kientoan.domains.organisation.operations import grant_role
from tests.conftest import NOW, START, Cast

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def download(client: Client, **query: str) -> bytes:
    answer = client.get(reverse("organisation_export"), {"on": "30/06/2018", **query})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def renamed(data: bytes, before: str, after: str) -> bytes:
    book = load_workbook(io.BytesIO(data))
    for row in book["Đơn vị"].iter_rows():
        for cell in row:
            if cell.value == before:
                cell.value = after
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def send(client: Client, data: bytes) -> Any:
    file = SimpleUploadedFile("to-chuc.xlsx", data)
    return client.post(reverse("organisation_file"), {"file": file, "on": "30/06/2018"})


def test_the_workbook_goes_out_is_corrected_and_comes_in(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.admin)
    data = download(client)
    assert "giống hệt" in send(client, data).content.decode()
    preview = send(client, renamed(data, "Phường Cái Khế", "Phường Cái Khế Sửa"))
    text = preview.content.decode()
    assert "Phường Cái Khế Sửa" in text
    assert not UnitVersion.objects.filter(name="Phường Cái Khế Sửa").exists()
    answer = client.post(reverse("organisation_file"), {"token": preview.context["token"]}, follow=True)
    assert "Đã nhập: thêm 0, sửa 1." in answer.content.decode()
    assert UnitVersion.objects.filter(name="Phường Cái Khế Sửa").count() == 1


def test_an_import_is_taken_back_by_one_press(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.admin)
    preview = send(client, renamed(download(client), "Phường Cái Khế", "Phường Khác"))
    client.post(reverse("organisation_file"), {"token": preview.context["token"]})
    made = SheetImport.objects.get()
    address = reverse("organisation_import_undo", args=[made.pk])
    assert client.get(address).status_code == 405
    assert "Đã hoàn tác" in client.post(address, follow=True).content.decode()
    assert not UnitVersion.objects.filter(name="Phường Khác").exists()
    assert "Chưa hoàn tác được" in client.post(address, follow=True).content.decode()


def test_a_file_with_faults_shows_them_all_and_offers_no_way_on(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.admin)
    answer = send(client, renamed(download(client), "Phường", "Thôn"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Thôn" in text
    assert 'name="token"' not in text


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_table_is_refused_with_the_remedy(
    cast: Cast, signed_in: SignedIn, data: bytes
) -> None:
    assert send(signed_in(cast.admin), data).status_code == 422


def test_a_token_of_another_account_does_nothing(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.admin)
    preview = send(client, renamed(download(client), "Phường Cái Khế", "Phường Khác"))

    grant_role(user=cast.officer, role="personnel", unit=cast.city, start=START, end=None, by=None, at=NOW)
    other = signed_in(cast.officer)
    for token in (preview.context["token"], "made-up"):
        answer = other.post(reverse("organisation_file"), {"token": token}, follow=True)
        assert "gửi lại tệp" in answer.content.decode()
    assert not SheetImport.objects.exists()


def test_one_branch_goes_out_alone(cast: Cast, signed_in: SignedIn) -> None:
    data = download(signed_in(cast.admin), under="Quận Ninh Kiều")
    names = [row[2].value for row in load_workbook(io.BytesIO(data))["Đơn vị"].iter_rows()]
    assert "Phường Cái Khế" in names
    assert "Sở Y tế" not in names


def test_a_branch_that_is_unknown_is_told(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.admin).get(
        reverse("organisation_export"), {"on": "30/06/2018", "under": "Không Có"}
    )
    assert answer.status_code == 422


def test_who_organises_nothing_comes_to_none_of_the_pages(cast: Cast, signed_in: SignedIn) -> None:
    made = SheetImport.objects.create(
        source="x",
        day="2018-06-30",
        added=1,
        changed=0,
        done={"created": {}, "changed": []},
        at=NOW,
    )
    for user in (cast.outsider, cast.officer, cast.nobody):
        client = signed_in(user)
        assert client.get(reverse("organisation_file")).status_code == 403
        assert client.get(reverse("organisation_export")).status_code == 403
        assert client.post(reverse("organisation_import_undo", args=[made.pk])).status_code == 403


def test_the_page_asks_a_fixed_number_of_questions(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(cast.admin)
    SheetImport.objects.bulk_create(
        SheetImport(
            source=f"tệp {n}",
            day="2018-06-30",
            added=n,
            changed=0,
            done={},
            by=cast.admin,
            at=NOW,
        )
        for n in range(30)
    )
    client.get(reverse("organisation_file"))
    with django_assert_max_num_queries(14):
        client.get(reverse("organisation_file"))
