"""How spans of days lie to each other."""

from django.db.backends.postgresql.psycopg_any import DateRange


def holds_throughout(life: DateRange, days: DateRange) -> bool:
    """Whether `days` lie within `life`; an open end lasts for ever."""
    starts = life.lower is None or (days.lower is not None and days.lower >= life.lower)
    return starts and (life.upper is None or (days.upper is not None and days.upper <= life.upper))


def meet(one: DateRange, other: DateRange) -> bool:
    """Whether the two have a day in common."""
    first = one.lower is None or other.upper is None or one.lower < other.upper
    return first and (other.lower is None or one.upper is None or other.lower < one.upper)
