"""Setting targets between the applying of a decision and its day: the unit of today goes on with it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.access import NotAllowed, viewer_of
from kientoan.domains.organisation.models import Decision, Role, RoleGrant
from kientoan.domains.plans.errors import Refused
from kientoan.domains.plans.models import Target, TargetSet
from kientoan.domains.plans.operations import target_handing, targets
from kientoan.domains.plans.operations.target_handing import Part
from kientoan.domains.reorganisation import operations
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, NOW, PASSWORD, START, Cast
from tests.domains.plans.targets import YEAR, make_set, make_target
from tests.domains.results.figures import poor, revenue

from . import making

AHEAD = date(2018, 12, 1)


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


@pytest.fixture
def head(wards: making.Wards) -> User:
    user = User.objects.create_user("mot", PASSWORD, full_name="Thủ trưởng phường Một")
    RoleGrant.objects.create(user=user, role=Role.HEAD, unit=wards.one, in_force=since(START))
    return user


def merge(cast: Cast, wards: making.Wards) -> Decision:
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district, AHEAD)
    making.apply(decision)
    return decision


def doing(user: User) -> dict[str, Any]:
    return {"viewer": viewer_of(user, DAY), "at": NOW}


def test_the_unit_of_today_goes_on_with_its_set_and_the_next_one_not_yet(
    cast: Cast, wards: making.Wards, head: User
) -> None:
    held, indicator = make_set(cast, wards.one), revenue()
    merge(cast, wards)
    values = {"indicator_id": indicator.pk, "unit_id": wards.one.pk, "operator": ">=", "low": Decimal(10),
              "frequency": "month", **YEAR}  # fmt: skip
    made = targets.create_target(target_set_id=held.pk, values=values, **doing(head))
    assert (
        targets.edit_set(set_id=held.pk, values={"name": "Bộ mới"}, seen={}, **doing(head)).name == "Bộ mới"
    )
    later = User.objects.create_user("moi", PASSWORD, full_name="Mới")
    RoleGrant.objects.create(user=later, role=Role.HEAD, unit=wards.three, in_force=since(START))
    with pytest.raises(NotAllowed):
        targets.edit_set(set_id=held.pk, values={"name": "Khác"}, seen={}, **doing(later))
    operations.pass_on_what_came_later(day=AHEAD, at=NOW)
    made.refresh_from_db()
    assert made.unit_id == TargetSet.objects.get(pk=held.pk).unit_id != wards.one.pk


def test_a_target_that_passes_or_is_added_up_later_is_not_changed_before(
    cast: Cast, wards: making.Wards
) -> None:
    held, indicator = make_set(cast), revenue()
    first = make_target(cast, held, indicator, wards.one, "10")
    second = make_target(cast, held, indicator, wards.two, "11")
    other = make_target(cast, held, poor(), wards.three, "5")
    merge(cast, wards)
    for one in (first, second):
        with pytest.raises(Refused, match="01/12/2018"):
            targets.edit_target(target_id=one.pk, values={"low": Decimal(12)}, seen={}, **doing(cast.officer))
    assert targets.edit_target(target_id=other.pk, values={"low": Decimal(6)}, seen={}, **doing(cast.officer))
    first.refresh_from_db()
    assert first.low == Decimal(21)


def test_the_grid_takes_the_parts_as_they_stand_today(cast: Cast, wards: making.Wards) -> None:
    """The parts that pass on stay as they are; others are given, and nothing is made twice."""
    held, indicator = make_set(cast), revenue()
    whole = make_target(cast, held, indicator, cast.district, "100")
    into = make_set(cast, cast.district, "Quận giao phường")
    RoleGrant.objects.create(user=cast.officer, role=Role.MONITOR, unit=cast.district, in_force=since(START))
    give = {"parent_id": whole.pk, "target_set_id": into.pk, "day": DAY, **doing(cast.officer)}
    target_handing.hand_down(
        parts=[Part(wards.one.pk, Decimal(10), None), Part(wards.two.pk, Decimal(11), None)], **give
    )
    merge(cast, wards)
    give |= doing(cast.officer)
    shown = target_handing.parts_on(whole, viewer_of(cast.officer, DAY))
    assert {(one.unit_id, one.low) for one in shown} == {
        (wards.one.pk, Decimal(10)), (wards.two.pk, Decimal(11)),
    }  # fmt: skip
    same = [Part(one.unit_id, one.low, None, one.row_version) for one in shown]
    target_handing.hand_down(parts=[*same, Part(wards.three.pk, Decimal(7), None)], **give)
    assert Target.objects.filter(parent=whole).count() == 3
    with pytest.raises(Refused, match="01/12/2018"):
        target_handing.hand_down(parts=[Part(wards.one.pk, None, None, shown[0].row_version)], **give)
