"""Text in: the text of Word, PDF, HTML, plain-text and scanned documents, with a map to its source."""

from .extract import MAX_BYTES, MAX_CHARACTERS, extract_text, megabytes, refuse_size
from .extracted import Block, ExtractedText, OcrMissing, Page, UnreadableFile

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "Block",
    "ExtractedText",
    "OcrMissing",
    "Page",
    "UnreadableFile",
    "extract_text",
    "megabytes",
    "refuse_size",
]
