"""What a reading holds: frozen records, each with the span of text it was read from.

Spans are half-open character offsets into the text as given (``text[start:end]``). ``rule`` names the rule
that found the item, ``confidence`` (0 to 1) says how sure that rule is; neither is ever used to invent a
value:
what the text does not say is ``None`` or empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """Words as they stand in the text, with their span."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top and the foot of an official document; ``None`` where nothing was found."""

    issuer: Words | None = None
    parent: Words | None = None
    number: Words | None = None
    symbol: str | None = None
    place: Words | None = None
    date: date | None = None
    date_words: Words | None = None
    type: str | None = None
    type_words: Words | None = None
    subject: Words | None = None
    signer: Words | None = None
    signer_title: Words | None = None
    authority: Words | None = None
    recipients: tuple[Words, ...] = ()
    urgency: Words | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """One part of the text: an article, a clause, a point, a heading, a table row.

    ``start`` to ``end`` covers the part with everything under it; ``heading`` is its own first line
    without the
    marker. ``eid`` follows Akoma Ntoso (``art_5__para_2__point_a``) and is unique in a reading.
    """

    kind: str
    number: str
    heading: str
    eid: str
    start: int
    end: int
    parent: str | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another document. ``issuer`` and ``date`` only where the text says them."""

    start: int
    end: int
    type: str
    number: str | None
    date: date | None
    issuer: str | None
    relation: str
    pinpoint: str | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Link:
    """Words that stand for documents cited before: a name given for short, "các Nghị quyết nêu trên".

    ``refers_to`` holds the places of what is meant among the citations of the reading.
    """

    start: int
    end: int
    text: str
    refers_to: tuple[int, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit in the words of the text and as a value.

    ``operator``: ``<`` before, ``<=`` not after, ``in`` within, ``from``, ``every``. One of ``date``
    (ISO day)
    and ``period`` (YYYY, YYYY-MM, YYYY-Qn, YYYY-Hn, A/B; ``--MM-DD`` without a year) at most; ``relative``
    like "P10D after: nhận được đề nghị"; ``recurrence`` like "yearly:01-15".
    """

    start: int
    end: int
    operator: str
    date: date | None
    period: str | None
    relative: str | None
    recurrence: str | None
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Target:
    """A quantified goal; ``low`` and ``high`` in ``unit``. An upper bound alone stands in ``high``.

    ``actual`` is what was reached, where the text gives both: "đạt 45.799/36.875 tỷ đồng".
    """

    start: int
    end: int
    indicator: str
    operator: str
    low: float | None
    high: float | None
    unit: str | None
    period: str | None
    baseline: str | None
    rule: str
    confidence: float
    actual: float | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A duty laid on named bodies. ``deadline`` is an index into ``Reading.deadlines``.

    ``lead`` and ``cooperate`` hold the bodies as written, ``lead_spans`` where the leads stand;
    ``inferred_lead`` is true when the lead comes from a list head, a heading or an earlier sentence.
    """

    start: int
    end: int
    lead: tuple[str, ...]
    cooperate: tuple[str, ...]
    what: str
    output: str | None
    checker: str | None
    deadline: int | None
    recurrence: str | None
    inferred_lead: bool
    lead_spans: tuple[Span, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read out of one text."""

    text: str
    head: Head
    provisions: tuple[Provision, ...]
    citations: tuple[Citation, ...]
    deadlines: tuple[Deadline, ...]
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    links: tuple[Link, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give plain data for JSON: text, head, structure, citations, deadlines, tasks, targets, links."""
        return {
            "text": self.text,
            "head": _plain(self.head),
            "structure": [_plain(item) for item in self.provisions],
            "citations": [_plain(item) for item in self.citations],
            "deadlines": [_plain(item) for item in self.deadlines],
            "tasks": [_plain(item) for item in self.tasks],
            "targets": [_plain(item) for item in self.targets],
            "links": [_plain(item) for item in self.links],
        }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
