"""The headcount of units that end is added up at who takes them, or told: nothing lost, nothing invented."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision, Headcount, StaffKind, Unit
from kientoan.domains.organisation.operations import HeadcountFigures
from kientoan.domains.organisation.queries import headcount_page
from kientoan.domains.organisation.queries.carrying import Carrying, Left, carrying_of
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place, Shares
from tests.conftest import DAY, NOW, START, Cast

from .test_events import draft, state, ward

CIVIL = StaffKind.CIVIL


@pytest.fixture
def other(cast: Cast) -> Unit:
    return ward(cast, "Phường An Hòa", "31120")


def given(cast: Cast, unit: Unit, assigned: int | None, present: int | None = None) -> Headcount:
    return operations.set_headcount(
        unit=unit, kind=CIVIL, figures=HeadcountFigures(assigned, present), start=START,
        viewer=cast.viewer(cast.admin), at=NOW,
    )  # fmt: skip


def new(cast: Cast, key: str = "n") -> Outcome:
    return Outcome(
        key=key, name=f"Phường Mới {key}", kind="ward", level="commune", code=f"9999{key}",
        places=(Place("government", cast.district.pk),),
    )  # fmt: skip


def merger(cast: Cast, other: Unit) -> Change:
    return Change("merge_new", (Origin(cast.ward.pk), Origin(other.pk)), (new(cast),))


def applied(changes: Sequence[Change]) -> operations.Applied:
    decision = draft(changes)
    ahead = plain(carrying_of(decision))
    done = operations.apply_decision(decision=decision, at=NOW, viewer=None)
    assert plain(carrying_of(Decision.objects.get(pk=decision.pk))) == ahead  # said before as after
    return done


def plain(carrying: Carrying) -> tuple[list[object], list[object]]:
    return (
        [(one.taker, one.kind, one.assigned, one.present, one.origins) for one in carrying.carried],
        [(one.unit, one.kind, one.left, one.takers) for one in carrying.left],
    )


def figures(unit: int) -> list[tuple[int | None, int | None]]:
    return [(row.assigned, row.present) for row in Headcount.objects.on(DAY).filter(unit=unit)]


def test_ten_and_eleven_are_twenty_one(cast: Cast, other: Unit) -> None:
    given(cast, cast.ward, 10, 9)
    given(cast, other, 11, 11)
    before = state()
    done = applied([merger(cast, other)])
    (row,) = Headcount.objects.filter(unit=done.created[0])
    assert (row.assigned, row.present, row.in_force.lower) == (21, 20, DAY)
    assert row.legal_basis.startswith("Ước: chuyển từ Phường Cái Khế, Phường An Hòa, theo")
    (total,) = headcount_page(cast.district.pk, DAY).totals
    assert total.assigned == 21
    operations.undo_decision(decision=done.decision, at=NOW, viewer=None)
    assert state() == before


def test_a_unit_that_goes_on_adds_what_it_takes_to_its_own(cast: Cast, other: Unit) -> None:
    given(cast, cast.ward, 10)
    given(cast, other, 11)
    before = state()
    done = applied([Change("merge_into", (Origin(cast.ward.pk),), (Outcome(unit=other.pk),))])
    assert figures(other.pk) == [(21, None)]
    operations.undo_decision(decision=done.decision, at=NOW, viewer=None)
    assert state() == before
    assert figures(other.pk) == [(11, None)]


def test_with_an_unknown_number_the_sum_is_unknown_and_told(cast: Cast, other: Unit) -> None:
    given(cast, cast.ward, 10)
    decision = draft([merger(cast, other)])
    (left,) = carrying_of(decision).left
    assert (left.unit, left.assigned, left.left) == (cast.ward.pk, 10, Left.OTHERS_UNKNOWN)
    assert not figures(applied([merger(cast, other)]).created[0])


@pytest.mark.parametrize(
    ("shares", "people"),
    [
        (("0.5", "0.5"), [6, 5]),  # of 11: whole people, none lost
        (("0.249", "0.751"), [3, 8]),
        (("0.333", "0.666"), [4, 7]),  # rounded shares
        (("0.4", None), None),
    ],
)
def test_a_divided_unit_gives_by_the_shares_of_its_headcount(
    cast: Cast, shares: tuple[str, str | None], people: list[int] | None
) -> None:
    given(cast, cast.ward, 11)
    passings = tuple(
        Passing(0, place, False, Shares(headcount=Decimal(one) if one else None))
        for place, one in enumerate(shares)
    )
    change = Change("split", (Origin(cast.ward.pk),), (new(cast, "1"), new(cast, "2")), passings)
    if people is None:
        (left,) = carrying_of(draft([change])).left
        assert (left.left, len(left.takers)) == (Left.NO_SHARE, 2)
        assert not any(figures(unit) for unit in applied([change]).created)
    else:
        assert [figures(unit) for unit in applied([change]).created] == [[(one, None)] for one in people]


def test_of_a_dissolved_unit_the_number_is_told(cast: Cast) -> None:
    given(cast, cast.ward, 10)
    (left,) = carrying_of(draft([Change("dissolve", (Origin(cast.ward.pk),))])).left
    assert (left.left, left.takers) == (Left.NOBODY, ())


def test_what_a_person_wrote_from_that_day_stays(cast: Cast, other: Unit) -> None:
    given(cast, cast.ward, 10)
    given(cast, other, 11)
    operations.set_headcount(
        unit=other, kind=CIVIL, figures=HeadcountFigures(18, None), start=DAY,
        viewer=cast.viewer(cast.admin), at=NOW,
    )  # fmt: skip
    done = applied([Change("merge_into", (Origin(cast.ward.pk),), (Outcome(unit=other.pk),))])
    assert figures(other.pk) == [(18, None)]
    assert done.ended == (cast.ward.pk,)


def test_a_corrected_number_is_not_thrown_away_by_undoing(cast: Cast, other: Unit) -> None:
    given(cast, cast.ward, 10)
    given(cast, other, 11)
    done = applied([merger(cast, other)])
    row = Headcount.objects.get(unit=done.created[0])
    operations.correct_headcount(
        headcount=row, figures=HeadcountFigures(18, None, "QĐ 5"), viewer=cast.viewer(cast.admin), at=NOW,
        seen={"assigned": 21, "present": None, "legal_basis": row.legal_basis},
    )  # fmt: skip
    with pytest.raises(operations.CannotUndo):
        operations.undo_decision(decision=done.decision, at=NOW, viewer=None)
    assert figures(done.created[0]) == [(18, None)]
