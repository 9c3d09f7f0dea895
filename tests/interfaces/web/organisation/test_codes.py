"""Codes of a unit by scheme."""

from tests.conftest import Cast
from tests.interfaces.web.organisation.test_editing import text_of
from tests.interfaces.web.organisation.test_headcount import undo


def test_a_code_is_recorded_shown_ended_and_taken_back(cast: Cast, signed_in) -> None:
    client, page = signed_in(cast.admin), f"/to-chuc/{cast.department.pk}/"
    data = {"scheme": "edxml", "code": "h13.5", "start": "01/01/2018"}
    assert client.post(f"{page}ma/", data).status_code == 302
    assert "H13.5" in text_of(client.get(page))
    code = cast.department.codes.get()
    assert client.post(f"/to-chuc/ma/{code.pk}/", {"last_day": "31/05/2018"}).status_code == 302
    code.refresh_from_db()
    assert code.in_force.upper.isoformat() == "2018-06-01"
    client.get(page)
    later = client.post(f"/to-chuc/ma/{code.pk}/", {"last_day": "31/12/2018"})
    assert "chỉ có từ 01/01/2018 đến 31/05/2018" in text_of(later)
    client.post(f"{page}ma/", data | {"code": "H13.6", "start": "02/06/2018"})
    undo(client, page)
    assert [row.code for row in cast.department.codes.all()] == ["H13.5"]


def test_a_wrong_code_is_explained(cast: Cast, signed_in) -> None:
    client, page = signed_in(cast.admin), f"/to-chuc/{cast.ward.pk}/ma/"
    data = {"scheme": "gso", "code": "abc", "start": "01/01/2018"}
    assert "Ví dụ: 916" in text_of(client.post(page, data))
    assert "đang là của đơn vị khác" in text_of(client.post(page, data | {"code": "919"}))
    assert "Đơn vị đã có mã 31117" in text_of(
        client.post(page, data | {"code": "31118", "start": "01/01/2017"})
    )


def test_an_outsider_records_no_code(cast: Cast, signed_in) -> None:
    client, code = signed_in(cast.outsider), cast.ward.codes.get()
    assert client.post(f"/to-chuc/{cast.ward.pk}/ma/", {}).status_code == 403
    assert client.post(f"/to-chuc/ma/{code.pk}/", {}).status_code == 403
