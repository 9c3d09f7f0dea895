"""From a proposal and answers to a decision that can be applied."""

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Unit
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.organisation.rules.changes import Change
from kientoan.domains.reorganisation.answering import Answers, Unanswered, changes_for
from kientoan.domains.reorganisation.proposing import propose
from tests.conftest import NOW

from .resolutions import CLAUSES, DAY, WHOLE, names_under, provinces, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def land() -> dict[str, Unit]:
    return provinces()


def apply(*clauses: str, answers: Answers | None = None, **options: object) -> operations.Applied:
    changes = changes_for(propose(text(*clauses), **options), answers or Answers())  # type: ignore[arg-type]
    decision = operations.draft_decision(legal_basis="NQ", effective_date=DAY, changes=changes, at=NOW)
    return operations.apply_decision(decision=decision, at=NOW, viewer=None)


def kinds(*clauses: str, day: object = None) -> list[Change]:
    proposal = propose(text(*clauses), day=day)  # type: ignore[arg-type]
    return [one for one in changes_for(proposal, Answers()) if one.kind != "dissolve"]


def test_the_whole_resolution_is_applied(land: dict[str, Unit]) -> None:
    applied = apply()
    city = land["Thành phố Cần Thơ"]
    assert names_under(city, DAY) == [
        "Phường Mỹ Xuyên", "Phường Ninh Kiều", "Phường Tân An", "Xã Cờ Đỏ", "Xã Thạnh Phú", "Xã Trung Hưng",
    ]  # fmt: skip
    assert len(applied.created) == 4
    levels = {unit.level for unit in units_on(DAY).values()}
    assert levels == {"province", "commune"}
    names = {unit.id: unit.name for unit in units_on(DAY).values()}
    parts = applied.successors[land["Phường Thới Bình"].pk]
    assert [(names[one.unit], one.full) for one in parts] == [
        ("Phường Ninh Kiều", False), ("Phường Tân An", False),
    ]  # fmt: skip


def test_each_event_says_its_sentence(land: dict[str, Unit]) -> None:
    notes = [one.note for one in changes_for(propose(text()), Answers())]
    assert any(note.startswith("Khoản 2 Điều 1: 2. Sắp xếp toàn bộ") for note in notes)
    assert any("Luật Tổ chức chính quyền địa phương" in note for note in notes)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (f"{WHOLE} xã Trung Hưng và thị trấn Cờ Đỏ thành xã mới có tên gọi là xã Cờ Đỏ.", "merge_new"),
        (f"{WHOLE} xã Trung Hưng thành phường mới có tên gọi là phường Trung Hưng.", "change_kind"),
        ("Đổi tên xã Trung Hưng thành xã Trung Thạnh.", "rename"),
        ("Nhập toàn bộ diện tích tự nhiên, quy mô dân số của phường Tân An vào phường An Hội.", "merge_into"),
        ("Điều chỉnh 1,4 km2 diện tích tự nhiên, 20 người của phường Tân An vào phường An Hội.", "transfer"),
        (
            "Tách một phần diện tích tự nhiên, quy mô dân số của xã Trung Hưng để thành lập xã Trung An.",
            "split",
        ),
        ("Chia phường Tân An thành phường Tân Lợi và phường Tân Lập.", "split"),
        ("Điều chỉnh xã Trung Hưng thuộc huyện Cờ Đỏ về quận Ninh Kiều quản lý.", "reparent"),
    ],
)
def test_the_words_decide_the_kind_of_event(land: dict[str, Unit], words: str, kind: str) -> None:
    from datetime import date

    changes = kinds(words, day=date(2020, 3, 1))
    assert [one.kind for one in changes] == [kind]
    decision = operations.draft_decision(
        legal_basis="NQ", effective_date=date(2020, 3, 1), changes=changes, at=NOW
    )
    operations.apply_decision(decision=decision, at=NOW, viewer=None)


def test_a_unit_that_gives_a_part_and_goes_on_stays(land: dict[str, Unit]) -> None:
    (change,) = kinds(CLAUSES[0].replace("toàn bộ", "một phần"))
    assert [origin.ends for origin in change.origins] == [False, False]


def test_an_open_question_stops_the_draft_and_an_answer_lets_it_go_on(land: dict[str, Unit]) -> None:
    words = CLAUSES[2].replace("thị trấn Cờ Đỏ", "xã Trung Hưnk Thượng")
    proposal = propose(text(*CLAUSES[:2], words, *CLAUSES[3:4]))
    with pytest.raises(Unanswered) as refusal:
        changes_for(proposal, Answers())
    names = [(item.place_words, member.written.name) for item, member in refusal.value.members]
    assert ("khoản 3 Điều 1", "Xã Trung Hưnk Thượng") in names
    chosen = {
        member.key: land[name].pk
        for _, member in refusal.value.members
        for name in ["Xã Thạnh Phú" if "Phú" in member.written.name else "Thị trấn Cờ Đỏ"]
    }
    assert len(changes_for(proposal, Answers(chosen=chosen))) > len(proposal.items)


def test_a_clause_and_a_box_can_be_left_out(land: dict[str, Unit]) -> None:
    proposal = propose(text(*CLAUSES[:2]))
    assert proposal.inferred == ()
    whole = propose(text())
    some = changes_for(whole, Answers(left_out=frozenset({4}), also=frozenset()))
    assert [one.kind for one in some] == ["merge_new"] * 3


def test_every_commune_of_an_ended_district_is_placed(land: dict[str, Unit]) -> None:
    apply(*CLAUSES[:4])
    assert "Xã Trung Hưng" in names_under(land["Thành phố Cần Thơ"], DAY)
