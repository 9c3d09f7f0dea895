"""Take away from the reader the words that only one fold of the texts attests, to see what is memorised.

The rules are written by hand, not trained: a fold cannot be held back from them afterwards. What can be done
is to take away those entries of the rules (names of laws, heads of bodies, verbs, units …) that occur
in the texts of the fold and not in those of the others, and to read the fold with what is left.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from kientoan.engines.reader.alternatives import split_alternatives

PACKAGE = "kientoan.engines.reader"
RULES = ("citation_rules", "law_names", "deadline_rules", "target_rules", "body_rules")
WHOLE = {"CORES", "RELATIONS", "NOT_GOAL", "NUMBER", "DATE", "SHORT_NUMBER", "CLOCK", "FORM_LINE", "PERIOD"}
"""Patterns with named groups or fixed places, which the code relies on: they stay."""


def _is_attested(pattern: str, texts: list[str]) -> bool:
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except re.error:
        return True
    return any(compiled.search(text) for text in texts)


def _law(name: str) -> str:
    return re.escape(name).replace("\\ ", r"\s+")


class _Count:
    """How many entries there are and how many were taken away."""

    def __init__(self) -> None:
        self.all = 0
        self.taken = 0

    def keep(self, pattern: str, outside: list[str], inside: list[str]) -> bool:
        """Say whether an entry stays: it occurs outside the fold, or nowhere at all."""
        self.all += 1
        if _is_attested(pattern, outside) or not _is_attested(pattern, inside):
            return True
        self.taken += 1
        return False


def _restricted(name: str, value: Any, outside: list[str], inside: list[str], count: _Count) -> Any:
    if isinstance(value, str):
        parts = split_alternatives(value)
        kept = [part for part in parts if count.keep(part, outside, inside)] if len(parts) > 2 else parts
        return "|".join(kept) or "(?!)"
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if count.keep(re.escape(key), outside, inside)}
    if not isinstance(value, tuple):
        return value
    if value and isinstance(value[0], str):
        return tuple(item for item in value if count.keep(_law(item), outside, inside)) or value[:1]
    kept_rows = []
    for row in value:
        pattern = row[1] if len(row) == 3 or name == "OPERATORS" else row[0]
        if count.keep(pattern, outside, inside):
            kept_rows.append(row)
    return tuple(kept_rows)


def _constants(module: ModuleType) -> Iterator[tuple[str, Any]]:
    for name in dir(module):
        value = getattr(module, name)
        entries = name.isupper() and not name.startswith("_") and name not in WHOLE
        if entries and isinstance(value, (str, tuple, dict)):
            yield name, value


def restrict_rules(outside: list[str], inside: list[str]) -> tuple[ModuleType, int, int]:
    """Give the reader with the rules that ``outside`` attests, how many entries there are, how many went.

    The package is imported anew with the shortened rules: call it in a process of its own.
    """
    importlib.import_module(PACKAGE)
    count = _Count()
    rules = {}
    for name in RULES:
        module = sys.modules[f"{PACKAGE}.{name}"]
        for constant, value in list(_constants(module)):
            setattr(module, constant, _restricted(constant, value, outside, inside, count))
        rules[f"{PACKAGE}.{name}"] = module
    for name in [name for name in sys.modules if name == PACKAGE or name.startswith(PACKAGE + ".")]:
        if name not in rules and "change" not in name:
            del sys.modules[name]
    return importlib.import_module(PACKAGE), count.all, count.taken
