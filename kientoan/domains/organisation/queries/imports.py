"""Workbooks that were read in."""

from django.db.models import QuerySet

from ..access import Viewer
from ..models import SheetImport


def visible_imports(viewer: Viewer) -> QuerySet[SheetImport]:
    """The viewer's own imports; all of them for who administers the installation. Latest first."""
    rows = SheetImport.objects.select_related("by").defer("done").order_by("-at", "-pk")
    return rows if viewer.administers_all else rows.filter(by=viewer.user)
