"""The events of a decision as sentences: which units, wholly or in part, become what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.utils.translation import gettext

from kientoan.domains.organisation.models import (
    ChangeEvent,
    ChangeKind,
    Decision,
    DecisionState,
    Extent,
    Hierarchy,
    Level,
    OriginalUnit,
    Passing,
    ResultingPlace,
    ResultingUnit,
    UnitKind,
)
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.domains.organisation.queries.plan import Collision

from ..context import address_of
from ..wording import percent_text

SINGLE = {ChangeKind.RENAME, ChangeKind.RECODE, ChangeKind.REPARENT, ChangeKind.CHANGE_KIND}


@dataclass(frozen=True)
class Side:
    """A unit in a sentence. `part`: "một phần", "phần còn lại" or ''; `shares`: known parts in words."""

    name: str
    url: str = ""
    code: str = ""
    part: str = ""
    shares: str = ""
    is_new: bool = False
    ends: bool = False
    detail: str = ""


@dataclass(frozen=True)
class Flow:
    """What comes of which units."""

    origins: tuple[Side, ...]
    outcome: Side


@dataclass(frozen=True)
class EventRow:
    """An event for the page: its sentence, and what stands in its way."""

    event: ChangeEvent
    origins: tuple[Side, ...]
    outcomes: tuple[Side, ...]
    flows: tuple[Flow, ...]  # told one by one when both sides have several units
    troubles: tuple[Collision, ...] = field(default=())

    @property
    def kind_words(self) -> str:
        """What happens, in office words."""
        return str(ChangeKind(self.event.kind).label)

    @property
    def text(self) -> str:
        """The sentence without links."""
        left = ", ".join(" ".join(filter(None, (side.part, side.name))) for side in self.origins)
        right = ", ".join(" ".join(filter(None, (side.name, side.detail))) for side in self.outcomes)
        return " → ".join(filter(None, (left, right)))


def prefetched(events: "Iterable[ChangeEvent]") -> list[ChangeEvent]:
    """The events with everything that a sentence needs (four more statements)."""
    query = events.prefetch_related("original_units__passings", "resulting_units__places")  # type: ignore[attr-defined]
    return list(query)


def event_rows(
    decision: Decision, events: Sequence[ChangeEvent], collisions: Iterable[Collision] = ()
) -> list[EventRow]:
    """The sentences of the events, in two statements for all names."""
    troubles: dict[int, list[Collision]] = {}
    for collision in collisions:
        troubles.setdefault(collision.row, []).append(collision)
    names = _Names(decision, events)
    return [_row(event, names, tuple(troubles.get(event.place, ()))) for event in events]


class _Names:
    """What the units of some events were called before the decision, and the new ones by their rows."""

    def __init__(self, decision: Decision, events: Sequence[ChangeEvent]) -> None:
        applied = decision.state == DecisionState.APPLIED
        day = decision.effective_date - timedelta(days=1) if applied else decision.effective_date
        results = [row for event in events for row in event.resulting_units.all()]
        places = [place for row in results for place in row.places.all()]
        named: list[int | None] = [row.unit_id for event in events for row in event.original_units.all()]
        named += [row.unit_id for row in results] + [place.parent_id for place in places]
        ids = {key for key in named if key is not None}
        self.units: dict[int, UnitOnDay] = units_on(day, ids) if ids else {}
        self.parted = _parted_elsewhere(decision, events)
        self.results = {row.pk: row for row in results}
        parents = {place.parent_result_id for place in places if place.parent_result_id is not None}
        missing = parents - set(self.results)
        if missing:
            self.results |= {row.pk: row for row in ResultingUnit.objects.filter(pk__in=missing)}

    def origin(self, row: OriginalUnit, passings: Sequence[Passing]) -> Side:
        unit = self.units.get(row.unit_id or 0)
        return Side(
            name=unit.name if unit else row.vanished_name,
            url=address_of("unit_detail", row.unit_id) if row.unit_id else "",
            code=unit.code if unit else "",
            part=_part(row, passings, row.unit_id in self.parted),
            shares=", ".join(dict.fromkeys(filter(None, map(shares_text, passings)))),
            ends=row.ends,
        )

    def outcome(self, row: ResultingUnit, detail: str = "") -> Side:
        unit = None if row.is_new else self.units.get(row.unit_id or 0)
        return Side(
            name=(unit.name if unit else row.name) or row.vanished_name,
            url=address_of("unit_detail", row.unit_id) if row.unit_id else "",
            code=row.code or (unit.code if unit else ""),
            is_new=row.is_new,
            detail=detail,
        )

    def parent(self, place: ResultingPlace) -> str:
        if place.parent_result_id:
            return self.results[place.parent_result_id].name
        unit = self.units.get(place.parent_id or 0)
        return unit.name if unit else gettext("không có cấp trên")


def _parted_elsewhere(decision: Decision, events: Sequence[ChangeEvent]) -> set[int]:
    """The units that end with one of the events by a part, and of which other events take the other parts.

    Asked (in one statement) only when there is such a unit; the other events may be on another page.
    """
    ending = {
        row.unit_id: event.pk
        for event in events
        for row in event.original_units.all()
        if row.ends and row.unit_id and [item.extent for item in row.passings.all()] == [Extent.PARTIAL]
    }
    if not ending:
        return set()
    given = Passing.objects.filter(original__event__decision=decision, original__unit__in=ending)
    pairs = given.values_list("original__unit", "original__event")
    return {unit for unit, event in pairs if event != ending[unit]}


def _part(row: OriginalUnit, passings: Sequence[Passing], elsewhere: bool) -> str:
    """`elsewhere`: other events of the decision take parts of the unit, so its last part is the rest."""
    if not passings or any(item.extent == Extent.FULL for item in passings):
        return ""
    every = len(row.passings.all())
    if row.ends and every == 1 and elsewhere:
        return gettext("phần còn lại của")
    return "" if row.ends and len(passings) == every > 1 else gettext("một phần")


def shares_text(passing: Passing) -> str:
    """The known shares: "24,9 % dân số, 26,46 % diện tích"."""
    wanted = (
        (passing.population, gettext("dân số")),
        (passing.area, gettext("diện tích")),
        (passing.headcount, gettext("biên chế")),
        (passing.by_hand, gettext("tự ấn định")),
    )
    return ", ".join(f"{percent_text(share)} {words}" for share, words in wanted if share is not None)


def _row(event: ChangeEvent, names: _Names, troubles: tuple[Collision, ...]) -> EventRow:
    originals = sorted(event.original_units.all(), key=lambda row: row.pk)
    results = sorted(event.resulting_units.all(), key=lambda row: row.pk)
    outcomes = [
        names.outcome(row, "" if row.is_new and originals else _renewal(row, names)) for row in results
    ]
    if event.kind in SINGLE:
        origins = [names.origin(row, ()) for row in originals] or [_before(row, names) for row in results]
        new = tuple(_after(event.kind, row, side) for row, side in zip(results, outcomes, strict=True))
        return EventRow(event, tuple(origins), new, (), troubles)
    every = tuple(names.origin(row, list(row.passings.all())) for row in originals)
    flows = tuple(
        Flow(
            tuple(
                names.origin(row, passing)
                for row in originals
                if (passing := [item for item in row.passings.all() if item.result_id == result.pk])
            ),
            side,
        )
        for result, side in zip(results, outcomes, strict=True)
    )
    if len(originals) == 1 and len(results) > 1:  # each outcome tells its part, the unit itself none
        outcomes = [_with_share(flow) for flow in flows]
        every = tuple(replace(side, shares="") for side in every)
    several = len(originals) > 1 and len(results) > 1
    return EventRow(event, every, tuple(outcomes), flows if several else (), troubles)


def _with_share(flow: Flow) -> Side:
    """Of one unit that is split: each outcome tells which part it gets."""
    shares = flow.origins[0].shares if flow.origins else ""
    side = flow.outcome
    return Side(side.name, side.url, side.code, "", shares, side.is_new, side.ends, side.detail)


def _before(row: ResultingUnit, names: _Names) -> Side:
    side = names.outcome(row)
    unit = names.units.get(row.unit_id or 0)
    return Side(side.name, side.url, unit.code if unit else "")


def _after(kind: str, row: ResultingUnit, side: Side) -> Side:
    """The right side of a change of one unit: only what is new."""
    name = {ChangeKind.RENAME: row.name, ChangeKind.RECODE: gettext("mã %(code)s") % {"code": row.code}}
    return Side(name=name.get(ChangeKind(kind), ""), detail="" if kind in name else side.detail)


def _renewal(row: ResultingUnit, names: _Names) -> str:
    """What is said about a resulting unit besides its name."""
    said = []
    if not row.is_new:
        said = [
            gettext("tên mới: %(name)s") % {"name": row.name} if row.name else "",
            str(UnitKind(row.kind).label) if row.kind else "",
            str(Level(row.level).label) if row.level else "",
        ]
    for place in row.places.all():
        system = "" if place.hierarchy == Hierarchy.GOVERNMENT else f" ({Hierarchy(place.hierarchy).label})"
        said.append(gettext("thuộc %(parent)s") % {"parent": names.parent(place)} + system)
    return ", ".join(filter(None, said))
