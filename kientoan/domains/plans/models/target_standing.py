"""With whom a target was on a day, and how high it was: what `standing` is for tasks."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce

from kientoan.domains.organisation.models import Post

from .standing import passed_later
from .successions import Part
from .targets import Target

NUMBERS = ("low", "high", "baseline")


def targets_on(day: date, *, ahead: bool) -> QuerySet[Target]:
    """The targets there were on the day, with `unit_on` and `set_unit_on`: who had each and its set then.

    `ahead`: whether a decision of a later day is applied. What one made of a target is not there before.
    """
    if not ahead:
        return Target.objects.alias(unit_on=F("unit_id"), set_unit_on=F("target_set__unit_id"))
    number = models.BigIntegerField()
    later = passed_later(day)
    changed = KeyTextTransform("0", KeyTransform("unit_id", KeyTransform("changed", "before")))
    moved = later.filter(target=OuterRef("pk"), before__changed__has_key="unit_id")
    given = later.filter(target_set=OuterRef("target_set"), part=Part.UNIT)
    made = later.filter(target__isnull=False, before__has_key="made").order_by()
    found = Target.objects.exclude(pk__in=made.values(key=Cast(KeyTextTransform("made", "before"), number)))
    return found.alias(
        unit_on=Coalesce(
            Subquery(moved.values(was=Cast(changed, number))[:1]), F("unit_id"), output_field=number
        ),
        set_unit_on=Coalesce(
            Subquery(given.values("from_unit")[:1]), F("target_set__unit_id"), output_field=number
        ),
    )


def stand_targets_on(targets: Sequence[Target], day: date) -> None:
    """Put the units, the post and the numbers of the day into targets that are shown, not saved.

    Three statements. Of a set (it must be loaded): its unit and its name.
    """
    ids = [target.pk for target in targets]
    lines = passed_later(day).filter(Q(target__in=ids) | Q(before__into__in=ids))
    before: dict[int, dict[str, Any]] = {}
    for key, told in lines.values_list("target_id", "before"):
        held = before.setdefault(told.get("into", key), {})
        for name, (was, _now) in told.get("changed", {}).items():
            held.setdefault(name, was)
    posts = Post.objects.in_bulk({held["post_id"] for held in before.values() if held.get("post_id")})
    sets: dict[int, tuple[int, str]] = {}
    of_sets = passed_later(day).filter(target_set__in={target.target_set_id for target in targets})
    for key, unit, told in of_sets.values_list("target_set_id", "from_unit_id", "before"):
        sets.setdefault(key or 0, (unit, told["name"]))
    for target in targets:
        for name, value in before.get(target.pk, {}).items():
            setattr(target, name, Decimal(value) if name in NUMBERS and value is not None else value)
        if target.post_id in posts:
            target.post = posts[target.post_id]
        if target.target_set_id in sets:
            target.target_set.unit_id, target.target_set.name = sets[target.target_set_id]
