"""Looking at a merger in a real browser: the picture, the days compared, the map, what was known before."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from kientoan.domains.organisation.models import Unit
from kientoan.domains.organisation.rules.changes import Change, Origin, Passing
from tests.conftest import DAY, Cast, make_cast
from tests.domains.organisation.test_boundaries import BEFORE, load
from tests.domains.organisation.test_events import NEW_WARD, apply, ward
from tests.known import backdate

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def merged(transactional_db: None) -> tuple[Cast, Unit]:
    """Two wards and a part of a third became one today; yesterday nobody knew."""
    cast = make_cast()
    wards = [ward(cast, f"Phường Số {number}", f"3112{number}") for number in range(3)]
    load(BEFORE, *(f"3112{number}" for number in range(3)))
    backdate(days=3)
    change = Change(
        "split_merge",
        tuple(Origin(one.pk, ends=number < 2) for number, one in enumerate(wards)),
        (NEW_WARD,),
        (Passing(0, 0), Passing(1, 0), Passing(2, 0, full=False)),
    )
    return cast, Unit.objects.get(pk=apply([change], DAY).created[0])


@pytest.fixture
def officer(live_server: Any, page: Page, merged: tuple[Cast, Unit]) -> Page:
    """The browser of the monitoring officer."""
    client = Client()
    client.force_login(merged[0].officer)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    return page


def test_the_lineage_is_seen_walked_and_left_for_what_was_known(
    live_server: Any, officer: Page, merged: tuple[Cast, Unit]
) -> None:
    page, unit = officer, merged[1]
    page.goto(f"{live_server.url}/to-chuc/{unit.pk}/")
    picture = page.locator("svg.layered--lineage")
    expect(picture).to_be_visible()
    middle = picture.locator(".layered__box--centre").bounding_box()
    first = picture.locator(".layered__box", has_text="Phường Số 0").bounding_box()
    assert middle is not None
    assert first is not None
    assert first["x"] + first["width"] < middle["x"]
    expect(picture.locator(".layered__line--part")).to_have_count(1)
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size({"width": 1280, "height": 900})
    picture.locator(".layered__box", has_text="Phường Số 0").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Phường Số 0")
    expect(page.locator(".notice--warning")).to_contain_text("Phường Ninh Kiều")

    page.goto(f"{live_server.url}/to-chuc/ban-do/?start=29/06/2018&end=30/06/2018")
    area = page.locator("svg.map__drawing").first.get_by_role("link", name="Phường Số 1")
    expect(area).to_be_visible()
    area.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phường Số 1")

    yesterday = timezone.localdate() - timedelta(days=1)
    page.goto(f"{live_server.url}/to-chuc/?known={yesterday:%d/%m/%Y}")
    expect(page.locator(".strip--known")).to_contain_text("hết ngày")
    expect(page.get_by_role("main")).to_contain_text("Phường Số 1")
    expect(page.get_by_role("main")).not_to_contain_text("Phường Ninh Kiều")
    page.locator(".strip--known a").click()
    expect(page.get_by_role("main")).to_contain_text("Phường Ninh Kiều")
