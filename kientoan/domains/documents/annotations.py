"""What people confirmed, corrected, dropped and added, as annotations: the reader is measured by them.

A passage nobody decided on is in no annotation. The time limit of an accepted task was confirmed with it,
unless a person set another day.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kientoan.engines.evaluation import Annotation

from .models import Document, Passage, PassageKind, PassageState

KEYS = {
    PassageKind.CITATION: ("type", "number", "date", "issuer", "relation", "pinpoint"),
    PassageKind.DEADLINE: ("operator", "date", "period", "relative", "recurrence"),
    PassageKind.TARGET: ("indicator", "operator", "low", "high", "unit", "period", "baseline"),
    PassageKind.TASK: ("lead", "cooperate", "what", "output", "checker", "recurrence", "inferred_lead"),
}
CONFIRMED, CORRECTED, ADDED = "confirmed", "corrected", "added"
SAID_BY_A_PERSON = (
    ~Q(state=PassageState.PROPOSED)
    | Q(reading__isnull=True)
    | ~Q(data=F("reading"))
    | Q(citation__chosen_at__isnull=False)
)


def annotated_documents(
    documents: QuerySet[Document], *, since: datetime | None = None
) -> QuerySet[Document]:
    """Of `documents` those in which a person decided something (from the moment `since` on)."""
    decided = Passage.objects.filter(SAID_BY_A_PERSON, document=OuterRef("pk"))
    if since is not None:
        recent = Q(document__decisions__at__gte=since, document__decisions__undone_at=None)
        decided = decided.filter(recent | Q(decided_at__gte=since) | Q(citation__chosen_at__gte=since))
    return documents.filter(Exists(decided)).order_by("pk")


def annotation_of(document: Document) -> Annotation:
    """The annotation of one document (one query)."""
    rows = list(
        Passage.objects.filter(document=document).select_related("citation").order_by("start", "end", "pk")
    )
    items: list[dict[str, Any]] = []
    dropped: list[dict[str, Any]] = []
    for row in rows:
        if row.state == PassageState.DROPPED:
            dropped.append({**_item(row, row.reading or row.data), "kind": "dropped", "was": row.kind})
        elif _is_said(row):
            items.append({**_item(row, row.data), "origin": _origin(row)})
    items += _deadlines(rows, items)
    return Annotation(
        id=str(document.pk),
        text=document.text,
        items=tuple(items),
        dropped=tuple(dropped),
        complete=frozenset(_complete(rows)),
        about=_about(document),
    )


def _is_said(row: Passage) -> bool:
    chosen = row.kind == PassageKind.CITATION and getattr(row, "citation", None)
    return (
        row.state == PassageState.ACCEPTED
        or row.reading is None
        or row.data != row.reading
        or bool(chosen and chosen.chosen_at)
    )


def _origin(row: Passage) -> str:
    if row.reading is None:
        return ADDED
    keys = KEYS[PassageKind(row.kind)]
    same = all(row.data.get(key) == row.reading.get(key) for key in keys)
    return CONFIRMED if same and row.data.get("deadline") == row.reading.get("deadline") else CORRECTED


def _item(row: Passage, data: dict[str, Any]) -> dict[str, Any]:
    values = {key: data.get(key) for key in KEYS[PassageKind(row.kind)]}
    if row.kind == PassageKind.TASK:
        values["deadline"] = (data.get("deadline") or {}).get("text")
    return {
        "kind": row.kind, "start": row.start, "end": row.end, "text": row.quote, **values,
        "rule": row.rule, "confidence": row.confidence,
    }  # fmt: skip


def _deadlines(rows: Iterable[Passage], items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The time limits that were confirmed with their tasks and have no decision of their own."""
    known = {(item["start"], item["end"]) for item in items if item["kind"] == PassageKind.DEADLINE}
    known |= {
        (row.start, row.end)
        for row in rows
        if row.kind == PassageKind.DEADLINE and row.state == PassageState.DROPPED
    }
    for row in rows:
        limit = row.data.get("deadline") if row.kind == PassageKind.TASK else None
        if row.state != PassageState.ACCEPTED or not limit or "due_date" in row.data or "start" not in limit:
            continue
        span = (limit["start"], limit["end"])
        if span not in known:
            known.add(span)
            values = {key: limit.get(key) for key in KEYS[PassageKind.DEADLINE]}
            said = {"text": limit.get("text"), "origin": CONFIRMED}
            rule = {"rule": limit.get("rule"), "confidence": limit.get("confidence")}
            yield {"kind": "deadline", "start": span[0], "end": span[1], **said, **values, **rule}


def _complete(rows: Iterable[Passage]) -> Iterator[str]:
    """The kinds of which something was found and everything was decided."""
    states: dict[str, set[str]] = {}
    for row in rows:
        states.setdefault(row.kind, set()).add(row.state)
    return (kind for kind, found in states.items() if PassageState.PROPOSED not in found)


def _about(document: Document) -> dict[str, Any]:
    day: date | None = document.issued_date
    return {"document": str(document), "date": day.isoformat() if day else None}
