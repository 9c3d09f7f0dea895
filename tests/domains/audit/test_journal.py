"""The journal cannot be changed, and shows when it was."""

import pytest
from django.db import DatabaseError, connection, transaction

from kientoan.domains.audit.models import Entry
from kientoan.domains.audit.operations import first_broken, record
from tests.conftest import NOW, Cast


def test_an_intact_journal_has_no_broken_entry(cast: Cast) -> None:
    record(actor=cast.officer, verb="test.one", at=NOW)
    assert Entry.objects.count() > 1
    assert first_broken() is None


def test_an_entry_cannot_be_changed(cast: Cast) -> None:
    entry = record(actor=cast.officer, verb="test.one", at=NOW)
    entry.verb = "test.other"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()


def test_a_change_behind_the_triggers_is_found(cast: Cast) -> None:
    entry = record(actor=cast.officer, verb="test.one", at=NOW)
    record(actor=cast.officer, verb="test.two", at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE audit_entry SET verb = 'x' WHERE id = %s", [entry.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert first_broken() == entry
