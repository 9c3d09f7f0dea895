"""The organs of a territory that ends: its Party committee, Front, unions and People's Council.

They stand in hierarchies of their own, so a decision that ends the territory says nothing of them. They are
proposed to end with it; a person decides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kientoan.domains.organisation.body_names import bare_name, words_of
from kientoan.domains.organisation.models import Hierarchy, Placement, UnitKind
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.domains.organisation.rules import changes
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing

from .queries.heirs import Inheritance

ORGANS = (
    UnitKind.PARTY_COMMITTEE,
    UnitKind.FRONT,
    UnitKind.UNION,
    UnitKind.PEOPLES_COUNCIL,
    UnitKind.PEOPLES_COMMITTEE,
)


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ of a territory that ends. `above`: what it stands under; `heir`: the organ of the heir."""

    unit: UnitOnDay
    territory: UnitOnDay
    above: UnitOnDay | None
    heir: UnitOnDay | None

    def change(self) -> Change:
        """The organ ends with its territory; its duties go to the organ of the heir, where there is one."""
        note = _("Cơ quan của %(territory)s, kết thúc cùng %(territory)s.") % {
            "territory": self.territory.name
        }
        origins = (Origin(self.unit.id),)
        if self.heir is None:
            return Change(changes.DISSOLVE, origins, (), (), note)
        return Change(changes.MERGE_INTO, origins, (Outcome(unit=self.heir.id),), (Passing(0, 0),), note)


def organs_left(inheritance: Inheritance) -> list[Organ]:
    """The organs that go on though their territory ends, in the order of the territories."""
    ending = [unit for unit, one in inheritance.parted.items() if one.ends]
    if not ending:
        return []
    day = inheritance.decision.effective_date
    units = units_on(day)
    found = _Organs(units.values(), _above(day))
    left = []
    for unit in ending:
        territory = units.get(unit)
        if territory is None or not territory.is_territory:
            continue
        heir = units.get(inheritance.unit_of(key) or 0) if (key := inheritance.in_force(unit).heir) else None
        of_heir = {organ.kind: organ for organ in found.of(heir)} if heir is not None else {}
        left += [
            Organ(organ, territory, units.get(found.parents.get(organ.id, 0)), of_heir.get(organ.kind))
            for organ in found.of(territory)
            if organ.id not in ending
        ]
    return left


def _above(day: date) -> dict[int, int]:
    """What each unit stands under: in the government's tree, else in its own."""
    rows = Placement.objects.on(day).filter(parent__isnull=False)
    found: dict[int, int] = {}
    for unit, parent, hierarchy in rows.values_list("unit_id", "parent_id", "hierarchy"):
        if parent is not None and (unit not in found or hierarchy == Hierarchy.GOVERNMENT):
            found[unit] = parent
    return found


class _Organs:
    """Finds organs by name and level: "Quận ủy Ninh Kiều" is that of Quận Ninh Kiều."""

    def __init__(self, units: Iterable[UnitOnDay], parents: dict[int, int]) -> None:
        self.parents = parents
        self.units = {unit.id: unit for unit in units}
        self.organs = [(unit, words_of(unit.name)) for unit in self.units.values() if unit.kind in ORGANS]
        self.alike: dict[tuple[str, tuple[str, ...]], int] = {}
        for unit in self.units.values():
            if unit.is_territory:
                key = (unit.level, bare_name(unit)[1])
                self.alike[key] = self.alike.get(key, 0) + 1

    def of(self, territory: UnitOnDay) -> Iterator[UnitOnDay]:
        """The organs of a territory; of two of one name only those under the organ of the same province."""
        bare = bare_name(territory)[1]
        alone = self.alike.get((territory.level, bare), 0) < 2
        for unit, words in self.organs:
            named = unit.level == territory.level and bare and words[-len(bare) :] == bare
            if named and (alone or self._beside(unit, territory)):
                yield unit

    def _beside(self, organ: UnitOnDay, territory: UnitOnDay) -> bool:
        above = self.units.get(self.parents.get(organ.id, 0))
        province = self.units.get(self.parents.get(territory.id, 0))
        if above is None or province is None:
            return False
        bare = bare_name(province)[1]
        return above.id == province.id or words_of(above.name)[-len(bare) :] == bare
