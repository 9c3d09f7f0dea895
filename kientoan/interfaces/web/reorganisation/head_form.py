"""The form of a decision's head: what it rests on, from which day, a note."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.documents.models import Document, DocumentState
from kientoan.domains.organisation.access import Viewer, visible_documents
from kientoan.domains.organisation.models import Decision
from kientoan.domains.reorganisation.written import day_out_of_range
from kientoan.engines.vietnamese import fold

from ..organisation.fields import DayField
from ..wording import day_text

SHOWN = 10


def basis_of(document: Document) -> str:
    """How a document is called as a legal basis: type, number, day, subject."""
    day = gettext("ngày %(day)s") % {"day": day_text(document.issued_date)} if document.issued_date else ""
    return " ".join(filter(None, (str(document), day, document.subject)))


def documents_named(text: str, viewer: Viewer) -> QuerySet[Document]:
    """Documents of the viewer's registers with all the words in number or subject, the latest first."""
    documents = visible_documents(viewer).exclude(state=DocumentState.WITHDRAWN)
    for word in fold(text).split():
        documents = documents.filter(Q(number__fold__contains=word) | Q(subject__fold__contains=word))
    return documents.select_related("type", "issuer").order_by("-issued_date", "-id")


class HeadForm(forms.Form):
    """A document of the register, or words, or both; and the day."""

    find = forms.CharField(
        label=_("Tìm văn bản trong sổ"),
        required=False,
        help_text=_("Gõ số hoặc vài chữ của trích yếu rồi bấm Tìm; không cần gõ dấu."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    document = forms.TypedChoiceField(
        label=_("Văn bản căn cứ"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    legal_basis = forms.CharField(
        label=_("Căn cứ, viết bằng lời"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: Nghị quyết số 1668/NQ-UBTVQH15. Để trống khi đã chọn văn bản."),
    )
    effective_date = DayField(
        label=_("Ngày có hiệu lực"),
        help_text=_("Từ ngày này các đơn vị mới hoạt động. Một quyết định chỉ có một ngày."),
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.looked_for = str(self["find"].value() or "").strip()
        self.found = list(self._found())
        field = self.fields["document"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *((document.pk, basis_of(document)[:300]) for document in self.found),
            ("", gettext("Không chọn văn bản trong sổ")),
        ]

    def _found(self) -> "list[Document]":
        """The document that is chosen already, then those looked for."""
        chosen = str(self["document"].value() or "")
        visible = visible_documents(self.viewer).select_related("type", "issuer")
        first = list(visible.filter(pk=chosen)) if chosen.isdecimal() else []
        found = documents_named(self.looked_for, self.viewer)[:SHOWN] if self.looked_for else []
        return first + [document for document in found if document not in first]

    def clean(self) -> dict[str, Any]:
        """Without words the chosen document names itself; one of the two is needed."""
        cleaned = super().clean() or self.cleaned_data
        if (day := cleaned.get("effective_date")) and (words := day_out_of_range(day)):
            self.add_error("effective_date", words[:1].upper() + words[1:])
        by_key = {document.pk: document for document in self.found}
        cleaned["document"] = by_key.get(cleaned.get("document") or 0)
        if not cleaned.get("legal_basis"):
            if cleaned["document"] is None:
                self.add_error("legal_basis", gettext("Hãy chọn một văn bản trong sổ, hoặc ghi căn cứ."))
            else:
                cleaned["legal_basis"] = basis_of(cleaned["document"])
        return cleaned

    def head(self) -> dict[str, Any]:
        """What the operations take."""
        names = ("legal_basis", "effective_date", "document", "note")
        return {name: self.cleaned_data[name] for name in names}


def initial_of(decision: Decision) -> dict[str, Any]:
    """What stands in the form when a draft is edited."""
    return {
        "document": decision.document_id,
        "legal_basis": decision.legal_basis,
        "effective_date": decision.effective_date,
        "note": decision.note,
        "row_version": decision.row_version,
    }
