"""A decision from a file: a dry run with every fault, then the draft."""

import json
import unicodedata
from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kientoan.domains.documents.models import Document
from kientoan.domains.organisation.models import Decision
from kientoan.engines.sheets import Column, Sheet, write_workbook
from tests.domains.reorganisation.resolutions import CLAUSES, text

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
    assert [row for row, _words in page.context["problems"]] == [2, 3, 4]
    assert "mã 00000" in words_of(page)
    assert "Chưa lập gì" in words_of(page)


def test_a_code_of_another_day_is_told_with_its_unit(office: Office) -> None:
    code = str(office.land["Phường Tân An"].codes.get().code)
    event = {"kind": "rename", "results": [{"unit": code, "name": "Phường Mới"}]}
    early = plain(office, events=[event], effective_date="1990-01-01")
    page = office.client(office.personnel).post(
        ADDRESS, {"file": named("qd.json", json.dumps(early).encode())}
    )
    told = words_of(page)
    assert f"Ngày 31/12/1989 chưa có đơn vị mang mã {code}: “Phường Tân An” mang mã ấy từ" in told


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
    written = named("quyet-dinh.json", json.dumps(plain(office, events=[event])).encode())
    for file in (table, written):
        page = office.client(office.personnel).post(ADDRESS, {"file": file})
        assert page.status_code == 422
        assert words in words_of(page)


def named(name: str, data: bytes) -> BytesIO:
    file = BytesIO(data)
    file.name = name
    return file


def plain(office: Office, **more: object) -> dict[str, object]:
    """A decision as JSON that is right."""
    code = str(office.land["Phường Tân An"].codes.get().code)
    event = {"kind": "rename", "results": [{"unit": code, "name": "Phường Mới"}]}
    return {"legal_basis": "NQ 5", "effective_date": "2020-02-01", "events": [event], **more}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"   ", "tệp rỗng"),
        (b'{"legal_basis": "NQ 5",\n "events": [{"kind": "re', "Tệp có thể bị cắt"),
        (b'{"legal_basis": "NQ 5",\n "events": [{"kind": "rename"}', "có dấu ngoặc chưa đóng"),
        (b'{"legal_basis": "NQ 5",\n events: []}', "dòng 2, cột 2: cần tên trường trong dấu ngoặc kép"),
        (b'{"legal_basis": "NQ 5"\n "events": []}', "dòng 2, cột 2: thiếu dấu phẩy"),
        (b'{"a": 1} {"b": 2}', "nội dung thừa"),
        ('{"legal_basis": "Nghị\n quyết'.encode("utf-16"), "không phải"),
        (b'{"legal_basis": "\xff\xfe"}', "dòng 1 có ký tự không phải UTF-8"),
        (b"[1, 2]", "bắt đầu bằng một danh sách"),
        (b'"abc"', "bắt đầu bằng “abc”"),
        (b"{}", "thiếu trường “events”; tệp có: không trường nào"),
        (b'{"event": [], "day": 1}', "tệp có: “event”, “day”"),
        (b'{"events": {"kind": "rename"}}', "“events” phải là một danh sách"),
        (b'{"events": []}', "chưa có thay đổi nào"),
        (b"[" * 100_000, "không phải JSON của một quyết định"),
        (b'{"events": [' + b"9" * 5000 + b"]}", "không phải JSON của một quyết định"),
    ],
)
def test_a_broken_json_says_where_and_what_to_do(office: Office, data: bytes, words: str) -> None:
    page = office.client(office.personnel).post(ADDRESS, {"file": named("qd.json", data)})
    assert page.status_code == 422
    assert words in words_of(page)
    assert "Expecting" not in words_of(page)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("rename", "“kind” phải là một trong"),
        ({"kind": "doi ten"}, "“kind” phải là một trong"),
        ({"kind": "dissolve", "originals": "31117"}, "“originals” phải là một danh sách"),
        ({"kind": "dissolve", "originals": [None]}, "không có đơn vị nào mang mã None"),
        ({"kind": "establish", "results": ["Phường A"]}, "phải là một đối tượng"),
        ({"kind": "establish", "results": [{"name": "A", "kind": "phuong"}]}, "“kind” của “A” ghi “phuong”"),
        ({"kind": "establish", "results": [{"name": "A", "level": 3}]}, "“level” của “A” ghi “3”"),
        ({"kind": "establish", "results": [{"name": "A", "code": "ABC123456"}]}, "mã gồm 2 đến 5 chữ số"),
        ({"kind": "establish", "results": [{"name": "A" * 300}]}, "dài 300 ký tự"),
        ({"kind": "establish", "results": [{"key": "x", "name": "A"}, {"key": "x"}]}, "đặt cho hai đơn vị"),
        ({"kind": "establish", "results": [{"name": "A", "parent": "#la"}]}, "không có đơn vị mới nào mang"),
        ({"kind": "dissolve", "originals": [{"code": "CODE", "ends": "không"}]}, "true hoặc false"),
        ({"kind": "dissolve", "originals": ["CODE", "CODE"]}, "đứng hai lần"),
        ({"kind": "dissolve", "originals": ["CODE"], "passings": "x"}, "“passings” phải là một danh sách"),
        ({"kind": "dissolve", "originals": ["CODE"], "passings": ["x"]}, "mỗi “passings” cần “from”"),
    ],
)
def test_a_json_of_another_shape_is_told_with_its_row(office: Office, event: object, words: str) -> None:
    code = str(office.land["Phường Tân An"].codes.get().code)
    given = json.loads(json.dumps(event).replace("CODE", code))
    written = json.dumps(plain(office, events=[given]), ensure_ascii=False).encode()
    page = office.client(office.personnel).post(ADDRESS, {"file": named("qd.json", written)})
    assert page.status_code == 422
    found = [(row, words in told[:1].lower() + told[1:]) for row, told in page.context["problems"]]
    assert (1, True) in found
    assert not Decision.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "1024-07-01", "9999-12-31", "31/12/2020", 5, None])
def test_a_day_that_cannot_be_meant_is_told(office: Office, day: object) -> None:
    written = json.dumps(plain(office, effective_date=day)).encode()
    page = office.client(office.personnel).post(ADDRESS, {"file": named("qd.json", written)})
    assert page.status_code == 422
    assert "ngày" in words_of(page)


def test_names_of_decomposed_letters_and_unseen_signs_are_put_right(office: Office) -> None:
    code = str(office.land["Phường Tân An"].codes.get().code)
    name = unicodedata.normalize("NFD", "Phường  Mới") + "\u200b\u0000"
    event = {"kind": "rename", "results": [{"unit": code, "name": name}]}
    client = office.client(office.personnel)
    page = client.post(
        ADDRESS, {"file": named("qd.json", json.dumps(plain(office, events=[event])).encode())}
    )
    assert page.status_code == 200
    client.post(ADDRESS, {"token": page.context["token"]})
    assert Decision.objects.get().changes.get().resulting_units.get().name == "Phường Mới"


PK = b"PK\x03\x04"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"no workbook", "Tệp này không phải bảng tính|Không thấy dòng tiêu đề"),
        ("a.xlsx", PK + b"cut in the middle", "bị hỏng"),
        ("a.xlsm", PK + b"cut in the middle", "bị hỏng"),
        ("a.docx", PK + b"cut in the middle", "bị hỏng"),
        ("a.pdf", b"%PDF-1.7 cut", "bị hỏng"),
        ("a.bin", bytes(range(256)) * 20, "nhị phân|không phải"),
        ("a.csv", "Tên;Tuổi\nAn;5".encode(), "Không thấy dòng tiêu đề"),
        ("a.csv", "Thay đổi số;Cột lạ\n".encode(), "không có dòng nào|Thiếu cột|Không thấy"),
        ("a.xlsx", "Thay đổi số;Mã đơn vị cũ\n1;00000".encode(), "chưa ghi|không phải bảng tính"),
        ("a.txt", "Giao Sở Nội vụ báo cáo kết quả.".encode(), "Không đọc thấy khoản nào"),
        ("a", b"", "Tệp rỗng"),
    ],
)
def test_a_broken_file_is_explained(office: Office, name: str, data: bytes, words: str) -> None:
    page = office.client(office.personnel).post(ADDRESS, {"file": named(name, data)})
    assert page.status_code == 422
    assert any(one in words_of(page) for one in words.split("|")), words_of(page)
    assert not Decision.objects.exists()
    assert not Document.objects.exists()


def test_a_row_written_twice_is_told(office: Office) -> None:
    code = str(office.land["Phường Tân An"].codes.get().code)
    row = ("1", code, "Toàn bộ", "Phường Mới", "92", "NQ 5", "01/02/2020")
    page = office.client(office.personnel).post(ADDRESS, {"file": workbook(row, row)})
    assert [row for row, told in page.context["problems"] if "Hãy gộp hai dòng" in told] == [3]


def test_nothing_sent_is_told(office: Office) -> None:
    page = office.client(office.personnel).post(ADDRESS, {})
    assert page.status_code == 422
    assert "Hãy chọn một tệp" in words_of(page)


@pytest.mark.parametrize("name", ["nq.txt", "nq.md", "nq", "nghi-quyet.html"])
def test_the_words_of_a_resolution_lead_to_its_draft_as_from_a_document(office: Office, name: str) -> None:
    words = text(*CLAUSES)
    if name.endswith(".html"):
        words = "<html><body>" + "".join(f"<p>{line}</p>" for line in words.splitlines()) + "</body></html>"
    client = office.client(office.personnel)
    answer = client.post(ADDRESS, {"file": named(name, words.encode())})
    document = Document.objects.get()
    assert answer.url == f"/sap-xep/tu-van-ban/{document.pk}/"
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "Đã giữ tệp làm dự thảo văn bản" in words_of(page)
    assert len(page.context["proposal"].items) == 6
    again = client.post(ADDRESS, {"file": named(name, words.encode()), "day": "01/02/2020"})
    assert again.url == f"/sap-xep/tu-van-ban/{document.pk}/?day=01/02/2020"
    assert Document.objects.count() == 1


def test_a_word_file_called_a_workbook_is_read_as_what_it_is(office: Office) -> None:
    book = good(office).getvalue()
    page = office.client(office.personnel).post(ADDRESS, {"file": named("nghi-quyet.docx", book)})
    assert page.status_code == 200
    assert "2 đơn vị kết thúc, 1 đơn vị mới" in words_of(page)


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
