"""What a file is, told from its first bytes; the name is only compared with it."""

import zipfile
from pathlib import PurePath

from kientoan.engines.packages import open_package

from .damage import encrypted_file
from .extracted import UnreadableFile

DOCX, PDF, HTML, TEXT, DOC, RTF, ODT, PICTURE = "docx", "pdf", "html", "text", "doc", "rtf", "odt", "picture"

_SUFFIXES = {
    DOCX: {".docx", ".docm", ".dotx"},
    PDF: {".pdf"},
    HTML: {".html", ".htm", ".xhtml"},
    TEXT: {".txt", ".text", ".md", ".csv", ""},
    DOC: {".doc", ".dot"},
    RTF: {".rtf"},
    ODT: {".odt"},
    PICTURE: {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"},
}
_NAMES = {
    DOCX: "Word (.docx)",
    PDF: "PDF",
    HTML: "HTML",
    TEXT: "văn bản thuần",
    DOC: "Word 97-2003 (.doc)",
    RTF: "RTF",
    ODT: "OpenDocument (.odt)",
    PICTURE: "ảnh",
}
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(data: bytes, *, name: str) -> tuple[str, tuple[str, ...]]:
    """Return (kind, warnings). Raises UnreadableFile(wrong_kind | unsupported | encrypted | …)."""
    kind = _kind(data, PurePath(name).suffix.lower())
    suffix = PurePath(name).suffix.lower()
    if suffix in _SUFFIXES[kind] or not suffix:
        return kind, ()
    if not any(suffix in known for known in _SUFFIXES.values()):
        return kind, ()
    return kind, (f"Tệp mang đuôi {suffix} nhưng nội dung là {_NAMES[kind]}; đã đọc theo nội dung.",)


def _kind(data: bytes, suffix: str) -> str:
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(b"{\\rtf"):
        return RTF
    if data.startswith(_PICTURES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return PICTURE
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<meta")) or b"<html" in start:
        return HTML
    if suffix in _SUFFIXES[HTML] and b"<" in data and b">" in data:
        return HTML
    return TEXT


def _zip_kind(data: bytes) -> str:
    with open_package(data) as package:
        names = set(package.namelist())
        if "word/document.xml" in names:
            return DOCX
        if "mimetype" in names and _mimetype(package) == b"application/vnd.oasis.opendocument.text":
            return ODT
    if any(entry.startswith("xl/") for entry in names):
        raise _wrong_kind(
            "bảng tính Excel", "Bảng tính được nhập ở mục Nhập số liệu, không phải ở mục Văn bản."
        )
    if any(entry.startswith("ppt/") for entry in names):
        raise _wrong_kind("trình chiếu PowerPoint", "Hãy gửi văn bản dưới dạng Word (.docx) hoặc PDF.")
    raise _wrong_kind("tệp nén", "Giải nén rồi gửi từng văn bản (.docx, .pdf).")


def _mimetype(package: zipfile.ZipFile) -> bytes:
    with package.open("mimetype") as part:
        return part.read(100).strip()


def _ole_kind(data: bytes) -> str:
    """Old Office files share one container; its directory lists the streams by UTF-16 names."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise encrypted_file()
    if holds("WordDocument"):
        return DOC
    if holds("Workbook") or holds("Book"):
        raise _wrong_kind(
            "bảng tính Excel", "Bảng tính được nhập ở mục Nhập số liệu, không phải ở mục Văn bản."
        )
    raise _wrong_kind("tệp Office cũ không rõ loại", "Lưu lại thành .docx hoặc PDF rồi gửi.")


def _wrong_kind(what: str, remedy: str) -> UnreadableFile:
    return UnreadableFile("wrong_kind", f"Tệp này là {what}, không phải văn bản.", remedy)
