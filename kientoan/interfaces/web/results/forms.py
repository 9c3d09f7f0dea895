"""Forms of figures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kientoan.domains.results.access import REPORTERS
from kientoan.domains.results.models import SubmissionState, Vintage

from ..http import Request
from .fields import PeriodField, unit_choices

MOST_BYTES = 50 * 1024 * 1024


class OpenForm(forms.Form):
    """Which figures to enter: whose, for which period, how settled."""

    unit = forms.TypedChoiceField(label=_("Đơn vị báo cáo"), coerce=int)
    period = PeriodField()
    vintage = forms.ChoiceField(label=_("Loại số liệu"), choices=Vintage.choices)

    def __init__(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = unit_choices(request, request.viewer.unit_ids(*REPORTERS))
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]


class ListFilter(forms.Form):
    """Which submissions to list."""

    unit = forms.TypedChoiceField(label=_("Đơn vị"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[("", _("Mọi trạng thái")), *SubmissionState.choices]
    )

    def __init__(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = request.viewer.unit_ids() | request.viewer.above_unit_ids
        choices = unit_choices(request, seen, str(_("Mọi đơn vị")))
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]


class SourceForm(forms.Form):
    """Where the figures come from."""

    source = forms.CharField(label=_("Nguồn số liệu"), required=False, max_length=300)
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea({"rows": 2}))
    file = forms.FileField(label=_("Tệp minh chứng"), required=False, help_text=_("Một tệp, đến 50 MB."))

    def clean_file(self) -> UploadedFile[Any] | None:
        """The file, when it is not too big."""
        return checked_file(self.cleaned_data["file"])


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea({"rows": 3}), max_length=2000)


class ImportForm(forms.Form):
    """The file of figures and the unit that reports it."""

    unit = forms.TypedChoiceField(label=_("Đơn vị báo cáo"), coerce=int)
    file = forms.FileField(
        label=_("Tệp số liệu"),
        required=False,
        help_text=_("Tệp Excel (.xlsx, .xls, .ods) hoặc CSV, đến 50 MB."),
    )
    text = forms.CharField(
        label=_("Hoặc dán bảng chép từ Excel"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Chép cả dòng tiêu đề."),
    )

    def __init__(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = unit_choices(request, request.viewer.unit_ids(*REPORTERS))
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile[Any] | None:
        """The file, when it is not too big."""
        return checked_file(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not data.get("text", "").strip():
            raise forms.ValidationError(_("Hãy chọn một tệp, hoặc dán bảng vào ô bên dưới."))
        return data


class TemplateForm(OpenForm):
    """For which unit and period to make the sheet that people fill in."""


def checked_file(upload: UploadedFile[Any] | None) -> UploadedFile[Any] | None:
    """The upload, unless it is above 50 MB."""
    if upload is not None and upload.size is not None and upload.size > MOST_BYTES:
        words = _("Tệp «%(name)s» lớn hơn 50 MB; hãy tách thành nhiều tệp.")
        raise forms.ValidationError(words % {"name": upload.name})
    return upload
