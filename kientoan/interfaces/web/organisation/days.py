"""The days of something dated, in a form: from a day until the end of another."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext

from kientoan.domains.temporal.models import Stale, since

from ..wording import span_text
from .fields import seen_values
from .forms import DaysForm, first_day_after


def days_of(in_force: DateRange) -> dict[str, Any]:
    """The values that a `DaysForm` starts from."""
    upper = in_force.upper
    return {"start": in_force.lower, "last_day": upper - timedelta(days=1) if upper else None}


def seen_days(form: DaysForm) -> dict[str, Any]:
    """The range that stood in the form when it was opened, as operations take it."""
    seen = seen_values(form)
    return {"in_force": since(seen["start"], first_day_after(seen["last_day"]))}


@contextmanager
def telling_stale_days(form: DaysForm) -> Iterator[None]:
    """When somebody else changed the days meanwhile, say so in the form."""
    try:
        yield
    except Stale as stale:
        _then, now = stale.changes["in_force"]
        message = gettext("Trong lúc bạn nhập, người khác đã sửa thành: %(span)s. Hãy mở lại trang rồi sửa.")
        form.add_error(None, message % {"span": span_text(now)})
