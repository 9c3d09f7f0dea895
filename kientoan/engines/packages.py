"""Opening zipped office files (.docx, .xlsx) without trusting them: a base module for the engines."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

MAX_UNPACKED = 400 * 1024 * 1024
MAX_PART = 120 * 1024 * 1024
MAX_RATIO = 150


class PackageError(Exception):
    """The package must not or cannot be read; `code` is broken, bomb or encrypted."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_package(data: bytes) -> zipfile.ZipFile:
    """Open a zip after weighing what it would unpack to; raise PackageError."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise PackageError("broken") from None
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or len(entries) > 10_000:
        raise PackageError("bomb")
    if unpacked > 20 * 1024 * 1024 and unpacked > MAX_RATIO * len(data):
        raise PackageError("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise PackageError("encrypted")
    return package


def read_part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """Return one part of the package, or None if it is absent; raise PackageError."""
    try:
        with package.open(name) as part:
            content = part.read(MAX_PART + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise PackageError("broken") from None
    if len(content) > MAX_PART:
        raise PackageError("bomb")
    return content


def parse_xml(content: bytes) -> etree._Element:
    """Parse XML with no entities, no network and no document type loaded; raise PackageError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise PackageError("broken") from None
