"""Foreign keys that few rows have: an index of those rows alone costs nothing to the others."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q


def sparse_key(
    model: type[models.Model] | str,
    label: Any = None,
    *,
    on_delete: Any = models.PROTECT,
    related_name: str = "+",
    blank: bool = False,
) -> Any:
    """A foreign key that may be empty; its index is one of `sparse_indexes`."""
    return models.ForeignKey(
        model, on_delete, verbose_name=label, null=True, blank=blank, db_index=False,
        related_name=related_name,
    )  # fmt: skip


def sparse_indexes(prefix: str, names: Iterable[str]) -> list[models.Index]:
    """An index for each of the keys, of the rows that have it."""
    return [
        models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"{prefix}_{name}"[:30])
        for name in names
    ]
