"""What a file holds is told by its content; its name is only a hint."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from kientoan.domains.reorganisation.file_kinds import FileKind, kind_of_file


def package(*names: str) -> bytes:
    """A zip with these entries, as Word and Excel files are."""
    file = BytesIO()
    with ZipFile(file, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("qd.json", b"{}", FileKind.JSON),
        ("qd.txt", b'\xef\xbb\xbf {"events": []}', FileKind.JSON),
        ("qd.json", b"cut", FileKind.JSON),
        ("nq.txt", "Sắp xếp toàn bộ".encode(), FileKind.TEXT),
        ("nq.md", b"[1] Chia", FileKind.TEXT),
        ("nq", "Điều 1".encode(), FileKind.TEXT),
        ("nq.rtf", b"{\\rtf1 abc}", FileKind.TEXT),
        ("nq.csv", b"%PDF-1.7", FileKind.TEXT),
        ("nq.xlsx", package("word/document.xml"), FileKind.TEXT),
        ("qd.xlsx", package("xl/workbook.xml"), FileKind.TABLE),
        ("qd.docx", package("xl/workbook.xml"), FileKind.TABLE),
        ("qd.xlsm", package("xl/workbook.xml", "xl/vbaProject.bin"), FileKind.TABLE),
        ("qd.csv", b"a;b", FileKind.TABLE),
        ("qd.xlsx", b"a;b", FileKind.TABLE),  # a table of text under another name
        ("qd.zip", package("a.txt"), FileKind.TABLE),  # the reader of tables says what it is
        ("nq.docx", b"PK\x03\x04cut", FileKind.TEXT),  # and the reader of papers here
        ("qd.xlsx", b"PK\x03\x04cut", FileKind.TABLE),
    ],
)
def test_a_file_is_read_as_what_it_is(name: str, data: bytes, kind: FileKind) -> None:
    assert kind_of_file(data, name=name) == kind
