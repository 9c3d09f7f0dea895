"""When a territory ends, its Party committee, Front and Council are proposed to end with it."""

import pytest

from kientoan.domains.organisation import operations as organisation
from kientoan.domains.organisation.models import Hierarchy, Unit
from kientoan.domains.organisation.rules.changes import Place
from kientoan.domains.reorganisation.organs import organs_left
from kientoan.domains.reorganisation.queries import effects, inheritance_of
from kientoan.domains.reorganisation.rules.proposing import Why
from tests.conftest import START, Cast

from . import making
from .making import Change, Origin, Outcome


def organ(name: str, kind: str, hierarchy: Hierarchy, above: Unit | None, level: str = "district") -> Unit:
    return organisation.establish_unit(
        name=name, kind=kind, level=level, start=START, parents={hierarchy: above}
    )


@pytest.fixture
def committees(cast: Cast) -> tuple[Unit, Unit]:
    """The Party committees of both districts."""
    one, two = (
        organ(name, "party_committee", Hierarchy.PARTY, cast.committee)
        for name in ("Quận ủy Ninh Kiều", "Quận uỷ Cái Răng")
    )
    return one, two


def abolished(cast: Cast, *more: Change) -> making.Decision:
    """The district of the cast goes into the other one, its wards under it."""
    wards = Unit.objects.filter(placements__parent=cast.district, placements__hierarchy="government")
    moved = tuple(
        Change("reparent", outcomes=(Outcome(unit=ward.pk, places=(Place(making.GOV, cast.city.pk),)),))
        for ward in wards
    )
    into = (Outcome(unit=cast.other_district.pk),)
    return making.draft(*moved, Change("merge_into", (Origin(cast.district.pk),), into), *more)


def test_the_committee_of_a_district_that_ends_is_proposed_with_that_of_its_heir(
    cast: Cast, committees: tuple[Unit, Unit]
) -> None:
    decision = abolished(cast)
    (left,) = organs_left(inheritance_of(decision))
    assert (left.unit.id, left.territory.id) == (committees[0].pk, cast.district.pk)
    assert left.above is not None
    assert left.above.id == cast.committee.pk
    assert left.heir is not None
    assert left.heir.id == committees[1].pk
    decision.delete()
    again = abolished(cast, left.change())
    assert not organs_left(inheritance_of(again))
    making.apply(again)
    committees[0].refresh_from_db()
    assert committees[0].in_force.upper == making.DAY


def test_without_an_heir_it_ends_and_the_committee_above_is_offered(
    cast: Cast, committees: tuple[Unit, Unit]
) -> None:
    front = organ("Ủy ban Mặt trận Tổ quốc Việt Nam quận Ninh Kiều", "front", Hierarchy.FRONT, None)
    dissolved = making.draft(Change("dissolve", (Origin(cast.district.pk), Origin(cast.other_district.pk))))
    found = organs_left(inheritance_of(dissolved))
    assert {one.unit.id for one in found} == {committees[0].pk, committees[1].pk, front.pk}
    dissolved.delete()
    decision = making.draft(
        Change("dissolve", (Origin(cast.district.pk), Origin(cast.other_district.pk))),
        *(one.change() for one in found),
    )
    proposed = {one.unit.id: one.proposal for one in effects(decision, None)}
    assert proposed[committees[0].pk].why == Why.LEVEL_ABOLISHED
    assert proposed[committees[0].pk].heir == f"u{cast.committee.pk}"
    assert proposed[front.pk].why == Why.DISSOLVED


@pytest.mark.parametrize(
    ("name", "level"),
    [("Đảng ủy phường Ninh Kiều", "commune"), ("Đảng ủy Khối Doanh nghiệp", "district")],
)
def test_other_bodies_are_left_alone(cast: Cast, name: str, level: str) -> None:
    organ(name, "party_committee", Hierarchy.PARTY, cast.committee, level)
    assert not organs_left(inheritance_of(abolished(cast)))
