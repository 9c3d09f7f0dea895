"""Duties of ended units that wait for somebody to decide who takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from kientoan.domains.organisation.access import NotAllowed, Viewer, viewer_of
from kientoan.domains.organisation.models import Decision
from kientoan.domains.organisation.queries import UnitOnDay, parents_on, units_on
from kientoan.domains.plans.models import Part, Succession, Target
from kientoan.domains.plans.models.successions import SUBJECTS, SuccessionQuerySet
from kientoan.domains.plans.queries.target_words import plan_text, span_label
from kientoan.domains.plans.rules.target_fates import Meeting
from kientoan.domains.reorganisation import operations
from kientoan.domains.reorganisation.queries import waiting, waits_elsewhere
from kientoan.domains.reorganisation.queries.meeting import Met, met_by
from kientoan.domains.reorganisation.queries.waiting import DECIDERS, deciding_day

from ..context import address_of
from ..http import Request, moment
from ..notices import tell, warn
from ..organisation.fields import UnitField
from ..organisation.rights import acting_viewer, needs_a_role
from ..widgets import QuickSelect

PAGE = 50
SETTLED = "settled_duties"
KINDS = {
    "task": _("Nhiệm vụ"),
    "target": _("Chỉ tiêu"),
    "target_set": _("Bộ chỉ tiêu"),
    "programme_duty": _("Chương trình, kế hoạch phải lập"),
    "submission": _("Biểu số liệu"),
    "role_grant": _("Vai trò của tài khoản"),
}


@dataclass(frozen=True)
class DutyRow:
    """One duty that waits: what it is, whose it was, by which decision."""

    row: Succession
    kind: str
    title: str
    url: str
    unit: UnitOnDay | None
    asked: str = ""  # of a target
    met: tuple[str, ...] = ()  # what units that come after have for the same thing


MEETINGS = (
    (Meeting.STANDS, _("Giữ chỉ tiêu đơn vị nhận đang có; chỉ tiêu này lưu ở đơn vị cũ để xem")),
    (Meeting.ADD, _("Cộng hai chỉ tiêu thành một; nguồn của từng phần vẫn ghi ở chỉ tiêu")),
    (Meeting.REPLACE, _("Lấy số của chỉ tiêu này thay cho số đơn vị nhận đang có")),
)


class DutyFilter(forms.Form):
    """Which of them to show."""

    decision = forms.TypedChoiceField(label=_("Quyết định"), required=False, coerce=int, widget=QuickSelect)
    unit = forms.TypedChoiceField(label=_("Của đơn vị"), required=False, coerce=int, widget=QuickSelect)
    kind = forms.ChoiceField(label=_("Loại"), required=False)

    def __init__(self, data: Any, rows: SuccessionQuerySet, names: dict[int, UnitOnDay]) -> None:
        super().__init__(data)
        every = ("", gettext("Tất cả"))
        counts = rows.order_by().values_list("from_unit").annotate(count=Count("id"))
        by_unit = [(unit, f"{names[unit].name} ({count})") for unit, count in counts if unit in names]
        used = Decision.objects.filter(pk__in=rows.order_by().values("decision"))
        choices: dict[str, list[Any]] = {
            "decision": [every, *((one.pk, one.legal_basis[:80]) for one in used)],
            "unit": [every, *sorted(by_unit, key=lambda pair: list(names).index(pair[0]))],
            "kind": [every, *KINDS.items()],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered
            field.error_messages["invalid_choice"] = gettext(
                "Không còn việc nào chờ với lựa chọn này. Hãy chọn lại hoặc bỏ lọc."
            )

    def applied_to(self, rows: SuccessionQuerySet) -> SuccessionQuerySet:
        """The rows asked for; none when the filter makes no sense: all that is shown may be given away."""
        if not self.is_valid():
            return rows.none()
        wanted = self.cleaned_data
        if wanted.get("decision"):
            rows = rows.filter(decision=wanted["decision"])
        if wanted.get("unit"):
            rows = rows.filter(from_unit=wanted["unit"])
        if wanted.get("kind"):
            rows = rows.filter(**{f"{wanted['kind']}__isnull": False})
        return rows


class HeirForm(forms.Form):
    """Who is to take them."""

    heir = UnitField(label=_("Đơn vị nhận các nghĩa vụ đã chọn"))
    meeting = forms.ChoiceField(
        label=_("Nếu đơn vị nhận đã có chỉ tiêu ấy"), choices=MEETINGS, initial=Meeting.STANDS,
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip

    def which_holds(self) -> Meeting:
        """Which of two targets for the same thing holds."""
        return Meeting(self.cleaned_data["meeting"] or Meeting.STANDS)


@require_http_methods(["GET", "POST"])
@needs_a_role
def succession_list(request: Request) -> HttpResponse:
    """What waits; chosen rows (or all that are shown) go to a unit."""
    viewer = _deciding_viewer(request)
    if not viewer.has(*DECIDERS):
        raise NotAllowed(*DECIDERS)
    rows = waiting(viewer)
    owners = units_on(request.today, rows.order_by().values_list("from_unit", flat=True).distinct())
    wanted = DutyFilter(request.GET, rows, owners)
    shown = wanted.applied_to(rows)
    form = _heir_form(request, viewer)
    if request.method == "POST" and (done := _settle(request, viewer, shown, form)):
        return done
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": wanted,
        "form": form,
        "page_obj": page,
        "rows": _rows(list(page.object_list), owners),
        "meets": any(row.target_id and row.part == Part.UNIT for row in page.object_list),
        "is_filtered": any(request.GET.get(name) for name in wanted.fields),
        "waits_elsewhere": not owners and waits_elsewhere(viewer),
        "picked": request.POST.getlist("ids"),
    }
    return render(request, "reorganisation/duties.html", context, status=422 if form.is_bound else 200)


def _deciding_viewer(request: Request) -> Viewer:
    """Who decides, among the units of the day on which the last of the decisions takes effect."""
    day = deciding_day(request.today)
    if day == request.today or request.known is not None:
        return acting_viewer(request)
    return viewer_of(request.user, day, today=request.today)


def _heir_form(request: Request, viewer: Viewer) -> HeirForm:
    form = HeirForm(request.POST if request.method == "POST" else None)
    units = units_on(viewer.day)
    if not viewer.administers_all:
        allowed = viewer.unit_ids(*DECIDERS)
        units = {key: unit for key, unit in units.items() if key in allowed}
    field = form.fields["heir"]
    assert isinstance(field, UnitField)
    field.offer(units, parents_on(viewer.day))
    return form


def _settle(
    request: Request, viewer: Viewer, shown: SuccessionQuerySet, form: HeirForm
) -> HttpResponse | None:
    """Give the chosen rows to the unit; None when something must be mended first."""
    chosen = shown if request.POST.get("everything") else shown.filter(pk__in=_numbers(request))
    ids = list(chosen.values_list("pk", flat=True))
    if not ids:
        form.add_error(None, gettext("Hãy chọn ít nhất một nghĩa vụ trong danh sách."))
    if not form.is_valid():
        return None
    at = moment(request)
    try:
        count = operations.settle(
            succession_ids=ids, unit_id=form.cleaned_data["heir"], viewer=viewer, at=at,
            meeting=form.which_holds(),
        )  # fmt: skip
    except operations.CannotSettle as refusal:
        form.add_error(None, str(refusal))
        return None
    _remember(request, form.cleaned_data["heir"], at)
    words = ngettext("Đã giao %(count)d nghĩa vụ.", "Đã giao %(count)d nghĩa vụ.", count)
    tell(request, words % {"count": count}, undo=reverse("succession_undo"))
    query = f"?{request.GET.urlencode()}" if shown.exists() else ""
    return redirect(f"{reverse('succession_list')}{query}")


def _numbers(request: Request) -> list[int]:
    return [int(one) for one in request.POST.getlist("ids") if one.isdecimal() and len(one) < 18]


def _remember(request: Request, unit: int, at: datetime) -> None:
    """Which rows were settled by this press, for taking it back."""
    rows = Succession.objects.filter(by=request.user, at=at, to_unit=unit)
    request.session[SETTLED] = list(rows.values_list("pk", flat=True))


@require_POST
@needs_a_role
def succession_undo(request: Request) -> HttpResponse:
    """What was given away last waits again."""
    ids = request.session.pop(SETTLED, None)
    if not ids:
        raise Http404
    try:
        operations.unsettle(succession_ids=ids, viewer=_deciding_viewer(request), at=moment(request))
    except operations.CannotSettle as refusal:
        warn(request, str(refusal))
    else:
        tell(request, gettext("Đã lấy lại; các nghĩa vụ ấy lại chờ quyết định."))
    return redirect("succession_list")


def _rows(rows: Sequence[Succession], owners: dict[int, UnitOnDay]) -> list[DutyRow]:
    met = met_by(rows)
    return [_row(row, owners, met.get(row.pk, ())) for row in rows]


def _row(row: Succession, owners: dict[int, UnitOnDay], met: Sequence[Met]) -> DutyRow:
    kind = next(name for name in SUBJECTS if getattr(row, f"{name}_id") is not None)
    title, url = _subject(row, kind)
    words = gettext("%(unit)s đã có: %(asked)s")
    there = tuple(words % {"unit": one.unit.name, "asked": _asked(one.target)} for one in met)
    asked = _asked(row.target) if row.target is not None else ""
    return DutyRow(row, str(KINDS[kind]), title, url, owners.get(row.from_unit_id), asked, there)


def _asked(target: Target) -> str:
    """What a target asks: "≤ 3 %, Năm 2018"."""
    asked = " ".join(
        filter(None, (plan_text(target.operator, target.low, target.high), target.indicator.unit_of_measure))
    )
    return f"{asked}, {span_label(target.period_start, target.period_end)}"


def _subject(row: Succession, kind: str) -> tuple[str, str]:
    if row.task is not None:
        return row.task.title, address_of("task_detail", row.task_id)
    if row.target is not None:
        return row.target.indicator.name, address_of("target_detail", row.target_id)
    if row.programme_duty is not None:
        document = row.programme_duty.document
        return str(document), address_of("document_detail", document.pk)
    if row.role_grant is not None:
        grant = row.role_grant
        return f"{grant.user} – {grant.get_role_display()}", ""
    return str(getattr(row, kind)), ""
