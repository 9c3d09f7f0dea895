"""Older office formats (.doc, .rtf, .odt), turned into .docx by LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from .damage import broken_file
from .extracted import UnreadableFile

SECONDS = 120


def find_libreoffice() -> str | None:
    """Return the path of LibreOffice, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert_to_docx(data: bytes, *, suffix: str) -> bytes:
    """Return `data` as .docx. Raises UnreadableFile(doc_converter | broken)."""
    program = find_libreoffice()
    if program is None:
        raise UnreadableFile(
            "doc_converter",
            f"Tệp {suffix} là định dạng cũ, cần LibreOffice để đọc nhưng máy chủ chưa cài.",
            "Mở tệp bằng Word, chọn Lưu thành (Save As) .docx hoặc PDF rồi gửi lại; "
            "hoặc người quản trị cài LibreOffice (Debian/Ubuntu: apt install libreoffice-writer).",
        )
    with tempfile.TemporaryDirectory(prefix="kientoan-") as folder:
        source = Path(folder) / f"source{suffix}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            str(Path(folder) / "out"),
            str(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, cwd=folder)
        except subprocess.TimeoutExpired:
            raise broken_file() from None
        written = Path(folder) / "out" / "source.docx"
        if not written.is_file():
            raise broken_file()
        return written.read_bytes()
