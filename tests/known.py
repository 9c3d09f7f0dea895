"""Moving the history of the test into the past: a test's transaction has one moment for all it writes."""

from django.apps import apps
from django.db import connection

from kientoan.domains.temporal.known import history_of


def backdate(*, days: int) -> None:
    """What was written so far was written so many days ago."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if (events := history_of(model)) is not None:
                cursor.execute(
                    f'UPDATE "{events._meta.db_table}" SET pgh_created_at = pgh_created_at - %s * '
                    "interval '1 day'",
                    [days],
                )
