"""What an edited event keeps of itself: all that its form does not ask for."""

from dataclasses import replace

from kientoan.domains.organisation.rules.changes import Change, Outcome, Passing

from .kinds import Layout

ASKED = {"name", "short_name", "code", "kind", "level"}


def with_what_stays(change: Change, before: Change, layout: Layout) -> Change:
    """The change as the form gives it, with what the event said before and the form does not ask for.

    Further places and words of units that go on; which part of which unit goes where, and, of a unit that
    changes by itself, that it stands on both sides.
    """
    outcomes = tuple(_outcome(one, before, layout) for one in change.outcomes)
    if layout.is_single and {one.unit for one in outcomes} == {one.unit for one in before.outcomes}:
        return replace(change, outcomes=outcomes, origins=before.origins, passings=before.passings)
    kept = replace(change, outcomes=outcomes)
    return kept if layout.passings else replace(kept, passings=_passings(kept, before))


def _outcome(outcome: Outcome, before: Change, layout: Layout) -> Outcome:
    was = next((one for one in before.outcomes if one.unit == outcome.unit), None)
    if outcome.unit is None or was is None:
        return outcome
    unasked = ASKED - set(layout.asked_of_going)
    words = {name: getattr(was, name) for name in unasked if getattr(was, name)}
    further = was.places if "parent" not in layout.asked_of_going else was.places[1:]
    given = {place.hierarchy for place in outcome.places}
    more = tuple(place for place in further if place.hierarchy not in given)
    return replace(outcome, places=(*outcome.places, *more), **words)


def _passings(change: Change, before: Change) -> tuple[Passing, ...] | None:
    """Those of before between units that were there; what is new passes as when nothing is said."""
    if before.passings is None:
        return None
    origins = {one.unit: place for place, one in enumerate(before.origins)}
    outcomes = {_key(one): place for place, one in enumerate(before.outcomes)}
    was = {(item.origin, item.outcome): item for item in before.passings}
    found = []
    for item in change.complete().passings or ():
        origin = origins.get(change.origins[item.origin].unit)
        outcome = outcomes.get(_key(change.outcomes[item.outcome]))
        if origin is None or outcome is None:
            found.append(item)
        elif (kept := was.get((origin, outcome))) is not None:
            found.append(replace(kept, origin=item.origin, outcome=item.outcome))
    return tuple(found)


def _key(outcome: Outcome) -> str:
    return f"u{outcome.unit}" if outcome.unit is not None else f"r{outcome.key}"
