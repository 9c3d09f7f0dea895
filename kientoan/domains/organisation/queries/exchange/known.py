"""What exists of all that a workbook names, loaded once."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from kientoan.engines.sheets import SheetIn

from ...access import Viewer, edited_people, organised_units
from ...models import Headcount, Membership, Person, Placement, Post, Unit, UnitCode, UnitVersion
from ...sheets import HEADCOUNTS, HOLDINGS, PEOPLE, POSTS, PREFIXES, UNITS
from .cells import text_in


class Known:
    """Units with versions and places, posts with holders, people; and which of them the viewer may change."""

    def __init__(self, book: Mapping[str, SheetIn], viewer: Viewer, day: date) -> None:
        self.viewer, self.day = viewer, day
        self.own = {table: _own_keys(table, book.get(table)) for table in PREFIXES}
        self.organised = set(organised_units(viewer).values_list("pk", flat=True))
        self.posts = Post.objects.in_bulk(_ids(book, {POSTS: ("key",), HOLDINGS: ("post",)}, POSTS))
        rows = Membership.objects.filter(pk__in=_ids(book, {HOLDINGS: ("key",)}, HOLDINGS))
        self.holdings = {row.pk: row for row in rows}
        self.posts |= Post.objects.in_bulk([row.post_id for row in rows])
        people = _ids(book, {PEOPLE: ("key",), HOLDINGS: ("person",)}, PEOPLE)
        people |= {row.person_id for row in rows}
        self.people = Person.objects.in_bulk(people)
        self.edited = set(edited_people(viewer).filter(pk__in=people).values_list("pk", flat=True))
        numbers = _ids(book, {HEADCOUNTS: ("key",)}, HEADCOUNTS)
        self.headcounts = Headcount.objects.in_bulk(numbers)
        self._load_units(book)
        here = Headcount.objects.filter(unit__in=list(self.units))
        self.headcount_from = {
            (row.unit_id, row.kind, row.in_force.lower): row.pk for row in here if row.in_force.lower
        }
        self.holders: dict[int, list[Membership]] = defaultdict(list)
        for row in Membership.objects.filter(post__in=list(self.posts)).select_related("person"):
            self.holders[row.post_id].append(row)

    def _load_units(self, book: Mapping[str, SheetIn]) -> None:
        self.codes = dict(UnitCode.objects.on(self.day).filter(scheme="gso").values_list("code", "unit_id"))
        parents = tuple(f"parent_{name}" for name in ("government", "party", "front", "council"))
        wanted = _ids(book, {UNITS: ("key", *parents), POSTS: ("unit",), HEADCOUNTS: ("unit",)}, UNITS)
        wanted |= {post.unit_id for post in self.posts.values()} | self._named_by_code(book, parents)
        self.units = Unit.objects.in_bulk(wanted)
        self.versions: dict[int, list[UnitVersion]] = defaultdict(list)
        for version in UnitVersion.objects.filter(unit__in=wanted).order_by("in_force"):
            self.versions[version.unit_id].append(version)
        self.code_of = {unit: code for code, unit in self.codes.items()}
        self.places: dict[tuple[int, str], list[Placement]] = defaultdict(list)
        for place in Placement.objects.filter(unit__in=wanted):
            self.places[place.unit_id, place.hierarchy].append(place)

    def _named_by_code(self, book: Mapping[str, SheetIn], parents: tuple[str, ...]) -> set[int]:
        names = {text_in(row, key) for row in _rows(book, UNITS) for key in parents}
        names |= {text_in(row, "unit") for table in (POSTS, HEADCOUNTS) for row in _rows(book, table)}
        return {self.codes[name] for name in names if name in self.codes}


def _rows(book: Mapping[str, SheetIn], table: str) -> tuple:  # type: ignore[type-arg]
    return book[table].rows if table in book else ()


def _own_keys(table: str, sheet: SheetIn | None) -> dict[str, int]:
    """Keys that the workbook sets itself → row."""
    found: dict[str, int] = {}
    for row in sheet.rows if sheet else ():
        key = text_in(row, "key").lower()
        if key and not key.upper().removeprefix(PREFIXES[table]).isdecimal():
            found.setdefault(key, row.number)
    return found


def _ids(book: Mapping[str, SheetIn], columns: Mapping[str, tuple[str, ...]], of: str) -> set[int]:
    """The numbers in all system keys of one kind of record."""
    found = set()
    for table, keys in columns.items():
        for row in _rows(book, table):
            for key in keys:
                number = text_in(row, key).upper().removeprefix(PREFIXES[of])
                if number.isdecimal() and len(number) < 19:
                    found.add(int(number))
    return found
