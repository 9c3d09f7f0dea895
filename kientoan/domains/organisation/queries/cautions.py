"""What is odd about a decision though it may be right: a person looks at it, nothing is refused."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.engines.vietnamese import fold

from ..models import Level, Placement, UnitKind, UnitVersion
from ..rules.changes import Outcome
from .plan import Plan

LEVELS: dict[str, str] = {
    UnitKind.PROVINCE: Level.PROVINCE,
    UnitKind.CITY: Level.PROVINCE,
    UnitKind.DISTRICT: Level.DISTRICT,
    UnitKind.URBAN_DISTRICT: Level.DISTRICT,
    UnitKind.TOWN: Level.DISTRICT,
    UnitKind.PROVINCIAL_CITY: Level.DISTRICT,
    UnitKind.COMMUNE: Level.COMMUNE,
    UnitKind.WARD: Level.COMMUNE,
    UnitKind.TOWNSHIP: Level.COMMUNE,
    UnitKind.SPECIAL_ZONE: Level.COMMUNE,
}
"""The level of a territory by its kind; other units stand on any level."""

_ORDER = {level: place for place, level in enumerate(Level.values)}  # from the top


class Odd(models.TextChoices):
    """What a person should look at; the label says it."""

    NAME_LIVES = "name_lives", _("“%(name)s”: cùng cấp trên đã có “%(other)s” đang hoạt động.")
    NAME_TWICE = "name_twice", _("“%(name)s”: quyết định này đặt tên ấy cho hai đơn vị cùng cấp trên.")
    KIND_LEVEL = "kind_level", _("“%(name)s”: loại “%(kind)s” thường ở %(usual)s, không phải %(level)s.")
    NAME_KIND = "name_kind", _("“%(name)s”: tên ghi là %(said)s mà loại là “%(kind)s”.")
    LEVEL_ABOVE = "level_above", _("“%(name)s” ở %(level)s mà cấp trên “%(parent)s” ở %(above)s.")


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to look at. `row`: the place of the event in the decision."""

    row: int
    odd: Odd
    detail: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """What is odd, in the language of the user."""
        return str(self.odd.label) % dict(self.detail)


@dataclass(frozen=True, slots=True)
class _Named:
    """A new or renewed unit as it will be; `above`: the id or key of its parent by hierarchy."""

    row: int
    outcome: Outcome
    name: str
    kind: str
    level: str
    above: tuple[tuple[str, int | str], ...]


def cautions_of(plan: Plan) -> tuple[Caution, ...]:
    """All that is odd, in the order of the rows; two statements."""
    named = [
        _named(change.row, one, plan)
        for change in plan.changes
        for one in change.outcomes
        if one.renews or one.unit is None
    ]
    parents = {key for one in named for _hierarchy, key in one.above if isinstance(key, int)}
    versions = _versions(plan, parents)
    found = [*_names(named, versions), *_kinds(named), *_levels(named, versions)]
    return tuple(sorted(found, key=lambda one: one.row))


def _named(row: int, outcome: Outcome, plan: Plan) -> _Named:
    before = plan.facts.versions.get(outcome.unit or 0)
    above = {place.hierarchy: place.key or place.unit for place in outcome.places}
    if outcome.unit is not None:
        for (unit, hierarchy), place in plan.facts.places.items():
            if unit == outcome.unit:
                above.setdefault(hierarchy, place.parent_id)
    return _Named(
        row, outcome,
        outcome.name or (before.name if before else ""),
        outcome.kind or (before.kind if before else ""),
        outcome.level or (before.level if before else ""),
        tuple(sorted((hierarchy, key) for hierarchy, key in above.items() if key)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Around:
    """The parents as they are, and by parent and folded name the units under it that the decision leaves."""

    parents: Mapping[int, UnitVersion]
    names: Mapping[tuple[str, int | str, str], UnitVersion]


def _versions(plan: Plan, parents: set[int]) -> _Around:
    day = plan.decision.effective_date
    leaving = {*plan.ending, *(one.unit for one in plan.renewed if one.name or one.places)}
    rows = Placement.objects.on(day).filter(parent__in=parents).exclude(unit__in=leaving)
    places = list(rows.values_list("unit_id", "hierarchy", "parent_id"))
    wanted = parents | {unit for unit, _hierarchy, _parent in places}
    versions = {row.unit_id: row for row in UnitVersion.objects.on(day).filter(unit__in=wanted)}
    names = {
        (hierarchy, parent, fold(versions[unit].name)): versions[unit]
        for unit, hierarchy, parent in places
        if unit in versions and parent is not None
    }
    return _Around({unit: versions[unit] for unit in parents if unit in versions}, names)


def _names(named: list[_Named], around: _Around) -> Iterator[Caution]:
    seen: dict[tuple[str, int | str, str], set[int]] = defaultdict(set)
    for place, one in enumerate(named):
        if not one.outcome.name and not one.outcome.places:
            continue
        keys = [(hierarchy, parent, fold(one.name)) for hierarchy, parent in one.above]
        living = next((around.names[key] for key in keys if key in around.names), None)
        if living is not None and living.unit_id != one.outcome.unit:
            yield _caution(one, Odd.NAME_LIVES, other=living.name)
        elif any(seen[key] for key in keys):
            yield _caution(one, Odd.NAME_TWICE)
        for key in keys:
            seen[key].add(place)


def _kinds(named: list[_Named]) -> Iterator[Caution]:
    """The kind against the level, and against the word that the name begins with."""
    words = {str(UnitKind(kind).label): kind for kind in LEVELS if kind not in _CITIES}
    for one in named:
        if not (one.outcome.kind or one.outcome.level or one.outcome.name):
            continue
        usual = LEVELS.get(one.kind)
        kind = str(UnitKind(one.kind).label) if one.kind else ""
        if usual and one.level and usual != one.level:
            level = str(Level(one.level).label)
            yield _caution(one, Odd.KIND_LEVEL, kind=kind, usual=Level(usual).label, level=level)
        said = next((word for word in words if fold(one.name).startswith(f"{fold(word)} ")), None)
        if said and one.kind in LEVELS and words[said] != one.kind:
            yield _caution(one, Odd.NAME_KIND, said=said, kind=kind)


_CITIES = frozenset({UnitKind.CITY, UnitKind.PROVINCIAL_CITY})  # both begin with "Thành phố"


def _levels(named: list[_Named], around: _Around) -> Iterator[Caution]:
    for one in named:
        if not (one.outcome.level or one.outcome.places) or one.level not in _ORDER:
            continue
        for _hierarchy, key in one.above:
            parent = around.parents.get(key) if isinstance(key, int) else None
            if parent is not None and parent.level in _ORDER and _ORDER[parent.level] > _ORDER[one.level]:
                levels = {"level": Level(one.level).label, "above": Level(parent.level).label}
                yield _caution(one, Odd.LEVEL_ABOVE, parent=parent.name, **levels)
                break


def _caution(one: _Named, odd: Odd, **detail: object) -> Caution:
    values = {"name": one.name, **detail}
    return Caution(one.row, odd, tuple((key, str(value)) for key, value in values.items()))
