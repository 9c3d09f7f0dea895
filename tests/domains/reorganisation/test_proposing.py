"""From the words of a resolution to units of the day before: chosen with a reason, or asked."""

from datetime import date

import pytest

from kientoan.domains.organisation.models import Unit
from kientoan.domains.reorganisation.proposing import NoChanges, NoDay, propose

from .resolutions import CLAUSES, DAY, HEAD, chosen, provinces, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def land() -> dict[str, Unit]:
    return provinces()


def test_homonyms_of_merged_provinces_are_told_apart(land: dict[str, Unit]) -> None:
    proposal = propose(text())
    assert proposal.day == DAY
    assert proposal.main == land["Thành phố Cần Thơ"].pk
    codes = {name: str(one.codes.get().code) for name, one in land.items()}
    assert chosen(proposal)[2] == [codes["Xã Thạnh Phú"], codes["Thị trấn Cờ Đỏ"]]
    assert chosen(proposal)[5] == [codes["Xã Thạnh Phú (Huyện Mỹ Xuyên)"]]
    assert proposal.open == ()
    assert not proposal.differs_from_stated
    assert [item.above for item in proposal.items if item.members] == [land["Thành phố Cần Thơ"].pk] * 4


def test_a_clause_leads_back_to_its_sentence(land: dict[str, Unit]) -> None:
    written = text()
    item = propose(written).items[1]
    assert (item.place_words, item.name, item.kind, item.level) == (
        "khoản 2 Điều 1", "Phường Tân An", "ward", "commune",
    )  # fmt: skip
    assert written[item.start : item.end].startswith("2. Sắp xếp toàn bộ")
    assert [one.written.rest for one in item.members] == [False, True]


def test_a_province_named_nowhere_goes_over_when_its_communes_are_named(land: dict[str, Unit]) -> None:
    proposal = propose(text())
    assert [one.unit.name for one in proposal.provinces] == ["Thành phố Cần Thơ", "Tỉnh Sóc Trăng"]
    found = {one.key: one.why for one in proposal.inferred}
    assert "3/3" in found[f"province-{land['Tỉnh Sóc Trăng'].pk}"]
    assert {
        f"district-{land[name].pk}" for name in ("Huyện Cờ Đỏ", "Quận Ninh Kiều", "Huyện Mỹ Xuyên")
    } < set(found)


def test_a_province_of_which_one_name_is_found_is_left_alone(land: dict[str, Unit]) -> None:
    proposal = propose(text(*CLAUSES[:3]))
    assert [one.unit.name for one in proposal.provinces] == ["Thành phố Cần Thơ"]
    assert chosen(proposal)[2][0] == land["Xã Thạnh Phú"].codes.get().code


def test_what_the_text_does_not_mention_is_proposed_apart(land: dict[str, Unit]) -> None:
    proposal = propose(text(*CLAUSES[:4]))
    left = [one for one in proposal.inferred if one.what == "under"]
    assert [one.name for one in left] == ["Xã Trung Hưng", "Xã Thạnh Phú"]
    assert all("không nhắc đến" in one.why for one in left)


def test_two_that_fit_are_asked_with_where_they_lie(land: dict[str, Unit]) -> None:
    one = CLAUSES[2].replace(" và thị trấn Cờ Đỏ", "")
    proposal = propose(text(one, *CLAUSES[3:4]), under=[unit.pk for unit in _two(land)])
    (question,) = proposal.open
    assert question.written.name == "Xã Thạnh Phú"
    assert {candidate.where for candidate in question.candidates} == {
        "Huyện Cờ Đỏ, Thành phố Cần Thơ",
        "Huyện Mỹ Xuyên, Tỉnh Sóc Trăng",
    }


def _two(land: dict[str, Unit]) -> list[Unit]:
    return [land["Thành phố Cần Thơ"], land["Tỉnh Sóc Trăng"]]


def test_the_text_may_count_otherwise_than_was_read(land: dict[str, Unit]) -> None:
    assert propose(text(*CLAUSES[:4], CLAUSES[4].replace("có 06", "có 07"))).differs_from_stated


def test_before_the_districts_ended_new_units_stay_with_theirs(land: dict[str, Unit]) -> None:
    proposal = propose(text(*CLAUSES[:3]), day=date(2020, 2, 1))
    assert [item.above for item in proposal.items] == [None, None, None]
    assert proposal.inferred == ()


def test_a_text_without_a_day_is_asked_for_one(land: dict[str, Unit]) -> None:
    words = f"1. {CLAUSES[0]}"
    with pytest.raises(NoDay):
        propose(words)
    assert propose(words, day=DAY).day == DAY


def test_a_text_on_something_else_is_refused(land: dict[str, Unit]) -> None:
    with pytest.raises(NoChanges):
        propose(f"{HEAD}Giao Sở Nội vụ báo cáo trước ngày 15/7/2025.")


def test_three_statements_are_enough(land: dict[str, Unit], django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(3):
        propose(text())
