"""The figures of one indicator, unit by period: as reported, or on the boundaries of a chosen day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.models import Level
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.results.models import Frequency, Indicator
from kientoan.domains.results.queries.lenses import (
    Asked,
    Cell,
    FigureTable,
    Line,
    figure_table,
    frequencies_of,
)
from kientoan.engines.periods import Period
from kientoan.engines.sheets import Column, Sheet, Value
from kientoan.engines.vietnamese import sort_key

from ..http import Request
from ..organisation.fields import DayField
from ..organisation.rights import needs_a_role
from ..spreadsheets import sheet_answer
from ..widgets import DayInput
from ..wording import day_text, number_text, period_text

PER_PAGE = 100
PERIODS = 8  # columns of the page; the latest
DAYS = 3  # of change, offered as a choice
PLACES = (Level.PROVINCE, Level.DISTRICT)


class LensForm(forms.Form):
    """Which figures, and on which boundaries."""

    on = DayField(
        label=_("Theo đơn vị của ngày"),
        required=False,
        widget=DayInput(attrs={"placeholder": _("như đã báo cáo")}),
    )
    frequency = forms.ChoiceField(label=_("Kỳ"), required=False)
    under = forms.TypedChoiceField(label=_("Thuộc"), coerce=int, empty_value=None, required=False)

    def __init__(self, request: Request, frequencies: list[str]) -> None:
        super().__init__(request.GET)
        words = dict(Frequency.choices)
        self.first = frequencies[0]
        places = (
            unit
            for unit in units_on(request.day, request.viewer.unit_ids()).values()
            if unit.is_territory and unit.level in PLACES
        )
        choices: dict[str, list[Any]] = {
            "frequency": [(key, words[key]) for key in frequencies],
            "under": [("", _("Tất cả")), *((one.id, one.name) for one in sorted(places, key=_by_name))],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def asked(self) -> Asked:
        """What the valid form asks for."""
        data = self.cleaned_data
        return Asked(data["frequency"] or self.first, data["under"], data["on"])


def _by_name(unit: Any) -> str:
    return sort_key(unit.name)


@needs_a_role
def indicator_figures(request: Request, indicator_id: int) -> HttpResponseBase:
    """Units by periods; `?on=` a day puts all on the boundaries of that day, `?as=` is the file."""
    indicator = get_object_or_404(Indicator, pk=indicator_id)
    frequencies = frequencies_of(request.viewer, request.day, indicator)
    context: dict[str, Any] = {"indicator": indicator}
    if not frequencies:
        return render(request, "targets/figures.html", context)
    form = LensForm(request, frequencies)
    if not form.is_valid():
        return render(request, "targets/figures.html", context | {"form": form}, status=422)
    asked = form.asked()
    table = figure_table(request.viewer, request.day, indicator=indicator, asked=asked, most=PERIODS)
    if request.GET.get("as") in ("csv", "xlsx"):
        return _file(request, indicator, table)
    page = Paginator(table.lines, PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "form": form, "asked": asked, "table": table, "page_obj": page, "choices": _choices(table),
        "heads": (heads := [_words(period) for period in table.periods]),
        "lines": [(line.unit, tuple(zip(heads, line.cells, strict=True))) for line in page],
        "totals": tuple(zip(heads, table.totals, strict=True)) if table.totals else (),
    }  # fmt: skip
    return render(request, "targets/figures.html", context)


def _words(period: Period) -> str:
    return period_text(period.start, period.end, period.frequency)


def _choices(table: FigureTable) -> list[tuple[str, str, bool]]:
    """Words, day and whether it is chosen: as reported, and both sides of the latest days of change."""
    days: list[tuple[str, date | None]] = [(gettext("Như đã báo cáo"), None)]
    for at in table.days[:DAYS]:
        days.append((gettext("Đơn vị từ %(day)s") % {"day": day_text(at)}, at))
        days.append((gettext("Đơn vị trước %(day)s") % {"day": day_text(at)}, at - timedelta(days=1)))
    return [(words, day.isoformat() if day else "", day == table.asked.on) for words, day in days]


def _file(request: Request, indicator: Indicator, table: FigureTable) -> HttpResponseBase:
    """The whole table with its notes, as on the page."""
    columns = [Column(gettext("Mã"), width=12), Column(gettext("Đơn vị"), width=36)]
    for period in table.periods:
        words = _words(period)
        notes_on = gettext("Ghi chú %(period)s") % {"period": words}
        columns += [Column(words, "decimal", 16, indicator.decimals), Column(notes_on, width=40)]
    on = table.asked.on
    notes = (
        f"{indicator.name} ({indicator.unit_of_measure})",
        gettext("Theo đơn vị của ngày %(day)s") % {"day": day_text(on)} if on else gettext("Như đã báo cáo"),
        gettext("Số đã biết đến hết ngày %(day)s") % {"day": day_text(request.day)},
    )
    sheet = Sheet(indicator.name[:31], columns, _rows(table), notes)
    name = f"{indicator.code}-{on:%Y-%m-%d}" if on else indicator.code
    return sheet_answer(sheet, name, form=request.GET["as"], title=indicator.name)


def _rows(table: FigureTable) -> Iterator[list[Value]]:
    for line in table.lines:
        yield [line.unit.code, line.unit.name, *_cells(line)]
    if table.totals:
        row: list[Value] = ["", gettext("Cộng")]
        for total in table.totals:
            row += [total.value, _total_note(total.units, estimated=total.estimated)] if total else [None, ""]
        yield row


def _cells(line: Line) -> Iterator[Value]:
    for cell in line.cells:
        yield cell.value if cell else None
        yield note_of(cell) if cell else ""


def _total_note(units: int, *, estimated: bool) -> str:
    words = gettext("%(n)d đơn vị có số") % {"n": units}
    return f"{gettext('ước theo tỷ lệ')}; {words}" if estimated else words


def note_of(cell: Cell) -> str:
    """How a figure was made: 'ước theo tỷ lệ: Phường A 10 + Phường B 11 × 24,9 %; thiếu: Phường C'."""
    if not cell.is_made:
        return ""
    parts = (
        f"{part.unit} {number_text(part.value)}"
        + (f" × {number_text(part.percent, 2)} %" if part.percent != 100 else "")
        for part in cell.parts
    )
    words = " + ".join(parts)
    if cell.estimated:
        words = f"{gettext('ước theo tỷ lệ')}: {words}"
    if cell.missing:
        missing = ", ".join(str(unit) for unit in cell.missing)
        words += f"; {gettext('thiếu')}: {missing}"
    return words
