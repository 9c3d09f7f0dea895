"""Which documents are in force on a day; what is proposed, confirmed, refused and taken back."""

from datetime import date

import pytest

from kientoan.domains.documents import effects, intake
from kientoan.domains.documents.in_force import count_on, matching_on, validity_of
from kientoan.domains.documents.models import Document, Effect, EffectState
from kientoan.domains.documents.operations import withdraw_document
from kientoan.domains.documents.queries import DocumentFilter
from kientoan.domains.documents.validity_rules import first_day
from kientoan.domains.temporal.models import Stale
from tests.conftest import NOW, Cast

from .test_citing import make

DAY = date(2018, 6, 30)
SEEN = Document.objects.all


@pytest.fixture
def old(cast: Cast) -> Document:
    return in_force_from(make("5/QĐ-UBND", "UBND thành phố Cần Thơ", date(2016, 1, 5), "Quyết định"), 2016)


@pytest.fixture
def new(cast: Cast) -> Document:
    return in_force_from(make("9/QĐ-UBND", "UBND thành phố Cần Thơ", date(2018, 2, 1), "Quyết định"), 2018)


def in_force_from(document: Document, year: int) -> Document:
    document.effective_date = date(year, 2, 10)
    document.save()
    return document


def state(document: Document, day: date = DAY) -> str:
    row = validity_of(document, SEEN(), day)
    return row.validity if row else ""


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("Quyết định này có hiệu lực thi hành kể từ ngày ký", date(2018, 2, 1)),
        ("Nghị quyết này có hiệu lực từ ngày 01 tháng 7 năm 2018", date(2018, 7, 1)),
        ("Quyết định này có hiệu lực thi hành kể từ ngày 15/02/2018", date(2018, 2, 15)),
        ("Quyết định này có hiệu lực sau 10 ngày, kể từ ngày ký", date(2018, 2, 11)),
        ("Luật này có hiệu lực từ ngày 31 tháng 02 năm 2018", None),
        ("Quy chế này có hiệu lực cùng với Nghị quyết", None),
    ],
)
def test_first_day_is_the_one_the_clause_says(clause: str, day: date | None) -> None:
    assert first_day(clause, date(2018, 2, 1)) == day


def test_first_day_from_signing_needs_a_known_day() -> None:
    assert first_day("Quyết định này có hiệu lực kể từ ngày ký", None) is None


def test_unknown_first_day_stays_unknown(cast: Cast) -> None:
    assert state(make("1-KL/TU", "Thành ủy Cần Thơ", date(2018, 1, 1), "Kết luận")) == "unknown"


def test_day_before_the_first_and_the_day_of_the_end_are_outside(old: Document) -> None:
    old.expiry_date = date(2018, 1, 1)
    old.save()
    days = [date(2016, 2, 9), date(2016, 2, 10), date(2017, 12, 31), date(2018, 1, 1)]
    assert [state(old, day) for day in days] == ["not_yet", "in_force", "in_force", "ended"]


def test_document_not_yet_issued_is_no_document_on_the_day(new: Document) -> None:
    assert state(new, date(2018, 1, 31)) == ""


def confirm(cast: Cast, new: Document, old: Document, **more: object) -> Effect:
    said = {"kind": "replaces", "from_date": date(2018, 2, 10)}
    said |= {name: more.pop(name) for name in ("kind", "parts", "from_date") if name in more}
    return effects.set_effect(
        document=new, affected=old, said=effects.Said(**said), by=cast.clerk, at=NOW, **more  # type: ignore[arg-type]
    )  # fmt: skip


def test_replaced_document_ends_on_the_day_of_the_new_one(cast: Cast, old: Document, new: Document) -> None:
    confirm(cast, new, old)
    assert [state(old, day) for day in (date(2018, 2, 9), date(2018, 2, 10))] == ["in_force", "ended"]
    row = validity_of(old, SEEN(), DAY)
    assert row is not None
    assert row.ending is not None
    assert row.ending.document == new


def test_repeal_of_a_clause_leaves_the_rest_in_force(cast: Cast, old: Document, new: Document) -> None:
    confirm(cast, new, old, kind="repeals", parts=" khoản 2   Điều 5 ")
    assert state(old) == "partial"
    row = validity_of(old, SEEN(), DAY)
    assert row is not None
    assert row.ending is None
    assert row.effects[0].parts == "khoản 2 Điều 5"


def test_replaced_without_a_day_is_unknown(cast: Cast, old: Document, new: Document) -> None:
    confirm(cast, new, old, from_date=None)
    assert state(old) == "unknown"


def test_refused_effect_changes_nothing(cast: Cast, old: Document, new: Document) -> None:
    confirm(cast, new, old, state=EffectState.REFUSED)
    assert state(old) == "in_force"


def test_effect_of_a_withdrawn_document_is_gone(cast: Cast, old: Document, new: Document) -> None:
    confirm(cast, new, old)
    withdraw_document(document=new, by=cast.clerk, at=NOW)
    assert state(old) == "in_force"


def test_hidden_document_ends_another_without_being_named(cast: Cast, old: Document, new: Document) -> None:
    confirm(cast, new, old)
    row = validity_of(old, Document.objects.filter(pk=old.pk), DAY)
    assert row is not None
    assert row.validity == "ended"
    assert row.ending is None
    assert row.hidden_ending is not None


def test_counts_are_those_of_the_lists(cast: Cast, old: Document, new: Document) -> None:
    confirm(cast, new, old)
    make("1-KL/TU", "Thành ủy Cần Thơ", date(2018, 1, 1), "Kết luận")
    wanted = DocumentFilter()
    counts = count_on(SEEN(), wanted, DAY)
    assert counts == {"in_force": 1, "partial": 0, "unknown": 1, "not_yet": 0, "ended": 1}
    for chosen, number in counts.items():
        assert matching_on(SEEN(), wanted, DAY, chosen).count() == number


TEXT = """Điều 1. Bãi bỏ khoản 2 Điều 5 Quyết định số 5/QĐ-UBND ngày 05/01/2016 của UBND thành phố Cần Thơ.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
"""


@pytest.fixture
def reading(cast: Cast, old: Document) -> Document:
    document = intake.register_text(text=TEXT, by=cast.clerk, at=NOW).document
    issued = make("20/QĐ-UBND", "UBND thành phố Cần Thơ", date(2018, 3, 1), "Quyết định")
    issued.delete()
    Document.objects.filter(pk=document.pk).update(
        state="registered",
        type=old.type,
        issuer=old.issuer,
        issued_date=date(2018, 3, 1),
        number="20/QĐ-UBND",
    )
    return Document.objects.get(pk=document.pk)


def test_repeal_in_a_text_is_proposed_with_its_parts(reading: Document, old: Document) -> None:
    [proposal] = effects.proposals(document=reading)
    assert (proposal.affected, proposal.kind, proposal.parts) == (old, "repeals", "khoản 2 Điều 5")
    assert effects.proposals(affected=old) == [proposal]


def test_clause_of_a_text_is_offered_for_an_unknown_first_day(reading: Document) -> None:
    row = validity_of(reading, SEEN(), DAY)
    assert row is not None
    assert row.clause is not None
    assert (row.clause.words, row.clause.day) == (
        "Quyết định này có hiệu lực kể từ ngày ký", date(2018, 3, 1)
    )  # fmt: skip


def test_decided_proposal_is_not_made_again_until_it_is_taken_back(
    cast: Cast, reading: Document, old: Document
) -> None:
    effect = confirm(cast, reading, old, kind="repeals", state=EffectState.REFUSED)
    assert effects.proposals(document=reading) == []
    effects.remove_effect(effect=effect, by=cast.clerk, at=NOW)
    assert len(effects.proposals(document=reading)) == 1


def test_same_effect_twice_is_refused(cast: Cast, old: Document, new: Document) -> None:
    confirm(cast, new, old)
    with pytest.raises(effects.SameEffect):
        confirm(cast, new, old)
    with pytest.raises(effects.SelfEffect):
        confirm(cast, old, old)


def test_second_of_two_corrections_is_stale(cast: Cast, old: Document, new: Document) -> None:
    effect = confirm(cast, new, old)
    said = effects.Said("repeals")
    effects.edit_effect(effect=effect, row_version=1, said=said, by=cast.clerk, at=NOW)
    with pytest.raises(Stale):
        effects.edit_effect(effect=effect, row_version=1, said=said, by=cast.clerk, at=NOW)
