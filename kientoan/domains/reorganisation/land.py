"""The territories of a day: provinces, districts, communes, who lies in whom, and where a name is found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kientoan.domains.organisation.models import Hierarchy, Level, Placement
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.engines.reader import Register, Registered

HIERARCHY = str(Hierarchy.GOVERNMENT)
PROVINCES = frozenset({"province", "city"})


@dataclass(frozen=True)
class Land:
    """Units in force on the day (`units`), and the unit above each in the government's tree."""

    day: date
    units: dict[int, UnitOnDay]
    parents: dict[int, int]
    _below: dict[int, list[int]] = field(default_factory=dict, repr=False)

    @classmethod
    def on(cls, day: date) -> "Land":
        """Load the day (three statements)."""
        units = units_on(day)
        rows = Placement.objects.on(day).filter(hierarchy=HIERARCHY, parent__isnull=False)
        parents = {unit: parent for unit, parent in rows.values_list("unit_id", "parent_id") if parent}
        below: dict[int, list[int]] = {}
        for unit in units:
            if unit in parents:
                below.setdefault(parents[unit], []).append(unit)
        return cls(day, units, parents, below)

    @cached_property
    def provinces(self) -> tuple[UnitOnDay, ...]:
        """The provinces and the cities that stand beside them."""
        return tuple(unit for unit in self.units.values() if unit.kind in PROVINCES)

    def below(self, unit: int) -> list[int]:
        """The units right under it, in Vietnamese order."""
        return self._below.get(unit, [])

    def districts(self, province: int) -> list[int]:
        """The districts of a province."""
        return [one for one in self.below(province) if self._is(one, Level.DISTRICT)]

    def communes(self, province: int) -> list[int]:
        """The communes of a province, under its districts or right under it."""
        above = [province, *self.districts(province)]
        return [one for parent in above for one in self.below(parent) if self._is(one, Level.COMMUNE)]

    def province_of(self, unit: int) -> int | None:
        """The province a unit lies in (itself, when it is one)."""
        at: int | None = unit
        while at is not None and (at not in self.units or self.units[at].kind not in PROVINCES):
            at = self.parents.get(at)
        return at

    def district_of(self, unit: int) -> int | None:
        """The district a commune lies in, None when it stands right under its province."""
        above = self.parents.get(unit)
        return above if above is not None and self._is(above, Level.DISTRICT) else None

    def _is(self, unit: int, level: str) -> bool:
        found = self.units.get(unit)
        return found is not None and found.level == level and found.is_territory

    def register(self, provinces: Iterable[int]) -> Register:
        """The territories of some provinces, for the reader; the code of each is its id here."""
        return Register(self._registered(provinces), self.day)

    def _registered(self, provinces: Iterable[int]) -> Iterator[Registered]:
        for province in provinces:
            name = self.units[province].name
            yield Registered(str(province), name, "", name)
            for district in self.districts(province):
                own = self.units[district].name
                yield Registered(str(district), own, own, name)
            for commune in self.communes(province):
                above = self.district_of(commune)
                yield Registered(
                    str(commune), self.units[commune].name, self.units[above].name if above else "", name
                )

    def path(self, unit: int) -> str:
        """Where the unit lies: "Huyện Cờ Đỏ, Thành phố Cần Thơ"; "" for a province."""
        names = []
        at = self.parents.get(unit)
        while at is not None and at in self.units:
            names.append(self.units[at].name)
            at = self.parents.get(at)
        return ", ".join(names)
