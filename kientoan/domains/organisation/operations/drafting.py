"""Writing the draft of a decision: its head and its events; nothing about the units changes yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document

from ..models import (
    ChangeEvent,
    Decision,
    Extent,
    OriginalUnit,
    Passing,
    Placement,
    ResultingPlace,
    ResultingUnit,
)
from ..rules.changes import Change, Outcome, Place

_MANY = 1000


class UnknownKey(Exception):
    """A place names a new unit that the decision does not have. `key`, `row`."""

    def __init__(self, key: str, row: int) -> None:
        super().__init__(f"{row}: {key}")
        self.key, self.row = key, row


@transaction.atomic
def draft_decision(
    *,
    legal_basis: str,
    effective_date: date,
    changes: Sequence[Change],
    at: datetime,
    document: Document | None = None,
    note: str = "",
    source_key: str = "",
    drafted_by: User | None = None,
) -> Decision:
    """Write the draft of a decision with its events; nothing about the units changes yet.

    A new unit without places stands where its origins stood, when these all stood in one place. Raises
    `UnknownKey`.
    """
    decision = Decision.objects.create(
        legal_basis=legal_basis, effective_date=effective_date, document=document, note=note,
        source_key=source_key, drafted_at=at, drafted_by=drafted_by,
    )  # fmt: skip
    write_events(decision, changes)
    return decision


def write_events(decision: Decision, changes: Sequence[Change], *, first: int = 1) -> list[ChangeEvent]:
    """Write events at the places from `first` on. Raises `UnknownKey`."""
    listed = with_places([change.complete() for change in changes], decision.effective_date)
    events = ChangeEvent.objects.bulk_create(
        [
            ChangeEvent(decision=decision, place=place, kind=change.kind, note=change.note)
            for place, change in enumerate(listed, start=first)
        ],
        batch_size=_MANY,
    )
    pairs = list(zip(events, listed, strict=True))
    originals = _draft_originals(pairs)
    results = _draft_results(pairs)
    draft_places(pairs, results, known_results(decision))
    draft_passings(pairs, originals, results)
    return events


def known_results(decision: Decision) -> dict[str, ResultingUnit]:
    """The new units of the decision that are written already, by the number of their row."""
    return {str(row.pk): row for row in ResultingUnit.objects.filter(event__decision=decision, is_new=True)}


def with_places(changes: list[Change], day: date) -> list[Change]:
    """New units without places get the places of their origins."""
    wanting = {
        origin.unit
        for change in changes
        if any(outcome.unit is None and not outcome.places for outcome in change.outcomes)
        for origin in change.origins
    }
    stood: dict[int, set[Place]] = {}
    for row in Placement.objects.on(day).filter(unit__in=wanting):
        stood.setdefault(row.unit_id, set()).add(Place(row.hierarchy, row.parent_id))

    def placed(change: Change, outcome: Outcome) -> Outcome:
        if outcome.unit is not None or outcome.places:
            return outcome
        each = [stood.get(origin.unit, set()) for origin in change.origins]
        if not each or any(places != each[0] for places in each):
            return outcome
        return replace(outcome, places=tuple(sorted(each[0], key=lambda place: place.hierarchy)))

    return [
        replace(change, outcomes=tuple(placed(change, outcome) for outcome in change.outcomes))
        for change in changes
    ]


def _draft_originals(pairs: Sequence[tuple[ChangeEvent, Change]]) -> dict[int, list[OriginalUnit]]:
    found: dict[int, list[OriginalUnit]] = {
        event.pk: [OriginalUnit(event=event, unit_id=one.unit, ends=one.ends) for one in change.origins]
        for event, change in pairs
    }
    OriginalUnit.objects.bulk_create([row for rows in found.values() for row in rows], batch_size=_MANY)
    return found


def _draft_results(pairs: Sequence[tuple[ChangeEvent, Change]]) -> dict[int, list[ResultingUnit]]:
    found: dict[int, list[ResultingUnit]] = {
        event.pk: [
            ResultingUnit(
                event=event, unit_id=one.unit, is_new=one.unit is None, key=one.key, name=one.name,
                short_name=one.short_name, kind=one.kind, level=one.level, code=one.code,
            )
            for one in change.outcomes
        ]
        for event, change in pairs
    }  # fmt: skip
    ResultingUnit.objects.bulk_create([row for rows in found.values() for row in rows], batch_size=_MANY)
    return found


def draft_places(
    pairs: Sequence[tuple[ChangeEvent, Change]],
    results: dict[int, list[ResultingUnit]],
    known: dict[str, ResultingUnit],
) -> None:
    """Where the resulting units are to stand. `known`: the new units that a place may name by key."""
    by_key = known | {row.key: row for rows in results.values() for row in rows if row.key}
    places = []
    for event, change in pairs:
        for row, outcome in zip(results[event.pk], change.outcomes, strict=True):
            for place in outcome.places:
                if place.key and place.key not in by_key:
                    raise UnknownKey(place.key, change.row or event.place)
                above = by_key[place.key] if place.key else None
                places.append(
                    ResultingPlace(
                        result=row, hierarchy=place.hierarchy, parent_id=place.unit, parent_result=above
                    )
                )
    ResultingPlace.objects.bulk_create(places, batch_size=_MANY)


def draft_passings(
    pairs: Sequence[tuple[ChangeEvent, Change]],
    originals: dict[int, list[OriginalUnit]],
    results: dict[int, list[ResultingUnit]],
) -> None:
    """How much of each original unit goes to each resulting one."""
    Passing.objects.bulk_create(
        [
            Passing(
                original=originals[event.pk][item.origin],
                result=results[event.pk][item.outcome],
                extent=Extent.FULL if item.full else Extent.PARTIAL,
                population=item.shares.population,
                area=item.shares.area,
                headcount=item.shares.headcount,
                by_hand=item.shares.by_hand,
            )
            for event, change in pairs
            for item in change.passings or ()
        ],
        batch_size=_MANY,
    )
