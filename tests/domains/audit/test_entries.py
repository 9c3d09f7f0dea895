"""The journal is read by person, act and day."""

from datetime import date

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import record
from kientoan.domains.audit.queries import EntryFilter, entries_matching, latest_acts
from tests.conftest import NOW, Cast


def test_entries_are_found_by_the_beginning_of_their_act(cast: Cast) -> None:
    record(actor=cast.officer, verb="task.close", at=NOW)
    record(actor=cast.officer, verb="tasklist.read", at=NOW)
    assert [entry.verb for entry in entries_matching(EntryFilter(verb="task"), None)] == ["task.close"]
    assert [entry.verb for entry in entries_matching(EntryFilter(verb="task."), None)] == ["task.close"]


def test_entries_of_other_people_stay_out_of_sight(cast: Cast) -> None:
    record(actor=cast.officer, verb="task.close", at=NOW)
    record(actor=cast.reporter, verb="task.report", at=NOW)
    mine = User.objects.filter(pk=cast.reporter.pk)
    assert [entry.verb for entry in entries_matching(EntryFilter(), mine)] == ["task.report"]


def test_days_include_the_last(cast: Cast) -> None:
    record(actor=cast.officer, verb="task.close", at=NOW)
    day = EntryFilter(actor=cast.officer.pk, first_day=date(2018, 6, 30), last_day=date(2018, 6, 30))
    assert entries_matching(day, None).count() == 1
    later = EntryFilter(actor=cast.officer.pk, first_day=date(2018, 7, 1))
    assert entries_matching(later, None).count() == 0


def test_the_latest_act_comes_first(cast: Cast) -> None:
    record(actor=cast.officer, verb="a", at=NOW)
    record(actor=cast.officer, verb="b", at=NOW)
    assert [entry.verb for entry in latest_acts(cast.officer)] == ["b", "a"]
