"""The documents around one document: what it rests on, and what rests on it, one or two steps away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest, Substr

from .models import Citation, Document, Relation

STRENGTH = (
    Relation.REPEALS,
    Relation.REPLACES,
    Relation.AMENDS,
    Relation.BASIS,
    Relation.IMPLEMENTS,
    Relation.GUIDES,
    Relation.ATTACHED,
    Relation.REFERS,
)
"""Of several relations between two documents the first of these is the one to show."""
STEPS = 2
AROUND = 320  # characters of the text fetched on either side of a citation


@dataclass(frozen=True)
class Node:
    """A document near the one looked at. `step`: how far away, negative for what it rests on.

    `document` None: named in a text only; it is not in the register, or the viewer may not see it.
    """

    key: str
    step: int
    document: Document | None
    title: str
    day: date | None


@dataclass(frozen=True)
class Link:
    """One document cites another. `citing`, `cited`: keys of nodes; `relations`: the strongest first;
    `passage_id`: the first place in the citing text."""

    citing: str
    cited: str
    relations: tuple[str, ...]
    times: int
    passage_id: int | None

    @property
    def relation(self) -> str:
        """The strongest relation."""
        return self.relations[0]


@dataclass(frozen=True)
class RelationGraph:
    """Nodes from left to right. `hidden`: how many documents that cite this one the viewer may not see."""

    centre: Node
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    hidden: int = 0

    def on(self, step: int) -> list[Node]:
        """The nodes of one step."""
        return [node for node in self.nodes if node.step == step]


def relation_graph(
    document: Document, visible: QuerySet[Document], *, steps: int = 1, relations: Sequence[str] = ()
) -> RelationGraph:
    """The graph around a document, `relations` only when some are named (two queries a step and side)."""
    centre = Node("c", 0, document, str(document), document.issued_date)
    nodes, links, hidden = [centre], [], 0
    for side in (-1, 1):
        known = {document.pk: centre}
        ring = [centre]
        for step in range(1, steps + 1):
            rows = _citations(ring, side, relations)
            found, joined, unseen = _ring(rows, ring, known, visible, side * step)
            hidden += unseen if step == 1 else 0
            nodes += found
            links += joined
            ring = [node for node in found if node.document is not None]
            known |= {node.document.pk: node for node in ring if node.document is not None}
    return RelationGraph(centre, tuple(nodes), tuple(links), hidden)


def _citations(ring: Iterable[Node], side: int, relations: Sequence[str]) -> list[Citation]:
    ids = [node.document.pk for node in ring if node.document is not None]
    if not ids:
        return []
    wanted = Q(document__in=ids) if side < 0 else Q(cited__in=ids)
    rows = Citation.objects.filter(wanted).select_related("passage").order_by("passage__start", "pk")
    return list(rows.filter(relation__in=relations) if relations else rows)


def _ring(
    rows: Sequence[Citation],
    ring: Sequence[Node],
    known: dict[int, Node],
    visible: QuerySet[Document],
    step: int,
) -> tuple[list[Node], list[Link], int]:
    """The nodes one step further out with their links; how many documents stayed unseen."""
    inner = {node.document.pk: node for node in ring if node.document is not None}
    outer = (row.cited_id if step < 0 else row.document_id for row in rows)
    ids = {pk for pk in outer if pk is not None} - set(known)
    seen = {
        item.pk: item
        for item in visible.filter(pk__in=ids).select_related("type").defer("text", "source_map", "warnings")
    }
    nodes: dict[str, Node] = {}
    grouped: dict[tuple[str, str], list[Citation]] = {}
    for row in rows:
        near = inner[row.document_id if step < 0 else row.cited_id or 0]
        far = _far(row, seen, known, step)
        if far is None:
            continue
        nodes.setdefault(far.key, far)
        pair = (near.key, far.key) if step < 0 else (far.key, near.key)
        grouped.setdefault(pair, []).append(row)
    links = [_link(pair, found) for pair, found in grouped.items()]
    strength = {
        (link.cited if step < 0 else link.citing): STRENGTH.index(Relation(link.relation))
        for link in reversed(links)
    }
    order = sorted(
        nodes.values(),
        key=lambda node: (strength[node.key], node.document is None, -(node.day or date.min).toordinal()),
    )
    unseen = len(ids - set(seen)) if step > 0 else 0
    return order, links, unseen


def _far(row: Citation, seen: dict[int, Document], known: dict[int, Node], step: int) -> Node | None:
    """The node at the outer end; None for one that is drawn already or must not be told."""
    other = row.cited_id if step < 0 else row.document_id
    if other in known:
        return None
    if other is not None and other in seen:
        document = seen[other]
        return Node(f"{step}:{other}", step, document, str(document), document.issued_date)
    if step > 0:
        return None
    words = str(row) if row.number else " ".join(row.passage.quote.split()) if row.passage else str(row)
    day = row.issued_date
    return Node(f"{step}:{words.casefold()}:{day or ''}", step, None, words[:120], day)


def _link(pair: tuple[str, str], rows: Sequence[Citation]) -> Link:
    named = {row.relation for row in rows}
    relations = tuple(str(item) for item in STRENGTH if item in named)
    first = next((row for row in rows if row.relation == relations[0]), rows[0])
    return Link(pair[0], pair[1], relations, len(rows), first.passage_id)


@dataclass(frozen=True)
class Quoted:
    """A citation with the sentence it stands in, cut in three: before, its own words, after."""

    citation: Citation
    before: str
    words: str
    after: str


def citations_of(document: Document, visible: QuerySet[Document], relation: str = "") -> QuerySet[Citation]:
    """The places where documents that the viewer may see cite this one, the newest document first."""
    rows = Citation.objects.filter(cited=document, document__in=visible)
    if relation:
        rows = rows.filter(relation=relation)
    return rows.select_related("document__type", "document__issuer", "passage").order_by(
        F("document__issued_date").desc(nulls_last=True), "document_id", "passage__start", "pk"
    )


def quoted(citations: QuerySet[Citation]) -> list[Quoted]:
    """Citations with their sentences; only the stretch around each is fetched, not the texts."""
    around = citations.annotate(
        stretch=Substr(
            "document__text",
            Greatest(F("passage__start") - AROUND, 0) + 1,
            F("passage__end") - F("passage__start") + 2 * AROUND,
        )
    ).defer("document__text", "document__source_map", "document__warnings")
    return [_quoted(row) for row in around]


def _quoted(row: Citation) -> Quoted:
    if row.passage is None:
        return Quoted(row, "", str(row), "")
    stretch: str = getattr(row, "stretch", "") or ""
    start = min(row.passage.start, AROUND)
    length = row.passage.end - row.passage.start
    before, after = stretch[:start], stretch[start + length :]
    return Quoted(row, _last_of(before), " ".join(row.passage.quote.split()), _first_of(after))


_ENDS = (". ", ".\n", ";\n", ":\n", "\n\n", "; ")


def _last_of(before: str) -> str:
    """What belongs to the sentence before the citation."""
    cut = max((before.rfind(end) + len(end) for end in _ENDS if end in before), default=-1)
    words = " ".join(before[max(cut, 0) :].split())
    words += " " if words and before[-1:].isspace() else ""
    return words if cut >= 0 or len(before) < AROUND else f"…{words}"


def _first_of(after: str) -> str:
    """What belongs to the sentence after it."""
    cut = min((place for end in _ENDS if (place := after.find(end)) >= 0), default=-1)
    words = " ".join(after[: cut + 1 if cut >= 0 else len(after)].split())
    words = f" {words}" if words and after[:1].isspace() else words
    return words if cut >= 0 or len(after) < AROUND else f"{words}…"
