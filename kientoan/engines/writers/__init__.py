"""Documents and charts out: Word files in the layouts of official documents, pictures of results."""

from .document import (
    Annex,
    Basis,
    Heading,
    OfficialDocument,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
)
from .official import write_official

__all__ = [
    "Annex",
    "Basis",
    "Heading",
    "OfficialDocument",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Run",
    "Signature",
    "Table",
    "write_official",
]
