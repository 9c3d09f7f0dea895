"""Long alternations made quick: `re` tries branch after branch, so they are grouped by first letter."""

from __future__ import annotations


def split_alternatives(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand in no group and no class."""
    parts, depth, start, place, in_class = [], 0, 0, 0, False
    while place < len(pattern):
        char = pattern[place]
        if char == "\\":
            place += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            parts.append(pattern[start:place])
            start = place + 1
        place += 1
    return [*parts, pattern[start:]]


def by_first_letter(pattern: str) -> str:
    """Give an alternation that matches the same, with `báo|ban|các` as `b(?:áo|an)|c(?:ác)`.

    Branches that begin with something else than a letter come first, in their order; branches with the same
    letter keep theirs.
    """
    first: list[str] = []
    groups: dict[str, list[str]] = {}
    for part in split_alternatives(pattern):
        if part[:1].isalpha() and part[1:2] not in ("?", "*", "+", "{"):
            groups.setdefault(part[0], []).append(part[1:])
        else:
            first.append(part)
    return "|".join([*first, *(f"{letter}(?:{'|'.join(rest)})" for letter, rest in groups.items())])


def at_word_start(pattern: str) -> str:
    """Give a pattern, for use with `re.IGNORECASE`, that matches ``pattern`` where a word begins.

    It opens with the first letters in both cases, so that `re` skips to them; each branch must begin
    with a letter.
    """
    groups: dict[str, list[str]] = {}
    for part in split_alternatives(pattern):
        groups.setdefault(part[0], []).append(part[1:])
    letters = "".join(letter.lower() + letter.upper() for letter in groups)
    branches = (f"(?<={letter})(?:{'|'.join(rest)})" for letter, rest in groups.items())
    return rf"(?-i:[{letters}])(?<!\w[{letters}])(?:{'|'.join(branches)})(?!\w)"
