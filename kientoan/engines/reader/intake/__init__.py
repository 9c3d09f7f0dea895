"""Text in: the text of Word, PDF, HTML, plain-text and scanned documents, with a map to its source."""

from .extract import MAX_BYTES, extract_text
from .extracted import Block, ExtractedText, OcrMissing, Page, UnreadableFile

__all__ = ["MAX_BYTES", "Block", "ExtractedText", "OcrMissing", "Page", "UnreadableFile", "extract_text"]
