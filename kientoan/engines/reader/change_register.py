"""Find the old units of changes in a register of units: their codes, and their names as registered.

Resolutions and the register often differ in spelling (Đăk and Đắk, Qui and Quy, Za Hung and Zà Hung), and the
same name stands in many districts. A unit is recognised only where one place fits: the province in which most
units of the changes lie, then the district named beside it, then the district of its neighbours. What stays
open keeps the name as written and no code.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from kientoan.engines.vietnamese import fold, nfc, normal_tones

from .change_model import Change, OldUnit
from .find_changes import find_changes
from .read_head import read_head

COMMUNES_OF_JUNE_2025 = Path(__file__).with_name("change_units.csv")
"""The 10,035 communes in force on 30 June 2025, the day before the districts were abolished."""

LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)

_KIND = re.compile(r"^(?:thị trấn|thị xã|thành phố|phường|xã|đặc khu|huyện|quận|tỉnh)\s+", re.IGNORECASE)
SHORT = 2
"""Names of so few letters are not looked for under another spelling."""

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_LOOSE = re.compile(r"[\s'’\-.]+")


@dataclass(frozen=True, slots=True)
class Registered:
    """A unit of a register, with the district and the province it lies in."""

    code: str
    name: str
    district: str
    province: str


class Register:
    """Units by name, found also under other spellings."""

    def __init__(self, units: Iterable[Registered], day: date) -> None:
        self.day = day
        self._by_key: dict[str, list[Registered]] = defaultdict(list)
        self._by_district: dict[tuple[str, str], list[Registered]] = defaultdict(list)
        self._by_province: dict[str, list[Registered]] = defaultdict(list)
        for unit in units:
            self._by_key[spelling_key(unit.name)].append(unit)
            self._by_district[unit.province, unit.district].append(unit)
            self._by_province[unit.province].append(unit)

    def named(self, name: str) -> list[Registered]:
        """Give the units of this name, spelling apart; a kind may be part of it ("Phường Phường Đúc")."""
        doubled = _KIND.match(name)
        return self._by_key.get(spelling_key(name), []) or self._by_key.get(
            spelling_key(f"{doubled[0]}{name}" if doubled else ""), []
        )

    def of_district(self, province: str, district: str) -> list[Registered]:
        """Give the units of a district."""
        return self._by_district.get((province, district), [])

    def of_province(self, province: str) -> list[Registered]:
        """Give the units of a province."""
        return self._by_province.get(province, [])

    def everyone(self) -> list[Registered]:
        """Give all units of the register."""
        return [unit for units in self._by_province.values() for unit in units]


@lru_cache(maxsize=1)
def communes_of_june_2025() -> Register:
    """Read the register that the resolutions of 16 June 2025 speak of."""
    units = []
    with COMMUNES_OF_JUNE_2025.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for entry in filter(None, row["communes"].split("; ")):
                code, _, name = entry.partition(" ")
                units.append(Registered(code, name, row["district_name"], row["province"]))
    return Register(units, LAST_DAY_OF_DISTRICTS)


def read_changes(text: str) -> tuple[Change, ...]:
    """Find the changes of ``text`` and give the old units their codes of 30 June 2025.

    A text dated in another year speaks of other units: its changes stay without codes.
    """
    day = read_head(text).date
    found = find_changes(text)
    return found if day is not None and day.year != LAST_DAY_OF_DISTRICTS.year else register_changes(found)


def register_changes(changes: Sequence[Change], register: Register | None = None) -> tuple[Change, ...]:
    """Give ``changes`` with ``code`` and ``registered`` of each old unit that one registered unit fits.

    ``register`` is by default that of 30 June 2025. Units of other levels stay as they are.
    """
    known = register or communes_of_june_2025()
    everywhere = Counter(
        unit.province
        for change in changes
        for old in change.old_units
        for unit in {unit.province: unit for unit in known.named(old.name)}.values()
    )
    return tuple(_register(change, known, everywhere) for change in changes)


def _register(change: Change, register: Register, everywhere: Counter[str]) -> Change:
    province = _province(change, register, everywhere)
    if province is None:
        return change
    found = [
        [unit for unit in register.named(old.name) if unit.province == province] for old in change.old_units
    ]
    around = Counter(district for units in found for district in {unit.district for unit in units})
    around.update(
        district
        for old, units in zip(change.old_units, found, strict=True)
        for district in {unit.district for unit in units if beside(unit, old)}
    )
    chosen: list[Registered | None] = [
        _best(old, units, around) for old, units in zip(change.old_units, found, strict=True)
    ]
    taken = [unit for unit in chosen if unit is not None]
    near = [
        unit
        for district in {unit.district for unit in taken}
        for unit in register.of_district(province, district)
    ]
    olds = []
    for old, units, best in zip(change.old_units, found, chosen, strict=True):
        codes = {unit.code for unit in taken}
        unit = (
            best
            if units
            else find_misspelt(old, near, codes) or find_misspelt(old, register.of_province(province), codes)
        )
        olds.append(old if unit is None else _registered(old, unit, register.day))
    return replace(change, old_units=tuple(olds))


def _registered(old: OldUnit, unit: Registered, day: date) -> OldUnit:
    return replace(old, registered=unit.name, code=unit.code, code_day=day)


def _province(change: Change, register: Register, everywhere: Counter[str]) -> str | None:
    """Give the province where the old units lie, best in one district; ``None`` when two fit as well."""
    votes: Counter[str] = Counter()
    districts: Counter[tuple[str, str]] = Counter()
    for old in change.old_units:
        best: dict[str, int] = {}
        for unit in register.named(old.name):
            kind = kind_of(unit.name) == old.kind
            points = 2 + 2 * kind + same_spelling(unit.name, old.name) + 3 * beside(unit, old)
            best[unit.province] = max(points, best.get(unit.province, 0))
        votes.update(best)
        districts.update({(unit.province, unit.district) for unit in register.named(old.name)})
    for province in votes:
        votes[province] += 2 * max(count for (place, _), count in districts.items() if place == province)
    ranked = sorted(((votes[name], everywhere[name], name) for name in votes), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        return None
    return ranked[0][2]


def _best(old: OldUnit, units: list[Registered], around: Counter[str]) -> Registered | None:
    """Give the unit that fits best, or ``None`` when two fit as well."""
    ranked = sorted(
        (
            (
                beside(unit, old),
                kind_of(unit.name) == old.kind,
                min(around[unit.district], 4) + 3 * same_spelling(unit.name, old.name),
                around[unit.district],
                unit.code,
                unit,
            )
            for unit in units
        ),
        key=lambda entry: entry[:5],
        reverse=True,
    )
    if not ranked or (len(ranked) > 1 and ranked[0][:4] == ranked[1][:4]):
        return None
    return ranked[0][5]


def find_misspelt(old: OldUnit, near: list[Registered], taken: set[str]) -> Registered | None:
    """Give the one unit that sounds alike ("Sá Tổng", "Xá Tổng") or is a letter away ("Bhalêê", "Bha Lê")."""
    key = spelling_key(old.name)
    free = [unit for unit in near if unit.code not in taken and kind_of(unit.name) == old.kind]
    close = [unit for unit in free if _sound(spelling_key(unit.name)) == _sound(key)]
    close = close or [unit for unit in free if _one_apart(key, spelling_key(unit.name))]
    return close[0] if len(close) == 1 and len(key) > SHORT else None


def _sound(key: str) -> str:
    """Write letters alike that many speakers do not tell apart: x and s, tr and ch, k and c, gi and d."""
    return key.replace("x", "s").replace("tr", "ch").replace("k", "c").replace("gi", "d")


def _one_apart(first: str, second: str) -> bool:
    """Say whether one letter changed, added or left out makes the names the same."""
    if abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    rests = (first[start + 1 :], second[start + 1 :])
    return rests[0] == rests[1] or first[start:] == rests[1] or rests[0] == second[start:]


def beside(unit: Registered, old: OldUnit) -> bool:
    """Say whether the place named beside the old unit is this unit's district (and province, if both are)."""
    if not old.within:
        return False
    parts = [_place(part) for part in old.within.split(",")]
    return _place(unit.district) in parts and all(
        part in (_place(unit.district), _place(unit.province)) for part in parts
    )


def _place(name: str) -> str:
    return _LOOSE.sub("", fold(name))


def kind_of(name: str) -> str:
    """Give the kind that stands before a name: "thị trấn" of "Thị trấn Gôi", "" where none does."""
    found = _KIND.match(name)
    return found[0].strip().lower() if found else ""


def same_spelling(first: str, second: str) -> bool:
    """Say whether two names are spelt alike, but for the place of the tone and capitals."""
    return _plain(first) == _plain(second)


def _plain(name: str) -> str:
    return normal_tones(_KIND.sub("", nfc(name))).casefold()


def spelling_key(name: str) -> str:
    """Give what stays of a name in any spelling: no marks, blanks, hyphens; i for y, 2 for II."""
    words = fold(_KIND.sub("", nfc(name))).split()
    last = _ROMAN.get(words[-1], words[-1]) if len(words) > 1 else ""
    return _LOOSE.sub("", "".join([*words[:-1], last] if last else words)).replace("y", "i")
