"""Forms of the register: files, the head of a document, the filter of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kientoan.domains.documents.models import (
    Document,
    DocumentState,
    DocumentType,
    Issuer,
    PolicyField,
    Urgency,
)
from kientoan.domains.documents.operations import HeadFields, get_or_create_issuer, head_of
from kientoan.domains.documents.queries import WAITING, DocumentFilter
from kientoan.domains.language.lookups import SortKey
from kientoan.domains.organisation.queries import UnitOnDay

from ..widgets import DayInput

UNKNOWN = _("Chưa rõ")
EVERYTHING = _("Tất cả")


def _offer(form: forms.Form, name: str, offered: Any) -> None:
    """Give a field what it offers: records or choices."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = offered
    elif isinstance(field, forms.ChoiceField):
        field.choices = offered


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of files; each is judged for itself later, so an empty one does not spoil the others."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files as a list; none at all is an error where the field is required."""
        files = [item for item in (data if isinstance(data, list | tuple) else [data]) if item]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Several at once."""
        return {**super().widget_attrs(widget), "multiple": True}


class RegisterForm(forms.Form):
    """In whose register; asked only when the person writes more than one."""

    unit = forms.TypedChoiceField(label=_("Sổ văn bản của"), coerce=int)

    def __init__(self, *args: Any, registers: list[UnitOnDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        _offer(self, "unit", [(unit.id, unit.name) for unit in registers])
        if len(registers) == 1:
            field.widget = forms.HiddenInput()
        if registers:
            field.initial = registers[0].id


class UploadForm(RegisterForm):
    """Files to read, or pasted text."""

    file = ManyFilesField(label=_("Tệp văn bản"), required=False)
    text = forms.CharField(
        label=_("Hoặc dán nội dung văn bản"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        """Something has to be given."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not (cleaned.get("text") or "").strip():
            raise forms.ValidationError(_("Chọn ít nhất một tệp, hoặc dán nội dung văn bản vào ô dưới."))
        return cleaned


class HeadForm(forms.Form):
    """The head of a document. Type, issuer and subject are needed once it stands in the register."""

    type = forms.ModelChoiceField(DocumentType.objects.none(), label=_("Loại văn bản"), empty_label=UNKNOWN)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, required=False)
    issuer = forms.CharField(
        label=_("Cơ quan ban hành"),
        max_length=255,
        widget=forms.TextInput(attrs={"list": "issuers", "autocomplete": "off"}),
    )
    issued_date = forms.DateField(label=_("Ngày ban hành"), required=False, widget=DayInput())
    subject = forms.CharField(label=_("Trích yếu"), widget=forms.Textarea(attrs={"rows": 3}))
    signer = forms.CharField(label=_("Người ký"), max_length=200, required=False)
    signer_title = forms.CharField(label=_("Chức vụ người ký"), max_length=300, required=False)
    effective_date = forms.DateField(label=_("Ngày hiệu lực"), required=False, widget=DayInput())
    expiry_date = forms.DateField(label=_("Ngày hết hiệu lực"), required=False, widget=DayInput())
    field = forms.ModelChoiceField(
        PolicyField.objects.none(), label=_("Lĩnh vực"), required=False, empty_label=UNKNOWN
    )
    urgency = forms.ChoiceField(label=_("Độ khẩn"), choices=Urgency.choices)

    def __init__(self, *args: Any, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "type", DocumentType.objects.order_by(SortKey("name")))
        _offer(self, "field", PolicyField.objects.order_by(SortKey("name")))
        for name in ("type", "issuer", "subject"):
            self.fields[name].required = not draft

    @classmethod
    def initial_of(cls, document: Document) -> dict[str, Any]:
        """The fields of a document as they stand."""
        head = head_of(document)
        values = {name: getattr(head, name) for name in cls.base_fields}
        return {**values, "issuer": head.issuer.name if head.issuer else ""}

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned: dict[str, Any] = super().clean() or {}
        effective, expiry = cleaned.get("effective_date"), cleaned.get("expiry_date")
        if effective and expiry and expiry < effective:
            self.add_error(
                "expiry_date", _("Ngày hết hiệu lực đứng trước ngày hiệu lực. Kiểm tra lại hai ngày này.")
            )
        return cleaned

    def head(self) -> HeadFields:
        """The head as entered; a new issuer is made when none has the name."""
        values = {name: self.cleaned_data[name] for name in HeadForm.base_fields}
        name = values.pop("issuer").strip()
        return HeadFields(issuer=get_or_create_issuer(name=name) if name else None, **values)


class EntryForm(HeadForm, RegisterForm):
    """A document registered by hand, with its number and day of arrival."""

    arrival_number = forms.IntegerField(label=_("Số đến"), required=False, min_value=1)
    arrival_date = forms.DateField(label=_("Ngày đến"), required=False, widget=DayInput())

    field_order = ("unit",)


class AttachForm(forms.Form):
    """The file of a document that has none yet."""

    file = forms.FileField(label=_("Tệp văn bản"), allow_empty_file=True)


class FilterForm(forms.Form):
    """The filter of the list; a wrong value is as good as none."""

    q = forms.CharField(label=_("Tìm trong số, trích yếu, cơ quan"), required=False)
    type = forms.ModelChoiceField(
        DocumentType.objects.none(), label=_("Loại"), required=False, empty_label=EVERYTHING
    )
    issuer = forms.ModelChoiceField(
        Issuer.objects.none(), label=_("Cơ quan ban hành"), required=False, empty_label=EVERYTHING
    )
    field = forms.ModelChoiceField(
        PolicyField.objects.none(), label=_("Lĩnh vực"), required=False, empty_label=EVERYTHING
    )
    year = forms.TypedChoiceField(label=_("Năm"), coerce=int, required=False, empty_value=None)
    state = forms.ChoiceField(label=_("Tình trạng"), required=False)
    register = forms.TypedChoiceField(label=_("Sổ của đơn vị"), coerce=int, required=False, empty_value=None)

    def __init__(
        self,
        *args: Any,
        documents: QuerySet[Document],
        years: list[int],
        registers: list[UnitOnDay],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        seen = documents.order_by()
        for name, model in (("type", DocumentType), ("issuer", Issuer), ("field", PolicyField)):
            used = model._default_manager.filter(pk__in=seen.values(name))
            _offer(self, name, used.order_by(SortKey("name")))
        _offer(self, "year", [("", EVERYTHING), *[(year, str(year)) for year in years]])
        _offer(self, "state", [("", EVERYTHING), (WAITING, _("Chờ xác nhận")), *DocumentState.choices])
        _offer(self, "register", [("", EVERYTHING), *[(unit.id, unit.name) for unit in registers]])

    def wanted(self, sort: str) -> DocumentFilter:
        """The filter, wrong values left out."""
        self.is_valid()
        found = self.cleaned_data

        def key(name: str) -> int | None:
            return found[name].pk if found.get(name) else None

        return DocumentFilter(
            text=found.get("q") or "",
            type=key("type"),
            issuer=key("issuer"),
            field=key("field"),
            year=found.get("year"),
            state=found.get("state") or "",
            register=found.get("register"),
            sort=sort,
        )
