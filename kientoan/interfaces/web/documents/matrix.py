"""A table that hands targets down: a row for each unit, a column for each target, accepted together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kientoan.domains.documents.models import Document, Passage, PassageKind, PassageState
from kientoan.domains.documents.passages import Decided
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.queries import UnitOnDay
from kientoan.domains.plans import acceptance
from kientoan.domains.plans.proposals import MATRIX, Proposer, Question, TargetProposal, split_aim
from kientoan.domains.results.models import Indicator

from .. import notices
from ..http import Request
from .access import document_for
from .deciding import place_of, why
from .wording import QUESTIONS

ASKED_ELSEWHERE = (Question.UNIT, Question.INDICATOR, Question.UNSURE)
NEW = "new"  # chosen for a column: an indicator that is not known yet


@dataclass(frozen=True)
class Column:
    """An indicator of the table; `similar`: known ones that it may be, to choose among (none: it is sure)."""

    key: str
    name: str
    similar: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One value of the table."""

    passage: Passage
    proposal: TargetProposal

    @property
    def open(self) -> bool:
        """Whether it waits to be accepted."""
        return self.passage.state == PassageState.PROPOSED

    @property
    def questions(self) -> list[Any]:
        """What stands in the way besides the unit and the indicator, asked once for the row and column."""
        asked = (item for item in self.proposal.questions if item not in ASKED_ELSEWHERE)
        return [QUESTIONS[item] for item in asked] if self.open else []


@dataclass
class Row:
    """A body of the table with its cells by indicator; `unit` None: no sure unit."""

    key: str
    body: str
    unit: UnitOnDay | None
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def waiting(self) -> list[Cell]:
        """The cells that wait."""
        return [cell for cell in self.cells.values() if cell.open]


@dataclass
class Table:
    """One table: its indicators in order, its rows in order."""

    period: str
    indicators: Mapping[int, Indicator]
    columns: list[str] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)

    @property
    def heads(self) -> list[Column]:
        """The columns, with the question of those whose indicator is not sure."""
        found = []
        for name in self.columns:
            cells = [row.cells[name] for row in self.rows.values() if name in row.cells]
            open_ones = [
                cell for cell in cells if cell.open and Question.INDICATOR in cell.proposal.questions
            ]
            similar = open_ones[0].proposal.similar if open_ones else ()
            known = tuple(self.indicators[key] for key in similar if key in self.indicators)
            found.append(Column(str(cells[0].passage.pk), name, known))
        return found

    @property
    def lines(self) -> list[tuple[Row, list[Cell | None]]]:
        """The rows with a cell (or None) for each column."""
        return [(row, [row.cells.get(name) for name in self.columns]) for row in self.rows.values()]


def tables_of(passages: Sequence[Passage], proposer: Proposer) -> list[Table]:
    """The tables of a document; a value that repeats body and indicator begins the next one."""
    tables: list[Table] = []
    for passage in passages:
        proposal = proposer.propose(passage)
        if not isinstance(proposal, TargetProposal):
            continue
        indicator, body = split_aim((passage.reading or passage.data).get("indicator") or "")
        table = tables[-1] if tables else Table(proposal.period, proposer.indicators)
        known = table.rows.get(body)
        if not tables or proposal.period != table.period or (known and indicator in known.cells):
            table = Table(proposal.period, proposer.indicators)
            tables.append(table)
        if indicator not in table.columns:
            table.columns.append(indicator)
        unit = proposer.matcher.units.get(proposal.unit_id or 0)
        row = table.rows.setdefault(body, Row(str(passage.pk), body, unit))
        row.cells[indicator] = Cell(passage, proposal)
    return tables


@require_http_methods(["GET", "POST"])
def passage_matrix(request: Request, pk: int) -> HttpResponse:
    """The tables that hand targets down; choose rows, name the units that are not sure, accept."""
    document = document_for(request, pk)
    registering.require(request.viewer, document, *registering.CLERKS)
    proposer = Proposer(document, request.day)
    found = Passage.objects.filter(document=document, kind=PassageKind.TARGET, rule=MATRIX)
    passages = list(found.exclude(state=PassageState.DROPPED).order_by("start", "pk"))
    for passage in passages:
        passage.document = document
    tables = tables_of(passages, proposer)
    if request.method == "POST":
        return _accept(request, document, tables, proposer)
    context = {
        "document": document,
        "tables": tables,
        "units": list(proposer.matcher.units.values()),
        "may_decide": registering.may(request.viewer, document, *registering.DECIDERS),
        "waiting": sum(len(row.waiting) for table in tables for row in table.rows.values()),
    }
    return render(request, "documents/matrix.html", context)


def _accept(
    request: Request, document: Document, tables: Sequence[Table], proposer: Proposer
) -> HttpResponse:
    here = redirect("passage_matrix", document.pk)
    wanted = set(request.POST.getlist("ids"))
    rows = [row for table in tables for row in table.rows.values() if row.key in wanted and row.waiting]
    named = {row.key: request.POST.get(f"unit-{row.key}", "") for row in rows}
    missing = [row.body for row in rows if row.unit is None and not named[row.key].isdecimal()]
    if not rows or missing:
        words = _("Chọn đơn vị cho: %(bodies)s.") % {"bodies": "; ".join(missing)}
        notices.warn(request, words if rows else _("Chưa chọn dòng nào."))
        return here
    data = _corrections(request, tables, rows, named)
    passages = [cell.passage for row in rows for cell in row.waiting]
    try:
        made = acceptance.accept_passages(
            viewer=request.viewer, passages=passages, at=timezone.now(), data=data, proposer=proposer
        )
    except acceptance.Unclear as unclear:
        asked = dict.fromkeys(str(QUESTIONS[item]) for items in unclear.questions.values() for item in items)
        notices.warn(request, _("Còn câu hỏi ở các ô đã chọn: %(asked)s") % {"asked": " ".join(asked)})
        return here
    except (acceptance.NotRegistered, acceptance.SameTarget, Decided) as error:
        notices.warn(request, why(error))
        return here
    said = _("Đã nhận %(targets)s chỉ tiêu cho %(units)s đơn vị.") % {
        "targets": len(made.targets), "units": len({target.unit_id for target in made.targets}),
    }  # fmt: skip
    notices.tell(request, said, undo=reverse("passage_undo", args=[document.pk]))
    return redirect(place_of(document.pk))


def _corrections(
    request: Request, tables: Sequence[Table], rows: Sequence[Row], named: Mapping[str, str]
) -> dict[int, dict[str, Any]]:
    """Passage → the unit of its row and the indicator of its column, where a person chose them."""
    data: dict[int, dict[str, Any]] = {}
    for table in tables:
        columns = {column.name: column for column in table.heads}
        for row in (row for row in table.rows.values() if row in rows):
            for name, cell in row.cells.items():
                chosen = _unit_said(named[row.key]) | _indicator_said(request, columns[name], name)
                if cell.open and chosen:
                    data[cell.passage.pk] = {"unit_id": cell.proposal.unit_id, **chosen}
    return data


def _unit_said(key: str) -> dict[str, Any]:
    return {"unit_id": int(key)} if key.isdecimal() else {}


def _indicator_said(request: Request, column: Column, name: str) -> dict[str, Any]:
    """The indicator chosen for a column; nothing where it is sure or nobody chose."""
    said = request.POST.get(f"indicator-{column.key}", "")
    if not column.similar or not (said == NEW or said.isdecimal()):
        return {}
    if said == NEW:
        return {"new_indicator": True, "indicator": name}
    return {"indicator_id": int(said)}
