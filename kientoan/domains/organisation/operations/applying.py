"""Writing what a decision does, and taking it back. A decision is one transaction; its rows know it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.fields.ranges import RangeEndsWith, RangeStartsWith
from django.db import connection, models
from django.db.models import F, Func, Value

from kientoan.domains.temporal.models import since

from ..models import (
    Closure,
    Decision,
    DecisionState,
    Headcount,
    Membership,
    OriginalUnit,
    Placement,
    Post,
    ResultingPlace,
    ResultingUnit,
    RoleGrant,
    Unit,
    UnitCode,
    UnitVersion,
)
from ..queries.carrying import Carried, carrying_of
from ..queries.facts import CODE_SCHEME
from ..queries.plan import Plan
from ..rules.changes import Outcome

GUARDS = "placement_check, unit_life_check"
_MANY = 1000
_ENDED: tuple[type[models.Model], ...] = (
    Unit, UnitVersion, UnitCode, Placement, Post, Membership, Headcount, RoleGrant,
)  # fmt: skip


def _range(lower: object, upper: object) -> Func:
    return Func(lower, upper, function="daterange", output_field=DateRangeField())


def end_rows(rows: "models.QuerySet[Any]", decision: Decision) -> int:
    """End rows in force on the decision's day, remembering when they would have ended."""
    day = decision.effective_date
    return rows.update(
        end_before=RangeEndsWith("in_force"),
        ended_by=decision,
        in_force=_range(RangeStartsWith("in_force"), Value(day, models.DateField())),
    )


def restore_rows(model: "type[models.Model]", decision: Decision) -> None:
    """Give the rows that the decision ended the end they had before."""
    rows: models.QuerySet[Any] = model._default_manager.filter(ended_by=decision)
    rows.update(in_force=_range(RangeStartsWith("in_force"), F("end_before")), ended_by=None, end_before=None)


def guards_wait() -> None:
    """Let the guards of the trees look at the end of the series instead of after each statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {GUARDS} DEFERRED")


def guards_look() -> None:
    """Let the guards look now; raises `IntegrityError`."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {GUARDS} IMMEDIATE")


def write(plan: Plan) -> dict[str, int]:
    """Write the plan; returns the ids of the new units by their keys. Raises `IntegrityError`."""
    decision, facts = plan.decision, plan.facts
    guards_wait()
    ids = _create_units(plan)
    ending, renewed = plan.ending, plan.renewed
    carried = carrying_of(decision, plan.changes).carried
    _end_posts(decision, ending)
    versions = {one.unit for one in renewed if _describes(one)}
    recoded = {one.unit for one in renewed if one.code}
    on_day = {"in_force__contains": decision.effective_date}
    end_rows(UnitVersion.objects.filter(unit__in={*ending, *versions}, **on_day), decision)
    end_rows(UnitCode.objects.filter(unit__in=ending, **on_day), decision)
    end_rows(UnitCode.objects.filter(unit__in=recoded, scheme=CODE_SCHEME, **on_day), decision)
    moved = [facts.places[key].pk for key in _moves(renewed) if key in facts.places]
    end_rows(Placement.objects.filter(unit__in=ending, **on_day), decision)
    end_rows(Placement.objects.filter(pk__in=moved), decision)
    end_rows(Unit.objects.filter(pk__in=ending), decision)
    _create_rows(plan, ids)
    _carry_headcount(plan, ids, carried)
    if len(ids) > _MANY:
        _renew_statistics()
    guards_look()
    return ids


def _renew_statistics() -> None:
    """Let the planner know how large the tables have become within this very transaction.

    The guards look at each row with plans made for the size known before: on tables that were empty they
    would read all rows for each row (210 s instead of one for the first list of the nation).
    """
    tables = ", ".join(model._meta.db_table for model in (Unit, UnitVersion, UnitCode, Placement, Closure))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def _describes(outcome: Outcome) -> bool:
    return bool(outcome.name or outcome.short_name or outcome.kind or outcome.level)


def _moves(renewed: Iterable[Outcome]) -> list[tuple[int, str]]:
    return [(one.unit or 0, place.hierarchy) for one in renewed for place in one.places]


def _create_units(plan: Plan) -> dict[str, int]:
    decision, new = plan.decision, plan.new
    life = since(decision.effective_date)
    units = Unit.objects.bulk_create([Unit(in_force=life, begun_by=decision) for _ in new], batch_size=_MANY)
    ids = {outcome.key: int(unit.pk) for outcome, unit in zip(new, units, strict=True)}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organisation_resultingunit AS r SET unit_id = made.unit "
            "FROM unnest(%s::bigint[], %s::bigint[]) AS made(row, unit) WHERE r.id = made.row",
            [[int(key) for key in ids], list(ids.values())],
        )
    return ids


def _end_posts(decision: Decision, ending: tuple[int, ...]) -> None:
    """The posts of a unit that ends, those who hold them, and its headcount, end with it."""
    day = since(decision.effective_date)
    held = Membership.objects.filter(post__unit__in=ending, in_force__overlap=day)
    end_rows(held, decision)
    end_rows(Post.objects.filter(unit__in=ending, in_force__overlap=day), decision)
    end_rows(Headcount.objects.filter(unit__in=ending, in_force__overlap=day), decision)


def _carry_headcount(plan: Plan, ids: dict[str, int], carried: Iterable[Carried]) -> None:
    """Who takes ending units over has their headcount with its own, marked as an estimate."""
    decision, rows = plan.decision, []
    listed = list(carried)
    own = [one.own.pk for one in listed if one.own is not None]
    end_rows(Headcount.objects.filter(pk__in=own), decision)
    for one in listed:
        unit = one.taker[0] or ids[one.taker[1]]
        life = plan.facts.lives.get(unit)
        until = one.own.in_force.upper if one.own is not None else life.upper if life else None
        names = ", ".join(plan.facts.name(origin) for origin in one.origins)
        rows.append(
            Headcount(
                unit_id=unit, kind=one.kind, assigned=one.assigned, present=one.present,
                legal_basis=_shortened(f"Ước: chuyển từ {names}, theo {decision.legal_basis}"),
                in_force=since(decision.effective_date, until), begun_by=decision,
            )
        )  # fmt: skip
    Headcount.objects.bulk_create(rows, batch_size=_MANY)


def _shortened(words: str) -> str:
    return words if len(words) <= 300 else f"{words[:299]}…"


def _create_rows(plan: Plan, ids: dict[str, int]) -> None:
    versions, codes, places = [], [], []
    begun = {"begun_by": plan.decision}
    for outcome in (*plan.new, *plan.renewed):
        unit = ids[outcome.key] if outcome.unit is None else outcome.unit
        upper: date | None = None if outcome.unit is None else plan.facts.lives[outcome.unit].upper
        span = since(plan.decision.effective_date, upper)
        if outcome.unit is None or _describes(outcome):
            before = plan.facts.versions.get(unit)
            versions.append(UnitVersion(unit_id=unit, in_force=span, **_words(outcome, before), **begun))
        if outcome.code:
            codes.append(
                UnitCode(unit_id=unit, scheme=CODE_SCHEME, code=outcome.code, in_force=span, **begun)
            )
        for place in outcome.places:
            parent = ids[place.key] if place.key else place.unit
            places.append(
                Placement(unit_id=unit, parent_id=parent, hierarchy=place.hierarchy, in_force=span, **begun)
            )
    UnitVersion.objects.bulk_create(versions, batch_size=_MANY)
    UnitCode.objects.bulk_create(codes, batch_size=_MANY)
    Placement.objects.bulk_create(places)


def _words(outcome: Outcome, before: UnitVersion | None) -> dict[str, Any]:
    """What the new version says: what the outcome gives, else what was."""
    if before is None:
        return {
            "name": outcome.name,
            "short_name": outcome.short_name,
            "kind": outcome.kind,
            "level": outcome.level,
        }
    renamed = bool(outcome.name) and outcome.name != before.name
    return {
        "name": outcome.name or before.name,
        "short_name": outcome.short_name or ("" if renamed else before.short_name),
        "kind": outcome.kind or before.kind,
        "level": outcome.level or before.level,
        "abbreviations": [] if renamed else before.abbreviations,
    }


def _forget(decision: Decision) -> None:
    """Units that vanish leave their names in the events of undone decisions."""
    vanishing = ResultingUnit.objects.filter(event__decision=decision, is_new=True)
    models_of_units: tuple[type[models.Model], ...] = (OriginalUnit, ResultingUnit)
    for unit, name in vanishing.values_list("unit_id", "name"):
        for model in models_of_units:
            rows: models.QuerySet[Any] = model._default_manager.filter(unit=unit)
            rows = rows.filter(event__decision__state=DecisionState.UNDONE)
            rows.update(vanished_name=name, unit=None)
        places = ResultingPlace.objects.filter(parent=unit)
        places.filter(result__event__decision__state=DecisionState.UNDONE).update(parent=None)
    vanishing.update(unit=None)


def take_back(decision: Decision) -> None:
    """Remove what the decision began and restore what it ended. Raises `ProtectedError`, `IntegrityError`."""
    guards_wait()
    OriginalUnit.objects.filter(event__decision=decision, heir__isnull=False).update(heir=None)
    begun: tuple[type[models.Model], ...] = (Placement, UnitCode, UnitVersion, RoleGrant, Post, Headcount)
    for model in begun:
        model._default_manager.filter(begun_by=decision).delete()
    for model in _ENDED:
        restore_rows(model, decision)
    _forget(decision)
    Unit.objects.filter(begun_by=decision).delete()
    guards_look()
