"""What a post of one unit is called in its successor."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Called:
    """The name of a unit ('Phường Cái Khế') and the word for its kind ('phường'; '' for a body)."""

    name: str
    kind: str

    @property
    def bare(self) -> str:
        """The name without the word for its kind; the whole name when it does not begin with it."""
        shorter = self.name[len(self.kind) :].strip()
        return shorter if self.name.lower().startswith(self.kind.lower()) and shorter else self.name


def renamed(title: str, old: Called, new: Called) -> str:
    """The title with the old unit's name replaced by the new one's.

    'Chủ tịch UBND phường Cái Khế' becomes 'Chủ tịch UBND phường Ninh Kiều'. A title that says only the kind
    ('Chủ tịch UBND quận') gets the new kind; one that names neither stays as it is.
    """
    for was, now in _pairs(old, new):
        if not was or not now:
            continue
        found = re.search(rf"(?<!\w){re.escape(was)}(?!\w)", title, re.IGNORECASE)
        if found:
            written = found.group()
            word = now if written[:1].isupper() else now[:1].lower() + now[1:]
            return title[: found.start()] + word + title[found.end() :]
    return title


def _pairs(old: Called, new: Called) -> Iterator[tuple[str, str]]:
    yield old.name, new.name
    if old.bare != old.name:
        yield old.bare, new.bare
    yield old.kind, new.kind
