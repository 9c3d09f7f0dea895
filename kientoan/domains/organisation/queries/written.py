"""The events of a decision as they are written, in plain values."""

from collections import defaultdict

from .. import models
from ..models import Decision, OriginalUnit, ResultingPlace, ResultingUnit
from ..rules.changes import MEASURES, Change, Origin, Outcome, Passing, Place, Shares


def changes_of(decision: Decision) -> tuple[Change, ...]:
    """The events of a decision as plain values; new units are named by the number of their row.

    Four statements, and rows instead of records: a decision may hold the units of a whole nation.
    """
    places = _places(decision)
    origins: defaultdict[int, list[Origin]] = defaultdict(list)
    outcomes: defaultdict[int, list[Outcome]] = defaultdict(list)
    passings: defaultdict[int, list[Passing]] = defaultdict(list)
    at: dict[int, int] = {}  # row of an origin or an outcome → its place in the event; the rows' keys differ
    came: dict[int, int] = {}
    of = {"event__decision": decision}
    rows = OriginalUnit.objects.filter(**of).order_by("pk")
    for key, event, unit, ends in rows.values_list("pk", "event_id", "unit_id", "ends"):
        came[key] = len(origins[event])
        origins[event].append(Origin(unit or 0, ends))
    results = ResultingUnit.objects.filter(**of).order_by("pk").values_list(
        "pk", "event_id", "unit_id", "is_new", "name", "short_name", "kind", "level", "code"
    )  # fmt: skip
    for key, event, unit, is_new, name, short_name, kind, level, code in results:
        at[key] = len(outcomes[event])
        outcomes[event].append(
            Outcome(
                None if is_new else unit, str(key) if is_new else "", name, short_name, kind, level, code,
                tuple(places.get(key, ())),
            )
        )  # fmt: skip
    shares = models.Passing.objects.filter(original__event__decision=decision).order_by("original_id", "pk")
    for event, origin, result, extent, *parts in shares.values_list(
        "original__event_id", "original_id", "result_id", "extent", *MEASURES
    ):
        passings[event].append(Passing(came[origin], at[result], extent == "full", Shares(*parts)))
    return tuple(
        Change(kind, tuple(origins[key]), tuple(outcomes[key]), tuple(passings[key]), note=note, row=place)
        for key, place, kind, note in decision.changes.order_by("place").values_list(
            "pk", "place", "kind", "note"
        )
    )


def _places(decision: Decision) -> dict[int, list[Place]]:
    found: defaultdict[int, list[Place]] = defaultdict(list)
    rows = ResultingPlace.objects.filter(result__event__decision=decision).order_by("pk")
    for result, hierarchy, parent, new in rows.values_list(
        "result_id", "hierarchy", "parent_id", "parent_result_id"
    ):
        found[result].append(Place(hierarchy, parent, str(new) if new else ""))
    return found


def touched_by(decision: Decision) -> tuple[int, ...]:
    """All existing units that the decision names, in the order of their ids (the order of locking)."""
    named = {"event__decision": decision, "unit__isnull": False}
    origins = OriginalUnit.objects.filter(**named).values_list("unit_id", flat=True)
    results = ResultingUnit.objects.filter(**named, is_new=False).values_list("unit_id", flat=True)
    return tuple(sorted({*origins, *results}))
