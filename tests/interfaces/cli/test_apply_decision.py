"""`kientoan apply-decision`: JSON, Excel and the text of a resolution; every fault at once, or all of it."""

import argparse
import csv
import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision, Unit
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.organisation.rules.changes import Change, Outcome, Place
from kientoan.domains.reorganisation.decision_sheet import COLUMNS
from kientoan.domains.reorganisation.decision_template import EXAMPLES
from kientoan.engines.sheets import Column, Sheet, read_sheet, write_workbook
from kientoan.interfaces.cli import apply_decision
from tests.conftest import NOW, SHARED, needs_shared
from tests.domains.reorganisation.resolutions import CLAUSES, DAY, grow, names_under, provinces, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def land() -> dict[str, Unit]:
    return provinces()


def call(*words: str) -> int:
    parser = argparse.ArgumentParser()
    apply_decision.add_arguments(parser)
    return apply_decision.run(parser.parse_args(words))


def workbook(path: Path, *rows: dict[str, str]) -> str:
    columns = [Column(one.headers[0]) for one in COLUMNS]
    lines = [[row.get(one.key) for one in COLUMNS] for row in rows]
    with write_workbook([Sheet("Quyết định", columns, lines)]) as book:
        path.write_bytes(book.read())
    return str(path)


HEAD = {"basis": "Nghị quyết 5/NQ-HĐND", "day": "01/02/2020"}


def test_the_text_of_a_resolution_is_carried_out(land: dict[str, Unit], tmp_path: Path, capsys) -> None:
    path = tmp_path / "nq.txt"
    path.write_text(text(), encoding="utf-8")
    assert call(str(path), "--dry-run") == 0
    assert "11 đơn vị kết thúc, 4 đơn vị mới" in capsys.readouterr().out
    assert not Decision.objects.exists()
    assert call(str(path), "--apply") == 0
    assert len(names_under(land["Thành phố Cần Thơ"], DAY)) == 6
    assert Decision.objects.get().legal_basis == "Nghị quyết số 1668/NQ-UBTVQH15"
    assert call(str(path), "--apply") == 1  # the units are no more: nothing is done twice


def test_open_questions_of_a_text_are_told_and_answered(
    land: dict[str, Unit], tmp_path: Path, capsys
) -> None:
    path = tmp_path / "nq.txt"
    strange = CLAUSES[2].replace("thị trấn Cờ Đỏ", "xã Zzyx Qwrt").replace("xã Thạnh Phú", "xã Trung Hưng")
    path.write_text(text(*CLAUSES[:2], strange), encoding="utf-8")
    assert call(str(path), "--apply") == 1
    told = capsys.readouterr().err
    assert "khoản 3 Điều 1: “Xã Zzyx Qwrt” là đơn vị nào? --choose 3-2=MÃ" in told
    assert "104 Thị trấn Cờ Đỏ" in told
    assert call(str(path), "--apply", "--choose", "3-2=000") == 1
    assert call(str(path), "--apply", "--choose", "3-2=104") == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Giao Sở Nội vụ báo cáo.", "không đọc thấy khoản nào"),
        (f"1. {CLAUSES[0]}", "Hãy thêm --on"),
        ("", "không"),
    ],
)
def test_a_text_that_cannot_be_used_is_explained(
    land: dict[str, Unit], tmp_path: Path, capsys, words: str, told: str
) -> None:
    path = tmp_path / "nq.txt"
    path.write_text(words, encoding="utf-8")
    assert call(str(path), "--apply") == 1
    assert told in capsys.readouterr().err


def test_the_day_and_the_province_can_be_given(land: dict[str, Unit], tmp_path: Path, capsys) -> None:
    path = tmp_path / "nq.txt"
    path.write_text(f"1. {CLAUSES[0]}", encoding="utf-8")
    assert call(str(path), "--apply", "--on", "2020-02-01", "--under", "92") == 0
    names = {unit.name for unit in units_on(DAY).values()}
    assert {"Phường Ninh Kiều", "Phường Thới Bình"} <= names
    assert call(str(path), "--apply", "--on", "2020-02-01", "--under", "99") == 1
    assert "mã 99" in capsys.readouterr().err


def test_an_excel_sheet_is_carried_out(land: dict[str, Unit], tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "qd.xlsx",
        {"number": "1", "from_code": "106", "to_name": "Phường Ninh Kiều", **HEAD},
        {
            "number": "1", "from_name": "Phường An Hội", "from_above": "Quận Ninh Kiều",
            "extent": "Một phần", "population": "24,9 %", "to_name": "Phường Ninh Kiều",
        },
        {"number": "2", "kind": "Đổi tên", "from_code": "103", "to_name": "Xã Trung Thạnh"},
        {"number": "3", "from_code": "102", "into_code": "104"},
    )  # fmt: skip
    assert call(path, "--apply") == 0
    names = {unit.name for unit in units_on(DAY).values()}
    assert {"Phường Ninh Kiều", "Phường An Hội", "Xã Trung Thạnh", "Thị trấn Cờ Đỏ"} <= names
    kinds = list(Decision.objects.get().changes.order_by("place").values_list("kind", flat=True))
    assert kinds == ["merge_new", "rename", "merge_into"]


def test_the_template_can_be_filled_in(land: dict[str, Unit], tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    assert call("--template", str(path)) == 0
    sheet = read_sheet(path.read_bytes(), name="mau.xlsx", columns=COLUMNS)
    assert sheet.all_errors == ()
    assert sheet.unknown_columns == ()


@needs_shared
def test_the_examples_of_the_template_are_real_units() -> None:
    with (SHARED / "data" / "units" / "units_pre2025.csv").open(encoding="utf-8") as lines:
        names = {row["code"]: row["name"] for row in csv.DictReader(lines)}
    named = [(row["from_code"], row["from_name"]) for row in EXAMPLES if "from_code" in row]
    assert named
    assert all(names[code] == name for code, name in named)


def test_four_hundred_pairs_with_three_faults_tell_all_three_and_do_nothing(
    land: dict[str, Unit], tmp_path: Path, capsys
) -> None:
    above = land["Huyện Cờ Đỏ"]
    for place in range(400):
        grow(above, f"Xã Số {place}", "commune", f"5{place:04d}")
    rows = [
        {
            "number": str(place // 2),
            "from_code": f"5{place:04d}",
            "to_name": f"Xã Mới {place // 2}",
            "to_above": "101",
        }
        for place in range(400)
    ]
    rows[0] |= HEAD
    rows[100]["from_code"] = "59999"  # no such unit
    rows[200]["extent"] = "Hơn nửa"  # no such extent
    rows[300]["from_code"] = "50010"  # taken whole by another row
    before = Unit.objects.count()
    assert call(workbook(tmp_path / "qd.xlsx", *rows), "--apply") == 1
    told = capsys.readouterr().err
    assert "Dòng 102" in told
    assert "59999" in told
    assert "Dòng 202" in told
    assert "“Xã Số 10” được dùng hai lần" in told
    assert "3 chỗ vướng; chưa ghi gì." in told
    assert (Unit.objects.count(), Decision.objects.count()) == (before, 0)


def test_faults_of_json_and_collisions_are_told_together(
    land: dict[str, Unit], tmp_path: Path, capsys
) -> None:
    def merge(code: str, name: str) -> dict[str, object]:
        return {
            "kind": "merge_new", "originals": [code],
            "results": [{"key": name, "name": name, "kind": "commune", "level": "commune", "parent": "101"}],
        }  # fmt: skip

    events = [merge("102", "Xã A"), merge("102", "Xã B"), merge("000", "Xã C"), {"kind": "join"}]
    path = tmp_path / "qd.json"
    plain = {"legal_basis": "NQ 5", "effective_date": "2020-02-01", "events": events}
    path.write_text(json.dumps(plain), encoding="utf-8")
    assert call(str(path), "--dry-run") == 1
    told = capsys.readouterr().err.splitlines()
    assert [line[:7] for line in told[:3]] == ["Dòng 2:", "Dòng 3:", "Dòng 4:"]
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"from_name": "Phường Tân An"}, "thì chưa đủ"),
        ({"from_name": "Phường Không Có"}, "không có đơn vị nào tên"),
        ({"from_code": "106", "from_name": "Phường Khác"}, "là của “Phường Tân An”"),
        ({"from_code": "106", "kind": "Gộp"}, "không có “Gộp”"),
        ({"from_code": "106", "to_kind": "Làng"}, "không có “Làng”"),
        ({"from_code": "106", "ends": "có lẽ"}, "ghi Có hoặc Không"),
        ({"from_code": "106", "to_above": "Quận Xa"}, "Cấp trên của đơn vị mới"),
        ({"from_code": "106", "population": "nhiều"}, "không phải là số"),
        ({"from_code": "106", "basis": ""}, "Căn cứ pháp lý"),
        ({"from_code": "106", "day": ""}, "Ngày có hiệu lực"),
    ],
)
def test_each_fault_of_a_sheet_says_the_remedy(
    land: dict[str, Unit], tmp_path: Path, capsys, row: dict[str, str], told: str
) -> None:
    filled = {"number": "1", "to_name": "Phường Ninh Kiều", "to_above": "105", **HEAD, **row}
    assert call(workbook(tmp_path / "qd.xlsx", filled), "--apply") == 1
    assert told in capsys.readouterr().err


def test_names_in_other_spellings_are_the_same(land: dict[str, Unit], tmp_path: Path) -> None:
    row = {
        "number": "1", "from_name": unicodedata.normalize("NFD", "xã Gia Hoà"),
        "from_above": "Huyện Mỹ Xuyên", "to_name": "Xã Mới", **HEAD,
    }  # fmt: skip
    assert call(workbook(tmp_path / "qd.xlsx", row), "--apply") == 0


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("X. Gia Hòa", "H. Mỹ Xuyên"),
        ("X Gia Hoà", "H.Mỹ Xuyên"),
        ("Xa Gia Hoa", "Huyen My Xuyen"),
        ("x gia hoa", "my xuyen"),
        ("Gia Hòa", "Mỹ Xuyên"),
        ("gia hoa", "Huyện Mỹ Xuyên, T. Sóc Trăng"),
    ],
)
def test_short_forms_and_names_without_diacritics_or_kind_are_found(
    land: dict[str, Unit], tmp_path: Path, name: str, above: str
) -> None:
    row = {"number": "1", "from_name": name, "from_above": above, "to_name": "X. Mới", **HEAD}
    assert call(workbook(tmp_path / "qd.xlsx", row), "--apply") == 0
    assert "Xã Mới" in {unit.name for unit in units_on(DAY).values()}


@pytest.mark.parametrize(
    ("name", "above", "told"),
    [
        ("my xuyen", "my xuyen", "thì chưa đủ"),  # another one of that name beside it
        ("Xã Gia Hóa", "Huyện Mỹ Xuyên", "không có đơn vị nào tên “Xã Gia Hóa”"),
        ("gia hoa", "", "thì chưa đủ"),
        ("xa gia hoa", "Huyện Mỹ Xuyên", "thì chưa đủ"),
    ],
)
def test_a_name_that_may_mean_two_units_is_asked(
    land: dict[str, Unit], tmp_path: Path, capsys, name: str, above: str, told: str
) -> None:
    grow(land["Huyện Mỹ Xuyên"], "Xã Mỹ Xuyên", "commune", "5001")
    grow(land["Huyện Mỹ Xuyên"], "Xã Gia Họa", "commune", "5002")
    row = {"number": "1", "from_name": name, "from_above": above, "to_name": "Xã Mới", **HEAD}
    assert call(workbook(tmp_path / "qd.xlsx", row), "--apply") == 1
    assert told in capsys.readouterr().err
    assert "Xã Mới" not in {unit.name for unit in units_on(DAY).values()}


@pytest.mark.parametrize("day", ["32/13/2018", "01/01/1800", ""])
def test_without_a_usable_day_the_other_faults_are_told_too(
    land: dict[str, Unit], tmp_path: Path, capsys, day: str
) -> None:
    rows = [
        {"number": "1", "from_code": "106", "extent": "Hơn nửa", "to_name": "Xã A", **HEAD, "day": day},
        {"number": "2", "from_code": "59999", "to_name": "Xã B", "to_kind": "Làng"},
        {"number": "3", "from_code": "107", "to_name": "Xã C", "area": "140 %"},
        {"number": "4", "from_name": "Xã Nào", "to_name": "Xã D"},  # which one depends on the day
    ]
    assert call(workbook(tmp_path / "qd.xlsx", *rows), "--apply") == 1
    told = capsys.readouterr().err
    assert "gày có hiệu lực" in told
    assert "Phạm vi: “Hơn nửa”" in told
    assert "chưa đơn vị nào từng mang mã 59999" in told
    assert "không có “Làng”" in told
    assert "không quá 100 %" in told
    assert "Xã Nào" not in told
    assert "5 chỗ vướng" in told


def test_without_a_usable_day_the_other_faults_of_json_are_told_too(
    land: dict[str, Unit], tmp_path: Path, capsys
) -> None:
    events = [{"kind": "dissolve", "originals": ["59999"]}, {"kind": "join"}]
    path = tmp_path / "qd.json"
    path.write_text(json.dumps({"legal_basis": "NQ 5", "effective_date": "2018-13-32", "events": events}))
    assert call(str(path), "--apply") == 1
    told = capsys.readouterr().err
    assert "effective_date" in told
    assert "chưa đơn vị nào từng mang mã 59999" in told
    assert "3 chỗ vướng" in told


def test_a_missing_file_and_no_file_are_explained(tmp_path: Path, capsys) -> None:
    assert call(str(tmp_path / "không.xlsx"), "--apply") == 1
    assert call("--apply") == 2


def test_three_errors_among_four_hundred_pairs_are_told_at_once_and_nothing_is_written(
    land: dict[str, Unit], tmp_path: Path, capsys
) -> None:
    city = land["Thành phố Cần Thơ"]
    new = tuple(
        Outcome(
            key=str(place), name=f"Xã Số {place}", kind="commune", level="commune", code=f"{70000 + place}",
            places=(Place("government", city.pk),),
        )
        for place in range(400)
    )  # fmt: skip
    made = operations.draft_decision(
        legal_basis="NQ 4",
        effective_date=date(2019, 1, 1),
        changes=[Change("establish", outcomes=new)],
        at=NOW,
    )
    operations.apply_decision(decision=made, at=NOW, viewer=None)
    events = [
        {"kind": "merge_into", "originals": [str(70000 + place)], "results": [{"unit": "103"}]}
        for place in range(400)
    ]
    events[41]["originals"] = ["00000"]  # no such unit
    events[199]["originals"] = ["70007"]  # used twice
    events[398]["kind"] = "merge_new"
    events[398]["results"] = [
        {"key": "a", "name": "Xã Mới", "kind": "commune", "level": "commune", "code": "106"}
    ]
    path = tmp_path / "qd.json"
    head = {"legal_basis": "NQ 5", "effective_date": "2020-02-01"}
    path.write_text(json.dumps(head | {"events": events}), encoding="utf-8")
    before = Decision.objects.count()
    assert call(str(path), "--apply") == 1
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Dòng")]
    assert [line.split(":")[0] for line in told] == ["Dòng 42", "Dòng 200", "Dòng 399"]
    assert "mã 00000" in told[0]
    assert "dùng hai lần" in told[1]
    assert "mã 106" in told[2]
    assert Decision.objects.count() == before


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_meant_is_told(land: dict[str, Unit], tmp_path: Path, capsys, day: str) -> None:
    words, plain = tmp_path / "nq.txt", tmp_path / "qd.json"
    words.write_text(text(), encoding="utf-8")
    events = [{"kind": "dissolve", "originals": ["106"]}]
    plain.write_text(json.dumps({"legal_basis": "NQ 5", "events": events}), encoding="utf-8")
    for path in (words, plain):
        assert call(str(path), "--dry-run", "--on", day) == 1
        assert "ngày" in capsys.readouterr().err
