"""Codes of a unit by scheme, from a day on."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import require_organiser
from kientoan.domains.organisation.models import Unit, UnitCode

from ..http import Request
from ..notices import tell
from .edits import show_form, unit_on
from .fields import DayField
from .forms import first_day_after
from .refusals import explained
from .rights import acting_viewer
from .undoing import with_undo

SCHEMES = [
    ("gso", _("Mã đơn vị hành chính (Tổng cục Thống kê), ví dụ 916")),
    ("edxml", _("Mã định danh trong trao đổi văn bản, ví dụ H13.5")),
    ("budget", _("Mã đơn vị quan hệ với ngân sách, 7 chữ số")),
    ("tax", _("Mã số thuế, 10 chữ số, có thể thêm -001")),
]


class CodeForm(forms.Form):
    """A code in a scheme from a day."""

    scheme = forms.ChoiceField(label=_("Loại mã"), choices=SCHEMES)
    code = forms.CharField(label=_("Mã"), max_length=40)
    start = DayField(label=_("Từ ngày"))


class LastDayForm(forms.Form):
    """The last day of something."""

    last_day = DayField(label=_("Đến hết ngày"))


def code_add(request: Request, pk: int) -> HttpResponse:
    """From a day the unit has another code in a scheme."""
    viewer, shown = acting_viewer(request), unit_on(pk, request)
    require_organiser(viewer, pk)
    form = CodeForm(request.POST or None, initial={"start": request.today, "scheme": "edxml"})
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        unit, at = Unit.objects.get(pk=pk), timezone.now()
        with explained(form):
            code, undo = with_undo(lambda: operations.add_code(unit=unit, **data, viewer=viewer, at=at))
            tell(request, gettext("Đã ghi mã %(code)s.") % {"code": code}, undo=undo)
            return redirect("unit_detail", pk)
    return show_form(
        request, form, title=gettext("Ghi mã của %(name)s") % {"name": shown.name}, submit=gettext("Ghi mã"),
        lead=gettext("Mã cũ cùng loại kết thúc từ ngày ấy và vẫn còn cho những ngày trước. Mã đổi theo một "
                     "nghị quyết sắp xếp thì ghi trong quyết định sắp xếp."),
        back=reverse("unit_detail", args=[pk]),
    )  # fmt: skip


def code_end(request: Request, pk: int) -> HttpResponse:
    """The last day on which the unit has the code."""
    code = get_object_or_404(UnitCode, pk=pk)
    viewer = acting_viewer(request)
    require_organiser(viewer, code.unit_id)
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        end, at = first_day_after(form.cleaned_data["last_day"]), timezone.now()
        assert end is not None
        with explained(form):
            _row, undo = with_undo(lambda: operations.end_code(code=code, end=end, viewer=viewer, at=at))
            tell(request, gettext("Đã ghi ngày cuối của mã %(code)s.") % {"code": code}, undo=undo)
            return redirect("unit_detail", code.unit_id)
    return show_form(
        request, form, title=gettext("Kết thúc mã %(code)s") % {"code": code}, submit=gettext("Lưu"),
        back=reverse("unit_detail", args=[code.unit_id]),
    )  # fmt: skip
