"""`kientoan load-units` onto an installation that has units already: nothing twice, nothing overwritten."""

from datetime import date
from pathlib import Path

import pytest

from kientoan.domains.organisation.models import Decision, Placement, Unit, UnitCode, UnitVersion
from kientoan.domains.organisation.operations import create_post, establish_unit, undo_decision
from kientoan.domains.organisation.queries import counts_of, unit_with_code, units_listed
from kientoan.interfaces.cli import load_units
from tests.conftest import NOW, SHARED, needs_shared
from tests.interfaces.test_units_commands import FILES, call

pytestmark = pytest.mark.django_db

SINCE = date(2016, 7, 1)
BEFORE = date(2025, 6, 30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The lists of the small nation."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def unit(name: str, kind: str, level: str, parent: Unit | None, code: str = "", start: date = SINCE) -> Unit:
    return establish_unit(
        name=name, kind=kind, level=level, start=start, parents={"government": parent},
        codes={"gso": code} if code else {},
    )  # fmt: skip


@pytest.fixture
def office(db: None) -> dict[str, Unit]:
    """A province with one district, two of its communes and a body without a code."""
    province = unit("Tỉnh A", "province", "province", None, "01")
    district = unit("Huyện Một", "district", "district", province, "011")
    made = {
        "01": province,
        "011": district,
        "00001": unit("Xã Đông", "commune", "commune", district, "00001"),
        "00002": unit("Xã Tây", "commune", "commune", district, "00002"),
        "committee": unit("Ủy ban nhân dân huyện Một", "peoples_committee", "district", district),
    }
    create_post(unit=made["00001"], title="Chủ tịch", rank="head", start=SINCE)
    return made


def rows() -> list[object]:
    models = (Unit, UnitVersion, UnitCode, Placement, Decision)
    return [list(model._default_manager.order_by("pk").values_list()) for model in models]


def until_the_reform(folder: Path, *more: str) -> int:
    return call(load_units, "--from", str(folder), "--provinces", "01", "--until", "2025-06-30", *more)


def test_units_with_a_code_in_force_are_the_same_units(folder: Path, office: dict[str, Unit]) -> None:
    assert until_the_reform(folder) == 0
    for code in ("01", "011", "00001"):
        assert unit_with_code(code, BEFORE) == office[code].pk
    assert counts_of(units_listed(BEFORE)) == {"province": 1, "district": 2, "commune": 4, "other": 1}
    assert UnitCode.objects.filter(code="011").count() == 1


def test_what_differs_is_changed_on_its_day_with_its_legal_basis(
    folder: Path, office: dict[str, Unit]
) -> None:
    assert until_the_reform(folder) == 0
    renamed = UnitVersion.objects.get(unit=office["00001"], name="Phường Đông")
    assert renamed.in_force.lower == date(2020, 6, 1)
    assert renamed.begun_by is not None
    assert "NQ 4" in renamed.begun_by.legal_basis
    ended = Unit.objects.get(pk=office["00002"].pk)
    assert ended.in_force.upper == date(2020, 6, 1)


def test_what_is_missing_is_established_and_nothing_before_the_installation(
    folder: Path, office: dict[str, Unit]
) -> None:
    assert until_the_reform(folder) == 0
    below = Placement.objects.on(BEFORE).get(unit=unit_with_code("00005", BEFORE))
    assert below.parent_id == office["011"].pk
    assert not Unit.objects.filter(in_force__startswith__lt=SINCE, placements__parent=office["011"]).exists()


def test_a_second_run_changes_nothing(folder: Path, office: dict[str, Unit]) -> None:
    assert until_the_reform(folder) == 0
    after = rows()
    assert until_the_reform(folder) == 0
    assert rows() == after


def test_a_dry_run_tells_the_same_and_writes_nothing(
    folder: Path, office: dict[str, Unit], capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows()
    assert until_the_reform(folder, "--dry-run") == 0
    shown = capsys.readouterr()
    assert "chưa ghi gì" in shown.err
    assert rows() == before
    assert until_the_reform(folder) == 0
    told = capsys.readouterr().out
    assert told == shown.out
    assert "Phường Trung" in told
    assert "NQ 3" in told


def test_what_was_written_after_the_day_stays_and_is_told(
    folder: Path, office: dict[str, Unit], capsys: pytest.CaptureFixture[str]
) -> None:
    create_post(unit=office["00002"], title="Chủ tịch", rank="head", start=date(2026, 1, 1))
    assert until_the_reform(folder) == 0
    assert "00002: " in capsys.readouterr().err
    assert unit_with_code("00002", BEFORE) == office["00002"].pk


def test_an_undone_decision_can_be_loaded_again(folder: Path, office: dict[str, Unit]) -> None:
    assert until_the_reform(folder) == 0
    last = Decision.objects.filter(state="applied").order_by("-effective_date", "-pk")
    decision = next(one for one in last if one.effective_date == date(2020, 6, 1))
    for later in last.filter(effective_date__gt=decision.effective_date):
        undo_decision(decision=later, at=NOW, viewer=None)
    undo_decision(decision=decision, at=NOW, viewer=None)
    assert until_the_reform(folder) == 0
    assert unit_with_code("00005", BEFORE)


def test_the_reform_follows_when_the_whole_new_province_is_loaded(
    folder: Path, office: dict[str, Unit], capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        call(load_units, "--from", str(folder), "--provinces", "01") == 1
    )  # the committee stands there still
    assert "Ủy ban nhân dân huyện Một" in capsys.readouterr().err
    assert unit_with_code("011", BEFORE) == office["011"].pk


@pytest.mark.parametrize(("codes", "words"), [("99", "99"), ("", "trống"), ("01,7x", "7x")])
def test_a_code_that_the_list_does_not_have_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], codes: str, words: str
) -> None:
    assert call(load_units, "--from", str(folder), "--provinces", codes) == 1
    assert words in capsys.readouterr().err
    assert not Unit.objects.exists()


def test_a_new_province_is_not_arranged_in_part(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "units_pre2025.csv").write_text(
        FILES["units_pre2025.csv"] + "05,Tỉnh C,province,\n", encoding="utf-8"
    )
    (folder / "mapping_provinces.csv").write_text(
        "old_province,new_province\n01,01\n05,01\n", encoding="utf-8"
    )
    assert call(load_units, "--from", str(folder), "--provinces", "01") == 1
    assert "Tỉnh C (05)" in capsys.readouterr().err
    assert not Unit.objects.exists()


@needs_shared
def test_can_tho_gets_its_districts_and_communes_and_its_neighbours() -> None:
    city = unit("Thành phố Cần Thơ", "city", "province", None, "92")
    district = unit("Quận Ninh Kiều", "urban_district", "district", city, "916")
    ward = unit("Phường Cái Khế", "ward", "commune", district, "31117")
    lists = str(SHARED / "data" / "units")
    words = ("--from", lists, "--provinces", "92,93,94", "--until", "2025-06-30")
    assert call(load_units, *words) == 0
    for code, wanted in (("92", (1, 9, 80)), ("93", (1, 8, 75)), ("94", (1, 11, 108))):
        counts = counts_of(units_listed(BEFORE, under=unit_with_code(code, BEFORE)))
        assert (counts["province"], counts["district"], counts["commune"]) == wanted
    assert unit_with_code("31117", BEFORE) == ward.pk
