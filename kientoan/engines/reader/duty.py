"""A duty as found, with the bodies it is laid on, and the task that it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import task_patterns as patterns
from .find_bodies import body_words, read_subject, split_bodies
from .model import Span, Task
from .rules import CONFIDENCE

_BODIES_END = re.compile(r"[;.]|\s(?:trong|để|về|theo)\s")


@dataclass(slots=True)
class Lead:
    """The bodies that have to act, the limit that stands with them, and by which rule they were found."""

    spans: list[Span]
    deadline: int | None
    inferred: bool
    rule: str


@dataclass(slots=True)
class Duty:
    """Where a duty stands and where its verb begins."""

    start: int
    end: int
    verb: int
    lead: Lead


def task_of(text: str, duty: Duty, end: int, deadline: int | None, recurrence: str | None) -> Task:
    """Give the task of ``duty``, which ends at ``end`` without its closing signs."""
    verb = min(max(duty.verb, duty.start), end)
    return Task(
        duty.start,
        max(end, duty.start + 1),
        tuple(body_words(text, span) for span in duty.lead.spans),
        _cooperating(text, verb, end),
        _what(text[verb:end]),
        None,
        None,
        deadline,
        _base(recurrence),
        duty.lead.inferred,
        tuple(duty.lead.spans),
        duty.lead.rule,
        CONFIDENCE[duty.lead.rule],
    )


def _cooperating(text: str, start: int, end: int) -> tuple[str, ...]:
    found = patterns.COOPERATE.search(text, start, end)
    if found is None:
        return ()
    subject = read_subject(text, found.end(), end, small=True)
    if subject is not None:
        stop = subject.end
    else:
        mark = _BODIES_END.search(text, found.end(), end)
        stop = mark.start() if mark else end
    return tuple(body_words(text, span) for span in split_bodies(text, found.end(), stop))


def _what(words: str) -> str:
    plain = re.sub(r"[\s*_]+", " ", words).strip(" ,;:.")
    plain = re.sub(r"^(?:(?:có|chịu) trách nhiệm|có nhiệm vụ|phải|cần) (?!thi hành|trước)", "", plain)
    plain = plain[:1].lower() + plain[1:]
    return plain if len(plain) <= 240 else plain[:240].rsplit(" ", 1)[0] + "…"


def _base(recurrence: str | None) -> str | None:
    return ",".join(part.split(":")[0] for part in recurrence.split(",")) if recurrence else None
