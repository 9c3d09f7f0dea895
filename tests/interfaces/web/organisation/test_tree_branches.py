"""The tree page of a large organisation: branches come when they are opened, with and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import Placement, Unit, UnitVersion
from kientoan.domains.organisation.queries import NotThere, branches, twigs_on
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, START, Cast

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def large(cast: Cast) -> Cast:
    """The cast's city with five hundred wards more in one district."""
    life = since(START)
    units = Unit.objects.bulk_create(Unit(in_force=life) for _ in range(500))
    UnitVersion.objects.bulk_create(
        UnitVersion(unit=unit, name=f"Phường {n:03d}", kind="ward", level="commune", in_force=life)
        for n, unit in enumerate(units)
    )
    Placement.objects.bulk_create(
        Placement(unit=unit, parent=cast.district, hierarchy="government", in_force=life) for unit in units
    )
    return cast


def test_a_small_tree_comes_whole(cast: Cast) -> None:
    (root,) = twigs_on(DAY, "government")
    assert (root.unit.name, root.size) == ("Thành phố Cần Thơ", 5)
    district = next(twig for twig in root.children if twig.unit.id == cast.district.pk)
    assert [twig.unit.name for twig in district.children] == ["Phường Cái Khế"]
    assert not root.is_closed


def test_of_a_large_tree_the_first_levels_come(large: Cast) -> None:
    (root,) = twigs_on(DAY, "government", opened=large.city.pk)
    assert root.size == 505
    district = next(twig for twig in root.children if twig.unit.id == large.district.pk)
    assert (district.size, district.is_closed) == (501, True)
    under = twigs_on(DAY, "government", under=large.district.pk)
    assert len(under) == 501
    with pytest.raises(NotThere):
        twigs_on(DAY, "government", under=0)


def test_a_branch_opens_by_a_link_or_in_place(large: Cast, signed_in: SignedIn) -> None:
    client = signed_in(large.officer)
    page = client.get(reverse("organisation")).content.decode()
    assert "Phường 001" not in page
    address = f"{reverse('organisation')}?hierarchy=government&amp;under={large.district.pk}"
    assert f'href="{address}"' in page
    assert f'hx-get="{address}"' in page
    query = {"hierarchy": "government", "under": str(large.district.pk)}
    alone = client.get(reverse("organisation"), query).content.decode()
    assert "Phường 001" in alone
    assert "<html" in alone
    lines = client.get(reverse("organisation"), query, headers={"HX-Request": "true"}).content.decode()
    assert "Phường 001" in lines
    assert "<html" not in lines


@pytest.mark.parametrize("under", ["0", "x", "99999999999999999999"])
def test_a_branch_that_is_not_there_is_not_found(cast: Cast, signed_in: SignedIn, under: str) -> None:
    assert signed_in(cast.officer).get(reverse("organisation"), {"under": under}).status_code == 404


def test_an_account_without_a_role_sees_no_branch(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.nobody).get(reverse("organisation"), {"under": str(cast.city.pk)})
    assert answer.status_code == 302


def test_questions_do_not_grow_with_the_tree(
    large: Cast, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(large.officer)
    client.get(reverse("organisation"))
    with django_assert_max_num_queries(11):
        client.get(reverse("organisation"))
    with django_assert_max_num_queries(13):
        client.get(reverse("organisation"), {"under": str(large.district.pk)})
    assert branches.WHOLE < 500
