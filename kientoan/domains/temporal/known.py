"""What the system knew at a moment: the second axis of time, from the history that triggers write.

The schema `known` has one view for each tracked table, with the same name and columns: the version of each
row that was current at `kientoan.known_at`. `as_known_on` puts the schema before the tables for one
transaction, so every query reads the past unchanged. Tables without history are read as they are now.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction

SCHEMA = "known"
MOMENT = "current_setting('kientoan.known_at')::timestamptz"

# The latest event of a row up to the moment. Two transactions may write one row in the order of their locks
# and not of their beginnings, so "latest" is by the number of the event, which follows the locks.
_VIEW = """
CREATE VIEW {schema}.{table} AS SELECT {columns} FROM {events} AS e
WHERE e.pgh_created_at <= {moment} AND e.pgh_label <> 'delete' AND NOT EXISTS (
    SELECT 1 FROM {events} AS later WHERE later.pgh_obj_id = e.pgh_obj_id AND later.pgh_id > e.pgh_id
    AND later.pgh_created_at <= {moment}
)"""
_SINCE = "CREATE VIEW {schema}.{table} AS SELECT {columns} FROM {table} AS e WHERE e.{since} <= {moment}"
_INDEX = "CREATE INDEX IF NOT EXISTS {index} ON {events} (pgh_obj_id, pgh_id) INCLUDE (pgh_created_at)"

_SWITCH = """
SELECT obj_description(to_regnamespace(%s), 'pg_namespace'),
       set_config('kientoan.known_at', %s, true),
       set_config('search_path', %s || ', ' || current_setting('search_path'), true),
       set_config('transaction_read_only', 'on', true)
"""


class NotReady(Exception):
    """The views are not there: the database has not been brought up to date by `kientoan migrate`."""


@contextmanager
def as_known_on(at: datetime) -> Iterator[None]:
    """Within the block every query answers as the system would have at that moment; writing is refused.

    Raises `NotReady`; a write raises `django.db.InternalError` (read-only transaction).
    """
    with transaction.atomic(), _grouped_by_all_columns():
        try:
            with connection.cursor() as cursor:
                cursor.execute(_SWITCH, [SCHEMA, at.isoformat(), SCHEMA])
                if not cursor.fetchone()[0]:
                    raise NotReady
            yield
        finally:
            transaction.set_rollback(True)  # also within a transaction the settings go back


@contextmanager
def _grouped_by_all_columns() -> Iterator[None]:
    """A view has no primary key, so "group by" must name every column of a row and not its key alone."""
    features = connection.features
    before = features.allows_group_by_selected_pks
    features.allows_group_by_selected_pks = False
    try:
        yield
    finally:
        features.allows_group_by_selected_pks = before


def history_of(model: type[models.Model]) -> type[models.Model] | None:
    """The table of events of a tracked model; None for another."""
    found: dict[str, type[models.Model]] = getattr(model, "pgh_event_models", {})
    return next(iter(found.values()), None)


def views() -> dict[str, str]:
    """Table → the statement that makes its view; those that read other views come last."""
    tracked, others = {}, {}
    for model in apps.get_models():
        table = model._meta.db_table
        events = history_of(model)
        if events is not None:
            tracked[table] = _view(model, events)
        elif since := getattr(model, "known_since_field", ""):
            others[table] = _since(model, since)
        elif select := getattr(model, "known_select", ""):
            others[table] = f"CREATE VIEW {SCHEMA}.{_quoted(table)} AS {select.format(schema=SCHEMA)}"
    return {**tracked, **others}


def _view(model: type[models.Model], events: type[models.Model]) -> str:
    kept = {field.column or "" for field in events._meta.concrete_fields}
    columns = ", ".join(_column(field, kept, model) for field in model._meta.concrete_fields)
    return _VIEW.format(
        schema=SCHEMA, table=_quoted(model._meta.db_table), columns=columns,
        events=_quoted(events._meta.db_table), moment=MOMENT,
    )  # fmt: skip


def _column(field: "models.Field[object, object]", kept: set[str], model: type[models.Model]) -> str:
    """The column as its events have it."""
    if field.column not in kept:
        raise ImproperlyConfigured(f"{model._meta.label}.{field.name} is not in the history")
    return f"e.{_quoted(field.column or '')}"


def _since(model: type[models.Model], field: str) -> str:
    columns = ", ".join(f"e.{_quoted(one.column or '')}" for one in model._meta.concrete_fields)
    since = _quoted(str(model._meta.get_field(field).column))  # type: ignore[union-attr]
    return _SINCE.format(
        schema=SCHEMA, table=_quoted(model._meta.db_table), columns=columns, since=since, moment=MOMENT
    )


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def make_views() -> None:
    """Make the views and the indexes they need; nothing when they are as the models want them."""
    statements = list(views().values())
    mark = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace(%s), 'pg_namespace')", [SCHEMA])
        if cursor.fetchone()[0] == mark:
            return
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for model in apps.get_models():
            if (events := history_of(model)) is not None:
                table = events._meta.db_table
                cursor.execute(_INDEX.format(index=_quoted(f"{table[:50]}_known"), events=_quoted(table)))
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{mark}'")


def drop_views() -> None:
    """Take the views away, so that the tables under them can change."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
