"""Floors on the annotated development sets, read from ../shared and skipped, saying so, where it is
absent."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from kientoan.engines.reader import read, read_citations

GOLD = Path(__file__).resolve().parents[4] / "shared" / "gold"
FLOORS = {"citation": 0.98, "deadline": 0.97, "target": 0.97, "task": 0.95}

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="no annotated sets at ../shared/gold")


def load_score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_whole_texts_keep_their_floors(tmp_path: Path) -> None:
    for path in (GOLD / "directives").glob("*.txt"):
        reading = read(path.read_text(encoding="utf-8"))
        (tmp_path / f"{path.stem}.json").write_text(json.dumps(reading.to_json()), encoding="utf-8")
    reached = load_score().directives(tmp_path, GOLD / "directives")
    assert {kind: score for kind, score in reached.items() if score < FLOORS[kind]} == {}


def test_sentences_keep_their_floor(tmp_path: Path) -> None:
    gold = GOLD / "citations" / "sentences_dev.jsonl"
    lines = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found = [
            {"start": c.start, "end": c.end, "type": c.type, "number": c.number}
            for c in read_citations(record["text"])
        ]
        lines.append(json.dumps({"id": record["id"], "citations": found}))
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("\n".join(lines), encoding="utf-8")
    assert load_score().citations(predicted, gold) >= 0.97
