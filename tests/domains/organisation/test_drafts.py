"""The draft of a decision is worked on event by event, by those who may, and never over another's edit."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed, Viewer, viewer_of, visible_decisions
from kientoan.domains.organisation.models import ChangeEvent, Decision, Role, Unit
from kientoan.domains.organisation.queries.plan import changes_of
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place, Shares
from kientoan.domains.organisation.rules.plain import change_of, plain_of
from kientoan.domains.temporal.models import Stale
from tests.conftest import DAY, NOW, PASSWORD, START, Cast

GOV = "government"


def organiser(name: str, unit: Unit) -> Viewer:
    user = User.objects.create_user(name, PASSWORD, full_name=name)
    operations.grant_role(user=user, role=Role.PERSONNEL, unit=unit, start=START, end=None, by=None, at=NOW)
    return viewer_of(user, DAY)


@pytest.fixture
def viewer(cast: Cast) -> Viewer:
    return organiser("tochuc", cast.city)


@pytest.fixture
def decision(viewer: Viewer) -> Decision:
    return operations.start_draft(
        legal_basis="Nghị quyết 893", effective_date=DAY, viewer=viewer, at=NOW, note="Đợt 1"
    )


def merger(cast: Cast, **more: str) -> Change:
    new = Outcome(key="a", name="Phường Mới", kind="ward", level="commune", **more)
    passing = Passing(0, 0, full=True, shares=Shares(area=Decimal("1.000000")))
    return Change("merge_new", (Origin(cast.ward.pk),), (new,), (passing,))


def added(decision: Decision, change: Change, viewer: Viewer) -> ChangeEvent:
    decision.refresh_from_db()
    (event,) = operations.add_events(
        decision=decision, row_version=decision.row_version, changes=[change], viewer=viewer, at=NOW
    )
    decision.refresh_from_db()
    return event


def test_an_event_is_added_after_the_last_and_stands_where_its_origins_stood(
    cast: Cast, decision: Decision, viewer: Viewer
) -> None:
    added(decision, merger(cast), viewer)
    added(decision, Change("rename", (), (Outcome(cast.district.pk, name="Quận Mới"),)), viewer)
    first, second = changes_of(decision)
    assert (first.row, second.row) == (1, 2)
    assert first.outcomes[0].places == (Place(GOV, cast.district.pk),)
    assert decision.row_version == 3
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))[-3:]
    assert verbs == ["decision.draft", "decision.add_event", "decision.add_event"]


def test_a_replaced_event_keeps_its_new_unit_which_others_count_on(
    cast: Cast, decision: Decision, viewer: Viewer
) -> None:
    event = added(decision, merger(cast), viewer)
    new = event.resulting_units.get()
    under = Outcome(
        key="b", name="Khu vực 1", kind="office", level="commune", places=(Place(GOV, key=str(new.pk)),)
    )
    added(decision, Change("establish", (), (under,)), viewer)
    (now, _) = changes_of(decision)
    changed = replace(now, outcomes=(replace(now.outcomes[0], name="Phường Mới Hơn"),))
    operations.replace_event(
        event=event, row_version=decision.row_version, change=changed, viewer=viewer, at=NOW
    )
    first, second = changes_of(decision)
    assert first.outcomes[0].name == "Phường Mới Hơn"
    assert second.outcomes[0].places[0].key == str(new.pk)
    assert first.passings == now.passings


def test_an_event_others_count_on_is_not_removed(cast: Cast, decision: Decision, viewer: Viewer) -> None:
    event = added(decision, merger(cast), viewer)
    key = str(event.resulting_units.get().pk)
    under = Outcome(key="b", name="Khu vực 1", kind="office", level="commune", places=(Place(GOV, key=key),))
    added(decision, Change("establish", (), (under,)), viewer)
    with pytest.raises(operations.StillNeeded) as caught:
        operations.remove_event(event=event, row_version=decision.row_version, viewer=viewer, at=NOW)
    assert caught.value.rows == (2,)
    replaced = Change("dissolve", (Origin(cast.ward.pk),))
    with pytest.raises(operations.StillNeeded):
        operations.replace_event(
            event=event, row_version=decision.row_version, change=replaced, viewer=viewer, at=NOW
        )


def test_a_removed_event_comes_back_at_its_place(cast: Cast, decision: Decision, viewer: Viewer) -> None:
    event = added(decision, merger(cast), viewer)
    added(decision, Change("rename", (), (Outcome(cast.district.pk, name="Quận Mới"),)), viewer)
    before = changes_of(decision)
    removed = operations.remove_event(event=event, row_version=decision.row_version, viewer=viewer, at=NOW)
    decision.refresh_from_db()
    operations.add_events(
        decision=decision, row_version=decision.row_version, changes=[change_of(plain_of(removed))],
        viewer=viewer, at=NOW, place=removed.row,
    )  # fmt: skip
    after = changes_of(decision)
    assert [change.row for change in after] == [1, 2]
    assert after[1] == before[1]
    assert after[0].passings == before[0].passings
    assert after[0].origins == before[0].origins


def test_the_head_is_edited_and_the_draft_deleted(cast: Cast, decision: Decision, viewer: Viewer) -> None:
    edited = operations.edit_head(
        decision=decision, row_version=1, legal_basis="Nghị quyết 894", effective_date=DAY, document=None,
        note="", viewer=viewer, at=NOW,
    )  # fmt: skip
    assert (edited.legal_basis, edited.row_version) == ("Nghị quyết 894", 2)
    added(decision, merger(cast), viewer)
    removed = operations.delete_draft(decision=decision, row_version=3, viewer=viewer, at=NOW)
    assert len(removed) == 1
    assert not Decision.objects.exists()
    assert Entry.objects.order_by("pk").last().verb == "decision.delete_draft"


def test_an_edit_upon_another_s_is_stale(cast: Cast, decision: Decision, viewer: Viewer) -> None:
    added(decision, merger(cast), viewer)
    with pytest.raises(Stale) as caught:
        operations.add_events(decision=decision, row_version=1, changes=[merger(cast)], viewer=viewer, at=NOW)
    assert caught.value.changes == {"row_version": (1, 2)}
    with pytest.raises(Stale):
        operations.delete_draft(decision=decision, row_version=1, viewer=viewer, at=NOW)


def test_what_is_applied_is_changed_no_more(cast: Cast, decision: Decision, viewer: Viewer) -> None:
    event = added(decision, merger(cast), viewer)
    operations.apply_decision(decision=decision, at=NOW, viewer=viewer)
    with pytest.raises(operations.WrongState):
        operations.remove_event(event=event, row_version=2, viewer=viewer, at=NOW)


def test_only_organisers_of_the_units_draft_about_them(cast: Cast, decision: Decision) -> None:
    with pytest.raises(NotAllowed):
        operations.start_draft(legal_basis="x", effective_date=DAY, viewer=cast.viewer(cast.outsider), at=NOW)
    district = organiser("quan", cast.district)
    own = operations.start_draft(legal_basis="x", effective_date=DAY, viewer=district, at=NOW)
    foreign = Change("dissolve", (Origin(cast.other_district.pk),))
    with pytest.raises(NotAllowed):
        operations.add_events(decision=own, row_version=1, changes=[foreign], viewer=district, at=NOW)
    with pytest.raises(NotAllowed):
        operations.add_events(
            decision=decision, row_version=1, changes=[merger(cast)], viewer=district, at=NOW
        )


def test_a_draft_is_seen_by_its_author_and_the_organisers_of_its_units(
    cast: Cast, decision: Decision, viewer: Viewer
) -> None:
    district, other = organiser("quan", cast.district), organiser("quankhac", cast.other_district)
    assert not visible_decisions(district).exists()
    added(decision, merger(cast), viewer)
    assert list(visible_decisions(district)) == [decision]
    assert list(visible_decisions(viewer)) == [decision]
    assert list(visible_decisions(cast.viewer(cast.admin))) == [decision]
    assert not visible_decisions(other).exists()
    assert not visible_decisions(cast.viewer(cast.reporter)).exists()
    operations.apply_decision(decision=decision, at=NOW, viewer=viewer)
    assert list(visible_decisions(cast.viewer(cast.outsider))) == [decision]
    assert not visible_decisions(cast.viewer(cast.nobody)).exists()
