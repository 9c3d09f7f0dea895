"""What has no sure successor waits for those above, who settle it and may take that back."""

import pytest

from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.models import RoleGrant
from kientoan.domains.plans.models import Cooperation, Succession, Task
from kientoan.domains.plans.operations import updates
from kientoan.domains.reorganisation import operations
from kientoan.domains.reorganisation.queries import waiting
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, NOW, START, Cast
from tests.domains.plans.making import doing, given
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import poor, revenue

from . import making
from .making import Change, Origin
from .rows import every_row


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


def dissolved(cast: Cast, wards: making.Wards) -> Task:
    """The first ward leads one task, cooperates in one and has two targets; then it is dissolved."""
    task = given(cast, wards.one)
    Cooperation.objects.create(task=given(cast, wards.two), unit=wards.one)
    make_target(cast, make_set(cast), revenue(), wards.one, "10")
    make_target(cast, make_set(cast, wards.one, "Riêng"), poor(), wards.one, "3")
    RoleGrant.objects.create(user=cast.nobody, role="reporter", unit=wards.one, in_force=since(START))
    making.apply(making.draft(Change("dissolve", (Origin(wards.one.pk),))))
    task.refresh_from_db()
    return task


def test_nothing_of_a_dissolved_unit_is_lost_from_sight(cast: Cast, wards: making.Wards) -> None:
    task = dissolved(cast, wards)
    assert task.lead_unit_id == wards.one.pk
    parts = sorted(waiting(cast.viewer(cast.admin)).values_list("part", flat=True))
    assert parts == ["cooperating", "lead", "role", "unit", "unit", "unit"]
    assert waiting(cast.viewer(cast.officer)).count() == 6  # of the city above
    assert not waiting(cast.viewer(cast.outsider)).exists()
    assert Task.objects.visible_to(cast.viewer(cast.officer)).filter(pk=task.pk).exists()


def test_what_waits_is_given_and_taken_back_row_for_row(cast: Cast, wards: making.Wards) -> None:
    task = dissolved(cast, wards)
    viewer = cast.viewer(cast.admin)
    before = every_row()
    chosen = list(waiting(viewer).values_list("pk", flat=True))
    assert operations.settle(succession_ids=chosen, unit_id=wards.three.pk, viewer=viewer, at=NOW) == 6
    task.refresh_from_db()
    assert task.lead_unit_id == wards.three.pk
    assert task.post is not None
    assert task.post.unit_id == wards.three.pk
    assert RoleGrant.objects.get(user=cast.nobody, unit=wards.three).in_force == since(DAY)
    assert not waiting(viewer).exists()
    settled = list(Succession.objects.filter(from_unit=wards.one).values_list("pk", flat=True))
    operations.unsettle(succession_ids=settled, viewer=viewer, at=NOW)
    after = every_row()
    for table in before:
        if table != "plans_succession":
            assert after[table] == before[table], table
    assert waiting(viewer).count() == 6


def test_it_is_not_taken_back_once_the_unit_reported(cast: Cast, wards: making.Wards) -> None:
    task = dissolved(cast, wards)
    viewer = cast.viewer(cast.admin)
    row = Succession.objects.get(task=task)
    operations.settle(succession_ids=[row.pk], unit_id=cast.district.pk, viewer=viewer, at=NOW)
    updates.report_progress(task_id=task.pk, percent=50, **doing(cast, cast.head))
    with pytest.raises(operations.CannotSettle):
        operations.unsettle(succession_ids=[row.pk], viewer=viewer, at=NOW)


def test_others_do_not_settle_and_nothing_passes_to_a_unit_that_ended(
    cast: Cast, wards: making.Wards
) -> None:
    task = dissolved(cast, wards)
    row = Succession.objects.get(task=task)
    for user, unit in ((cast.outsider, wards.three), (cast.reporter, wards.three)):
        with pytest.raises(NotAllowed):
            operations.settle(succession_ids=[row.pk], unit_id=unit.pk, viewer=cast.viewer(user), at=NOW)
    with pytest.raises(operations.CannotSettle):
        operations.settle(
            succession_ids=[row.pk], unit_id=wards.one.pk, viewer=cast.viewer(cast.admin), at=NOW
        )


def test_undoing_the_decision_takes_back_what_was_settled_too(cast: Cast, wards: making.Wards) -> None:
    task = given(cast, wards.one)
    before = every_row()
    applied = making.apply(making.draft(Change("dissolve", (Origin(wards.one.pk),))))
    row = Succession.objects.get(task=task)
    viewer = cast.viewer(cast.admin)
    operations.settle(succession_ids=[row.pk], unit_id=wards.two.pk, viewer=viewer, at=NOW)
    making.undo(applied.decision)
    assert every_row() == before
