"""The forms of the events: each kind asks for its own; what is wrong is said at its field."""

from datetime import timedelta
from decimal import Decimal

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import ChangeEvent, Decision, Unit
from kientoan.domains.organisation.queries.plan import changes_of, plan_of
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place, Shares
from tests.conftest import NOW, START, Cast

from .conftest import Office, text_of

GOV = "government"
Wards = tuple[Unit, Unit, Unit]


def post(office: Office, draft: Decision, kind: str, **data: object):
    draft.refresh_from_db()
    return office.client.post(
        f"/sap-xep/{draft.pk}/viec/them/{kind}/", {"row_version": draft.row_version, "act": "save", **data}
    )


def new(key: str = "x1", **fields: str) -> dict[str, str]:
    return {f"n{key}-{name}": value for name, value in {"name": "Phường Ninh Kiều", **fields}.items()}


def test_the_kinds_are_chosen_in_office_words(draft: Decision, office: Office) -> None:
    page = text_of(office.client.get(f"/sap-xep/{draft.pk}/viec/"))
    for words in ("Nhập các đơn vị thành một đơn vị mới", "Chia, tách một đơn vị", "Giải thể", "Đổi mã"):
        assert words in page
    assert office.client.get(f"/sap-xep/{draft.pk}/viec/them/khong-co/").status_code == 404


def test_units_are_found_by_short_names_several_at_once_and_chosen_without_scripts(
    cast: Cast, wards: Wards, draft: Decision, office: Office
) -> None:
    found = text_of(post(office, draft, "merge_new", act="find", find_origin="P. an hoa, Cái Khế"))
    assert f'value="origin:{wards[0].pk}"' in found
    assert f'value="origin:{cast.ward.pk}"' in found
    one = post(office, draft, "merge_new", act=f"origin:{wards[0].pk}", find_origin="an hoa", new="x1")
    assert f'name="origin" value="{wards[0].pk}"' in text_of(one)
    everything = text_of(post(office, draft, "merge_new", act="origin:all", find_origin="thuộc Ninh Kiều"))
    assert everything.count('name="origin" value=') == 3
    dropped = post(office, draft, "merge_new", act=f"drop-origin:{wards[0].pk}", origin=[str(wards[0].pk)])
    assert 'name="origin" value=' not in text_of(dropped)
    assert "Không còn đơn vị nào khớp" in text_of(post(office, draft, "rename", act="find", find_going="xyz"))


def test_units_of_one_name_are_told_apart_by_the_unit_above(
    wards: Wards, draft: Decision, office: Office
) -> None:
    page = text_of(post(office, draft, "merge_new", act="find", find_origin="tan an"))
    assert "31135 · Quận Ninh Kiều" in page
    assert "31190 · Quận Cái Răng" in page


def test_a_merger_takes_kind_and_place_of_the_old_units(
    cast: Cast, wards: Wards, draft: Decision, office: Office
) -> None:
    origins = [str(cast.ward.pk), str(wards[0].pk)]
    fates = {f"o{cast.ward.pk}-fate": "whole", f"o{wards[0].pk}-fate": "part", f"o{wards[0].pk}-area": "24,9"}
    page = post(office, draft, "merge_new", origin=origins, new="x1", **fates, **new(code="31135"))
    assert page.status_code == 302
    (change,) = changes_of(draft)
    (outcome,) = change.outcomes
    assert (outcome.name, outcome.kind, outcome.level) == ("Phường Ninh Kiều", "ward", "commune")
    assert outcome.places == (Place(GOV, cast.district.pk),)
    assert change.origins == (Origin(cast.ward.pk, True), Origin(wards[0].pk, False))
    assert change.passings == (
        Passing(0, 0, True), Passing(1, 0, False, Shares(area=Decimal("0.249000")))
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"area": "120"}, "không quá 100 %"),
        ({"area": "0"}, "Phần chuyển phải lớn hơn 0"),
        ({"area": "hai"}, "không phải"),
        ({"fate": ""}, "Trường này là bắt buộc|bắt buộc"),
    ],
)
def test_a_wrong_part_is_said_at_its_field(
    cast: Cast, draft: Decision, office: Office, wrong: dict[str, str], words: str
) -> None:
    fields = {f"o{cast.ward.pk}-{name}": value for name, value in ({"fate": "part"} | wrong).items()}
    page = post(office, draft, "merge_new", origin=[str(cast.ward.pk)], new="x1", **fields, **new())
    assert page.status_code == 422
    assert any(one in text_of(page) for one in words.split("|"))
    assert not ChangeEvent.objects.exists()


@pytest.mark.parametrize("fate", ["part", "rest"])
def test_a_part_of_a_hundred_per_cent_is_the_whole_and_said_so(
    cast: Cast, draft: Decision, office: Office, fate: str
) -> None:
    fields = {f"o{cast.ward.pk}-fate": fate, f"o{cast.ward.pk}-area": "100 %"}
    page = post(office, draft, "merge_new", origin=[str(cast.ward.pk)], new="x1", **fields, **new())
    assert page.status_code == 422
    assert "tỷ lệ là 100 %, tức là toàn bộ" in text_of(page)
    assert f'href="#r-{cast.ward.pk}"' in text_of(page)
    assert not ChangeEvent.objects.exists()


def test_all_that_is_missing_is_said_at_once(cast: Cast, draft: Decision, office: Office) -> None:
    page = text_of(post(office, draft, "merge_new", new="x1", **new(name="", code="abc")))
    assert "Các đơn vị được nhập: hãy chọn ít nhất một đơn vị" in page
    assert "Mã gồm 2 đến 5 chữ số" in page
    assert "id_nx1-name" in page


def test_old_units_of_two_districts_ask_for_the_unit_above(
    cast: Cast, wards: Wards, draft: Decision, office: Office
) -> None:
    origins = [str(wards[1].pk), str(wards[2].pk)]
    fates = {f"o{key}-fate": "whole" for key in origins}
    page = post(office, draft, "merge_new", origin=origins, new="x1", **fates, **new())
    assert "không cùng một cấp trên" in text_of(page)
    done = post(
        office, draft, "merge_new", origin=origins, new="x1", **fates, **new(government="thanh pho can tho")
    )
    assert done.status_code == 302
    assert changes_of(draft)[0].outcomes[0].places == (Place(GOV, cast.city.pk),)


def test_old_units_that_were_not_there_yet_are_named(
    cast: Cast, wards: Wards, draft: Decision, office: Office
) -> None:
    Decision.objects.filter(pk=draft.pk).update(effective_date=START - timedelta(days=1))
    origins = [str(cast.ward.pk), str(wards[0].pk)]
    fates = {f"o{key}-fate": "whole" for key in origins}
    page = text_of(post(office, draft, "merge_new", origin=origins, new="x1", **fates, **new()))
    assert "chưa thành lập hoặc đã kết thúc: " in page
    assert "không cùng một cấp trên" not in page


def test_a_unit_above_that_is_not_clear_is_asked(cast: Cast, draft: Decision, office: Office) -> None:
    for typed, words in (("quận", "chưa rõ là đơn vị nào"), ("không có", "Không có đơn vị nào tên")):
        page = post(office, draft, "establish", new="x1", **new(government=typed, kind="ward"))
        assert words in text_of(page)


def test_a_split_needs_shares_of_each_new_unit(cast: Cast, draft: Decision, office: Office) -> None:
    parts = new("x1", name="Phường A", population="60") | new("x2", name="Phường B", population="40")
    page = post(
        office, draft, "split", origin=str(cast.ward.pk), new=["x1", "x2"],
        **{f"o{cast.ward.pk}-fate": "ends"}, **parts,
    )  # fmt: skip
    assert page.status_code == 302
    (change,) = changes_of(draft)
    assert [item.shares.population for item in change.passings or ()] == [Decimal("0.6"), Decimal("0.4")]
    assert not plan_of(draft).collisions


def test_a_part_is_transferred_and_both_stay(
    cast: Cast, wards: Wards, draft: Decision, office: Office
) -> None:
    page = post(
        office, draft, "transfer", origin=str(cast.ward.pk), going=str(wards[0].pk),
        **{f"g{wards[0].pk}-area": "24,9 %"},
    )  # fmt: skip
    assert page.status_code == 302
    (change,) = changes_of(draft)
    assert not change.origins[0].ends
    assert change.passings == (Passing(0, 0, False, Shares(area=Decimal("0.249"))),)
    assert not plan_of(draft).collisions


def test_several_units_are_moved_at_once_under_the_parent_of_the_first(
    cast: Cast, wards: Wards, draft: Decision, office: Office
) -> None:
    keys = [str(cast.ward.pk), str(wards[0].pk)]
    fields = {f"g{keys[0]}-hierarchy": GOV, f"g{keys[0]}-parent": "Quận Cái Răng"}
    fields |= {f"g{keys[1]}-hierarchy": GOV, f"g{keys[1]}-parent": ""}
    assert post(office, draft, "reparent", going=keys, **fields).status_code == 302
    changes = changes_of(draft)
    assert [change.outcomes[0].places for change in changes] == [(Place(GOV, cast.other_district.pk),)] * 2
    assert not plan_of(draft).collisions


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("rename", {"name": ""}, "hãy ghi tên mới"),
        ("recode", {"code": ""}, "hãy ghi mã đơn vị hành chính"),
        ("reparent", {"hierarchy": GOV, "parent": ""}, "hãy ghi cấp trên mới"),
        ("change_kind", {"kind": ""}, "hãy ghi loại mới"),
    ],
)
def test_a_change_of_one_unit_names_what_is_missing(
    cast: Cast, draft: Decision, office: Office, kind: str, fields: dict[str, str], words: str
) -> None:
    data = {f"g{cast.ward.pk}-{name}": value for name, value in fields.items()}
    page = post(office, draft, kind, going=str(cast.ward.pk), **data)
    assert page.status_code == 422
    assert words in text_of(page)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("rename", {"name": "Phường An Khánh"}),
        ("recode", {"code": "31118"}),
        ("change_kind", {"kind": "commune"}),
    ],
)
def test_a_change_of_one_unit_stands_as_a_sentence(
    cast: Cast, draft: Decision, office: Office, kind: str, fields: dict[str, str]
) -> None:
    data = {f"g{cast.ward.pk}-{name}": value for name, value in fields.items()}
    assert post(office, draft, kind, going=str(cast.ward.pk), **data).status_code == 302
    assert not plan_of(draft).collisions
    page = text_of(office.client.get(f"/sap-xep/{draft.pk}/"))
    assert {"commune": "Xã"}.get(fields.get("kind", ""), next(iter(fields.values()))) in page


def test_a_dissolved_unit_may_name_who_takes_over(
    cast: Cast, wards: Wards, draft: Decision, office: Office
) -> None:
    assert post(office, draft, "dissolve", origin=str(cast.ward.pk)).status_code == 302
    page = post(office, draft, "dissolve", origin=str(wards[0].pk), going=str(wards[1].pk))
    assert page.status_code == 302
    assert not plan_of(draft).collisions


def test_many_units_become_many_with_every_pair_asked(
    cast: Cast, wards: Wards, draft: Decision, office: Office
) -> None:
    first, second = str(cast.ward.pk), str(wards[0].pk)
    data = {
        "origin": [first, second], "new": ["x1", "x2"], f"o{first}-fate": "ends", f"o{second}-fate": "ends",
        **new("x1", name="Phường A"), **new("x2", name="Phường B"),
    }  # fmt: skip
    page = text_of(post(office, draft, "split_merge", **data))
    assert "“Phường Cái Khế” chưa chuyển cho đơn vị nào" in page
    assert "“Phường B” chưa nhận từ đơn vị nào" in page
    pairs = {
        f"p{first}-nx1-extent": "full", f"p{second}-nx1-extent": "partial", f"p{second}-nx1-population": "30",
        f"p{second}-nx2-extent": "partial", f"p{second}-nx2-population": "70",
    }  # fmt: skip
    assert post(office, draft, "split_merge", **data, **pairs).status_code == 302
    assert not plan_of(draft).collisions
    shown = text_of(office.client.get(f"/sap-xep/{draft.pk}/"))
    assert "30 % dân số" in shown


def test_an_event_is_edited_in_the_same_form_and_keeps_its_new_unit(merger: Decision, office: Office) -> None:
    event = merger.changes.get()
    row = event.resulting_units.get()
    address = f"/sap-xep/{merger.pk}/viec/{event.pk}/sua/"
    page = text_of(office.client.get(address))
    assert 'value="Phường Ninh Kiều"' in page
    assert page.count('name="origin" value=') == 2
    origins = [str(one.unit_id) for one in event.original_units.all()]
    data = {f"o{key}-fate": "whole" for key in origins} | new(str(row.pk), name="Phường Tân Mới")
    page = office.client.post(
        address,
        {"act": "save", "row_version": merger.row_version, "origin": origins, "new": str(row.pk), **data},
    )
    assert page.status_code == 302
    assert event.resulting_units.get().pk == row.pk
    assert changes_of(merger)[0].outcomes[0].name == "Phường Tân Mới"


def test_an_edit_keeps_the_places_in_other_hierarchies(cast: Cast, draft: Decision, office: Office) -> None:
    places = (Place(GOV, cast.other_district.pk), Place("party", cast.city.pk))
    change = Change("reparent", (), (Outcome(cast.ward.pk, places=places),))
    (event,) = operations.add_events(
        decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW
    )
    data = {"act": "save", "row_version": "2", "going": str(cast.ward.pk)}
    data |= {f"g{cast.ward.pk}-hierarchy": GOV, f"g{cast.ward.pk}-parent": "Thành phố Cần Thơ"}
    assert office.client.post(f"/sap-xep/{draft.pk}/viec/{event.pk}/sua/", data).status_code == 302
    assert changes_of(draft)[0].outcomes[0].places == (Place(GOV, cast.city.pk), places[1])


def test_a_collision_is_said_at_the_event_and_at_its_row_of_the_form(
    cast: Cast, wards: Wards, merger: Decision, office: Office
) -> None:
    assert "mã 31135 ngày ấy đang là của “Phường Tân An”" in text_of(
        office.client.get(f"/sap-xep/{merger.pk}/")
    )
    event = merger.changes.get()
    page = text_of(office.client.get(f"/sap-xep/{merger.pk}/viec/{event.pk}/sua/"))
    key = event.resulting_units.get().pk
    assert f'href="#r-{key}"' in page
    assert "unit-row--wrong" in page


def test_an_event_is_removed_and_brought_back(merger: Decision, office: Office) -> None:
    event = merger.changes.get()
    office.client.post(f"/sap-xep/{merger.pk}/viec/{event.pk}/bo/", {"row_version": merger.row_version})
    assert not merger.changes.exists()
    page = text_of(office.client.get(f"/sap-xep/{merger.pk}/"))
    assert "Đã bỏ: Phường Cái Khế, Phường An Hòa → Phường Ninh Kiều" in page
    office.client.post(f"/sap-xep/{merger.pk}/viec/hoan-tac/")
    assert merger.changes.get().original_units.count() == 2
    assert office.client.post(f"/sap-xep/{merger.pk}/viec/hoan-tac/").status_code == 404


def test_an_older_view_of_the_draft_does_not_save(cast: Cast, merger: Decision, office: Office) -> None:
    page = office.client.post(
        f"/sap-xep/{merger.pk}/viec/them/dissolve/",
        {"act": "save", "row_version": "1", "origin": str(cast.ward.pk)},
    )
    assert page.status_code == 409


def test_units_of_others_cannot_be_put_into_a_draft(cast: Cast, merger: Decision, office: Office) -> None:
    own = office.elsewhere.post(
        "/sap-xep/them/", {"act": "save", "legal_basis": "Của quận khác", "effective_date": "30/06/2018"}
    )
    page = office.elsewhere.post(
        f"{own.url}them/dissolve/", {"act": "save", "row_version": "1", "origin": str(cast.ward.pk)}
    )
    assert "hãy chọn ít nhất một đơn vị" in text_of(page)  # as if it were not there
    event = merger.changes.get()
    assert office.elsewhere.get(f"/sap-xep/{merger.pk}/viec/{event.pk}/sua/").status_code == 404
    assert office.elsewhere.post(f"/sap-xep/{merger.pk}/viec/{event.pk}/bo/").status_code == 404


def test_a_form_does_not_ask_more_of_the_database_for_more_units(
    cast: Cast, wards: Wards, draft: Decision, office: Office, django_assert_max_num_queries
) -> None:
    post(office, draft, "merge_new", act="find", find_origin="phường")
    with django_assert_max_num_queries(32):
        post(office, draft, "merge_new", act="origin:all", find_origin="phường")
