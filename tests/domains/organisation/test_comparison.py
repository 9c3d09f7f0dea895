"""Two days compared: came, went, moved, renamed, recoded, another kind; counted and listed alike."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Hierarchy, Unit
from kientoan.domains.organisation.queries import placed_on, units_on
from kientoan.domains.organisation.queries.comparison import (
    Change as Way,
)
from kientoan.domains.organisation.queries.comparison import (
    Wanted,
    changed_units,
    count_changes,
    counterparts,
    last_change,
    places_on,
)
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place
from tests.conftest import DAY, NOW, START, Cast

from .test_events import BASIS, GOV, NEW_WARD, apply, wards  # noqa: F401 - a fixture

BEFORE = DAY - timedelta(days=1)
Wards = tuple[Unit, Unit, Unit]


def reorganise(cast: Cast, wards: Wards) -> int:  # noqa: F811
    """Two wards become one, a third is renamed, recoded, made a township and moved; the new ward's id."""
    first, second, third = wards
    merge = Change(
        "split_merge",
        (Origin(first.pk), Origin(second.pk)),
        (NEW_WARD,),
        (Passing(0, 0), Passing(1, 0, full=False)),
    )
    renamed = Outcome(
        unit=third.pk, name="Thị trấn An Nghiệp", kind="township", code="31999",
        places=(Place(GOV, cast.other_district.pk),),
    )  # fmt: skip
    change = Change("change_kind", (Origin(third.pk, ends=False),), (renamed,))
    return apply([merge, change]).created[0]


def test_each_unit_that_differs_is_told_once_with_all_its_ways(
    cast: Cast, wards: Wards, django_assert_num_queries  # noqa: F811
) -> None:  # fmt: skip
    new = reorganise(cast, wards)
    wanted = Wanted(BEFORE, DAY)
    with django_assert_num_queries(1):
        counts = count_changes(wanted)
    assert (counts.before, counts.after, counts.unchanged, counts.changed) == (9, 8, 6, 4)
    assert counts.ways == {"went": 2, "came": 1, "renamed": 1, "recoded": 1, "kind": 1, "moved": 1}
    with django_assert_num_queries(9):
        rows = {row.unit: row for row in changed_units(wanted)}
    assert set(rows) == {new, *(ward.pk for ward in wards)}
    assert rows[new].changes == ("came",)
    assert [(one.name, one.full) for one in rows[new].related] == [
        ("Phường An Hòa", True),
        ("Phường Tân An", False),
    ]
    assert [one.unit for one in rows[wards[0].pk].related] == [new]
    assert rows[wards[0].pk].after is None
    third = rows[wards[2].pk]
    assert third.changes == ("renamed", "recoded", "kind", "moved")
    assert third.before is not None
    assert third.after is not None
    assert (third.before.name, third.after.name) == ("Phường An Nghiệp", "Thị trấn An Nghiệp")
    assert (third.before.code, third.after.code) == ("31126", "31999")
    assert third.before.parent is not None
    assert third.before.parent.name == "Quận Ninh Kiều"
    assert {row.legal_basis for row in rows.values()} == {BASIS}


def test_a_way_a_level_a_place_narrow_the_rows(cast: Cast, wards: Wards) -> None:  # noqa: F811
    new = reorganise(cast, wards)
    assert [row.unit for row in changed_units(Wanted(BEFORE, DAY, change=Way.CAME))] == [new]
    assert count_changes(Wanted(BEFORE, DAY, level="district")).changed == 0
    other = Wanted(BEFORE, DAY, under=(cast.other_district.pk,))
    assert [row.unit for row in changed_units(other)] == [wards[2].pk]  # it moved in
    assert count_changes(other).ways["came"] == 1  # into what is compared
    assert count_changes(Wanted(BEFORE, DAY, hierarchy=Hierarchy.PARTY)).before == 0
    assert changed_units(Wanted(BEFORE, DAY), 1, 2) == changed_units(Wanted(BEFORE, DAY))[1:3]


def test_what_is_written_by_hand_has_no_decision(cast: Cast) -> None:
    details = operations.UnitDetails("Quận Ninh Kiều Mới", "urban_district", "district")
    viewer = cast.viewer(cast.admin)
    operations.add_version(unit=cast.district, details=details, start=DAY, viewer=viewer, at=NOW)
    row = changed_units(Wanted(BEFORE, DAY))[0]
    assert (row.changes, row.decision, row.legal_basis) == (("renamed",), None, "")


def test_a_place_goes_with_what_came_into_it(cast: Cast, wards: Wards) -> None:  # noqa: F811
    new = reorganise(cast, wards)
    assert counterparts(new, BEFORE, DAY) == tuple(sorted((new, wards[0].pk, wards[1].pk)))
    assert counterparts(wards[0].pk, BEFORE, DAY) == tuple(sorted((new, wards[0].pk)))
    assert counterparts(new, DAY, DAY + timedelta(days=1)) == (new,)
    assert {unit.name for unit in places_on(BEFORE, DAY)} == {
        "Thành phố Cần Thơ", "Quận Ninh Kiều", "Quận Cái Răng",
    }  # fmt: skip
    assert last_change(DAY) == DAY
    assert last_change(BEFORE) is None


days = st.integers(0, 40).map(lambda days: DAY + timedelta(days=10 * days))


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=days, second=days)
def test_the_counts_are_those_of_the_two_lists(
    cast: Cast, wards: Wards, first: date, second: date  # noqa: F811
) -> None:  # fmt: skip
    if Unit.objects.filter(begun_by__isnull=False).count() == 0:
        reorganise(cast, wards)
    before, after = min(first, second), max(first, second) + timedelta(days=1)
    for start in (START, before):
        counts = count_changes(Wanted(start, after))
        one, two = placed_on(start), placed_on(after)
        assert (counts.before, counts.after) == (len(one), len(two))
        assert counts.ways["came"] == len(two.keys() - one.keys())
        assert counts.ways["went"] == len(one.keys() - two.keys())
        assert counts.ways["moved"] == sum(one[key] != two[key] for key in one.keys() & two.keys())
        names = units_on(start), units_on(after)
        assert counts.ways["renamed"] == sum(
            names[0][key].name != names[1][key].name for key in one.keys() & two.keys()
        )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("an nghiep", {"Thị trấn An Nghiệp"}),
        ("P. Ninh Kiều", {"Phường Ninh Kiều"}),
        ("31120", {"Phường An Hòa"}),
        ("100%", set()),
        ("không có", set()),
    ],
)
def test_names_of_both_days_and_codes_are_searched(
    cast: Cast, wards: Wards, text: str, names: set[str] # noqa: F811
) -> None:  # fmt: skip
    reorganise(cast, wards)
    wanted = Wanted(BEFORE, DAY, text=text)
    assert {one.name for one in changed_units(wanted)} == names
    assert count_changes(wanted).changed == len(names)
