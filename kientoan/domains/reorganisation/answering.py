"""From a proposal and a person's answers to the changes of a draft."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from kientoan.domains.organisation.models import Level
from kientoan.domains.organisation.rules import changes as rules
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place
from kientoan.engines.vietnamese import plain_name

from .inferring import END_DISTRICT, MERGE_PROVINCE, MOVE_UP, Inferred
from .land import HIERARCHY
from .proposing import Item, Member, Proposal
from .rules.kinds import fitting_kind

NOTE = 600


@dataclass(frozen=True)
class Answers:
    """What a person decided.

    `chosen`: key of a member → unit, in place of the one proposed. `left_out`: rows of clauses not taken.
    `also`: keys of the further changes ticked; None: those that the program ticked. `basis`: the law on which
    districts end, in place of the one proposed.
    """

    chosen: Mapping[str, int] = field(default_factory=dict)
    left_out: AbstractSet[int] = frozenset()
    also: AbstractSet[str] | None = None
    basis: str = ""


class Unanswered(Exception):
    """Some questions are open; `members` with the row of their clause."""

    def __init__(self, members: Sequence[tuple[Item, Member]]) -> None:
        super().__init__(", ".join(member.written.name for _, member in members))
        self.members = tuple(members)


@dataclass(frozen=True, slots=True)
class _Part:
    """A unit with how much of it a clause takes."""

    unit: int
    full: bool
    rest: bool


def changes_for(proposal: Proposal, answers: Answers) -> tuple[Change, ...]:
    """The changes in the order in which a person reads them. Raises `Unanswered` with every open question."""
    return _Drafting(proposal, answers).run()


class _Drafting:
    def __init__(self, proposal: Proposal, answers: Answers) -> None:
        self.proposal, self.answers, self.land = proposal, answers, proposal.land
        self.items = [item for item in proposal.items if item.row not in answers.left_out]
        self.parts: dict[int, list[_Part]] = {}
        also = answers.also
        self.inferred = [
            one for one in proposal.inferred if (one.ticked if also is None else one.key in also)
        ]
        self.offered = {one.unit for one in proposal.inferred if one.what == MOVE_UP}

    def run(self) -> tuple[Change, ...]:
        open_ = [(item, member) for item in self.items for member in item.named if self._unit(member) is None]
        if open_:
            raise Unanswered(open_)
        for item in self.items:
            for part in self._parts(item):
                self.parts.setdefault(part.unit, []).append(part)
        changes = [*self._provinces(), *self._clauses(), *self._moved_up(), *self._ended_districts()]
        return tuple(replace(change, row=row) for row, change in enumerate(changes, start=1))

    def _unit(self, member: Member) -> int | None:
        return self.answers.chosen.get(member.key, member.unit)

    def _sure(self, member: Member) -> int:
        unit = self._unit(member)
        assert unit is not None  # `run` has asked
        return unit

    def _parts(self, item: Item) -> list[_Part]:
        return [
            _Part(self._sure(one), one.written.extent == "full", one.written.rest) for one in item.members
        ]

    # What happens to a unit over all clauses

    def _goes_on(self) -> set[int]:
        """Units that a clause keeps: left as they are, enlarged, renamed, or with another kind."""
        kept = {self._sure(item.existing) for item in self.items if item.existing}
        return kept | {
            part.unit for item in self.items if self._continues(item) for part in self._parts(item)
        }

    def _continues(self, item: Item) -> bool:
        """Whether the clause changes one whole unit and no other: it goes on under what is new about it."""
        parts = self._parts(item)
        alone = len(parts) == 1 and parts[0].full and item.existing is None
        return (alone and len(self._shared(item)) == 1) or item.change.kind == "move"

    def _shared(self, item: Item) -> list[Item]:
        """The clauses' results that one sentence makes of the same units: "chia huyện A thành … và …"."""
        span = (item.change.start, item.change.end)
        if item.change.kind != "split":
            return [item]
        return [one for one in self.items if (one.change.start, one.change.end) == span]

    def _ends(self, unit: int) -> bool:
        """Whether nothing of it is left: taken whole, to the rest, or in parts by a text on all units."""
        if unit in self._kept:
            return False
        parts = self.parts.get(unit, [])
        if any(part.full or part.rest for part in parts):
            return True
        return bool(parts) and self.land.province_of(unit) in self._whole

    @property
    def _whole(self) -> set[int]:
        if not self.proposal.abolishes_districts:
            return set()
        return {one.unit.id for one in self.proposal.provinces if one.whole}

    # The changes

    def _provinces(self) -> Iterator[Change]:
        found = [one for one in self.inferred if one.what == MERGE_PROVINCE]
        main = self.proposal.main
        if found and main is not None:
            origins = tuple(Origin(one.unit) for one in found)
            note = " ".join(one.why for one in found)
            yield Change(rules.MERGE_INTO, origins, (Outcome(unit=main),), note=note)

    def _clauses(self) -> Iterator[Change]:
        self._kept = self._goes_on()
        seen: set[int] = set()
        for item in self.items:
            if item.row in seen:
                continue
            group = self._shared(item)
            seen |= {one.row for one in group}
            change = self._of_existing(item) if item.existing else self._of_new(item, group)
            if change is not None:
                yield replace(change, note=_note(item))

    def _of_existing(self, item: Item) -> Change | None:
        assert item.existing is not None
        result = self._sure(item.existing)
        if item.change.kind == "unchanged":
            places = self._lifted(result)
            outcome = Outcome(unit=result, places=places)
            return Change(rules.REPARENT, (), (outcome,), ()) if places else None
        if item.change.kind == "move":
            return self._moved(item, result)
        parts = [part for part in self._parts(item) if part.unit != result]
        origins = tuple(Origin(part.unit, self._ends(part.unit)) for part in parts)
        passings = tuple(Passing(place, 0, full=part.full) for place, part in enumerate(parts))
        outcomes = (Outcome(unit=result, places=self._lifted(result)),)
        return Change(fitting_kind(origins, outcomes), origins, outcomes, passings)

    def _moved(self, item: Item, above: int) -> Change:
        outcomes = tuple(
            Outcome(unit=part.unit, places=(Place(HIERARCHY, above),)) for part in self._parts(item)
        )
        origins = tuple(Origin(part.unit, ends=False) for part in self._parts(item))
        passings = tuple(Passing(place, place) for place in range(len(outcomes)))
        return Change(fitting_kind(origins, outcomes), origins, outcomes, passings)

    def _of_new(self, item: Item, group: Sequence[Item]) -> Change:
        if self._continues(item):
            return self._renewed(item, self._parts(item)[0].unit)
        parts = self._parts(item)
        origins = tuple(Origin(part.unit, self._ends(part.unit)) for part in parts)
        outcomes = tuple(self._outcome(one) for one in group)
        one = len(outcomes) == 1  # of a unit that becomes several each gets a part
        passings = tuple(
            Passing(place, other, full=part.full and one)
            for place, part in enumerate(parts)
            for other in range(len(outcomes))
        )
        return Change(fitting_kind(origins, outcomes), origins, outcomes, passings)

    def _renewed(self, item: Item, unit: int) -> Change:
        """One whole unit becomes one: it goes on; what differs is new."""
        was = self.land.units[unit]
        outcome = Outcome(
            unit=unit,
            name=item.name if plain_name(item.name) != plain_name(was.name) else "",
            kind=item.kind if item.kind != was.kind else "",
            level=item.level if item.level != was.level else "",
            places=self._places(item) if item.level != was.level else self._lifted(unit),
        )
        origins, outcomes = (Origin(unit, ends=False),), (outcome,)
        return Change(fitting_kind(origins, outcomes), origins, outcomes, (Passing(0, 0),))

    def _outcome(self, item: Item) -> Outcome:
        return Outcome(
            key=f"k{item.row}", name=item.name, kind=item.kind, level=item.level, places=self._places(item)
        )

    def _places(self, item: Item) -> tuple[Place, ...]:
        """Under the unit above; none given: where the old units stood, when they all stood in one place."""
        if item.level == Level.PROVINCE:
            return (Place(HIERARCHY),)
        return (Place(HIERARCHY, item.above),) if item.above is not None else ()

    def _lifted(self, unit: int) -> tuple[Place, ...]:
        """A place under the province for a commune whose district is to end, or whose province goes over."""
        main = self.proposal.main
        above = self.land.parents.get(unit)
        if main is None or above is None or self.land.units[unit].level != Level.COMMUNE:
            return ()
        gone = {one.unit for one in self.inferred if one.what in (END_DISTRICT, MERGE_PROVINCE)}
        return (Place(HIERARCHY, main),) if above in gone else ()

    def _moved_up(self) -> Iterator[Change]:
        """Communes that no clause names: ticked, or not offered as a question was answered otherwise."""
        ticked = {one.unit: one for one in self.inferred if one.what == MOVE_UP}
        districts = [one.unit for one in self.inferred if one.what == END_DISTRICT]
        for unit in (commune for district in districts for commune in self.land.below(district)):
            left = not self._ends(unit) and unit not in self._kept
            if left and self._lifted(unit) and (unit in ticked or unit not in self.offered):
                note = ticked[unit].why if unit in ticked else ""
                yield Change(rules.REPARENT, (), (Outcome(unit=unit, places=self._lifted(unit)),), (), note)

    def _ended_districts(self) -> Iterator[Change]:
        for one in self.inferred:
            if one.what == END_DISTRICT:
                yield Change(rules.DISSOLVE, (Origin(one.unit),), (), (), self._basis(one))

    def _basis(self, one: Inferred) -> str:
        values = {"why": one.why, "basis": self.answers.basis or one.basis}
        return _("%(why)s Căn cứ: %(basis)s.") % values


def _note(item: Item) -> str:
    """The sentence, with its place in the text: each event leads back to it."""
    words = item.words if len(item.words) <= NOTE else f"{item.words[: NOTE - 1]}…"
    return f"{item.place_words[:1].upper()}{item.place_words[1:]}: {words}" if item.place_words else words
