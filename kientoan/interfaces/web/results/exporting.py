"""Figures out: the sheet to fill in, and all approved figures as Excel or CSV, streamed."""

from collections.abc import Iterator

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from kientoan.domains.organisation.looking_back import require_to_see
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.plans.queries.reporting import report_rows
from kientoan.domains.plans.queries.target_words import VINTAGE_LABELS, period_label
from kientoan.domains.results.access import REPORTERS
from kientoan.domains.results.models import Observation
from kientoan.domains.results.queries.exports import exported
from kientoan.engines.sheets import Column, Sheet, Value

from ..http import Request
from ..spreadsheets import sheet_answer
from .forms import TemplateForm


def observation_template(request: Request) -> HttpResponseBase:
    """The import sheet of a unit and period with a line for each figure that it reports."""
    require_to_see(request.viewer, *REPORTERS)
    form = TemplateForm(request, request.GET or None)
    if not form.is_valid():
        return render(request, "results/template.html", {"form": form}, status=422 if form.is_bound else 200)
    unit, period = form.cleaned_data["unit"], form.cleaned_data["period"]
    vintage = str(VINTAGE_LABELS[form.cleaned_data["vintage"]])
    rows = report_rows(unit_id=unit, period=period, day=request.day, ahead=request.viewer.changes_ahead)
    sheet = Sheet(
        title=_("Số liệu %(period)s") % {"period": period_label(period)},
        columns=_template_columns(),
        rows=(
            (
                row.indicator.code,
                row.indicator.name,
                row.unit.code or row.unit.name,
                period.label(),
                vintage,
                None,
                "",
            )
            for row in rows
        ),
    )
    name = f"mau-so-lieu-{period.code}"
    return sheet_answer(sheet, name, form=request.GET.get("format"))


def _template_columns() -> list[Column]:
    """The headers stay Vietnamese: the import reads them."""
    return [
        Column("Mã chỉ tiêu", width=18), Column("Tên chỉ tiêu", width=44), Column("Đơn vị", width=24),
        Column("Kỳ", width=22), Column("Loại số liệu", width=14), Column("Giá trị", "decimal", 16, 6),
        Column("Ghi chú", width=30),
    ]  # fmt: skip


def observation_export(request: Request) -> HttpResponseBase:
    """All approved figures that the viewer sees, as known on the day; `?unit=`, `?indicator=`, `?year=`."""
    rows = exported(
        request.viewer,
        request.day,
        unit_id=number_or_none(request.GET.get("unit")),
        indicator_id=number_or_none(request.GET.get("indicator")),
        year=number_or_none(request.GET.get("year")),
    )
    sheet = Sheet(title=_("Số liệu"), columns=_export_columns(), rows=_lines(request, rows))
    return sheet_answer(sheet, f"so-lieu-{request.day:%Y-%m-%d}", form=request.GET.get("format"))


def number_or_none(text: str | None) -> int | None:
    """A whole number of the address; None for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def _export_columns() -> list[Column]:
    return [
        *_template_columns()[:5], Column("Giá trị", "decimal", 16, 6), Column("Đơn vị tính", width=14),
        Column("Ngày biết", "date", 14), Column("Nguồn", width=40), Column("Ghi chú", width=30),
    ]  # fmt: skip


def _lines(request: Request, rows: Iterator[Observation]) -> Iterator[tuple[Value, ...]]:
    units = units_on(request.day)
    for row in rows:
        if row.unit_id not in units:
            units |= units_on(request.day, {row.unit_id})
        yield (
            row.indicator.code, row.indicator.name, units[row.unit_id].name, row.period.label(),
            str(VINTAGE_LABELS[row.vintage]), row.value, row.indicator.unit_of_measure,
            row.reported_at.date(), row.submission.source, row.note,
        )  # fmt: skip
