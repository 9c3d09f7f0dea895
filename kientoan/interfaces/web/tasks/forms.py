"""Forms of tasks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kientoan.domains.documents.models import Document, PolicyField
from kientoan.domains.organisation.access import visible_documents
from kientoan.domains.organisation.queries import home_units_on, units_on
from kientoan.domains.plans.access import ASSIGNERS
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.operations.bulk import BulkAct, BulkChange
from kientoan.domains.plans.queries.handing import checking_unit_ids, posts_of

from ..http import Request
from ..widgets import DayInput, QuickSelect

MOST_BYTES = 50 * 1024 * 1024
MOST_FILES = 20
LINES = {"rows": 3}


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Evidence: up to 20 files, none empty, none above 50 MB."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files; a message names the one that is wrong."""
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(files) > MOST_FILES:
            words = ngettext("Mỗi lần gửi nhiều nhất %d tệp.", "Mỗi lần gửi nhiều nhất %d tệp.", MOST_FILES)
            raise forms.ValidationError(words % MOST_FILES)
        for one in files:
            if not one.size:
                raise forms.ValidationError(_("Tệp «%(name)s» rỗng; hãy chọn lại.") % {"name": one.name})
            if one.size > MOST_BYTES:
                words = _("Tệp «%(name)s» lớn hơn 50 MB; hãy nén hoặc tách ra.")
                raise forms.ValidationError(words % {"name": one.name})
        return files


class ReportForm(forms.Form):
    """How far it is, or that it is done."""

    percent = forms.IntegerField(
        label=gettext_lazy("Tiến độ (%)"),
        required=False,
        min_value=0,
        max_value=99,
        error_messages={"max_value": gettext_lazy("Việc đã xong thì bấm «Báo cáo hoàn thành».")},
    )
    note = forms.CharField(
        label=gettext_lazy("Đã làm được gì, còn vướng gì"), required=False, widget=forms.Textarea(LINES)
    )
    evidence = FilesField(
        label=gettext_lazy("Tệp minh chứng"),
        required=False,
        help_text=gettext_lazy("Văn bản, ảnh, bảng tính … mỗi tệp đến 50 MB."),
    )


class NoteForm(forms.Form):
    """Why, or what to say."""

    note = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea({"rows": 2}))


class TaskForm(forms.Form):
    """A task: its five clear things and its origin."""

    title = forms.CharField(label=gettext_lazy("Nội dung nhiệm vụ"), widget=forms.Textarea(LINES))
    output = forms.CharField(
        label=gettext_lazy("Sản phẩm"), required=False, help_text=gettext_lazy("Ví dụ: báo cáo, quyết định.")
    )
    assigner_unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị giao"), coerce=int, widget=QuickSelect)
    lead_unit = forms.TypedChoiceField(
        label=gettext_lazy("Đơn vị chủ trì"), required=False, coerce=int, empty_value=None, widget=QuickSelect
    )
    cooperating = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Đơn vị phối hợp"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    due_date = forms.DateField(label=gettext_lazy("Thời hạn"), required=False, widget=DayInput())
    deadline_text = forms.CharField(
        label=gettext_lazy("Thời hạn theo văn bản"), required=False, max_length=500
    )
    checker_post = forms.TypedChoiceField(
        label=gettext_lazy("Người kiểm tra"), required=False, coerce=int, empty_value=None, widget=QuickSelect
    )
    field = forms.TypedChoiceField(
        label=gettext_lazy("Lĩnh vực"), required=False, coerce=int, empty_value=None, widget=QuickSelect
    )
    document_number = forms.CharField(
        label=gettext_lazy("Căn cứ: số, ký hiệu văn bản"),
        required=False,
        help_text=gettext_lazy("Ví dụ: 168/KH-UBND. Văn bản phải có trong sổ."),
    )
    origin_note = forms.CharField(
        label=gettext_lazy("Căn cứ khác"),
        required=False,
        help_text=gettext_lazy("Ví dụ: kết luận giao ban ngày 25/6/2018."),
    )

    def __init__(self, request: Request, *args: Any, task: Task | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.document = request, None if task is None else task.document
        day, viewer = request.today, request.viewer
        units = home_units_on(day)
        everything = [(unit.id, unit.name) for unit in units.values()]
        allowed = viewer.unit_ids(*ASSIGNERS)
        assigners = [pair for pair in everything if pair[0] in allowed]
        first = next(iter(viewer.granted_ids(*ASSIGNERS)), None)
        assigner = task.assigner_unit_id if task else first
        self._choose("assigner_unit", assigners)
        self._choose("lead_unit", [("", _("Chưa chọn")), *everything])
        self._choose("cooperating", everything)
        posts = posts_of(checking_unit_ids(assigner, day), day) if assigner else []
        self._choose("checker_post", [("", _("Chưa chọn")), *((post.id, str(post)) for post in posts)])
        fields = PolicyField.objects.order_by("name").values_list("pk", "name")
        self._choose("field", [("", _("Chưa chọn")), *fields])
        if task is None:
            self.fields["assigner_unit"].initial = first
        else:
            self._for_editing(task, request)

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _for_editing(self, task: Task, request: Request) -> None:
        for name in ("assigner_unit", "document_number"):
            del self.fields[name]
        if task.handed_down_at:
            del self.fields["lead_unit"]
            self.fields["reason"] = forms.CharField(
                label=_("Lý do điều chỉnh"), required=False, help_text=_("Bắt buộc khi đổi thời hạn.")
            )
            if task.lead_unit_id:
                posts = posts_of([task.lead_unit_id], request.today)
                self.fields["post"] = forms.TypedChoiceField(
                    label=_("Người chịu trách nhiệm"), required=False, coerce=int, empty_value=None,
                    choices=[("", _("Chưa chọn")), *((post.id, str(post)) for post in posts)],
                )  # fmt: skip
        self.fields["row_version"] = forms.IntegerField(widget=forms.HiddenInput)

    def clean_document_number(self) -> str:
        """The number of one document that the viewer may read."""
        number = str(self.cleaned_data["document_number"]).strip()
        if number:
            found = list(
                visible_documents(self.request.viewer, Document.objects.filter(number__iexact=number))[:2]
            )
            if len(found) != 1:
                words = (
                    _("Có nhiều văn bản mang số này; hãy tạo nhiệm vụ từ trang của văn bản.")
                    if found
                    else _("Không có văn bản số này trong sổ; hãy kiểm tra lại, hoặc ghi ở «Căn cứ khác».")
                )
                raise forms.ValidationError(words)
            self.document = found[0]
        return number


class ImportForm(forms.Form):
    """A sheet of tasks."""

    assigner_unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị giao"), coerce=int, widget=QuickSelect)
    hand_down = forms.BooleanField(
        label=gettext_lazy("Giao ngay cho đơn vị chủ trì"),
        required=False,
        help_text=gettext_lazy("Không chọn: nhiệm vụ được chuẩn bị, chờ giao sau."),
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp Excel hoặc CSV"),
        error_messages={"empty": gettext_lazy("Tệp rỗng; hãy chọn lại.")},
    )

    def __init__(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_on(request.today, request.viewer.unit_ids(*ASSIGNERS))
        field = self.fields["assigner_unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(unit.id, unit.name) for unit in units.values()]
        field.initial = next(iter(request.viewer.granted_ids(*ASSIGNERS)), None)


class BulkForm(forms.Form):
    """What to do to many tasks."""

    act = forms.ChoiceField(
        label=gettext_lazy("Việc cần làm"),
        choices=[
            (BulkAct.HAND_DOWN, gettext_lazy("Giao xuống")),
            (BulkAct.DEADLINE, gettext_lazy("Đổi thời hạn")),
            (BulkAct.FIELD, gettext_lazy("Đặt lĩnh vực")),
            (BulkAct.URGE, gettext_lazy("Đôn đốc")),
            (BulkAct.CLOSE, gettext_lazy("Nghiệm thu, kết thúc")),
            (BulkAct.SUSPEND, gettext_lazy("Tạm dừng")),
        ],
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Giao cho"), required=False, coerce=int, empty_value=None, widget=QuickSelect
    )
    due_date = forms.DateField(label=gettext_lazy("Thời hạn mới"), required=False, widget=DayInput())
    field = forms.TypedChoiceField(
        label=gettext_lazy("Lĩnh vực"), required=False, coerce=int, empty_value=None, widget=QuickSelect
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú, lý do"), required=False, widget=forms.Textarea({"rows": 2})
    )

    NEEDS = {BulkAct.HAND_DOWN: ("unit",), BulkAct.DEADLINE: ("due_date",), BulkAct.FIELD: ("field",)}

    def __init__(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        act = self.data.get("act")
        needed = next((names for key, names in self.NEEDS.items() if key == act), ())
        for name in {"unit", "due_date", "field"} - set(needed):
            del self.fields[name]
        if "unit" in self.fields:
            units = home_units_on(request.today).values()
            own = _("Đơn vị chủ trì ghi ở từng nhiệm vụ")
            self._choose("unit", [("", own), *((unit.id, unit.name) for unit in units)])
        if "field" in self.fields:
            fields = PolicyField.objects.order_by("name").values_list("pk", "name")
            self._choose("field", [("", _("Bỏ trống")), *fields])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def change(self) -> BulkChange:
        """What the valid form asks for."""
        data = self.cleaned_data
        return BulkChange(
            act=BulkAct(data["act"]),
            unit_id=data.get("unit"),
            due_date=data.get("due_date"),
            field_id=data.get("field"),
            note=data.get("note", ""),
        )
