"""Files that hold a decision (JSON, Excel): read, tried out, everything that is wrong told at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kientoan.domains.organisation.operations import UnknownKey, draft_decision
from kientoan.domains.organisation.queries.plan import Plan, Trouble, plan_of

from .decision_json import read_json
from .decision_sheet import read_table
from .file_kinds import FileKind, kind_of_file
from .written import BadFile, Problem, WrittenDecision

FOLLOWING = frozenset({Trouble.CHILDREN, Trouble.PARENT, Trouble.UNDER_ITSELF})
"""Troubles that may come only of the rows that are left out because something else is wrong with them."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file tried out: nothing is written. `decision` None: the file cannot be read at all."""

    decision: WrittenDecision | None
    problems: tuple[Problem, ...]
    ending: int = 0
    new: int = 0
    renewed: int = 0

    @property
    def ready(self) -> bool:
        """Whether it can be drafted as it is."""
        return self.decision is not None and not self.problems


def read_file(data: bytes, *, name: str, day: date | None = None, legal_basis: str = "") -> WrittenDecision:
    """Read a decision from JSON or from a table. Raises `BadFile` with every problem."""
    if kind_of_file(data, name=name) == FileKind.JSON:
        return read_json(data, name=name, day=day, legal_basis=legal_basis)
    return read_table(data, name=name, day=day, legal_basis=legal_basis)


def check_file(
    data: bytes, *, name: str, at: datetime, day: date | None = None, legal_basis: str = ""
) -> Checked:
    """Read a file and try it on the organisation: what is wrong with its rows and what stands in the way."""
    problems: tuple[Problem, ...] = ()
    try:
        decision: WrittenDecision | None = read_file(data, name=name, day=day, legal_basis=legal_basis)
    except BadFile as refusal:
        decision, problems = refusal.rest, refusal.problems
    if decision is None or not decision.changes:
        return Checked(None, problems)
    try:
        plan = tried(decision, at)
    except UnknownKey as error:
        return Checked(decision, (*problems, Problem(error.row, error.key)))
    found = [*problems, *_collisions(plan, decision, partly=bool(problems))]
    found.sort(key=lambda problem: problem.row)
    return Checked(decision, tuple(found), len(plan.ending), len(plan.new), len(plan.renewed))


def tried(decision: WrittenDecision, at: datetime) -> Plan:
    """What the decision would do; its draft is taken back at once. Raises `UnknownKey`."""
    with transaction.atomic():
        draft = draft_decision(
            legal_basis=decision.legal_basis, effective_date=decision.effective_date,
            changes=decision.changes, at=at, note=decision.note,
        )  # fmt: skip
        plan = plan_of(draft)
        transaction.set_rollback(True)
    return plan


def _collisions(plan: Plan, decision: WrittenDecision, *, partly: bool) -> Iterator[Problem]:
    """What stands in the way, at the rows of the file."""
    for one in plan.collisions:
        if not (partly and one.trouble in FOLLOWING):
            row = decision.changes[one.row - 1].row if one.row else 0
            yield Problem(row, one.words)
