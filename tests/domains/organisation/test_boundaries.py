"""Outlines are matched by code and day, hold until something changes, and colour the map by fate."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Boundary, Unit, UnitCode
from kientoan.domains.organisation.operations import LoadedBoundaries, Outline
from kientoan.domains.organisation.queries.fates import Fate, fates_between, province_fates
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing
from tests.conftest import DAY, NOW, START, Cast

from .test_events import NEW_WARD, apply, undo, wards  # noqa: F401 - a fixture

Wards = tuple[Unit, Unit, Unit]
BEFORE, LATER = DAY - timedelta(days=1), DAY + timedelta(days=100)


def square(west: float) -> dict[str, Any]:
    ring = [[west, 10.0], [west + 1, 10.0], [west + 1, 11.0], [west, 11.0], [west, 10.0]]
    return {"type": "Polygon", "coordinates": [ring]}


def load(day: date, *codes: str, shift: float = 0, **more: Any) -> LoadedBoundaries:
    outlines = [Outline(row, code, "", square(100 + row + shift)) for row, code in enumerate(codes, start=1)]
    return operations.load_boundaries(outlines=outlines, day=day, source="Thử", at=NOW, **more)


def test_outlines_are_matched_by_code_and_day(cast: Cast, wards: Wards) -> None:  # noqa: F811
    loaded = load(BEFORE, "31120", "31135", "99999")
    assert (loaded.new, loaded.changed, loaded.same) == (2, 0, 0)
    assert [one.code for one in loaded.unmatched] == ["99999"]
    assert set(Boundary.objects.values_list("unit", flat=True)) == {wards[0].pk, wards[1].pk}
    assert Entry.objects.filter(verb="boundaries.load").count() == 1
    again = load(BEFORE, "31120", "31135", "99999")
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    other = load(BEFORE, "31120", shift=0.5)
    assert (other.new, other.changed) == (0, 1)


def test_an_outline_of_another_place_with_the_same_code_is_not_taken(
    cast: Cast, wards: Wards  # noqa: F811
) -> None:  # fmt: skip
    outlines = [
        Outline(1, "31120", "Phường Cái Khế", square(105)),  # the code was An Hòa before it was Cái Khế
        Outline(2, "31135", "Xã Tân An", square(106)),  # another kind of place, but the place
        Outline(3, "31126", "Phường An Nghiệp", square(107)),
    ]
    loaded = operations.load_boundaries(outlines=outlines, day=BEFORE, source="", at=NOW)
    assert [(one.code, name) for one, name in loaded.renamed] == [("31120", "Phường An Hòa")]
    assert set(Boundary.objects.values_list("unit", flat=True)) == {wards[1].pk, wards[2].pk}


def test_a_unit_without_a_code_is_the_one_of_its_name_under_its_parent(
    cast: Cast, wards: Wards  # noqa: F811
) -> None:  # fmt: skip
    UnitCode.objects.filter(unit__in=wards[:2]).delete()
    outlines = [
        Outline(1, "90001", "Phường  an Hoà", square(105), "916"),
        Outline(2, "90002", "Phường Tân An", square(106), "919"),  # under another district: not this one
        Outline(3, "90003", "Phường An Nghiệp", square(107), "916"),  # has another code
        Outline(4, "90004", "Phường Tân An", square(108)),  # under which one is not said
    ]
    loaded = operations.load_boundaries(outlines=outlines, day=BEFORE, source="", at=NOW)
    assert [one.row for one in loaded.by_name] == [1]
    assert [one.row for one in loaded.unmatched] == [2, 3, 4]
    assert list(Boundary.objects.values_list("unit", flat=True)) == [wards[0].pk]


def test_a_dry_run_writes_nothing(cast: Cast, wards: Wards) -> None:  # noqa: F811
    assert load(BEFORE, "31120", dry_run=True).new == 1
    assert not Boundary.objects.exists()
    assert not Entry.objects.filter(verb="boundaries.load").exists()


def test_an_outline_holds_until_a_part_is_given(cast: Cast, wards: Wards) -> None:  # noqa: F811
    apply([Change("transfer", (Origin(wards[0].pk, ends=False),), (Outcome(unit=wards[1].pk),))])
    load(BEFORE, "31120")
    load(LATER, "31120", shift=0.5)
    spans = dict(Boundary.objects.values_list("drawn_on", "in_force"))
    assert (spans[BEFORE].lower, spans[BEFORE].upper) == (START, DAY)
    assert (spans[LATER].lower, spans[LATER].upper) == (DAY, None)


def test_between_two_maps_each_holds_until_the_next(cast: Cast, wards: Wards) -> None:  # noqa: F811
    load(LATER, "31120")
    load(BEFORE, "31120", shift=0.5)
    spans = dict(Boundary.objects.values_list("drawn_on", "in_force"))
    assert spans[BEFORE].upper is None or spans[BEFORE].upper <= LATER
    assert load(LATER, "31120").same == 1


def test_each_commune_has_its_fate_on_both_days(
    cast: Cast, wards: Wards, django_assert_num_queries  # noqa: F811
) -> None:  # fmt: skip
    load(BEFORE, "31120", "31135", "31126", "31117")
    first, second, third = wards
    change = Change(
        "split_merge",
        (Origin(first.pk), Origin(second.pk), Origin(third.pk, ends=False)),
        (NEW_WARD,),
        (Passing(0, 0), Passing(1, 0), Passing(2, 0, full=False)),
    )
    applied = apply([change])
    with django_assert_num_queries(13):
        fates = fates_between(BEFORE, DAY, (cast.city.pk,))
    before = {one.unit: one for one in fates.before}
    assert {unit: one.fate for unit, one in before.items()} == {
        first.pk: Fate.MERGED, second.pk: Fate.MERGED, third.pk: Fate.GAVE, cast.ward.pk: Fate.UNCHANGED,
    }  # fmt: skip
    assert [(one.name, one.full) for one in before[third.pk].others] == [("Phường Ninh Kiều", False)]
    assert all(one.geometry for one in fates.before)
    after = {one.unit: one for one in fates.after}
    assert after[applied.created[0]].fate == Fate.DIVIDED  # a part of what it got was cut off
    assert after[applied.created[0]].geometry is None
    assert after[third.pk].geometry is None  # drawn before it gave a part
    assert after[cast.ward.pk].geometry
    (shared,) = fates.composed_after  # where the two meet no map tells
    assert set(shared.units) == {third.pk, applied.created[0]}
    assert len(shared.geometries) == 3
    assert not fates.composed_before
    undo(applied)
    assert {one.fate for one in fates_between(BEFORE, DAY, (cast.city.pk,)).after} == {Fate.UNCHANGED}
    assert all(one.geometry for one in fates_between(BEFORE, DAY, (cast.city.pk,)).after)


def test_a_commune_replaced_by_one_alone_is_only_renamed(cast: Cast, wards: Wards) -> None:  # noqa: F811
    renamed = Outcome(key="new", name="Phường Mới", kind="ward", level="commune", code="31999")
    apply([Change("merge_new", (Origin(wards[0].pk),), (renamed,))])
    apply([Change("dissolve", (Origin(wards[1].pk),), ())])
    apply([Change("establish", (), (_placed(cast),))])
    fates = fates_between(BEFORE, DAY, (cast.city.pk,))
    assert {one.name: one.fate for one in fates.before if one.fate != Fate.UNCHANGED} == {
        "Phường An Hòa": Fate.RENAMED, "Phường Tân An": Fate.GONE,
    }  # fmt: skip
    assert {one.name: one.fate for one in fates.after if one.fate != Fate.UNCHANGED} == {
        "Phường Mới": Fate.RENAMED, "Xã Lập Mới": Fate.NEW,
    }  # fmt: skip


def _placed(cast: Cast) -> Outcome:
    from kientoan.domains.organisation.rules.changes import Place

    return Outcome(
        key="x", name="Xã Lập Mới", kind="commune", level="commune", code="31998",
        places=(Place("government", cast.district.pk),),
    )  # fmt: skip


def test_a_split_before_the_day_of_the_map_leaves_the_whole_its_outline(
    cast: Cast, wards: Wards  # noqa: F811
) -> None:  # fmt: skip
    parts = [replace(NEW_WARD, key=f"n{n}", name=f"Phường {n}", code=f"3199{n}") for n in (1, 2)]
    halves = (Passing(0, 0, full=False), Passing(0, 1, full=False))
    applied = apply([Change("split", (Origin(wards[0].pk),), tuple(parts), halves)])
    load(LATER, "31991", "31992", "31135")
    (whole,) = fates_between(BEFORE, DAY, (cast.city.pk,)).composed_before
    assert whole.units == (wards[0].pk,)
    assert whole.drawn_on == LATER
    assert [one["coordinates"][0][0][0] for one in whole.geometries] == [101, 102]
    Boundary.objects.filter(unit=applied.created[1]).delete()
    fates = fates_between(BEFORE, DAY, (cast.city.pk,))
    assert not fates.composed_before  # one part alone is not the whole


def test_a_unit_that_merged_after_the_map_has_the_outline_of_its_parts(
    cast: Cast, wards: Wards  # noqa: F811
) -> None:  # fmt: skip
    load(BEFORE, "31120", "31135")
    applied = apply([Change("merge_new", (Origin(wards[0].pk), Origin(wards[1].pk)), (NEW_WARD,))])
    (one,) = fates_between(BEFORE, DAY, (cast.city.pk,)).composed_after
    assert one.units == (applied.created[0],)
    assert len(one.geometries) == 2


def test_of_two_maps_the_nearer_one_is_put_together(cast: Cast, wards: Wards) -> None:  # noqa: F811
    load(BEFORE, "31120", "31135")
    applied = apply([Change("merge_new", (Origin(wards[0].pk), Origin(wards[1].pk)), (NEW_WARD,))])
    load(BEFORE - timedelta(days=200), "31120", "31135", shift=0.5)
    fates = fates_between(BEFORE, LATER, (cast.city.pk,))
    assert [(one.units, one.drawn_on) for one in fates.composed_after] == [((applied.created[0],), BEFORE)]


def test_provinces_are_drawn_from_the_communes_in_them(
    cast: Cast, wards: Wards, django_assert_num_queries  # noqa: F811
) -> None:  # fmt: skip
    load(BEFORE, "31120", "31135", "31126")
    apply([Change("merge_new", (Origin(wards[0].pk), Origin(wards[1].pk)), (NEW_WARD,))])
    with django_assert_num_queries(13):
        fates = province_fates(BEFORE, DAY)
    assert [(one.unit, one.fate) for one in fates.before] == [(cast.city.pk, Fate.UNCHANGED)]
    assert [len(fates.joined_before[cast.city.pk]), len(fates.joined_after[cast.city.pk])] == [3, 3]


def test_a_district_without_communes_is_land_where_its_outline_is_known(
    cast: Cast, wards: Wards  # noqa: F811
) -> None:  # fmt: skip
    listed = fates_between(BEFORE, DAY, (cast.city.pk,)).before
    assert cast.other_district.pk not in {one.unit for one in listed}
    zone = replace(NEW_WARD, key="z", name="Đặc khu Cái Răng", kind="special_zone", code="31995")
    applied = apply([Change("merge_new", (Origin(cast.other_district.pk),), (zone,))])
    load(LATER, "31995")
    fates = fates_between(BEFORE, DAY, (cast.city.pk,))
    island = next(one for one in fates.before if one.unit == cast.other_district.pk)
    assert island.fate == Fate.RENAMED
    assert [one.units for one in fates.composed_before] == [(cast.other_district.pk,)]
    assert applied.created[0] in {one.unit for one in fates.after}
    assert len(province_fates(BEFORE, DAY).joined_before[cast.city.pk]) == 1
