"""Who may draft and apply a decision: for each unit that it names, by the tree of its day."""

from datetime import date

import pytest

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import (
    NotAllowed,
    OutsideRights,
    Viewer,
    administered_units,
    may_administer,
    may_organise,
    organised_units,
    viewer_of,
)
from kientoan.domains.organisation.models import Placement, Role, RoleGrant, Unit
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Place
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, NOW, PASSWORD, START, Cast

AHEAD = date(2018, 12, 1)
LATER = date(2019, 3, 1)
GOV = "government"


def officer(name: str, *units: Unit, role: Role = Role.PERSONNEL) -> User:
    user = User.objects.create_user(name, PASSWORD, full_name=name)
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=role, unit=unit, in_force=since(START)) for unit in units
    )
    return user


def provinces(*names: str) -> list[Unit]:
    return [
        operations.establish_unit(name=name, kind="city", level="province", start=START, parents={GOV: None})
        for name in names
    ]


def draft(viewer: Viewer, *changes: Change, day: date = AHEAD):  # type: ignore[no-untyped-def]
    return operations.start_draft(
        legal_basis="Nghị quyết 202", effective_date=day, changes=changes, viewer=viewer, at=NOW
    )


def merge(units: list[Unit], **more: object) -> Change:
    words = {"key": "a", "name": "Đơn vị mới", "kind": "city", "level": "province", **more}
    return Change("merge_new", tuple(Origin(unit.pk) for unit in units), (Outcome(**words),))  # type: ignore[arg-type]


def new_ward(cast: Cast, day: date = AHEAD) -> Unit:
    """The ward of the district becomes a new one on a day to come."""
    change = merge([cast.ward], name="Phường Mới", kind="ward", level="commune")
    decision = operations.draft_decision(legal_basis="QĐ 1", effective_date=day, changes=[change], at=NOW)
    applied = operations.apply_decision(decision=decision, at=NOW, viewer=None)
    return Unit.objects.get(pk=applied.created[0])


def test_several_provinces_are_merged_by_who_keeps_each_of_them(cast: Cast) -> None:
    three = provinces("Hậu Giang", "Sóc Trăng", "Vĩnh Long")
    viewer = viewer_of(officer("baotinh", *three), DAY)
    decision = draft(viewer, merge(three))
    applied = operations.apply_decision(decision=decision, at=NOW, viewer=viewer)
    assert Placement.objects.on(AHEAD).get(unit=applied.created[0]).parent_id is None
    assert operations.undo_decision(decision=decision, at=NOW, viewer=viewer).state == "undone"


def test_the_refusal_names_every_unit_that_is_not_the_viewers(cast: Cast) -> None:
    three = provinces("Hậu Giang", "Sóc Trăng", "Vĩnh Long")
    viewer = viewer_of(officer("mottinh", three[0]), DAY)
    with pytest.raises(OutsideRights) as refusal:
        draft(viewer, merge(three))
    assert set(refusal.value.units) == {three[1].pk, three[2].pk}
    decision = operations.draft_decision(
        legal_basis="NQ", effective_date=AHEAD, changes=[merge(three)], at=NOW
    )
    with pytest.raises(OutsideRights):
        operations.apply_decision(decision=decision, at=NOW, viewer=viewer)


def test_a_new_head_of_a_hierarchy_from_no_head_is_for_the_administrator_of_the_whole(cast: Cast) -> None:
    viewer = viewer_of(officer("quan", cast.district), DAY)
    rises = Change(
        "reparent", (Origin(cast.ward.pk, ends=False),), (Outcome(cast.ward.pk, places=(Place(GOV),)),)
    )
    with pytest.raises(NotAllowed) as refusal:
        draft(viewer, rises)
    assert refusal.value.roles == (Role.ADMIN,)
    assert draft(viewer_of(cast.admin, DAY), rises).pk


def test_a_unit_of_a_day_to_come_is_named_by_who_keeps_what_it_stands_under_then(cast: Cast) -> None:
    new = new_ward(cast)
    own, other = (
        viewer_of(officer("a", cast.district), DAY),
        viewer_of(officer("b", cast.other_district), DAY),
    )
    renamed = Change("rename", (), (Outcome(new.pk, name="Phường Mới Hơn"),))
    assert draft(own, renamed, day=LATER).pk
    with pytest.raises(OutsideRights):
        draft(other, renamed, day=LATER)
    assert new in organised_units(own)
    assert new not in organised_units(other)
    assert may_organise(own, new.pk)
    assert not may_organise(other, new.pk)


def test_posts_and_roles_of_a_unit_of_a_day_to_come_are_given_ahead(cast: Cast) -> None:
    new = new_ward(cast)
    own = viewer_of(officer("a", cast.district), DAY)
    post = operations.add_post(
        unit=new, title="Chủ tịch UBND phường", rank="head", start=AHEAD, viewer=own, at=NOW
    )
    assert post.unit_id == new.pk
    keeper = viewer_of(officer("c", cast.district, role=Role.ADMIN), DAY)
    assert may_administer(keeper, new.pk)
    assert new in administered_units(keeper)
    assert not may_administer(viewer_of(officer("d", cast.other_district, role=Role.ADMIN), DAY), new.pk)


def test_what_leaves_before_the_day_is_named_by_who_keeps_it_then(cast: Cast) -> None:
    moves = Change(
        "reparent",
        (Origin(cast.ward.pk, ends=False),),
        (Outcome(cast.ward.pk, places=(Place(GOV, cast.other_district.pk),)),),
    )
    decision = operations.draft_decision(legal_basis="QĐ 2", effective_date=AHEAD, changes=[moves], at=NOW)
    operations.apply_decision(decision=decision, at=NOW, viewer=None)
    own, other = (
        viewer_of(officer("a", cast.district), DAY),
        viewer_of(officer("b", cast.other_district), DAY),
    )
    renamed = Change("rename", (), (Outcome(cast.ward.pk, name="Phường Khác"),))
    assert draft(other, renamed, day=LATER).pk
    with pytest.raises(OutsideRights):
        draft(own, renamed, day=LATER)
    assert may_organise(own, cast.ward.pk)
    assert not may_organise(other, cast.ward.pk)
