"""Score the reader against the annotated sets: as it is, in five folds, and by confidence.

Run from the root of the project; prints Markdown. The annotated sets are sought in ../shared/gold.
`--disagreements FILE` writes the table of those that are the annotation's fault.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import sys
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from ablation import restrict_rules  # noqa: E402
from disagreements import move_spans, sort_out, write_table  # noqa: E402

from kientoan.engines.reader import read, read_citations  # noqa: E402

KINDS = ("citation", "deadline", "target", "task")
FOLDS = 5
BANDS = (0.0, 0.65, 0.75, 0.85, 0.95, 1.01)

Counts = list[int]
"""Right, found, annotated."""


class Sets:
    """The annotated sets and the scoring that goes with them."""

    def __init__(self, shared: Path) -> None:
        gold = shared / "gold"
        self.score = _load(gold / "score.py")
        lines = (gold / "citations" / "sentences_dev.jsonl").read_text(encoding="utf-8").splitlines()
        self.sentences: list[dict[str, Any]] = [json.loads(line) for line in lines]
        self.texts: dict[str, str] = {}
        self.notes: dict[str, list[dict[str, Any]]] = {}
        for path in sorted((gold / "directives").glob("*.txt")):
            self.texts[path.stem] = path.read_text(encoding="utf-8")
            notes = path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
            self.notes[path.stem] = [json.loads(line) for line in notes if line.strip()]


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def match_sentence(score: ModuleType, found: list[dict[str, Any]], spans: list[dict[str, Any]]) -> set[int]:
    """Give the places in ``found`` that meet an annotated span, as the scoring does."""
    used: set[int] = set()
    for span in spans:
        label = span["label"].split("-")[-1]
        words = score.norm(span["text"]).replace(" ", "")
        for place, item in enumerate(found):
            same = score.norm(item["type"]) == score.TYPES.get(label, score.norm(label)) or (
                item["number"] and score.norm(item["number"]).replace(" ", "") in words
            )
            if place not in used and score.overlap(item, span) and same:
                used.add(place)
                break
    return used


def score_sentences(
    score: ModuleType, reader: Callable[[str], Any], sentences: list[dict[str, Any]]
) -> Counts:
    """Give right, found and annotated over the sentences."""
    total = [0, 0, 0]
    for sentence in sentences:
        found = [_plain(item) for item in reader(sentence["text"])]
        total[0] += len(match_sentence(score, found, sentence["spans"]))
        total[1] += len(found)
        total[2] += len(sentence["spans"])
    return total


def _plain(item: Any) -> dict[str, Any]:
    return {"start": item.start, "end": item.end, "type": item.type, "number": item.number}


def score_texts(sets: Sets, reader: Callable[[str], Any], names: list[str]) -> dict[str, Counts]:
    """Give right, found and annotated of each kind over the texts."""
    totals = {kind: [0, 0, 0] for kind in KINDS}
    for name in names:
        plain = reader(sets.texts[name]).to_json()
        for kind, total in totals.items():
            notes = [note for note in sets.notes[name] if note["kind"] == kind]
            gold = [note for note in notes if not note.get("boilerplate")]
            soft = [note for note in notes if note.get("boilerplate")]
            found = [
                item for item in plain[kind + "s"] if not any(sets.score.overlap(item, note) for note in soft)
            ]
            total[0] += sets.score.match(kind, found, gold)
            total[1] += len(found)
            total[2] += len(gold)
    return totals


def f1(counts: Counts) -> float:
    """Give the harmonic mean of precision and recall."""
    right, found, annotated = counts
    return 2 * right / (found + annotated) if found + annotated else 1.0


def score_fold(job: tuple[str, int]) -> tuple[dict[str, Counts], dict[str, Counts], int, int]:
    """Give the counts of one fold with all rules and with the attested ones; runs in a process of its own."""
    shared, fold = job
    sets = Sets(Path(shared))
    inside = [item for place, item in enumerate(sets.sentences) if place % FOLDS == fold]
    names = [name for place, name in enumerate(sorted(sets.texts)) if place % FOLDS == fold]
    full = {"sentences": score_sentences(sets.score, read_citations, inside)}
    full |= score_texts(sets, read, names)
    outside_texts = [item["text"] for place, item in enumerate(sets.sentences) if place % FOLDS != fold]
    outside_texts += [text for name, text in sets.texts.items() if name not in names]
    inside_texts = [item["text"] for item in inside] + [sets.texts[name] for name in names]
    reader, entries, taken = restrict_rules(["\n".join(outside_texts)], ["\n".join(inside_texts)])
    cut = {"sentences": score_sentences(sets.score, reader.read_citations, inside)}
    cut |= score_texts(sets, reader.read, names)
    return full, cut, entries, taken


def print_scores(sets: Sets) -> None:
    """Print precision, recall and F1 on the development sets."""
    print("| set | kind | precision | recall | F1 | right / found / annotated |\n|---|---|--:|--:|--:|--:|")
    plain = score_sentences(sets.score, read_citations, sets.sentences)
    moved = [move_spans(sentence) for sentence in sets.sentences]
    rows = [("sentences", "citations", plain)]
    rows.append(
        ("sentences, misplaced spans moved", "citations", score_sentences(sets.score, read_citations, moved))
    )
    rows += [
        ("directives", f"{kind}s", counts)
        for kind, counts in score_texts(sets, read, list(sets.texts)).items()
    ]
    for name, kind, (right, found, annotated) in rows:
        print(
            f"| {name} | {kind} | {right / found:.4f} | {right / annotated:.4f} | "
            f"{f1([right, found, annotated]):.4f} | {right} / {found} / {annotated} |"
        )


def print_folds(shared: Path) -> None:
    """Print the five folds: F1 with every rule, and with those alone that the other folds attest."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1, maxtasksperchild=1) as pool:
        folds = pool.map(score_fold, [(str(shared), fold) for fold in range(FOLDS)], chunksize=1)
    names = ("sentences", *KINDS)
    print("\n| fold | entries taken away | " + " | ".join(names) + " |")
    print("|---|--:|" + "--:|" * len(names))
    sums = ({name: [0, 0, 0] for name in names}, {name: [0, 0, 0] for name in names})
    for number, (full, cut, entries, taken) in enumerate(folds, start=1):
        cells = [f"{f1(full[name]):.3f} → {f1(cut[name]):.3f}" for name in names]
        print(f"| {number} | {taken} of {entries} | " + " | ".join(cells) + " |")
        for total, counts in zip(sums, (full, cut), strict=True):
            for name in names:
                total[name] = [a + b for a, b in zip(total[name], counts[name], strict=True)]
    cells = [f"**{f1(sums[0][name]):.3f} → {f1(sums[1][name]):.3f}**" for name in names]
    print("| all | | " + " | ".join(cells) + " |")


def print_calibration(sets: Sets) -> None:
    """Print for each band of confidence how many items were found and how many of them are annotated."""
    seen = _judged(sets)
    print("\n| confidence | found | annotated too | precision |\n|---|--:|--:|--:|")
    for low, high in pairwise(BANDS):
        verdicts = [right for sure, _, right in seen if low <= sure < high]
        if verdicts:
            print(
                f"| {low:.2f} – {min(high, 1):.2f} | {len(verdicts)} | {sum(verdicts)} | "
                f"{sum(verdicts) / len(verdicts):.3f} |"
            )
    by_rule: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for sure, rule, right in seen:
        by_rule[rule].append((sure, right))
    print("\n| rule | confidence | found | precision |\n|---|--:|--:|--:|")
    for rule, items in sorted(by_rule.items()):
        print(
            f"| {rule} | {items[0][0]:.2f} | {len(items)} |"
            f" {sum(right for _, right in items) / len(items):.3f} |"
        )


def _judged(sets: Sets) -> list[tuple[float, str, bool]]:
    """Give (confidence, rule, whether annotated) of everything found in the development sets."""
    seen = []
    for sentence in (move_spans(sentence) for sentence in sets.sentences):
        items = read_citations(sentence["text"])
        used = match_sentence(sets.score, [_plain(item) for item in items], sentence["spans"])
        seen += [
            (item.confidence, f"citation {item.rule}", place in used) for place, item in enumerate(items)
        ]
    for name, text in sets.texts.items():
        plain = read(text).to_json()
        for kind in KINDS:
            gold = [note for note in sets.notes[name] if note["kind"] == kind]
            for item in plain[kind + "s"]:
                right = sets.score.match(kind, [item], gold) == 1
                seen.append((item["confidence"], f"{kind} {item['rule']}", right))
    return seen


def main() -> int:
    """Exit code 1 when there are no annotated sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--no-folds", action="store_true", help="only the scores and the confidence")
    parser.add_argument("--disagreements", type=Path, help="write the annotation's faults to this file")
    options = parser.parse_args()
    if not (options.shared / "gold").exists():
        print(f"No annotated sets at {options.shared}/gold: nothing to score.", file=sys.stderr)
        return 1
    sets = Sets(options.shared)
    print_scores(sets)
    if not options.no_folds:
        print_folds(options.shared)
    print_calibration(sets)
    if options.disagreements:
        found = [
            [_plain(item) | {"rule": item.rule} for item in read_citations(s["text"])] for s in sets.sentences
        ]
        used = [match_sentence(sets.score, f, s["spans"]) for f, s in zip(found, sets.sentences, strict=True)]
        rows = sort_out(sets.score, sets.sentences, found, used)
        options.disagreements.write_text(write_table(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
