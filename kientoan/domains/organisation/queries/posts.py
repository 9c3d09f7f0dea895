"""One post with everybody who was ever in it."""

from dataclasses import dataclass
from datetime import date

from ..models import Membership, MembershipKind, Post
from .followed import Followed, what_followed
from .tree import UnitOnDay, units_on


@dataclass(frozen=True)
class PostPage:
    """A post on a day: who was in it when, latest first, and what followed if a decision ended it."""

    post: Post
    unit: UnitOnDay
    is_in_force: bool
    is_vacant: bool
    memberships: tuple[Membership, ...]
    followed: Followed | None


def post_page(post_id: int, day: date) -> PostPage:
    """Raises `Post.DoesNotExist`."""
    post = Post.objects.get(pk=post_id)
    rows = Membership.objects.filter(post=post).select_related("person").order_by("-in_force", "id")
    memberships = tuple(rows)
    held = any(day in row.in_force and row.kind == MembershipKind.HOLD for row in memberships)
    in_force = day in post.in_force
    followed = what_followed([(post.ended_by_id, post.unit_id)])
    return PostPage(
        post=post,
        unit=units_on(day, [post.unit_id])[post.unit_id],
        is_in_force=in_force,
        is_vacant=in_force and not held,
        memberships=memberships,
        followed=followed.get((post.ended_by_id or 0, post.unit_id)),
    )
