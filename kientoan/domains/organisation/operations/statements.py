"""What a person says about the data recorded about them, and what the officer answers."""

from datetime import datetime

from django.db import transaction

from kientoan.domains.audit.operations import record

from ..access import NotAllowed, Viewer, answered_statements
from ..models import Membership, Person, Role, Statement


class AnsweredAlready(Exception):
    """Somebody answered in between, so nothing was changed. `statement` has the answer."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(statement.answer)
        self.statement = statement


@transaction.atomic
def make_statement(
    *, person: Person, text: str, membership: Membership | None, viewer: Viewer, at: datetime
) -> Statement:
    """A person answers to what is recorded about them; `membership`: the time in a post it is about.

    Raises `NotAllowed` unless the viewer is that person, and for a time in a post of somebody else.
    """
    if person.user_id != viewer.user.pk or (membership and membership.person_id != person.pk):
        raise NotAllowed(Role.PERSONNEL)
    statement = Statement.objects.create(person=person, membership=membership, text=text.strip(), at=at)
    record(actor=viewer.user, verb="statement.make", at=at, subject=statement)
    return statement


def _locked(statement: Statement) -> Statement:
    row: Statement = (
        Statement.objects.select_related("person").select_for_update(of=("self",)).get(pk=statement.pk)
    )
    return row


@transaction.atomic
def withdraw_statement(*, statement: Statement, viewer: Viewer, at: datetime) -> None:
    """The person takes it back while nobody answered. Raises `NotAllowed`, `AnsweredAlready`."""
    row = _locked(statement)
    if row.person.user_id != viewer.user.pk:
        raise NotAllowed(Role.PERSONNEL)
    if row.answer:
        raise AnsweredAlready(row)
    record(actor=viewer.user, verb="statement.withdraw", at=at, subject=row)
    row.delete()


@transaction.atomic
def answer_statement(*, statement: Statement, answer: str, viewer: Viewer, at: datetime) -> Statement:
    """An officer who keeps the person's data answers. Raises `NotAllowed`, `AnsweredAlready`."""
    row = _locked(statement)
    if not answered_statements(viewer).filter(pk=row.pk).exists():
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    if row.answer:
        raise AnsweredAlready(row)
    row.answer, row.answered_at, row.answered_by = answer.strip(), at, viewer.user
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    record(actor=viewer.user, verb="statement.answer", at=at, subject=row)
    return row


@transaction.atomic
def take_back_answer(*, statement: Statement, viewer: Viewer, at: datetime) -> Statement:
    """The officer takes the own answer back. Raises `NotAllowed` for an answer of somebody else."""
    row = _locked(statement)
    if row.answered_by_id != viewer.user.pk:
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    row.answer, row.answered_at, row.answered_by = "", None, None
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    record(actor=viewer.user, verb="statement.take_back_answer", at=at, subject=row)
    return row
