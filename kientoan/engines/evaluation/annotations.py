"""Annotations: what people say stands in a text. One document is `<id>.txt` and `<id>.jsonl`, an item a line.

An item has the keys of the reader's JSON and `kind`. `kind` "dropped" is something the reader proposed and a
person threw out, `was` its kind. A first line of kind "about" names in `complete` the kinds of which every
item of the document was decided; in the others an item nobody looked at is neither right nor wrong. Without
such a line everything counts as complete, as in a hand-made collection.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .matching import KINDS, Item

ABOUT, DROPPED = "about", "dropped"


class BadAnnotations(Exception):
    """A file that cannot be used; `file`, `line` (0: the file as a whole) and `problem`, a short code.

    Codes: no_folder, no_files, no_text, not_utf8, not_json, no_kind, no_span, outside.
    """

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")
        self.file, self.line, self.problem = file, line, problem


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is confirmed in one text: `items` and `dropped` with their kinds, `complete` kinds."""

    id: str
    text: str
    items: tuple[Item, ...]
    dropped: tuple[Item, ...] = ()
    complete: frozenset[str] = frozenset(KINDS)
    about: Mapping[str, Any] | None = None


def load_annotations(folder: Path) -> Iterator[Annotation]:
    """The annotations of a folder in the order of their names. Raises `BadAnnotations`."""
    if not folder.is_dir():
        raise BadAnnotations(folder.name, 0, "no_folder")
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise BadAnnotations(folder.name, 0, "no_files")
    for file in files:
        yield _load(file)


def _load(file: Path) -> Annotation:
    path = file.with_suffix(".txt")
    if not path.is_file():
        raise BadAnnotations(file.name, 0, "no_text")
    text = _words(path)
    about: Mapping[str, Any] | None = None
    items: list[Item] = []
    dropped: list[Item] = []
    for number, line in enumerate(_words(file).splitlines(), start=1):
        if not line.strip():
            continue
        item = _item(file.name, number, line, text)
        if item["kind"] == ABOUT:
            about = item
        else:
            (dropped if item["kind"] == DROPPED else items).append(item)
    complete = KINDS if about is None else about.get("complete", ())
    return Annotation(file.stem, text, tuple(items), tuple(dropped), frozenset(complete), about)


def _words(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:  # line ends stay: spans count them
            return file.read()
    except UnicodeDecodeError:
        raise BadAnnotations(path.name, 0, "not_utf8") from None


def _item(name: str, number: int, line: str, text: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except ValueError:
        raise BadAnnotations(name, number, "not_json") from None
    if not isinstance(item, dict) or not isinstance(item.get("kind"), str):
        raise BadAnnotations(name, number, "no_kind")
    if item["kind"] == ABOUT:
        return item
    start, end = item.get("start"), item.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or start >= end:
        raise BadAnnotations(name, number, "no_span")
    if start < 0 or end > len(text):
        raise BadAnnotations(name, number, "outside")
    return item


def dump_annotation(annotation: Annotation) -> str:
    """The lines of the `.jsonl` file, what is known about the document first."""
    about = {"kind": ABOUT, "id": annotation.id, **(annotation.about or {})}
    about["complete"] = sorted(annotation.complete)
    rows = sorted([*annotation.items, *annotation.dropped], key=lambda item: (item["start"], item["end"]))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in [about, *rows])
