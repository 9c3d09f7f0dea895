"""The units of a day are kept in memory, and never shown as they no longer are."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from kientoan.domains.organisation.models import Placement, Unit, UnitVersion
from kientoan.domains.organisation.queries import tree, tree_on, units_on
from kientoan.domains.temporal.known import as_known_on
from tests.conftest import DAY, START, Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def city() -> Cast:
    """The cast, committed; with nothing kept of other tests."""
    tree._kept = {}
    tree._trees = {}
    return make_cast()


def rename(unit: Unit, name: str) -> None:
    UnitVersion.objects.filter(unit=unit).update(name=name)


def test_what_did_not_change_is_not_read_again(city: Cast) -> None:
    first, second = units_on(DAY), units_on(DAY)
    assert first == second
    assert first is not second
    assert first[city.ward.pk] is second[city.ward.pk]
    assert tree_on(DAY) is tree_on(DAY)


def test_a_new_name_is_shown_at_once(city: Cast) -> None:
    assert units_on(DAY)[city.ward.pk].name == "Phường Cái Khế"
    rename(city.ward, "Phường Khác")
    assert units_on(DAY)[city.ward.pk].name == "Phường Khác"


def test_a_new_place_is_shown_at_once(city: Cast) -> None:
    before = tree_on(DAY)
    Placement.objects.filter(unit=city.ward).update(parent=city.other_district)
    after = tree_on(DAY)
    assert after != before
    assert sum(root.size for root in after) == sum(root.size for root in before)


def test_who_writes_sees_it_and_others_do_not_before_it_is_committed(city: Cast) -> None:
    units_on(DAY)
    with transaction.atomic():
        rename(city.ward, "Phường Nháp")
        assert units_on(DAY)[city.ward.pk].name == "Phường Nháp"
        transaction.set_rollback(True)
    assert units_on(DAY)[city.ward.pk].name == "Phường Cái Khế"


def test_what_another_process_writes_is_shown(city: Cast) -> None:
    units_on(DAY)
    parameters = connection.get_connection_params()
    other = {
        key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if key in parameters
    }
    with psycopg.connect(**other) as elsewhere:
        elsewhere.execute(
            "UPDATE organisation_unitversion SET name = 'Phường Từ Xa' WHERE unit_id = %s", [city.ward.pk]
        )
        assert units_on(DAY)[city.ward.pk].name == "Phường Cái Khế"
    assert units_on(DAY)[city.ward.pk].name == "Phường Từ Xa"


def test_what_was_known_is_read_and_not_kept(city: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment = cursor.fetchone()[0]
    rename(city.ward, "Phường Khác")
    now = units_on(DAY)
    with as_known_on(moment):
        assert units_on(DAY)[city.ward.pk].name == "Phường Cái Khế"
    assert units_on(DAY) == now


def test_some_of_the_kept_units_are_as_those_read_for_them_alone(city: Cast) -> None:
    some = [city.ward.pk, city.city.pk, city.district.pk]
    alone = units_on(DAY, some)
    units_on(DAY)
    assert list(units_on(DAY, some).items()) == list(alone.items())
    rename(city.ward, "Phường Khác")
    assert units_on(DAY, some)[city.ward.pk].name == "Phường Khác"


def test_a_unit_not_in_force_comes_with_its_last_name_although_others_are_kept(city: Cast) -> None:
    units_on(DAY)
    early = START - timedelta(days=1)
    units_on(early)
    assert units_on(early, [city.ward.pk])[city.ward.pk].name == "Phường Cái Khế"


def test_a_caller_that_adds_to_the_units_changes_nobody_elses(city: Cast) -> None:
    units_on(DAY).clear()
    assert city.ward.pk in units_on(DAY)
    units_on(DAY).clear()
    assert city.ward.pk in units_on(DAY)


def test_an_emptied_table_is_empty(city: Cast) -> None:
    units_on(DAY)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE organisation_unitversion CASCADE")
    assert units_on(DAY) == {}
