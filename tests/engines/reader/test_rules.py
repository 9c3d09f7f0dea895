"""Every rule has an example that fires it, and nothing is found by a rule that is not named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kientoan.engines.reader import RULES, Rule, read

ROOT = Path(__file__).resolve().parents[3]


def fired(text: str, kind: str) -> set[str]:
    reading = read(text)
    found = {
        "citation": [item.rule for item in reading.citations],
        "deadline": [item.rule for item in reading.deadlines],
        "target": [item.rule for item in reading.targets],
        "link": [item.rule for item in reading.links],
        "task": [item.rule for item in reading.tasks],
    }
    return set(found[kind])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_its_example_fires_the_rule(rule: Rule) -> None:
    assert rule.id in fired(rule.example, rule.kind)


def test_ids_are_unique_and_confidences_are_shares() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(0 < rule.confidence < 1 for rule in RULES)


def test_reading_with_some_rules_keeps_what_these_find() -> None:
    text = "Giao Sở Nội vụ thực hiện Nghị quyết số 18-NQ/TW trước ngày 30/6/2026."
    reading = read(text, rules={"number.typed"})
    assert [item.rule for item in reading.citations] == ["number.typed"]
    assert (reading.deadlines, reading.targets, reading.tasks) == ((), (), ())


def test_the_reader_is_a_plain_library() -> None:
    code = (
        "import sys; sys.modules['django'] = None\n"
        "from kientoan.engines.reader import read\n"
        "from kientoan.engines.reader.intake import extract_text\n"
        "text = extract_text('Giao Sở Nội vụ rà soát biên chế.'.encode(), name='a.txt').text\n"
        "sys.stdout.buffer.write(read(text).tasks[0].lead[0].encode())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert (done.stdout.decode(), done.stderr.decode()) == ("Sở Nội vụ", "")
