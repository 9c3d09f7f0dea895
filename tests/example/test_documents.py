"""The four documents of the example stand in the official form and read as they were meant."""

from __future__ import annotations

import csv
import importlib.util
import tomllib
from functools import cache
from pathlib import Path

import pytest

from kientoan.engines import reader
from kientoan.engines.reader.intake import extract_text

ROOT = Path(__file__).parents[2] / "example"
DOCUMENTS = ROOT / "cantho" / "documents"
EXPECTED = Path(__file__).parent / "expected"
FILES = {"nq15": "nq-15-tu", "kh168": "kh-168-ubnd", "ct02": "ct-02-ubnd", "cv1148": "cv-1148-ubnd-th"}
TYPES = {"nq15": "Nghị quyết", "kh168": "Kế hoạch", "ct02": "Chỉ thị", "cv1148": "Công văn"}


@cache
def reading_of(key: str, extension: str = "docx") -> reader.Reading:
    path = DOCUMENTS / f"{FILES[key]}.{extension}"
    return reader.read(extract_text(path.read_bytes(), name=path.name).text)


def expected(name: str, document: str) -> list[dict[str, str]]:
    with (EXPECTED / name).open(encoding="utf-8", newline="") as source:
        return [row for row in csv.DictReader(source) if row["document"] == document]


def provision_text(reading: reader.Reading, eid: str) -> tuple[int, int]:
    found = next(item for item in reading.provisions if item.eid == eid)
    return found.start, found.end


@pytest.mark.parametrize("key", FILES)
@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_head_says_what_the_source_says(key: str, extension: str) -> None:
    source = tomllib.loads((DOCUMENTS / f"{FILES[key]}.toml").read_text(encoding="utf-8"))
    head = reading_of(key, extension).head
    assert head.number
    assert head.number.text == source["number"]
    assert head.date == source["date"]
    assert head.type == TYPES[key]
    assert head.side == source["side"]
    assert head.issuer
    assert head.issuer.text.casefold() == source["issuer"].casefold()
    assert head.signer
    assert head.signer.text == source["signer"]


@pytest.mark.parametrize("key", FILES)
def test_word_file_is_the_one_its_source_builds(key: str) -> None:
    spec = importlib.util.spec_from_file_location("build_documents", ROOT / "build_documents.py")
    assert spec
    assert spec.loader
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    from kientoan.engines.writers import write_official

    fresh = write_official(build.read_source(DOCUMENTS / f"{FILES[key]}.toml"))
    assert extract_text(fresh, name="x.docx").text == reading_of(key).text


@pytest.mark.parametrize("key", FILES)
@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_citations_are_all_found_with_their_dates_and_relations(key: str, extension: str) -> None:
    found = [item for item in reading_of(key, extension).citations if item.number]
    wanted = expected("citations.csv", key)
    assert [item.number for item in found] == [row["number"] for row in wanted]
    for item, row in zip(found, wanted, strict=True):
        assert item.type == row["type"]
        assert (item.date.isoformat() if item.date else "") == row["date"]
        if row["relation"]:
            assert item.relation == row["relation"]


def test_resolution_holds_the_fourteen_targets_each_in_its_point() -> None:
    reading = reading_of("nq15")
    wanted = expected("targets.csv", "nq15")
    assert len(reading.targets) == len(wanted) == 14
    for target, row in zip(reading.targets, wanted, strict=True):
        start, end = provision_text(reading, row["eid"])
        assert start <= target.start < target.end <= end
        assert reading.text[target.start : target.end].startswith(row["starts"])
        assert target.operator in {row["operator"], "decrease"}
        assert (target.low, target.high) == (number(row["low"]), number(row["high"]))
        assert target.period == "2018"


def test_annex_of_the_plan_holds_a_target_for_each_figure() -> None:
    reading = reading_of("kh168")
    table = [target for target in reading.targets if target.rule == "table.matrix"]
    assert len(table) == 9 * 6 - 6
    assert {target.period for target in table} == {"2018"}


def test_data_files_point_at_provisions_that_exist() -> None:
    numbers = {reading_of(key).head.number.text: key for key in FILES}  # type: ignore[union-attr]
    for name in ("assignments.csv", "updates.csv"):
        with (ROOT / "cantho" / name).open(encoding="utf-8", newline="") as source:
            for row in csv.DictReader(source):
                provision_text(reading_of(numbers[row["document"]]), row["eid"])


def number(text: str) -> float | None:
    return float(text) if text else None
