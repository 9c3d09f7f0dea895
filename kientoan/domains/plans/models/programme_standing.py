"""With whom the duty to issue a programme was on a day: what `standing` is for tasks."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from .programmes import ProgrammeDuty
from .standing import passed_later
from .successions import Succession


def programme_duties_on(day: date, *, ahead: bool) -> "QuerySet[Any]":
    """The duties, each with `unit_on`: whose it was on the day.

    `ahead`: whether a decision of a later day is applied. Where the heir had the same duty already, that of
    the ended unit is there until the day only.
    """
    gone = Succession.objects.filter(
        programme_duty=OuterRef("pk"), day__lte=day, before__has_key="into"
    ).order_by()
    found = ProgrammeDuty.objects.exclude(Exists(gone))
    if not ahead:
        return found.annotate(unit_on=F("unit_id"))
    first = passed_later(day).filter(programme_duty=OuterRef("pk")).values("from_unit")[:1]
    number = models.BigIntegerField()
    return found.annotate(unit_on=Coalesce(Subquery(first), F("unit_id"), output_field=number))


def stand_programmes_on(duties: "QuerySet[Any]") -> list[ProgrammeDuty]:
    """The duties of `programme_duties_on` with the unit of the day in them; they are shown, not saved."""
    rows = list(duties)
    for duty in rows:
        duty.unit_id = duty.unit_on
    return rows
