"""What the page of one document shows."""

from typing import Any

from kientoan.domains.audit.models import Entry
from kientoan.domains.documents import queries
from kientoan.domains.documents.models import Citation, Document
from kientoan.domains.documents.operations import head_of
from kientoan.domains.documents.relations import quoted
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.access import may_draft, visible_decisions
from kientoan.domains.organisation.models import Registration
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.plans.queries.of_document import targets_of, tasks_of
from kientoan.domains.plans.queries.programmes import programme_coverage
from kientoan.domains.plans.queries.target_words import plan_text
from kientoan.domains.reorganisation.proposing import names_changes

from ..administration.acts import verb_words
from ..http import Request
from .access import visible
from .validity import validity_context
from .wording import MISSING

HISTORY = 50
CITED_BY = 6  # shown with their sentence on the page itself


def document_page(request: Request, document: Document) -> dict[str, Any]:
    """The context of the detail page, fully loaded."""
    viewer = request.viewer
    rows, count = tasks_of(document, viewer, request.day)
    targets = targets_of(document, viewer)
    coverage = programme_coverage(viewer, request.day, document=document)
    registrations = list(Registration.objects.filter(document=document).order_by("pk"))
    ids = {item.unit_id for item in registrations} | {target.unit_id for target in targets}
    units = units_on(request.day, ids)
    may_edit = registering.may(viewer, document, *registering.CLERKS)
    return {
        "document": document,
        "missing": [MISSING[name] for name in head_of(document).missing],
        "may_edit": may_edit,
        "may_decide": may_edit and registering.may(viewer, document, *registering.DECIDERS),
        "recognition": getattr(document, "recognition", None),
        "counts": queries.count_passages([document])[document.pk],
        "cites": queries.cited_rows(document, visible(request)),
        **_cited_by(request, document),
        **validity_context(request, document, may_edit),
        "task_rows": rows,
        "task_count": count,
        "targets": [
            (target, units.get(target.unit_id), plan_text(target.operator, target.low, target.high))
            for target in targets
        ],
        "coverage": coverage[0] if coverage else None,
        "decisions": list(
            visible_decisions(viewer).filter(document=document).order_by("effective_date", "pk")
        ),
        "registrations": [(item, units.get(item.unit_id)) for item in registrations],
        "history": history(document) if may_edit else [],
        "arranges_units": may_draft(viewer) and names_changes(document.text),
    }


def _cited_by(request: Request, document: Document) -> dict[str, Any]:
    """The documents that cite this one: how many, and the sentence of the newest."""
    rows = queries.citing_documents(document, visible(request))
    newest = {row.pk: place for place, row in enumerate(rows[:CITED_BY])}
    found = Citation.objects.filter(pk__in=newest).select_related("document__type", "passage")
    quotes = quoted(found) if newest else []
    quotes.sort(key=lambda item: newest[item.citation.pk])
    return {"cited_by": quotes, "cited_by_count": len(rows)}


def history(document: Document) -> list[tuple[str, Entry]]:
    """Who did what with the document, latest first, for those who keep the register."""
    entries = Entry.objects.filter(subject_type="documents.document", subject_id=document.pk)
    found = entries.select_related("actor").order_by("-id")[:HISTORY]
    return [(verb_words(entry.verb), entry) for entry in found]
