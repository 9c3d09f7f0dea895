"""Opening zipped office files without trusting them."""

import io
import zipfile

from lxml import etree

from .extracted import UnreadableFile

MAX_UNPACKED = 400 * 1024 * 1024
MAX_PART = 120 * 1024 * 1024
MAX_RATIO = 150


def open_package(data: bytes) -> zipfile.ZipFile:
    """Open a zip; raise UnreadableFile(broken | bomb | encrypted) where it must not be read."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise broken_file() from None
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or len(entries) > 10_000:
        raise _bomb()
    if unpacked > 20 * 1024 * 1024 and unpacked > MAX_RATIO * len(data):
        raise _bomb()
    if any(entry.flag_bits & 1 for entry in entries):
        raise encrypted_file()
    return package


def read_part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """Return one part of the package, or None if it is absent."""
    try:
        with package.open(name) as part:
            content = part.read(MAX_PART + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise broken_file() from None
    except Exception as error:
        # zlib.error has no common base with the errors above.
        if type(error).__module__ == "zlib":
            raise broken_file() from None
        raise
    if len(content) > MAX_PART:
        raise _bomb()
    return content


def parse_xml(content: bytes) -> etree._Element:
    """Parse XML with no entities, no network and no document type loaded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise broken_file() from None


def broken_file() -> UnreadableFile:
    """The error for a file that is damaged."""
    return UnreadableFile(
        "broken",
        "Tệp bị hỏng hoặc tải lên chưa trọn vẹn, không mở được.",
        "Mở thử tệp trên máy của bạn; nếu mở được thì lưu lại thành .docx hoặc PDF rồi gửi lại.",
    )


def encrypted_file() -> UnreadableFile:
    """The error for a file behind a password."""
    return UnreadableFile(
        "encrypted",
        "Tệp được đặt mật khẩu nên không đọc được.",
        "Mở tệp bằng mật khẩu, bỏ mật khẩu rồi lưu và gửi lại.",
    )


def _bomb() -> UnreadableFile:
    return UnreadableFile(
        "bomb",
        "Tệp nén phình to bất thường khi mở nên bị từ chối để bảo vệ máy chủ.",
        "Lưu lại tài liệu từ phần mềm soạn thảo thành tệp mới rồi gửi lại.",
    )
