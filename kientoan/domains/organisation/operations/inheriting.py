"""What of a unit's own passes to its successor: its record, posts (vacant), roles, the installation's root.

Called within the transaction of a decision, by the domain that knows who takes over from whom; what is
written knows the decision, so that undoing finds it again. No check of rights here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.contrib.postgres.fields.ranges import RangeEndsWith
from django.db import connection

from kientoan.domains.temporal.models import since

from ..body_names import KIND_WORDS
from ..models import Decision, Installation, OriginalUnit, Post, Rank, RoleGrant, Unit, UnitVersion
from ..rules.titles import Called, renamed
from .applying import end_rows

_GRANTS = """
WITH heir(unit, heir) AS (SELECT * FROM unnest(%(units)s::bigint[], %(heirs)s::bigint[])),
ended AS (
    SELECT g.user_id, g.role, h.heir,
           range_agg(daterange(greatest(lower(g.in_force), %(day)s::date), g.end_before)) AS days
    FROM organisation_rolegrant g JOIN heir h ON h.unit = g.unit_id
    WHERE g.ended_by_id = %(decision)s AND g.id = ANY(%(grants)s::bigint[])
    GROUP BY 1, 2, 3
),
held AS (
    SELECT g.user_id, g.role, g.unit_id AS heir, range_agg(g.in_force) AS days
    FROM organisation_rolegrant g
    WHERE g.unit_id = ANY(%(heirs)s)
    GROUP BY 1, 2, 3
)
INSERT INTO organisation_rolegrant (user_id, role, unit_id, in_force, begun_by_id)
SELECT e.user_id, e.role, e.heir, span, %(decision)s
FROM ended e LEFT JOIN held h USING (user_id, role, heir)
CROSS JOIN LATERAL unnest(e.days - coalesce(h.days, '{}'::datemultirange)) AS span
"""


_FULL_HEIRS = """
UPDATE organisation_originalunit o SET heir_id = r.unit_id
FROM organisation_changeevent e, organisation_passing p, organisation_resultingunit r
WHERE e.decision_id = %(decision)s AND o.event_id = e.id AND o.ends AND p.original_id = o.id
  AND p.extent = 'full' AND r.id = p.result_id AND r.unit_id <> o.unit_id
"""


def name_heirs(*, decision: Decision, chosen: Mapping[int, int] | None = None) -> None:
    """Write down who carries on the whole record of each unit that the decision ends.

    That is the unit to which all of it went; where it went in parts, the one that takes over everything
    (`chosen`: unit → heir). A unit whose duties were divided, or wait, has none.
    """
    if chosen is None:
        with connection.cursor() as cursor:
            cursor.execute(_FULL_HEIRS, {"decision": decision.pk})
        return
    rows = OriginalUnit.objects.filter(event__decision=decision, ends=True, heir=None, unit__in=chosen)
    found = list(rows)
    for row in found:
        row.heir_id = chosen[row.unit_id or 0]
    OriginalUnit.objects.bulk_update(found, ["heir"], batch_size=1000)


def end_grants(*, decision: Decision, units: Sequence[int]) -> list[RoleGrant]:
    """The roles on units that end, end with them; gives those that held on the day or later.

    One that was to begin on a later day keeps its days: it is marked as ended, and begins on the heir.
    """
    day = decision.effective_date
    held = RoleGrant.objects.filter(unit__in=units, in_force__overlap=since(day)).exclude(ended_by=decision)
    found = list(held.order_by("pk"))
    later = RoleGrant.objects.filter(pk__in=[one.pk for one in found], in_force__startswith__gte=day)
    later.update(end_before=RangeEndsWith("in_force"), ended_by=decision)
    end_rows(held, decision)
    return found


def inherit_grants(*, decision: Decision, heirs: Iterable[tuple[int, int]], grants: Iterable[int]) -> None:
    """The same roles (of `grants`) for the same accounts, to the same end, on the heir of each (unit, heir).

    Days on which an account has the role there already are left out.
    """
    pairs = list(heirs)
    with connection.cursor() as cursor:
        cursor.execute(
            _GRANTS,
            {
                "units": [unit for unit, _ in pairs],
                "heirs": [heir for _, heir in pairs],
                "day": decision.effective_date,
                "decision": decision.pk,
                "grants": list(grants),
            },
        )


def remove_inherited(*, decision: Decision, grant: RoleGrant, heir: int) -> None:
    """Take back a role that passed on to the heir."""
    RoleGrant.objects.filter(begun_by=decision, user=grant.user_id, role=grant.role, unit=heir).delete()


def inherit_posts(*, decision: Decision, origins: Mapping[int, Sequence[int]]) -> list[Post]:
    """Give each new unit the head and deputy posts of the units it comes of (new unit → those units).

    Each title once, with the name of the unit in it; vacant, because to appoint is an act of a person.
    """
    day = decision.effective_date
    before = since(day - timedelta(days=1), day)
    sources = {unit for units in origins.values() for unit in units}
    called = names_around(decision, [*origins, *sources])
    posts: dict[int, list[Post]] = {}
    ranks = (Rank.HEAD, Rank.DEPUTY)
    rows = Post.objects.filter(unit__in=sources, in_force__overlap=before, rank__in=ranks)
    for post in rows.order_by("pk"):
        posts.setdefault(post.unit_id, []).append(post)
    made: dict[tuple[int, str], Post] = {}
    for unit, units in origins.items():
        for source in units:
            for post in posts.get(source, ()):
                title = renamed(post.title, called[source], called[unit])[:200]
                new = Post(unit_id=unit, title=title, rank=post.rank, in_force=since(day), begun_by=decision)
                made.setdefault((unit, title.lower()), new)
    ordered = sorted(made.values(), key=lambda post: (post.unit_id, post.rank != Rank.HEAD))
    return Post.objects.bulk_create(ordered)


def names_around(decision: Decision, units: Iterable[int]) -> dict[int, Called]:
    """What each unit is called on the day of the decision, or was the day before it ended."""
    rows = UnitVersion.objects.filter(unit__in=set(units), in_force__startswith__lte=decision.effective_date)
    return {
        row.unit_id: Called(row.name, " ".join(KIND_WORDS.get(row.kind, ())))
        for row in rows.order_by("in_force")
    }


def move_root(*, heirs: Mapping[int, int], day: date) -> tuple[Installation, Unit] | None:
    """From the day on the installation goes on with the heir of its root unit.

    Gives what it was; None when nothing moves.
    """
    installation = Installation.objects.select_related("root").filter(root__in=heirs).first()
    if installation is None:
        return None
    before = installation.root
    moved = {"root": heirs[before.pk], "root_before": before, "root_since": day}
    Installation.objects.filter(pk=installation.pk).update(**moved)
    return installation, before


def restore_root(
    *, installation: Installation, root: Unit, earlier: Unit | None = None, since: date | None = None
) -> None:
    """Give the installation back its former root; `earlier`: whose it was before `since`, by a decision that
    stands."""
    held = {"root": root, "root_before": earlier, "root_since": since}
    Installation.objects.filter(pk=installation.pk).update(**held)
