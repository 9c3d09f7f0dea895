"""Who drafts, applies and undoes a decision: whoever may change every unit that it names, on its day.

Several provinces are merged by one account that keeps each of them, or by the administrator of the whole.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from .access import NotAllowed, OutsideRights, Viewer, may_organise
from .models import Placement, Role
from .rules.changes import Change

_ROLES = (Role.PERSONNEL, Role.ADMIN)


def units_outside(changes: Iterable[Change], viewer: Viewer, day: date) -> tuple[int, ...]:
    """The units named by changes of the day that the viewer may not change then, each once.

    Also those above new ones.
    """
    then = viewer.on(day)
    named: dict[int, None] = {}
    for change in changes:
        named |= {origin.unit: None for origin in change.origins}
        for outcome in change.outcomes:
            if outcome.unit is not None:
                named[outcome.unit] = None
            named |= {place.unit: None for place in outcome.places if place.unit is not None}
    return tuple(unit for unit in named if not may_organise(then, unit))


def makes_a_root(changes: Iterable[Change], day: date) -> bool:
    """Whether a change puts a unit at the head of a hierarchy where none of its origins stood at the head.

    Three provinces that become one need no right beyond that over the three.
    """
    wanted = [
        (change, place.hierarchy)
        for change in changes
        for outcome in change.outcomes
        for place in outcome.places
        if place.unit is None and not place.key
    ]
    if not wanted:
        return False
    units = {origin.unit for change, _ in wanted for origin in change.origins}
    heads = set(
        Placement.objects.on(day - timedelta(days=1))
        .filter(unit__in=units, parent=None)
        .values_list("unit_id", "hierarchy")
    )
    return any(
        all((origin.unit, hierarchy) not in heads for origin in change.origins)
        for change, hierarchy in wanted
    )


def require_units(changes: Iterable[Change], viewer: Viewer, day: date) -> None:
    """Raise `OutsideRights` with every unit that is not the viewer's to change on the day, and `NotAllowed`
    for a new head of a hierarchy."""
    if viewer.administers_all:
        return
    listed = list(changes)
    if found := units_outside(listed, viewer, day):
        raise OutsideRights(found, *_ROLES)
    if makes_a_root(listed, day):
        raise NotAllowed(Role.ADMIN)
