"""The documentation names what exists: pictures, links, headings, commands; no path of a machine."""

import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pytest

from kientoan.site.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("example/*.md")])
PICTURES = ROOT / "docs" / "pictures"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)
CALL = re.compile(r"(?:start\.py|\bkientoan)[ \t]+([a-z][a-z-]+)\b")
MACHINE = re.compile(r"(?<![\w.~$}])/(?:home|root|tmp|work|Users)/")
MAX_PICTURE = 150 * 1024

each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=[str(one.relative_to(ROOT)) for one in DOCUMENTS]
)


def links(document: Path) -> list[str]:
    """Addresses of links and pictures outside code."""
    return LINK.findall(FENCE.sub("", document.read_text(encoding="utf-8")))


def anchors(document: Path) -> set[str]:
    """What a heading is called in an address: small letters, hyphens for blanks, no punctuation."""
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    heads = re.findall(r"^#+ (.+)$", text, re.M)
    kept = (
        "".join(c for c in head.lower() if c in " -_" or unicodedata.category(c)[0] in "LNM")
        for head in heads
    )
    return {head.strip().replace(" ", "-") for head in kept}


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    for link in links(document):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        found = (document.parent / path).resolve() if path else document
        assert found.exists(), f"{link} is missing"
        assert found.is_relative_to(ROOT), f"{link} leads out of the project"
        if anchor:
            assert anchor in anchors(found), f"{link}: no such heading"


@each_document
def test_commands_exist(document: Path) -> None:
    known = {*COMMANDS, "test"}
    for language, code in FENCE.findall(document.read_text(encoding="utf-8")):
        if language == "sh":
            called = {name for line in code.splitlines() for name in CALL.findall(line.split(" #")[0])}
            assert called <= known, f"no such command: {', '.join(sorted(called - known))}"


@each_document
def test_no_path_of_a_machine(document: Path) -> None:
    assert not MACHINE.search(document.read_text(encoding="utf-8"))


def test_readme_names_every_command_but_migrate() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {name for _, code in FENCE.findall(text) for name in CALL.findall(code)}
    assert set(COMMANDS) - named <= {"migrate"}  # `serve` migrates by itself


def test_make_targets_named_exist() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for document in DOCUMENTS:
        for _, code in FENCE.findall(document.read_text(encoding="utf-8")):
            assert set(re.findall(r"^make ([a-z0-9-]+)", code, re.M)) <= targets, document.name


def test_scripts_named_exist() -> None:
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for script in re.findall(r"(?:bin/python|python) ((?:benchmarks|docs|example|tests)/\S+?\.py)", text):
            assert (ROOT / script).exists(), f"{document.name}: {script}"


def test_pictures_are_small_and_used() -> None:
    used = {
        (document.parent / link).resolve()
        for document in DOCUMENTS
        for link in links(document)
        if link.endswith(".png")
    }
    kept = set(PICTURES.glob("*.png"))
    assert kept
    assert kept <= used, f"not used: {sorted(path.name for path in kept - used)}"
    heavy = [path.name for path in kept if path.stat().st_size > MAX_PICTURE]
    assert not heavy, f"heavier than 150 KB: {heavy}"
