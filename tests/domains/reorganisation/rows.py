"""Every row of every table that a reorganisation may touch, to compare before and after."""

from django.apps import apps
from django.db import connection

LEFT_OUT = {"organisation_decision", "organisation_closure"}
"""The decision itself stays (undone) with its events; the closure is compared without its row numbers."""
OF_DECISIONS = (
    "changeevent",
    "originalunit",
    "resultingunit",
    "resultingplace",
    "passing",
    "choice",
    "fieldheir",
)


def every_row() -> dict[str, list[str]]:
    """Table → its rows as text, sorted; without the history, the journal and the decisions themselves."""
    found = {}
    for label in ("organisation", "results", "plans", "reorganisation"):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            table = model._meta.db_table
            if hasattr(model, "pgh_tracked_model") or (table.endswith("event") and table != "x"):
                continue
            if table in LEFT_OUT or table.endswith(OF_DECISIONS):
                continue
            found[table] = _rows(f'SELECT t::text FROM "{table}" t')
    found["closure"] = _rows(
        "SELECT (hierarchy, ancestor_id, descendant_id, depth, in_force)::text FROM organisation_closure"
    )
    return found


def _rows(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return sorted(row[0] for row in cursor.fetchall())
