"""The targets of a year, set by set, with their status; and all of them as Excel or CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from kientoan.domains.organisation.queries import UnitOnDay, subtree_ids
from kientoan.domains.plans.queries.targets import (
    SetView,
    Summary,
    TargetRow,
    summarise,
    target_table,
    years_with_sets,
)
from kientoan.domains.plans.target_access import SETTERS, may_set, visible_sets
from kientoan.engines.sheets import Column, Sheet, Value

from ..http import Request
from ..sources import sources_of
from ..spreadsheets import sheet_answer
from .drawing import Drawn, drawn
from .forms import TargetFilter

PER_PAGE = 100
GROUP_ABOVE = 20


@dataclass(frozen=True)
class Group:
    """The lines of one unit in a long set that is shared among units; counts are of all its targets."""

    unit: UnitOnDay
    summary: Summary
    lines: tuple[Drawn, ...]


@dataclass(frozen=True)
class Shown:
    """A set as the page shows it: counts of all its targets, lines of those that pass the filter."""

    view: SetView
    summary: Summary
    lines: tuple[Drawn, ...]
    page: Page[TargetRow]
    count: int
    may_set: bool

    @property
    def groups(self) -> list[Group]:
        """The lines unit by unit when there are many units and lines; else none, the lines stand together."""
        units = {line.row.unit.id: line.row.unit for line in self.lines}
        if len(units) < 2 or len(self.lines) <= GROUP_ABOVE:
            return []
        return [
            Group(
                unit,
                summarise(row for row in self.view.rows if row.unit.id == key),
                tuple(line for line in self.lines if line.row.unit.id == key),
            )
            for key, unit in units.items()
        ]

    @property
    def cut(self) -> bool:
        """Whether there are more lines than shown."""
        return self.count > len(self.lines)


@dataclass(frozen=True)
class Chosen:
    """What the filter asks for."""

    form: TargetFilter
    year: int | None
    unit: int | None
    set: int | None
    state: str


def chosen(request: Request) -> Chosen:
    """The filter of the address; without a year the latest one that has begun."""
    years = years_with_sets(request.viewer)
    default = next((year for year in years if year <= request.day.year), years[-1] if years else None)
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() and int(wanted) in years else default
    sets = list(visible_sets(request.viewer).filter(year=year or 0).order_by("pk"))
    data = request.GET.copy()
    data["year"] = str(year or "")
    form = TargetFilter(request, data, years=years, sets=sets)
    form.is_valid()
    clean: dict[str, Any] = form.cleaned_data
    return Chosen(form, year, clean.get("unit"), clean.get("set"), clean.get("state") or "")


def views_of(request: Request, filtered: Chosen) -> list[SetView]:
    """The sets with their targets, before the filter of states."""
    units = subtree_ids(filtered.unit, request.day) if filtered.unit else None
    return target_table(
        viewer=request.viewer, day=request.day, unit_ids=units, year=filtered.year, set_id=filtered.set
    )


def target_list(request: Request) -> HttpResponse:
    """Each set with its count of what is met, and its targets."""
    filtered = chosen(request)
    shown = [_shown(request, view, filtered) for view in views_of(request, filtered)]
    empty = visible_sets(request.viewer).filter(year=filtered.year or 0, targets=None)
    context = {
        "filter": filtered,
        "shown": shown,
        "papers": sources_of(
            request.viewer,
            [line.row for one in shown for line in one.lines],
            [one.view.set.document_id for one in shown],
        ),
        "empty_sets": empty,
        "may_add": request.viewer.has(*SETTERS),
    }
    return render(request, "targets/list.html", context)


def _shown(request: Request, view: SetView, filtered: Chosen) -> Shown:
    """The counts of a whole set, and one page of its lines that pass the filter."""
    rows = [row for row in view.rows if filtered.state in ("", row.status.state)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page") if filtered.set else 1)
    lines = tuple(drawn(row) for row in page)
    return Shown(view, view.summary, lines, page, len(rows), may_set(request.viewer, view.set.unit_id))


def target_export(request: Request) -> HttpResponseBase:
    """The targets of the list as Excel, or as CSV with `?format=csv`."""
    views = views_of(request, chosen(request))
    sheet = Sheet(title=_("Chỉ tiêu"), columns=_columns(), rows=_lines(views))
    name = f"chi-tieu-{request.day:%Y-%m-%d}"
    return sheet_answer(sheet, name, form=request.GET.get("format"))


def _columns() -> list[Column]:
    words = [
        (_("Bộ chỉ tiêu"), 40), (_("Số thứ tự"), 8), (_("Mã chỉ tiêu"), 16), (_("Chỉ tiêu"), 44),
        (_("Đơn vị tính"), 12), (_("Đơn vị thực hiện"), 26), (_("Kỳ"), 14), (_("Kế hoạch"), 16),
        (_("Số gốc"), 20),
    ]  # fmt: skip
    return [
        *(Column(header, width=width) for header, width in words),
        Column(_("Thực hiện"), "decimal", 16, 2),
        Column(_("Loại số liệu"), width=12),
        Column(_("Tình trạng"), width=16),
        Column(_("Căn cứ kết luận"), width=60),
        Column(_("Người chịu trách nhiệm"), width=30),
    ]


def _lines(views: list[SetView]) -> Iterator[tuple[Value, ...]]:
    for view in views:
        for row in view.rows:
            yield (
                view.set.name, str(row.target.position), row.indicator.code, row.indicator.name,
                row.indicator.unit_of_measure, row.unit.name, row.period, row.plan, row.baseline,
                row.status.value, row.vintage_label, row.state_label, row.rule,
                f"{row.post_title} {row.holder}".strip(),
            )  # fmt: skip
