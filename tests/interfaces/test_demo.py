"""`kientoan demo` loads the example city once, whole, and never over somebody's data."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client

from kientoan.domains.organisation.models import Hierarchy, Installation, Level, Membership, Unit, UnitKind
from kientoan.domains.organisation.operations import establish_unit
from kientoan.domains.organisation.queries import holders_on, subtree_ids, units_on
from kientoan.domains.results.models import Observation
from kientoan.interfaces.cli import demo
from kientoan.interfaces.cli.example.source import period_of

DAY = date(2018, 6, 30)


@pytest.fixture
def city(db: None) -> Unit:
    assert demo.load()
    return Installation.objects.get().root


def unit_named(name: str) -> int:
    return next(unit.id for unit in units_on(DAY).values() if unit.name == name)


def test_loads_the_city_with_its_districts_and_communes(city: Unit) -> None:
    levels = [unit.level for unit in units_on(DAY, subtree_ids(city.pk, DAY)).values() if unit.is_territory]
    assert (levels.count("district"), levels.count("commune")) == (9, 85)
    assert len(subtree_ids(unit_named("Thành ủy Cần Thơ"), DAY, Hierarchy.PARTY)) > 20


def test_board_day_of_the_story_is_the_last_of_june(city: Unit) -> None:
    assert Installation.objects.get().example_day == DAY


def test_second_load_changes_nothing(city: Unit) -> None:
    before = Unit.objects.count(), Observation.objects.count(), Membership.objects.count()
    assert not demo.load()
    assert (Unit.objects.count(), Observation.objects.count(), Membership.objects.count()) == before


def test_refuses_a_database_that_holds_other_units(db: None) -> None:
    establish_unit(name="Xã khác", kind=UnitKind.COMMUNE, level=Level.COMMUNE, start=DAY)
    with pytest.raises(demo.NotEmpty):
        demo.load()
    assert Unit.objects.count() == 1


def test_force_mixes_the_example_into_a_database_with_other_units(db: None) -> None:
    establish_unit(name="Xã khác", kind=UnitKind.COMMUNE, level=Level.COMMUNE, start=DAY)
    assert demo.load(force=True)


def test_one_person_may_hold_posts_in_two_hierarchies(city: Unit) -> None:
    posts = Membership.objects.on(DAY).filter(person__memberships__post__unit=unit_named("Huyện ủy Cờ Đỏ"))
    both = [row for row in posts.select_related("post") if row.post.rank == "head"]
    assert {row.post.title for row in both} == {"Bí thư", "Chủ tịch UBND huyện"}
    assert len({row.person_id for row in both}) == 1


def test_a_vacant_post_stands_empty_between_two_holders(city: Unit) -> None:
    post = Membership.objects.filter(post__unit=unit_named("Quận Bình Thủy"), post__rank="head").values_list(
        "post_id", flat=True
    )[0]
    assert holders_on(date(2018, 3, 20), [post]) == {}
    assert holders_on(date(2018, 3, 1), [post]) != holders_on(DAY, [post])


def test_growth_of_2017_keeps_both_vintages(city: Unit) -> None:
    rows = Observation.objects.filter(indicator__code="GRDP_TANG", period_end=date(2018, 1, 1))
    assert [(row.vintage, float(row.value)) for row in rows.order_by("reported_at")] == [
        ("estimate", 7.83),
        ("final", 6.54),
    ]


@pytest.mark.parametrize("username", ["quantri", "theodoi", "bithu", "baocao.ninhkieu", "lanhdao.codo"])
def test_accounts_sign_in_with_the_example_password(city: Unit, username: str) -> None:
    assert Client().login(username=username, password="can-tho-2018")


def test_account_text_names_accounts_that_exist() -> None:
    text = demo.accounts_text()
    listed = (Path(demo.__file__).parents[3] / "example/cantho/accounts.csv").read_text(encoding="utf-8")
    for name in ("theodoi", "vanthu", "bithu", "chutich", "baocao.ninhkieu", "kiemtra", "quantri"):
        assert name in text
        assert f"\n{name}," in listed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018", (date(2018, 1, 1), date(2019, 1, 1), "year")),
        ("2018-Q4", (date(2018, 10, 1), date(2019, 1, 1), "quarter")),
        ("2018-06", (date(2018, 6, 1), date(2018, 7, 1), "month")),
        ("2018-12", (date(2018, 12, 1), date(2019, 1, 1), "month")),
    ],
)
def test_periods_are_half_open(text: str, expected: tuple[date, date, str]) -> None:
    assert period_of(text) == expected


def test_wrong_day_is_named_with_a_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    import argparse

    assert demo.run(argparse.Namespace(day="30/06/2018", force=False)) == 1
    assert "30/06/2018" in capsys.readouterr().err


def test_every_moment_of_the_load_is_in_the_office_time_zone(city: Unit) -> None:
    moment: datetime = Observation.objects.order_by("reported_at")[0].reported_at
    assert moment.utcoffset() is not None
