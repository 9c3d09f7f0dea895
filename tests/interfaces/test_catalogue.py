"""Every Vietnamese message has its English."""

import ast
import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kientoan.site.catalogue import LOCALE

PACKAGE = LOCALE.parent
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
CALLS |= {"pgettext", "pgettext_lazy"}
TRANSLATE = re.compile(r"""\{%\s*(?:translate|trans)\s+(?:"([^"]+)"|'([^']+)')""")
ARGUMENT = re.compile(r"""_\((?:"([^"]+)"|'([^']+)')\)""")
BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b([^%]*)%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.S)
VARIABLE = re.compile(r"\{\{\s*([\w.]+)[^}]*\}\}")


def messages_of_code() -> Iterator[tuple[str, str]]:
    """(message, place) of every call of gettext with a literal."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in CALLS:
                continue
            literals = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            texts = [text for text in literals if isinstance(text, str)]
            for text in texts[1:2] if name.startswith("pgettext") else texts[:1]:
                yield text, f"{path.relative_to(PACKAGE)}:{node.lineno}"


def messages_of_templates() -> Iterator[tuple[str, str]]:
    """(message, place) of every translated text in a template."""
    for path in sorted(PACKAGE.rglob("*.html")):
        source = path.read_text("utf8")
        place = str(path.relative_to(PACKAGE))
        for pattern in (TRANSLATE, ARGUMENT):
            for match in pattern.finditer(source):
                yield match.group(1) or match.group(2), place
        for match in BLOCK.finditer(source):
            text = re.split(r"\{%\s*plural\s*%\}", match.group(2))[0]
            text = VARIABLE.sub(lambda found: f"%({found.group(1)})s", text.replace("%", "%%"))
            if re.search(r"\btrimmed\b", match.group(1)):
                text = " ".join(line.strip() for line in text.splitlines() if line.strip())
            yield text, place


def english() -> Catalog:
    """All parts of the English catalogue together."""
    merged = Catalog(locale="en")
    for part in sorted((LOCALE / "en.d").glob("*.po")):
        with part.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id and message.string:
                    merged.add(message.id, message.string, context=message.context)
    return merged


def test_every_message_has_its_english() -> None:
    known = set()
    for message in english():
        known.update(message.id if isinstance(message.id, tuple | list) else [message.id])
    missing = {
        f"{text!r} ({place})"
        for text, place in [*messages_of_code(), *messages_of_templates()]
        if text.strip() and text not in known
    }
    assert not missing, f"{len(missing)} messages without English:\n" + "\n".join(sorted(missing))
