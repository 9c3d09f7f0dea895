"""Sort the disagreements with the annotated sentences: which are the annotation's fault, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType
from typing import Any

REASONS = {
    "misplaced": "the annotated span lies inside another; its words stand again further on, not annotated",
    "again": "a full mention, standing where the annotation puts the misplaced one above",
    "left out": "a mention with type and number, or a law by its name, of a form annotated elsewhere",
    "title": "named by its title alone, without a number: by the guide no citation",
    "no document": "no document of the legal system: a protocol (Nghị định thư) or part of a noun",
    "type": "annotated as another kind of document than its own words say",
    "markup": "the text holds markup of the annotation (`<L rel=…>`) in place of the words",
}
OURS = "ours"
_ALIAS = re.compile(r"(?:gọi|viết)(?:\s+(?:tắt|chung|gọn))?(?:\s+là)?\s*$")
_MARKUP = re.compile(r"</?[A-ZĐ]+(?:\s+rel[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Row:
    """One disagreement: the sentence's id, whether annotated or found alone, the words, why."""

    sentence: str
    side: str
    words: str
    reason: str


def move_spans(sentence: dict[str, Any]) -> dict[str, Any]:
    """Give the sentence with each span that lies inside another moved to where its words stand free."""
    spans = [dict(span) for span in sentence["spans"]]
    for span in spans:
        if _free_place(sentence["text"], span, spans) is not None:
            start = _free_place(sentence["text"], span, spans)
            span["start"], span["end"] = start, start + len(span["text"])
    return sentence | {"spans": spans}


def _free_place(text: str, span: dict[str, Any], spans: list[dict[str, Any]]) -> int | None:
    inside = any(
        other is not span
        and other["start"] <= span["start"]
        and span["end"] <= other["end"]
        and other["end"] - other["start"] > span["end"] - span["start"]
        for other in spans
    )
    if not inside:
        return None
    at = text.find(span["text"], span["end"])
    while at >= 0:
        end = at + len(span["text"])
        if not any(other is not span and other["start"] < end and at < other["end"] for other in spans):
            return at
        at = text.find(span["text"], end)
    return None


def sort_out(
    score: ModuleType,
    sentences: list[dict[str, Any]],
    found: list[list[dict[str, Any]]],
    used: list[set[int]],
) -> list[Row]:
    """Give every disagreement with its reason; "ours" for those that are the reader's own fault."""
    rows = []
    for sentence, items, right in zip(sentences, found, used, strict=True):
        text, spans = sentence["text"], sentence["spans"]
        moved = move_spans(sentence)["spans"]
        met = _met(score, [item for place, item in enumerate(items) if place in right], spans)
        for span, true in zip(spans, moved, strict=True):
            if id(span) not in met:
                rows.append(
                    Row(sentence["id"], "annotated", span["text"], _missed(text, span, true, items, score))
                )
        for place, item in enumerate(items):
            if place not in right:
                words = text[item["start"] : item["end"]]
                rows.append(Row(sentence["id"], "found", words, _extra(text, item, moved, spans, score)))
    return rows


def _met(score: ModuleType, items: list[dict[str, Any]], spans: list[dict[str, Any]]) -> set[int]:
    taken: set[int] = set()
    for item in items:
        for span in spans:
            if id(span) not in taken and score.overlap(item, span):
                taken.add(id(span))
                break
    return taken


def _missed(
    text: str, span: dict[str, Any], true: dict[str, Any], items: list[dict[str, Any]], score: ModuleType
) -> str:
    if true["start"] != span["start"]:
        return "misplaced"
    if span["text"].startswith("Nghị định thư"):
        return "no document"
    if _MARKUP.search(text, max(0, span["start"] - 24), span["end"] + 8):
        return "markup"
    if any(score.overlap(item, span) for item in items):
        return "type"
    named = span["label"].split("-")[-1] in ("L", "BL", "HP", "PL")
    return "title" if not named and not re.search(r"\d", span["text"]) else OURS


def _extra(
    text: str,
    item: dict[str, Any],
    moved: list[dict[str, Any]],
    spans: list[dict[str, Any]],
    score: ModuleType,
) -> str:
    if any(score.overlap(item, true) and true not in spans for true in moved):
        return "again"
    if _MARKUP.search(text, max(0, item["start"] - 24), item["end"] + 8):
        return "markup"
    if any(score.overlap(item, span) for span in spans):
        return "type"
    full = item["rule"].startswith(("number.typed", "law.", "number.list", "number.code"))
    return "left out" if full else OURS


def write_table(rows: list[Row]) -> str:
    """Give the page of the disagreements that are the annotation's fault, as Markdown."""
    faults = [row for row in rows if row.reason != OURS]
    lines = [
        "# Disagreements with the annotated sentences",
        "",
        "Written by `benchmarks/benchmark_accuracy.py --disagreements docs/reading-disagreements.md`. "
        f"{len(rows)} disagreements, {len(faults)} of them the annotation's; no rule is bent to these.",
        "",
        "| reason | number | what it is |",
        "|---|--:|---|",
    ]
    for reason, words in REASONS.items():
        lines.append(f"| {reason} | {sum(row.reason == reason for row in faults)} | {words} |")
    lines += ["", "| sentence | only | words | reason |", "|---|---|---|---|"]
    for row in sorted(faults, key=lambda row: (list(REASONS).index(row.reason), int(row.sentence[3:]))):
        words = " ".join(row.words.split()).replace("|", "\\|")
        words = _MARKUP.sub("", words)
        words = words if len(words) <= 90 else words[:89] + "…"
        lines.append(f"| {row.sentence} | {row.side} | {words} | {row.reason} |")
    return "\n".join(lines) + "\n"
