"""When the system was told about the organisation: read from the history, never from what was known then."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from kientoan.domains.temporal.known import history_of

from ..models import Decision, Membership, Person, Placement, Post, Unit, UnitCode, UnitVersion

RECORDED: tuple[type[models.Model], ...] = (
    Unit, UnitVersion, UnitCode, Placement, Decision, Post, Person, Membership,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """A day on which something about the organisation was written down, corrected or taken back."""

    day: date
    rows: int


def first_known() -> datetime | None:
    """The moment of the first unit written down; None before that."""
    events: Any = history_of(Unit)
    found: datetime | None = events.objects.aggregate(first=models.Min("pgh_created_at"))["first"]
    return found


def recorded_days(most: int) -> list[RecordedDay]:
    """The latest days on which something was recorded, in the office's time, with how many rows."""
    tables = [events._meta.db_table for model in RECORDED if (events := history_of(model))]
    union = " UNION ALL ".join(f'SELECT pgh_created_at FROM "{table}"' for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (pgh_created_at AT TIME ZONE %s)::date AS day, count(*) FROM ({union}) AS written "
            "GROUP BY day ORDER BY day DESC LIMIT %s",
            [timezone.get_current_timezone_name(), most],
        )
        return [RecordedDay(*row) for row in cursor.fetchall()]
