"""Floors on clauses of the resolutions of 2025, from ../shared; skipped, saying so, where it is absent."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from kientoan.engines.reader import find_changes, read_changes

SHARED = Path(__file__).resolve().parents[4] / "shared"
GOLD = SHARED / "gold" / "mergers" / "clauses_dev.csv"
FLOOR = 0.99

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="no annotated clauses at ../shared/gold/mergers")


def rows() -> list[dict[str, str]]:
    with GOLD.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_clauses_keep_their_floor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predicted = tmp_path / "predicted.jsonl"
    with predicted.open("w", encoding="utf-8") as out:
        for row in rows():
            changes = [change.to_json() for change in read_changes(row["clause_text"])]
            found = {"resolution": row["resolution"], "clause": row["clause"], "changes": changes}
            out.write(json.dumps(found) + "\n")
    load_score().mergers(predicted, GOLD)
    exact = capsys.readouterr().out.split()[3]
    right, _, total = exact.partition("/")
    assert int(right) / int(total) >= FLOOR


def load_score() -> Any:
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_whole_resolutions_give_the_registered_codes() -> None:
    wanted: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(dict)
    for row in rows():
        codes = {old.split(":")[0] for old in row["old_units(code:name:full|partial)"].split("|") if old}
        wanted[row["resolution"].split("/")[0]][row["clause"], row["new_unit_name"]] = codes
    wrong = checked = 0
    for number, clauses in wanted.items():
        text = (SHARED / "corpus" / f"nq2025_{number}.txt").read_text(encoding="utf-8")
        for change in read_changes(text):
            gold = clauses.get((change.clause or "", change.new_unit))
            if gold is not None:
                found = {unit.code for unit in change.old_units if unit.code}
                wrong += len(found - gold)
                checked += len(gold)
    assert wrong == 0
    assert checked > 6_000


def test_the_decision_on_can_tho_gives_its_103_units() -> None:
    text = (SHARED / "corpus" / "nq2025_1668.txt").read_text(encoding="utf-8")
    found = find_changes(text)
    assert len(found) == 103
    assert sum(change.kind == "unchanged" for change in found) == 8
