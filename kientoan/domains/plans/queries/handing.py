"""To whom a task may be handed down, and what handing it down would make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Placement, Post, Rank, Unit, UnitVersion
from kientoan.domains.organisation.queries import (
    Ending,
    UnitOnDay,
    endings_ahead,
    holders_on,
    subtree_ids,
    units_on,
)

from ..access import assigner_of, is_assigner, lead_of
from ..models import Task


@dataclass(frozen=True)
class PlannedPart:
    """What one unit would get: the accountable post and who holds it on the day, None when there is none.

    `ending`: the unit ends on a day to come, and what it gets passes on.
    """

    unit: UnitOnDay
    post_id: int | None
    post_title: str
    holder: str
    has_part: bool = False  # it has a part of this task already
    ending: Ending | None = None


def giving_unit_id(task: Task, viewer: Viewer) -> int:
    """The unit for which the viewer hands the task down: its assigner, else its lead unit (as parts)."""
    lead = lead_of(task, viewer)
    return assigner_of(task, viewer) if is_assigner(task, viewer) or lead is None else lead


def assignable_ids(unit_id: int, day: date) -> frozenset[int]:
    """The units to which a unit may hand tasks down on the day.

    Those under it, in any hierarchy; a unit that stands at the top of a hierarchy: every unit in force.
    """
    if Placement.objects.on(day).filter(unit=unit_id, parent=None).exists():
        return frozenset(Unit.objects.on(day).values_list("pk", flat=True))
    return subtree_ids(unit_id, day)


def head_posts(unit_ids: Iterable[int], day: date) -> dict[int, Post]:
    """Unit → the post of its head on the day (the first made, when there are several)."""
    posts = Post.objects.on(day).filter(unit__in=set(unit_ids), rank=Rank.HEAD).order_by("-pk")
    return {post.unit_id: post for post in posts}


def preview(task: Task, unit_ids: Sequence[int], day: date) -> list[PlannedPart]:
    """What handing down to the units would make, one entry for each, in the order given."""
    units = units_on(day, unit_ids)
    posts = head_posts(unit_ids, day)
    holders = holders_on(day, [post.pk for post in posts.values()])
    have = set(task.children.filter(lead_unit__in=unit_ids).values_list("lead_unit_id", flat=True))
    endings = endings_ahead(unit_ids, day)
    return [
        PlannedPart(
            unit=units[unit_id],
            post_id=posts[unit_id].pk if unit_id in posts else None,
            post_title=posts[unit_id].title if unit_id in posts else "",
            holder=holders.get(posts[unit_id].pk, "") if unit_id in posts else "",
            has_part=unit_id in have,
            ending=endings.get(unit_id),
        )
        for unit_id in dict.fromkeys(unit_ids)
        if unit_id in units
    ]


@dataclass(frozen=True)
class PostChoice:
    """A post one can choose, with its unit and who holds it on the day ('' when nobody does)."""

    id: int
    title: str
    unit: str
    holder: str

    def __str__(self) -> str:
        return f"{self.title} – {self.unit}" + (f" ({self.holder})" if self.holder else "")


def posts_of(unit_ids: Iterable[int], day: date) -> list[PostChoice]:
    """The posts of the units on the day, by unit and rank of making."""
    ids = set(unit_ids)
    posts = list(Post.objects.on(day).filter(unit__in=ids).order_by("pk"))
    units = units_on(day, {post.unit_id for post in posts})
    holders = holders_on(day, [post.pk for post in posts])
    order = {unit_id: place for place, unit_id in enumerate(units)}
    posts.sort(key=lambda post: (order[post.unit_id], post.rank, post.pk))
    return [
        PostChoice(post.pk, post.title, units[post.unit_id].name, holders.get(post.pk, "")) for post in posts
    ]


def checking_unit_ids(unit_id: int, day: date) -> frozenset[int]:
    """The units whose posts may check for a unit: itself and those of its own level under it."""
    under = subtree_ids(unit_id, day)
    own = UnitVersion.objects.on(day).filter(unit=unit_id).values("level")
    same = UnitVersion.objects.on(day).filter(unit__in=under, level__in=own)
    return frozenset(same.values_list("unit_id", flat=True)) | {unit_id}
