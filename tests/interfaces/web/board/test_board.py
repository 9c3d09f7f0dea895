"""The board as a page: who sees it, that every number opens a list of that many, what it costs."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import PolicyField
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.operations import updates
from kientoan.domains.reports.queries import heat
from tests.conftest import DAY, Cast
from tests.domains.plans.making import completed, doing, draft, given
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import report, revenue

SignIn = Callable[[User], Client]
URL = "/bang-dieu-hanh/"
TILE = re.compile(
    r'<a href="(/nhiem-vu/[^"]*)" class="tile.*?tile__label">(.*?)</span>.*?tile__value">([\d.]+)<', re.S
)
CELL = re.compile(
    r'<a class="cell--\w+" href="([^"]*)"><span class="visually-hidden">(.*?)</span>(?:[\d.]+/)?([\d.]+)</a>'
)


def busy(cast: Cast) -> None:
    """Duties in every status, in several fields and units; covers and drafts that do not count."""
    fields = [PolicyField.objects.create(code=f"f{n}", name=f"Lĩnh vực {n}") for n in range(3)]
    given(cast, cast.district, cast.other_district, cast.department, field=fields[0])
    for unit, field in ((cast.ward, fields[1]), (cast.department, fields[2]), (cast.committee, None)):
        given(cast, unit, field=field, due_date=DAY - timedelta(days=3))
    given(cast, due_date=DAY + timedelta(days=1))
    given(cast, due_date=None, field=fields[2])
    given(cast, cast.city, due_date=DAY)
    given(cast, day=DAY - timedelta(days=50))
    completed(cast)
    completed(cast, due_date=None)
    for due in (DAY - timedelta(days=9), DAY + timedelta(days=9), None):
        done = completed(cast, due_date=due)
        updates.close(task_id=done.pk, **doing(cast, cast.officer))
    updates.suspend(task_id=given(cast).pk, note="Chờ hướng dẫn", **doing(cast, cast.officer))
    draft(cast, lead_unit=cast.district)


def listed(client: Client, address: str) -> int:
    """How many tasks the list behind an address has."""
    answer = client.get(html.unescape(address))
    assert answer.status_code == 200
    return int(answer.context["page_obj"].paginator.count)


@pytest.mark.parametrize("user", ["leader", "officer", "head", "reporter"])
@pytest.mark.parametrize("fields_shown", [9, 1])
def test_every_number_opens_a_list_of_that_many(
    cast: Cast, signed_in: SignIn, user: str, fields_shown: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heat, "MOST_FIELDS", fields_shown)
    busy(cast)
    client = signed_in(getattr(cast, user))
    page = client.get(URL).content.decode()
    tiles, cells = TILE.findall(page), CELL.findall(page)
    assert len(tiles) >= 8
    assert cells
    for address, words, number in [*tiles, *cells]:
        assert listed(client, address) == int(number), (words, address)
    silent = re.search(r'href="([^"]*status=silent[^"]*)">(\d+) ', page)
    assert silent
    assert listed(client, silent[1]) == int(silent[2]) == 1


def test_the_numbers_and_the_lists_agree_on_an_earlier_day(cast: Cast, signed_in: SignIn) -> None:
    task = given(cast, day=DAY - timedelta(days=20), due_date=DAY - timedelta(days=10))
    updates.report_completion(task_id=task.pk, **doing(cast, cast.head))
    updates.close(task_id=task.pk, **doing(cast, cast.officer))
    client = signed_in(cast.leader)
    then = DAY - timedelta(days=5)
    page = client.get(f"{URL}?day={then:%d/%m/%Y}").content.decode()
    numbers = {words.rsplit(">", 1)[-1]: int(number) for _, words, number in TILE.findall(page)}
    assert (numbers["Quá hạn"], numbers["Hoàn thành muộn"]) == (1, 0)
    for address, words, number in [*TILE.findall(page), *CELL.findall(page)]:
        assert listed(client, address) == int(number), (words, address)


def test_the_row_of_the_unit_itself_opens_its_own_tasks_alone(cast: Cast, signed_in: SignIn) -> None:
    given(cast, cast.city, title="Việc của chính thành phố")
    given(cast, title="Việc của quận")
    client = signed_in(cast.leader)
    page = client.get(URL).content.decode()
    address = next(html.unescape(url) for url, _, _ in CELL.findall(page) if "alone=1" in url)
    answer = client.get(address).content.decode()
    assert "Việc của chính thành phố" in answer
    assert "Việc của quận" not in answer
    assert "riêng đơn vị này" in page


def test_an_outsider_gets_neither_the_board_nor_its_numbers(cast: Cast, signed_in: SignIn) -> None:
    given(cast, title="Việc riêng của Ninh Kiều")
    client = signed_in(cast.outsider)
    for unit in (cast.district.pk, cast.ward.pk, cast.city.pk, 999_999_999):
        assert client.get(f"{URL}?unit={unit}").status_code == 404
    page = client.get(URL).content.decode()
    assert "Quận Cái Răng" in page
    assert "Việc riêng" not in page
    address = f"/nhiem-vu/?counted=1&role=lead&unit={cast.district.pk}"
    assert listed(client, address) == 0


def test_a_visitor_is_sent_to_sign_in_and_an_account_without_a_role_is_told(
    cast: Cast, signed_in: SignIn
) -> None:
    assert Client().get(URL).status_code == 302
    assert "Chưa có đơn vị nào để xem" in signed_in(cast.nobody).get(URL).content.decode()


@pytest.mark.parametrize(
    "query", ["unit=x", "year=x", "year=9999", "day=hôm nay", "unit=٣", "year=" + "9" * 30]
)
def test_a_wrong_address_does_not_break_the_board(cast: Cast, signed_in: SignIn, query: str) -> None:
    assert signed_in(cast.leader).get(f"{URL}?{query}").status_code in {200, 404}


def test_a_missing_figure_is_not_shown_as_zero(cast: Cast, signed_in: SignIn) -> None:
    held, thing = make_set(cast), revenue()
    make_target(cast, held, thing, cast.city)
    client = signed_in(cast.leader)
    page = client.get(URL).content.decode()
    assert "chưa có số liệu" in page
    assert "0/1" in page
    report(cast.city, thing, "2018", "0", "2018-06-01", "estimate")
    page = client.get(URL).content.decode()
    assert "chưa có số liệu" not in page


def test_the_number_of_statements_does_not_grow(cast: Cast, signed_in: SignIn) -> None:
    make_target(cast, make_set(cast), revenue(), cast.city)
    busy(cast)
    client = signed_in(cast.leader)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for _ in range(6):
        given(cast, cast.ward, due_date=DAY - timedelta(days=2))
    assert Task.objects.count() > 20
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) <= len(few)
    assert len(many) <= 58, [query["sql"][:90] for query in many]
