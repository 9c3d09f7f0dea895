"""The lineage of a unit and the list of units on a day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kientoan.domains.language.lookups import SortKey
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Hierarchy, Unit, UnitVersion
from kientoan.domains.organisation.queries import (
    NoSuchCode,
    counts_of,
    lineage_of,
    placed_on,
    unit_with_code,
    units_listed,
    units_on,
)
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Shares
from tests.conftest import DAY, Cast

from .test_events import NEW_WARD, apply, undo, ward, wards  # noqa: F401 - a fixture

Wards = tuple[Unit, Unit, Unit]
LATER = DAY + timedelta(days=100)


def test_the_lineage_goes_through_all_changes_both_ways(cast: Cast, wards: Wards) -> None:  # noqa: F811
    first, second, third = wards
    part = Passing(0, 0, full=False, shares=Shares(area=Decimal("0.249")))
    merged = apply([Change("merge_new", (Origin(first.pk), Origin(second.pk)), (NEW_WARD,))]).created[0]
    onward = Change("transfer", (Origin(merged, ends=False),), (Outcome(unit=third.pk),), (part,))
    apply([onward], LATER, "NQ 2")
    apply(
        [Change("merge_into", (Origin(third.pk),), (Outcome(unit=cast.ward.pk),))],
        LATER + timedelta(9),
        "NQ 3",
    )
    seen = lineage_of(first.pk)
    assert [(arc.steps, arc.result.name, arc.full, arc.legal_basis) for arc in seen.successors] == [
        (1, "Phường Ninh Kiều", True, "Nghị quyết số 893/NQ-UBTVQH14"),
        (2, "Phường An Nghiệp", False, "NQ 2"),
        (3, "Phường Cái Khế", True, "NQ 3"),
    ]
    assert seen.predecessors == ()
    back = lineage_of(cast.ward.pk)
    assert [arc.original.name for arc in back.predecessors] == [
        "Phường An Nghiệp", "Phường Ninh Kiều", "Phường An Hòa", "Phường Tân An",
    ]  # fmt: skip
    assert back.predecessors[1].area == Decimal("0.249")
    assert back.predecessors[3].original.code == "31135"  # the code that the new ward has now


def test_what_came_to_a_giver_later_is_no_ancestor_of_the_taker(wards: Wards, cast: Cast) -> None:  # noqa: F811
    giver, taker, late = wards
    apply([Change("transfer", (Origin(giver.pk, ends=False),), (Outcome(unit=taker.pk),))])
    apply([Change("merge_into", (Origin(late.pk),), (Outcome(unit=giver.pk),))], LATER, "NQ 2")
    assert [arc.original.unit for arc in lineage_of(taker.pk).predecessors] == [giver.pk]


def test_an_undone_decision_draws_no_arcs(wards: Wards, cast: Cast) -> None:  # noqa: F811
    undo(apply([Change("merge_new", (Origin(wards[0].pk), Origin(wards[1].pk)), (NEW_WARD,))]))
    assert lineage_of(wards[0].pk).successors == ()


def test_a_code_means_another_unit_after_the_day(wards: Wards, cast: Cast) -> None:  # noqa: F811
    new = apply([Change("merge_new", (Origin(wards[0].pk), Origin(wards[1].pk)), (NEW_WARD,))]).created[0]
    assert unit_with_code("31135", DAY - timedelta(days=1)) == wards[1].pk
    assert unit_with_code("31135", DAY) == new
    with pytest.raises(NoSuchCode):
        unit_with_code("31120", DAY)


def test_the_list_gives_units_of_the_day_with_their_parents(cast: Cast) -> None:
    listed = units_listed(DAY)
    assert [unit.code for unit in listed if unit.code] == ["92", "916", "919", "31117"]
    assert listed[-1].parent_code == "916"
    assert counts_of(listed) == {"province": 1, "district": 2, "commune": 1, "other": 2}
    under = units_listed(DAY, under=cast.district.pk)
    assert [unit.id for unit in under] == [cast.district.pk, cast.ward.pk]
    assert [unit.id for unit in units_listed(DAY, level="commune")] == [cast.ward.pk]
    assert units_listed(DAY, hierarchy=Hierarchy.PARTY) == []
    assert units_listed(date(2000, 1, 1)) == []


def test_all_units_of_a_day_come_in_the_order_of_the_database(cast: Cast) -> None:
    for name in ("Xã Đông", "Xã Đồng", "Xã Ân", "xã an", "Xã Ăn"):
        operations.establish_unit(name=name, kind="commune", level="commune", start=DAY)
    listed = units_on(DAY)
    by_database = UnitVersion.objects.on(DAY).order_by(SortKey("name"), "unit_id")
    assert list(listed) == list(by_database.values_list("unit_id", flat=True))
    assert placed_on(DAY)[cast.ward.pk] == cast.district.pk
    assert placed_on(DAY)[cast.city.pk] is None
    assert placed_on(DAY, Hierarchy.PARTY) == {}
