"""The targets that pass on with a unit, as the rules of passing see them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from kientoan.domains.results.models import Aggregation

from ..models import Target
from ..rules.target_fates import Due
from ..rules.target_parts import Bounds

Place = tuple[int, int, int, Any, Any]
"""What makes a target unique: set, indicator, unit, period."""


def targets_due(units: Iterable[int], day: date) -> QuerySet[Target]:
    """Targets not over on the day that one of the units does, watches, or answers for by a post."""
    named = set(units)
    concerned = Q(unit__in=named) | Q(monitor_unit__in=named) | Q(post__unit__in=named)
    found = Target.objects.filter(concerned, period_end__gt=day)
    return found.select_related("indicator", "post").order_by("pk")


def targets_held(units: Iterable[int], day: date) -> QuerySet[Target]:
    """Targets of the units that are not over on the day."""
    found = Target.objects.filter(unit__in=set(units), period_end__gt=day)
    return found.select_related("indicator").order_by("pk")


def place_of(target: Target, unit: int | None = None) -> Place:
    """The place that only one target can have, with another unit when one is given."""
    return (
        target.target_set_id, target.indicator_id, target.unit_id if unit is None else unit,
        target.period_start, target.period_end,
    )  # fmt: skip


def bounds_of(target: Target) -> Bounds:
    """The numbers of a target."""
    return Bounds(target.operator, target.low, target.high, target.baseline, target.baseline_year)


def due_of(target: Target) -> Due:
    """A target as the rules see it."""
    place = (target.target_set_id, target.indicator_id, target.period_start, target.period_end)
    adds = target.indicator.aggregation == Aggregation.SUM
    return Due(target.pk, place, target.unit_id, bounds_of(target), adds, target.indicator.field_id)
