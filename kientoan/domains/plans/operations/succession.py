"""Passing duties on from units that end, in a fixed number of statements however many duties there are.

Called within the transaction of a decision (see the domain `reorganisation`), which also writes the journal.
A closed task and a past figure stay where they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection, models

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import Decision

from ..models import Update
from ..models.successions import SuccessionQuerySet
from ..rules.succession import PostHeir, Takeover
from . import succession_sql as sql


@dataclass(frozen=True)
class Estate:
    """All that is needed to pass duties on: who takes over from whom, which post comes after which."""

    decision: Decision
    takeovers: Sequence[Takeover]
    posts: Sequence[PostHeir]
    at: datetime
    by: User | None

    @property
    def units(self) -> list[int]:
        """The units from which duties pass."""
        return [one.unit for one in self.takeovers]

    @cached_property
    def arguments(self) -> dict[str, Any]:
        """The values of `succession_sql`."""
        leaving = [one for one in self.takeovers if one.heir != one.unit or one.fields]
        fields = [(one.unit, *pair) for one in leaving for pair in one.fields.items()]
        shares = [(one.unit, heir) for one in leaving for heir, _ in one.shares]
        return {
            "units": [one.unit for one in leaving],
            "rules": [one.rule for one in leaving],
            "heirs": [one.heir for one in leaving],
            "share_units": [unit for unit, _ in shares],
            "share_heirs": [heir for _, heir in shares],
            "field_units": [unit for unit, _, _ in fields],
            "field_ids": [field for _, field, _ in fields],
            "field_heirs": [heir for _, _, heir in fields],
            "posts": [one.post for one in self.posts],
            "post_units": [one.unit for one in self.posts],
            "post_heirs": [one.heir for one in self.posts],
            "decision": self.decision.pk,
            "basis": self.decision.legal_basis[:500],
            "day": self.decision.effective_date,
            "at": self.at,
            "by": self.by.pk if self.by else None,
        }


def pass_tasks_on(estate: Estate) -> None:
    """Open tasks: lead unit with its post, assigner, checker, cooperating units."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SETTINGS)
        cursor.execute(sql.LOCK_TASKS, estate.arguments)
        tasks = cursor.fetchone()[0]
        if not tasks:
            return
        cursor.execute(sql.TASKS, estate.arguments | {"tasks": tasks})
        cursor.execute(sql.COOPERATIONS, estate.arguments)
        if estate.arguments["share_units"]:
            cursor.execute(sql.DIVIDE, estate.arguments)


def take_tasks_back(
    lines: models.QuerySet[Update], passed: SuccessionQuerySet, *, forget: bool = True
) -> None:
    """Give the tasks back what these lines of their logs changed; the lines leave the logs.

    `passed`: the successions that go with them. `forget`: these go too; else they wait again.
    """
    ids = passed.filter(task__isnull=False).values_list("pk", flat=True)
    arguments = {"ids": list(ids), "lines": list(lines.order_by().values_list("pk", flat=True))}
    with connection.cursor() as cursor:
        cursor.execute(sql.SETTINGS)
        for statement in (sql.COOPERATIONS_BACK, sql.TASKS_BACK, sql.FORGET if forget else sql.WAIT_AGAIN):
            cursor.execute(statement, arguments)
