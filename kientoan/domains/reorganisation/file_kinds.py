"""What a file that is to become a decision holds: told by its content, its name is only a hint."""

from enum import StrEnum
from pathlib import PurePath

from kientoan.engines.packages import PackageError
from kientoan.engines.reader.intake import UnreadableFile
from kientoan.engines.reader.intake import sniff as kinds


class FileKind(StrEnum):
    """How a file is read."""

    JSON = "json"
    TABLE = "table"
    TEXT = "text"  # the words of a resolution: Word, PDF, a page of the web, plain text


PAPERS = (".docx", ".doc", ".odt", ".rtf", ".pdf")
TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")


def kind_of_file(data: bytes, *, name: str) -> FileKind:
    """How to read the file; one that nobody can read is left to the reader that its name calls for."""
    suffix = PurePath(name).suffix.lower()
    try:
        kind, _warnings = kinds.sniff(data, name=name)
    except (UnreadableFile, PackageError):  # a workbook, an archive, a broken file
        workbook = data.startswith(b"PK") and b"xl/" in data
        return FileKind.TEXT if suffix in PAPERS and not workbook else FileKind.TABLE
    if kind != kinds.TEXT:
        return FileKind.TEXT
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix == ".json" or start.startswith(b"{"):
        return FileKind.JSON
    return FileKind.TABLE if suffix in TABLES else FileKind.TEXT
