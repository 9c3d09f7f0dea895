"""`kientoan read` answers any file with a clear result or a clear message in Vietnamese, and goes on."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from kientoan.interfaces.cli import read as command

TABLE = "TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n1 | Rà soát biên chế | Sở Nội vụ | 30/6/2026\n"


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Tệp rỗng"),
        (b"\x7fELF\x02\x01\x01\x00" + b"\x00\x01\x02" * 500, "nhị phân"),
        (b"The committee shall report before 30 November.", "tiếng Việt"),
        ("Комитет должен отчитаться до конца месяца".encode("cp1251"), "mã"),
        (b"PK\x03\x04 broken", "hỏng"),
        (b"%PDF-1.7 broken", "hỏng"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    data: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tep.txt"
    path.write_bytes(data)
    assert run(str(path), "--json") == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("tep.txt: ")
    assert said in printed.err


def test_two_hundred_megabytes_are_refused_without_being_taken_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "to.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("taken in"))
    assert run(str(path), "--json") == 1
    assert "200,0 MB" in capsys.readouterr().err


def test_a_document_that_is_only_a_table_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bang.txt"
    path.write_text(TABLE, encoding="utf-8")
    assert run(str(path), "--json") == 0
    plain = json.loads(capsys.readouterr().out)
    assert [(task["what"], task["lead"]) for task in plain["tasks"]] == [("Rà soát biên chế", ["Sở Nội vụ"])]
    assert plain["deadlines"][0]["date"] == "2026-06-30"


def test_twice_encoded_text_is_set_right_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "loi_ma.txt"
    text = "Giao Sở Nội vụ rà soát biên chế, báo cáo Ủy ban nhân dân thành phố trước ngày 30/6/2026."
    path.write_text(text.encode().decode("latin-1"), encoding="utf-8")
    assert run(str(path), "--json") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["text"] == text
    assert "loi_ma.txt" in printed.err


def test_noise_of_a_scan_gives_no_invented_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "quet.txt"
    path.write_text("Ngh| đ|nh số l5/2O20/NĐ-CP ngày l0/l/2O20 của Chính phủ về biên chế\n", encoding="utf-8")
    assert run(str(path), "--json") == 0
    plain = json.loads(capsys.readouterr().out)
    assert [item["number"] for item in plain["citations"] if item["number"] == "15/2020/NĐ-CP"] == []
    assert (plain["deadlines"], plain["tasks"], plain["targets"]) == ([], [], [])


def test_several_files_give_one_object_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TABLE, encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"")
    assert run(*(str(tmp_path / f"{name}.txt") for name in "acb"), "--json") == 1
    printed = capsys.readouterr()
    assert [json.loads(line)["id"] for line in printed.out.splitlines()] == ["a", "b"]
    assert "c.txt: Tệp rỗng" in printed.err
