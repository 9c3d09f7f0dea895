"""What people decide about passages: add, correct, join, split, drop, accept. Each decision can be undone.

Who may decide is checked by the caller (`plans.decisions`), because roles belong to units.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import record
from kientoan.domains.temporal.models import Stale
from kientoan.engines import reader

from .models import Decision, Document, Passage, PassageKind, PassageState, Provision

KEPT = ("start", "end", "quote", "data", "state", "provision_id")
PLURALS = {PassageKind.TASK: "tasks", PassageKind.TARGET: "targets", PassageKind.DEADLINE: "deadlines"}
_EDGE = " \t\r\n\u00a0"


class Decided(Exception):
    """The passage was accepted already: undo that, or change the task or target itself."""


class WrongSpan(Exception):
    """The span does not lie in the text, or is empty; or passages cannot be joined or split there."""


class NothingToUndo(Exception):
    """The person has made no decision here that is not undone."""


def _snapshot(passage: Passage) -> dict[str, Any]:
    return {
        "pk": passage.pk,
        **{name: getattr(passage, name) for name in KEPT},
        "decided_by": passage.decided_by_id,
        "decided_at": passage.decided_at and passage.decided_at.isoformat(),
    }


def _locked(passages: Iterable[Passage]) -> list[Passage]:
    """The passages as they are now, in the order of the text; none may be accepted."""
    keys = [passage.pk for passage in passages]
    rows = list(Passage.objects.select_for_update().filter(pk__in=keys).order_by("start", "end", "pk"))
    if any(row.state == PassageState.ACCEPTED for row in rows):
        raise Decided
    return rows


def _decision(
    verb: str,
    rows: Sequence[Passage],
    *,
    document_id: int,
    by: User,
    at: datetime,
    created: Sequence[int] = (),
) -> Decision:
    decision = Decision.objects.create(
        document_id=document_id,
        verb=verb,
        before=[_snapshot(row) for row in rows],
        created=list(created),
        by=by,
        at=at,
    )
    detail = {"passages": [row.pk for row in rows], "created": list(created)}
    record(actor=by, verb=f"passage.{verb}", at=at, subject=decision.document, detail=detail)
    return decision


def _save(rows: Sequence[Passage], state: str | None, by: User, at: datetime) -> None:
    for row in rows:
        row.row_version += 1
        if state is not None:
            row.state = state
            row.decided_by, row.decided_at = by, at
    fields = [*KEPT[:5], "provision", "row_version", "decided_by", "decided_at"]
    Passage.objects.bulk_update(rows, fields, batch_size=500)


@transaction.atomic
def mark(*, passages: Sequence[Passage], state: str, by: User, at: datetime) -> Decision:
    """Passages become accepted or dropped. Raises `Decided` for accepted ones."""
    rows = _locked(passages)
    verb = "accept" if state == PassageState.ACCEPTED else "drop"
    decision = _decision(verb, rows, document_id=passages[0].document_id, by=by, at=at)
    _save(rows, state, by, at)
    return decision


@transaction.atomic
def reopen(*, passage: Passage, by: User, at: datetime) -> None:
    """A passage is proposed again, whatever was decided; what was made from it is gone by then."""
    row = Passage.objects.select_for_update().get(pk=passage.pk)
    detail = {"passages": [row.pk], "state": row.state}
    record(actor=by, verb="passage.reopen", at=at, subject=row.document, detail=detail)
    _save([row], PassageState.PROPOSED, by, at)


@transaction.atomic
def edit_passage(
    *, passage: Passage, row_version: int, data: Mapping[str, Any], by: User, at: datetime
) -> Decision:
    """Correct what was read; the reader's own words stay in `reading`.

    Raises `Stale` when somebody saved it meanwhile, `Decided` when it is accepted.
    """
    row = _locked([passage])[0]
    if row.row_version != row_version:
        raise Stale({"data": (passage.data, row.data)})
    decision = _decision("edit", [row], document_id=row.document_id, by=by, at=at)
    row.data = {**row.data, **data}
    _save([row], None, by, at)
    return decision


@transaction.atomic
def add_passage(*, document: Document, kind: str, start: int, end: int, by: User, at: datetime) -> Passage:
    """A passage that a person selected; blanks at its ends fall away. Raises `WrongSpan`."""
    start, end = trim(document.text, start, end)
    passage = Passage.objects.create(
        document=document,
        kind=PassageKind(kind),
        start=start,
        end=end,
        quote=document.text[start:end],
        provision=_provision_at(document, start),
        data=suggest(document.text[start:end], kind, document),
    )
    _decision("add", [], document_id=document.pk, by=by, at=at, created=[passage.pk])
    return passage


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends. Raises `WrongSpan` when nothing is left."""
    if not 0 <= start < end <= len(text):
        raise WrongSpan
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if start == end:
        raise WrongSpan
    return start, end


def find_quote(text: str, quote: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, whatever the blanks between them (at most 20 places)."""
    words = quote.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)
    return [found.span() for _, found in zip(range(20), pattern.finditer(text), strict=False)]


def suggest(quote: str, kind: str, document: Document) -> dict[str, Any]:
    """What the reader finds in the words alone, else the bare words: nothing is made up."""
    plain = reader.read(quote, day=document.issued_date).to_json()
    found = plain.get(PLURALS.get(PassageKind(kind), ""), [])
    data = dict(found[0]) if found else {}
    for key in ("start", "end", "rule", "confidence", "lead_spans"):
        data.pop(key, None)
    if kind == PassageKind.TASK:
        place = data.get("deadline")
        first = plain["deadlines"][0] if plain["deadlines"] else None
        data["deadline"] = plain["deadlines"][place] if isinstance(place, int) else first
        data = {"lead": [], "cooperate": [], "what": quote, "output": None, "checker": None, **data}
    if kind == PassageKind.TARGET:
        empty = {"indicator": "", "operator": "", "low": None, "high": None, "unit": None, "period": None}
        data = {**empty, **data}
    return data


def _provision_at(document: Document, place: int) -> Provision | None:
    around = document.provisions.filter(start__lte=place, end__gt=place)
    return around.order_by("-start", "end").first()


@transaction.atomic
def join_passages(*, passages: Sequence[Passage], by: User, at: datetime) -> Passage:
    """Two or more passages of one kind become the first of them, over the whole stretch.

    Raises `WrongSpan` when the kinds differ, `Decided` when one is accepted.
    """
    rows = _locked(passages)
    if len(rows) < 2 or len({row.kind for row in rows}) > 1:
        raise WrongSpan
    first = rows[0]
    _decision("join", rows, document_id=first.document_id, by=by, at=at)
    text = first.document.text
    first.end = max(row.end for row in rows)
    first.quote = text[first.start : first.end]
    first.data = _joined(first.quote, rows)
    first.state = PassageState.PROPOSED
    _save([first], None, by, at)
    _save(rows[1:], PassageState.DROPPED, by, at)
    return first


def _joined(quote: str, rows: Sequence[Passage]) -> dict[str, Any]:
    data = dict(rows[0].data)
    if rows[0].kind == PassageKind.TASK:
        data["what"] = quote
        data.pop("title", None)
        for key in ("lead", "cooperate"):
            data[key] = list(dict.fromkeys(body for row in rows for body in row.data.get(key) or []))
        data["deadline"] = next((row.data["deadline"] for row in rows if row.data.get("deadline")), None)
    return data


@transaction.atomic
def split_passage(*, passage: Passage, place: int, by: User, at: datetime) -> Passage:
    """Cut a passage in two at a place in the text; gives the second. Both are read anew.

    The second keeps the leads of the first when its own words name none. Raises `WrongSpan`, `Decided`.
    """
    row = _locked([passage])[0]
    if not row.start < place < row.end:
        raise WrongSpan
    text = row.document.text
    first, second = trim(text, row.start, place), trim(text, place, row.end)
    leads = row.data.get("lead") or []
    new = Passage.objects.create(
        document=row.document,
        provision=_provision_at(row.document, second[0]),
        kind=row.kind,
        start=second[0],
        end=second[1],
        quote=text[second[0] : second[1]],
        data=_with_leads(suggest(text[second[0] : second[1]], row.kind, row.document), leads),
    )
    _decision("split", [row], document_id=row.document_id, by=by, at=at, created=[new.pk])
    row.start, row.end = first
    row.quote = text[first[0] : first[1]]
    row.data = _with_leads(suggest(row.quote, row.kind, row.document), leads)
    _save([row], None, by, at)
    return new


def _with_leads(data: dict[str, Any], leads: list[str]) -> dict[str, Any]:
    return {**data, "lead": leads} if "lead" in data and not data["lead"] else data


def last_decision(*, document: Document, by: User) -> Decision | None:
    """The person's latest decision in the document that is not undone."""
    return Decision.objects.filter(document=document, by=by, undone_at=None).order_by("-pk").first()


@transaction.atomic
def undo(*, decision: Decision, at: datetime) -> list[int]:
    """Put the passages back as they were before the decision; gives the ids of those that stand now.

    Raises `Decided` when one of them was accepted by a later decision.
    """
    ids = [before["pk"] for before in decision.before]
    rows = {
        row.pk: row for row in Passage.objects.select_for_update().filter(pk__in=[*ids, *decision.created])
    }
    if decision.verb != "accept" and any(row.state == PassageState.ACCEPTED for row in rows.values()):
        raise Decided
    back = []
    for before in decision.before:
        row = rows[before["pk"]]
        for name in KEPT:
            setattr(row, name, before[name])
        row.decided_by_id = before["decided_by"]
        row.decided_at = datetime.fromisoformat(before["decided_at"]) if before["decided_at"] else None
        row.row_version += 1
        back.append(row)
    fields = [*KEPT[:5], "provision", "row_version", "decided_by", "decided_at"]
    Passage.objects.bulk_update(back, fields, batch_size=500)
    Passage.objects.filter(pk__in=decision.created).delete()
    decision.undone_at = at
    decision.save(update_fields=["undone_at"])
    detail = {"decision": decision.pk, "verb": decision.verb}
    record(actor=decision.by, verb="passage.undo", at=at, subject=decision.document, detail=detail)
    return ids
