"""Which post of a successor answers for what a post of the ended unit answered for."""

from collections.abc import Sequence

from kientoan.domains.organisation import operations as organisation
from kientoan.domains.organisation.models import Decision, Post, Rank
from kientoan.domains.organisation.rules.titles import renamed
from kientoan.domains.plans.rules.succession import PostHeir, Takeover

_FAR = 3


def post_heirs(decision: Decision, takeovers: Sequence[Takeover]) -> list[PostHeir]:
    """For each post and heir: the post of the same title there, else of the same rank, else the head's."""
    units = [one.unit for one in takeovers]
    heirs = {heir for one in takeovers for heir in one.heirs}
    old: dict[int, list[Post]] = {}
    for post in Post.objects.filter(unit__in=units).order_by("pk"):
        old.setdefault(post.unit_id, []).append(post)
    new: dict[int, list[Post]] = {}
    for post in Post.objects.on(decision.effective_date).filter(unit__in=heirs).order_by("pk"):
        new.setdefault(post.unit_id, []).append(post)
    called = organisation.names_around(decision, [*units, *heirs])
    found = []
    for takeover in takeovers:
        for post in old.get(takeover.unit, ()):
            for heir in takeover.heirs:
                title = renamed(post.title, called[takeover.unit], called[heir]).lower()
                ranked = [(_distance(post, title, other), other.pk) for other in new.get(heir, ())]
                nearest = min(ranked, default=(_FAR, 0))
                if nearest[0] < _FAR:
                    found.append(PostHeir(post.pk, heir, nearest[1]))
    return found


def _distance(post: Post, title: str, other: Post) -> int:
    """How far the other post is from being the one that comes after: 0 the same … 3 not at all."""
    if other.title.lower() == title:
        return 0
    if other.rank == post.rank:
        return 1
    return 2 if other.rank == Rank.HEAD else _FAR
