"""The organisation as an Excel workbook: units, posts, people, who holds what, and headcount.

What goes out is what comes in: the same columns under the same headers. A record is known by its key in the
first column (DV units, CD posts, CB people, GC appointments, BC headcount), never by its name. Columns marked
as shown only (`SHOWN`) help the reader; reading back passes over them.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kientoan.engines.sheets import Column, Expected, Sheet, Value

from .access import Viewer, edited_people, organised_units
from .models import (
    Headcount,
    Hierarchy,
    Level,
    Membership,
    MembershipKind,
    Person,
    Placement,
    Post,
    Rank,
    StaffKind,
    UnitCode,
    UnitKind,
    UnitVersion,
)
from .queries.tree import subtree_ids, units_on

UNITS, POSTS = gettext_noop("Đơn vị"), gettext_noop("Chức danh")
PEOPLE, HOLDINGS = gettext_noop("Cán bộ"), gettext_noop("Giữ chức")
HEADCOUNTS = gettext_noop("Biên chế")
ROOT, YES = gettext_noop("(gốc)"), gettext_noop("Có")
PREFIXES = {UNITS: "DV", POSTS: "CD", PEOPLE: "CB", HOLDINGS: "GC", HEADCOUNTS: "BC"}
PARENTS = {
    Hierarchy.GOVERNMENT: gettext_noop("Cấp trên chính quyền"),
    Hierarchy.PARTY: gettext_noop("Cấp trên Đảng"),
    Hierarchy.FRONT: gettext_noop("Cấp trên Mặt trận"),
    Hierarchy.COUNCIL: gettext_noop("Cấp trên HĐND"),
}
KEY = ("Mã hệ thống", "System key")
SHOWN = "shown"  # keys of columns for the eye begin with this


def _shown(key: str, *headers: str) -> Expected:
    return Expected(f"{SHOWN}_{key}", headers, required=False)


COLUMNS: dict[str, tuple[Expected, ...]] = {
    UNITS: (
        Expected("key", KEY, may_be_blank=True),
        Expected("code", ("Mã đơn vị hành chính", "Mã đơn vị", "Unit code"), required=False),
        Expected("name", ("Tên đơn vị", "Unit")),
        Expected("short_name", ("Tên viết tắt", "Short name"), required=False),
        Expected("abbreviations", ("Tên khác", "Other names"), required=False),
        Expected("kind", ("Loại", "Kind")),
        Expected("level", ("Cấp", "Level")),
        *(
            Expected(f"parent_{hierarchy.value}", (header, f"Parent {hierarchy.value}"), required=False)
            for hierarchy, header in PARENTS.items()
        ),
        _shown("parent", "Tên cấp trên", "Parent name"),
        Expected("named", ("Tên có từ ngày", "Name since"), "date", required=False),
        Expected("start", ("Thành lập từ ngày", "Established on"), "date", required=False),
        Expected("end", ("Hoạt động đến hết ngày", "Until"), "date", required=False),
    ),
    POSTS: (
        Expected("key", KEY, may_be_blank=True),
        Expected("unit", ("Mã hệ thống đơn vị", "Unit key")),
        _shown("unit", "Tên đơn vị", "Unit"),
        Expected("title", ("Chức danh", "Post")),
        Expected("rank", ("Hạng", "Rank")),
        Expected("standing", ("Thường trực", "Standing"), required=False),
        Expected("start", ("Từ ngày", "From"), "date", required=False),
        Expected("end", ("Đến hết ngày", "Until"), "date", required=False),
    ),
    PEOPLE: (
        Expected("key", KEY, may_be_blank=True),
        Expected("name", ("Họ và tên", "Full name")),
        _shown("account", "Tài khoản", "Account"),
    ),
    HOLDINGS: (
        Expected("key", KEY, may_be_blank=True),
        Expected("person", ("Mã hệ thống cán bộ", "Person key")),
        Expected("person_name", ("Họ và tên", "Full name"), required=False),
        Expected("post", ("Mã hệ thống chức danh", "Post key")),
        _shown("post", "Tên chức danh", "Post"),
        _shown("unit", "Tên đơn vị", "Unit"),
        Expected("kind", ("Hình thức", "Manner"), required=False),
        Expected("start", ("Từ ngày", "From"), "date", required=False),
        Expected("end", ("Đến hết ngày", "Until"), "date", required=False),
    ),
    HEADCOUNTS: (
        Expected("key", KEY, may_be_blank=True),
        Expected("unit", ("Mã hệ thống đơn vị", "Unit key")),
        _shown("unit", "Tên đơn vị", "Unit"),
        Expected("kind", ("Loại", "Kind")),
        Expected("assigned", ("Biên chế giao", "Given"), "integer", required=False),
        Expected("present", ("Có mặt", "Present"), "integer", required=False),
        Expected("legal_basis", ("Căn cứ", "Legal basis"), required=False),
        Expected("start", ("Từ ngày", "From"), "date"),
        _shown("end", "Đến hết ngày", "Until"),
    ),
}
_WIDTHS = {"key": 12, "code": 12, "name": 40, "title": 34, "person_name": 28, "abbreviations": 30}


def last_day(upper: date | None) -> date | None:
    """The last day on which it holds, as people write ends; None: open."""
    return None if upper is None else upper - timedelta(days=1)


def organisation_sheets(viewer: Viewer, day: date, under: int | None = None) -> list[Sheet]:
    """The sheets for the units that the viewer organises (those under one unit) as on the day."""
    units = set(organised_units(viewer).filter(in_force__contains=day).values_list("pk", flat=True))
    if under is not None:
        units &= subtree_ids(under, day)
    posts = list(Post.objects.on(day).filter(unit__in=units).order_by("unit_id", "pk"))
    held = Membership.objects.on(day).filter(post__in=[post.pk for post in posts])
    memberships = list(held.select_related("person", "post").order_by("post_id", "pk"))
    people = edited_people(viewer).select_related("user").order_by("pk")
    if under is not None:
        people = people.filter(pk__in={row.person_id for row in memberships})
    counts = Headcount.objects.on(day).filter(unit__in=units).order_by("unit_id", "kind")
    names = {key: unit.name for key, unit in units_on(day).items()}
    notes = (_("Ngày %(day)s") % {"day": f"{day:%d/%m/%Y}"},)
    rows: dict[str, Iterable[list[Value]]] = {
        UNITS: _unit_rows(units, names, day),
        POSTS: (_post_row(post, names) for post in posts),
        PEOPLE: (
            [f"CB{one.pk}", one.full_name, one.user.username if one.user else ""] for one in people.distinct()
        ),
        HOLDINGS: (_holding_row(row, names) for row in memberships),
        HEADCOUNTS: (_headcount_row(row, names) for row in counts),
    }
    # titles and headers are the same in every language: what goes out is read back anywhere
    return [Sheet(title, _out(title), rows[title], notes) for title in COLUMNS]


def _out(title: str) -> list[Column]:
    return [Column(column.headers[0], column.kind, _WIDTHS.get(column.key, 16)) for column in COLUMNS[title]]


def _unit_rows(units: set[int], names: dict[int, str], day: date) -> Iterator[list[Value]]:
    codes = dict(UnitCode.objects.on(day).filter(scheme="gso", unit__in=units).values_list("unit_id", "code"))
    places: dict[tuple[int, str], int | None] = {
        (unit, hierarchy): parent
        for unit, hierarchy, parent in Placement.objects.on(day)
        .filter(unit__in=units)
        .values_list("unit_id", "hierarchy", "parent_id")
    }
    versions = {
        row.unit_id: row
        for row in UnitVersion.objects.on(day).filter(unit__in=units).select_related("unit").order_by("pk")
    }
    for key in names:  # Vietnamese order
        if key in versions:
            yield _unit_row(versions[key], codes.get(key, ""), places, names)


def _unit_row(
    row: UnitVersion, code: str, places: dict[tuple[int, str], int | None], names: dict[int, str]
) -> list[Value]:
    above: list[Value] = []
    shown = ""
    for hierarchy in PARENTS:
        place = (row.unit_id, hierarchy.value)
        parent = places.get(place)
        above.append(f"DV{parent}" if parent else _(ROOT) if place in places else "")
        shown = shown or names.get(parent or 0, "")
    life = row.unit.in_force
    return [
        f"DV{row.unit_id}", code, row.name, row.short_name, "; ".join(row.abbreviations),
        str(UnitKind(row.kind).label), str(Level(row.level).label), *above, shown, row.in_force.lower,
        life.lower, last_day(life.upper),
    ]  # fmt: skip


def _post_row(post: Post, names: dict[int, str]) -> list[Value]:
    return [
        f"CD{post.pk}", f"DV{post.unit_id}", names.get(post.unit_id, ""), post.title,
        str(Rank(post.rank).label), _(YES) if post.standing else "", post.in_force.lower,
        last_day(post.in_force.upper),
    ]  # fmt: skip


def _holding_row(row: Membership, names: dict[int, str]) -> list[Value]:
    person: Person = row.person
    return [
        f"GC{row.pk}", f"CB{row.person_id}", person.full_name, f"CD{row.post_id}", row.post.title,
        names.get(row.post.unit_id, ""), str(MembershipKind(row.kind).label), row.in_force.lower,
        last_day(row.in_force.upper),
    ]  # fmt: skip


def _headcount_row(row: Headcount, names: dict[int, str]) -> list[Value]:
    end = last_day(row.in_force.upper)
    return [
        f"BC{row.pk}", f"DV{row.unit_id}", names.get(row.unit_id, ""), str(StaffKind(row.kind).label),
        row.assigned, row.present, row.legal_basis, row.in_force.lower, f"{end:%d/%m/%Y}" if end else "",
    ]  # fmt: skip


def choice_of(choices: Any, words: str) -> str | None:
    """The value of a choice written as its label (in Vietnamese or the language of the page) or its value."""
    from django.utils.translation import override

    from kientoan.engines.vietnamese import fold, normal_tones

    def plain(text: str) -> str:
        return " ".join(fold(normal_tones(text)).split())

    wanted = plain(words)
    with override("vi"):
        known = {plain(str(label)): value for value, label in choices.choices}
    known |= {plain(str(label)): value for value, label in choices.choices}
    known |= {plain(value): value for value in choices.values}
    return known.get(wanted)
