"""Where a target meets another for the same thing, the preview says so, and a person decides which holds."""

from decimal import Decimal

import pytest

from kientoan.domains.organisation.models import Unit
from kientoan.domains.plans.models import Part, Succession, Target
from kientoan.domains.plans.queries.waits_ahead import WaitsFor
from kientoan.domains.plans.rules.target_fates import Meeting
from kientoan.domains.reorganisation import operations
from kientoan.domains.reorganisation.queries import effects, waiting
from tests.conftest import NOW, Cast
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import poor, revenue

from . import making
from .rows import every_row


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


def rates(cast: Cast, wards: making.Wards) -> tuple[Target, Target]:
    """Both wards have a rate to reach, and not the same."""
    held, indicator = make_set(cast), poor()
    first = make_target(cast, held, indicator, wards.one, "3")
    return first, make_target(cast, held, indicator, wards.two, "4")


def merged(cast: Cast, wards: making.Wards) -> Unit:
    (new,) = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district)).created
    return Unit.objects.get(pk=new)


def test_the_preview_names_the_target_that_would_wait_and_why(cast: Cast, wards: making.Wards) -> None:
    first, second = rates(cast, wards)
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district)
    by_unit = {one.unit.id: one for one in effects(decision, None)}
    assert by_unit[wards.one.pk].would_wait == 0
    (ahead,) = by_unit[wards.two.pk].waits
    assert (ahead.subject, ahead.part, ahead.why) == ("target", Part.UNIT, WaitsFor.RATES)
    assert ahead.target == second
    assert ahead.fated is not None
    assert ahead.fated.there is not None
    assert ahead.fated.there.key == first.pk
    assert by_unit[wards.two.pk].met == {wards.one.pk: "Phường Một"}


@pytest.mark.parametrize(
    ("meeting", "low", "said"), [(Meeting.STANDS, "3", ""), (Meeting.REPLACE, "4", "thay bằng chỉ tiêu của")]
)
def test_a_person_decides_which_rate_holds_and_takes_it_back(
    cast: Cast, wards: making.Wards, meeting: Meeting, low: str, said: str
) -> None:
    first, second = rates(cast, wards)
    new, viewer = merged(cast, wards), cast.viewer(cast.admin)
    before = every_row()
    (row,) = waiting(viewer)
    operations.settle(succession_ids=[row.pk], unit_id=new.pk, viewer=viewer, at=NOW, meeting=meeting)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.unit_id, first.low) == (new.pk, Decimal(low))
    assert (second.unit_id, second.low) == (wards.two.pk, Decimal(4))  # kept as a record
    assert said in first.note
    settled = list(Succession.objects.filter(target=second).values_list("pk", flat=True))
    operations.unsettle(succession_ids=settled, viewer=viewer, at=NOW)
    after = every_row()
    assert after["plans_target"] == before["plans_target"]
    assert waiting(viewer).count() == 1


def test_at_least_ten_and_just_eleven_are_added_when_a_person_says_so(
    cast: Cast, wards: making.Wards
) -> None:
    held, indicator = make_set(cast), revenue()
    first = make_target(cast, held, indicator, wards.one, "10")
    second = make_target(cast, held, indicator, wards.two, "11", operator="=")
    new, viewer = merged(cast, wards), cast.viewer(cast.admin)
    (row,) = waiting(viewer)
    operations.settle(succession_ids=[row.pk], unit_id=new.pk, viewer=viewer, at=NOW, meeting=Meeting.ADD)
    first.refresh_from_db()
    assert (first.operator, first.low) == (">=", Decimal(21))
    assert "cộng chỉ tiêu của Phường Hai" in first.note
    assert Succession.objects.get(target=second).before["into"] == first.pk


def test_rates_are_never_added(cast: Cast, wards: making.Wards) -> None:
    rates(cast, wards)
    new, viewer = merged(cast, wards), cast.viewer(cast.admin)
    (row,) = waiting(viewer)
    before = every_row()
    with pytest.raises(operations.CannotSettle, match="không cộng được"):
        operations.settle(succession_ids=[row.pk], unit_id=new.pk, viewer=viewer, at=NOW, meeting=Meeting.ADD)
    assert every_row() == before


def test_a_post_that_answers_for_anothers_target_waits_with_its_unit_and_is_settled(
    cast: Cast, wards: making.Wards
) -> None:
    post = wards.one.posts.get()
    target = make_target(cast, make_set(cast), revenue(), wards.two, "10", post_id=post.pk)
    decision = making.draft(making.Change("dissolve", (making.Origin(wards.one.pk),)))
    (one,) = effects(decision, None)
    assert [(ahead.subject, ahead.part) for ahead in one.waits] == [("target", Part.LEAD)]
    making.apply(decision)
    viewer = cast.viewer(cast.admin)
    (row,) = waiting(viewer)
    operations.settle(succession_ids=[row.pk], unit_id=wards.three.pk, viewer=viewer, at=NOW)
    target.refresh_from_db()
    assert target.unit_id == wards.two.pk
    assert target.post is not None
    assert target.post.unit_id == wards.three.pk
