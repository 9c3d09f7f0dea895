"""Who was accountable for a task on a day, and over its whole life: posts, holders, ranges."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from kientoan.domains.organisation.models import Membership, MembershipKind, Person, Post
from kientoan.domains.organisation.queries import UnitOnDay, units_on

from ..models import Task, UpdateKind
from ..rules.accountability import Held, Tenure, tenures


@dataclass(frozen=True)
class DutyHeld:
    """For these days the duty lay with this post, and this person was in it (None: nobody held it).

    `post` None: no post was named then, only the unit.
    """

    post: Post | None
    unit: UnitOnDay | None
    person: Person | None
    kind: str
    start: date
    end: date | None

    @property
    def in_force(self) -> DateRange:
        """The days as a half-open range."""
        return DateRange(self.start, self.end, "[)")

    @property
    def kind_words(self) -> str:
        """Holding, acting or seconded, in words."""
        return str(MembershipKind(self.kind).label)

    @property
    def is_vacant(self) -> bool:
        """Whether the post had no holder."""
        return self.post is not None and self.person is None


@dataclass(frozen=True)
class Accountability:
    """The life of a duty until the day looked at, earliest first."""

    day: date
    lines: tuple[DutyHeld, ...]

    @property
    def on_day(self) -> tuple[DutyHeld, ...]:
        """Who was accountable on the day: the holder or the gap, then who acted."""
        return tuple(line for line in self.lines if self.day in line.in_force)


@dataclass(frozen=True)
class _Stretch:
    """Days on which the duty lay with one unit and one post."""

    unit: int | None
    post: int | None
    start: date
    end: date | None


def accountability_of(task: Task, day: date) -> Accountability:
    """Read from the log of the task, across every change of its post (four statements)."""
    stretches = [one for one in _stretches(task) if one.start <= day]
    if not stretches:
        return Accountability(day, ())
    posts = Post.objects.in_bulk({one.post for one in stretches if one.post})
    held: dict[int, list[Membership]] = {}
    memberships = Membership.objects.filter(post__in=posts).select_related("person")
    for row in memberships:
        held.setdefault(row.post_id, []).append(row)
    ids = {one.unit for one in stretches if one.unit} | {post.unit_id for post in posts.values()}
    units = units_on(day, ids)
    lines = [line for one in stretches for line in _lines(one, posts, held, units) if line.start <= day]
    return Accountability(day, tuple(lines))


def _stretches(task: Task) -> list[_Stretch]:
    """Unit and post over the days, worked back from what they are now through the changes of the log."""
    logged = list(task.updates.order_by("-day", "-id").values_list("kind", "day", "changes"))
    handed = [day for kind, day, _ in logged if kind == UpdateKind.HANDED_DOWN]
    if task.handed_down_at is None or not handed:
        return []
    begin = min(handed)
    unit, post = task.lead_unit_id, task.post_id
    end = task.done_date + timedelta(days=1) if task.done_date else None
    found: list[_Stretch] = []
    for _kind, changed, changes in logged:
        if changed <= begin:  # what was chosen on the first day held from then on
            break
        if not {"post_id", "lead_unit_id"} & set(changes):
            continue
        if end is None or changed < end:
            found.append(_Stretch(unit, post, changed, end))
            end = changed
        unit = changes.get("lead_unit_id", [unit])[0]
        post = changes.get("post_id", [post])[0]
    if end is None or begin < end:
        found.append(_Stretch(unit, post, begin, end))
    return found[::-1]


def _lines(
    one: _Stretch, posts: dict[int, Post], held: dict[int, list[Membership]], units: dict[int, UnitOnDay]
) -> list[DutyHeld]:
    post = posts.get(one.post or 0)
    unit = units.get(post.unit_id if post else one.unit or 0)
    if post is None:
        return [DutyHeld(None, unit, None, MembershipKind.HOLD, one.start, one.end)]
    rows = {row.pk: row for row in held.get(post.pk, [])}
    times = [Held(key, row.kind, row.in_force.lower, row.in_force.upper) for key, row in rows.items()]
    return [
        DutyHeld(post, unit, _person(tenure, rows), tenure.kind, tenure.start, tenure.end)
        for tenure in tenures(one.start, one.end, times)
    ]


def _person(tenure: Tenure, rows: dict[int, Membership]) -> Person | None:
    return rows[tenure.who].person if tenure.who is not None else None
