"""Scores of a reading: which finds count as right, as wrong, as not yet judged."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientoan.engines.evaluation import Annotation, BadAnnotations, agree, load_annotations, overlap, score
from kientoan.engines.evaluation.annotations import dump_annotation
from kientoan.engines.evaluation.scoring import band_of
from kientoan.engines.reader import read

TEXT = "Giao Sở Nội vụ báo cáo kết quả thực hiện trước ngày 15/12/2018; tỷ lệ đạt 95%."


def span(start: int, end: int, **values: Any) -> dict[str, Any]:
    return {"start": start, "end": end, **values}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (span(0, 10), span(0, 10), True),
        (span(0, 10), span(5, 100), True),
        (span(0, 10), span(6, 100), False),
        (span(0, 10), span(10, 20), False),
        (span(0, 4), span(0, 400), True),
    ],
)
def test_spans_meet_from_half_of_the_shorter_on(one: Any, other: Any, same: bool) -> None:
    assert overlap(one, other) is same


@pytest.mark.parametrize(
    ("kind", "found", "meant", "same"),
    [
        ("citation", {"number": "16-NQ/TU"}, {"number": "15-NQ/TU"}, False),
        ("citation", {"number": "15 -nq/tu"}, {"number": "15-NQ/TU"}, True),
        ("citation", {"type": "luật", "number": None}, {"type": "Luật", "number": None}, True),
        ("citation", {"type": "Nghị định"}, {"type": "Luật"}, False),
        ("deadline", {"date": "2018-12-15"}, {"date": "2018-12-15", "period": ""}, True),
        ("deadline", {"date": "2018-12-15"}, {"date": "2018-12-14"}, False),
        ("target", {"low": 95, "high": None}, {"low": 95.0}, True),
        ("target", {"low": 0, "high": None}, {"low": None}, False),
        ("task", {"lead": ["UỶ BAN"], **span(0, 10)}, {"lead": ["Ủy ban"], **span(0, 10)}, True),
        ("task", {"lead": ["Sở Y tế"], **span(0, 10)}, {"lead": ["Sở Nội vụ"], **span(0, 10)}, False),
        ("task", {"lead": [], **span(0, 10)}, {"lead": [], **span(0, 20)}, True),
        ("task", {"lead": [], **span(0, 9)}, {"lead": [], **span(0, 20)}, False),
    ],
)
def test_values_agree(kind: str, found: Any, meant: Any, same: bool) -> None:
    assert agree(kind, found, meant) is same


def annotation(
    items: list[Any], dropped: list[Any] | None = None, complete: tuple[str, ...] = ()
) -> Annotation:
    return Annotation("a", TEXT, tuple(items), tuple(dropped or ()), frozenset(complete))


RIGHT = span(5, 40, kind="task", lead=["Sở Nội vụ"])


def test_find_nobody_looked_at_is_neither_right_nor_wrong() -> None:
    reading = {"tasks": [span(5, 40, lead=["Sở Nội vụ"], rule="a", confidence=0.9), span(60, 70, lead=[])]}
    counts = score([(annotation([RIGHT]), reading)]).kinds["task"]
    assert (counts.right, counts.found, counts.meant, counts.unseen) == (1, 1, 1, 1)
    assert (counts.precision, counts.recall, counts.f1) == (1.0, 1.0, 1.0)


def test_find_in_a_wholly_judged_document_counts_against_the_reader() -> None:
    reading = {"tasks": [span(60, 70, lead=[], rule="b", confidence=0.65)]}
    scores = score([(annotation([RIGHT], complete=("task",)), reading)])
    assert (scores.kinds["task"].found, scores.kinds["task"].precision) == (1, 0.0)
    assert [(item.sort, item.words) for item in scores.disagreements] == [
        ("wrong", TEXT[60:70]),
        ("missed", TEXT[5:40]),
    ]
    assert scores.rules["task", "b"].found == 1
    assert scores.bands["task", "60-80"].found == 1


def test_dropped_find_counts_against_the_reader_when_it_comes_again() -> None:
    thrown_out = span(60, 70, kind="dropped", was="task")
    scores = score([(annotation([], [thrown_out]), {"tasks": [span(60, 70, lead=[])]})])
    assert (scores.kinds["task"].found, scores.kinds["task"].right) == (1, 0)


def test_boilerplate_is_left_out_on_both_sides() -> None:
    soft = {**RIGHT, "boilerplate": True}
    counts = score([(annotation([soft], complete=("task",)), {"tasks": [span(5, 40, lead=[])]})]).kinds[
        "task"
    ]
    assert (counts.found, counts.meant, counts.f1) == (0, 0, None)


@pytest.mark.parametrize(
    ("confidence", "band"), [(0.0, "0-60"), (0.6, "60-80"), (0.9, "90-100"), (1.0, "90-100"), (None, "")]
)
def test_bands_begin_with_their_lower_end(confidence: float | None, band: str) -> None:
    assert band_of(confidence) == band


@given(st.lists(st.tuples(st.integers(0, 70), st.integers(1, 9)), max_size=8))
def test_reading_measured_by_itself_is_right(spans: list[tuple[int, int]]) -> None:
    found = [span(start, start + length, low=start, high=None) for start, length in set(spans)]
    items = [{**item, "kind": "target"} for item in found]
    counts = score([(annotation(items, complete=("target",)), {"targets": found})]).kinds["target"]
    assert counts.right == counts.found == counts.meant == len(found)


def test_annotations_come_back_from_their_files(tmp_path: Path) -> None:
    kept = annotation([RIGHT], [span(60, 70, kind="dropped", was="task")], ("task",))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(dump_annotation(kept), encoding="utf-8")
    [back] = load_annotations(tmp_path)
    assert (back.items, back.dropped, back.complete) == (kept.items, kept.dropped, kept.complete)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not_json"),
        ("[]", "no_kind"),
        ('{"kind": "task", "start": 4, "end": 4}', "no_span"),
        ('{"kind": "task", "start": 4, "end": 4000}', "outside"),
    ],
)
def test_bad_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("\n" + line, encoding="utf-8")
    with pytest.raises(BadAnnotations) as error:
        list(load_annotations(tmp_path))
    assert (error.value.file, error.value.line, error.value.problem) == ("a.jsonl", 2, problem)


def test_folder_without_files_or_texts_is_named(tmp_path: Path) -> None:
    for folder, problem in [(tmp_path / "none", "no_folder"), (tmp_path, "no_files")]:
        with pytest.raises(BadAnnotations, match=problem):
            list(load_annotations(folder))
    (tmp_path / "a.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(BadAnnotations, match="no_text"):
        list(load_annotations(tmp_path))


def test_scores_are_those_of_the_gold_sets_own_program(shared: Path) -> None:
    """The measure is written anew; on the development sets it gives the same counts."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("gold_score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    gold = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gold)
    rows = [(item, read(item.text).to_json()) for item in load_annotations(shared / "gold" / "directives")]
    ours = score(rows).kinds
    for kind, counts in ours.items():
        right = found = meant = 0
        for item, reading in rows:
            hard = [x for x in item.items if x["kind"] == kind and not x.get("boilerplate")]
            soft = [x for x in item.items if x["kind"] == kind and x.get("boilerplate")]
            finds = [x for x in reading[f"{kind}s"] if not any(gold.overlap(x, other) for other in soft)]
            right += gold.match(kind, finds, hard)
            found, meant = found + len(finds), meant + len(hard)
        assert (counts.right, counts.found, counts.meant) == (right, found, meant)
    assert json.loads(json.dumps(score(rows).to_json()))["documents"] == len(rows)
