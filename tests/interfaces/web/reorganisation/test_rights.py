"""Whose units a decision may name: those of its day, in one province or in several."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision, Role, RoleGrant, Unit
from kientoan.domains.organisation.queries.plan import changes_of
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome
from kientoan.domains.temporal.models import since
from tests.conftest import NOW, PASSWORD, START, Cast

from .conftest import Office, personnel, text_of

AHEAD = date(2018, 12, 1)
LATER = date(2019, 3, 1)
SignIn = Callable[[User], Client]


@pytest.fixture
def provinces(cast: Cast) -> tuple[Unit, Unit]:
    return tuple(  # type: ignore[return-value]
        operations.establish_unit(
            name=name, kind="province", level="province", start=START, parents={"government": None}
        )
        for name in ("Tỉnh Hậu Giang", "Tỉnh Sóc Trăng")
    )


def several(*units: Unit) -> User:
    user = User.objects.create_user("lientinh", PASSWORD, full_name="Liên tỉnh")
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=Role.PERSONNEL, unit=unit, in_force=since(START)) for unit in units
    )
    return user


def begin(client: Client, day: date) -> Decision:
    client.post(
        "/sap-xep/them/", {"legal_basis": "NQ 202", "effective_date": f"{day:%d/%m/%Y}", "act": "save"}
    )
    return Decision.objects.latest("pk")


def send(client: Client, draft: Decision, kind: str, **data: object):  # type: ignore[no-untyped-def]
    draft.refresh_from_db()
    return client.post(
        f"/sap-xep/{draft.pk}/viec/them/{kind}/", {"row_version": draft.row_version, "act": "save", **data}
    )


def merging(*units: Unit, name: str) -> dict[str, object]:
    fates = {f"o{unit.pk}-fate": "whole" for unit in units}
    return {"origin": [str(unit.pk) for unit in units], "new": "x1", "nx1-name": name, **fates}


def test_provinces_are_merged_in_the_pages_by_who_keeps_each(
    cast: Cast, provinces: tuple[Unit, Unit], signed_in: SignIn
) -> None:
    client = signed_in(several(*provinces))
    draft = begin(client, AHEAD)
    assert send(client, draft, "merge_new", **merging(*provinces, name="Tỉnh Mới")).status_code == 302
    page = text_of(client.get(f"/sap-xep/{draft.pk}/xem-truoc/"))
    assert "ngoài quyền" not in page
    assert client.post(f"/sap-xep/{draft.pk}/thuc-hien/").status_code == 302
    draft.refresh_from_db()
    assert draft.state == "applied"


def test_who_keeps_one_of_them_is_told_the_names_of_the_others(
    cast: Cast, provinces: tuple[Unit, Unit], signed_in: SignIn
) -> None:
    one = personnel("haugiang", provinces[0])
    change = Change(
        "merge_new", tuple(Origin(unit.pk) for unit in provinces),
        (Outcome(key="a", name="Tỉnh Mới", kind="province", level="province"),),
    )  # fmt: skip
    draft = operations.draft_decision(
        legal_basis="NQ 202", effective_date=AHEAD, changes=[change], at=NOW, drafted_by=one
    )
    client = signed_in(one)
    for page in (f"/sap-xep/{draft.pk}/", f"/sap-xep/{draft.pk}/xem-truoc/"):
        shown = text_of(client.get(page))
        assert "1 đơn vị ngoài quyền của bạn: Tỉnh Sóc Trăng" in shown
        assert "Tiếp: thực hiện" not in shown
    for refused in (
        client.get(f"/sap-xep/{draft.pk}/thuc-hien/"),
        client.post(f"/sap-xep/{draft.pk}/thuc-hien/"),
    ):
        assert refused.status_code == 403
        assert "Tỉnh Sóc Trăng" in text_of(refused)
    assert signed_in(cast.outsider).get(f"/sap-xep/{draft.pk}/").status_code == 404


def test_a_unit_of_a_day_to_come_is_found_and_chosen(cast: Cast, signed_in: SignIn) -> None:
    change = Change(
        "merge_new",
        (Origin(cast.ward.pk),),
        (Outcome(key="a", name="Phường Mới", kind="ward", level="commune"),),
    )
    first = operations.draft_decision(legal_basis="QĐ 1", effective_date=AHEAD, changes=[change], at=NOW)
    new = operations.apply_decision(decision=first, at=NOW, viewer=None).created[0]
    client = signed_in(personnel("quan", cast.district))
    draft = begin(client, LATER)
    found = text_of(send(client, draft, "rename", act="find", find_going="phuong moi"))
    assert f'value="going:{new}"' in found
    done = send(client, draft, "rename", going=[str(new)], **{f"g{new}-name": "Phường Mới Hơn"})
    assert done.status_code == 302
    assert changes_of(draft)[0].outcomes[0].unit == new
    post = {"title": "Chủ tịch UBND phường", "rank": "head", "start": "01/12/2018"}
    assert client.get(f"/to-chuc/{new}/chuc-danh/").status_code == 200
    assert client.post(f"/to-chuc/{new}/chuc-danh/", post).status_code == 302
    assert Unit.objects.get(pk=new).posts.filter(title=post["title"]).exists()
    stranger = signed_in(personnel("quankhac", cast.other_district))
    other = begin(stranger, LATER)
    assert f'value="going:{new}"' not in text_of(
        send(stranger, other, "rename", act="find", find_going="phuong moi")
    )
    assert stranger.get(f"/to-chuc/{new}/chuc-danh/").status_code == 403


def test_who_may_not_undo_is_offered_no_button_and_no_page(
    cast: Cast, draft: Decision, office: Office
) -> None:
    change = Change("dissolve", (Origin(cast.ward.pk),))
    operations.add_events(decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    assert office.client.post(f"/sap-xep/{draft.pk}/thuc-hien/").status_code == 302
    assert "Hủy thực hiện" in text_of(office.client.get(f"/sap-xep/{draft.pk}/"))
    assert office.client.get(f"/sap-xep/{draft.pk}/huy/").status_code == 200
    assert "Hủy thực hiện" not in text_of(office.elsewhere.get(f"/sap-xep/{draft.pk}/"))
    assert office.elsewhere.get(f"/sap-xep/{draft.pk}/huy/").status_code == 403
