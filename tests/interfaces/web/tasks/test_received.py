"""A task, a target and the list say from which unit they came, since when and on which basis."""

import re
from collections.abc import Callable
from datetime import date

from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import RoleGrant
from kientoan.domains.results.models import Vintage
from kientoan.domains.results.operations.submissions import open_submission
from kientoan.domains.temporal.models import since
from kientoan.engines.periods import parse_period
from tests.conftest import NOW, START, Cast
from tests.domains.plans.making import given
from tests.domains.plans.targets import make_set, make_target
from tests.domains.reorganisation import making
from tests.domains.results.figures import report, revenue

SignIn = Callable[[User], Client]


def test_the_page_and_the_list_name_the_former_unit_the_day_and_the_basis(
    cast: Cast, signed_in: SignIn
) -> None:
    wards = making.make_wards(cast)
    task = given(cast, wards.one)
    making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district))
    client = signed_in(cast.officer)
    page = client.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "Nhận từ" in page
    assert "Phường Một" in page
    assert "ngày 30/06/2018, theo" in page
    assert making.BASIS in page
    listed = client.get("/nhiem-vu/?mine=0").content.decode()
    assert "nhận từ Phường Một ngày 30/06/2018" in listed
    assert signed_in(cast.outsider).get(f"/nhiem-vu/{task.pk}/").status_code == 404


def test_the_target_of_the_new_unit_tells_of_both_and_of_the_figures_before(
    cast: Cast, signed_in: SignIn
) -> None:
    wards = making.make_wards(cast)
    indicator, held = revenue(), make_set(cast)
    first = make_target(cast, held, indicator, wards.one, "10")
    make_target(cast, held, indicator, wards.two, "11")
    report(wards.one, indicator, "2017", "10", "2018-01-10")
    report(wards.two, indicator, "2017", "11", "2018-01-10")
    making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district))
    client = signed_in(cast.officer)
    first.refresh_from_db()
    assert first.low == 21
    page = client.get(f"/chi-tieu/{first.pk}/").content.decode()
    assert "Nhận từ" in page
    assert "Phường Hai" in page
    assert "Theo địa giới ngày 30/06/2018" in page
    assert "21" in page


def test_a_sheet_of_figures_tells_which_unit_began_it(cast: Cast, signed_in: SignIn) -> None:
    wards = making.make_wards(cast)
    RoleGrant.objects.create(user=cast.nobody, role="reporter", unit=wards.one, in_force=since(START))
    period, viewer = parse_period("2018-05"), cast.viewer(cast.nobody)
    made = open_submission(
        unit_id=wards.one.pk, period=period, vintage=Vintage.ESTIMATE, viewer=viewer, at=NOW
    )
    making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district))
    page = signed_in(cast.nobody).get(f"/so-lieu/{made.pk}/").content.decode()
    assert "Nhận từ" in page
    assert "Phường Một" in page
    assert making.BASIS in page
    assert signed_in(cast.outsider).get(f"/so-lieu/{made.pk}/").status_code == 404


def test_pages_of_today_know_nothing_of_a_decision_ahead(cast: Cast, signed_in: SignIn) -> None:
    wards = making.make_wards(cast)
    RoleGrant.objects.create(user=cast.nobody, role="reporter", unit=wards.one, in_force=since(START))
    task = given(cast, wards.one)
    target = make_target(cast, make_set(cast), revenue(), wards.one, "10", period_end=date(2026, 1, 1))
    made = open_submission(
        unit_id=wards.one.pk, period=parse_period("2018-05"), vintage=Vintage.ESTIMATE,
        viewer=cast.viewer(cast.nobody), at=NOW,
    )  # fmt: skip
    merger = making.merge([wards.one, wards.two], "Phường Mới", cast.district, date(2025, 7, 1))
    making.apply(merger)
    pages = (
        "/", "/nhiem-vu/", f"/nhiem-vu/{task.pk}/", "/chi-tieu/", "/so-lieu/",
        f"/chi-tieu/{target.pk}/", f"/so-lieu/{made.pk}/", f"/bang-dieu-hanh/?unit={wards.one.pk}",
    )  # fmt: skip
    for user in (cast.nobody, cast.officer):
        client = signed_in(user)
        for address in pages:
            answer = client.get(address, follow=True)
            assert answer.status_code == 200, address
            words = b"".join(answer.streaming_content) if answer.streaming else answer.content
            said = re.sub(r'<p class="small received">.*?</p>', "", words.decode(), flags=re.DOTALL)
            assert "Phường Mới" not in said, address  # but for the note that says who comes after
            assert address == "/" or "Phường Một" in words.decode(), address
