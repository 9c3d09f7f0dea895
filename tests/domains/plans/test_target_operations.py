"""Targets are set, changed, handed down and undone, by those who decide them and nobody else."""

from decimal import Decimal

import pytest

from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import PathPoint, Target, TargetSet
from kientoan.domains.plans.operations import target_handing, targets
from kientoan.domains.plans.operations.target_handing import Part
from kientoan.domains.results.models import Indicator
from kientoan.domains.temporal.models import Stale
from kientoan.engines.periods import parse_period
from tests.conftest import DAY, NOW, Cast
from tests.domains.results.figures import poor, revenue

from .targets import YEAR, make_set, make_target

Q1 = (parse_period("2018-Q1"), Decimal(25))


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return revenue()


@pytest.fixture
def held(cast: Cast) -> TargetSet:
    return make_set(cast)


@pytest.fixture
def target(cast: Cast, held: TargetSet, indicator: Indicator) -> Target:
    return make_target(cast, held, indicator, cast.city, path=[Q1])


def give(cast: Cast, target: Target, *parts: Part) -> Entry | None:
    return target_handing.hand_down(
        parent_id=target.pk, target_set_id=target.target_set_id, parts=parts,
        viewer=cast.viewer(cast.officer), at=NOW, day=DAY,
    )  # fmt: skip


def test_a_set_is_made_once(cast: Cast) -> None:
    officer = cast.viewer(cast.officer)
    targets.create_set(name="14 chỉ tiêu", year=2018, unit_id=cast.city.pk, viewer=officer, at=NOW)
    with pytest.raises(Refused, match="cùng tên"):
        targets.create_set(name=" 14 chỉ tiêu ", year=2018, unit_id=cast.city.pk, viewer=officer, at=NOW)


def test_only_the_side_that_decides_sets_targets(cast: Cast, held: TargetSet, target: Target) -> None:
    for user in (cast.reporter, cast.leader, cast.outsider, cast.nobody):
        viewer = cast.viewer(user)
        with pytest.raises(NotAllowed):
            targets.create_set(name="x", year=2018, unit_id=cast.city.pk, viewer=viewer, at=NOW)
        with pytest.raises(NotAllowed):
            targets.edit_target(target_id=target.pk, values={}, seen={}, viewer=viewer, at=NOW)
        with pytest.raises(NotAllowed):
            targets.remove_target(target_id=target.pk, viewer=viewer, at=NOW)


@pytest.mark.parametrize(
    ("operator", "low", "high"),
    [("range", 1, None), ("range", 2, 1), (">=", None, 1), (">=", 1, 2), ("<=", 1, None), ("=", None, None)],
)
def test_bounds_that_make_no_sense_are_refused(
    cast: Cast, held: TargetSet, indicator: Indicator, operator: str, low: int | None, high: int | None
) -> None:
    with pytest.raises(Refused):
        make_target(cast, held, indicator, cast.city, operator=operator, low=low, high=high)
    assert not Target.objects.exists()


def test_the_same_target_twice_is_refused(cast: Cast, target: Target) -> None:
    with pytest.raises(targets.Twice):
        make_target(cast, target.target_set, target.indicator, cast.city)


def test_a_step_outside_the_period_is_refused(cast: Cast, held: TargetSet, indicator: Indicator) -> None:
    with pytest.raises(Refused, match="nằm ngoài"):
        make_target(cast, held, indicator, cast.city, path=[(parse_period("2019-Q1"), Decimal(1))])


def test_an_edit_is_undone_with_its_path(cast: Cast, target: Target) -> None:
    officer = cast.viewer(cast.officer)
    entry = targets.edit_target(
        target_id=target.pk, values={"low": Decimal(120)}, seen={"low": Decimal(100)}, viewer=officer, at=NOW,
        path=[],
    )  # fmt: skip
    assert entry is not None
    target.refresh_from_db()
    assert (target.low, target.path.count()) == (120, 0)
    targets.undo(entry_id=entry.pk, viewer=officer, at=NOW)
    target.refresh_from_db()
    assert (target.low, target.path.get().value) == (100, 25)


def test_an_edit_without_change_leaves_no_trace(cast: Cast, target: Target) -> None:
    officer = cast.viewer(cast.officer)
    assert (
        targets.edit_target(
            target_id=target.pk, values={"low": Decimal("100.0")}, seen={}, viewer=officer, at=NOW, path=[Q1]
        )
        is None
    )


def test_the_second_editor_is_told_what_changed(cast: Cast, target: Target) -> None:
    officer = cast.viewer(cast.officer)
    targets.edit_target(target_id=target.pk, values={"low": Decimal(120)}, seen={}, viewer=officer, at=NOW)
    with pytest.raises(Stale) as stale:
        targets.edit_target(
            target_id=target.pk,
            values={"low": Decimal(90)},
            seen={"low": Decimal(100)},
            viewer=officer,
            at=NOW,
        )
    assert stale.value.changes == {"low": (100, 120)}


def test_an_edit_is_not_undone_over_a_later_one(cast: Cast, target: Target) -> None:
    officer = cast.viewer(cast.officer)
    first = targets.edit_target(
        target_id=target.pk, values={"low": Decimal(1)}, seen={}, viewer=officer, at=NOW
    )
    targets.edit_target(target_id=target.pk, values={"low": Decimal(2)}, seen={}, viewer=officer, at=NOW)
    assert first is not None
    with pytest.raises(Refused, match="sửa chỉ tiêu sau đó"):
        targets.undo(entry_id=first.pk, viewer=officer, at=NOW)


def test_a_removed_target_comes_back_under_its_number(cast: Cast, target: Target) -> None:
    officer = cast.viewer(cast.officer)
    entry = targets.remove_target(target_id=target.pk, viewer=officer, at=NOW)
    assert not Target.objects.exists()
    assert targets.undo(entry_id=entry.pk, viewer=officer, at=NOW) == [target.pk]
    again = Target.objects.get()
    assert (again.pk, again.low, again.created_at) == (target.pk, 100, target.created_at)
    assert PathPoint.objects.get().value == 25


def test_handing_down_makes_parts_with_the_head_post(cast: Cast, target: Target) -> None:
    entry = give(
        cast, target, Part(cast.district.pk, Decimal(60), None), Part(cast.other_district.pk, None, None)
    )
    assert entry is not None
    part = target.children.get()
    assert (part.unit, part.low, part.post) == (cast.district, 60, cast.district_head_post)
    assert (part.period_start, part.operator) == (YEAR["period_start"], ">=")


def test_handing_down_again_changes_and_takes_away(cast: Cast, target: Target) -> None:
    district, other = cast.district.pk, cast.other_district.pk
    give(cast, target, Part(district, Decimal(60), None), Part(other, Decimal(40), None))
    entry = give(cast, target, Part(district, Decimal(70), None, seen=1), Part(other, None, None, seen=1))
    assert entry is not None
    assert [(one.unit_id, one.low) for one in target.children.all()] == [(district, 70)]
    targets.undo(entry_id=entry.pk, viewer=cast.viewer(cast.officer), at=NOW)
    assert sorted((one.unit_id, one.low) for one in target.children.all()) == [(district, 60), (other, 40)]


def test_handing_down_is_all_or_nothing(cast: Cast, target: Target) -> None:
    with pytest.raises(Refused):
        give(cast, target, Part(cast.district.pk, Decimal(60), None), Part(cast.ward.pk, None, Decimal(1)))
    with pytest.raises(Refused, match="không trực thuộc"):
        give(cast, target, Part(cast.district.pk, Decimal(60), None), Part(cast.city.pk, Decimal(1), None))
    assert not target.children.exists()


def test_the_second_to_hand_down_is_told(cast: Cast, target: Target) -> None:
    give(cast, target, Part(cast.district.pk, Decimal(60), None))
    with pytest.raises(Stale):
        give(cast, target, Part(cast.district.pk, Decimal(65), None))
    assert give(cast, target, Part(cast.district.pk, Decimal(60), None)) is None


def test_a_target_with_parts_is_not_removed(cast: Cast, target: Target) -> None:
    give(cast, target, Part(cast.district.pk, Decimal(60), None))
    officer = cast.viewer(cast.officer)
    with pytest.raises(Refused, match="giao tiếp"):
        targets.remove_target(target_id=target.pk, viewer=officer, at=NOW)
    with pytest.raises(Refused, match="còn chỉ tiêu"):
        targets.remove_set(set_id=target.target_set_id, viewer=officer, at=NOW)


def test_the_head_of_a_district_hands_on_to_the_wards(cast: Cast, target: Target) -> None:
    give(cast, target, Part(cast.district.pk, Decimal(60), None))
    head = cast.viewer(cast.head)
    own = targets.create_set(name="Giao cho phường", year=2018, unit_id=cast.district.pk, viewer=head, at=NOW)
    target_handing.hand_down(
        parent_id=target.children.get().pk, target_set_id=own.pk,
        parts=[Part(cast.ward.pk, Decimal(60), None)], viewer=head, at=NOW, day=DAY,
    )  # fmt: skip
    assert Target.objects.get(unit=cast.ward).target_set == own


def test_two_forms_of_one_target_keep_level_and_base(cast: Cast, held: TargetSet) -> None:
    made = make_target(
        cast, held, poor(), cast.city, operator="<=", low=None, high=Decimal("1.55"),
        baseline=Decimal("2.55"), baseline_year=2017, baseline_vintage="estimate",
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.high, made.baseline) == (Decimal("1.55"), Decimal("2.55"))
