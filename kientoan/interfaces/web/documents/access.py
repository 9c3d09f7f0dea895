"""Loading a document for a page: not there and not visible are both "not found"."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kientoan.domains.documents.models import Document, Passage
from kientoan.domains.organisation import registering
from kientoan.domains.organisation.access import visible_documents
from kientoan.domains.organisation.queries import UnitOnDay, units_on

from ..http import Request


def visible(request: Request) -> QuerySet[Document]:
    """The documents that the viewer may see."""
    return visible_documents(request.viewer)


def document_for(request: Request, pk: int) -> Document:
    """A document that the viewer may see, with its head; 404 otherwise."""
    wanted = Document.objects.select_related(
        "type", "issuer", "field", "file", "recognition", "registered_by"
    )
    return get_object_or_404(visible_documents(request.viewer, wanted), pk=pk)


def passage_for(request: Request, pk: int) -> Passage:
    """A passage of a document that the viewer may see; 404 otherwise."""
    wanted = Passage.objects.select_related(
        "document__type", "document__issuer", "document__file", "provision"
    )
    return get_object_or_404(wanted.filter(document__in=visible(request)), pk=pk)


def registers_for(request: Request) -> list[UnitOnDay]:
    """The units whose register the viewer writes, the installation's own first."""
    ids = registering.own_registers(request.viewer)
    units = units_on(request.day, ids)
    root = request.installation.root_id_on(request.day)
    return sorted(units.values(), key=lambda unit: unit.id != root)
