"""Headcount of a unit: given and present on the day, its past, the sums over what is under it."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kientoan.domains.documents.models import Document
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import (
    Viewer,
    may_organise,
    open_papers,
    require_organiser,
    visible_documents,
)
from kientoan.domains.organisation.models import Headcount, StaffKind, Unit
from kientoan.domains.organisation.queries import headcount_page, units_on

from ..http import Request
from ..notices import tell
from .edits import show_form, unit_on
from .fields import DayField, seen_values
from .refusals import explained
from .rights import acting_viewer, needs_a_role
from .undoing import with_undo

MOST = 1_000_000


class FiguresForm(forms.Form):
    """How many were given and are present; an empty box means not known."""

    assigned = forms.IntegerField(
        label=_("Biên chế giao"), required=False, min_value=0, max_value=MOST, show_hidden_initial=True,
        help_text=_("Chưa biết thì để trống, đừng nhập 0."),
    )  # fmt: skip
    present = forms.IntegerField(
        label=_("Có mặt"), required=False, min_value=0, max_value=MOST, show_hidden_initial=True,
    )  # fmt: skip
    legal_basis = forms.CharField(
        label=_("Căn cứ"), required=False, max_length=300, show_hidden_initial=True,
        help_text=_("Ví dụ: Quyết định 12/QĐ-UBND ngày 05/01/2018. Số, ký hiệu có trong sổ văn bản thì được "
                    "nối với văn bản."),
    )  # fmt: skip

    def figures(self, viewer: Viewer) -> operations.HeadcountFigures:
        """The cleaned figures; the legal basis becomes a link when it names one visible document."""
        data = self.cleaned_data
        basis = data["legal_basis"].strip()
        return operations.HeadcountFigures(data["assigned"], data["present"], basis, _named(basis, viewer))


def _named(basis: str, viewer: Viewer) -> Document | None:
    """The one document of the viewer whose number stands in the text."""
    words = {word.strip(".,;()") for word in basis.split() if "/" in word}
    found = list(visible_documents(viewer).filter(number__in=words)[:2]) if words else []
    return found[0] if len(found) == 1 else None


class HeadcountForm(FiguresForm):
    """Figures of one kind of staff from a day on."""

    kind = forms.ChoiceField(label=_("Loại"), choices=StaffKind.choices)
    start = DayField(label=_("Từ ngày"))
    field_order = ("kind", "assigned", "present", "start", "legal_basis")


@needs_a_role
def headcount_detail(request: Request, pk: int) -> HttpResponse:
    """Given, present and the difference on the day; all figures there ever were; the sums below."""
    unit = units_on(request.day, [pk]).get(pk)
    if unit is None:
        raise Http404
    page = headcount_page(pk, request.day)
    context = {
        "unit": unit,
        "page": page,
        "may_edit": may_organise(acting_viewer(request), pk),
        "documents": open_papers(request.viewer, (row.document_id for row in page.history)),
    }
    return render(request, "organisation/headcount.html", context)


def headcount_add(request: Request, pk: int) -> HttpResponse:
    """New figures of one kind from a day on; `?kind=` starts from those of the day."""
    viewer, shown = acting_viewer(request), unit_on(pk, request)
    require_organiser(viewer, pk)
    kind = request.GET.get("kind", StaffKind.CIVIL)
    now = Headcount.objects.on(request.today).filter(unit=pk, kind=kind).first()
    initial = {"start": request.today, "kind": kind, "assigned": now.assigned if now else None}
    form = HeadcountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data, figures, at = form.cleaned_data, form.figures(viewer), timezone.now()
        unit = Unit.objects.get(pk=pk)
        with explained(form):
            row, undo = with_undo(
                lambda: operations.set_headcount(
                    unit=unit, kind=data["kind"], figures=figures, start=data["start"], viewer=viewer, at=at
                )
            )
            tell(request, gettext("Đã ghi số của %(kind)s.") % {"kind": row.get_kind_display()}, undo=undo)
            return redirect("headcount_detail", pk)
    return show_form(
        request, form, title=gettext("Ghi biên chế của %(name)s") % {"name": shown.name},
        lead=gettext("Số của chính đơn vị, không cộng đơn vị trực thuộc. Số cũ vẫn giữ cho ngày trước."),
        submit=gettext("Ghi"), back=reverse("headcount_detail", args=[pk]),
    )  # fmt: skip


def headcount_correct(request: Request, pk: int) -> HttpResponse:
    """Correct figures; their days stay."""
    row = get_object_or_404(Headcount, pk=pk)
    viewer, back = acting_viewer(request), reverse("headcount_detail", args=[row.unit_id])
    require_organiser(viewer, row.unit_id)
    initial = {"assigned": row.assigned, "present": row.present, "legal_basis": row.legal_basis}
    form = FiguresForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        figures, seen, at = form.figures(viewer), seen_values(form), timezone.now()
        with explained(form):
            _row, undo = with_undo(
                lambda: operations.correct_headcount(
                    headcount=row, figures=figures, seen=seen, viewer=viewer, at=at
                )
            )
            tell(request, gettext("Đã đính chính."), undo=undo)
            return redirect(back)
    title = gettext("Đính chính biên chế: %(kind)s") % {"kind": row.get_kind_display()}
    lead = gettext("Chỉ sửa chỗ viết sai; thời gian giữ nguyên.")
    return show_form(request, form, title=title, lead=lead, submit=gettext("Lưu"), back=back)


@require_POST
def headcount_remove(request: Request, pk: int) -> HttpResponse:
    """Remove figures entered by mistake; those before them hold on."""
    row = get_object_or_404(Headcount, pk=pk)
    viewer, at = acting_viewer(request), timezone.now()
    _row, undo = with_undo(lambda: operations.remove_headcount(headcount=row, viewer=viewer, at=at))
    tell(request, gettext("Đã bỏ số ấy; số trước đó được giữ tiếp."), undo=undo)
    return redirect("headcount_detail", row.unit_id)
