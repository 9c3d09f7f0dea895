"""Deciding what a document does to the validity of others: confirm, refuse, correct, take back, by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Upper
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kientoan.domains.documents import effects
from kientoan.domains.documents.in_force import validity_of
from kientoan.domains.documents.models import (
    Citation,
    Document,
    DocumentState,
    Effect,
    EffectKind,
    EffectState,
)
from kientoan.domains.documents.rules import normal_number
from kientoan.domains.organisation import registering, validity

from .. import notices
from ..http import Request
from ..widgets import DayInput
from .access import document_for, visible

ACTS, SUFFERS = "acts", "suffers"


class EffectForm(forms.Form):
    """What is done, to which parts, from which day."""

    kind = forms.ChoiceField(label=gettext_lazy("Tác động"), choices=EffectKind.choices)
    parts = forms.CharField(
        label=gettext_lazy("Phần bị tác động"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Ví dụ: khoản 2 Điều 5. Để trống nếu là cả văn bản."),
    )
    from_date = forms.DateField(
        label=gettext_lazy("Từ ngày"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Để trống nếu chưa rõ; hiệu lực khi ấy hiện là chưa rõ."),
    )


class NewEffectForm(EffectForm):
    """The same with the other document, named by its number."""

    direction = forms.ChoiceField(
        label=gettext_lazy("Ai tác động ai"),
        choices=[
            (ACTS, gettext_lazy("Văn bản này tác động đến văn bản khác")),
            (SUFFERS, gettext_lazy("Văn bản khác tác động đến văn bản này")),
        ],
        initial=ACTS,
        widget=forms.RadioSelect,
    )
    number = forms.CharField(label=gettext_lazy("Số, ký hiệu của văn bản kia"), max_length=60)
    other = forms.ModelChoiceField(
        Document.objects.none(),
        label=gettext_lazy("Là văn bản nào"),
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("direction", "number", "other")

    def __init__(self, *args: Any, documents: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs["autocomplete"] = "off"
        self.found = documents.none()
        if self.is_bound:
            number = normal_number(str(self.data.get("number", ""))).upper()
            named = documents.annotate(upper_number=Upper("number")).filter(upper_number=number)
            self.found = named.filter(state=DocumentState.REGISTERED).select_related("type", "issuer")
        field = self.fields["other"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = self.found
        field.empty_label = None

    def clean(self) -> dict[str, Any]:
        """Exactly one document of the number, or one chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("number") and not cleaned.get("other"):
            documents = list(self.found[:2])
            if not documents:
                self.add_error(
                    "number",
                    _("Trong sổ không có văn bản số này. Kiểm tra lại số, hoặc vào sổ văn bản ấy trước."),
                )
            elif len(documents) > 1:
                self.add_error("other", _("Có nhiều văn bản mang số này. Chọn một."))
            else:
                cleaned["other"] = documents[0]
        return cleaned


def _back(pk: int) -> str:
    return reverse("document_detail", args=[pk]) + "#hieu-luc"


@require_http_methods(["GET", "POST"])
def effect_add(request: Request, pk: int) -> HttpResponse:
    """Enter an effect by hand, or correct what was proposed before confirming (`?citation=`)."""
    document = document_for(request, pk)
    registering.require(request.viewer, document, *registering.CLERKS)
    others = visible(request).exclude(pk=pk)
    form = NewEffectForm(request.POST or None, documents=others, initial=_proposed(request, document))
    if form.is_valid():
        said = form.cleaned_data
        pair = (document, said["other"]) if said["direction"] == ACTS else (said["other"], document)
        try:
            effect = validity.set_effect(
                viewer=request.viewer, document=pair[0], affected=pair[1], at=timezone.now(),
                said=effects.Said(said["kind"], said["parts"], said["from_date"]),
            )  # fmt: skip
        except effects.SameEffect:
            form.add_error(None, _("Tác động này đã được ghi. Mở nó ra để sửa."))
        else:
            _told(request, effect)
            return redirect(_back(pk))
    context = {
        "document": document,
        "form": form,
        "ambiguous": bool(form.is_bound and form.errors.get("other")),
    }
    return render(request, "documents/effect.html", context, status=422 if form.errors else 200)


def _proposed(request: Request, document: Document) -> dict[str, Any]:
    """The values of the proposal named in the address."""
    wanted = request.GET.get("citation", "")
    for item in effects.proposals(document=document) if wanted else []:
        if str(item.citation.pk) == wanted:
            return {
                "direction": ACTS, "number": item.affected.number, "kind": item.kind,
                "parts": item.parts, "from_date": item.from_date,
            }  # fmt: skip
    return {"direction": ACTS, "from_date": document.effective_date}


def _told(request: Request, effect: Effect) -> None:
    undo = reverse("effect_remove", args=[effect.pk])
    if effect.state == EffectState.REFUSED:
        notices.tell(request, _("Đã ghi: không phải. Sẽ không hỏi lại."), undo=undo)
    else:
        notices.tell(request, _("Đã xác nhận tác động về hiệu lực."), undo=undo)


@require_POST
def effect_decide(request: Request, pk: int) -> HttpResponse:
    """Confirm or refuse a proposal as it stands; `pk` is the document whose page it is shown on."""
    page = document_for(request, pk)
    citation = get_object_or_404(
        Citation.objects.select_related("document"), pk=request.POST.get("citation") or 0
    )
    document = document_for(request, citation.document_id)
    proposal = next(
        (item for item in effects.proposals(document=document) if item.citation.pk == citation.pk), None
    )
    if proposal is None or not visible(request).filter(pk=proposal.affected.pk).exists():
        notices.warn(request, _("Đề xuất này đã được quyết định."))
        return redirect(_back(page.pk))
    refused = request.POST.get("act") == "refuse"
    effect = validity.set_effect(
        viewer=request.viewer, document=document, affected=proposal.affected, citation=citation,
        said=effects.Said(proposal.kind, proposal.parts, proposal.from_date), at=timezone.now(),
        state=EffectState.REFUSED if refused else EffectState.CONFIRMED,
    )  # fmt: skip
    _told(request, effect)
    return redirect(_back(page.pk))


def _effect_for(request: Request, pk: int) -> Effect:
    """An effect between documents that the viewer may both see; 404 otherwise."""
    seen = visible(request)
    found = Effect.objects.filter(document__in=seen, affected__in=seen).select_related(
        "document__type", "affected__type"
    )
    effect = get_object_or_404(found, pk=pk)
    if not validity.may_decide(request.viewer, effect.document, effect.affected) and request.method == "GET":
        registering.require(request.viewer, effect.document, *registering.CLERKS)
    return effect


@require_http_methods(["GET", "POST"])
def effect_edit(request: Request, pk: int) -> HttpResponse:
    """Correct an effect; two people at once: the second sees what changed."""
    effect = _effect_for(request, pk)
    initial = {"kind": effect.kind, "parts": effect.parts, "from_date": effect.from_date}
    form = EffectForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            validity.edit_effect(
                viewer=request.viewer, effect=effect, at=timezone.now(),
                row_version=int(request.POST.get("row_version") or 0), said=effects.Said(**form.cleaned_data),
            )  # fmt: skip
        except effects.SameEffect:
            form.add_error(None, _("Tác động này đã được ghi. Mở nó ra để sửa."))
        else:
            notices.tell(request, _("Đã lưu."))
            return redirect(_back(effect.document_id))
    context = {"effect": effect, "document": effect.document, "form": form}
    return render(request, "documents/effect.html", context, status=422 if form.errors else 200)


@require_POST
def effect_remove(request: Request, pk: int) -> HttpResponse:
    """Take a decision about an effect back."""
    effect = _effect_for(request, pk)
    validity.remove_effect(viewer=request.viewer, effect=effect, at=timezone.now())
    notices.tell(request, _("Đã lấy lại quyết định về hiệu lực."))
    return redirect(_back(effect.document_id))


@require_POST
def first_day_keep(request: Request, pk: int) -> HttpResponse:
    """Keep the first day that the text itself gives; sent once more with `back` it is unknown again."""
    document = document_for(request, pk)
    row = validity_of(document, visible(request), request.day)
    taking_back = "back" in request.GET
    day = None if taking_back else (row.clause.day if row and row.clause else None)
    if day is None and not taking_back:
        raise Http404
    validity.set_first_day(viewer=request.viewer, document=document, day=day, at=timezone.now())
    if taking_back:
        notices.tell(request, _("Ngày hiệu lực lại là chưa rõ."))
    else:
        undo = reverse("first_day_keep", args=[pk]) + "?back=1"
        notices.tell(request, _("Đã ghi ngày hiệu lực."), undo=undo)
    if request.POST.get("next") == "list":
        return redirect(reverse("document_in_force") + "?show=unknown")
    return redirect(_back(pk))
