"""Scans as text, through the program Tesseract with Vietnamese where it is installed."""

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import lru_cache

import pypdfium2 as pdfium

from .extracted import OcrMissing, UnreadableFile
from .lines import PageLayout, Segment
from .pdf import render_grey

DPI = 300
MAX_OCR_PAGES = 200
SECONDS_PER_PAGE = 120
_UNSURE = 30.0
_UNSURE_MARK = 75.0
_SPECKS = "|_\\`~°©"  # the lines of a table and stains are taken for these

Progress = Callable[[int, int], None]


@lru_cache(maxsize=1)
def find_tesseract() -> str | None:
    """Return the path of a Tesseract that knows Vietnamese, or None."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=20, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return program if "vie" in (listed.stdout + listed.stderr).split() else None


def recognise_pages(
    document: pdfium.PdfDocument, layouts: list[PageLayout], scanned: list[int], *, progress: Progress | None
) -> list[PageLayout]:
    """Return `layouts` with the pages at the indexes `scanned` read from their pictures.

    `progress` is called with (pages done, pages to do). Raises OcrMissing, or
    UnreadableFile(too_many_pages | ocr_failed).
    """
    if find_tesseract() is None:
        raise OcrMissing()
    if len(scanned) > MAX_OCR_PAGES:
        raise UnreadableFile(
            "too_many_pages",
            f"Bản quét có {len(scanned)} trang, quá giới hạn nhận dạng {MAX_OCR_PAGES} trang.",
            "Tách tệp thành từng văn bản, hoặc gửi bản Word/PDF có chữ.",
        )
    read = list(layouts)
    for done, index in enumerate(scanned, start=1):
        segments = recognise_picture(render_grey(document, index, dpi=DPI))
        page = layouts[index]
        scale = max(72 / DPI, max(page.width, page.height) / 5_000)
        read[index] = PageLayout(page.number, page.width, page.height, _scaled(segments, scale))
        if progress is not None:
            progress(done, len(scanned))
    return read


def recognise_picture(picture: bytes) -> list[Segment]:
    """Read one picture (PGM, PNG, JPEG, TIFF); boxes are in dots of the picture."""
    program = find_tesseract()
    if program is None:
        raise OcrMissing()
    command = [program, "stdin", "stdout", "-l", "vie", "--dpi", str(DPI), "--psm", "3", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            timeout=SECONDS_PER_PAGE,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        raise _failed() from None
    if done.returncode != 0:
        raise _failed()
    return read_tsv(done.stdout.decode("utf-8", errors="replace"))


def read_tsv(table: str) -> list[Segment]:
    """Turn Tesseract's table of words into segments: words of one line without a wide gap."""
    segments: list[Segment] = []
    line: tuple[str, ...] = ()
    for record in table.splitlines()[1:]:
        fields = record.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip() or float(fields[10]) < _UNSURE:
            continue
        left, top, width, height = (float(value) for value in fields[6:10])
        letters = fields[11].strip().strip(_SPECKS)
        if not letters or (not any(c.isalnum() for c in letters) and float(fields[10]) < _UNSURE_MARK):
            continue
        word = Segment(letters, left, top, left + width, top + height)
        last = segments[-1] if segments else None
        if (
            last is not None
            and line == tuple(fields[1:5])
            and left - last.right < 1.2 * max(height, last.height)
        ):
            segments[-1] = Segment(
                f"{last.text} {word.text}",
                last.left,
                min(last.top, word.top),
                word.right,
                max(last.bottom, word.bottom),
            )
        else:
            segments.append(word)
        line = tuple(fields[1:5])
    return segments


def _scaled(segments: list[Segment], scale: float) -> tuple[Segment, ...]:
    return tuple(
        Segment(s.text, s.left * scale, s.top * scale, s.right * scale, s.bottom * scale) for s in segments
    )


def _failed() -> UnreadableFile:
    return UnreadableFile(
        "ocr_failed",
        "Không nhận dạng được chữ trên bản quét.",
        "Quét lại rõ hơn (300 dpi, đen trắng, không nghiêng), hoặc gửi bản Word/PDF có chữ.",
    )
