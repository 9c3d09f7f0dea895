"""The search box: one question to each domain, the same rules of access as their own pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kientoan.domains.language.lookups import SortKey
from kientoan.domains.organisation.access import Viewer, visible_documents
from kientoan.domains.organisation.models import Person
from kientoan.domains.organisation.queries import posts_of, search_units
from kientoan.domains.plans.models import Task
from kientoan.domains.results.models import Indicator
from kientoan.engines.vietnamese import fold

from .context import address_of
from .wording import day_text

SHOWN = 10


@dataclass(frozen=True)
class Hit:
    """One line of the answer; `url` '' where its page does not exist here."""

    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Group:
    """The hits of one kind; `more` when not all are shown, `all_url` the list that has them all."""

    words: Promise
    icon: str
    hits: list[Hit]
    more: bool
    all_url: str


def search(text: str, *, viewer: Viewer, day: date) -> list[Group]:
    """The kinds in which something was found."""
    kinds: list[tuple[Promise, str, str, Callable[[], Iterable[Hit]]]] = [
        (_("Văn bản"), "file-text", "document_list", lambda: _documents(text, viewer)),
        (_("Nhiệm vụ"), "list-checks", "task_list", lambda: _tasks(text, viewer, day)),
        (_("Đơn vị"), "building-2", "organisation", lambda: _units(text, viewer, day)),
        (_("Chỉ tiêu"), "target", "target_list", lambda: _indicators(text)),
        (_("Người giữ chức"), "users", "organisation", lambda: _people(text, viewer, day)),
    ]
    groups = []
    for words, icon, page, find in kinds:
        hits = list(find())
        if hits:
            groups.append(Group(words, icon, hits[:SHOWN], len(hits) > SHOWN, address_of(page)))
    return groups


def _containing(rows: QuerySet[Any], text: str, *fields: str) -> QuerySet[Any]:
    """Rows with every word of the text in one of the fields, with or without diacritics."""
    for word in fold(text).split():
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__fold__contains": word})
        rows = rows.filter(anywhere)
    return rows


def _documents(text: str, viewer: Viewer) -> Iterable[Hit]:
    rows = visible_documents(viewer).select_related("type", "issuer").defer("text", "source_map", "warnings")
    for row in _containing(rows, text, "number", "subject").order_by("-issued_date", "-id")[: SHOWN + 1]:
        when = day_text(row.issued_date) if row.issued_date else ""
        note = " · ".join(part for part in (str(row.issuer or ""), when, row.subject) if part)
        yield Hit(str(row), note, address_of("document_detail", row.pk))


def _tasks(text: str, viewer: Viewer, day: date) -> Iterable[Hit]:
    rows = Task.objects.visible_to(viewer).known_on(day).containing(text)
    for row in rows.order_by("due_date", "id")[: SHOWN + 1]:
        note = day_text(row.due_date) if row.due_date else ""
        yield Hit(row.title, note, address_of("task_detail", row.pk))


def _units(text: str, viewer: Viewer, day: date) -> Iterable[Hit]:
    if not viewer.grants:  # as on the pages of the organisation
        return
    for unit in search_units(text, day, SHOWN + 1):
        note = " · ".join(part for part in (unit.code, unit.short_name) if part)
        yield Hit(unit.name, note, address_of("unit_detail", unit.id))


def _indicators(text: str) -> Iterable[Hit]:
    rows = _containing(Indicator.objects.all(), text, "name").order_by(SortKey("name"))
    for row in rows[: SHOWN + 1]:
        yield Hit(row.name, row.unit_of_measure, address_of("indicator_detail", row.pk))


def _people(text: str, viewer: Viewer, day: date) -> Iterable[Hit]:
    if not viewer.grants:
        return
    found = _containing(Person.objects.all(), text, "full_name").order_by(SortKey("full_name"), "id")
    rows = list(found[: SHOWN + 1])
    posts = posts_of([row.pk for row in rows], day) if rows else {}
    for row in rows:
        note = "; ".join(f"{post.title}, {unit.name}" for post, unit in posts.get(row.pk, []))
        yield Hit(row.full_name, note, address_of("person_detail", row.pk))
