"""The timeline of a unit in words."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.queries import Fact, FactKind, Happening, timeline_of

from ..context import address_of
from ..http import Request
from ..wording import percent_text

PER_PAGE = 20
SHOWN = 8  # facts of one day before the others wait to be opened

WORDS: dict[str, Promise] = {
    "began": _("Được thành lập"),
    "ended": _("Chấm dứt hoạt động"),
    "named": _("Mang tên %(name)s (%(kind)s)"),
    "renamed": _("Đổi tên: %(before)s → %(after)s"),
    "kind_changed": _("Đổi loại: %(before)s → %(after)s"),
    "level_changed": _("Đổi cấp: %(before)s → %(after)s"),
    "coded": _("Mang mã %(code)s"),
    "code_lost": _("Thôi mang mã %(code)s"),
    "root": _("Đứng đầu hệ thống %(hierarchy)s"),
    "placed": _("Đứng dưới %(parent)s (%(hierarchy)s)"),
    "unplaced": _("Ra khỏi hệ thống %(hierarchy)s"),
    "came_whole": _("Nhận toàn bộ %(name)s"),
    "came_part": _("Nhận một phần %(name)s"),
    "went_whole": _("Toàn bộ chuyển vào %(name)s"),
    "went_part": _("Chuyển một phần cho %(name)s"),
    "post_began": _("Có chức danh %(title)s"),
    "post_ended": _("Hết chức danh %(title)s"),
    "took": _("%(person)s giữ chức %(title)s"),
    "left": _("%(person)s thôi giữ chức %(title)s"),
}
MEASURES: dict[str, Promise | str] = {
    "population": _("dân số"),
    "area": _("diện tích"),
    "headcount": _("biên chế"),
    "by_hand": "",
}
ICONS = {
    FactKind.LIFE: "building-2",
    FactKind.PASSING: "git-merge",
    FactKind.NAME: "pencil",
    FactKind.CODE: "hash",
    FactKind.PLACE: "network",
    FactKind.POST: "briefcase",
    FactKind.HOLDER: "user",
}


@dataclass(frozen=True)
class FactInWords:
    """One fact as a sentence, with the page that has more."""

    words: str
    icon: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A day of the timeline: the facts shown, and those that wait."""

    happening: Happening
    shown: list[FactInWords]
    more: list[FactInWords]


@dataclass(frozen=True)
class Timeline:
    """A page of the timeline of a unit, with its filter."""

    page_obj: Page[Any]
    entries: list[Entry]
    kind: str
    kinds: list[tuple[str, str]]


def timeline_shown(request: Request, unit_id: int) -> Timeline:
    """The part of the timeline that `?kind=` and `?page=` ask for."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in FactKind.values else ""
    page = Paginator(timeline_of(unit_id, kind=kind), PER_PAGE).get_page(request.GET.get("page"))
    return Timeline(
        page, [_entry(one) for one in page], kind, [(str(k), str(w)) for k, w in FactKind.choices]
    )


def _entry(happening: Happening) -> Entry:
    facts = [_in_words(fact) for fact in happening.facts]
    return Entry(happening, facts[:SHOWN], facts[SHOWN:])


def _in_words(fact: Fact) -> FactInWords:
    words = str(WORDS[fact.what]) % fact.values
    if fact.values.get("share") is not None:
        share = percent_text(fact.values["share"], 1)
        words += f" ({share} {MEASURES[fact.values['measure']]}".rstrip() + ")"
    if fact.values.get("how"):
        words += f" ({fact.values['how'].lower()})"
    url = ""
    if fact.person:
        url = address_of("person_detail", fact.person)
    elif fact.unit:
        url = address_of("unit_detail", fact.unit)
    return FactInWords(words, ICONS[fact.kind], url)
