"""`kientoan read` prints results alone, one JSON object a line, and goes on after a bad file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from kientoan.interfaces.cli import read as command

TEXT = "ỦY BAN NHÂN DÂN\nSố: 05/KH-UBND\n\nGiao Sở Nội vụ báo cáo trước ngày 15/12/2026.\n"


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


def test_a_text_file_gives_its_own_text_and_what_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ke_hoach.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert run(str(path), "--json") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    plain = json.loads(lines[0])
    assert plain["id"] == "ke_hoach"
    assert plain["text"] == TEXT
    assert plain["tasks"][0]["lead"] == ["Sở Nội vụ"]
    assert plain["deadlines"][plain["tasks"][0]["deadline"]]["date"] == "2026-12-15"


def test_a_bad_file_is_named_and_the_others_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = tmp_path / "a.txt"
    good.write_text(TEXT, encoding="utf-8")
    assert run(str(tmp_path / "khong_co.txt"), str(good), "--json") == 1
    printed = capsys.readouterr()
    assert "khong_co.txt" in printed.err
    assert [json.loads(line)["id"] for line in printed.out.splitlines()] == ["a"]


def test_results_go_to_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert run(str(path), "--json", "--out", str(tmp_path / "ra")) == 0
    assert capsys.readouterr().out == ""
    assert (
        json.loads((tmp_path / "ra" / "a.json").read_text(encoding="utf-8"))["head"]["number"]["text"]
        == "05/KH-UBND"
    )


def test_without_json_a_person_gets_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert run(str(path)) == 0
    out = capsys.readouterr().out
    assert "số 05/KH-UBND" in out
    assert "Sở Nội vụ: báo cáo trước ngày 15/12/2026 [trước ngày 15/12/2026]" in out


def test_lines_keep_their_other_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cau.jsonl"
    path.write_text(
        '{"id": 7, "text": "Căn cứ Luật Đất đai số 31/2024/QH15;", "nguồn": "x"}\n\nhỏng\n{"id": 8}\n',
        encoding="utf-8",
    )
    assert run("--lines", str(path), "--find", "citations") == 1
    printed = capsys.readouterr()
    records = [json.loads(line) for line in printed.out.splitlines()]
    assert [record["id"] for record in records] == [7]
    assert records[0]["nguồn"] == "x"
    assert records[0]["citations"][0]["number"] == "31/2024/QH15"
    assert "tasks" not in records[0]
    assert "dòng 3" in printed.err
    assert "dòng 4" in printed.err


@pytest.mark.parametrize("arguments", [[], ["a.txt", "--lines", "b.jsonl"], ["a.txt", "--find", "gì"]])
def test_wrong_arguments_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2
    assert capsys.readouterr().err


def test_changes_of_units_come_back_with_the_keys_of_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "khoan.jsonl"
    text = "Sắp xếp toàn bộ xã Yên Giả và xã Chi Lăng thành xã mới có tên gọi là xã Chi Lăng"
    path.write_text(json.dumps({"clause": "1", "text": text}) + "\n", encoding="utf-8")
    assert run("--lines", str(path), "--find", "changes") == 0
    plain = json.loads(capsys.readouterr().out)
    assert (plain["clause"], set(plain)) == ("1", {"clause", "text", "changes"})
    (change,) = plain["changes"]
    assert change["new_unit"] == "Xã Chi Lăng"
    assert [unit["name"] for unit in change["old_units"]] == ["Xã Yên Giả", "Xã Chi Lăng"]


def test_a_bad_line_is_named_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lines.jsonl"
    good = json.dumps({"id": 1, "text": "Luật Đất đai số 31/2024/QH15"}, ensure_ascii=False).encode()
    half_a_letter = b'{"text": "\\ud800"}'
    path.write_bytes(
        b"\n".join([b"\xef\xbb\xbf" + good, b'{"text": "\xff"}', half_a_letter, b"[" * 100_000, good])
    )
    assert run("--lines", str(path), "--find", "citations") == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 1]
    assert [words in err for words in ("dòng 2", "dòng 3", "dòng 4", "dòng 1:")] == [True, True, True, False]


def test_files_of_one_name_do_not_overwrite_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text("Luật Đất đai", encoding="utf-8")
    files = [str(tmp_path / folder / "x.txt") for folder in ("a", "b")]
    assert run(*files, "--out", str(tmp_path / "out")) == 2
    assert "ghi đè" in capsys.readouterr().err
    assert run(files[0], "--out", files[1]) == 2
