"""A real browser on a live server with the example city."""

import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kientoan.domains.documents.migrations._types import seed

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's own loop runs in the test's thread
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a journey."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; Playwright downloads nothing."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise RuntimeError("Thiếu Chromium: cài gói `chromium` của hệ thống (start.py test tự cài).")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": path, "args": [*quiet, "--disable-sync"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desktop window that speaks Vietnamese."""
    return {**browser_context_args, "locale": "vi-VN", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def example(transactional_db: None) -> None:
    """The whole example city, as `kientoan demo` loads it."""
    from django.apps import apps

    from kientoan.interfaces.cli import demo

    # A journey commits, so the one before left an empty database: write what the migrations wrote.
    seed(apps, None)
    demo.load()


@pytest.fixture
def sign_in(live_server: Any, page: Page) -> Callable[[str], Page]:
    """`sign_in("username")`: sign out whoever is there, and sign in with the example's password."""
    from kientoan.interfaces.cli.example.organisation import PASSWORD

    def go(username: str) -> Page:
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/login/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page).not_to_have_url(f"{live_server.url}/login/")
        return page

    return go
