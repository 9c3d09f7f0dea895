"""Posts that nobody holds on a day, and who acts in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from kientoan.domains.language.lookups import SortKey
from kientoan.engines.vietnamese import fold

from ..models import Membership, MembershipKind, Post, Rank, UnitVersion
from .tree import UnitOnDay, subtree_ids, units_on

SORTS: dict[str, tuple[Any, ...]] = {
    "rank": ("rank_place", SortKey("title"), "pk"),
    "-rank": ("-rank_place", SortKey("title"), "pk"),
    "since": ("vacant_since", "rank_place", "pk"),
    "-since": ("-vacant_since", "rank_place", "pk"),
}


@dataclass(frozen=True)
class VacancyFilter:
    """What to look for; `unit` includes what is under it. Empty: everything."""

    text: str = ""
    rank: str = ""
    unit: int | None = None
    sort: str = "rank"


@dataclass(frozen=True)
class Vacancy:
    """A post without a holder: since when, and who acts in it or is seconded to it."""

    post: Post
    unit: UnitOnDay
    since: date
    never_held: bool
    beside: tuple[Membership, ...]


def vacant_posts(wanted: VacancyFilter, day: date) -> QuerySet[Post]:
    """The vacant posts that match, with `vacant_since` and `last_end` (None: never held before)."""
    holding = Membership.objects.filter(post=OuterRef("pk"), kind=MembershipKind.HOLD)
    left = holding.filter(in_force__endswith__lte=day).order_by(F("in_force__endswith").desc())
    posts = Post.objects.on(day).filter(~Exists(holding.filter(in_force__contains=day)))
    if wanted.rank:
        posts = posts.filter(rank=wanted.rank)
    if wanted.unit:
        posts = posts.filter(unit__in=subtree_ids(wanted.unit, day))
    if wanted.text.strip():
        posts = posts.filter(_matching(wanted.text, day))
    places = [When(rank=rank, then=Value(place)) for place, rank in enumerate(Rank.values)]
    found: QuerySet[Post] = posts.annotate(
        last_end=Subquery(left.values("in_force__endswith")[:1], output_field=models.DateField()),
        rank_place=Case(*places, output_field=models.IntegerField()),
    ).annotate(vacant_since=Coalesce("last_end", "in_force__startswith", output_field=models.DateField()))
    return found.order_by(*SORTS.get(wanted.sort, SORTS["rank"]))


def _matching(text: str, day: date) -> Q:
    """The words stand in the title or in the name of the unit, folded or not."""
    wanted = fold(text.strip())
    units = UnitVersion.objects.on(day).filter(name__fold__contains=wanted).values("unit")
    return Q(title__fold__contains=wanted) | Q(unit__in=units)


def vacancy_rows(posts: Iterable[Post], day: date) -> list[Vacancy]:
    """The rows of a page: two statements whatever their number."""
    listed = list(posts)
    units = units_on(day, {post.unit_id for post in listed}) if listed else {}
    beside: dict[int, list[Membership]] = {}
    acting = Membership.objects.on(day).filter(post__in=listed).select_related("person") if listed else ()
    for row in acting:
        beside.setdefault(row.post_id, []).append(row)
    return [
        Vacancy(
            post,
            units[post.unit_id],
            getattr(post, "vacant_since"),  # noqa: B009 (an annotation of `vacant_posts`)
            getattr(post, "last_end") is None,  # noqa: B009
            tuple(beside.get(post.pk, ())),
        )
        for post in listed
    ]
