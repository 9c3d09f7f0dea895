"""Posts that nobody holds on the day: list, filters, Excel."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation.access import organised_units
from kientoan.domains.organisation.models import Post, Rank
from kientoan.domains.organisation.queries import (
    Vacancy,
    VacancyFilter,
    parents_on,
    units_on,
    vacancy_rows,
    vacant_posts,
)
from kientoan.engines.sheets import Column, Sheet, Value

from ..http import Request
from ..spreadsheets import sheet_answer
from ..wording import day_text
from .fields import UnitField
from .rights import acting_viewer, needs_a_role

PER_PAGE = 50
SORTS = [("rank", _("Hạng")), ("since", _("Khuyết lâu nhất")), ("-since", _("Mới khuyết"))]


class VacancyForm(forms.Form):
    """What to look for among the vacant posts."""

    q = forms.CharField(label=_("Chức danh hoặc đơn vị"), required=False, max_length=200)
    unit = UnitField(label=_("Trong đơn vị, kể cả bên dưới"), required=False, help_text="")
    rank = forms.ChoiceField(label=_("Hạng"), required=False, choices=[("", _("Mọi hạng")), *Rank.choices])
    sort = forms.ChoiceField(label=_("Xếp theo"), required=False, choices=SORTS)

    def wanted(self) -> VacancyFilter:
        """The filter as the domain takes it."""
        data: dict[str, Any] = self.cleaned_data
        return VacancyFilter(data["q"], data["rank"], data["unit"], data["sort"] or "rank")


def _asked(request: Request) -> tuple[VacancyForm, QuerySet[Post]]:
    """The form as filled in, and the posts; none while the form is wrong."""
    units = units_on(request.day)
    data = request.GET.copy()
    form = VacancyForm(data)
    field = form.fields["unit"]
    assert isinstance(field, UnitField)
    field.offer(units, parents_on(request.day), f"all=1&on={request.day.isoformat()}")
    named = str(data.get("unit", ""))
    if named.isdecimal():  # a link from the page of a unit
        data["unit"] = field.labels.get(int(named), named)
    if not form.is_valid():
        return form, Post.objects.none()
    return form, vacant_posts(form.wanted(), request.day)


@needs_a_role
def vacancies(request: Request) -> HttpResponse:
    """Each vacant post with since when, who acts in it, and where to record a holder."""
    form, posts = _asked(request)
    page = Paginator(posts, PER_PAGE).get_page(request.GET.get("page"))
    rows = vacancy_rows(page, request.day)
    within = organised_units(acting_viewer(request)).filter(pk__in={row.unit.id for row in rows})
    context = {
        "form": form,
        "page_obj": page,
        "rows": rows,
        "editable": set(within.values_list("pk", flat=True)),
        "is_filtered": bool(request.GET.get("q") or request.GET.get("unit") or request.GET.get("rank")),
    }
    return render(request, "organisation/vacancies.html", context, status=422 if form.errors else 200)


@needs_a_role
def vacancy_export(request: Request) -> HttpResponseBase:
    """The list with the same filters as Excel."""
    _form, posts = _asked(request)
    sheet = Sheet(
        title=gettext("Chức danh khuyết"),
        columns=[
            Column(gettext("Đơn vị"), width=40), Column(gettext("Chức danh"), width=36),
            Column(gettext("Hạng"), width=16), Column(gettext("Khuyết từ ngày"), "date", 16),
            Column(gettext("Phụ trách, quyền, biệt phái"), width=40),
        ],
        rows=_lines(vacancy_rows(posts, request.day)),
    )  # fmt: skip
    name = f"chuc-danh-khuyet-{request.day:%Y-%m-%d}"
    return sheet_answer(sheet, name, title=f"{sheet.title} {day_text(request.day)}")


def _lines(rows: Iterable[Vacancy]) -> Iterator[tuple[Value, ...]]:
    for row in rows:
        beside = "; ".join(f"{one.person} ({one.get_kind_display()})" for one in row.beside)
        yield row.unit.name, row.post.title, row.post.get_rank_display(), row.since, beside
