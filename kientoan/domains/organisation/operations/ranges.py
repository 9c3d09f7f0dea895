"""Ranges as people give them, and what the database says when two of them meet."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kientoan.domains.temporal.models import since


class BadRange(Exception):
    """The end is not after the start. `start`: first day it holds; `end`: first day it no longer holds."""

    def __init__(self, start: date, end: date) -> None:
        super().__init__(f"{start} .. {end}")
        self.start, self.end = start, end


class OutsideLife(Exception):
    """The days asked for are not all within `life`, the time for which the unit or post exists."""

    def __init__(self, life: DateRange) -> None:
        super().__init__(str(life))
        self.life = life


class Refused(Exception):
    """The database refused a row: `constraint` names the rule it broke."""

    def __init__(self, constraint: str) -> None:
        super().__init__(constraint)
        self.constraint = constraint


def checked(start: date, end: date | None) -> DateRange:
    """The half-open range; raises `BadRange` when it would be empty or backwards."""
    if end is not None and end <= start:
        raise BadRange(start, end)
    return since(start, end)


def holds_throughout(life: DateRange, part: DateRange) -> bool:
    """Whether `part` lies within `life`; an open end lasts for ever."""
    starts = life.lower is None or (part.lower is not None and part.lower >= life.lower)
    ends = life.upper is None or (part.upper is not None and part.upper <= life.upper)
    return starts and ends


@contextmanager
def naming_the_rule() -> Iterator[None]:
    """Run a write in a savepoint; an integrity error comes out as `Refused` with the constraint's name."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        raise Refused(getattr(diagnosis, "constraint_name", None) or "") from error
