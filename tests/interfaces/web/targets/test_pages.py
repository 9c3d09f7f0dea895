"""The pages of targets: lists, one target, setting, handing down; and who may not."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, DocumentType, Issuer
from kientoan.domains.organisation.models import Registration
from kientoan.domains.plans.models import Target, TargetSet
from kientoan.domains.results.models import Indicator
from kientoan.engines.periods import parse_period
from tests.conftest import NOW, Cast
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import poor, report, revenue

SignIn = Callable[[User], Client]


@pytest.fixture
def target(cast: Cast) -> Target:
    return make_target(
        cast, make_set(cast), revenue(), cast.city, path=[(parse_period("2018-Q1"), Decimal(25))]
    )


def form_of(target: Target, **changes: object) -> dict[str, object]:
    return {
        "indicator": target.indicator_id, "unit": target.unit_id, "period": "2018", "frequency": "month",
        "operator": ">=", "low": "100", "path": "quý I/2018 = 25", "row_version": target.row_version,
        **changes,
    }  # fmt: skip


def page_of(target: Target, name: str = "target_detail") -> str:
    return reverse(name, args=[target.pk])


def test_the_list_shows_plan_value_state_and_count(cast: Cast, signed_in: SignIn, target: Target) -> None:
    report(cast.city, target.indicator, "2018-01", "120", "2018-02-02")
    page = signed_in(cast.leader).get(reverse("target_list")).content.decode()
    assert "1/1 đạt và vượt" in page
    assert "≥ 100" in page
    assert "120,0" in page
    assert "Vượt" in page
    filtered = signed_in(cast.leader).get(reverse("target_list"), {"state": "missed"}).content.decode()
    assert "120,0" not in filtered


def test_the_list_of_an_earlier_day(cast: Cast, signed_in: SignIn, target: Target) -> None:
    report(cast.city, target.indicator, "2018-01", "120", "2018-02-02")
    page = signed_in(cast.leader).get(reverse("target_list"), {"day": "2018-02-01"}).content.decode()
    assert "0/1 đạt và vượt" in page
    assert "120,0" not in page


def test_one_target_tells_rule_figures_and_parts(cast: Cast, signed_in: SignIn, target: Target) -> None:
    report(cast.city, target.indicator, "2018-01", "12", "2018-02-02", "estimate")
    report(cast.city, target.indicator, "2018-01", "11.5", "2018-02-20")
    report(cast.city, target.indicator, "2018-02", "9", "2018-03-20")
    page = signed_in(cast.leader).get(page_of(target)).content.decode()
    assert "Cộng dồn" in page
    assert "20,5 tỷ đồng" in page
    assert "12,0" in page
    assert "11,5" in page
    assert "<svg" in page


def test_an_outsider_does_not_see_the_target_of_another_district(cast: Cast, signed_in: SignIn) -> None:
    own = make_target(cast, make_set(cast), revenue(), cast.district)
    for user in (cast.outsider, cast.nobody):
        client = signed_in(user)
        for name in ("target_detail", "target_edit", "target_hand_down"):
            assert client.get(page_of(own, name)).status_code == 404
        assert client.post(page_of(own, "target_remove")).status_code == 404
        assert own.target_set.name not in client.get(reverse("target_list")).content.decode().split("<main")[
            1
        ] or (user == cast.outsider)
    assert "Thu ngân sách" not in signed_in(cast.outsider).get(reverse("target_list")).content.decode()


def test_the_one_who_sees_does_not_set(cast: Cast, signed_in: SignIn, target: Target) -> None:
    client = signed_in(cast.reporter)
    assert client.get(page_of(target)).status_code == 200
    for name in ("target_edit", "target_hand_down"):
        assert client.get(page_of(target, name)).status_code == 403
    assert client.post(page_of(target, "target_remove")).status_code == 403
    assert client.get(reverse("target_set_create")).status_code == 403
    assert client.get(f"{reverse('target_create')}?set={target.target_set_id}").status_code == 403
    assert client.get(reverse("indicator_create")).status_code == 403


def test_a_set_and_its_first_target_are_made(cast: Cast, signed_in: SignIn) -> None:
    thing = poor()
    client = signed_in(cast.officer)
    made = client.post(
        reverse("target_set_create"), {"name": "13 chỉ tiêu", "year": 2018, "unit": cast.city.pk}
    )
    held = TargetSet.objects.get()
    assert made["Location"] == f"{reverse('target_create')}?set={held.pk}"
    client.post(
        made["Location"],
        {
            "indicator": thing.pk, "unit": cast.city.pk, "period": "2018", "frequency": "quarter",
            "operator": "<=", "low": "1,55", "baseline": "2,55", "baseline_year": 2017,
            "path": "quý II/2018 = 2,1\n",
        },
    )  # fmt: skip
    target = Target.objects.get()
    assert (target.low, target.high, target.baseline) == (None, Decimal("1.55"), Decimal("2.55"))
    assert target.path.get().value == Decimal("2.1")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"low": "một trăm"}, "không phải là số"),
        ({"low": ""}, "Hãy nhập mức phải đạt"),
        ({"operator": "range"}, "cần đủ hai số"),
        ({"period": "hôm nào"}, "không phải kỳ báo cáo"),
        ({"path": "quý I/2018 = 1\nquý II/2018: 2"}, "Dòng 2"),
        ({"path": "quý I/2019 = 1"}, "nằm ngoài kỳ"),
    ],
)
def test_a_wrong_field_is_told(
    cast: Cast, signed_in: SignIn, target: Target, changes: dict[str, object], words: str
) -> None:
    answer = signed_in(cast.officer).post(page_of(target, "target_edit"), form_of(target, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_an_edit_is_saved_and_undone(cast: Cast, signed_in: SignIn, target: Target) -> None:
    client = signed_in(cast.officer)
    page = client.post(
        page_of(target, "target_edit"), form_of(target, low="120"), follow=True
    ).content.decode()
    target.refresh_from_db()
    assert target.low == 120
    undo = page.split('action="/chi-tieu/hoan-tac/')[1].split('"')[0]
    client.post(f"/chi-tieu/hoan-tac/{undo}")
    target.refresh_from_db()
    assert target.low == 100


def test_the_second_editor_is_told(cast: Cast, signed_in: SignIn, target: Target) -> None:
    client = signed_in(cast.officer)
    client.post(page_of(target, "target_edit"), form_of(target, low="120"))
    answer = client.post(page_of(target, "target_edit"), form_of(target, low="130"))
    assert answer.status_code == 409
    target.refresh_from_db()
    assert target.low == 120


def test_a_target_is_handed_down_in_the_grid(cast: Cast, signed_in: SignIn, target: Target) -> None:
    client = signed_in(cast.officer)
    page = client.get(page_of(target, "target_hand_down")).content.decode()
    assert "Quận Cái Răng" in page
    assert "Sở Y tế" not in page
    given = {
        f"low-{cast.district.pk}": "60",
        f"low-{cast.other_district.pk}": "4o",
        "set": target.target_set_id,
    }
    wrong = client.post(page_of(target, "target_hand_down"), given)
    assert wrong.status_code == 422
    assert not target.children.exists()
    given[f"low-{cast.other_district.pk}"] = "40"
    client.post(page_of(target, "target_hand_down"), given)
    assert sorted(part.low or 0 for part in target.children.all()) == [40, 60]
    again = client.post(page_of(target, "target_hand_down"), {f"low-{cast.district.pk}": "70", "set": ""})
    assert again.status_code == 422
    assert "Người khác vừa giao: 60" in again.content.decode()


def test_handing_down_into_a_new_set(cast: Cast, signed_in: SignIn, target: Target) -> None:
    given = {f"low-{cast.district.pk}": "60", "set": "", "set_name": "Giao quận 2018"}
    signed_in(cast.officer).post(page_of(target, "target_hand_down"), given)
    assert target.children.get().target_set.name == "Giao quận 2018"


def test_a_removed_target_is_brought_back(cast: Cast, signed_in: SignIn, target: Target) -> None:
    client = signed_in(cast.officer)
    page = client.post(page_of(target, "target_remove"), follow=True).content.decode()
    assert not Target.objects.exists()
    client.post("/chi-tieu/hoan-tac/" + page.split('action="/chi-tieu/hoan-tac/')[1].split('"')[0])
    assert Target.objects.get().pk == target.pk


def test_indicators_are_found_without_diacritics_and_kept(cast: Cast, signed_in: SignIn) -> None:
    thing = poor()
    client = signed_in(cast.officer)
    assert "Tỷ lệ hộ nghèo" in client.get(reverse("indicator_list"), {"q": "ho ngheo"}).content.decode()
    assert client.get(reverse("indicator_detail", args=[thing.pk])).status_code == 200
    values = {
        "code": "BHYT", "name": "Bao phủ BHYT", "unit_of_measure": "%", "decimals": 1, "ascending": "on",
        "aggregation": "none",
    }  # fmt: skip
    client.post(reverse("indicator_create"), values)
    made = Indicator.objects.get(code="BHYT")
    edit = reverse("indicator_edit", args=[made.pk])
    client.post(edit, values | {"name": "Tỷ lệ bao phủ BHYT", "row_version": 1})
    stale = client.post(edit, values | {"name": "Khác", "row_version": 1})
    made.refresh_from_db()
    assert (stale.status_code, made.name) == (409, "Tỷ lệ bao phủ BHYT")


def test_targets_go_out_as_excel_and_csv(cast: Cast, signed_in: SignIn, target: Target) -> None:
    client = signed_in(cast.leader)
    answer = client.get(reverse("target_export"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]
    assert book.active is not None
    assert [cell.value for cell in book.active[2]][3:8] == [
        "Thu ngân sách", "tỷ đồng", "Thành phố Cần Thơ", "năm 2018", "≥ 100",
    ]  # fmt: skip
    text = b"".join(client.get(reverse("target_export") + "?format=csv").streaming_content).decode()  # type: ignore[arg-type]
    assert "Thu ngân sách" in text


@pytest.mark.parametrize("name", ["target_list", "target_detail"])
def test_a_page_takes_the_same_statements_however_many_targets(
    cast: Cast, signed_in: SignIn, target: Target, name: str
) -> None:
    client = signed_in(cast.officer)
    address = reverse(name) if name == "target_list" else page_of(target)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    make_target(cast, target.target_set, target.indicator, cast.district, parent_id=target.pk)
    count()  # the first request of a session writes it down
    few = count()
    for unit in (cast.other_district, cast.ward):
        make_target(cast, target.target_set, target.indicator, unit, parent_id=target.pk)
    assert count() == few <= 34


def test_a_long_set_shared_among_units_is_folded_unit_by_unit(cast: Cast, signed_in: SignIn) -> None:
    held = make_set(cast)
    for number in range(11):
        thing = Indicator.objects.create(
            code=f"CT{number}", name=f"Chỉ tiêu số {number}", unit_of_measure="%"
        )
        for unit in (cast.district, cast.other_district):
            make_target(cast, held, thing, unit)
        report(cast.district, thing, "2018", "120", "2018-06-01")
    page = signed_in(cast.leader).get(reverse("target_list")).content.decode()
    assert page.count('<details class="card"') == 2
    assert page.index("11/11 đạt và vượt") < page.index("0/11 đạt và vượt")
    assert page.count("Chỉ tiêu số 7") == 2
    own = signed_in(cast.leader).get(reverse("target_list"), {"unit": cast.district.pk}).content.decode()
    assert '<details class="card"' not in own


def test_a_paper_is_a_link_only_for_those_who_may_open_it(
    cast: Cast, signed_in: SignIn, target: Target
) -> None:
    paper = Document.objects.create(
        type=DocumentType.objects.get(abbreviation="NQ"), subject="Về nhiệm vụ năm 2018", number="18/NQ-HĐND",
        issuer=Issuer.objects.create(name="HĐND thành phố Cần Thơ"), issued_date=date(2017, 12, 8),
        state="registered", registered_at=NOW,
    )  # fmt: skip
    TargetSet.objects.filter(pk=target.target_set_id).update(document=paper)
    for address in (reverse("target_list"), reverse("board")):
        page = signed_in(cast.leader).get(address).content.decode()
        assert "18/NQ-HĐND" in page
        assert reverse("document_detail", args=[paper.pk]) not in page
    Registration.objects.create(document=paper, unit=cast.city, arrival_number=1)
    for address in (reverse("target_list"), reverse("board")):
        page = signed_in(cast.leader).get(address).content.decode()
        assert reverse("document_detail", args=[paper.pk]) in page
