"""What the database knows of the units with public codes, on every day, kept in memory during a replay."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

SCHEME = "gso"


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that holds from a day until (not including) another; None: for ever."""

    start: date
    end: date | None
    value: Any

    def on(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Words:
    """What a unit is called and is."""

    name: str
    kind: str
    level: str


@dataclass
class Standing:
    """Units by code and day. `pending`: units of the lists that could not be established yet, and why."""

    codes: dict[str, list[Dated]] = field(default_factory=dict)  # code → unit
    lives: dict[int, Dated] = field(default_factory=dict)
    names: dict[int, list[Dated]] = field(default_factory=dict)  # unit → Words
    places: dict[int, list[Dated]] = field(default_factory=dict)  # unit → unit above, None: a root
    posts: dict[int, date] = field(default_factory=dict)  # unit → start of its latest post
    left: dict[str, str] = field(default_factory=dict)  # code → why it was left as it is

    @classmethod
    def read(cls) -> "Standing":
        """Everything there is now."""
        standing = cls()
        standing.refresh(None)
        return standing

    def refresh(self, units: Iterable[int] | None) -> None:
        """Read these units anew (all, when None)."""
        from kientoan.domains.organisation.models import Placement, Post, Unit, UnitCode, UnitVersion

        listed = None if units is None else list(units)
        only: dict[str, object] = {} if listed is None else {"unit__in": listed}
        lives = Unit.objects.all() if listed is None else Unit.objects.filter(pk__in=listed)
        for unit, span in lives.values_list("pk", "in_force"):
            self.lives[unit] = Dated(span.lower, span.upper, None)
        codes = UnitCode.objects.filter(scheme=SCHEME, **only)
        fresh: defaultdict[str, list[Dated]] = defaultdict(list)
        read = set()
        for unit, code, span in codes.values_list("unit_id", "code", "in_force"):
            fresh[code].append(Dated(span.lower, span.upper, unit))
            read.add(unit)
        for code, rows in fresh.items():
            self.codes[code] = [row for row in self.codes.get(code, []) if row.value not in read] + rows
        names = UnitVersion.objects.filter(**only).values_list("unit_id", "in_force", "name", "kind", "level")
        self._keep(self.names, ((unit, span, Words(*words)) for unit, span, *words in names))
        places = Placement.objects.filter(hierarchy="government", **only)
        self._keep(self.places, places.values_list("unit_id", "in_force", "parent_id"))
        for unit, span in Post.objects.filter(**only).values_list("unit_id", "in_force"):
            self.posts[unit] = max(span.lower, self.posts.get(unit, span.lower))

    @staticmethod
    def _keep(kept: dict[int, list[Dated]], rows: Iterable[Any]) -> None:
        fresh: defaultdict[int, list[Dated]] = defaultdict(list)
        for unit, span, value in rows:
            fresh[unit].append(Dated(span.lower, span.upper, value))
        kept.update(fresh)

    def unit(self, code: str, day: date) -> int | None:
        """The unit that has the code on the day."""
        return next((row.value for row in self.codes.get(code, ()) if row.on(day)), None)

    def units(self, day: date) -> dict[str, int]:
        """Code → unit, of all in force on the day."""
        return {code: row.value for code, rows in self.codes.items() for row in rows if row.on(day)}

    def comes_later(self, code: str, day: date) -> date | None:
        """From when the code is known here, when that is after the day."""
        return min((row.start for row in self.codes.get(code, ()) if row.start > day), default=None)

    def ended_before(self, code: str, day: date) -> date | None:
        """When the last unit of this code ended, when that was on or before the day."""
        ends = (row.end for row in self.codes.get(code, ()) if row.end is not None and row.end <= day)
        return max(ends, default=None)

    def words(self, unit: int, day: date) -> Words:
        """What the unit is called on the day."""
        found: Words = next(row.value for row in self.names[unit] if row.on(day))
        return found

    def above(self, unit: int, day: date) -> int | None:
        """The unit above in the government on the day."""
        return next((row.value for row in self.places.get(unit, ()) if row.on(day)), None)

    def is_open(self, unit: int, day: date) -> bool:
        """Whether the unit exists on the day and its end is not known: only then can one stand under it."""
        return self.lives[unit].on(day) and self.lives[unit].end is None

    def may_change(self, unit: int, day: date) -> bool:
        """Whether nothing is written of the unit on the day or later: changes are written in their order."""
        written = [row.start for rows in (self.names, self.places) for row in rows.get(unit, ())]
        written += [self.lives[unit].start, self.posts.get(unit, date.min)]
        return self.is_open(unit, day) and max(written) < day
