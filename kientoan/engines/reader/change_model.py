"""What a clause on administrative units says: frozen records with spans into the text as given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

KIND_NAMES: dict[str, str] = {
    "merge": "hợp nhất thành đơn vị mới",
    "absorb": "nhập vào đơn vị đang có",
    "transfer": "chuyển một phần sang đơn vị đang có",
    "move": "chuyển sang đơn vị cấp trên khác",
    "split": "chia, tách",
    "convert": "đổi loại đơn vị",
    "rename": "đổi tên",
    "unchanged": "giữ nguyên",
}
"""Kinds of change with the words shown for them."""


@dataclass(frozen=True, slots=True)
class OldUnit:
    """A unit that gives its land and people, whole or in part.

    ``name`` is written as in the text after its kind ("Phường Tân An"); ``rest`` marks "phần còn lại" (what
    other clauses left over); ``area`` in km², ``population`` in persons, where the text gives them for this
    unit alone; ``within`` the district or province named beside it. ``registered``, ``code`` and ``code_day``
    (codes are given again over the years: the key is code and day) are filled by ``register_changes`` only.
    """

    name: str
    kind: str
    extent: str
    rest: bool
    area: float | None
    population: int | None
    within: str | None
    start: int
    end: int
    registered: str | None = None
    code: str | None = None
    code_day: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One unit that a clause makes, enlarges, renames or leaves, with the units it is made from.

    ``kind`` is a key of ``KIND_NAMES``. ``clause`` is the number before the clause, ``article`` that of the
    article above, ``provision`` the span of the clause with its number.
    """

    start: int
    end: int
    new_unit: str
    new_kind: str
    old_units: tuple[OldUnit, ...]
    kind: str
    new_within: str | None
    seat: str | None
    area: float | None
    population: int | None
    article: str | None
    clause: str | None
    provision: tuple[int, int]
    rule: str
    confidence: float

    def to_json(self) -> dict[str, Any]:
        """Give plain data; the name of an old unit is the registered one where it was found in a register."""
        return {
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "new_unit": self.new_unit,
            "new_kind": self.new_kind,
            "new_within": self.new_within,
            "old_units": [
                {
                    "name": unit.registered or unit.name,
                    "written": unit.name,
                    "kind": unit.kind,
                    "extent": unit.extent,
                    "rest": unit.rest,
                    "area": unit.area,
                    "population": unit.population,
                    "within": unit.within,
                    "code": unit.code,
                    "code_day": unit.code_day.isoformat() if unit.code_day else None,
                    "start": unit.start,
                    "end": unit.end,
                }
                for unit in self.old_units
            ],
            "seat": self.seat,
            "area": self.area,
            "population": self.population,
            "article": self.article,
            "clause": self.clause,
            "provision": list(self.provision),
            "rule": self.rule,
            "confidence": self.confidence,
        }
