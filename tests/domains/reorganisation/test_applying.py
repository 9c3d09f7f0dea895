"""When units end, what is due from them passes to their successors, and undoing gives everything back."""

import pytest

from kientoan.domains.organisation.models import RoleGrant
from kientoan.domains.plans.models import Cooperation, Part, Succession, UpdateKind
from kientoan.domains.plans.queries.succession import received_tasks
from kientoan.domains.temporal.models import since
from tests.conftest import START, Cast
from tests.domains.plans.making import given
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import revenue

from . import making
from .rows import every_row


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


def test_tasks_of_merged_wards_go_to_the_new_ward_and_its_chairman(cast: Cast, wards: making.Wards) -> None:
    one, two = given(cast, wards.one), given(cast, wards.two)
    applied = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district))
    (new,) = applied.created
    for task, ward in ((one, wards.one), (two, wards.two)):
        old_post = task.post_id
        task.refresh_from_db()
        assert task.lead_unit_id == new
        assert task.post is not None
        assert (task.post.unit_id, task.post.title) == (new, "Chủ tịch UBND phường Mới")
        line = task.updates.order_by("-id")[0]
        assert line.kind == UpdateKind.SUCCEEDED
        assert line.changes == {"lead_unit_id": [ward.pk, new], "post_id": [old_post, task.post_id]}
        assert line.decision == applied.decision
        (came,) = received_tasks([task.pk], applied.decision.effective_date)[task.pk]
        assert came.to_unit is not None
        assert (came.part, came.from_unit.id, came.to_unit.id) == (Part.LEAD, ward.pk, new)
    assert not Succession.objects.filter(task__in=[one, two]).exists()


def test_undoing_gives_back_every_row(cast: Cast, wards: making.Wards) -> None:
    given(cast, wards.one)
    task = given(cast, wards.three)
    Cooperation.objects.bulk_create(
        Cooperation(task=task, unit=unit) for unit in (wards.one, wards.two, cast.department)
    )
    indicator = revenue()
    held = make_set(cast)
    make_target(cast, held, indicator, wards.one, "10")
    make_target(cast, held, indicator, wards.two, "11")
    RoleGrant.objects.create(user=cast.nobody, role="reporter", unit=wards.one, in_force=since(START))
    before = every_row()
    applied = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district))
    assert every_row() != before
    making.undo(applied.decision)
    assert every_row() == before
