"""Which units a name in a table may mean: short forms of the kinds, without diacritics, without the kind.

All units that a name may mean are given; whoever asks takes one only where nothing else is left.
"""

import re
from collections.abc import Iterable

from kientoan.domains.organisation.body_names import bare_name
from kientoan.domains.organisation.queries import UnitOnDay
from kientoan.engines.vietnamese import fold, nfc, plain_name

SHORT_KINDS = {
    "p": "Phường", "x": "Xã", "tt": "Thị trấn", "tx": "Thị xã", "tp": "Thành phố", "q": "Quận", "h": "Huyện",
    "t": "Tỉnh",
}  # fmt: skip
_AT_START = re.compile(
    rf"({'|'.join(sorted(SHORT_KINDS, key=len, reverse=True))})(?:\.\s*|\s+)(?=\S)", re.IGNORECASE
)
_OPEN = frozenset({"tt", "tp", "t"})  # "TT" is a centre too, "TP." two kinds, "T" anything


def written_out(name: str) -> str:
    """ "P. An Phú", "P An Phú" → "Phường An Phú"; any other name as it is."""
    found = _AT_START.match(name.strip())
    return f"{SHORT_KINDS[found[1].lower()]} {name.strip()[found.end() :]}" if found else name


def new_name(name: str, kind: str) -> str:
    """The name of a new unit, written out where its short form, or the kind given for it, leaves no doubt."""
    found = _AT_START.match(name.strip())
    if found is None:
        return name
    long = fold(SHORT_KINDS[found[1].lower()])
    sure = fold(kind_written_out(kind)) == long if kind else found[1].lower() not in _OPEN
    return written_out(name) if sure else name


def kind_written_out(kind: str) -> str:
    """ "P." → "Phường"; any other word as it is."""
    return SHORT_KINDS.get(fold(kind).rstrip("."), kind)


class Names:
    """The units of a day by every form of their names, the nearer forms first."""

    def __init__(self, units: Iterable[UnitOnDay]) -> None:
        self._exact: tuple[dict[str, set[int]], dict[str, set[int]]] = ({}, {})
        self._folded: tuple[dict[str, set[int]], dict[str, set[int]]] = ({}, {})
        for unit in units:
            for place, name in enumerate((unit.name, " ".join(bare_name(unit)[1]))):
                if name:
                    self._exact[place].setdefault(plain_name(name), set()).add(unit.id)
                    self._folded[place].setdefault(fold(plain_name(name)), set()).add(unit.id)

    def find(self, name: str) -> list[int]:
        """All units that the name may mean: whole names before names without the kind.

        A name with diacritics means only names with the same; one without any means all that it may be short
        for, so that "An Phu" is asked where An Phú and An Phủ are.
        """
        plain, folded = plain_name(written_out(name)), fold(plain_name(written_out(name)))
        bare_of_marks = fold(name) == nfc(name).casefold()
        for exact, without in zip(self._exact, self._folded, strict=True):
            found = without.get(folded) if bare_of_marks else exact.get(plain_name(name)) or exact.get(plain)
            if found:
                return sorted(found)
        return []
