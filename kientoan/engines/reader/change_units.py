"""Say which units of a register the names in the clauses of one resolution mean, and why.

Names alone never decide: the same name stands in many districts, and after a merger of provinces twice in one
resolution. What decides is written beside the name (the district), the other units of the clause, and that
a unit given away whole in one clause is not there for another. Where two stay possible nothing is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .change_model import Change, OldUnit
from .change_register import Register, Registered, beside, find_misspelt, kind_of, same_spelling

WHYS: dict[str, tuple[str, float]] = {
    "only": ("tên và loại chỉ có một đơn vị", 0.98),
    "within": ("đơn vị cấp trên ghi bên cạnh", 0.98),
    "neighbours": ("cùng cấp trên với các đơn vị khác trong khoản", 0.93),
    "left": ("các đơn vị trùng tên khác đã thuộc khoản khác", 0.9),
    "spelling": ("viết khác tên đăng ký, không có đơn vị nào khác giống", 0.85),
    "kind": ("trùng tên, loại ghi khác", 0.6),
    "elsewhere": ("đơn vị mang tên này không thuộc cấp trên ghi bên cạnh", 0.0),
    "several": ("nhiều đơn vị trùng tên", 0.0),
    "none": ("không có đơn vị nào mang tên này", 0.0),
}
"""Reasons with the words shown for them and the confidence each gives."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The unit that a name means (``None``: open), those it may mean, and the reason, a key of ``WHYS``."""

    written: OldUnit
    unit: Registered | None
    candidates: tuple[Registered, ...]
    why: str

    @property
    def confidence(self) -> float:
        """How sure the reason makes it, 0 to 1."""
        return WHYS[self.why][1]


@dataclass(slots=True)
class _Name:
    """A name while it is looked for; ``at``: the place of its clause."""

    at: int
    written: OldUnit
    open: list[Registered]
    unit: Registered | None = None
    why: str = "several"

    @property
    def whole(self) -> bool:
        return self.written.extent == "full"

    def take(self, unit: Registered, why: str) -> None:
        self.unit, self.why = unit, why


EXISTING = frozenset({"absorb", "transfer", "move", "unchanged"})
"""Kinds of change whose result was there before."""


def units_named(change: Change) -> tuple[OldUnit, ...]:
    """Give the units that a change says are there: the old ones, then its result if it was there before."""
    if change.kind not in EXISTING:
        return change.old_units
    result = OldUnit(
        name=change.new_unit, kind=change.new_kind,
        extent="full" if change.kind == "unchanged" else "partial",  # the enlarged is named elsewhere too
        rest=False, area=None, population=None, within=change.new_within,
        start=change.start, end=change.end,
    )  # fmt: skip
    return (*change.old_units, result)


def place_units(changes: Sequence[Change], register: Register) -> tuple[tuple[Placed, ...], ...]:
    """Find the units of ``register`` that ``units_named`` gives for each change, in the same order.

    ``register`` should hold the units of the provinces that the resolution speaks of, and no others.
    """
    return _Search(changes, register).run()


@dataclass(slots=True)
class _Search:
    """All names of a resolution together: what one takes whole is gone for the others."""

    changes: Sequence[Change]
    register: Register
    names: list[_Name] = field(default_factory=list)

    def run(self) -> tuple[tuple[Placed, ...], ...]:
        for at, change in enumerate(self.changes):
            for written in units_named(change):
                self.names.append(self._name(at, written))
        self._narrow()
        self._spell()
        self._narrow()
        self._offer()
        placed: list[list[Placed]] = [[] for _ in self.changes]
        for name in self.names:
            placed[name.at].append(Placed(name.written, name.unit, tuple(name.open), name.why))
        return tuple(tuple(row) for row in placed)

    def _name(self, at: int, written: OldUnit) -> _Name:
        """Begin with the units of that name: beside the district written, of the kind, spelt alike."""
        found = self.register.named(written.name)
        fitting = [unit for unit in found if kind_of(unit.name) == written.kind]
        inside = [unit for unit in fitting or found if beside(unit, written)]
        spelt = [unit for unit in inside or fitting if same_spelling(unit.name, written.name)]
        name = _Name(at, written, spelt or inside or fitting or found)
        if not found:
            name.why = "none"
        elif len(name.open) == 1 and written.within and not inside:
            name.why = "elsewhere"
        elif len(name.open) == 1 and not fitting:
            name.take(name.open[0], "kind")
        elif len(name.open) == 1:
            name.take(name.open[0], "within" if inside and len(fitting) > 1 else "only")
        return name

    def _narrow(self) -> None:
        """Go on as long as something new follows from what was found."""
        found = True
        while found:
            taken = self._taken()
            found = False
            for name in self.names:
                if name.unit is None and len(name.open) > 1:
                    found = self._left(name, taken) or self._beside_others(name) or found

    def _taken(self) -> dict[str, list[_Name]]:
        taken: dict[str, list[_Name]] = {}
        for name in self.names:
            if name.unit is not None:
                taken.setdefault(name.unit.code, []).append(name)
        return taken

    def _free(self, name: _Name, unit: Registered, taken: dict[str, list[_Name]]) -> bool:
        """Say whether the unit may still be meant: not whole elsewhere, not twice in a clause."""
        others = taken.get(unit.code, [])
        return not any(other.whole or name.whole or other.at == name.at for other in others)

    def _left(self, name: _Name, taken: dict[str, list[_Name]]) -> bool:
        free = [unit for unit in name.open if self._free(name, unit, taken)]
        if len(free) != 1:
            return False
        name.take(free[0], "left")
        return True

    def _beside_others(self, name: _Name) -> bool:
        """Choose the one candidate in the district where most other units of the clause lie."""
        around = Counter(
            (other.unit.province, other.unit.district)
            for other in self.names
            if other.at == name.at and other.unit is not None
        )
        return self._choose(name, around, "neighbours")

    def _choose(self, name: _Name, around: Counter[tuple[str, str]], why: str) -> bool:
        ranked = sorted(
            ((around[unit.province, unit.district], unit.code, unit) for unit in name.open),
            key=lambda entry: entry[:2],
            reverse=True,
        )
        if not ranked[0][0] or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return False
        if not self._free(name, ranked[0][2], self._taken()):
            return False
        name.take(ranked[0][2], why)
        return True

    def _spell(self) -> None:
        """Find names that nobody has under another spelling, among what no clause has taken."""
        for name in self.names:
            if name.why != "none":
                continue
            codes = set(self._taken())
            places = {
                (other.unit.province, other.unit.district)
                for other in self.names
                if other.at == name.at and other.unit is not None
            }
            near = [unit for place in sorted(places) for unit in self.register.of_district(*place)]
            unit = find_misspelt(name.written, near, codes) or find_misspelt(
                name.written, self.register.everyone(), codes
            )
            if unit is not None:
                name.open = [unit]
                name.take(unit, "spelling")

    def _offer(self) -> None:
        """For a name nobody has, offer what no clause names in the districts of the clause."""
        taken = self._taken()
        for name in self.names:
            if name.why == "none":
                places = dict.fromkeys(
                    (other.unit.province, other.unit.district)
                    for other in self.names
                    if other.at == name.at and other.unit is not None
                )
                near = (unit for place in places for unit in self.register.of_district(*place))
                name.open = [unit for unit in near if unit.code not in taken]
