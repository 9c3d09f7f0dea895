"""The pages of units, people and accounts are read in a few statements, whatever their size."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from kientoan.domains.organisation import operations, queries
from kientoan.domains.organisation.models import Person, Role, Unit
from tests.conftest import DAY, NOW, START, Cast


def test_a_unit_page_has_posts_with_holders_children_and_codes(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        page = queries.unit_page(cast.district.pk, DAY)
    assert page.unit.name == "Quận Ninh Kiều"
    assert [place.parent.name for place in page.places if place.parent] == ["Thành phố Cần Thơ"]
    assert [row.person.full_name for row in page.posts[0].memberships] == ["Đặng Thủ Trưởng"]
    assert page.children[0][1][0].name == "Phường Cái Khế"
    assert [code.code for code in page.codes] == ["916"]


def test_a_unit_page_before_its_time_still_has_a_name(cast: Cast) -> None:
    page = queries.unit_page(cast.district.pk, START - timedelta(days=1))
    assert (page.unit.name, page.is_in_force, page.posts) == ("Quận Ninh Kiều", False, ())


def test_an_unknown_unit_does_not_exist(cast: Cast) -> None:
    with pytest.raises(Unit.DoesNotExist):
        queries.unit_page(10**9, DAY)


def test_a_person_page_lists_posts_over_time(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        page = queries.person_page(cast.head.person.pk, DAY)
    assert [(row.unit.name, row.is_current) for row in page.holdings] == [("Quận Ninh Kiều", True)]


def test_people_and_units_are_found_without_diacritics(cast: Cast) -> None:
    assert [person.full_name for person in queries.search_people("thu truong")] == ["Đặng Thủ Trưởng"]
    assert [unit.name for unit in queries.search_units("ninh kieu", DAY)] == ["Quận Ninh Kiều"]


def test_people_come_in_vietnamese_order(cast: Cast) -> None:
    Person.objects.create(full_name="Đinh An")
    Person.objects.create(full_name="Dương An")
    names = [person.full_name for person in queries.search_people("an")]
    assert names.index("Dương An") < names.index("Đinh An")


def test_accounts_are_filtered_by_text_role_unit_and_state(cast: Cast) -> None:
    viewer = cast.viewer(cast.admin)

    def names(**wanted: object) -> set[str]:
        found = queries.accounts_matching(queries.AccountFilter(**wanted), viewer)  # type: ignore[arg-type]
        return {user.username for user in found}

    assert names(text="bao cao") == {"reporter"}
    assert names(role=Role.REPORTER) == {"reporter", "outsider"}
    assert names(role=Role.REPORTER, unit=cast.district.pk) == {"reporter"}
    assert names(is_active=False) == set()
    assert "nobody" in names()


def test_rows_of_accounts_take_as_many_statements_for_one_as_for_all(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = cast.viewer(cast.admin)
    users = list(queries.accounts_matching(queries.AccountFilter(), viewer))
    with django_assert_max_num_queries(4):
        rows = queries.account_rows(users, viewer)
    assert {row.user.username: len(row.roles) for row in rows}["nobody"] == 0
    assert all(row.is_managed for row in rows)


def test_roles_on_a_unit_are_shown_to_its_administrator_alone(cast: Cast) -> None:
    assert len(queries.roles_on_unit(cast.district.pk, cast.viewer(cast.admin))) == 2
    assert queries.roles_on_unit(cast.district.pk, cast.viewer(cast.outsider)) == []


def test_an_account_s_past_roles_stay_in_sight(cast: Cast) -> None:
    viewer = cast.viewer(cast.admin)
    operations.end_role(grant=cast.reporter.role_grants.get(), end=DAY, viewer=viewer, at=NOW)
    assert [unit.name for _, unit in queries.grants_of(cast.reporter, viewer)] == ["Quận Ninh Kiều"]
