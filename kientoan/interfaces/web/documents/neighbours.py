"""The documents around one: their picture, and the full list of what cites it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kientoan.domains.documents import relations
from kientoan.domains.documents.models import Citation, Document, Relation
from kientoan.domains.documents.relations import Link, Node, RelationGraph

from ..http import Request
from ..layered import Box, Drawing, Joint, Text, below, beside, wrapped
from ..wording import day_text
from .access import document_for, visible

PAGE = 30
MOST = 8  # boxes of one column before the rest is folded into one
UNFOLDED = 60
MORE = "more"  # begins the key of a box that stands for many


@require_GET
def relation_graph(request: Request, pk: int) -> HttpResponse:
    """The documents around this one as a picture and as a list."""
    document = document_for(request, pk)
    chosen = request.GET.get("relation", "")
    chosen = chosen if chosen in Relation.values else ""
    steps = 2 if request.GET.get("steps") == "2" else 1
    whole = request.GET.get("all") == "1"
    graph = relations.relation_graph(
        document, visible(request), steps=steps, relations=[chosen] if chosen else []
    )
    wide, narrow = drawings(graph, UNFOLDED if whole else MOST, _unfold_url(request))
    context = {
        "document": document,
        "graph": graph,
        "wide": wide,
        "narrow": narrow,
        "columns": listed(graph),
        "chosen": chosen,
        "relations": Relation.choices,
        "steps": steps,
        "whole": whole,
    }
    return render(request, "documents/graph.html", context)


def _unfold_url(request: Request) -> str:
    query = request.GET.copy()
    query["all"] = "1"
    return f"?{query.urlencode()}"


def drawings(graph: RelationGraph, most: int, unfold: str) -> tuple[Drawing, Drawing]:
    """The picture for a wide window and the one for a phone."""
    shown, folded = _folded(graph, most)
    words = {link.cited if _is_left(graph, link) else link.citing: link for link in graph.links}
    boxes = [_box(node, words.get(node.key)) for node in shown]
    boxes += [
        Box(f"{MORE}{step}", step, (Text(_more_words(number)),), unfold, "more")
        for step, number in folded.items()
    ]
    joints = _joints(graph, {node.key for node in shown}, folded)
    return beside(boxes, joints), below(boxes, joints)


def _more_words(number: int) -> str:
    return _("… và %(number)s văn bản nữa") % {"number": number}


def _folded(graph: RelationGraph, most: int) -> tuple[list[Node], dict[int, int]]:
    """The nodes to draw, and step → how many more there are."""
    shown: list[Node] = []
    folded: dict[int, int] = {}
    for step in sorted({node.step for node in graph.nodes}, key=abs):
        column = [node for node in graph.on(step) if abs(step) < 2 or _inner(graph, node, shown)]
        room = most if len(column) > most + 1 else len(column)
        shown += column[:room]
        if len(column) > room:
            folded[step] = len(column) - room
    return shown, folded


def _inner(graph: RelationGraph, node: Node, shown: list[Node]) -> bool:
    """Whether a document two steps away hangs on one that is drawn."""
    keys = {item.key for item in shown}
    return any(
        (link.cited == node.key and link.citing in keys) or (link.citing == node.key and link.cited in keys)
        for link in graph.links
    )


def _is_left(graph: RelationGraph, link: Link) -> bool:
    return next(node.step for node in graph.nodes if node.key == link.cited) < 0


def _joints(graph: RelationGraph, keys: set[str], folded: dict[int, int]) -> list[Joint]:
    found = [
        Joint(link.cited, link.citing, link.relation)
        for link in graph.links
        if link.cited in keys and link.citing in keys
    ]
    for step in folded:
        if abs(step) == 1:
            key = f"{MORE}{step}"
            ends = (key, graph.centre.key) if step < 0 else (graph.centre.key, key)
            found.append(Joint(*ends, css="more"))
    return found


def _box(node: Node, link: Link | None) -> Box:
    document = node.document
    subject = document.subject if document else ""
    relation = Relation(link.relation).label if link else ""
    texts = [
        *([Text(str(relation), "relation")] if relation else []),
        *(Text(row, "title") for row in wrapped(node.title, 2, 28)),
        *([Text(day_text(node.day), "day")] if node.day else []),
        *(Text(row, "subject") for row in wrapped(subject, 2)),
    ]
    url = reverse("document_detail", args=[document.pk]) if document and node.step else ""
    css = "centre" if not node.step else "known" if document else "unknown"
    label = f"{node.title}. {subject}".strip(". ")
    return Box(node.key, node.step, tuple(texts), url, css, label, is_centre=not node.step)


def listed(graph: RelationGraph) -> list[dict[str, Any]]:
    """The same as the picture in words: each side with its documents and their relations."""
    titles = {
        -1: _("Văn bản này dựa trên"),
        1: _("Dựa trên văn bản này"),
        -2: _("Các văn bản bên trái dựa trên"),
        2: _("Dựa trên các văn bản bên phải"),
    }
    names = {node.key: node.title for node in graph.nodes}
    columns = []
    for step, title in titles.items():
        rows = []
        for node in graph.on(step):
            links = [link for link in graph.links if (link.cited if step < 0 else link.citing) == node.key]
            rows.append(
                {
                    "node": node,
                    "links": [(link, names[link.citing if step < 0 else link.cited]) for link in links],
                    "words": [Relation(item).label for link in links[:1] for item in link.relations],
                    "times": sum(link.times for link in links),
                }
            )
        if rows:
            columns.append({"step": step, "title": title, "rows": rows})
    return columns


@require_GET
def document_cited_by(request: Request, pk: int) -> HttpResponse:
    """Every place where a document that the viewer may see cites this one, with the sentence."""
    document = document_for(request, pk)
    chosen = request.GET.get("relation", "")
    chosen = chosen if chosen in Relation.values else ""
    rows = relations.citations_of(document, visible(request), chosen)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "document": document,
        "page_obj": page,
        "quotes": _by_document(
            relations.quoted(rows[page.start_index() - 1 : page.end_index()] if page else rows.none())
        ),
        "chosen": chosen,
        "relations": Relation.choices,
        "hidden": _hidden(document, request),
    }
    return render(request, "documents/cited_by.html", context)


def _hidden(document: Document, request: Request) -> int:
    """How many documents that cite this one the viewer may not see."""
    rows = Citation.objects.filter(cited=document).exclude(document__in=visible(request))
    return rows.values("document_id").distinct().count()


def _by_document(quotes: list[relations.Quoted]) -> list[tuple[Document, list[relations.Quoted]]]:
    found: dict[int, tuple[Document, list[relations.Quoted]]] = {}
    for quote in quotes:
        document = quote.citation.document
        found.setdefault(document.pk, (document, []))[1].append(quote)
    return list(found.values())
