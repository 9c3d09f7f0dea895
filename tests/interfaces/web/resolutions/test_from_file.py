"""A decision from a file: a dry run with every fault, then the draft."""

import json
from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kientoan.domains.organisation.models import Decision
from kientoan.engines.sheets import Column, Sheet, write_workbook

from .conftest import Office

ADDRESS = "/sap-xep/tu-tep/"
HEADERS = (
    "Thay đổi số",
    "Mã đơn vị cũ",
    "Phạm vi",
    "Tên đơn vị mới",
    "Cấp trên mới",
    "Căn cứ",
    "Ngày hiệu lực",
)


def workbook(*rows: tuple[str, ...]) -> BytesIO:
    columns = [Column(header) for header in HEADERS]
    with write_workbook([Sheet("Quyết định", columns, rows)]) as book:
        file = BytesIO(book.read())
    file.name = "quyet-dinh.xlsx"
    return file


def good(office: Office) -> BytesIO:
    one, two = (str(office.land[name].codes.get().code) for name in ("Phường Tân An", "Phường An Hội"))
    above = str(office.land["Quận Ninh Kiều"].codes.get().code)
    return workbook(
        ("1", one, "Toàn bộ", "Phường Ninh Kiều", above, "Nghị quyết 5/NQ-HĐND", "01/02/2020"),
        ("1", two, "Toàn bộ", "Phường Ninh Kiều", "", "", ""),
    )


def words_of(page) -> str:
    return " ".join(page.content.decode().split())


def test_nobody_without_the_right_comes_here(office: Office) -> None:
    assert Client().get(ADDRESS).status_code == 302
    for user in (office.reporter, office.clerk):
        client = office.client(user)
        assert client.get(ADDRESS).status_code == 403
        assert client.post(ADDRESS, {"file": good(office)}).status_code == 403
        assert client.get("/sap-xep/tep-mau/").status_code == 403


def test_a_file_is_tried_then_drafted(office: Office) -> None:
    client = office.client(office.personnel)
    page = client.post(ADDRESS, {"file": good(office)})
    assert page.status_code == 200
    assert "2 đơn vị kết thúc, 1 đơn vị mới" in words_of(page)
    assert not Decision.objects.exists()
    answer = client.post(ADDRESS, {"token": page.context["token"]})
    decision = Decision.objects.get()
    assert answer.url == f"/sap-xep/{decision.pk}/"
    assert (decision.legal_basis, decision.effective_date.isoformat()) == (
        "Nghị quyết 5/NQ-HĐND",
        "2020-02-01",
    )


def test_every_fault_is_shown_with_its_row(office: Office) -> None:
    page = office.client(office.personnel).post(
        ADDRESS,
        {
            "file": workbook(
                ("1", "00000", "Toàn bộ", "Phường A", "92", "NQ 5", "01/02/2020"),
                ("2", "102", "Nửa", "Phường B", "92", "", ""),
                ("3", "103", "Toàn bộ", "Phường C", "77777", "", ""),
            )
        },
    )
    assert page.status_code == 422
    assert [problem.row for problem in page.context["problems"]] == [2, 3, 4]
    assert "mã 00000" in words_of(page)
    assert "Chưa lập gì" in words_of(page)


@pytest.mark.parametrize(
    ("extent", "share", "words"),
    [
        ("Một phần", 100, "tỷ lệ là 100 %, tức là toàn bộ"),
        ("Một phần", 124.9, "không quá 1"),
        ("Một phần", -3, "lớn hơn 0"),
        ("Một phần", 0, "lớn hơn 0"),
    ],
)
def test_a_part_that_cannot_be_is_told_in_a_table_and_in_json(
    office: Office, extent: str, share: float, words: str
) -> None:
    code = str(office.land["Phường Tân An"].codes.get().code)
    columns = [Column(one) for one in (*HEADERS, "Phần diện tích")]
    row = ("1", code, extent, "Phường Mới", "92", "NQ 5", "01/02/2020", str(share).replace(".", ","))
    with write_workbook([Sheet("Quyết định", columns, [row])]) as book:
        table = BytesIO(book.read())
    table.name = "quyet-dinh.xlsx"
    event = {
        "kind": "merge_new",
        "originals": [{"code": code, "ends": False}],
        "results": [{"key": "a", "name": "Phường Mới"}],
        "passings": [{"from": code, "to": "#a", "extent": "partial", "area": share / 100}],
    }
    plain = {"legal_basis": "NQ 5", "effective_date": "2020-02-01", "events": [event]}
    written = BytesIO(json.dumps(plain).encode())
    written.name = "quyet-dinh.json"
    for file in (table, written):
        page = office.client(office.personnel).post(ADDRESS, {"file": file})
        assert page.status_code == 422
        assert words in words_of(page)


def test_a_broken_file_is_explained(office: Office) -> None:
    client = office.client(office.personnel)
    for name, data in (("a.xlsx", b"no workbook"), ("a.json", b"{"), ("a.json", json.dumps({}).encode())):
        file = BytesIO(data)
        file.name = name
        page = client.post(ADDRESS, {"file": file})
        assert page.status_code == 422
        assert page.context["problems"]
    assert client.post(ADDRESS, {}).status_code == 422


def test_a_preview_of_another_or_an_old_one_is_sent_back(office: Office) -> None:
    page = office.client(office.personnel).post(ADDRESS, {"file": good(office)})
    other = office.client(office.admin).post(ADDRESS, {"token": page.context["token"]})
    assert other.url == ADDRESS
    assert office.client(office.admin).post(ADDRESS, {"token": "x"}).url == ADDRESS
    assert not Decision.objects.exists()


def test_the_template_is_a_workbook(office: Office) -> None:
    page = office.client(office.personnel).get("/sap-xep/tep-mau/")
    assert b"".join(page.streaming_content).startswith(b"PK")


def test_the_number_of_queries_is_small(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = office.client(office.personnel)
    client.get(ADDRESS)
    with django_assert_max_num_queries(10):
        client.get(ADDRESS)
