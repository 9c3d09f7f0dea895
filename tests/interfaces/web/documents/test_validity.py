"""Validity in the browser: the day's list, the questions on a document's page, deciding and taking back."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from kientoan.domains.documents.models import Document, DocumentType, Effect, Issuer
from kientoan.domains.organisation import registering
from tests.conftest import NOW, Cast
from tests.domains.documents.test_citing import make

from .conftest import SignIn
from .test_register import page_text

TEXT = """Điều 1. Thay thế Quyết định số 5/QĐ-UBND ngày 05/01/2016 của Ủy ban nhân dân thành phố Cần Thơ.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
"""


@pytest.fixture
def old(cast: Cast) -> Document:
    act = make("5/QĐ-UBND", "Ủy ban nhân dân thành phố Cần Thơ", date(2016, 1, 5), "Quyết định")
    Document.objects.filter(pk=act.pk).update(effective_date=date(2016, 1, 5))
    registering.register_documents(unit=cast.city, documents=[act])
    return act


@pytest.fixture
def new(cast: Cast, old: Document) -> Document:
    viewer = cast.viewer(cast.clerk)
    document = registering.take_text(viewer=viewer, unit=cast.city, text=TEXT, at=NOW).document
    Document.objects.filter(pk=document.pk).update(
        type=DocumentType.objects.get(name="Quyết định"), issuer=Issuer.objects.get(pk=old.issuer_id),
        number="9/QĐ-UBND", issued_date=date(2018, 2, 1), subject="Về việc thay thế",
    )  # fmt: skip
    return registering.enter(viewer=viewer, document=document, at=NOW)


def citation(new: Document) -> int:
    return new.citations.get(number="5/QĐ-UBND").pk


def test_proposals_are_asked_of_those_who_keep_the_register_only(
    cast: Cast, signed_in: SignIn, old: Document, new: Document
) -> None:
    for page in (new, old):
        assert "Có phải" in page_text(signed_in(cast.clerk).get(f"/van-ban/{page.pk}/"))
        assert "Có phải" not in page_text(signed_in(cast.outsider).get(f"/van-ban/{page.pk}/"))


def test_confirmed_replacement_ends_the_old_document_from_the_day(
    cast: Cast, signed_in: SignIn, old: Document, new: Document
) -> None:
    client = signed_in(cast.clerk)
    client.post(f"/van-ban/{new.pk}/ngay-hieu-luc/")
    new.refresh_from_db()
    assert new.effective_date == date(2018, 2, 1)
    said = {"citation": citation(new), "act": "confirm"}
    page = page_text(client.post(f"/van-ban/{new.pk}/tac-dong/de-xuat/", said, follow=True))
    assert "Đã xác nhận" in page
    ended = page_text(client.get("/van-ban/hieu-luc/?show=ended"))
    assert "bị thay thế bởi" in ended
    assert "từ 01/02/2018" in ended
    before = page_text(client.get("/van-ban/hieu-luc/?day=31/01/2018"))
    assert "5/QĐ-UBND" in before
    assert "9/QĐ-UBND" not in before


def test_refused_proposal_is_not_asked_again_until_undone(
    cast: Cast, signed_in: SignIn, old: Document, new: Document
) -> None:
    client = signed_in(cast.clerk)
    client.post(f"/van-ban/{new.pk}/tac-dong/de-xuat/", {"citation": citation(new), "act": "refuse"})
    assert "Có phải văn bản này" not in page_text(client.get(f"/van-ban/{new.pk}/"))
    client.post(f"/van-ban/tac-dong/{Effect.objects.get().pk}/bo/")
    assert "Có phải văn bản này" in page_text(client.get(f"/van-ban/{new.pk}/"))


def test_first_day_can_be_taken_back(cast: Cast, signed_in: SignIn, new: Document) -> None:
    client = signed_in(cast.clerk)
    client.post(f"/van-ban/{new.pk}/ngay-hieu-luc/")
    client.post(f"/van-ban/{new.pk}/ngay-hieu-luc/?back=1")
    new.refresh_from_db()
    assert new.effective_date is None


def test_effect_is_entered_by_hand_with_the_number_of_the_other(
    cast: Cast, signed_in: SignIn, old: Document, new: Document
) -> None:
    client = signed_in(cast.clerk)
    said = {
        "direction": "suffers",
        "number": "9/qđ-ubnd",
        "kind": "repeals",
        "parts": "Điều 3",
        "from_date": "",
    }
    assert client.post(f"/van-ban/{old.pk}/tac-dong/", said).status_code == 302
    effect = Effect.objects.get()
    assert (effect.document, effect.affected, effect.parts) == (new, old, "Điều 3")
    again = client.post(f"/van-ban/{old.pk}/tac-dong/", said)
    assert again.status_code == 422
    assert "đã được ghi" in page_text(again)
    unknown = client.post(f"/van-ban/{old.pk}/tac-dong/", {**said, "number": "77/QĐ-UBND"})
    assert "Trong sổ không có văn bản số này" in page_text(unknown)


def test_of_several_documents_with_the_number_one_is_chosen(
    cast: Cast, signed_in: SignIn, old: Document, new: Document
) -> None:
    twin = make("5/QĐ-UBND", "Ủy ban nhân dân thành phố Cần Thơ", date(2017, 1, 5), "Quyết định")
    registering.register_documents(unit=cast.city, documents=[twin])
    client = signed_in(cast.clerk)
    said = {"direction": "acts", "number": "5/QĐ-UBND", "kind": "replaces", "parts": "", "from_date": ""}
    page = client.post(f"/van-ban/{new.pk}/tac-dong/", said)
    assert "Có nhiều văn bản mang số này" in page_text(page)
    assert client.post(f"/van-ban/{new.pk}/tac-dong/", {**said, "other": twin.pk}).status_code == 302
    assert Effect.objects.get().affected == twin


def test_correction_of_a_changed_effect_shows_what_changed(
    cast: Cast, signed_in: SignIn, old: Document, new: Document
) -> None:
    client = signed_in(cast.clerk)
    client.post(f"/van-ban/{new.pk}/tac-dong/de-xuat/", {"citation": citation(new), "act": "confirm"})
    effect = Effect.objects.get()
    said = {"kind": "replaces", "parts": "Điều 2", "from_date": "10/02/2018", "row_version": 1}
    assert client.get(f"/van-ban/tac-dong/{effect.pk}/sua/").status_code == 200
    assert client.post(f"/van-ban/tac-dong/{effect.pk}/sua/", said).status_code == 302
    effect.refresh_from_db()
    assert (effect.parts, effect.from_date) == ("Điều 2", date(2018, 2, 10))
    assert client.post(f"/van-ban/tac-dong/{effect.pk}/sua/", said).status_code == 409


def test_an_outsider_decides_nothing(cast: Cast, signed_in: SignIn, old: Document, new: Document) -> None:
    client = signed_in(cast.outsider)
    assert client.get(f"/van-ban/{new.pk}/tac-dong/").status_code == 403
    said = {"citation": citation(new), "act": "confirm"}
    assert client.post(f"/van-ban/{new.pk}/tac-dong/de-xuat/", said).status_code == 403
    assert client.post(f"/van-ban/{new.pk}/ngay-hieu-luc/").status_code == 403
    assert not Effect.objects.exists()
    signed_in(cast.clerk).post(f"/van-ban/{new.pk}/tac-dong/de-xuat/", said)
    effect = Effect.objects.get()
    assert client.get(f"/van-ban/tac-dong/{effect.pk}/sua/").status_code == 403
    assert client.post(f"/van-ban/tac-dong/{effect.pk}/bo/").status_code == 403
    assert signed_in(cast.nobody).post(f"/van-ban/tac-dong/{effect.pk}/bo/").status_code == 404
    assert Effect.objects.exists()


def test_list_of_the_day_shows_only_what_the_viewer_may_see(
    cast: Cast, signed_in: SignIn, new: Document
) -> None:
    make("1-KL/TU", "Thành ủy Cần Thơ", date(2018, 1, 1), "Kết luận")  # in nobody's register
    page = page_text(signed_in(cast.clerk).get("/van-ban/hieu-luc/?show=unknown"))
    assert "9/QĐ-UBND" in page
    assert "chưa ai xác nhận" in page
    assert "1-KL/TU" not in page
    assert "9/QĐ-UBND" not in page_text(signed_in(cast.nobody).get("/van-ban/hieu-luc/?show=unknown"))


def test_list_is_searched_and_an_empty_one_says_what_to_do(
    cast: Cast, signed_in: SignIn, new: Document
) -> None:
    client = signed_in(cast.clerk)
    assert "9/QĐ-UBND" in page_text(client.get("/van-ban/hieu-luc/?show=unknown&q=thay the"))
    assert "Không có văn bản nào khớp" in page_text(client.get("/van-ban/hieu-luc/?show=unknown&q=xyz"))
    assert "Không có văn bản nào ở tình trạng" in page_text(client.get("/van-ban/hieu-luc/?show=partial"))


def test_number_of_queries_of_the_list_does_not_grow(
    cast: Cast, signed_in: SignIn, new: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.clerk)
    acts = [make(f"{n}-KL/TU", "Thành ủy Cần Thơ", date(2018, 1, 1), "Kết luận") for n in range(1, 9)]
    registering.register_documents(unit=cast.city, documents=acts)
    with django_assert_max_num_queries(20):
        assert client.get("/van-ban/hieu-luc/?show=unknown").status_code == 200


def test_chosen_citation_is_kept_and_undone(
    cast: Cast, signed_in: SignIn, old: Document, new: Document
) -> None:
    client = signed_in(cast.clerk)
    row = new.citations.get(number="5/QĐ-UBND")
    address = f"/van-ban/{new.pk}/vien-dan/{row.pk}/"
    page = page_text(client.post(address, {"cited": "0"}, follow=True))
    row.refresh_from_db()
    assert (row.cited, row.resolved_by) == (None, "person")
    assert "không phải văn bản nào trong sổ" in page
    assert f'action="{address}?auto=1"' in page
    client.post(f"{address}?auto=1")
    row.refresh_from_db()
    assert (row.cited, row.resolved_by) == (old, "key")


def test_entering_tells_how_many_waited_for_the_document(
    cast: Cast, signed_in: SignIn, old: Document, new: Document
) -> None:
    client = signed_in(cast.clerk)
    client.post(f"/van-ban/{old.pk}/thu-hoi/")
    page = page_text(client.post(f"/van-ban/{old.pk}/vao-so/", follow=True))
    assert "1 văn bản trong sổ viện dẫn văn bản này đã được nối với nó." in page
