"""What the pages of one unit and of one person show, read in a fixed number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet

from kientoan.domains.language.lookups import SortKey
from kientoan.engines.vietnamese import fold

from ..models import Hierarchy, Membership, Person, Placement, Post, Rank, Unit, UnitCode, UnitVersion
from .followed import Followed, what_followed
from .tree import UnitOnDay, parents_on, units_on

RANK_ORDER = {Rank.HEAD: 0, Rank.DEPUTY: 1, Rank.SPECIALIST: 2}


@dataclass(frozen=True)
class Place:
    """Where a unit stands in one hierarchy for a time; no parent: it is a root."""

    hierarchy: str
    parent: UnitOnDay | None
    in_force: DateRange

    @property
    def words(self) -> str:
        """The name of the hierarchy."""
        return str(Hierarchy(self.hierarchy).label)


@dataclass(frozen=True)
class PostOnDay:
    """A post with those who are in it on the day."""

    post: Post
    memberships: tuple[Membership, ...]


@dataclass(frozen=True)
class UnitPage:
    """A unit on a day, with its whole past."""

    unit: UnitOnDay
    life: DateRange
    is_in_force: bool
    versions: tuple[UnitVersion, ...]  # latest first
    codes: tuple[UnitCode, ...]
    places: tuple[Place, ...]  # on the day
    posts: tuple[PostOnDay, ...]  # on the day; heads first
    children: tuple[tuple[str, tuple[UnitOnDay, ...]], ...]  # on the day, by hierarchy

    @property
    def children_in_words(self) -> list[tuple[str, tuple[UnitOnDay, ...]]]:
        """The units under it, with the name of each hierarchy."""
        return [(str(Hierarchy(name).label), units) for name, units in self.children]


def unit_page(unit_id: int, day: date) -> UnitPage:
    """Raises `Unit.DoesNotExist`. A unit that is not in force on the day comes with its latest name."""
    unit = Unit.objects.get(pk=unit_id)
    versions = UnitVersion.objects.filter(unit=unit_id).select_related("begun_by").order_by("-in_force")
    placements = list(Placement.objects.on(day).filter(unit=unit_id).order_by("hierarchy"))
    below = list(Placement.objects.on(day).filter(parent=unit_id))
    related = {row.parent_id for row in placements if row.parent_id} | {row.unit_id for row in below}
    names = units_on(day, related | {unit_id})
    return UnitPage(
        unit=names[unit_id],
        life=unit.in_force,
        is_in_force=day in unit.in_force,
        versions=tuple(versions),
        codes=tuple(UnitCode.objects.filter(unit=unit_id).order_by("scheme", "-in_force")),
        places=tuple(Place(row.hierarchy, names.get(row.parent_id), row.in_force) for row in placements),
        posts=_posts(unit_id, day),
        children=_children(below, names),
    )


def _posts(unit_id: int, day: date) -> tuple[PostOnDay, ...]:
    posts = list(Post.objects.on(day).filter(unit=unit_id).order_by(SortKey("title"), "id"))
    posts.sort(key=lambda post: RANK_ORDER[Rank(post.rank)])
    held: dict[int, list[Membership]] = {post.pk: [] for post in posts}
    rows = Membership.objects.on(day).filter(post__in=held).select_related("person")
    for row in rows.order_by("-kind"):
        held[row.post_id].append(row)
    return tuple(PostOnDay(post, tuple(held[post.pk])) for post in posts)


def _children(
    below: list[Placement], names: dict[int, UnitOnDay]
) -> tuple[tuple[str, tuple[UnitOnDay, ...]], ...]:
    by_hierarchy: dict[str, set[int]] = {}
    for row in below:
        by_hierarchy.setdefault(row.hierarchy, set()).add(row.unit_id)
    return tuple(
        (hierarchy, tuple(unit for key, unit in names.items() if key in ids))  # names: alphabetical
        for hierarchy, ids in sorted(by_hierarchy.items())
    )


@dataclass(frozen=True)
class Holding:
    """A time in a post, with the unit as it is called on the day."""

    membership: Membership
    unit: UnitOnDay
    is_current: bool
    followed: Followed | None = None  # set when a decision ended it with the unit


@dataclass(frozen=True)
class PersonPage:
    """A person and the posts over the years, latest first."""

    person: Person
    holdings: tuple[Holding, ...]


def person_page(person_id: int, day: date) -> PersonPage:
    """Raises `Person.DoesNotExist`."""
    return person_page_of(Person.objects.select_related("user").get(pk=person_id), day)


def person_page_of(person: Person, day: date) -> PersonPage:
    """The page of a person already read."""
    memberships = Membership.objects.filter(person=person).select_related("post", "person")
    rows = list(memberships.order_by("-in_force", "id"))
    names = units_on(day, {row.post.unit_id for row in rows}) if rows else {}
    after = what_followed((row.ended_by_id, row.post.unit_id) for row in rows)
    return PersonPage(
        person,
        tuple(
            Holding(
                row,
                names[row.post.unit_id],
                day in row.in_force,
                after.get((row.ended_by_id or 0, row.post.unit_id)),
            )
            for row in rows
        ),
    )


def search_units(text: str, day: date, limit: int = 50) -> list[UnitOnDay]:
    """Units in force on the day whose name or short name contains the text, with or without diacritics, or
    that have it as a code on the day."""
    wanted = fold(text.strip())
    coded = UnitCode.objects.on(day).filter(code__iexact=text.strip()).values("unit")
    named = UnitVersion.objects.on(day).filter(
        Q(name__fold__contains=wanted) | Q(short_name__fold__contains=wanted) | Q(unit__in=coded)
    )
    found = named.order_by(SortKey("name"), "unit").values_list("unit_id", flat=True)[:limit]
    return list(units_on(day, found).values())


def with_above(units: list[UnitOnDay], day: date) -> list[tuple[UnitOnDay, UnitOnDay | None]]:
    """Each unit with the one right above it on the day, to tell units of one name apart."""
    parents = parents_on(day, {unit.id for unit in units}) if units else {}
    names = units_on(day, {parents[unit.id] for unit in units if unit.id in parents}) if units else {}
    return [(unit, names.get(parents.get(unit.id, 0))) for unit in units]


def posts_of(person_ids: Iterable[int], day: date) -> dict[int, list[tuple[Post, UnitOnDay]]]:
    """Person → the posts held on the day with their units, in two statements."""
    rows = list(Membership.objects.on(day).filter(person__in=set(person_ids)).select_related("post"))
    units = units_on(day, {row.post.unit_id for row in rows}) if rows else {}
    found: dict[int, list[tuple[Post, UnitOnDay]]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append((row.post, units[row.post.unit_id]))
    return found


def search_people(text: str) -> QuerySet[Person]:
    """People whose name contains the text, with or without diacritics, in Vietnamese order."""
    people = Person.objects.order_by(SortKey("full_name"), "id")
    return people.filter(full_name__fold__contains=fold(text.strip())) if text.strip() else people
