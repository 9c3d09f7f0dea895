"""What was in force on a day, and what one document's page says of its validity."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kientoan.domains.documents import effects, in_force, queries
from kientoan.domains.documents.models import Document, Effect, EffectState

from ..http import Request
from .access import visible
from .forms import FilterForm

CHOICES = {
    "in_force": _("Còn hiệu lực"),
    "partial": _("Trong đó: một phần"),
    "unknown": _("Chưa rõ hiệu lực"),
    "not_yet": _("Chưa có hiệu lực"),
    "ended": _("Hết hiệu lực"),
}


@require_GET
def document_in_force(request: Request) -> HttpResponse:
    """The register as it held on the day looked at, with why each document does or does not."""
    documents = visible(request)
    form = FilterForm(request.GET, documents=documents, years=queries.years_of(documents), registers=[])
    wanted = replace(form.wanted(request.GET.get("sort", "")), state="", register=None)
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in CHOICES else "in_force"
    counts = in_force.count_on(documents, wanted, request.day)
    found = in_force.matching_on(documents, wanted, request.day, chosen)
    page = Paginator(found, queries.PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "rows": in_force.validity_rows(list(page.object_list), documents, request.day),
        "tabs": [(key, words, counts[key], key == chosen) for key, words in CHOICES.items()],
        "chosen": chosen,
        "is_filtered": replace(wanted, sort="") != queries.DocumentFilter(),
        "more_filters": any(request.GET.get(name) for name in ("issuer", "field")),
    }
    return render(request, "documents/in_force.html", context)


def validity_context(request: Request, document: Document, may_edit: bool) -> dict[str, Any]:
    """What the page of a document says of its validity, and what it asks of those who keep the register."""
    seen = visible(request)
    made = Effect.objects.filter(document=document, affected__in=seen, state=EffectState.CONFIRMED)
    asked = effects.proposals(document=document) if may_edit and document.state == "registered" else []
    suffered = effects.proposals(affected=document) if may_edit else []
    ids = {item.affected.pk for item in asked} | {item.document.pk for item in suffered}
    known = set(seen.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return {
        "validity": in_force.validity_of(document, seen, request.day),
        "effects_made": list(
            made.select_related("affected__type")
            .defer("affected__text", "affected__source_map")
            .order_by("pk")
        ),
        "effects_asked": [item for item in asked if item.affected.pk in known],
        "effects_suffered": [item for item in suffered if item.document.pk in known],
    }
