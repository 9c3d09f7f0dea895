"""Comparing the organisation of two days: counts first, then the units that differ; as Excel or CSV too."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.models import Hierarchy, Level, UnitKind
from kientoan.domains.organisation.queries.comparison import (
    Change,
    ComparedUnit,
    Counts,
    Side,
    Wanted,
    changed_units,
    count_changes,
    counterparts,
    last_change,
    places_on,
)
from kientoan.engines.sheets import Column, Sheet, Value

from ..http import Request
from ..spreadsheets import sheet_answer
from ..wording import day_text
from .fields import DayField
from .rights import needs_a_role

PER_PAGE = 50


class DaysForm(forms.Form):
    """The two days, and what of the organisation is compared."""

    start = DayField(label=_("Ngày trước"))
    end = DayField(label=_("Ngày sau"))
    hierarchy = forms.ChoiceField(label=_("Hệ thống"), choices=Hierarchy.choices, required=False)
    level = forms.ChoiceField(label=_("Cấp"), choices=[("", _("Tất cả")), *Level.choices], required=False)
    under = forms.TypedChoiceField(label=_("Thuộc"), coerce=int, empty_value=None, required=False)
    q = forms.CharField(label=_("Tên hoặc mã"), required=False, max_length=200)
    change = forms.ChoiceField(choices=[("", ""), *Change.choices], required=False)

    def __init__(self, request: Request) -> None:
        end = last_change(request.day) or request.day
        given = {name: values for name, values in request.GET.lists() if values[-1]}
        data = {"start": end - timedelta(days=1), "end": end, "hierarchy": Hierarchy.GOVERNMENT}
        super().__init__({**data, **{name: values[-1] for name, values in given.items()}})
        days = {name: self._day(name) or self.data[name] for name in ("start", "end")}
        self.data = {**self.data, **days}  # in the fields as people write it, also when given as 2018-06-30
        self.offer(self._day("start") or end, self._day("end") or end)

    def _day(self, name: str) -> date | None:
        try:
            found: date = self.fields[name].clean(self.data[name])
        except forms.ValidationError:
            return None
        return found

    def offer(self, start: date, end: date) -> None:
        """The places of both days by which to narrow."""
        field = self.fields["under"]
        assert isinstance(field, forms.ChoiceField)
        listed = places_on(start, end)
        self.places = {unit.id: unit.name for unit in listed}
        self.provinces = sum(unit.level == Level.PROVINCE for unit in listed)
        field.choices = [("", _("Toàn bộ")), *self.places.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start and end and start >= end:
            self.add_error(
                "end", gettext("Ngày sau phải sau ngày trước (%(day)s).") % {"day": day_text(start)}
            )
        return data

    def wanted(self) -> Wanted:
        """What the valid form asks for."""
        data = self.cleaned_data
        start, end, under = data["start"], data["end"], data.get("under")
        roots = counterparts(under, start, end) if under else ()
        hierarchy = data["hierarchy"] or Hierarchy.GOVERNMENT
        return Wanted(start, end, hierarchy, data["level"], roots, data["change"], data["q"])


class _Rows:
    """The rows as a paginator reads them: counted before, read page by page."""

    def __init__(self, wanted: Wanted, counts: Counts) -> None:
        self.wanted, self.counts = wanted, counts

    def __len__(self) -> int:
        return self.counts.ways[self.wanted.change] if self.wanted.change else self.counts.changed

    def __getitem__(self, part: slice) -> list[ComparedUnit]:
        return changed_units(self.wanted, part.start, part.stop - part.start)


@needs_a_role
def compare_days(request: Request) -> HttpResponseBase:
    """What came, went, moved, was renamed between two days."""
    form = DaysForm(request)
    if not form.is_valid():
        return render(request, "organisation/compare.html", {"form": form}, status=422)
    wanted = form.wanted()
    if request.GET.get("as") in ("csv", "xlsx"):
        return _file(request.GET["as"], wanted)
    counts = count_changes(wanted)
    paginator: Paginator[ComparedUnit] = Paginator(_Rows(wanted, counts), PER_PAGE)  # type: ignore[arg-type]
    page = paginator.get_page(request.GET.get("page"))
    ways = [(key, words, counts.ways[key]) for key, words in Change.choices]
    context = {
        "form": form, "wanted": wanted, "counts": counts, "ways": ways, "page_obj": page,
        "chosen": chosen_words(form),
    }  # fmt: skip
    return render(request, "organisation/compare.html", context)


def chosen_words(form: DaysForm) -> str:
    """What the comparison is narrowed to, for the paper: 'Thuộc: Thành phố Cần Thơ; Khác ở: Đổi tên'."""
    data, told = form.cleaned_data, []
    if data["level"]:
        told.append(f"{gettext('Cấp')}: {Level(data['level']).label}")
    if data["under"]:
        told.append(f"{gettext('Thuộc')}: {form.places.get(data['under'], '')}")
    if data["change"]:
        told.append(f"{gettext('Khác ở')}: {Change(data['change']).label}")
    if data["q"]:
        told.append(f"{gettext('Tên hoặc mã')}: {data['q']}")
    return "; ".join(told)


def _file(form: str, wanted: Wanted) -> HttpResponseBase:
    name = f"so-sanh-{wanted.before:%Y-%m-%d}-{wanted.after:%Y-%m-%d}"
    return sheet_answer(_sheet(wanted), name, form=form, title=gettext("So sánh hai ngày"))


def _sheet(wanted: Wanted) -> Sheet:
    days = {"before": day_text(wanted.before), "after": day_text(wanted.after)}
    columns = [Column(gettext("Khác ở"), width=24)]
    for day in days.values():
        columns += [
            Column(gettext("Mã ngày %(day)s") % {"day": day}, width=12),
            Column(gettext("Tên ngày %(day)s") % {"day": day}, width=32),
            Column(gettext("Loại ngày %(day)s") % {"day": day}, width=18),
            Column(gettext("Cấp trên ngày %(day)s") % {"day": day}, width=28),
        ]
    columns += [
        Column(gettext("Từ, thành"), width=50),
        Column(gettext("Căn cứ pháp lý"), width=60),
    ]
    note = gettext("Đơn vị ngày %(before)s và ngày %(after)s") % days
    return Sheet(gettext("So sánh hai ngày"), columns, _lines(wanted), (note,))


def _lines(wanted: Wanted) -> Iterator[list[Value]]:
    words = dict(Change.choices)
    part = gettext("một phần")
    for row in changed_units(wanted):
        related = (one.name if one.full else f"{one.name} ({part})" for one in row.related)
        yield [
            ", ".join(str(words[change]) for change in row.changes),
            *_cells(row.before),
            *_cells(row.after),
            "; ".join(related),
            row.legal_basis,
        ]


def _cells(side: Side | None) -> list[Value]:
    if side is None:
        return [None, None, None, None]
    return [side.code, side.name, str(UnitKind(side.kind).label), side.parent.name if side.parent else None]
