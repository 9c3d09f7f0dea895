"""When something found is the same as something confirmed: the spans meet and the values agree.

Two spans meet when they share at least half of the shorter one. A task has to share half of both together
(intersection over union), because a duty cut too long or too short is another duty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kientoan.engines.vietnamese import nfc, normal_tones

Item = Mapping[str, Any]
KINDS = ("citation", "deadline", "target", "task")
_BLANK = re.compile(r"[\s\u00a0]+")
_EDGES = " .,;:"


def shared(one: Item, other: Item) -> int:
    """How many characters two spans share; negative when they stand apart."""
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def overlap(one: Item, other: Item) -> bool:
    """Whether two spans share at least half of the shorter one."""
    common = shared(one, other)
    return common > 0 and 2 * common >= min(one["end"] - one["start"], other["end"] - other["start"])


def agree(kind: str, found: Item, meant: Item) -> bool:
    """Whether the values agree: number (else type), date and period, bounds, or a lead in common."""
    if kind == "citation":
        if meant.get("number"):
            return _tight(found.get("number")) == _tight(meant["number"])
        return same_form(found.get("type")) == same_form(meant.get("type"))
    if kind == "deadline":
        keys = ("date", "period", "recurrence")
        return all((found.get(key) or None) == (meant.get(key) or None) for key in keys)
    if kind == "target":
        return all(_number(found.get(key)) == _number(meant.get(key)) for key in ("low", "high"))
    if kind == "task":
        return _agree_on_task(found, meant)
    raise ValueError(kind)


def _agree_on_task(found: Item, meant: Item) -> bool:
    union = max(found["end"], meant["end"]) - min(found["start"], meant["start"])
    if 2 * shared(found, meant) < union:
        return False
    wanted = {same_form(name) for name in meant.get("lead") or ()}
    return not wanted or bool(wanted & {same_form(name) for name in found.get("lead") or ()})


def same_form(words: str | None) -> str:
    """One form for two spellings of the same words: small letters, one blank, tones in place."""
    return _BLANK.sub(" ", normal_tones(nfc(words or "").casefold())).strip(_EDGES)


def _tight(number: str | None) -> str:
    return same_form(number).replace(" ", "")


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 6)


def pair(kind: str, found: Sequence[Item], meant: Sequence[Item]) -> list[tuple[int, int]]:
    """Pairs (place in `found`, place in `meant`) of what is the same; each is in one pair at most.

    The first that fits is taken, in the order given.
    """
    pairs: list[tuple[int, int]] = []
    used: set[int] = set()
    for place, item in enumerate(meant):
        for candidate, other in enumerate(found):
            if candidate not in used and overlap(other, item) and agree(kind, other, item):
                used.add(candidate)
                pairs.append((candidate, place))
                break
    return pairs
