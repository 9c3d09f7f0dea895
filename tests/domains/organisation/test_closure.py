"""The database keeps the closure by itself and refuses trees that cannot be."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Closure, Hierarchy, Placement, Unit, UnitCode
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, NOW, START, Cast

GOV = Hierarchy.GOVERNMENT
DAYS = [START + timedelta(days=100 * step) for step in range(6)]


def closure_rows() -> list[tuple[Any, ...]]:
    rows = Closure.objects.values_list("hierarchy", "ancestor", "descendant", "depth", "in_force")
    return sorted(rows, key=str)


def broken_rule(change: Callable[[], object]) -> str:
    """Which rule of the database refuses the change."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    return str(caught.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_what_the_triggers_keep_is_what_the_full_rebuild_makes(seed: int) -> None:
    draw = random.Random(seed)
    units = [Unit.objects.create(in_force=since(START)) for _ in range(12)]
    done = 0
    for _ in range(60):
        unit, parent = draw.choice(units), draw.choice([*units, None])
        hierarchy = draw.choice([GOV, Hierarchy.PARTY])
        start, end = sorted(draw.sample(DAYS, 2))
        existing = list(Placement.objects.filter(unit=unit, hierarchy=hierarchy))
        try:
            with transaction.atomic():
                if existing and draw.random() < 0.3:
                    draw.choice(existing).delete()
                elif existing and draw.random() < 0.6:
                    row = draw.choice(existing)
                    row.parent, row.in_force = parent, since(start, end)
                    row.save()
                else:
                    Placement.objects.create(
                        unit=unit, parent=parent, hierarchy=hierarchy, in_force=since(start, end)
                    )
        except IntegrityError:
            continue  # a cycle, twice on a day, or under itself: refused, and nothing changed
        done += 1
    kept = closure_rows()
    assert done > 15
    assert operations.refresh_closure() == len(kept)
    assert closure_rows() == kept


@pytest.mark.django_db
def test_many_rows_in_one_statement_are_kept_too() -> None:
    units = [Unit.objects.create(in_force=since(START)) for _ in range(30)]
    Placement.objects.bulk_create(
        Placement(
            unit=unit, parent=units[place // 3] if place else None, hierarchy=GOV, in_force=since(START)
        )
        for place, unit in enumerate(units)
    )
    kept = closure_rows()
    operations.refresh_closure()
    assert closure_rows() == kept
    Placement.objects.filter(unit__in=units[1:4]).update(parent=units[0], in_force=since(START, DAY))
    assert Closure.objects.on(DAY).filter(descendant=units[5], ancestor=units[0]).count() == 0
    assert Closure.objects.on(DAY - timedelta(days=1)).filter(descendant=units[5], ancestor=units[0]).exists()


def test_a_cycle_on_any_day_is_refused(cast: Cast) -> None:
    top = Placement.objects.get(unit=cast.city)
    assert broken_rule(lambda: Placement.objects.filter(pk=top.pk).update(parent=cast.ward)) == (
        "placement_no_cycle"
    )


def test_two_units_may_change_places_when_the_check_waits(cast: Cast) -> None:
    ward, district = Placement.objects.get(unit=cast.ward), Placement.objects.get(unit=cast.district)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS placement_check DEFERRED")
        Placement.objects.filter(pk=district.pk).update(parent=cast.ward)
        Placement.objects.filter(pk=ward.pk).update(parent=cast.city)
        cursor.execute("SET CONSTRAINTS placement_check IMMEDIATE")
    depth = Closure.objects.on(DAY).get(ancestor=cast.city, descendant=cast.district, hierarchy=GOV).depth
    assert depth == 2


def test_a_place_outside_the_life_of_the_parent_is_refused(cast: Cast) -> None:
    gone = Unit.objects.create(in_force=since(START, DAY))
    too_long = Placement(unit=cast.ward, parent=gone, hierarchy="party", in_force=since(START))
    assert broken_rule(too_long.save) == "placement_within_lives"
    Placement.objects.create(unit=cast.ward, parent=gone, hierarchy="party", in_force=since(START, DAY))


def test_a_unit_cannot_end_while_others_stand_under_it(cast: Cast) -> None:
    assert broken_rule(
        lambda: Unit.objects.filter(pk=cast.district.pk).update(in_force=since(START, DAY))
    ) == "placement_within_lives"  # fmt: skip


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_edits_at_once_make_no_cycle() -> None:
    first, second = (Unit.objects.create(in_force=since(START)) for _ in range(2))
    meet, outcomes = Barrier(2), []

    def place(unit: Unit, parent: Unit) -> None:
        try:
            with transaction.atomic():
                meet.wait(timeout=10)
                Placement.objects.create(unit=unit, parent=parent, hierarchy=GOV, in_force=since(START))
            outcomes.append("placed")
        except IntegrityError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=place, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["placed", "refused"]


def test_which_unit_has_a_code_on_a_day_is_a_look_up_by_code_and_day(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    found = UnitCode.objects.on(DAY).filter(scheme="gso", code="31117").values_list("unit_id")
    plan = found.explain()
    assert "Index Scan using unit_code_once" in plan
    assert "Filter" not in plan
    assert found.get() == (cast.ward.pk,)


def test_the_subtree_and_the_units_above_come_from_the_index_alone(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    below = Closure.objects.on(DAY).filter(ancestor=cast.city, hierarchy=GOV).values_list("descendant_id")
    above = Closure.objects.on(DAY).filter(descendant=cast.ward, hierarchy=GOV).values_list("ancestor_id")
    assert "Index Only Scan using closure_" in below.explain()
    assert "Index Only Scan using closure_" in above.explain()


def test_a_life_that_ended_is_told_when_a_unit_is_added_under_it(cast: Cast) -> None:
    cast.committee.in_force = since(START, date(2019, 1, 1))
    Placement.objects.filter(unit__in=[cast.department, cast.committee]).update(
        in_force=since(START, date(2019, 1, 1))
    )
    cast.committee.save()
    with pytest.raises(operations.OutsideLife):
        operations.add_unit(
            details=operations.UnitDetails("Văn phòng", "office", "province"), hierarchy=GOV,
            parent=cast.committee, start=DAY, viewer=cast.viewer(cast.admin), at=NOW,
        )  # fmt: skip


def test_a_unit_is_not_placed_under_one_of_its_own_units(cast: Cast) -> None:
    operations.place_unit(unit=cast.ward, parent=None, hierarchy="party", start=START)
    operations.place_unit(unit=cast.district, parent=cast.ward, hierarchy="party", start=START)
    Placement.objects.filter(unit=cast.ward, hierarchy="party").delete()
    with pytest.raises(operations.UnderItself):
        operations.add_place(
            unit=cast.ward, hierarchy="party", parent=cast.district, start=DAY,
            viewer=cast.viewer(cast.admin), at=NOW,
        )  # fmt: skip
