"""Units get names, codes and places in time."""

from datetime import date, timedelta

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.models import Hierarchy, Level, Unit, UnitKind
from kientoan.domains.organisation.queries import children_ids, subtree_ids, units_on
from kientoan.domains.temporal.models import Stale
from tests.conftest import DAY, NOW, START, Cast

OFFICE = operations.UnitDetails("Văn phòng", UnitKind.OFFICE, Level.DISTRICT)


def add(cast: Cast, *, parent: Unit | None, code: str = "", start: date = DAY) -> Unit:
    return operations.add_unit(
        details=OFFICE, hierarchy=Hierarchy.GOVERNMENT, parent=parent, start=start, code=code,
        viewer=cast.viewer(cast.admin), at=NOW,
    )  # fmt: skip


def test_a_new_unit_stands_under_its_parent_from_its_day(cast: Cast) -> None:
    unit = add(cast, parent=cast.district)
    assert unit.pk in children_ids(cast.district.pk, DAY)
    assert unit.pk in subtree_ids(cast.city.pk, DAY)
    assert unit.pk not in subtree_ids(cast.city.pk, DAY - timedelta(days=1))


def test_a_code_of_another_unit_is_refused_and_nothing_is_written(cast: Cast) -> None:
    before = Unit.objects.count()
    with pytest.raises(operations.CodeTaken):
        add(cast, parent=cast.district, code="916")
    assert Unit.objects.count() == before


def test_no_unit_stands_under_one_that_is_not_there_yet(cast: Cast) -> None:
    with pytest.raises(operations.OutsideLife):
        add(cast, parent=cast.district, start=date(2000, 1, 1))


def test_only_the_whole_installation_s_administrator_makes_a_root(cast: Cast) -> None:
    assert add(cast, parent=None)
    with pytest.raises(NotAllowed):
        operations.add_unit(
            details=OFFICE, hierarchy=Hierarchy.PARTY, parent=None, start=DAY,
            viewer=cast.viewer(cast.head), at=NOW,
        )  # fmt: skip


def test_a_new_name_holds_from_its_day(cast: Cast) -> None:
    details = operations.UnitDetails("Phường Cái Khế mới", UnitKind.WARD, Level.COMMUNE)
    operations.add_version(unit=cast.ward, details=details, start=DAY, viewer=cast.viewer(cast.admin), at=NOW)
    assert units_on(DAY, [cast.ward.pk])[cast.ward.pk].name == "Phường Cái Khế mới"
    assert units_on(DAY - timedelta(days=1), [cast.ward.pk])[cast.ward.pk].name == "Phường Cái Khế"


def test_two_names_from_the_same_day_are_refused(cast: Cast) -> None:
    with pytest.raises(operations.VersionExists):
        operations.add_version(
            unit=cast.ward, details=OFFICE, start=START, viewer=cast.viewer(cast.admin), at=NOW
        )


def test_a_name_before_the_unit_existed_is_refused(cast: Cast) -> None:
    with pytest.raises(operations.OutsideLife):
        operations.add_version(
            unit=cast.ward, details=OFFICE, start=date(2000, 1, 1), viewer=cast.viewer(cast.admin), at=NOW
        )


def test_a_correction_keeps_the_days_and_shows_a_faster_editor(cast: Cast) -> None:
    version = cast.ward.versions.get()
    viewer = cast.viewer(cast.admin)
    details = operations.UnitDetails("Phường Cái Khế (đúng)", UnitKind.WARD, Level.COMMUNE)
    seen = {"name": "Phường Cái Khế"}
    operations.correct_version(version=version, details=details, seen=seen, viewer=viewer, at=NOW)
    version.refresh_from_db()
    assert (version.name, version.in_force.lower) == ("Phường Cái Khế (đúng)", START)
    with pytest.raises(Stale):
        operations.correct_version(version=version, details=details, seen=seen, viewer=viewer, at=NOW)


def test_a_unit_stands_in_a_second_hierarchy_but_not_twice_in_one(cast: Cast) -> None:
    viewer = cast.viewer(cast.admin)
    operations.add_place(
        unit=cast.district, hierarchy=Hierarchy.PARTY, parent=None, start=DAY, viewer=viewer, at=NOW
    )
    with pytest.raises(operations.AlreadyPlaced):
        operations.add_place(
            unit=cast.district, hierarchy=Hierarchy.GOVERNMENT, parent=cast.ward, start=DAY, viewer=viewer,
            at=NOW,
        )  # fmt: skip


def test_a_head_changes_no_unit(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        operations.add_version(
            unit=cast.ward, details=OFFICE, start=DAY, viewer=cast.viewer(cast.head), at=NOW
        )
