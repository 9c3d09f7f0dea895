"""Two days side by side: which units came, went, moved, were renamed, got another code, kind or level.

One statement counts, and nine read the rows of a page, however many units there are; for the nation too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ..models import Decision, DecisionState, Hierarchy, Passing, UnitVersion
from .facts import CODE_SCHEME
from .finding import spelt_out
from .tree import UnitOnDay, units_on


class Change(TextChoices):
    """In which way a unit differs between the days; one may differ in several ways."""

    WENT = "went", _("Không còn")
    CAME = "came", _("Mới có")
    RENAMED = "renamed", _("Đổi tên")
    RECODED = "recoded", _("Đổi mã")
    KIND = "kind", _("Đổi loại, cấp")
    MOVED = "moved", _("Đổi cấp trên")


@dataclass(frozen=True)
class Wanted:
    """What is compared: two days in one hierarchy; all of it, or a level, or what stands under `under`.

    `under` holds the units that make up a place on either day: with what came into it, and what became of it.
    """

    before: date
    after: date
    hierarchy: str = Hierarchy.GOVERNMENT
    level: str = ""
    under: tuple[int, ...] = ()
    change: str = ""
    text: str = ""  # words of a name of either day, or a code


@dataclass(frozen=True, slots=True)
class Side:
    """A unit as it was on one of the days."""

    code: str
    name: str
    kind: str
    level: str
    parent: UnitOnDay | None


@dataclass(frozen=True, slots=True)
class Related:
    """A unit that a gone one passed to, or that a new one came from; wholly or in part."""

    unit: int
    name: str
    full: bool


@dataclass(frozen=True, slots=True)
class ComparedUnit:
    """A unit that differs; `before` None: it came; `after` None: it went. `decision` None: by hand."""

    unit: int
    before: Side | None
    after: Side | None
    changes: tuple[str, ...]
    decision: int | None
    legal_basis: str
    related: tuple[Related, ...]

    @property
    def name(self) -> str:
        """Its name on the later day, else on the earlier."""
        side = self.after or self.before
        return side.name if side else ""


@dataclass(frozen=True)
class Counts:
    """How many units there were on each day, how many stayed as they were, how many changed in which way."""

    before: int
    after: int
    unchanged: int
    changed: int
    ways: dict[str, int]


_DAY = """
    SELECT p.unit_id, p.parent_id, v.name, v.kind, v.level, coalesce(c.code, '') AS code,
           p.begun_by_id AS placed_by, v.begun_by_id AS named_by, c.begun_by_id AS coded_by
    FROM organisation_placement p
    JOIN organisation_unitversion v ON v.unit_id = p.unit_id AND v.in_force @> %({day})s::date
    LEFT JOIN organisation_unitcode c
        ON c.unit_id = p.unit_id AND c.scheme = %(scheme)s AND c.in_force @> %({day})s::date
    WHERE p.hierarchy = %(hierarchy)s AND p.in_force @> %({day})s::date
"""
_UNDER = """
      AND p.unit_id IN (
        SELECT descendant_id FROM organisation_closure
        WHERE ancestor_id = ANY(%(under)s) AND hierarchy = %(hierarchy)s AND in_force @> %({day})s::date
      )
"""
_BOTH = """
WITH a AS ({before}), b AS ({after}), both_days AS (
    SELECT unit_id, a.name AS a_name, a.kind AS a_kind, a.level AS a_level, a.code AS a_code,
           a.parent_id AS a_parent, b.name AS b_name, b.kind AS b_kind, b.level AS b_level, b.code AS b_code,
           b.parent_id AS b_parent, a.unit_id IS NULL AS came, b.unit_id IS NULL AS went,
           a.name <> b.name AS renamed, a.code <> b.code AS recoded,
           a.kind <> b.kind OR a.level <> b.level AS kind,
           a.unit_id = b.unit_id AND a.parent_id IS DISTINCT FROM b.parent_id AS moved,
           b.placed_by, b.named_by, b.coded_by
    FROM a FULL JOIN b USING (unit_id)
    WHERE (%(level)s = '' OR a.level = %(level)s OR b.level = %(level)s)
      AND (%(text)s = '' OR kt_fold(a.name) LIKE %(like)s OR kt_fold(b.name) LIKE %(like)s
           OR a.code = %(text)s OR b.code = %(text)s)
)
"""
_COUNT = """
SELECT count(*) FILTER (WHERE NOT came), count(*) FILTER (WHERE NOT went),
       count(*) FILTER (WHERE came OR went OR renamed OR recoded OR kind OR moved),
       count(*) FILTER (WHERE went), count(*) FILTER (WHERE came), count(*) FILTER (WHERE renamed),
       count(*) FILTER (WHERE recoded), count(*) FILTER (WHERE kind), count(*) FILTER (WHERE moved)
FROM both_days
"""
_ROWS = """
SELECT both_days.*, CASE WHEN went THEN u.ended_by_id WHEN came THEN u.begun_by_id
    WHEN renamed OR kind THEN named_by WHEN recoded THEN coded_by ELSE placed_by END AS decision_id
FROM both_days JOIN organisation_unit u ON u.id = both_days.unit_id
WHERE {wanted}
ORDER BY array_position(ARRAY['central', 'province', 'district', 'commune'],
                        coalesce(a_level, b_level)::text),
         nullif(coalesce(nullif(a_code, ''), b_code), '') NULLS LAST, coalesce(b_name, a_name), unit_id
"""
_ANY = "(came OR went OR renamed OR recoded OR kind OR moved)"


def count_changes(wanted: Wanted) -> Counts:
    """Everything counted, whatever `wanted.change` says, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_both(wanted) + _COUNT, _values(wanted))
        before, after, changed, *ways = cursor.fetchone()
    came = ways[1]
    counts = dict(zip(Change.values, ways, strict=True))
    return Counts(before, after, before + came - changed, changed, counts)


def changed_units(wanted: Wanted, start: int = 0, most: int | None = None) -> list[ComparedUnit]:
    """The units that differ, by level and code; `most` of them from the `start`-th on. Nine statements."""
    condition = wanted.change if wanted.change in Change.values else _ANY
    query = _both(wanted) + _ROWS.format(wanted=condition)
    values = _values(wanted)
    if most is not None:
        query, values = query + " LIMIT %(most)s OFFSET %(start)s", {**values, "most": most, "start": start}
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return list(_compared(rows, wanted))


def _compared(rows: Sequence[dict[str, Any]], wanted: Wanted) -> Iterator[ComparedUnit]:
    first = units_on(wanted.before, {row["a_parent"] for row in rows if row["a_parent"]})
    second = units_on(wanted.after, {row["b_parent"] for row in rows if row["b_parent"]})
    bases = dict(
        Decision.objects.filter(pk__in={row["decision_id"] for row in rows}).values_list("pk", "legal_basis")
    )
    gone = [row["unit_id"] for row in rows if row["went"]]
    new = [row["unit_id"] for row in rows if row["came"]]
    related = _related(gone, new, wanted)
    for row in rows:
        yield ComparedUnit(
            unit=row["unit_id"],
            before=None if row["came"] else _side(row, "a", first),
            after=None if row["went"] else _side(row, "b", second),
            changes=tuple(change for change in Change.values if row[change]),
            decision=row["decision_id"],
            legal_basis=bases.get(row["decision_id"], ""),
            related=tuple(related.get(row["unit_id"], ())),
        )


def _side(row: dict[str, Any], end: str, parents: dict[int, UnitOnDay]) -> Side:
    return Side(
        row[f"{end}_code"], row[f"{end}_name"], row[f"{end}_kind"], row[f"{end}_level"],
        parents.get(row[f"{end}_parent"]),
    )  # fmt: skip


def _related(gone: list[int], new: list[int], wanted: Wanted) -> dict[int, list[Related]]:
    """Gone unit → those it passed to, new unit → those it came from, by decisions between the days."""
    between = Passing.objects.filter(
        original__event__decision__state=DecisionState.APPLIED,
        original__event__decision__effective_date__gt=wanted.before,
        original__event__decision__effective_date__lte=wanted.after,
    )
    pairs = ("original__unit", "result__unit", "extent", "original__event__decision__effective_date")
    onward = list(between.filter(original__unit__in=gone).order_by("pk").values_list(*pairs))
    back = list(between.filter(result__unit__in=new).order_by("pk").values_list(*pairs))
    names = _names_at(
        [*((row[1], row[3]) for row in onward)],
        [*((row[0], row[3] - timedelta(days=1)) for row in back)],
    )
    found: dict[int, list[Related]] = {}
    for original, result, extent, day in onward:
        if original != result:
            found.setdefault(original, []).append(Related(result, names[result, day], extent == "full"))
    for original, result, extent, day in back:
        if original != result:
            name = names[original, day - timedelta(days=1)]
            found.setdefault(result, []).append(Related(original, name, extent == "full"))
    return found


def _names_at(*wanted: Iterable[tuple[int, date]]) -> dict[tuple[int, date], str]:
    pairs = {pair for listed in wanted for pair in listed}
    versions: dict[int, list[UnitVersion]] = {}
    for row in UnitVersion.objects.filter(unit__in={pair[0] for pair in pairs}).order_by("in_force"):
        versions.setdefault(row.unit_id, []).append(row)
    return {
        (unit, day): next(
            (row.name for row in versions.get(unit, ()) if day in row.in_force),
            versions[unit][0].name if unit in versions else "",
        )
        for unit, day in pairs
    }


def _both(wanted: Wanted) -> str:
    sides = {name: (_DAY + (_UNDER if wanted.under else "")).format(day=name) for name in ("before", "after")}
    return _BOTH.format(**sides)


def _values(wanted: Wanted) -> dict[str, Any]:
    text = spelt_out(wanted.text)
    literal = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return {
        "text": text,
        "like": f"%{literal}%",
        "before": wanted.before,
        "after": wanted.after,
        "hierarchy": str(wanted.hierarchy),
        "level": wanted.level,
        "under": list(wanted.under),
        "scheme": CODE_SCHEME,
    }


def counterparts(unit: int, before: date, after: date) -> tuple[int, ...]:
    """The unit, those that passed to it and those it passed to between the days: one place on both days."""
    between = Passing.objects.filter(
        original__event__decision__state=DecisionState.APPLIED,
        original__event__decision__effective_date__gt=before,
        original__event__decision__effective_date__lte=after,
    )
    came = between.filter(result__unit=unit).values_list("original__unit", flat=True)
    went = between.filter(original__unit=unit).values_list("result__unit", flat=True)
    return tuple(sorted({unit, *(one for one in (*came, *went) if one)}))


def places_on(before: date, after: date) -> list[UnitOnDay]:
    """The provinces of either day, by which a comparison is narrowed; where there is one, districts too."""
    found = {**units_of_level(before), **units_of_level(after)}
    if len(found) < 2:
        found |= {**units_of_level(before, "district"), **units_of_level(after, "district")}
    return list(found.values())


def units_of_level(day: date, level: str = "province") -> dict[int, UnitOnDay]:
    """The territories of a level on a day."""
    ids = UnitVersion.objects.on(day).filter(level=level).values_list("unit_id", flat=True)
    return {key: unit for key, unit in units_on(day, ids).items() if unit.is_territory}


def last_change(day: date) -> date | None:
    """The latest day up to this one on which a decision took effect."""
    rows = Decision.objects.filter(state=DecisionState.APPLIED, effective_date__lte=day)
    return rows.order_by("-effective_date").values_list("effective_date", flat=True).first()
