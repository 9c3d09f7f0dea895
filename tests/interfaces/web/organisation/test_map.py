"""The map of communes by fate, and the command that loads outlines."""

import gzip
import json
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kientoan.domains.organisation.models import Boundary, Unit
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Place
from kientoan.interfaces.cli import load_boundaries
from tests.conftest import Cast
from tests.domains.organisation.test_boundaries import BEFORE, load, square
from tests.domains.organisation.test_comparison import reorganise
from tests.domains.organisation.test_events import apply, wards  # noqa: F401 - a fixture

Wards = tuple[Unit, Unit, Unit]
ADDRESS = "/to-chuc/ban-do/"
DAYS = "?start=29/06/2018&end=30/06/2018"


def page_of(client: Client, query: str = DAYS, status: int = 200) -> str:
    answer = client.get(ADDRESS + query)
    assert answer.status_code == status
    return answer.content.decode()


def test_before_and_after_are_drawn_with_words_for_every_colour(
    cast: Cast, wards: Wards, signed_in, django_assert_max_num_queries  # noqa: F811
) -> None:  # fmt: skip
    reorganise(cast, wards)
    load(BEFORE, "31120", "31135", "31126", "31117")
    client = signed_in(cast.outsider)
    client.get("/")
    with django_assert_max_num_queries(34):
        page = page_of(client)
    assert page.count('<svg class="map__drawing"') == 2
    assert page.count('class="map__area map__area--merged" d="M') == 1
    assert "<title>Phường An Hòa (31120): Nhập nguyên vẹn – Phường Ninh Kiều</title>" in page
    assert f'href="/to-chuc/{wards[0].pk}/"' in page
    assert "1 có ranh giới ghép lại (ước)" in page  # the new ward
    assert 'map__area--divided map__area--estimate" d="M' in page
    assert "ước: ghép từ các phần, bản đồ ngày 29/06/2018</title>" in page
    words = page[page.index("Từng đơn vị") :]
    assert "Phường Tân An" in words
    assert "một phần" in words
    assert "Nguồn ranh giới: Thử" in page
    assert "style=" not in page


def test_units_between_which_no_border_is_known_share_one_area(
    cast: Cast, wards: Wards, signed_in  # noqa: F811
) -> None:  # fmt: skip
    load(BEFORE, "31120", "31135")
    apply([Change("transfer", (Origin(wards[0].pk, ends=False),), (Outcome(unit=wards[1].pk),))])
    page = page_of(signed_in(cast.outsider))
    assert "2 có ranh giới ghép lại (ước), trong đó 2 chung một vùng với đơn vị khác" in page
    assert "ước: chưa rõ ranh giới giữa các đơn vị này, bản đồ ngày 29/06/2018</title>" in page
    first = min(wards[0].pk, wards[1].pk)
    assert f'href="#u{first}"' in page
    assert f'<li id="u{first}">' in page


def test_several_provinces_are_seen_at_once(cast: Cast, wards: Wards, signed_in) -> None:  # noqa: F811
    client = signed_in(cast.outsider)
    assert "Cả nước, theo tỉnh" not in page_of(client)
    other = Outcome(
        key="p", name="Tỉnh Hậu Giang", kind="province", level="province", code="93",
        places=(Place("government", None),),
    )  # fmt: skip
    apply([Change("establish", (), (other,))])
    load(BEFORE, "31120", "31135")
    page = page_of(client, f"{DAYS}&under=0")
    assert "Tỉnh, thành phố ngày 29/06/2018 thành gì vào ngày 30/06/2018" in page
    assert page.count('class="map__area map__area--unchanged" d="M') == 2
    assert "2 tỉnh, thành phố" in page
    assert "level=province" in page
    assert "Nguồn ranh giới: Thử" in page


def test_without_outlines_the_page_says_how_to_load_them_and_keeps_the_list(
    cast: Cast, wards: Wards, signed_in  # noqa: F811
) -> None:  # fmt: skip
    page = page_of(signed_in(cast.outsider))
    assert "kientoan load-boundaries" in page
    assert "Phường An Hòa" in page
    assert '<svg class="map__drawing"' not in page


def test_a_place_and_days_are_chosen(cast: Cast, wards: Wards, signed_in) -> None:  # noqa: F811
    load(BEFORE, "31120", "31117")
    client = signed_in(cast.outsider)
    nothing = page_of(client, f"{DAYS}&under={cast.other_district.pk}")
    assert "Cả hai ngày đều không có xã" in nothing
    assert "Phường An Hòa" in page_of(client, "")
    assert "Ngày chưa đúng" in page_of(client, "?start=x", 422)


def test_without_a_role_there_is_no_map(cast: Cast, signed_in) -> None:
    assert signed_in(cast.nobody).get(ADDRESS).url == "/ho-so/"
    assert Client().get(ADDRESS).url.startswith("/login/")


def feature(code: str, geometry: Any = None, name: str = "Phường An Hòa") -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": geometry or square(105),
    }


def run(path: Path, data: Any, *, dry_run: bool = False, packed: bool = False) -> int:
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    path.write_bytes(gzip.compress(text) if packed else text)
    options = Namespace(file=str(path), on=BEFORE, source="Thử", dry_run=dry_run)
    return load_boundaries.run(options)


@pytest.mark.parametrize("packed", [False, True])
def test_the_command_loads_and_tells_what_matches_nothing(
    cast: Cast, wards: Wards, tmp_path: Path, capsys: pytest.CaptureFixture[str], packed: bool  # noqa: F811
) -> None:  # fmt: skip
    data = {"type": "FeatureCollection", "features": [feature("31120"), feature("00001")]}
    assert run(tmp_path / "a.geojson", data, dry_run=True, packed=packed) == 0
    assert "Sẽ nạp 1 ranh giới mới" in capsys.readouterr().out
    assert run(tmp_path / "a.geojson", data, packed=packed) == 0
    said = capsys.readouterr()
    assert "Đã nạp 1 ranh giới mới, thay 0, giữ nguyên 0; 1 không khớp" in said.out
    assert "dòng 2: không có đơn vị mã 00001" in said.err
    assert Boundary.objects.count() == 1


def test_all_faults_of_a_file_are_told_at_once_and_nothing_is_written(
    cast: Cast, wards: Wards, tmp_path: Path, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:  # fmt: skip
    point = {"type": "Point", "coordinates": [1, 2]}
    features = [feature("31120"), feature(""), feature("31120"), feature("31135", point)]
    assert run(tmp_path / "b.geojson", {"features": features}) == 1
    said = capsys.readouterr().err
    assert "dòng 2" in said
    assert "dòng 3 (31120 Phường An Hòa): mã này đã có" in said
    assert "dòng 4 (31135 Phường An Hòa): không phải Polygon" in said
    assert not Boundary.objects.exists()


@pytest.mark.parametrize("data", [b"", b'{"features": [', b"[]", b"\x1f\x8b\x08cut"])
def test_a_cut_or_foreign_file_is_refused(db: None, tmp_path: Path, data: bytes) -> None:
    assert run(tmp_path / "c.geojson", data) == 1


def test_a_file_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    options = Namespace(file=str(tmp_path / "none"), on=date(2018, 6, 30), source="", dry_run=False)
    assert load_boundaries.run(options) == 1
    assert "không mở được tệp" in capsys.readouterr().err
