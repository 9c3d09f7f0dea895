"""The page that shows every component once, for eyes and tests; only while developing."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from . import statuses
from .widgets import DayInput, NumberField


class _SampleForm(forms.Form):
    """One field of each kind, for the page of components."""

    title = forms.CharField(label="Nội dung nhiệm vụ", widget=forms.Textarea(attrs={"rows": 3}))
    due_date = forms.DateField(
        label="Thời hạn", help_text="Ví dụ 31/12/2018", required=False,
        widget=DayInput(),
    )  # fmt: skip
    unit = forms.ChoiceField(label="Đơn vị chủ trì", choices=[("", "Chọn đơn vị"), ("1", "Sở Y tế")])
    kind = forms.ChoiceField(
        label="Loại số liệu", widget=forms.RadioSelect, choices=[("estimate", "Ước"), ("final", "Chính thức")]
    )
    urgent = forms.BooleanField(label="Văn bản khẩn", required=False)
    value = NumberField(label="Giá trị", help_text="Phần thập phân sau dấu phẩy: 7,25")


@login_not_required
def style(request: HttpRequest) -> HttpResponse:
    """Every component on one page; only while developing."""
    if not settings.DEBUG:
        raise Http404
    today = request.today  # type: ignore[attr-defined]
    page = Paginator(range(200), 20).get_page(request.GET.get("page", 4))
    return render(
        request,
        "style.html",
        {
            "form": _SampleForm(),
            "wrong": _SampleForm({"wrong-title": "", "wrong-value": "bảy"}, prefix="wrong"),
            "looks": statuses.LOOKS,
            "page_obj": page,
            "changes": [("Thời hạn", "30/06/2018", "15/07/2018"), ("Sản phẩm", "–", "Báo cáo")],
            "own": ["Đề nghị lùi thời hạn vì chưa có hướng dẫn của Bộ Nội vụ."],
            "version_now": 4,
            "value": Decimal("1234567.5"),
            "soon": today + timedelta(days=3),
            "late": today - timedelta(days=5),
            "rows": [(f"Nhiệm vụ số {n}", n * 7 % 100, today + timedelta(days=n - 3)) for n in range(1, 7)],
        },
    )
