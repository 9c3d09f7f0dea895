"""Which registered document a citation means, and what a person's choice does."""

from datetime import date

import pytest

from kientoan.domains.documents import citing, intake
from kientoan.domains.documents.citing import Context, Said, resolve
from kientoan.domains.documents.models import Citation, Document, DocumentType, Issuer
from kientoan.domains.documents.operations import HeadFields, enter_document, register_document
from kientoan.domains.documents.places import party_body, places_of, same_term
from kientoan.domains.organisation import registering
from tests.conftest import NOW, Cast

CAN_THO = Context(date(2018, 3, 1), frozenset({"cần thơ"}))


def make(number: str, issuer: str, day: date, type_name: str = "Nghị quyết") -> Document:
    head = HeadFields(
        type=DocumentType.objects.get(name=type_name),
        number=number,
        issuer=Issuer.objects.get_or_create(name=issuer)[0],
        issued_date=day,
        subject=f"Về việc {number} {issuer}",
    )
    return register_document(head=head, by=None, at=NOW)


@pytest.mark.parametrize(
    ("issuer", "places"),
    [
        ("Thành ủy Cần Thơ", {"cần thơ"}),
        ("Ban Thường vụ Tỉnh uỷ Hậu Giang", {"hậu giang"}),
        ("UBND quận Ninh Kiều, thành phố Cần Thơ", {"ninh kiều", "cần thơ"}),
        ("Đảng ủy xã Thạnh Phú", {"thạnh phú"}),
        ("Đảng ủy Công an Trung ương", set()),
        ("Ban Chấp hành Trung ương Đảng", set()),
        ("Thủ tướng Chính phủ", set()),
    ],
)
def test_places_are_those_in_the_name_of_a_body(issuer: str, places: set[str]) -> None:
    assert places_of(issuer) == places


@pytest.mark.parametrize(
    ("number", "body"), [("15-NQ/TU", "TU"), ("18 - NQ/TW", "TW"), ("30/2020/NĐ-CP", ""), ("15/KH-UBND", "")]
)
def test_party_numbers_name_their_body(number: str, body: str) -> None:
    assert party_body(number) == body


@pytest.mark.parametrize(
    ("one", "other", "central", "same"),
    [
        (date(2016, 3, 1), date(2020, 12, 1), True, True),
        (date(2016, 1, 5), date(2018, 1, 1), True, False),  # the month of the congress is open
        (date(2015, 12, 1), date(2018, 1, 1), False, True),
        (date(2017, 12, 1), date(2020, 10, 1), False, False),
        (date(2014, 12, 1), date(2016, 1, 1), False, False),
    ],
)
def test_terms_are_told_apart_only_away_from_congresses(
    one: date, other: date, central: bool, same: bool
) -> None:
    assert same_term(one, other, central=central) is same


def test_number_and_date_name_one_document(cast: Cast) -> None:
    act = make("15-NQ/TU", "Thành ủy Cần Thơ", date(2017, 12, 12))
    found = resolve(Said("Nghị quyết", "15-NQ/TU", date(2017, 12, 12)), [act], CAN_THO)
    assert (found.document, found.by) == (act, "key")


def test_act_of_another_province_is_asked_when_the_body_is_not_named(cast: Cast) -> None:
    other = make("15-NQ/TU", "Tỉnh ủy Hậu Giang", date(2017, 12, 12))
    said = Said("Nghị quyết", "15-NQ/TU", date(2017, 12, 12))
    assert resolve(said, [other], CAN_THO).document is None
    named = Said("Nghị quyết", "15-NQ/TU", date(2017, 12, 12), "Tỉnh ủy Hậu Giang")
    assert resolve(named, [other], CAN_THO).document == other


def test_of_two_provinces_the_own_one_is_meant(cast: Cast) -> None:
    own = make("15-NQ/TU", "Thành ủy Cần Thơ", date(2017, 12, 12))
    other = make("15-NQ/TU", "Tỉnh ủy Hậu Giang", date(2017, 12, 12))
    said = Said("Nghị quyết", "15-NQ/TU", date(2017, 12, 12))
    found = resolve(said, [other, own], CAN_THO)
    assert (found.document, found.by) == (own, "place")
    assert resolve(said, [other, own], Context(date(2018, 3, 1))).document is None


def test_party_number_without_a_date_means_the_act_of_the_same_term(cast: Cast) -> None:
    before = make("15-NQ/TU", "Thành ủy Cần Thơ", date(2012, 12, 12))
    now = make("15-NQ/TU", "Thành ủy Cần Thơ", date(2017, 12, 12))
    found = resolve(Said("Nghị quyết", "15-NQ/TU"), [before, now], CAN_THO)
    assert (found.document, found.by) == (now, "term")
    assert resolve(Said("Nghị quyết", "15-NQ/TU"), [before], CAN_THO).document is None


def test_state_number_without_its_year_stays_open(cast: Cast) -> None:
    plan = make("15/KH-UBND", "Ủy ban nhân dân thành phố Cần Thơ", date(2018, 1, 2), "Kế hoạch")
    assert resolve(Said("Kế hoạch", "15/KH-UBND"), [plan], CAN_THO).document is None


DISTRICT_TEXT = """ỦY BAN NHÂN DÂN QUẬN NINH KIỀU

KẾ HOẠCH
Thực hiện Nghị quyết số 15-NQ/TU về nhiệm vụ năm 2018
Phòng Nội vụ báo cáo kết quả thực hiện Nghị quyết số 15-NQ/TU.
"""


@pytest.mark.parametrize("first", ["the act", "the plan"])
def test_district_means_the_committee_of_its_province(cast: Cast, first: str) -> None:
    viewer = cast.viewer(cast.clerk)

    def act() -> Document:
        head = HeadFields(
            type=DocumentType.objects.get(name="Nghị quyết"), number="15-NQ/TU",
            issuer=Issuer.objects.create(name="Thành ủy Cần Thơ"), issued_date=date(2017, 12, 12),
            subject="Về nhiệm vụ năm 2018",
        )  # fmt: skip
        return registering.register_by_hand(viewer=viewer, unit=cast.city, head=head, at=NOW)

    made = act() if first == "the act" else None
    plan = registering.take_text(viewer=viewer, unit=cast.city, text=DISTRICT_TEXT, at=NOW).document
    issuer = Issuer.objects.get_or_create(name="Ủy ban nhân dân quận Ninh Kiều")[0]
    Document.objects.filter(pk=plan.pk).update(
        issuer=issuer, type=DocumentType.objects.get(name="Kế hoạch"), issued_date=date(2018, 3, 1),
        subject="Thực hiện nghị quyết",
    )  # fmt: skip
    registering.enter(viewer=viewer, document=plan, at=NOW)
    made = made or act()
    rows = Citation.objects.filter(document=plan, number="15-NQ/TU")
    assert rows
    assert {(row.cited, row.resolved_by) for row in rows} == {(made, "term")}


@pytest.fixture
def citation(cast: Cast) -> Citation:
    """A citation in a draft, with two acts it may mean."""
    make("7/CT-UBND", "Ủy ban nhân dân thành phố Cần Thơ", date(2017, 1, 2), "Chỉ thị")
    make("7/CT-UBND", "Ủy ban nhân dân thành phố Cần Thơ", date(2018, 1, 2), "Chỉ thị")
    text = "Sở Y tế báo cáo kết quả thực hiện Chỉ thị số 7/CT-UBND. Thực hiện tốt Chỉ thị số 7/CT-UBND."
    intake.register_text(text=text, by=cast.clerk, at=NOW)
    return Citation.objects.filter(number="7/CT-UBND")[0]


def test_choice_holds_wherever_the_act_is_named_alike(cast: Cast, citation: Citation) -> None:
    chosen = Document.objects.get(issued_date=date(2018, 1, 2))
    citing.choose_cited(citation=citation, cited=chosen, by=cast.clerk, at=NOW)
    rows = list(Citation.objects.filter(number="7/CT-UBND"))
    assert len(rows) == 2
    assert {(row.cited, row.resolved_by, row.chosen_by) for row in rows} == {(chosen, "person", cast.clerk)}


def test_none_of_them_stays_chosen_when_another_act_comes(cast: Cast, citation: Citation) -> None:
    citing.choose_cited(citation=citation, cited=None, by=cast.clerk, at=NOW)
    Citation.objects.update(issued_date=date(2019, 1, 2))
    act = make("7/CT-UBND", "Ủy ban nhân dân thành phố Cần Thơ", date(2019, 1, 2), "Chỉ thị")
    enter_document(document=act, by=None, at=NOW)
    assert not Citation.objects.filter(cited=act).exists()


def test_choice_taken_back_is_asked_again(cast: Cast, citation: Citation) -> None:
    chosen = Document.objects.get(issued_date=date(2018, 1, 2))
    citing.choose_cited(citation=citation, cited=chosen, by=cast.clerk, at=NOW)
    citation.refresh_from_db()
    citing.unchoose(citation=citation)
    row = Citation.objects.get(pk=citation.pk)
    assert (row.cited, row.chosen_at, row.resolved_by) == (None, None, "")
