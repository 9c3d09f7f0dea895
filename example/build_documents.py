"""Build the example's documents, Word and PDF, from their sources in `cantho/documents/*.toml`.

    python example/build_documents.py [--word-only]

The PDF is made by LibreOffice (`soffice` on the path). In a source, `# ` begins a part ("I."), `## ` a
heading ("1."), any other line of `body` is a paragraph; lines that begin with "Căn cứ" are the legal basis.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kientoan.engines.writers import (
    Annex,
    Basis,
    Heading,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
    write_official,
)

DOCUMENTS = Path(__file__).resolve().parent / "cantho" / "documents"
LETTER = "CÔNG VĂN"


def read_source(path: Path) -> OfficialDocument:
    """The document that a source describes."""
    source = tomllib.loads(path.read_text(encoding="utf-8"))
    letter = source["type"] == LETTER
    return OfficialDocument(
        side=source["side"],
        parent=source["parent"],
        issuer=source["issuer"],
        code=source["number"],
        place=source["place"],
        day=source["date"],
        type_name="" if letter else source["type"],
        subject=source["subject"].removeprefix("V/v "),
        addressees=tuple(source.get("addressees", ())),
        body=read_body(source["body"], end="." if source["side"] == "party" else "./."),
        signature=Signature(
            tuple(filter(None, [source["authority"]])), source["signer_title"], source["signer"]
        ),
        recipients=tuple(source["recipients"]),
        annexes=tuple(read_annex(annex) for annex in source.get("annexes", ())),
    )


def read_body(text: str, *, end: str) -> tuple[Basis | Heading | Paragraph, ...]:
    """The blocks of a body; the last sentence ends with `end`."""
    lines = text.strip().split("\n")
    lines[-1] = lines[-1].rstrip(".") + end
    blocks: list[Basis | Heading | Paragraph] = []
    for line in lines:
        if line.startswith("## "):
            blocks.append(Heading(line[3:], level=3))
        elif line.startswith("# "):
            blocks.append(Heading(line[2:], level=2))
        elif line.startswith("Căn cứ"):
            blocks.append(Basis(line))
        else:
            blocks.append(Paragraph(line))
    return tuple(blocks)


def read_annex(annex: dict[str, Any]) -> Annex:
    """An annex that holds one table; columns of figures stand to the right."""
    rows = [tuple(row) for row in annex["rows"]]
    figures = [all(is_figure(row[place]) for row in rows) for place in range(len(annex["header"]))]
    table = Table(
        header=tuple(annex["header"]),
        rows=tuple(rows),
        widths=tuple(annex["widths"]),
        aligns=tuple(
            "center" if place == 0 else "right" if figure else "left" for place, figure in enumerate(figures)
        ),
    )
    return Annex(title=annex["title"], body=(table,), landscape=annex.get("landscape", False))


def is_figure(cell: str) -> bool:
    """Whether a cell holds a number or the dash that stands for none."""
    return cell == "-" or cell.replace(".", "").replace(",", "").isdigit()


def to_pdf(word: Path) -> None:
    """Make the PDF beside the Word file. Raises `RuntimeError` when LibreOffice is missing or fails."""
    office = shutil.which("soffice")
    if office is None:
        raise RuntimeError("Không thấy LibreOffice (soffice); cài libreoffice-writer hoặc dùng --word-only.")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf",
                "--outdir", str(word.parent), str(word),
            ],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip


def main() -> None:
    """Build every document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--word-only", action="store_true", help="no PDF")
    options = parser.parse_args()
    for path in sorted(DOCUMENTS.glob("*.toml")):
        word = path.with_suffix(".docx")
        word.write_bytes(write_official(read_source(path)))
        if not options.word_only:
            to_pdf(word)
        sys.stdout.write(f"{word.name}\n")


if __name__ == "__main__":
    main()
