"""Passing duties on from units that end, in a fixed number of statements however many duties there are.

Called within the transaction of a decision (see the domain `reorganisation`), which also writes the journal.
A closed task and a past figure stay where they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import Decision

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

    @property
    def arguments(self) -> dict[str, Any]:
        """The values of `succession_sql`."""
        fields = [(one.unit, *pair) for one in self.takeovers for pair in one.fields.items()]
        return {
            "units": self.units,
            "rules": [one.rule for one in self.takeovers],
            "heirs": [one.heir for one in self.takeovers],
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
        cursor.execute(sql.LOCK_TASKS, estate.arguments)
        cursor.execute(sql.TASKS, estate.arguments)
        cursor.execute(sql.COOPERATIONS, estate.arguments)


def take_tasks_back(decision: Decision) -> None:
    """Give the tasks back what `pass_tasks_on` changed; the lines of the log and the successions go."""
    arguments = {"decision": decision.pk}
    with connection.cursor() as cursor:
        cursor.execute(sql.COOPERATIONS_BACK, arguments)
        cursor.execute(sql.TASKS_BACK, arguments)
        cursor.execute(sql.FORGET_TASKS, arguments)
