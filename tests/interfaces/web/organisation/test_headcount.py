"""The page of a unit's headcount and its forms."""

import pytest
from django.test import Client

from kientoan.domains.organisation.models import Headcount
from tests.conftest import Cast
from tests.interfaces.web.organisation.test_editing import text_of

FIGURES = {"kind": "civil", "assigned": "90", "present": "85", "start": "01/01/2018", "legal_basis": ""}


def undo(client: Client, page_after: str) -> None:
    """Press the button of the last message that takes back."""
    page = text_of(client.get(page_after))
    address = page.split('action="/to-chuc/hoan-tac/')[1].split('"')[0]
    assert client.post(f"/to-chuc/hoan-tac/{address}").status_code == 302


def test_figures_are_recorded_shown_and_taken_back(cast: Cast, personnel: Client) -> None:
    address = f"/to-chuc/{cast.district.pk}/bien-che/"
    assert "Chưa có số biên chế vào ngày này" in text_of(personnel.get(address))
    assert personnel.post(f"{address}them/", FIGURES).status_code == 302
    page = text_of(personnel.get(address))
    assert "thiếu 5" in page
    assert "1/2 đơn vị có số" in page
    assert "giao 90" in " ".join(text_of(personnel.get(f"/to-chuc/{cast.district.pk}/")).split())
    personnel.post(f"{address}them/", FIGURES | {"kind": "contract"})
    undo(personnel, address)
    assert [row.kind for row in Headcount.objects.all()] == ["civil"]


def test_an_empty_box_stays_unknown_and_a_zero_stays_zero(cast: Cast, personnel: Client) -> None:
    address = f"/to-chuc/{cast.district.pk}/bien-che/"
    personnel.post(f"{address}them/", FIGURES | {"assigned": "", "present": "0"})
    row = Headcount.objects.get()
    assert (row.assigned, row.present) == (None, 0)
    assert "chưa tính được" in text_of(personnel.get(address))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"assigned": "", "present": ""}, "Hãy nhập ít nhất một số"),
        ({"start": "01/01/2001"}, "chỉ có từ 01/01/2017"),
        ({"assigned": "-1"}, "assigned"),
    ],
)
def test_wrong_figures_are_explained(
    cast: Cast, personnel: Client, wrong: dict[str, str], words: str
) -> None:
    page = personnel.post(f"/to-chuc/{cast.district.pk}/bien-che/them/", FIGURES | wrong)
    assert page.status_code == 422
    assert words in text_of(page)
    assert not Headcount.objects.exists()


def test_figures_are_corrected_and_removed(cast: Cast, personnel: Client) -> None:
    address = f"/to-chuc/{cast.district.pk}/bien-che/"
    personnel.post(f"{address}them/", FIGURES)
    assert "đã có số của loại" in text_of(personnel.post(f"{address}them/", FIGURES))
    row = Headcount.objects.get()
    data = {
        "assigned": "91", "present": "85", "legal_basis": "Quyết định 12/QĐ-UBND",
        "initial-assigned": "90", "initial-present": "85", "initial-legal_basis": "",
    }  # fmt: skip
    assert personnel.post(f"/bien-che/{row.pk}/", data).status_code == 302
    assert "Quyết định 12/QĐ-UBND" in text_of(personnel.get(address))
    assert personnel.post(f"/bien-che/{row.pk}/", data).status_code == 409
    assert personnel.post(f"/bien-che/{row.pk}/bo/").status_code == 302
    undo(personnel, address)
    assert Headcount.objects.get().assigned == 91


def test_the_page_takes_a_fixed_number_of_statements(
    cast: Cast, personnel: Client, django_assert_max_num_queries
) -> None:
    for kind in ("civil", "public", "contract"):
        personnel.post(f"/to-chuc/{cast.district.pk}/bien-che/them/", FIGURES | {"kind": kind})
    personnel.get("/")
    with django_assert_max_num_queries(20):
        personnel.get(f"/to-chuc/{cast.district.pk}/bien-che/")


def test_an_outsider_reads_and_changes_nothing(cast: Cast, signed_in, personnel: Client) -> None:
    address = f"/to-chuc/{cast.district.pk}/bien-che/"
    personnel.post(f"{address}them/", FIGURES)
    row, client = Headcount.objects.get(), signed_in(cast.outsider)
    assert "Ghi biên chế" not in text_of(client.get(address))
    for forbidden in (f"{address}them/", f"/bien-che/{row.pk}/", f"/bien-che/{row.pk}/bo/"):
        assert client.post(forbidden, FIGURES).status_code == 403, forbidden
    assert signed_in(cast.nobody).get(address).url == "/ho-so/"
    assert client.get("/to-chuc/99999999/bien-che/").status_code == 404
    assert client.get(f"/bien-che/{row.pk}/bo/").status_code == 405
