"""What engines say in Vietnamese is said in English on English pages, with the person's own words kept."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

import kientoan
from kientoan.engines.reader.intake import UnreadableFile, extract_text
from kientoan.interfaces.web.said import said

ROOT = Path(kientoan.__file__).parent
FILES = [
    *(ROOT / "engines" / "reader" / "intake").glob("*.py"),
    *(ROOT / "engines" / "sheets" / name for name in ("cells.py", "grid.py")),
    ROOT / "domains" / "results" / "queries" / "imports.py",
]
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def sentences(file: Path) -> Iterator[str]:
    """The sentences of a module as they would be said, each variable part as “X”."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    inner |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            words = "".join(part.value if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            words = node.value
        else:
            continue
        if VIETNAMESE.search(words) and words.endswith(".") and " " in words and "\\" not in words:
            yield words


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_sentence_of_the_engines_has_its_english(file: Path) -> None:
    with override("en"):
        unsaid = [words for words in sentences(file) if said(words) == words]
    assert not unsaid


def test_parts_of_a_sentence_are_kept() -> None:
    with override("en"):
        assert said("“12a” không phải số nguyên.") == "“12a” is no whole number."
        assert (
            said("Tệp này là tệp nén, không phải văn bản.") == "This file is a packed file, not a document."
        )
        assert said("Chưa từng có câu này.") == "Chưa từng có câu này."
        assert said("") == ""
    with override("vi"):
        assert said("Tệp này là tệp nén, không phải văn bản.") == "Tệp này là tệp nén, không phải văn bản."


def test_percent_signs_stay_single() -> None:
    with override("en"):
        assert said("“0,85” không rõ là 0,85 % hay 85 %.") == "“0,85” may mean 0,85 % or 85 %."


def test_unreadable_file_is_explained_in_english() -> None:
    with pytest.raises(UnreadableFile) as error, override("en"):
        extract_text(b"\x00\x01\x02" * 50, name="a.bin")
    with override("en"):
        assert said(error.value.message_vi) == "The file is no document: it holds binary data."
