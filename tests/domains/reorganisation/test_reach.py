"""Rights on both sides of a decision: who answered for a unit, who carries on its record, who got a part."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.access import viewer_of
from kientoan.domains.organisation.matching import UnitMatcher
from kientoan.domains.organisation.models import Decision, ResultingUnit, Role, RoleGrant, Unit
from kientoan.domains.organisation.operations import LastAdministrator, end_role
from kientoan.domains.organisation.queries import root_on
from kientoan.domains.organisation.rules.changes import Passing, Place, Shares
from kientoan.domains.plans.models import Rule, Succession, Task
from kientoan.domains.plans.queries import tasks
from kientoan.domains.reorganisation import operations
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, NOW, PASSWORD, START, Cast
from tests.domains.plans.making import given

from . import making
from .making import Change, Origin, fresh
from .rows import every_row

EARLY = date(2018, 5, 1)
DAY_BEFORE = DAY - timedelta(days=1)
LATER = date(2018, 9, 1)
AHEAD = date(2018, 12, 1)


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


def account(name: str, role: Role, unit: Unit, start: date = START) -> User:
    user = User.objects.create_user(name, PASSWORD, full_name=name)
    RoleGrant.objects.create(user=user, role=role, unit=unit, in_force=since(start))
    return user


def seen(user: User, day: date, today: date) -> set[Task]:
    return set(Task.objects.visible_to(viewer_of(user, day, today=today)))


def own(user: User, day: date, today: date) -> set[Task]:
    return set(tasks.mine(viewer_of(user, day, today=today), day))


def settle(cast: Cast, unit: Unit, **wanted: object) -> None:
    """A person gives the unit what waits."""
    rows = Succession.objects.waiting().filter(**wanted).values_list("pk", flat=True)
    admin = viewer_of(cast.admin, DAY)
    operations.settle(succession_ids=list(rows), unit_id=unit.pk, viewer=admin, at=NOW)


def merged(cast: Cast, wards: making.Wards, day: date = DAY) -> Unit:
    applied = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district, day))
    return Unit.objects.get(pk=applied.created[0])


def parted(cast: Cast, wards: making.Wards, *, to: str | None) -> tuple[Unit, Unit]:
    """Nearly all of the first ward becomes a new one, a strip goes to the third; `to`: who takes over."""
    change = Change(
        "split_merge",
        (Origin(wards.one.pk),),
        (fresh("Phường Mới", cast.district), making.Outcome(unit=wards.three.pk)),
        (
            Passing(0, 0, full=False, shares=Shares(area=Decimal("0.95"))),
            Passing(0, 1, full=False, shares=Shares(area=Decimal("0.05"))),
        ),
    )
    decision: Decision = making.draft(change)
    chosen: dict[str, Any] = {"rule": Rule.WAIT}
    if to == "new":
        (result,) = ResultingUnit.objects.filter(event__decision=decision, is_new=True)
        chosen = {"rule": Rule.ONE, "result_id": result.pk}
    operations.choose(decision=decision, unit_id=wards.one.pk, viewer=None, at=NOW, **chosen)
    applied = making.apply(decision)
    return Unit.objects.get(pk=applied.created[0]), wards.three


def test_before_the_day_a_person_finds_the_list_of_the_unit_that_ended(
    cast: Cast, wards: making.Wards
) -> None:
    mine, other = given(cast, wards.one, day=EARLY), given(cast, wards.two, day=EARLY)
    user = account("mot", Role.REPORTER, wards.one)
    new = merged(cast, wards)
    back = viewer_of(user, DAY_BEFORE, today=LATER)
    assert back.granted_ids(Role.REPORTER) == back.own_unit_ids == {wards.one.pk}
    assert {wards.one.pk, wards.two.pk} <= back.unit_ids()
    assert own(user, DAY_BEFORE, LATER) == {mine}
    assert tasks.waiting_for(back, DAY_BEFORE).to_report == 1
    assert own(user, LATER, LATER) == {mine, other}
    assert viewer_of(user, LATER).granted_ids() == {new.pk}


def test_after_the_day_of_a_decision_to_come_the_person_finds_the_list_of_the_new_unit(
    cast: Cast, wards: making.Wards
) -> None:
    mine, other = given(cast, wards.one, day=EARLY), given(cast, wards.two, day=EARLY)
    user = account("mot", Role.REPORTER, wards.one)
    new = merged(cast, wards, AHEAD)
    assert own(user, DAY, DAY) == {mine}
    assert seen(user, DAY, DAY) == {mine}
    ahead = viewer_of(user, AHEAD, today=DAY)
    assert ahead.granted_ids(Role.REPORTER) == {new.pk}
    assert own(user, AHEAD, DAY) == {mine, other}
    assert own(user, AHEAD, AHEAD) == {mine, other}
    assert own(user, DAY, AHEAD) == {mine}


def test_a_decision_to_come_opens_nothing_of_the_past_before_its_day(cast: Cast, wards: making.Wards) -> None:
    closed = given(cast, wards.one, day=EARLY)
    closed.state, closed.done_date = "done", EARLY
    closed.save()
    neighbour = account("ba", Role.REPORTER, wards.three)
    into = making.Outcome(unit=wards.three.pk)
    making.apply(making.draft(Change("merge_into", (Origin(wards.one.pk),), (into,)), day=AHEAD))
    assert seen(neighbour, DAY, DAY) == seen(neighbour, AHEAD, DAY) == set()
    assert seen(neighbour, AHEAD, AHEAD) == seen(neighbour, DAY, AHEAD) == {closed}


def test_a_role_given_by_hand_on_the_new_unit_stands_before_on_the_units_it_comes_of(
    cast: Cast, wards: making.Wards
) -> None:
    task = given(cast, wards.one, day=EARLY)
    new = merged(cast, wards)
    late = account("moi", Role.HEAD, new, DAY)
    back = viewer_of(late, DAY_BEFORE, today=LATER)
    assert back.granted_ids(Role.HEAD) == {wards.one.pk, wards.two.pk}
    assert own(late, DAY_BEFORE, LATER) == {task}


def test_whoever_reported_for_the_ended_unit_reads_it_for_ever(cast: Cast, wards: making.Wards) -> None:
    """Also where it went in parts and nobody carries on the whole record."""
    closed = given(cast, wards.one, day=EARLY)
    closed.state, closed.done_date = "done", EARLY
    closed.save()
    user = account("mot", Role.REPORTER, wards.one)
    _new, three = parted(cast, wards, to=None)
    settle(cast, three, role_grant__user=user)
    assert viewer_of(user, LATER).granted_ids() == {three.pk}
    assert seen(user, LATER, LATER) == seen(user, DAY_BEFORE, LATER) == {closed}
    stranger = account("ba", Role.REPORTER, wards.three)
    assert seen(stranger, LATER, LATER) == seen(stranger, DAY_BEFORE, LATER) == set()


def test_the_unit_that_takes_over_reads_all_and_the_one_with_a_strip_what_passed_to_it(
    cast: Cast, wards: making.Wards
) -> None:
    closed, opened = given(cast, wards.one, day=EARLY), given(cast, wards.one, day=EARLY)
    closed.state, closed.done_date = "done", EARLY
    closed.save()
    new, three = parted(cast, wards, to="new")
    heir, strip = account("moi", Role.HEAD, new, DAY), account("ba", Role.HEAD, three)
    assert seen(heir, LATER, LATER) == seen(heir, DAY_BEFORE, LATER) == {closed, opened}
    assert seen(strip, LATER, LATER) == seen(strip, DAY_BEFORE, LATER) == set()


def test_what_passed_to_the_unit_with_a_strip_came_with_its_past(cast: Cast, wards: making.Wards) -> None:
    passed, stayed = given(cast, wards.one, day=EARLY), given(cast, wards.one, day=EARLY)
    _new, three = parted(cast, wards, to=None)
    strip = account("ba", Role.HEAD, three)
    settle(cast, three, task=passed)
    assert seen(strip, LATER, LATER) == seen(strip, DAY_BEFORE, LATER) == {passed}
    assert stayed not in seen(strip, DAY_BEFORE, LATER)
    assert own(strip, DAY_BEFORE, LATER) == set()


def test_what_a_living_unit_gave_away_with_a_part_came_with_its_past(cast: Cast, wards: making.Wards) -> None:
    """Ward one gives a strip to ward three, and all its open tasks; it goes on."""
    passed, closed = given(cast, wards.one, day=EARLY), given(cast, wards.one, day=EARLY)
    closed.state, closed.done_date = "done", EARLY
    closed.save()
    into = (making.Outcome(unit=wards.three.pk),)
    decision = making.draft(Change("transfer", (Origin(wards.one.pk, ends=False),), into))
    operations.choose(
        decision=decision, unit_id=wards.one.pk, rule=Rule.ONE, heir_id=wards.three.pk, viewer=None, at=NOW
    )
    making.apply(decision)
    strip = account("ba", Role.HEAD, wards.three)
    assert seen(strip, LATER, LATER) == seen(strip, DAY_BEFORE, LATER) == {passed}
    assert own(strip, DAY_BEFORE, LATER) == set()


def test_what_a_unit_took_over_after_it_left_is_not_read_by_whom_it_left(
    cast: Cast, wards: making.Wards
) -> None:
    """The third ward goes to another district, and the first one merges into it there."""
    task = given(cast, wards.one, day=EARLY)
    away = making.Outcome(unit=wards.three.pk, places=(Place(making.GOV, cast.other_district.pk),))
    making.apply(making.draft(Change("reparent", (Origin(wards.three.pk, ends=False),), (away,)), day=DAY))
    stray = making.ward("Phường Lạc", cast.other_district)
    hers = given(cast, stray, day=EARLY)
    into = making.Outcome(unit=wards.three.pk)
    making.apply(making.draft(Change("merge_into", (Origin(stray.pk),), (into,)), day=LATER))
    assert task in seen(cast.reporter, DAY_BEFORE, LATER)
    assert hers not in seen(cast.reporter, DAY_BEFORE, LATER)


def test_undoing_takes_the_record_back(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one, day=EARLY)
    three = account("ba", Role.REPORTER, wards.three)
    into = making.Outcome(unit=wards.three.pk)
    decision = making.draft(Change("merge_into", (Origin(wards.one.pk),), (into,)))
    making.apply(decision)
    assert seen(three, DAY_BEFORE, LATER) == {task}
    making.undo(decision)
    assert seen(three, DAY_BEFORE, LATER) == set()
    assert not Decision.objects.filter(changes__original_units__heir__isnull=False).exists()


def test_until_its_day_the_root_of_the_installation_is_the_former_one(cast: Cast) -> None:
    new = making.Outcome(
        key="a", name="Thành phố Mới", kind="city", level="province", places=(Place(making.GOV),)
    )
    below = tuple(
        making.Outcome(unit=unit.pk, places=(Place(making.GOV, key="a"),))
        for unit in (cast.committee, cast.district, cast.other_district)
    )
    moves = [Change("reparent", (Origin(one.unit or 0, ends=False),), (one,)) for one in below]
    before = every_row()
    decision = making.draft(Change("merge_new", (Origin(cast.city.pk),), (new,)), *moves, day=AHEAD)
    (made,) = making.apply(decision).created
    assert (root_on(DAY), root_on(AHEAD)) == (cast.city.pk, made)
    assert viewer_of(cast.admin, DAY).administers_all
    assert viewer_of(cast.admin, AHEAD).administers_all
    assert viewer_of(cast.admin, DAY, today=AHEAD).administers_all
    assert not viewer_of(cast.reporter, DAY).administers_all
    later = User.objects.create_user("sau", PASSWORD, full_name="Quản trị sau này")
    RoleGrant.objects.create(user=later, role=Role.ADMIN, unit_id=made, in_force=since(AHEAD))
    assert not viewer_of(later, DAY).administers_all
    assert viewer_of(later, AHEAD).administers_all
    found = UnitMatcher.on(DAY).root
    assert found
    assert found.id == cast.city.pk
    grant = cast.admin.role_grants.get(unit=cast.city)
    with pytest.raises(LastAdministrator):
        end_role(grant=grant, end=DAY, viewer=viewer_of(cast.admin, DAY), at=NOW)
    later.role_grants.all().delete()
    later.delete()
    making.undo(decision)
    assert every_row() == before
