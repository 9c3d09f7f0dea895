"""The present-day tree kept by django-treebeard, for comparison: materialized paths and nested sets.

Its two tables are made in the database of the benchmark and dropped at the end.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

HOW = (
    "django-treebeard is not installed. For the comparison with it: "
    "pip install -r requirements-benchmarks.lock (or: pip install django-treebeard)"
)


class NotInstalled(Exception):
    """The message says how to install it."""


def models() -> dict[str, Any]:
    """Name → model of each kind of tree. Raises `NotInstalled`."""
    from django.db import models

    try:
        from treebeard.mp_tree import MP_Node
        from treebeard.ns_tree import NS_Node
    except ImportError as error:
        raise NotInstalled(HOW) from error

    class PathUnit(MP_Node):
        name = models.CharField(max_length=255)
        code = models.CharField(max_length=40)

        class Meta:
            app_label = "benchmark_treebeard"

    class NestedUnit(NS_Node):
        name = models.CharField(max_length=255)
        code = models.CharField(max_length=40)

        class Meta:
            app_label = "benchmark_treebeard"

    return {"treebeard MP_Node": PathUnit, "treebeard NS_Node": NestedUnit}


@contextmanager
def tables(kinds: Mapping[str, Any]) -> Iterator[None]:
    """The tables of the models, for the time of the block."""
    from django.db import connection

    with connection.schema_editor() as editor:
        for model in kinds.values():
            editor.create_model(model)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            for model in kinds.values():
                editor.delete_model(model)


def fill(model: Any, units: Mapping[int, Any], placed: Mapping[int, int | None]) -> None:
    """The units, with their own ids, by the calls that its handbook names; parents before children."""
    from django.db import connection, transaction

    children: dict[int | None, list[int]] = {}
    for unit in units:
        if unit in placed:
            children.setdefault(placed[unit], []).append(unit)
    with transaction.atomic():
        waiting: list[tuple[Any, int]] = [(None, unit) for unit in reversed(children[None])]
        while waiting:
            above, unit = waiting.pop()
            new = model(pk=unit, name=units[unit].name, code=units[unit].code)
            if above is None:
                node = model.objects.add_root(instance=new)
            else:
                node = model.objects.add_child(above, instance=new)
            waiting += [(node, child) for child in reversed(children.get(unit, ()))]
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")
