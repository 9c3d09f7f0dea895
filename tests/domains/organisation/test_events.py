"""A decision is drafted, says at once all that stands in its way, is applied whole, and can be undone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connections

from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.models import (
    Closure,
    Decision,
    DecisionState,
    Headcount,
    Hierarchy,
    Membership,
    Placement,
    Post,
    Unit,
    UnitCode,
    UnitVersion,
)
from kientoan.domains.organisation.queries import subtree_ids, units_on
from kientoan.domains.organisation.queries.plan import Trouble, plan_of
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place, Shares
from tests.conftest import DAY, NOW, START, Cast

GOV = Hierarchy.GOVERNMENT
BASIS = "Nghị quyết số 893/NQ-UBTVQH14"


def draft(changes: Sequence[Change], day: date = DAY, basis: str = BASIS) -> Decision:
    return operations.draft_decision(legal_basis=basis, effective_date=day, changes=changes, at=NOW)


def apply(
    changes: Sequence[Change], day: date = DAY, basis: str = BASIS, at: datetime = NOW
) -> operations.Applied:
    return operations.apply_decision(decision=draft(changes, day, basis), at=at, viewer=None)


def undo(applied: operations.Applied) -> None:
    operations.undo_decision(decision=applied.decision, at=NOW, viewer=None)


def troubles(changes: Sequence[Change], day: date = DAY) -> list[tuple[int, str]]:
    with pytest.raises(operations.Collisions) as caught:
        apply(changes, day)
    for collision in caught.value.collisions:
        assert collision.words
        assert "%(" not in collision.words
    return [(collision.row, str(collision.trouble)) for collision in caught.value.collisions]


def state() -> list[object]:
    """Every row of every fact about units, and the closure without its row numbers."""
    rows: list[object] = []
    for model in (Unit, UnitVersion, UnitCode, Placement, Post, Membership, Headcount):
        rows.extend((model.__name__, *row) for row in model.objects.order_by("pk").values_list())
    closure = Closure.objects.values_list("hierarchy", "ancestor", "descendant", "depth", "in_force")
    return rows + sorted(closure, key=str)


def ward(cast: Cast, name: str, code: str) -> Unit:
    return operations.establish_unit(
        name=name,
        kind="ward",
        level="commune",
        start=START,
        codes={"gso": code},
        parents={GOV: cast.district},
    )


@pytest.fixture
def wards(cast: Cast) -> tuple[Unit, Unit, Unit]:
    """Three wards of the district beside that of the cast."""
    return (
        ward(cast, "Phường An Hòa", "31120"),
        ward(cast, "Phường Tân An", "31135"),
        ward(cast, "Phường An Nghiệp", "31126"),
    )


NEW_WARD = Outcome(key="new", name="Phường Ninh Kiều", kind="ward", level="commune", code="31135")


def test_a_merger_ends_the_old_units_and_begins_the_new_one_that_day(
    cast: Cast, wards: tuple[Unit, Unit, Unit]
) -> None:
    first, second, _ = wards
    merger = Change("merge_new", (Origin(first.pk), Origin(second.pk)), (NEW_WARD,))
    applied = apply([merger])
    (new,) = applied.created
    before, after = units_on(DAY - timedelta(days=1)), units_on(DAY)
    assert before[first.pk].name == "Phường An Hòa"
    assert {first.pk, second.pk}.isdisjoint(after)
    assert (after[new].name, after[new].code) == ("Phường Ninh Kiều", "31135")
    assert new in subtree_ids(cast.district.pk, DAY)
    assert applied.successors[first.pk] == (operations.Successor(new, full=True, event=1),)
    assert UnitCode.objects.on(DAY - timedelta(days=1)).get(code="31135").unit == second
    assert Decision.objects.get().state == DecisionState.APPLIED


def test_undoing_gives_back_every_row(cast: Cast, wards: tuple[Unit, Unit, Unit]) -> None:
    post = operations.create_post(unit=wards[0], title="Chủ tịch UBND phường", rank="head", start=START)
    operations.appoint(person=cast.head.person, post=post, start=START)
    first = state()
    applied = apply([Change("merge_new", (Origin(wards[0].pk), Origin(wards[1].pk)), (NEW_WARD,))])
    assert Membership.objects.get(post=post).in_force.upper == DAY
    undo(applied)
    assert state() == first
    assert Decision.objects.get().state == DecisionState.UNDONE
    assert Entry.objects.filter(verb__in=["decision.apply", "decision.undo"]).count() == 2


def test_what_is_undone_is_not_undone_twice(wards: tuple[Unit, Unit, Unit]) -> None:
    applied = apply([Change("dissolve", (Origin(wards[0].pk),))])
    undo(applied)
    with pytest.raises(operations.WrongState):
        undo(applied)
    with pytest.raises(operations.WrongState):
        operations.apply_decision(decision=applied.decision, at=NOW, viewer=None)


def test_a_part_passes_at_its_share_and_both_units_go_on(wards: tuple[Unit, Unit, Unit]) -> None:
    giver, taker, _ = wards
    part = Passing(0, 0, full=False, shares=Shares(area=Decimal("0.249")))
    applied = apply([Change("transfer", (Origin(giver.pk, ends=False),), (Outcome(unit=taker.pk),), (part,))])
    assert {giver.pk, taker.pk} <= set(units_on(DAY))
    assert applied.successors[giver.pk] == (operations.Successor(taker.pk, full=False, event=1),)


def test_two_units_may_exchange_names_codes_and_places_at_once(
    cast: Cast, wards: tuple[Unit, Unit, Unit]
) -> None:
    first, second, _ = wards
    other = (Place(GOV, cast.other_district.pk),)
    apply(
        [
            Change("recode", outcomes=(Outcome(unit=first.pk, code="31135"),)),
            Change("recode", outcomes=(Outcome(unit=second.pk, code="31120", name="Phường An Hòa"),)),
            Change("reparent", outcomes=(Outcome(unit=cast.ward.pk, places=other),)),
        ]
    )
    after = units_on(DAY)
    assert (after[first.pk].code, after[second.pk].code) == ("31135", "31120")
    assert after[second.pk].name == "Phường An Hòa"
    assert cast.ward.pk in subtree_ids(cast.other_district.pk, DAY)
    assert cast.ward.pk in subtree_ids(cast.district.pk, DAY - timedelta(days=1))


def test_a_level_is_abolished_with_all_its_units_moved(cast: Cast, wards: tuple[Unit, Unit, Unit]) -> None:
    everybody = [cast.ward, *wards]
    under_city = (Place(GOV, cast.city.pk),)
    changes = [Change("dissolve", (Origin(cast.district.pk),))]
    changes += [
        Change("reparent", outcomes=(Outcome(unit=unit.pk, places=under_city),)) for unit in everybody
    ]
    apply(changes)
    depths = Closure.objects.on(DAY).filter(ancestor=cast.city, descendant__in=everybody)
    assert set(depths.values_list("depth", flat=True)) == {1}


def test_a_whole_decision_of_new_units_under_new_units(cast: Cast) -> None:
    applied = apply(
        [
            Change("establish", outcomes=(
                Outcome(key="q", name="Quận Thốt Nốt", kind="urban_district", level="district",
                        places=(Place(GOV, cast.city.pk),)),)),
            Change("establish", outcomes=(
                Outcome(key="p", name="Phường Thuận An", kind="ward", level="commune",
                        places=(Place(GOV, key="q"),)),)),
        ]
    )  # fmt: skip
    district, commune = applied.created
    assert Placement.objects.get(unit=commune).parent_id == district
    undo(applied)
    assert not Unit.objects.filter(pk__in=applied.created).exists()


def test_all_errors_are_told_at_once_with_their_rows_and_nothing_is_written(
    cast: Cast, wards: tuple[Unit, Unit, Unit]
) -> None:
    first, second, third = wards
    before = state()
    half = Shares(population=Decimal("0.6"))
    found = troubles(
        [
            Change("merge_new", (Origin(first.pk), Origin(second.pk)), (NEW_WARD,)),
            Change("merge_into", (Origin(second.pk),), (Outcome(unit=third.pk),)),
            Change("dissolve", (Origin(cast.district.pk),)),
            Change("establish", outcomes=(
                Outcome(key="x", name="Phường Mới", kind="ward", level="commune", code="31126",
                        places=(Place(GOV, cast.other_district.pk),)),)),
            Change("transfer", (Origin(third.pk, ends=False),),
                   (Outcome(unit=cast.ward.pk), Outcome(unit=cast.other_district.pk)),
                   (Passing(0, 0, full=False, shares=half), Passing(0, 1, full=False, shares=half))),
            Change("establish", outcomes=(Outcome(key="y", name="Phường Thiếu"),)),
            Change("split", (Origin(cast.ward.pk),), (replace(NEW_WARD, key="z", code="1"),)),
        ]
    )  # fmt: skip
    assert set(found) == {
        (2, "twice"), (3, "children"), (4, "code_taken"), (5, "over"), (6, "incomplete"), (7, "shape"),
        (5, "twice"), (1, "parent"), (7, "parent"),
    }  # fmt: skip
    assert state() == before


def test_an_ended_unit_is_told_with_what_ended_it(wards: tuple[Unit, Unit, Unit]) -> None:
    apply([Change("dissolve", (Origin(wards[0].pk),))])
    with pytest.raises(operations.Collisions) as caught:
        apply([Change("dissolve", (Origin(wards[0].pk),))], DAY + timedelta(days=9), "NQ 2")
    (collision,) = caught.value.collisions
    assert collision.trouble == Trouble.ENDED
    assert "893/NQ-UBTVQH14" in collision.words
    assert "30/06/2018" in collision.words


def test_events_out_of_order_are_refused(wards: tuple[Unit, Unit, Unit]) -> None:
    unit = wards[0].pk
    apply([Change("rename", outcomes=(Outcome(unit=unit, name="Phường B"),))])
    early = DAY - timedelta(days=30)
    assert troubles([Change("rename", outcomes=(Outcome(unit=unit, name="Phường C"),))], early) == [
        (1, "later")
    ]
    assert troubles([Change("rename", outcomes=(Outcome(unit=unit, name="Phường C"),))]) == [(1, "same_day")]
    before_it_was = START - timedelta(days=1)
    assert troubles([Change("dissolve", (Origin(unit),))], before_it_was) == [(1, "not_yet")]


def test_a_unit_cannot_come_under_itself(cast: Cast) -> None:
    below = (Place(GOV, cast.ward.pk),)
    assert troubles([Change("reparent", outcomes=(Outcome(unit=cast.city.pk, places=below),))]) == [
        (1, "under_itself")
    ]


def test_a_later_decision_stands_in_the_way_of_undoing(wards: tuple[Unit, Unit, Unit]) -> None:
    first = apply([Change("merge_new", (Origin(wards[0].pk), Origin(wards[1].pk)), (NEW_WARD,))])
    rename = Change("rename", outcomes=(Outcome(unit=first.created[0], name="Phường Khác"),))
    second = apply([rename], DAY + timedelta(days=5), "Nghị quyết 1192")
    with pytest.raises(operations.CannotUndo) as caught:
        undo(first)
    assert "Nghị quyết 1192 (05/07/2018)" in str(caught.value)
    undo(second)
    undo(first)
    assert second.decision.changes.get().resulting_units.get().vanished_name == "Phường Ninh Kiều"


def test_what_hangs_on_a_new_unit_stands_in_the_way_of_undoing(
    cast: Cast, wards: tuple[Unit, Unit, Unit]
) -> None:
    applied = apply([Change("merge_new", (Origin(wards[0].pk), Origin(wards[1].pk)), (NEW_WARD,))])
    new = Unit.objects.get(pk=applied.created[0])
    operations.create_post(unit=new, title="Chủ tịch phường mới", rank="head", start=DAY)
    with pytest.raises(operations.CannotUndo) as caught:
        undo(applied)
    assert "Chủ tịch phường mới" in str(caught.value)


def test_only_who_organises_all_units_may_apply(cast: Cast, wards: tuple[Unit, Unit, Unit]) -> None:
    decision = draft([Change("dissolve", (Origin(wards[0].pk),))])
    with pytest.raises(NotAllowed):
        operations.apply_decision(decision=decision, at=NOW, viewer=cast.viewer(cast.outsider))
    operations.apply_decision(decision=decision, at=NOW, viewer=cast.viewer(cast.admin))
    assert Decision.objects.get().applied_by == cast.admin


def test_a_draft_names_only_new_units_that_it_has(cast: Cast) -> None:
    lost = Outcome(key="a", name="X", kind="ward", level="commune", places=(Place(GOV, key="b"),))
    with pytest.raises(operations.UnknownKey):
        draft([Change("establish", outcomes=(lost,))])


def test_the_plan_says_what_would_be_without_writing(wards: tuple[Unit, Unit, Unit]) -> None:
    before = state()
    plan = plan_of(draft([Change("merge_new", (Origin(wards[0].pk), Origin(wards[1].pk)), (NEW_WARD,))]))
    assert plan.collisions == ()
    assert plan.ending == (wards[0].pk, wards[1].pk)
    assert [one.name for one in plan.new] == ["Phường Ninh Kiều"]
    assert state() == before


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_overlapping_decisions_applied_at_once_one_is_refused() -> None:
    unit = operations.establish_unit(name="A", kind="ward", level="commune", start=START, parents={GOV: None})
    decisions = [draft([Change("dissolve", (Origin(unit.pk),))], basis=f"NQ {number}") for number in (1, 2)]
    meet, outcomes = Barrier(2), []

    def go(decision: Decision) -> None:
        try:
            meet.wait(timeout=10)
            operations.apply_decision(decision=decision, at=NOW, viewer=None)
            outcomes.append("applied")
        except operations.Collisions as refusal:
            outcomes.append(str(refusal.collisions[0].trouble))
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=(decision,)) for decision in decisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["applied", "ended"]


def test_a_draft_that_uses_a_new_unit_stands_in_the_way_of_undoing(wards: tuple[Unit, Unit, Unit]) -> None:
    first = apply([Change("merge_new", (Origin(wards[0].pk), Origin(wards[1].pk)), (NEW_WARD,))])
    draft([Change("dissolve", (Origin(first.created[0]),))], DAY + timedelta(days=5), "Dự thảo 12")
    with pytest.raises(operations.CannotUndo) as caught:
        undo(first)
    assert "Dự thảo 12" in str(caught.value)
