"""The reading page: the document with everything found in it, and the list to decide."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kientoan.domains.documents.models import Document, Passage, PassageState, Provision
from kientoan.domains.documents.passages import last_decision
from kientoan.domains.plans.models import Task
from kientoan.domains.plans.proposals import MATRIX, Proposer

from ..http import Request
from .access import document_for, passage_for
from .panel import FILTERS, PAGE, counts_of, items_of, passages_of, rights_of, tabs_of
from .rendering import Head, render_paper


@require_GET
def document_read(request: Request, pk: int) -> HttpResponse:
    """The document as one reads it, beside it the list to confirm."""
    document = document_for(request, pk)
    parts = Provision.objects.filter(document=document).order_by("start", "id")
    provisions = list(parts.only("eid", "kind", "number", "heading", "start", "end"))
    passages = list(
        Passage.objects.filter(document=document)
        .only("kind", "start", "end", "state", "confidence", "rule")
        .order_by("start", "pk")
    )
    counts = counts_of(document, passages)
    if "rules" in request.GET:
        request.session[SHOW_RULES] = request.GET["rules"] == "1"
    context = {
        "has_matrix": any(item.rule == MATRIX and item.state != PassageState.DROPPED for item in passages),
        **_panel(request, document, counts),
        "paper": render_paper(
            document.text,
            passages,
            provisions,
            document.source_map,
            Head(document.subject, document.signer, document.signer_title),
        ),
        "pinned": _pinned(request, document),
        "outline": [item for item in provisions if item.kind in OUTLINE][:200],
    }
    return render(request, "documents/read.html", context)


SHOW_RULES = "show_rules"  # in the session: whether the list says how sure and by which rule
OUTLINE = {"phan", "chuong", "muc", "la_ma", "phu_luc"}


def _panel(request: Request, document: Document, counts: dict[str, int]) -> dict[str, Any]:
    """The list: its filter, one page of items, what the viewer may do."""
    rights = rights_of(request, document)
    default = "can" if counts["can"] and rights.edit else "task"
    chosen = request.GET.get("loc") or default
    chosen = chosen if chosen in FILTERS else default
    page = Paginator(passages_of(document, chosen), PAGE).get_page(request.GET.get("trang"))
    waiting = (
        Task.objects.filter(document=document, handed_down_at=None, parent=None) if rights.decide else None
    )
    return {
        "document": document,
        "rights": rights,
        "chosen": chosen,
        "tabs": tabs_of(counts, chosen),
        "counts": counts,
        "page_obj": page,
        "items": items_of(request, document, list(page.object_list)),
        "can_undo": rights.edit and last_decision(document=document, by=request.user) is not None,
        "to_hand_down": waiting.count() if waiting is not None else 0,
        "show_rules": request.session.get(SHOW_RULES, False),
    }


def _pinned(request: Request, document: Document) -> Any:
    """The passage named in the address (`?doan=12`), shown above the list."""
    key = request.GET.get("doan", "")
    passage = document.passages.filter(pk=key).first() if key.isdecimal() else None
    return items_of(request, document, [passage])[0] if passage is not None else None


@require_GET
def passage_list(request: Request, pk: int) -> HttpResponse:
    """The next page of the list."""
    document = document_for(request, pk)
    return render(request, "documents/_items.html", _panel(request, document, counts_of(document)))


@require_GET
def passage_item(request: Request, pk: int) -> HttpResponse:
    """One passage of the list, for the place where it is shown."""
    passage = passage_for(request, pk)
    return render(request, "documents/_item.html", item_context(request, passage))


def item_context(request: Request, passage: Passage, proposer: Proposer | None = None) -> dict[str, Any]:
    """What `_item.html` needs for one passage."""
    document = passage.document
    return {
        "document": document,
        "rights": rights_of(request, document),
        "item": items_of(request, document, [passage], proposer)[0],
        "is_proposed": passage.state == PassageState.PROPOSED,
        "show_rules": request.session.get(SHOW_RULES, False),
    }
