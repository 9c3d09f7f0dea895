"""Reading the organisation on a day: names, trees, holders."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Count

from kientoan.engines.vietnamese import sort_key

from ..models import Closure, Hierarchy, Level, Membership, Placement, UnitCode, UnitKind, UnitVersion

TERRITORIES = frozenset(
    {
        UnitKind.PROVINCE, UnitKind.CITY, UnitKind.DISTRICT, UnitKind.URBAN_DISTRICT, UnitKind.TOWN,
        UnitKind.PROVINCIAL_CITY, UnitKind.COMMUNE, UnitKind.WARD, UnitKind.TOWNSHIP, UnitKind.SPECIAL_ZONE,
    }
)  # fmt: skip


@dataclass(frozen=True)
class UnitOnDay:
    """A unit as it was on a day."""

    id: int
    name: str
    short_name: str
    kind: str
    level: str
    code: str = ""
    parent_id: int | None = None
    abbreviations: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def kind_words(self) -> str:
        """What kind of unit it is, in the language of the page."""
        return str(UnitKind(self.kind).label)

    @property
    def level_words(self) -> str:
        """On which level it stands, in the language of the page."""
        return str(Level(self.level).label)

    @property
    def is_territory(self) -> bool:
        """A province, district or commune, as against a body."""
        return self.kind in TERRITORIES

    @property
    def body_name(self) -> str:
        """How documents call who acts for it: 'UBND quận Ninh Kiều' for a territory, else its name."""
        return f"UBND {self.name[:1].lower()}{self.name[1:]}" if self.is_territory else self.name

    @property
    def issuer_name(self) -> str:
        """How it names itself at the head of its own documents: 'Ủy ban nhân dân quận Ninh Kiều'."""
        if not self.is_territory:
            return self.name
        return f"Ủy ban nhân dân {self.name[:1].lower()}{self.name[1:]}"


def units_on(day: date, ids: Iterable[int] | None = None) -> dict[int, UnitOnDay]:
    """The units in force on the day (those of `ids`, when given), by id, in Vietnamese order of names.

    With `ids`, a unit that is not in force on the day comes with its latest version, so that old records
    always have a name to show.
    """
    if ids is None:
        return _all_on(day)
    wanted = set(ids)
    kept = _kept_on(day) if wanted else {}
    if wanted and wanted <= kept.keys():
        return {key: unit for key, unit in kept.items() if key in wanted}
    versions = UnitVersion.objects.filter(unit__in=wanted).values_list("in_force", *_WORDS)
    codes = dict(
        UnitCode.objects.on(day).filter(scheme="gso", unit__in=wanted).values_list("unit_id", "code")
    )
    found: dict[int, tuple[tuple[bool, date], UnitOnDay]] = {}
    for in_force, key, name, short, kind, level, others in versions:
        rank = (day in in_force, in_force.lower or date.min)
        if key not in found or rank > found[key][0]:
            unit = UnitOnDay(key, name, short, kind, level, codes.get(key, ""), None, tuple(others))
            found[key] = (rank, unit)
    named = sorted((unit for _, unit in found.values()), key=lambda unit: (sort_key(unit.name), unit.id))
    return {unit.id: unit for unit in named}


_WORDS = ("unit_id", "name", "short_name", "kind", "level", "abbreviations")


def _kept_on(day: date) -> dict[int, UnitOnDay]:
    """The units kept of the day, when they are still as they were; empty when not, or when none are kept."""
    stamp, units = _kept.get(day, ("", {}))
    if not stamp:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        return units if cursor.fetchone()[0] == stamp else {}


_CUT = "\x1f"
# One row of long texts: a tenth of the work of ten thousand rows. The sign that cuts them stands in no name.
# Where the stamp is still the one that is known here, nothing else is read: see `_all_on`.
# Empty in a transaction that has itself written something, or that reads what was known at another moment.
_STAMP = """
SELECT CASE
    WHEN pg_current_xact_id_if_assigned() IS NULL
     AND coalesce(current_setting('kientoan.known_at', true), '') = '' THEN stamp::text
END AS stamp
FROM organisation_stamp
"""
_ALL = f"""
WITH current AS MATERIALIZED ({_STAMP})
SELECT (SELECT stamp FROM current),
       string_agg(v.unit_id::text, chr(31)), string_agg(translate(v.name, chr(31), ' '), chr(31)),
       string_agg(translate(v.short_name, chr(31), ' '), chr(31)), string_agg(v.kind, chr(31)),
       string_agg(v.level, chr(31)), string_agg(coalesce(c.code, ''), chr(31)),
       string_agg(CASE WHEN v.abbreviations = '[]' THEN '' ELSE v.abbreviations::text END, chr(31))
FROM organisation_unitversion v
LEFT JOIN organisation_unitcode c
    ON c.unit_id = v.unit_id AND c.scheme = 'gso' AND c.in_force @> %(day)s
WHERE v.in_force @> %(day)s AND (SELECT stamp FROM current) IS DISTINCT FROM %(stamp)s
"""
_MOST_DAYS = 4  # some five megabytes each, when the whole nation is loaded
_kept: dict[date, tuple[str, dict[int, UnitOnDay]]] = {}  # day → the stamp at which they were read, units


def _all_on(day: date) -> dict[int, UnitOnDay]:
    """Every unit in force on the day, in Vietnamese order.

    The units of the last days asked for are kept in memory, with the stamp that stood in the database when
    they were read. Whatever writes names, codes or places of units gives a new stamp when it is committed
    (migration 0009), so units are never shown as they no longer are. Without a stamp (see `_STAMP`) all is
    read, and nothing of it is kept.
    """
    global _kept
    stamp, units = _kept.get(day, ("", {}))
    with connection.cursor() as cursor:
        cursor.execute(_ALL, {"day": day, "stamp": stamp})
        current, *columns = cursor.fetchone()
    if stamp and current == stamp:
        return dict(units)
    found = {} if columns[0] is None else _built([text.split(_CUT) for text in columns])
    if current is not None:
        others = [item for item in _kept.items() if item[0] != day]
        _kept = {**dict(others[1 - _MOST_DAYS :]), day: (current, found)}
    return dict(found)


def _built(columns: list[list[str]]) -> dict[int, UnitOnDay]:
    """The units from their columns, sorted."""
    ids, names, shorts, kinds, levels, codes, others = columns
    numbers = list(map(int, ids))
    ranks = _ranks_of(names)
    keys = [ranks[name] << 48 | number for name, number in zip(names, numbers, strict=True)]
    return {
        numbers[at]: _made(
            numbers[at], names[at], shorts[at], kinds[at], levels[at], codes[at],
            tuple(json.loads(others[at])) if others[at] else (),
        )
        for at in sorted(range(len(keys)), key=keys.__getitem__)
    }  # fmt: skip


def _made(
    key: int, name: str, short: str, kind: str, level: str, code: str, abbreviations: tuple[str, ...]
) -> UnitOnDay:
    """A `UnitOnDay` written at once; its own constructor, field by field, takes three times as long."""
    unit = object.__new__(UnitOnDay)
    fields = {
        "id": key, "name": name, "short_name": short, "kind": kind, "level": level, "code": code,
        "parent_id": None, "abbreviations": abbreviations,
    }  # fmt: skip
    object.__setattr__(unit, "__dict__", fields)
    return unit


_MOST_NAMES = 50_000
_ranks: dict[str, int] = {}  # name → its place in Vietnamese order; names with equal keys have one place


def _ranks_of(names: list[str]) -> dict[str, int]:
    """The places of these names among all names met so far; numbers sort faster than texts."""
    global _ranks
    if not _ranks.keys() >= set(names):
        every = {*names} if len(_ranks) > _MOST_NAMES else {*names, *_ranks}
        ranks: dict[str, int] = {}
        last, place = "", 0
        for key, name in sorted((sort_key(name), name) for name in every):
            place += key != last
            last = key
            ranks[name] = place
        _ranks = ranks
    return _ranks


class Branch(NamedTuple):
    """A unit with the branches under it; a plain tuple, of which a nation needs ten thousand at once."""

    unit: UnitOnDay
    children: tuple["Branch", ...]

    @property
    def size(self) -> int:
        """How many units stand under it."""
        return sum(1 + child.size for child in self.children)


def placed_on(day: date, hierarchy: str = Hierarchy.GOVERNMENT) -> dict[int, int | None]:
    """Unit → the unit right above it (None for a root), for a whole hierarchy on a day; one small answer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(unit_id), array_agg(parent_id) FROM organisation_placement "
            "WHERE hierarchy = %s AND in_force @> %s",
            [str(hierarchy), day],
        )
        units, parents = cursor.fetchone()
    return dict(zip(units or (), parents or (), strict=True))


_trees: dict[tuple[date, str], tuple[str, tuple[Branch, ...]]] = {}  # as `_kept`


def tree_on(day: date, hierarchy: str = Hierarchy.GOVERNMENT) -> tuple[Branch, ...]:
    """The roots of a hierarchy on a day with all under them, siblings in Vietnamese order.

    Kept in memory as the units are.
    """
    global _trees
    key = (day, str(hierarchy))
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        current = cursor.fetchone()[0]
    stamp, tree = _trees.get(key, ("", ()))
    if stamp and current == stamp:
        return tree
    tree = _grown(units_on(day), placed_on(day, hierarchy))
    if current is not None:
        others = [item for item in _trees.items() if item[0] != key]
        _trees = {**dict(others[1 - _MOST_DAYS :]), key: (current, tree)}
    return tree


def _grown(units: Mapping[int, UnitOnDay], placed: Mapping[int, int | None]) -> tuple[Branch, ...]:
    children: dict[int | None, list[int]] = {}
    for unit_id in units:  # keeps the alphabetical order
        if unit_id in placed:
            children.setdefault(placed[unit_id], []).append(unit_id)

    def grow(parent: int | None) -> tuple[Branch, ...]:
        return tuple(
            [Branch(units[key], grow(key) if key in children else ()) for key in children.get(parent, ())]
        )

    return grow(None)


def parents_on(day: date, ids: Iterable[int] | None = None) -> dict[int, int]:
    """Unit → the unit right above it on the day, in its first hierarchy (government before the others).

    `ids`: of these units alone.
    """
    rank = {name: place for place, name in enumerate(Hierarchy.values)}
    rows = Placement.objects.on(day).filter(parent__isnull=False)
    rows = rows if ids is None else rows.filter(unit__in=set(ids))
    found = sorted(rows.values_list("unit_id", "parent_id", "hierarchy"), key=lambda row: -rank[row[2]])
    return {unit: parent for unit, parent, _ in found}  # the first hierarchy is written last


def sizes_on(day: date) -> dict[str, int]:
    """Hierarchy → how many units stand in it on the day."""
    rows = Placement.objects.on(day).values_list("hierarchy").annotate(size=Count("id"))
    return dict(rows.order_by())


def subtree_ids(unit_id: int, day: date, hierarchy: str | None = None) -> frozenset[int]:
    """The unit and all under it on the day, in one hierarchy or in all."""
    rows = Closure.objects.on(day).filter(ancestor=unit_id)
    if hierarchy:
        rows = rows.filter(hierarchy=hierarchy)
    return frozenset(rows.values_list("descendant_id", flat=True)) | {unit_id}


def children_ids(unit_id: int, day: date) -> list[int]:
    """The units directly under a unit on the day, in all hierarchies."""
    rows = Placement.objects.on(day).filter(parent=unit_id).values_list("unit_id", flat=True)
    return list(dict.fromkeys(rows))


def ancestor_ids(unit_id: int, day: date) -> list[int]:
    """The units above a unit, nearest first, without itself."""
    rows = Closure.objects.on(day).filter(descendant=unit_id, depth__gt=0).order_by("depth")
    return list(dict.fromkeys(rows.values_list("ancestor_id", flat=True)))


def holders_on(day: date, post_ids: Iterable[int]) -> dict[int, str]:
    """Who holds each post on the day: post id → name (an acting holder when nobody holds it)."""
    rows = Membership.objects.on(day).filter(post__in=set(post_ids)).select_related("person")
    found: dict[int, str] = {}
    for row in rows.order_by("kind"):  # 'act' < 'hold' < 'seconded': a holder overwrites an acting one
        if row.kind != "seconded":
            found[row.post_id] = row.person.full_name
    return found
