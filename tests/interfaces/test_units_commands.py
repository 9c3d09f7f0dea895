"""`kientoan load-units`, `units`, `lineage` and `apply-decision`: a small nation through forty years."""

import argparse
import csv
import json
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kientoan.domains.organisation.models import Decision, OriginalUnit, Unit, UnitVersion
from kientoan.domains.organisation.operations import name_heirs
from kientoan.domains.organisation.queries import unit_with_code
from kientoan.interfaces.cli import apply_decision, lineage, load_units, units
from kientoan.interfaces.cli.nation import source as lists
from tests.conftest import SHARED, needs_shared

pytestmark = pytest.mark.django_db

EVENTS = """date,commit,event,level,code,old_name,new_name,old_parent,new_parent
2004-08-31,a,abolish,1,101,Tỉnh A,,,
2004-08-31,a,create,1,01,,Tỉnh A,,
2004-08-31,a,create,1,02,,Tỉnh  B,,
2004-08-31,a,create,2,011,,Huyện Một,,01
2004-08-31,a,create,3,00001,,Xã Đông,,011
2004-08-31,a,create,3,00002,,Xã Tây,,011
2004-08-31,a,create,3,00003,,Xã Nam,,201
2004-08-31,a,create,3,00004,,Xã Bắc,,201
2004-08-31,a,rename,2,201,Tỉnh B,Huyện Hai,,02
2004-08-31,a,move,2,201,Tỉnh B,Huyện Hai,,02
2008-08-01,b,abolish,1,02,Tỉnh B,,,
2008-08-01,b,move,2,201,Huyện Hai,Huyện Hai,02,01
2020-06-01,c,create,3,00005,,Xã Trung,,011
2020-06-01,c,abolish,3,00002,Xã Tây,,011,
2020-06-01,d,rename,3,00005,Xã Trung,Phường Trung,011,011
2020-06-01,d,rename,3,00001,Xã Đông,Phường Đông,011,011
"""
SNAPSHOTS = """date,n_province,n_district,n_commune,n_create,n_abolish,n_rename,n_retype,n_move,legal_basis
1979-03-29,2,0,0,0,0,0,0,0,1979
2004-08-31,2,2,4,7,1,1,0,1,NĐ 1
2008-08-01,1,2,4,0,1,0,0,1,NĐ 2
2020-06-01,1,2,4,1,1,0,0,0,NQ 3
2020-06-01,1,2,4,0,0,2,0,0,NQ 4
"""
BEFORE = """code,name,level,parent_code
01,Tỉnh A,province,
011,Huyện Một,district,01
201,Huyện Hai,district,01
00001,Phường Đông,commune,011
00005,Phường Trung,commune,011
00003,Xã Nam,commune,201
00004,Xã Bắc,commune,201
"""
AFTER = """code,name,level,parent_code,decree
01,Tỉnh A,province,,QH
00001,Phường Trung,commune,01,NQ 1668
00005,Phường Đông,commune,01,NQ 1668
00004,Xã Bắc,commune,01,NQ 1668
"""
MAPPING = """old_code,new_code,kind,old_area_share_est
00001,00001,partial,0.249
00001,00005,partial,0.751
00005,00005,full,1.0
00003,00001,full,1.0
00004,00004,full,1.0
"""
FILES = {
    "history_events.csv": EVENTS, "history_snapshots.csv": SNAPSHOTS, "units_pre2025.csv": BEFORE,
    "units_post2025.csv": AFTER, "mapping.csv": MAPPING,
    "mapping_provinces.csv": "old_province,new_province\n01,01\n",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The six lists of the small nation."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def call(command: ModuleType, *words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    code: int = command.run(parser.parse_args(words))
    return code


def counts(day: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, int, int]:
    capsys.readouterr()
    assert call(units, "--on", day, "--counts") == 0
    found = json.loads(capsys.readouterr().out)
    return found["province"], found["district"], found["commune"]


def test_each_day_has_the_units_of_its_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(load_units, "--from", str(folder)) == 0
    capsys.readouterr()
    assert call(load_units, "--from", str(folder), "--check") == 0
    assert "so 4 đơn vị cũ với mapping.csv, 0 lệch" in capsys.readouterr().err
    assert counts("1979-03-28", capsys) == (0, 0, 0)
    assert counts("2004-08-30", capsys) == (2, 0, 0)
    assert counts("2025-06-30", capsys) == (1, 2, 4)
    assert counts("2025-07-01", capsys) == (1, 0, 3)


def test_a_check_tells_what_differs_with_the_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(load_units, "--from", str(folder), "--until", "2020-12-31") == 0
    path = folder / "history_snapshots.csv"
    path.write_text(SNAPSHOTS.replace("2020-06-01,1,2,4,1", "2020-06-01,1,2,9,1"), encoding="utf-8")
    capsys.readouterr()
    assert call(load_units, "--from", str(folder), "--check", "--markdown") == 1
    shown = capsys.readouterr()
    assert "hai số liệu của cùng ngày" in shown.out
    assert "| 01/07/2025 | 1 | 0 | 3 | 1 | 2 | 4 | chưa rõ |" in shown.out
    assert "4 lệch" in shown.err


def test_running_twice_changes_nothing_and_a_stop_is_taken_up(folder: Path) -> None:
    assert call(load_units, "--from", str(folder), "--until", "2010-01-01") == 0
    begun = Decision.objects.count()
    assert call(load_units, "--from", str(folder)) == 0
    done = list(UnitVersion.objects.order_by("pk").values_list())
    assert Decision.objects.count() > begun
    assert call(load_units, "--from", str(folder)) == 0
    assert list(UnitVersion.objects.order_by("pk").values_list()) == done


def read_lineage(
    capsys: pytest.CaptureFixture[str], code: str, day: str
) -> dict[str, list[dict[str, object]]]:
    capsys.readouterr()
    assert call(lineage, code, "--on", day, "--json") == 0
    found: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return found


def test_old_communes_lead_to_the_new_ones_of_the_mapping(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(load_units, "--from", str(folder))
    split = read_lineage(capsys, "00001", "2025-06-30")["successors"]
    assert [(arc["code"], arc["name"], arc["extent"], arc["shares"]) for arc in split] == [
        ("00001", "Phường Trung", "partial", {"area": 0.249}),
        ("00005", "Phường Đông", "partial", {"area": 0.751}),
    ]
    alone = read_lineage(capsys, "00004", "2025-06-30")["successors"]
    assert [(arc["code"], arc["same_unit"], arc["legal_basis"]) for arc in alone] == [
        ("00004", True, "202/2025/QH15; NQ 1668")
    ]


def test_a_province_is_followed_by_the_one_that_took_its_districts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(load_units, "--from", str(folder))
    (arc,) = read_lineage(capsys, "01", "2020-01-01")["predecessors"]
    assert (arc["code"], arc["date"], arc["extent"], arc["event"]) == (
        "02",
        "2008-08-01",
        "full",
        "merge_into",
    )


def test_a_unit_that_ended_names_the_decision_and_who_has_its_duties(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(load_units, "--from", str(folder))
    nobody: Any = read_lineage(capsys, "011", "2025-06-30")["ended"]
    assert (nobody["date"], nobody["event"], nobody["duties_to"]) == ("2025-07-01", "dissolve", None)
    assert "202/2025/QH15" in nobody["legal_basis"]
    row = OriginalUnit.objects.get(unit=unit_with_code("011", date(2025, 6, 30)), ends=True)
    name_heirs(decision=row.event.decision, chosen={row.unit_id: unit_with_code("01", date(2025, 7, 1))})
    heir: Any = read_lineage(capsys, "011", "2025-06-30")["ended"]
    assert heir["duties_to"] == {"code": "01", "name": "Tỉnh A", "kind": "province"}
    assert call(lineage, "011", "--on", "2025-06-30") == 0
    assert "Kết thúc: 01/07/2025, việc đang làm chuyển về Tỉnh A (01)" in capsys.readouterr().out
    assert read_lineage(capsys, "01", "2025-07-01")["ended"] is None


def test_a_code_given_to_another_place_is_another_unit(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(load_units, "--from", str(folder))
    assert read_lineage(capsys, "201", "1990-01-01")["name"] == "Tỉnh B"  # type: ignore[comparison-overlap]
    assert read_lineage(capsys, "201", "2010-01-01")["name"] == "Huyện Hai"  # type: ignore[comparison-overlap]
    assert call(lineage, "00002", "--on", "2024-01-01") == 1
    assert "không có đơn vị nào mang mã 00002" in capsys.readouterr().err


def test_units_are_listed_with_parents_in_three_forms(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(load_units, "--from", str(folder))
    capsys.readouterr()
    call(units, "--on", "2025-06-30", "--under", "011", "--level", "commune", "--csv")
    rows = list(csv.reader(capsys.readouterr().out.splitlines()))
    assert rows[1:] == [
        ["00001", "Phường Đông", "ward", "commune", "011"],
        ["00005", "Phường Trung", "ward", "commune", "011"],
    ]  # fmt: skip
    call(units, "--on", "2025-07-01", "--level", "province", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "code": "01", "name": "Tỉnh A", "kind": "province", "level": "province", "parent_code": "",
    }  # fmt: skip
    assert call(units, "--on", "2025-07-01", "--under", "011") == 1


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("history_events.csv", lambda text: text[: text.index("2020-06-01,d,rename,3,00001")], "bị cắt"),
        ("history_events.csv", lambda text: text[:-20], "dòng 17"),
        (
            "history_events.csv",
            lambda text: text.replace("2008-08-01,b,move", "2008-02-30,b,move"),
            "dòng 13",
        ),
        (
            "history_events.csv",
            lambda text: text.replace("2008-08-01,b,m", "2003-08-01,b,m"),
            "trước dòng trên",
        ),
        ("mapping.csv", lambda text: text + "99999,00004,full,1.0\n", "99999"),
        ("units_post2025.csv", lambda text: text.replace("code,", "mã,"), "thiếu cột code"),
        ("units_pre2025.csv", lambda text: text + "00009,Xã Lạc,commune,777\n", "777"),
    ],
)
def test_a_list_that_is_cut_or_wrong_is_told_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, change: object, words: str
) -> None:
    path = folder / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")  # type: ignore[operator]
    assert call(load_units, "--from", str(folder)) == 1
    message = capsys.readouterr().err
    assert name in message
    assert words in message
    assert not Unit.objects.exists()


def test_names_in_decomposed_letters_are_the_same_names(folder: Path) -> None:
    import unicodedata

    path = folder / "history_events.csv"
    path.write_text(unicodedata.normalize("NFD", EVENTS), encoding="utf-8")
    assert call(load_units, "--from", str(folder)) == 0
    assert UnitVersion.objects.filter(name="Phường Đông").exists()
    assert not Decision.objects.filter(source_key="history:2020-06-02").exists()  # nothing to reconcile


DECISION = {
    "legal_basis": "Nghị quyết 9", "effective_date": "2021-01-01", "events": [
        {"kind": "merge_new", "originals": ["00001", {"code": "00004", "ends": False}],
         "results": [{"key": "a", "name": "Xã Mới", "kind": "commune", "level": "commune", "code": "00007",
                      "parent": "011"}],
         "passings": [{"from": "00001", "to": "#a"},
                      {"from": "00004", "to": "#a", "extent": "partial", "area": 0.249}]},
    ],
}  # fmt: skip


def test_a_decision_is_previewed_then_applied(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(load_units, "--from", str(folder), "--until", "2020-12-31")
    path = tmp_path / "decision.json"
    path.write_text(json.dumps(DECISION), encoding="utf-8")
    before = Decision.objects.count()
    assert call(apply_decision, str(path), "--dry-run") == 0
    assert Decision.objects.count() == before
    assert call(apply_decision, str(path), "--apply") == 0
    (arc,) = read_lineage(capsys, "00004", "2021-06-01")["successors"]
    assert (arc["code"], arc["shares"], arc["extent"]) == ("00007", {"area": 0.249}, "partial")
    assert call(apply_decision, str(path), "--apply") == 1  # the ward is no more
    assert "Dòng 1" in capsys.readouterr().err


def test_every_error_of_a_decision_file_is_told_with_its_row(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(load_units, "--from", str(folder), "--until", "2020-12-31")
    path = tmp_path / "decision.json"
    wrong = [
        {"kind": "merge"},
        {"kind": "dissolve", "originals": ["88888"]},
        {"kind": "establish",
         "results": [{"name": "Xã X", "kind": "commune", "level": "commune", "parent": "#z"}]},
    ]  # fmt: skip
    path.write_text(json.dumps(DECISION | {"events": wrong}), encoding="utf-8")
    capsys.readouterr()
    assert call(apply_decision, str(path), "--apply") == 1
    told = capsys.readouterr().err
    assert all(f"Dòng {row}:" in told for row in (1, 2, 3))
    path.write_text("{", encoding="utf-8")
    assert call(apply_decision, str(path), "--dry-run") == 1


@needs_shared
def test_can_tho_with_its_neighbours_goes_from_the_lists_to_103_communes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = lists.read_source(SHARED / "data" / "units")
    old = {"92", "93", "94"}
    assert load_units.load(_only(whole, old)) == 0
    assert counts("2025-07-01", capsys) == (1, 0, 103)
    for link in whole.links:
        if link.old not in _below(whole, {"92"}):
            continue
        arcs = read_lineage(capsys, link.old, "2025-06-30")["successors"]
        wanted = {(one.new, "full" if one.full else "partial") for one in whole.links if one.old == link.old}
        assert {(arc["code"], arc["extent"]) for arc in arcs if arc["steps"] == 1} == wanted


def _below(source: lists.Source, provinces: set[str]) -> set[str]:
    districts = {code for code, entry in source.before.items() if entry.parent in provinces}
    return {code for code, entry in source.before.items() if entry.parent in districts}


def _only(whole: lists.Source, provinces: set[str]) -> object:
    """The units of some provinces before the reform at once, and then the reform."""
    from dataclasses import replace
    from datetime import date

    from kientoan.interfaces.cli.nation.history import Nation, reconciled
    from kientoan.interfaces.cli.nation.reform import reform_of

    districts = {code for code, entry in whole.before.items() if entry.parent in provinces}
    kept = provinces | districts | _below(whole, provinces)
    part = replace(
        whole,
        before={code: entry for code, entry in whole.before.items() if code in kept},
        provinces={was: now for was, now in whole.provinces.items() if was in provinces},
    )
    yield reconciled(Nation(), part, date(2025, 6, 1))
    yield from reform_of(part)
