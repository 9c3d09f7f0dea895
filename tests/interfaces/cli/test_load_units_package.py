"""`kientoan load-units --package`: the units of the day of the installed package."""

import json
import sys
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kientoan.domains.organisation.models import Decision, Unit, UnitVersion
from kientoan.domains.organisation.operations import establish_unit
from kientoan.domains.organisation.queries import counts_of, unit_with_code, units_listed
from kientoan.interfaces.cli import load_units
from kientoan.interfaces.cli.nation.package import read_package
from tests.interfaces.test_units_commands import call

pytestmark = pytest.mark.django_db

DAY = date(2025, 10, 18)
PROVINCES = [
    {
        "name": "Thành phố Cần Thơ", "code": 92,
        "wards": [{"name": "Phường Cái Khế", "code": 31120}, {"name": "Phường  Bình Thuỷ", "code": 31168}],
    },
    {"name": "Cao Bằng", "code": 4, "wards": [{"name": "Xã M’Lâm", "code": 1273}]},
]  # fmt: skip
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Makes a package with these provinces the installed one."""

    def make(provinces: object = PROVINCES, **more: object) -> None:
        path = tmp_path / "nested.json"
        path.write_text(json.dumps(provinces), encoding="utf-8")
        fields: dict[str, Any] = {
            "__version__": "2025.10.1", "__data_version__": DAY.isoformat(),
            "NESTED_DIVISIONS_JSON_PATH": path, "Ward": SimpleNamespace(), **more,
        }  # fmt: skip
        monkeypatch.setitem(sys.modules, "vietnam_provinces", SimpleNamespace(**fields))

    return make


def test_the_units_are_here_from_the_day_of_the_package(install: Install) -> None:
    install()
    assert call(load_units, "--package") == 0
    names = {unit.code: (unit.name, unit.kind, unit.parent_code) for unit in units_listed(DAY)}
    assert names == {
        "04": ("Tỉnh Cao Bằng", "province", ""),
        "92": ("Thành phố Cần Thơ", "city", ""),
        "01273": ("Xã M'Lâm", "commune", "04"),
        "31120": ("Phường Cái Khế", "ward", "92"),
        "31168": ("Phường Bình Thuỷ", "ward", "92"),
    }
    assert units_listed(date(2025, 10, 17)) == []
    decision = Decision.objects.get()
    assert "vietnam-provinces 2025.10.1" in decision.legal_basis
    assert decision.note == "Gói không ghi đơn vị có từ ngày nào."


def test_a_person_may_say_since_when(install: Install) -> None:
    install()
    assert call(load_units, "--package", "--since", "2025-07-01") == 0
    assert len(units_listed(date(2025, 7, 1))) == 5


def test_twice_changes_nothing(install: Install) -> None:
    install()
    call(load_units, "--package")
    before = [list(model._default_manager.values_list()) for model in (Unit, UnitVersion, Decision)]
    assert call(load_units, "--package") == 0
    assert before == [list(model._default_manager.values_list()) for model in (Unit, UnitVersion, Decision)]


def test_units_that_are_here_are_the_same_units_and_may_place_tones_otherwise(install: Install) -> None:
    install()
    start = date(2025, 7, 1)
    city = establish_unit(
        name="Thành phố Cần Thơ", kind="city", level="province", start=start, parents={"government": None},
        codes={"gso": "92"},
    )  # fmt: skip
    ward = establish_unit(
        name="Phường Bình Thủy", kind="ward", level="commune", start=start, parents={"government": city},
        codes={"gso": "31168"},
    )  # fmt: skip
    assert call(load_units, "--package") == 0
    assert unit_with_code("31168", DAY) == ward.pk
    assert UnitVersion.objects.filter(unit=ward).count() == 1
    assert counts_of(units_listed(DAY)) == {"province": 2, "district": 0, "commune": 3, "other": 0}


def test_a_name_that_is_here_with_another_code_is_told_and_left(
    install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    install()
    city = establish_unit(
        name="Thành phố Cần Thơ", kind="city", level="province", start=date(2025, 7, 1),
        parents={"government": None}, codes={"gso": "92"},
    )  # fmt: skip
    establish_unit(
        name="Phường Cái Khế", kind="ward", level="commune", start=date(2025, 7, 1),
        parents={"government": city}, codes={"gso": "31135"},
    )  # fmt: skip
    assert call(load_units, "--package") == 0
    told = capsys.readouterr().err
    assert "31120: ở đây đã có Phường Cái Khế với mã 31135" in told
    assert "mã theo dự thảo" in told
    names = [unit.name for unit in units_listed(DAY)]
    assert names.count("Phường Cái Khế") == 1


def test_exchanged_codes_rename_nothing(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    install()
    call(load_units, "--package")
    wards = [{"name": "Phường Bình Thuỷ", "code": 31120}, {"name": "Phường Cái Khế", "code": 31168}]
    install([{"name": "Thành phố Cần Thơ", "code": 92, "wards": wards}], __data_version__="2026-01-02")
    capsys.readouterr()
    assert call(load_units, "--package") == 0
    assert "31120: ở đây đã có Phường Bình Thuỷ với mã 31168" in capsys.readouterr().err
    names = {unit.code: unit.name for unit in units_listed(date(2026, 1, 2))}
    assert (names["31120"], names["31168"]) == ("Phường Cái Khế", "Phường Bình Thuỷ")


def test_one_province_alone(install: Install) -> None:
    install()
    assert call(load_units, "--package", "--provinces", "92") == 0
    assert {unit.code for unit in units_listed(DAY)} == {"92", "31120", "31168"}


def test_a_dry_run_writes_nothing(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    install()
    assert call(load_units, "--package", "--dry-run") == 0
    assert "Phường Cái Khế" in capsys.readouterr().out
    assert not Unit.objects.exists()


def test_a_later_release_renames_and_leaves_what_it_no_longer_has(
    install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    install()
    call(load_units, "--package")
    later = [{"name": "Tỉnh Cao Bằng", "code": 4, "wards": [{"name": "Phường Quảng Lâm", "code": 1273}]}]
    install(later, __version__="2026.9.0", __data_version__="2026-09-20")
    capsys.readouterr()
    assert call(load_units, "--package") == 0
    assert "92: đang có ở đây, gói không ghi" in capsys.readouterr().err
    listed = {unit.code: unit for unit in units_listed(date(2026, 9, 20))}
    assert (listed["01273"].name, listed["01273"].kind) == ("Phường Quảng Lâm", "ward")
    assert "92" in listed
    assert {unit.code: unit.name for unit in units_listed(DAY)}["01273"] == "Xã M'Lâm"


def test_the_check_names_every_difference(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    class Ward:
        """A commune of a release that knows what it came of."""

        code = 31120

        @classmethod
        def iter_all(cls) -> list["Ward"]:
            return [cls()]

        def get_legacy_sources(self) -> list[SimpleNamespace]:
            return [SimpleNamespace(code=31117)]

    install(PROVINCES[:1])
    call(load_units, "--package")
    assert call(load_units, "--package", "--check") == 0
    assert "Không có chỗ nào lệch." in capsys.readouterr().out
    other = [{"name": "Cần Thơ", "code": 92, "wards": [{"name": "Phường Mới", "code": 31120},
                                                      {"name": "Xã Thêm", "code": 9}]}]  # fmt: skip
    install(other, Ward=Ward)
    assert call(load_units, "--package", "--check") == 1
    told = capsys.readouterr().out
    assert "00009\tkhông có ở đây" in told
    assert "31120\tgói ghi “Phường Mới”, ở đây “Phường Cái Khế”" in told
    assert "31168\tcó ở đây, gói không ghi" in told
    assert "31117 → 31120\tgói ghi, ở đây không" in told


@pytest.mark.parametrize(
    ("provinces", "more", "words"),
    [
        ([{"name": "Cần Thơ"}], {}, "có dạng khác"),
        ([], {}, "không có đơn vị nào"),
        ([{"name": "Cao Bằng", "code": 4, "wards": [{"name": "Lâm", "code": 1}]}], {}, "loại đơn vị nào"),
        (PROVINCES, {"__data_version__": "hôm qua"}, "có dạng khác"),
    ],
)  # fmt: skip
def test_a_package_of_another_form_is_refused(
    install: Install,
    capsys: pytest.CaptureFixture[str],
    provinces: object,
    more: dict[str, object],
    words: str,
) -> None:
    install(provinces, **more)
    assert call(load_units, "--package") == 1
    assert words in capsys.readouterr().err
    assert not Unit.objects.exists()


def test_without_the_package_the_remedy_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "vietnam_provinces", None)
    assert call(load_units, "--package") == 1
    assert "pip install vietnam-provinces" in capsys.readouterr().err


def test_since_is_for_the_package_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(load_units, "--from", str(tmp_path), "--since", "2025-07-01") == 1
    assert "--since chỉ dùng với --package" in capsys.readouterr().err


@pytest.mark.skipif(find_spec("vietnam_provinces") is None, reason="gói vietnam-provinces chưa cài")
def test_the_package_itself_has_34_provinces_and_3321_communes() -> None:
    levels = [entry.level for entry in read_package().entries.values()]
    assert (levels.count("province"), levels.count("commune")) == (34, 3321)
