"""Before a decision is applied one sees what becomes of the duties of each unit, and why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kientoan.domains.organisation.models import ResultingUnit
from kientoan.domains.plans.models import Rule
from kientoan.domains.reorganisation.queries import effects
from tests.conftest import Cast
from tests.domains.plans.making import given

from . import making


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


def test_the_only_successor_is_proposed_with_reason_and_numbers(cast: Cast, wards: making.Wards) -> None:
    given(cast, wards.one)
    given(cast, wards.one)
    decision = making.merge([wards.one, wards.two], "Phường Mới", cast.district)
    first, second = effects(decision, None)
    result = ResultingUnit.objects.get(event__decision=decision)
    assert (first.unit.id, first.counts.tasks_led, first.counts.posts) == (wards.one.pk, 2, 1)
    assert (second.unit.id, second.counts.duties) == (wards.two.pk, 0)
    assert first.in_force.rule == Rule.ONE
    assert not first.chosen
    assert first.heir is not None
    assert (first.heir.key, first.heir.result, first.heir.unit) == (f"r{result.pk}", result.pk, None)
    assert "Phường Mới" in first.why


def test_it_takes_as_many_statements_for_three_units_as_for_one(cast: Cast, wards: making.Wards) -> None:
    alone = making.merge([wards.one], "Phường Một mới", cast.district)
    with CaptureQueriesContext(
        connection,
    ) as few:
        effects(alone, None)
    alone.delete()
    every = making.merge([wards.one, wards.two, wards.three], "Phường Mới", cast.district)
    with CaptureQueriesContext(connection) as many:
        assert len(effects(every, None)) == 3
    assert len(many) == len(few) <= 18
