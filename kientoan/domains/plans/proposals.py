"""What a passage would become: a task or a target with all that is sure filled in, and the questions left.

Nothing is guessed: a body without a sure unit, an indicator that only resembles a known one, a value without
a unit of measure become questions for a person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from typing import Any

from kientoan.domains.documents.models import Document, Passage, PassageKind
from kientoan.domains.documents.rules import due_date, period_bounds, same_words
from kientoan.domains.organisation.matching import Match, UnitMatcher
from kientoan.domains.organisation.registering import issuer_unit_id
from kientoan.domains.results.models import Frequency, Indicator

from .models import DeadlineOperator, Operator, TargetSet
from .queries.target_words import plan_text

MATRIX = "table.matrix"  # the reader's rule for a table of bodies by indicators
SURE = 0.8
"""From this confidence of the reader's rule on, a passage without questions may be accepted with many."""


class Question(StrEnum):
    """What a person has to say before (or after) a passage is accepted."""

    LEAD = "lead"  # no sure unit in the lead
    COOPERATE = "cooperate"  # a cooperating body without a sure unit
    DEADLINE = "deadline"  # a time limit in words only
    UNSURE = "unsure"  # the rule that found it is not sure
    INDICATOR = "indicator"  # several known indicators resemble it
    MEASURE = "measure"  # no unit of measure
    VALUE = "value"  # no value, or an operator without its bound
    PERIOD = "period"  # no period
    UNIT = "unit"  # no sure unit in the row of a table that hands goals down


BLOCKING = frozenset(
    {
        Question.LEAD, Question.INDICATOR, Question.MEASURE, Question.VALUE, Question.PERIOD, Question.UNIT,
    }
)  # fmt: skip
"""With one of these open, one key is not enough: the form asks."""


@dataclass(frozen=True, slots=True)
class TaskProposal:
    """A task as it would be made. `units`: who leads; several units: a whole to hand down in parts."""

    title: str
    output: str
    lead_text: str
    units: tuple[int, ...]
    lead: Match
    cooperating: tuple[int, ...]
    cooperation: Match
    due_date: date | None
    deadline_operator: str
    deadline_text: str
    recurrence: str
    field_id: int | None
    checker_post_id: int | None
    checker: str
    questions: tuple[Question, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether a person has to answer first."""
        return bool(BLOCKING.intersection(self.questions))


@dataclass(frozen=True, slots=True)
class TargetProposal:
    """A target as it would be made. `indicator_id` None: a new indicator of the name read."""

    indicator: str
    indicator_id: int | None
    similar: tuple[int, ...]
    operator: str
    low: Decimal | None
    high: Decimal | None
    measure: str
    period: str
    bounds: tuple[date, date] | None
    unit_id: int | None
    target_set_id: int | None
    baseline: str
    questions: tuple[Question, ...]

    @property
    def plan(self) -> str:
        """What is demanded, short: '≥ 82,5 %'; '' while it is not known."""
        if Question.VALUE in self.questions or not self.operator:
            return ""
        return f"{plan_text(self.operator, self.low, self.high)} {self.measure}".strip()

    @property
    def is_blocked(self) -> bool:
        """Whether a person has to answer first."""
        return bool(BLOCKING.intersection(self.questions))


Proposal = TaskProposal | TargetProposal


class Proposer:
    """Makes the proposals of one document; what it needs is read once."""

    def __init__(self, document: Document, day: date) -> None:
        self.document = document
        self.day = document.issued_date or day

    @cached_property
    def matcher(self) -> UnitMatcher:
        """Bodies on the day of the document."""
        return UnitMatcher.on(self.day)

    @cached_property
    def issuer_unit_id(self) -> int | None:
        """The unit of ours that issued the document."""
        return issuer_unit_id(self.document, self.matcher)

    @cached_property
    def indicators(self) -> dict[int, Indicator]:
        """All indicators by id."""
        return {indicator.pk: indicator for indicator in Indicator.objects.order_by("pk")}

    @cached_property
    def _by_name(self) -> dict[str, int]:
        return {same_words(indicator.name): key for key, indicator in self.indicators.items()}

    @cached_property
    def target_set_id(self) -> int | None:
        """The target set of this document, when there is exactly one."""
        found = list(TargetSet.objects.filter(document=self.document).values_list("pk", flat=True)[:2])
        return found[0] if len(found) == 1 else None

    def propose(self, passage: Passage, data: Mapping[str, Any] | None = None) -> Proposal:
        """What the passage would become; `data`: corrections not saved yet."""
        values = {**passage.data, **(data or {})}
        if passage.kind == PassageKind.TARGET:
            return self._target(passage, values)
        return self._task(passage, values)

    def propose_all(self, passages: Iterable[Passage]) -> dict[int, Proposal]:
        """Passage id → proposal, for tasks and targets."""
        wanted = (PassageKind.TASK, PassageKind.TARGET)
        return {item.pk: self.propose(item) for item in passages if item.kind in wanted}

    def _task(self, passage: Passage, data: Mapping[str, Any]) -> TaskProposal:
        lead = self.matcher.match(*(data.get("lead") or []))
        cooperation = self.matcher.match(*(data.get("cooperate") or []))
        chosen, helping = data.get("units"), data.get("cooperating_units")
        units = tuple(chosen) if chosen is not None else (lead.units if lead.certain else ())
        cooperating = tuple(helping) if helping is not None else cooperation.units
        deadline = data.get("deadline") or {}
        due = self._due(data, deadline)
        questions = [Question.LEAD] if not units else []
        if helping is None and data.get("cooperate") and not cooperation.certain:
            questions.append(Question.COOPERATE)
        if deadline and due is None and "due_date" not in data:
            questions.append(Question.DEADLINE)
        return TaskProposal(
            title=_title(data, passage.quote),
            output=data.get("output") or "",
            lead_text="; ".join(data.get("lead") or [])[:500],
            units=units,
            lead=lead,
            cooperating=tuple(unit for unit in cooperating if unit not in units),
            cooperation=cooperation,
            due_date=due,
            deadline_operator=_one_of(DeadlineOperator.values, data, deadline),
            deadline_text=(data.get("deadline_text", deadline.get("text")) or "")[:500],
            recurrence=_rhythm(data, deadline)[:40],
            field_id=data.get("field", self.document.field_id),
            checker_post_id=data.get("checker_post"),
            checker=data.get("checker") or "",
            questions=tuple(questions + _unsure(passage)),
        )

    def _due(self, data: Mapping[str, Any], deadline: Mapping[str, Any]) -> date | None:
        if "due_date" in data:
            return date.fromisoformat(data["due_date"]) if data["due_date"] else None
        recurring = {"recurrence": data["recurrence"]} if data.get("recurrence") else None
        return due_date(deadline or recurring, self.document.issued_date)

    def _target(self, passage: Passage, data: Mapping[str, Any]) -> TargetProposal:
        name, unit_id = self._aim(passage, data)
        operator, low, high = _bounds(data)
        period = data.get("period") or ""
        bounds = period_bounds(period, self.document.issued_date) if period else None
        chosen = data.get("indicator_id")
        known = chosen or self._by_name.get(same_words(name))
        similar = () if known or data.get("new_indicator") else self._similar(name, data.get("unit") or "")
        measure = data.get("unit") or (self.indicators[known].unit_of_measure if known else "")
        questions = [
            question
            for question, is_open in (
                (Question.VALUE, not _is_whole(operator, low, high)),
                (Question.INDICATOR, not name or bool(similar)),
                (Question.MEASURE, not measure),
                (Question.PERIOD, bounds is None),
                (Question.UNIT, unit_id is None),
            )
            if is_open
        ]
        return TargetProposal(
            indicator=name,
            indicator_id=known,
            similar=similar,
            operator=operator,
            low=low,
            high=high,
            measure=measure,
            period=period,
            bounds=bounds,
            unit_id=unit_id,
            target_set_id=data.get("target_set_id", self.target_set_id),
            baseline=data.get("baseline") or "",
            questions=tuple(questions + _unsure(passage)),
        )

    def _aim(self, passage: Passage, data: Mapping[str, Any]) -> tuple[str, int | None]:
        """The indicator and the unit: that of its row in a table of bodies by indicators, else our own."""
        name, root = data.get("indicator") or "", self.matcher.root
        if passage.rule != MATRIX:
            return name, data.get("unit_id", root.id if root else None)
        read = (passage.reading or {}).get("indicator")
        indicator, body = split_aim(name) if name == read else (name, "")  # else a person named it
        if data.get("unit_id") is not None:
            return indicator, data["unit_id"]
        match = self.matcher.match(body)
        sure = match.certain and len(match.units) == 1
        return indicator, match.units[0] if sure else None

    def _similar(self, name: str, measure: str) -> tuple[int, ...]:
        """Known indicators that share most of their words with the name (and its unit of measure)."""
        words = _content_words(name)
        if not words:
            return ()
        scored = []
        for key, indicator in self.indicators.items():
            other = _content_words(indicator.name)
            share = len(words & other) / max(1, min(len(words), len(other)))
            if share >= 0.6 and (not measure or same_words(measure) == same_words(indicator.unit_of_measure)):
                scored.append((-share, key))
        return tuple(key for _, key in sorted(scored)[:6])


def split_aim(name: str) -> tuple[str, str]:
    """What the reader joined for a cell of such a table: 'Tỷ lệ hộ nghèo – Quận Ninh Kiều'."""
    indicator, dash, body = name.rpartition(" – ")
    return (indicator.strip(), body.strip()) if dash else (name, "")


_EMPTY_WORDS = frozenset(
    same_words(
        "đạt tỷ lệ tỉ số tổng của và các trên địa bàn được trở lên còn ít nhất thêm mới tối thiểu"
    ).split()
)


def _content_words(name: str) -> frozenset[str]:
    return frozenset(same_words(name).replace("-", " ").replace(",", " ").split()) - _EMPTY_WORDS


def _title(data: Mapping[str, Any], quote: str) -> str:
    title = str(data.get("title") or data.get("what") or quote).strip()
    return title[:1].upper() + title[1:]


def _rhythm(data: Mapping[str, Any], deadline: Mapping[str, Any]) -> str:
    """How often: as the task says, with the day of the deadline where that agrees ("monthly:20")."""
    said, exact = data.get("recurrence") or "", deadline.get("recurrence") or ""
    agrees = [part.partition(":")[0] for part in exact.split(",")] == said.split(",")
    return exact if not said or agrees else said


def _one_of(values: list[str], data: Mapping[str, Any], deadline: Mapping[str, Any]) -> str:
    said = data.get("deadline_operator", deadline.get("operator")) or ""
    return said if said in values else ""


def _unsure(passage: Passage) -> list[Question]:
    by_reader = passage.reading is not None and passage.data == passage.reading
    low = passage.confidence is not None and passage.confidence < SURE
    return [Question.UNSURE] if by_reader and low else []


def _bounds(data: Mapping[str, Any]) -> tuple[str, Decimal | None, Decimal | None]:
    operator = data.get("operator") or ""
    low, high = _decimal(data.get("low")), _decimal(data.get("high"))
    if operator not in Operator.values:
        operator = Operator.RANGE if low is not None and high is not None else ""
    if operator in (">=", ">", "=", "~"):
        return operator, low if low is not None else high, None
    if operator in ("<=", "<"):
        return operator, None, high if high is not None else low
    return operator, low, high


def _decimal(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _is_whole(operator: str, low: Decimal | None, high: Decimal | None) -> bool:
    if operator == Operator.RANGE:
        return low is not None and high is not None and high >= low
    return bool(operator) and (low is not None or high is not None)


def frequency_of(bounds: tuple[date, date]) -> str:
    """The reporting rhythm of a period: a month, a quarter, half a year, else years."""
    months = (bounds[1].year - bounds[0].year) * 12 + bounds[1].month - bounds[0].month
    return {1: Frequency.MONTH, 3: Frequency.QUARTER, 6: Frequency.HALF}.get(months, Frequency.YEAR)
