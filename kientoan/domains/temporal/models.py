"""Half-open validity ranges (`in_force`), optimistic locking, and history by database triggers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Self, TypeVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

Model = TypeVar("Model", bound=type[models.Model])


def tracked(model: Model) -> Model:
    """Keep every version of every row: insert, update and delete are written by triggers, per statement."""
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    wrapped: Model = pghistory.track(*events)(model)
    return wrapped


def tracked_without_indexes(model: Model) -> Model:
    """`tracked`, with no index on the foreign keys of the history: for rows that come in great numbers.

    Versions of one row are found all the same (see `known`).
    """
    wrapped = tracked(model)
    for field in wrapped.pgh_event_model._meta.concrete_fields:  # type: ignore[attr-defined]
        if isinstance(field, models.ForeignKey):  # the library has no option for one table alone
            field.db_index = False  # type: ignore[attr-defined]
    return wrapped


def known_since(field: str) -> Callable[[Model], Model]:
    """For rows that are written once: as known on a moment, those whose `field` is not later."""

    def mark(model: Model) -> Model:
        model.known_since_field = field  # type: ignore[attr-defined]
        return model

    return mark


def known_by(select: str) -> Callable[[Model], Model]:
    """For rows that follow from tracked ones: the query that gives them as known on a moment.

    `{schema}` in it stands for the schema with what was known.
    """

    def mark(model: Model) -> Model:
        model.known_select = select  # type: ignore[attr-defined]
        return model

    return mark


def since(start: date, end: date | None = None) -> DateRange:
    """The half-open range from `start` until the day before `end` (for ever when `end` is None)."""
    return DateRange(start, end, "[)")


class InForceQuerySet(models.QuerySet[Any]):
    """Rows that hold for a time."""

    def on(self, day: date) -> Self:
        """Rows that hold on the day."""
        return self.filter(in_force__contains=day)


class InForce(models.Model):
    """Something that holds from a day until (not including) another."""

    in_force = DateRangeField()

    class Meta:
        abstract = True


def never_twice(name: str, fields: Sequence[str], condition: models.Q | None = None) -> ExclusionConstraint:
    """A constraint: rows with equal `fields` never hold on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            ("in_force", RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


class Stale(Exception):
    """Somebody else saved the record first. `changes` maps field → (value then, value now).

    With `model` a page can call the fields by their names; with `row_version` among the changes it can offer
    to save one's own words all the same.
    """

    def __init__(
        self, changes: dict[str, tuple[Any, Any]], *, model: type[models.Model] | None = None
    ) -> None:
        super().__init__("the record was changed by somebody else")
        self.changes = changes
        self.model = model


def refuse_stale(record: models.Model, seen: Mapping[str, Any]) -> None:
    """Raise `Stale` when a field of the locked record is no longer what its editor saw."""
    changes = {
        name: (value, getattr(record, name)) for name, value in seen.items() if getattr(record, name) != value
    }
    if changes:
        raise Stale(changes, model=type(record))


class Versioned(models.Model):
    """A record several people may edit: `row_version` grows with each save."""

    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
