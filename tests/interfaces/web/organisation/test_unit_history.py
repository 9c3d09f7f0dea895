"""The page of a unit through time: lineage, timeline, the notice of a unit that has ended."""

from datetime import timedelta

import pytest
from django.test import Client

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Unit
from kientoan.domains.organisation.operations import name_heirs
from kientoan.domains.organisation.queries import FactKind, timeline_of
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing
from tests.conftest import DAY, NOW, START, Cast
from tests.domains.organisation.test_events import NEW_WARD, apply, wards  # noqa: F401 - a fixture

Wards = tuple[Unit, Unit, Unit]
BASIS = "Nghị quyết số 893/NQ-UBTVQH14"


@pytest.fixture
def merged(wards: Wards) -> Unit:  # noqa: F811
    """Phường Ninh Kiều, made of An Hòa and Tân An, with a part of An Nghiệp."""
    first, second, third = wards
    change = Change(
        "split_merge",
        (Origin(first.pk), Origin(second.pk), Origin(third.pk, ends=False)),
        (NEW_WARD,),
        (Passing(0, 0), Passing(1, 0), Passing(2, 0, full=False)),
    )
    return Unit.objects.get(pk=apply([change]).created[0])


def page_of(client: Client, unit: Unit, query: str = "") -> str:
    answer = client.get(f"/to-chuc/{unit.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_lineage_is_drawn_with_dates_and_basis_and_told_in_words(
    cast: Cast, merged: Unit, wards: Wards, signed_in # noqa: F811
) -> None:  # fmt: skip
    page = page_of(signed_in(cast.outsider), merged)
    picture = page[page.index('<svg class="layered layered--lineage"') : page.index("Bằng lời")]
    for ward in wards:
        assert f'href="/to-chuc/{ward.pk}/"' in picture
    assert picture.count("30/06/2018") == 3
    assert f"<title>{BASIS}</title>" in picture
    assert "893/NQ-UBTVQH14" in picture
    assert picture.count("layered__line--part") == 1
    assert "một phần" in picture
    words = page[page.index("Bằng lời") :]
    assert words.index(BASIS) < words.index("Phường An Hòa")
    assert "style=" not in page


def test_a_unit_that_ended_names_its_successor_and_stays_readable(
    cast: Cast, merged: Unit, wards: Wards, signed_in  # noqa: F811
) -> None:  # fmt: skip
    page = page_of(signed_in(cast.reporter), wards[0])
    notice = page[page.index("Đơn vị kế tục:") :][:400]
    assert f'<a href="/to-chuc/{merged.pk}/">Phường Ninh Kiều</a>' in notice
    assert BASIS in notice
    assert "Xem như ngày cuối cùng (29/06/2018)" in page
    assert f"?unit={wards[0].pk}&amp;day=2018-06-29" in page  # its tasks of its time
    then = page_of(signed_in(cast.reporter), wards[0], "?day=2018-06-29")
    assert "Đơn vị kế tục:" not in then
    assert "Quận Ninh Kiều" in then


def test_the_timeline_tells_everything_by_day_and_is_filtered(
    cast: Cast, merged: Unit, wards: Wards, signed_in  # noqa: F811
) -> None:  # fmt: skip
    client = signed_in(cast.reporter)
    page = page_of(client, wards[1])
    for words in (
        "Chấm dứt hoạt động", "Toàn bộ chuyển vào Phường Ninh Kiều", "Thôi mang mã 31135", "Được thành lập",
        "Mang tên Phường Tân An (Phường)", "Đứng dưới Quận Ninh Kiều (Chính quyền)",
    ):  # fmt: skip
        assert words in page, words
    codes = page_of(client, wards[1], "?kind=code")
    assert "Thôi mang mã 31135" in codes
    assert "Chấm dứt hoạt động" not in codes
    assert "Không có việc nào thuộc loại này" in page_of(client, wards[1], "?kind=holder")
    assert "Chấm dứt hoạt động" in page_of(
        client, wards[1], "?kind=nothing"
    )  # an unknown kind filters nothing


def test_the_timeline_keeps_posts_holders_and_changes_of_name(cast: Cast) -> None:
    renamed = operations.UnitDetails("Quận Ninh Kiều Mới", "urban_district", "district")
    viewer = cast.viewer(cast.admin)
    operations.add_version(unit=cast.district, details=renamed, start=DAY, viewer=viewer, at=NOW)
    facts = [fact for happening in timeline_of(cast.district.pk) for fact in happening.facts]
    told = {fact.what: fact.values for fact in facts}
    assert told["renamed"] == {"before": "Quận Ninh Kiều", "after": "Quận Ninh Kiều Mới"}
    assert told["took"]["person"] == "Đặng Thủ Trưởng"
    assert told["post_began"] == {"title": "Chủ tịch UBND quận"}
    assert [happening.day for happening in timeline_of(cast.district.pk)] == [DAY, START]
    only = timeline_of(cast.district.pk, kind=FactKind.HOLDER)
    assert {fact.what for happening in only for fact in happening.facts} == {"took"}


def test_a_part_is_told_with_its_share(cast: Cast, wards: Wards) -> None:  # noqa: F811
    change = Change("transfer", (Origin(wards[0].pk, ends=False),), (Outcome(unit=wards[1].pk),))
    apply([change], DAY + timedelta(days=1))
    whats = {fact.what for one in timeline_of(wards[0].pk) for fact in one.facts}
    assert "went_part" in whats


def test_a_unit_that_ended_without_successor_names_the_decision_and_who_has_its_duties(
    cast: Cast, signed_in
) -> None:  # fmt: skip
    applied = apply([Change("dissolve", (Origin(cast.ward.pk),))])
    name_heirs(decision=applied.decision, chosen={cast.ward.pk: cast.district.pk})
    page = page_of(signed_in(cast.outsider), cast.ward)
    heir = f'Việc đang làm chuyển về <a href="/to-chuc/{cast.district.pk}/">Quận Ninh Kiều</a>'
    notice = page[page.index("không hoạt động.") :][:700]
    assert "Chấm dứt hoạt động từ ngày 30/06/2018, không có đơn vị kế tục" in notice
    assert BASIS in notice
    assert heir in notice
    lineage = page[page.index('id="lineage"') :]
    assert heir in lineage
    assert "30/06/2018, nhận việc" in lineage
    assert "layered__line--duties" in lineage[lineage.index("<svg class=") :]
    assert "Chưa ghi lần sáp nhập" not in page


def test_a_unit_whose_duties_went_to_many_says_where_to_look(cast: Cast, signed_in) -> None:
    apply([Change("dissolve", (Origin(cast.ward.pk),))])
    page = page_of(signed_in(cast.outsider), cast.ward)
    assert page.count("Không một đơn vị nào nhận toàn bộ việc đang làm") == 2
    assert BASIS in page[page.index('id="lineage"') :]


def test_nothing_can_be_added_to_a_unit_on_a_day_without_it(
    cast: Cast, merged: Unit, wards: Wards, signed_in  # noqa: F811
) -> None:  # fmt: skip
    client = signed_in(cast.admin)
    offers = ("Thêm chức danh", "Ghi mã", "Ghi tên mới", "Thêm hệ thống", "Thêm đơn vị trực thuộc")
    page = page_of(client, wards[0])
    assert not [words for words in offers if words in page]
    assert "Đính chính" in page  # what is recorded can still be mended
    then = page_of(client, wards[0], "?day=2018-06-29")
    assert all(words in then for words in offers)


def test_a_unit_without_changes_says_so(cast: Cast, signed_in) -> None:
    assert "Chưa ghi lần sáp nhập" in page_of(signed_in(cast.outsider), cast.other_district)


def test_the_page_of_a_merged_unit_takes_few_statements(
    cast: Cast, merged: Unit, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in(cast.outsider)
    client.get("/")
    with django_assert_max_num_queries(33):
        page_of(client, merged)
