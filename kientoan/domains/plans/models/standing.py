"""With whom a task was on a day: a decision passes it on from its own day, not before.

A record holds who has it after every decision that was applied. What it was on an earlier day is read from
the first line of its log that a later decision wrote. Nothing of it is asked while no decision lies ahead of
the day (`Viewer.changes_ahead`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce

from kientoan.domains.organisation.models import Post

from .successions import Part, Succession, SuccessionQuerySet
from .tasks import Cooperation, Task
from .updates import Update, UpdateKind

HELD = ("lead_unit_id", "assigner_unit_id", "post_id", "checker_post_id")
"""The fields of a task that pass on."""


def _lines(day: date) -> models.QuerySet[Update]:
    """The lines of the logs by which tasks pass on after the day, the first first."""
    return Update.objects.filter(kind=UpdateKind.SUCCEEDED, day__gt=day).order_by("day", "pk")


def passed_later(day: date) -> SuccessionQuerySet:
    """What passes on after the day, the first first; what waits for somebody to decide is left out."""
    return Succession.objects.filter(day__gt=day, to_unit__isnull=False).order_by("day", "pk")


def unit_on(name: str, day: date) -> Combinable:
    """The unit in a field of the outer task (`lead_unit`, `assigner_unit`) as it was on the day."""
    lines = _lines(day).filter(task=OuterRef("pk"), changes__has_key=f"{name}_id")
    before = KeyTextTransform("0", KeyTransform(f"{name}_id", "changes"))
    first = lines.values(was=Cast(before, models.BigIntegerField()))[:1]
    return Coalesce(Subquery(first), F(f"{name}_id"), output_field=models.BigIntegerField())


def cooperates(units: Collection[int], day: date, *, ahead: bool) -> Q:
    """Tasks in which one of the units cooperated on the day; `ahead`: a later decision is applied."""
    held = Cooperation.objects.filter(task=OuterRef("pk"), unit__in=units)
    if not ahead:
        return Q(Exists(held))
    came = passed_later(day).filter(
        part=Part.COOPERATING, task=OuterRef("task"), before__there_already=False
    ).order_by()  # fmt: skip
    gave = passed_later(day).filter(part=Part.COOPERATING, task=OuterRef("pk"), from_unit__in=units)
    return Q(Exists(held.exclude(Exists(came.filter(to_unit=OuterRef("unit")))))) | Q(
        Exists(gave.exclude(Exists(came.filter(to_unit=OuterRef("from_unit")))))
    )


def came_since(units: Collection[int], day: date, today: date) -> Q:
    """Tasks that passed to one of the units after the day, by today: they came with all their past.

    Also where the unit got a mere part of the one that had them.
    """
    if day >= today:
        return Q(pk__in=())
    lines = _lines(day).filter(task=OuterRef("pk"), day__lte=today).order_by()

    def came(name: str) -> Q:
        now = KeyTextTransform("1", KeyTransform(f"{name}_id", "changes"))
        return Q(Exists(lines.alias(now=Cast(now, models.BigIntegerField())).filter(now__in=units)))

    helps = passed_later(day).filter(
        task=OuterRef("pk"), part=Part.COOPERATING, day__lte=today, to_unit__in=units
    )
    handed = Q(handed_down_at__isnull=False) & (came("lead_unit") | Q(Exists(helps.order_by())))
    return handed | came("assigner_unit")


def before_passing(task_ids: Iterable[int], day: date) -> dict[int, dict[str, Any]]:
    """Task → what later decisions change of it: field (or 'cooperating') → its value on the day."""
    lines = _lines(day).filter(task__in=set(task_ids))
    found: dict[int, dict[str, Any]] = {}
    for task, changes in lines.values_list("task_id", "changes"):
        held = found.setdefault(task, {})
        for name, (was, _now) in changes.items():
            held.setdefault(name, was)
    return found


def stand_on(tasks: Sequence[Task], day: date) -> None:
    """Put the units and posts that had them on the day into tasks that are shown (two statements).

    Such a task is not saved: it says what was.
    """
    wanted = [task for task in tasks if task.stands_on != day]
    before = before_passing((task.pk for task in wanted), day)
    posts = Post.objects.in_bulk({held[name] for held in before.values() for name in _posts(held)})
    for task in wanted:
        task.stands_on = day
        held = before.get(task.pk, {})
        for name in HELD:
            if name in held:
                setattr(task, name, held[name])
        for name in _posts(held):
            setattr(task, name.removesuffix("_id"), posts[held[name]])
        if "cooperating" in held:
            task.cooperating_then = tuple(held["cooperating"])


def _posts(held: Mapping[str, Any]) -> list[str]:
    return [name for name in ("post_id", "checker_post_id") if held.get(name) is not None]
