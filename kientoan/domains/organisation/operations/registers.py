"""The register (sổ văn bản) of a unit."""

from collections.abc import Iterable
from datetime import date

from kientoan.domains.documents.models import Document

from ..models import Registration, Unit


def register_documents(
    *, unit: Unit, documents: Iterable[Document], arrival_date: date | None = None
) -> list[Registration]:
    """Enter documents into the register of a unit (idempotent)."""
    rows = [Registration(unit=unit, document=document, arrival_date=arrival_date) for document in documents]
    return Registration.objects.bulk_create(rows, ignore_conflicts=True)
