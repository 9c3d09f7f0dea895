"""Choosing among more units than a page can hold: suggestions while typing, names and codes."""

import pytest
from django.test import Client

from kientoan.domains.organisation.models import Placement
from kientoan.interfaces.web.organisation import fields
from tests.conftest import Cast

ADDRESS = "/to-chuc/goi-y/"


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the units were too many for a page."""
    monkeypatch.setattr(fields, "MOST_SUGGESTED", 2)


def unit_form(parent: str) -> dict[str, str]:
    return {
        "name": "Phòng Mới", "kind": "division", "level": "district", "hierarchy": "government",
        "parent": parent, "start": "30/06/2018", "short_name": "", "code": "", "abbreviations": "",
    }  # fmt: skip


def test_names_without_diacritics_and_codes_find_units(
    cast: Cast, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in(cast.admin)
    client.get("/")
    with django_assert_max_num_queries(16):
        found = client.get(f"{ADDRESS}?as=parent&parent=ninh+kieu").content.decode()
    assert '<option value="Quận Ninh Kiều">916</option>' in found
    assert "Cái Răng" not in found
    assert "Quận Ninh Kiều" in client.get(f"{ADDRESS}?as=parent&parent=916").content.decode()
    assert client.get(f"{ADDRESS}?as=parent&parent=n").content == b""
    assert client.get(f"{ADDRESS}?as=parent&parent=kieu&on=1900-01-01").content == b""


def test_only_units_that_the_account_changes_are_offered_unless_all_are_asked_for(
    cast: Cast, signed_in
) -> None:
    client = signed_in(cast.outsider)
    assert client.get(f"{ADDRESS}?as=unit&unit=ninh+kieu").content == b""
    assert "Quận Ninh Kiều" in client.get(f"{ADDRESS}?as=unit&unit=ninh+kieu&all=1").content.decode()
    assert signed_in(cast.nobody).get(ADDRESS).url == "/ho-so/"
    assert Client().get(ADDRESS).url.startswith("/login/")


def test_the_form_asks_while_one_types_and_holds_no_list(cast: Cast, signed_in, many: None) -> None:
    page = signed_in(cast.admin).get("/to-chuc/them/").content.decode()
    assert 'hx-get="/to-chuc/goi-y/?as=parent&amp;on=2018-06-30"' in page
    assert 'hx-target="#id_parent_list"' in page
    assert '<option value="Quận Ninh Kiều"' not in page


@pytest.mark.parametrize("parent", ["31117", "phuong cai khe", "Phường Cái Khế"])
def test_a_commune_is_named_or_coded_without_javascript(
    cast: Cast, signed_in, many: None, parent: str
) -> None:
    answer = signed_in(cast.admin).post("/to-chuc/them/", unit_form(parent))
    assert answer.status_code == 302, answer.content.decode()
    assert Placement.objects.latest("pk").parent_id == cast.ward.pk


def test_several_of_the_name_are_told_and_offered(cast: Cast, signed_in, many: None) -> None:
    answer = signed_in(cast.admin).post("/to-chuc/them/", unit_form("quan"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "chưa rõ là đơn vị nào" in page
    assert '<option value="Quận Ninh Kiều"></option>' in page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("xã tân ân", [1]),
        ("xa tan an", [1, 2, 3]),
        ("Xã Tân An – Tỉnh Một", [2]),
        ("00009", [3]),
        ("tinh hai", [3]),
        ("gì đó", []),
    ],
)
def test_of_names_that_are_alike_without_diacritics_none_is_guessed(text: str, found: list[int]) -> None:
    labels = {1: "Xã Tân Ân", 2: "Xã Tân An – Tỉnh Một", 3: "Xã Tân An – Tỉnh Hai"}
    assert fields.meant(text, labels, {"00009": 3}) == found
