"""Scores of a reading against annotations: per kind, per rule, per band of certainty, with what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .annotations import Annotation
from .matching import KINDS, Item, overlap, pair

CONTEXT = 60  # characters shown on either side of a disagreement
BANDS = ((0.0, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.01))


@dataclass
class Counts:
    """How many were right, found, and meant. `unseen`: found where nobody has decided yet, in no score."""

    right: int = 0
    found: int = 0
    meant: int = 0
    unseen: int = 0

    @property
    def precision(self) -> float | None:
        """How much of what was found is right; None when nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """How much of what is meant was found; None when nothing is meant."""
        return self.right / self.meant if self.meant else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None when neither is known."""
        return 2 * self.right / (self.found + self.meant) if self.found + self.meant else None

    def to_json(self) -> dict[str, Any]:
        """Counts and measures by name."""
        measures = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {
            "right": self.right,
            "found": self.found,
            "meant": self.meant,
            "unseen": self.unseen,
            **{name: None if value is None else round(value, 4) for name, value in measures.items()},
        }


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where reader and people differ. `sort`: "missed" (not found), "wrong" (found, yet not so)."""

    document: str
    kind: str
    sort: str
    start: int
    end: int
    before: str
    words: str
    after: str
    rule: str
    confidence: float | None

    def to_json(self) -> dict[str, Any]:
        """All fields by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass
class Scores:
    """Everything counted, by kind, by (kind, rule) and by (kind, band)."""

    documents: int = 0
    kinds: dict[str, Counts] = field(default_factory=lambda: {kind: Counts() for kind in KINDS})
    rules: dict[tuple[str, str], Counts] = field(default_factory=dict)
    bands: dict[tuple[str, str], Counts] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data: kinds, rules and bands as lists, disagreements last."""
        return {
            "documents": self.documents,
            "kinds": {kind: counts.to_json() for kind, counts in self.kinds.items()},
            "rules": [{"kind": k, "rule": r, **c.to_json()} for (k, r), c in sorted(self.rules.items())],
            "bands": [{"kind": k, "band": b, **c.to_json()} for (k, b), c in sorted(self.bands.items())],
            "disagreements": [item.to_json() for item in self.disagreements],
        }


def score(read: Iterable[tuple[Annotation, Mapping[str, Any]]]) -> Scores:
    """Score readings (the reader's JSON) against their annotations.

    What stands in boilerplate (`"boilerplate": true`) is neither asked for nor held against the reader.
    """
    scores = Scores()
    for annotation, reading in read:
        scores.documents += 1
        for kind in KINDS:
            _score_kind(scores, annotation, kind, reading.get(f"{kind}s") or ())
    return scores


def _score_kind(scores: Scores, annotation: Annotation, kind: str, reading: Sequence[Item]) -> None:
    items = [item for item in annotation.items if item["kind"] == kind]
    meant = [item for item in items if not item.get("boilerplate")]
    soft = [item for item in items if item.get("boilerplate")]
    found = [item for item in reading if not any(overlap(item, other) for other in soft)]
    pairs = pair(kind, found, meant)
    right = {place for place, _ in pairs}
    thrown_out = [item for item in annotation.dropped if item.get("was") == kind]
    for place, item in enumerate(found):
        judged = (
            place in right
            or kind in annotation.complete
            or any(overlap(item, other) for other in [*meant, *thrown_out])
        )
        for counts in _counts_of(scores, kind, item):
            counts.found += judged
            counts.unseen += not judged
            counts.right += place in right
        if judged and place not in right:
            scores.disagreements.append(_disagreement(annotation, kind, "wrong", item))
    scores.kinds[kind].meant += len(meant)
    known = {place for _, place in pairs}
    for place, item in enumerate(meant):
        if place not in known:
            scores.disagreements.append(_disagreement(annotation, kind, "missed", item))


def _counts_of(scores: Scores, kind: str, item: Item) -> tuple[Counts, ...]:
    rule = str(item.get("rule") or "")
    return (
        scores.kinds[kind],
        scores.rules.setdefault((kind, rule), Counts()),
        scores.bands.setdefault((kind, band_of(item.get("confidence"))), Counts()),
    )


def band_of(confidence: float | None) -> str:
    """The band of certainty: "60-80" is from 60 % up to, not including, 80 %; "" when it is not known."""
    for low, high in BANDS:
        if confidence is not None and low <= confidence < high:
            return f"{round(low * 100)}-{min(round(high * 100), 100)}"
    return ""


def _disagreement(annotation: Annotation, kind: str, sort: str, item: Item) -> Disagreement:
    start, end = item["start"], item["end"]
    text = annotation.text
    return Disagreement(
        annotation.id,
        kind,
        sort,
        start,
        end,
        text[max(0, start - CONTEXT) : start],
        text[start:end],
        text[end : end + CONTEXT],
        str(item.get("rule") or ""),
        item.get("confidence"),
    )
