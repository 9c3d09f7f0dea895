"""What the page shell needs: the menu for the viewer's roles, the day, the installation."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Role

EVERYBODY = frozenset(role.value for role in Role)


@dataclass(frozen=True)
class Entry:
    """A line of the menu: the name of its address, its words, its icon, its key after `g`, who sees it."""

    name: str
    words: Promise
    icon: str
    key: str
    roles: frozenset[str] = EVERYBODY
    also: tuple[str, ...] = ()
    """The beginnings of other addresses whose pages belong to it."""


MENU = (
    Entry("home", _("Việc của tôi"), "house", "h"),
    Entry(
        "board", _("Bảng điều hành"), "layout-dashboard", "b",
        frozenset({Role.LEADER, Role.MONITOR, Role.HEAD, Role.INSPECTOR, Role.REPORTER}),
    ),
    Entry("task_list", _("Nhiệm vụ"), "list-checks", "n"),
    Entry("target_list", _("Chỉ tiêu"), "target", "c", EVERYBODY - {Role.CLERK}),
    Entry(
        "submission_list", _("Số liệu"), "table-2", "s",
        frozenset({Role.REPORTER, Role.HEAD, Role.MONITOR, Role.LEADER}),
    ),
    Entry("document_list", _("Văn bản"), "file-text", "v"),
    Entry(
        "organisation", _("Tổ chức"), "network", "t",
        also=("/sap-xep/", "/can-bo/", "/chuc-danh/", "/giu-chuc/", "/bien-che/"),
    ),
    Entry(
        "report_list", _("Báo cáo"), "file-chart-column", "r",
        frozenset({Role.MONITOR, Role.LEADER, Role.HEAD, Role.INSPECTOR}),
    ),
    Entry("administration", _("Quản trị"), "settings", "q", frozenset({Role.ADMIN})),
)  # fmt: skip


@dataclass(frozen=True)
class Link:
    """An entry of the menu as this page shows it."""

    entry: Entry
    url: str
    current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Variables of `base.html`."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    installation = getattr(request, "installation", None)
    day, today = getattr(request, "day", None), getattr(request, "today", None)
    return {
        "viewer": viewer,
        "day": day,
        "today": today,
        "is_other_day": day != today,
        "installation": installation,
        "is_example": bool(installation and installation.example_day),
        "menu": menu_of(viewer, request.path) if viewer else [],
    }


def menu_of(viewer: Viewer, path: str) -> list[Link]:
    """The entries whose page exists and that the viewer's roles allow; home is there for all but leaders."""
    links = []
    for entry in MENU:
        url = address_of(entry.name)
        allowed = not starts_at_board(viewer) if entry.name == "home" else viewer.roles & entry.roles
        if url and allowed:
            current = path == url if url == "/" else path.startswith((url, *entry.also))
            links.append(Link(entry, url, current))
    return links


def starts_at_board(viewer: Viewer) -> bool:
    """Whether the start page is the board: for who leads and does nothing else here."""
    return viewer.roles == {Role.LEADER} and bool(address_of("board"))


def address_of(name: str, *arguments: object) -> str:
    """The address of a page by its name; '' where this installation has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
