"""Reports made from the board: the page, the Word file and the workbook, and who may take them out."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.models import Entry
from kientoan.domains.plans.operations import updates
from tests.conftest import DAY, Cast
from tests.domains.plans.making import completed, doing, given
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import report, revenue

SignIn = Callable[[User], Client]
URL = "/bao-cao/"
WORD, BOOK = f"{URL}van-ban.docx", f"{URL}so-lieu.xlsx"


def body(client: Client, address: str) -> BytesIO:
    """The file behind an address."""
    answer = client.get(address)
    assert answer.status_code == 200
    return BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", [URL, WORD, BOOK])
def test_an_outsider_takes_no_report_of_another_unit(cast: Cast, signed_in: SignIn, address: str) -> None:
    given(cast)
    for unit in (cast.district.pk, cast.city.pk, 999_999_999):
        assert signed_in(cast.outsider).get(f"{address}?unit={unit}").status_code in {403, 404}
    assert signed_in(cast.head).get(f"{address}?unit={cast.other_district.pk}").status_code == 404
    for user in (cast.nobody, cast.reporter):
        assert signed_in(user).get(address).status_code in {403, 404}
    assert Client().get(address).status_code == 302
    assert not Entry.objects.filter(verb__startswith="report.").exists()


@pytest.mark.parametrize("query", ["period=x", "period=2018-Q9", "period=", "unit=x", "period=2018-06"])
def test_a_wrong_period_or_unit_falls_back_to_the_usual_one(
    cast: Cast, signed_in: SignIn, query: str
) -> None:
    client = signed_in(cast.leader)
    assert client.get(f"{URL}?{query}").status_code == 200
    assert body(client, f"{WORD}?{query}").getbuffer().nbytes > 5000
    assert body(client, f"{BOOK}?{query}").getbuffer().nbytes > 3000


def test_the_numbers_of_the_word_report_open_lists_of_that_many(cast: Cast, signed_in: SignIn) -> None:
    given(cast, cast.district, cast.other_district)
    given(cast, cast.city)
    given(cast, cast.ward, due_date=DAY - timedelta(days=3))
    done = completed(cast)
    updates.close(task_id=done.pk, **doing(cast, cast.officer))
    updates.suspend(task_id=given(cast).pk, note="Chờ hướng dẫn", **doing(cast, cast.officer))
    client = signed_in(cast.leader)
    file = Document(body(client, f"{WORD}?unit={cast.city.pk}&period=2018-Q2"))
    targets = {key: rel.target_ref for key, rel in file.part.rels.items() if rel.is_external}
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    ref = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    checked = 0
    for link in file.element.iter(f"{space}hyperlink"):
        text = "".join(node.text or "" for node in link.iter(f"{space}t"))
        address = targets[link.get(ref)]
        if re.fullmatch(r"[\d.]+", text) and "/nhiem-vu/?" in address:
            answer = client.get(address.removeprefix("http://testserver"))
            assert answer.context["page_obj"].paginator.count == int(text), address
            checked += 1
    assert checked >= 8


def test_the_word_report_of_a_past_period_says_what_was_known_at_its_end(
    cast: Cast, signed_in: SignIn
) -> None:
    held, thing = make_set(cast), revenue()
    make_target(cast, held, thing, cast.city)
    report(cast.city, thing, "2018-03", "11", "2018-04-02", "estimate")
    report(cast.city, thing, "2018-05", "999", "2018-06-02", "estimate")
    file = Document(body(signed_in(cast.leader), f"{WORD}?unit={cast.city.pk}&period=2018-04"))
    words = "\n".join(cell.text for table in file.tables for row in table.rows for cell in row.cells)
    assert "999" not in words
    assert "11" in words


def test_the_workbook_has_all_tasks_and_targets(cast: Cast, signed_in: SignIn) -> None:
    for number in range(55):
        given(cast, title=f"Việc {number}")
    make_target(cast, make_set(cast), revenue(), cast.city)
    book = load_workbook(body(signed_in(cast.leader), f"{BOOK}?unit={cast.city.pk}"))
    tasks, targets = book.worksheets
    cells = [str(cell) for row in tasks.iter_rows(values_only=True) for cell in row if cell]
    assert sum(cell.startswith("Việc ") for cell in cells) == 55
    assert any("Thu ngân sách" in str(cell) for row in targets.iter_rows(values_only=True) for cell in row)


def test_taking_a_report_out_is_written_down(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.leader)
    body(client, WORD)
    body(client, BOOK)
    verbs = Entry.objects.filter(verb__startswith="report.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["report.word", "report.workbook"]


def test_the_page_takes_a_bounded_number_of_statements(cast: Cast, signed_in: SignIn) -> None:
    given(cast)
    client = signed_in(cast.leader)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for _ in range(6):
        given(cast, cast.ward)
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) <= len(few) + 1
    assert len(many) <= 45
