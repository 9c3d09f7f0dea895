"""The shell and every component in a real browser: keys, choosing, pasting, asking, phones, no scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from kientoan.domains.accounts.models import User
from tests.conftest import Cast, make_cast

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def people(transactional_db: None) -> Cast:
    """The cast, seen by the live server too."""
    return make_cast()


@pytest.fixture
def as_user(live_server: Any, settings: Any) -> Callable[[Page, User], None]:
    """`as_user(page, user)`: the page belongs to that user from now on."""
    settings.DEBUG = True  # the page of components is for developers

    def go(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return go


@pytest.fixture
def parts(live_server: Any, page: Page, people: Cast, as_user: Callable[[Page, User], None]) -> Page:
    """The page of components, opened by the monitoring officer."""
    as_user(page, people.officer)
    page.goto(f"{live_server.url}/_style/")
    return page


def faults(page: Page) -> list[str]:
    """What axe finds wrong on the page, but for moderate and minor matters."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")
    ]


def test_every_component_is_accessible_on_desktop_and_phone(parts):
    assert faults(parts) == []
    parts.set_viewport_size(PHONE)
    assert faults(parts) == []
    assert parts.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_block_copied_from_a_sheet_fills_the_grid_and_says_what_did_not_fit(parts):
    cells = parts.locator("[data-paste] input")
    cells.first.focus()
    outcome = parts.evaluate(
        """() => {
            let told = null;
            document.addEventListener("kientoan:pasted", (event) => { told = event.detail; });
            const held = new DataTransfer();
            held.setData("text/plain", "1.234,5\\t2\\r\\n3\\t4\\r\\n5\\t6\\r\\n");
            const event = new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
            return told;
        }"""
    )
    assert [cell.input_value() for cell in cells.all()] == ["1.234,5", "2", "3", "4"]
    assert outcome == {"filled": 4, "outside": 2}


def test_a_stretch_of_rows_is_chosen_and_the_act_asks_first(parts):
    boxes = parts.locator("[data-select] tbody input[type=checkbox]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(parts.locator("[data-selected-count]")).to_have_text("4 đã chọn")
    address = parts.url
    parts.get_by_role("button", name="Giao", exact=True).click()
    question = parts.get_by_role("dialog")
    expect(question).to_contain_text("Giao các nhiệm vụ đã chọn?")
    question.get_by_role("button", name="Thôi").click()
    expect(question).to_have_count(0)
    assert parts.url == address


def test_keys_lead_to_search_and_home_and_are_listed(parts):
    parts.evaluate("document.activeElement.blur()")
    parts.keyboard.press("?")
    expect(parts.get_by_role("dialog")).to_contain_text("Việc của tôi")
    parts.keyboard.press("Escape")
    parts.keyboard.press("/")
    expect(parts.locator("#search-q")).to_be_focused()
    parts.evaluate("document.activeElement.blur()")
    parts.keyboard.press("g")
    parts.keyboard.press("h")
    expect(parts.get_by_role("heading", level=1)).to_contain_text("Chào")


def test_the_error_summary_leads_to_the_field(parts):
    expect(parts.locator(".error-summary")).to_be_focused()
    parts.locator(".error-summary a").first.click()
    expect(parts.locator("#id_wrong-title")).to_be_focused()


def test_another_day_is_chosen_and_left_again(parts):
    parts.locator("#top-day").fill("15/01/2018")
    parts.locator("#top-day").press("Enter")
    expect(parts.locator(".strip")).to_contain_text("Đang xem theo ngày 15/01/2018")
    parts.get_by_role("link", name="Về hôm nay (30/06/2018)").click()
    expect(parts.locator(".strip")).to_contain_text("Dữ liệu ví dụ")


def test_the_menu_and_the_day_are_there_on_a_phone_without_scripts(
    live_server: Any, browser: Browser, people: Cast, as_user: Callable[[Page, User], None]
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="vi-VN")
    page = context.new_page()
    as_user(page, people.officer)
    page.goto(f"{live_server.url}/_style/")
    page.locator(".drawer > summary").click()
    expect(page.locator(".drawer").get_by_role("link", name="Việc của tôi")).to_be_visible()
    page.locator("#drawer-day").fill("15/01/2018")
    page.locator(".drawer").get_by_role("button", name="Xem", exact=True).click()
    expect(page.locator(".strip")).to_contain_text("Đang xem theo ngày 15/01/2018")
    context.close()
