"""What the page of a unit shows of its lineage: the picture, and the same in words under it."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from django.db.backends.postgresql.psycopg_any import DateRange

from kientoan.domains.organisation.queries import (
    Arc,
    HowItEnded,
    Lineage,
    Named,
    UnitPage,
    how_it_ended,
    lineage_of,
)

from ..http import Request
from ..layered import Drawing
from .lineage_graph import graph_of
from .lineage_picture import DUTIES, drawing_of

OPENED = "open"  # the parameter of the address that names what is to be unfolded
MOST_FOLDED = 200  # boxes of a picture, before more is folded
LONG = 40  # arcs, from which the words stay closed until asked for


@dataclass(frozen=True)
class Became:
    """What one unit came of, by one decision."""

    result: Named
    arcs: tuple[Arc, ...]


@dataclass
class InWords:
    """The arcs of one decision on one day."""

    day: date
    decision: int
    legal_basis: str
    results: list[Became] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """The picture, the words, the units that came right after the one shown, and what ended it."""

    picture: Drawing | None
    words: tuple[InWords, ...]
    is_long: bool
    successors: tuple[Arc, ...]
    end: HowItEnded | None

    @property
    def heir(self) -> Named | None:
        """Who took over its duties, when that is no successor."""
        heir = self.end.heir if self.end else None
        return heir if heir and heir.unit not in {arc.result.unit for arc in self.successors} else None


def figure_of(request: Request, page: UnitPage) -> Figure:
    """The lineage of the unit of a page, as on the day looked at."""
    end = how_it_ended(page.unit.id) if page.life.upper else None
    lineage = _with_duties(_with_own_changes(lineage_of(page.unit.id), page), page, end)
    arcs = lineage.predecessors + lineage.successors
    picture = _picture(request, page, lineage) if arcs else None
    onward = [arc for arc in lineage.successors if arc.steps == 1 and not arc.goes_on and arc.kind != DUTIES]
    ended = page.life.upper
    successors = tuple(arc for arc in onward if arc.day == ended)
    return Figure(picture, _in_words(lineage), len(arcs) > LONG, successors, end)


def _with_own_changes(lineage: Lineage, page: UnitPage) -> Lineage:
    """The lineage and each new name or kind of the unit itself, unless a decision of that day tells it."""
    told = {arc.day for arc in lineage.predecessors if page.unit.id in (arc.original.unit, arc.result.unit)}
    told |= {arc.day for arc in lineage.successors if page.unit.id in (arc.original.unit, arc.result.unit)}
    changes = []
    for version, before in pairwise(page.versions):  # latest first
        day = version.in_force.lower
        if day is None or day in told or (version.name, version.kind) == (before.name, before.kind):
            continue
        decision = version.begun_by
        changes.append(
            Arc(
                day=day, kind="rename", original=_named(page, day - timedelta(days=1)),
                result=_named(page, day), full=True, population=None, area=None, headcount=None, by_hand=None,
                decision=version.begun_by_id or 0, legal_basis=decision.legal_basis if decision else "",
                steps=1,
            )
        )  # fmt: skip
    return replace(lineage, predecessors=(*lineage.predecessors, *changes))


def _with_duties(lineage: Lineage, page: UnitPage, end: HowItEnded | None) -> Lineage:
    """The lineage and the way of the duties, where nothing of the unit itself went to who took them over."""
    if end is None or end.heir is None:
        return lineage
    if any(arc.day == end.day and arc.result.unit == end.heir.unit for arc in lineage.successors):
        return lineage
    duties = Arc(
        day=end.day, kind=DUTIES, original=_named(page, end.day - timedelta(days=1)), result=end.heir,
        full=True, population=None, area=None, headcount=None, by_hand=None, decision=end.decision,
        legal_basis=end.legal_basis, steps=1,
    )  # fmt: skip
    return replace(lineage, successors=(*lineage.successors, duties))


def _picture(request: Request, page: UnitPage, lineage: Lineage) -> Drawing:
    opened = request.GET.getlist(OPENED)
    for most in (8, 4, 2):
        graph = graph_of(
            lineage,
            life=page.life,
            day=request.day,
            named_on=lambda day: _named(page, day),
            most=most,
            opened=opened,
        )
        if len(graph.times) <= MOST_FOLDED or opened:
            break
    return drawing_of(graph, lambda fold: _open_url(request, fold))


def _open_url(request: Request, fold: str) -> str:
    """The address of this page with one more fold opened."""
    query = request.GET.copy()
    query.appendlist(OPENED, fold)
    return f"{request.path}?{query.urlencode()}#lineage"


def _named(page: UnitPage, day: date) -> Named:
    """The unit itself as it was on a day, from what the page has read."""
    version = next((row for row in page.versions if day in row.in_force), None)
    version = version or page.versions[0 if page.life.upper and day >= page.life.upper else -1]
    codes = (row.code for row in page.codes if row.scheme == "gso" and day in row.in_force)
    return Named(page.unit.id, next(codes, ""), version.name, version.kind)


def _in_words(lineage: Lineage) -> tuple[InWords, ...]:
    """Every arc, latest decision first."""
    arcs = {
        (arc.decision, arc.kind, arc.original.unit, arc.result.unit): arc
        for arc in (*lineage.successors, *lineage.predecessors)
    }
    found: dict[int, InWords] = {}
    together: dict[tuple[int, Named], list[Arc]] = {}
    for arc in sorted(arcs.values(), key=lambda arc: (arc.day, arc.decision), reverse=True):
        found.setdefault(arc.decision, InWords(arc.day, arc.decision, arc.legal_basis))
        together.setdefault((arc.decision, arc.result), []).append(arc)
    for (decision, result), listed in together.items():
        found[decision].results.append(Became(result, tuple(listed)))
    return tuple(found.values())


def last_day(life: DateRange) -> date | None:
    """The last day of a unit that has ended."""
    return date.fromordinal(life.upper.toordinal() - 1) if life.upper else None
