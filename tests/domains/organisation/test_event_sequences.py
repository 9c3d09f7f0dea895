"""Any sequence of events, undone in reverse, gives back the first state, row for row."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import (
    Closure,
    Decision,
    Hierarchy,
    Placement,
    Unit,
    UnitCode,
    UnitVersion,
)
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place, Shares
from tests.conftest import NOW, START

from .test_events import state

GOV = Hierarchy.GOVERNMENT


class Nation:
    """A small country that draws events at random."""

    def __init__(self, seed: int | random.Random) -> None:
        self.draw = seed if isinstance(seed, random.Random) else random.Random(seed)
        self.day = START
        self.number = 0
        root = operations.establish_unit(name="Tỉnh", kind="province", level="province", start=START,
                                         codes={"gso": "01"}, parents={GOV: None})  # fmt: skip
        self.root = root.pk
        for place in range(3):
            district = operations.establish_unit(
                name=f"Huyện {place}", kind="district", level="district", start=START, parents={GOV: root},
                codes={"gso": f"1{place}"},
            )  # fmt: skip
            for inner in range(3):
                operations.establish_unit(
                    name=f"Xã {place}.{inner}", kind="commune", level="commune", start=START,
                    codes={"gso": f"2{place}{inner}"}, parents={GOV: district},
                )  # fmt: skip

    def living(self, level: str) -> list[int]:
        rows = UnitVersion.objects.on(self.day).filter(level=level, unit__in_force__contains=self.day)
        return sorted(rows.values_list("unit_id", flat=True))

    def parent(self, unit: int) -> int | None:
        return Placement.objects.on(self.day).get(unit=unit, hierarchy=GOV).parent_id

    def fresh(self, parent: int | None = None) -> Outcome:
        self.number += 1
        place = parent or self.draw.choice(self.living("district"))
        return Outcome(key=f"k{self.number}", name=f"Xã mới {self.number}", kind="commune", level="commune",
                       code=f"9{self.number:03}", places=(Place(GOV, place),))  # fmt: skip

    def event(self) -> Change:
        communes = self.living("commune")
        one, two, three = self.draw.sample(communes, 3)
        name = f"Xã đổi {self.draw.random()}"
        half = Shares(area=Decimal("0.25"))
        makers = [
            lambda: Change("establish", outcomes=(self.fresh(),)),
            lambda: Change("dissolve", (Origin(one),)),
            lambda: Change("merge_new", (Origin(one), Origin(two)), (self.fresh(),)),
            lambda: Change("merge_into", (Origin(one),), (Outcome(unit=two),)),
            lambda: Change("split", (Origin(one),), (self.fresh(), self.fresh())),
            lambda: Change("split", (Origin(one, ends=False),), (self.fresh(),)),
            lambda: Change("transfer", (Origin(one, ends=False),), (Outcome(unit=two),),
                           (Passing(0, 0, full=False, shares=half),)),
            lambda: Change("rename", outcomes=(Outcome(unit=one, name=name),)),
            lambda: Change("recode", outcomes=(Outcome(unit=one, code=f"8{self.draw.randrange(10**6)}"),)),
            lambda: Change("reparent", outcomes=(
                Outcome(unit=one, places=(Place(GOV, self.draw.choice(self.living("district"))),)),)),
            lambda: Change("change_kind", outcomes=(Outcome(unit=one, kind="ward", name=name),)),
            lambda: Change("split_merge", (Origin(one), Origin(two), Origin(three, ends=False)),
                           (self.fresh(), self.fresh())),
        ]  # fmt: skip
        return self.draw.choice(makers)()

    def check(self) -> None:
        """No unit has two parents or none; every unit alive has one name; the closure is what it must be."""
        alive = set(Unit.objects.on(self.day).values_list("pk", flat=True))
        placed = list(Placement.objects.on(self.day).filter(hierarchy=GOV).values_list("unit_id", flat=True))
        assert sorted(placed) == sorted(alive)
        roots = Placement.objects.on(self.day).filter(hierarchy=GOV, parent=None)
        assert list(roots.values_list("unit_id", flat=True)) == [self.root]
        named = UnitVersion.objects.on(self.day).values_list("unit_id", flat=True)
        assert sorted(named) == sorted(alive)
        under = Closure.objects.on(self.day).filter(ancestor=self.root, hierarchy=GOV)
        assert set(under.values_list("descendant_id", flat=True)) == alive
        codes = list(UnitCode.objects.on(self.day).values_list("code", flat=True))
        assert len(codes) == len(set(codes)) == len(alive)

    def apply(self, decision: Decision, at: datetime) -> operations.Applied:
        return operations.apply_decision(decision=decision, at=at, viewer=None)

    def undo(self, applied: operations.Applied) -> None:
        operations.undo_decision(decision=applied.decision, at=NOW, viewer=None)

    def run(self, steps: int) -> list[operations.Applied]:
        done = []
        while len(done) < steps:
            self.day += timedelta(days=self.draw.randrange(1, 40))
            decision = operations.draft_decision(
                legal_basis=f"NQ {len(done)}", effective_date=self.day, changes=[self.event()], at=NOW
            )
            try:
                at = NOW + timedelta(seconds=len(done))
                done.append(self.apply(decision, at))
            except operations.Collisions:
                decision.delete()
            self.check()
        return done


def closure_rows() -> list[tuple[object, ...]]:
    rows = Closure.objects.values_list("hierarchy", "ancestor", "descendant", "depth", "in_force")
    return sorted(rows, key=str)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_events_undone_in_reverse_give_back_the_first_state(seed: int) -> None:
    nation = Nation(seed)
    first = state()
    done = nation.run(14)
    kept = closure_rows()
    operations.refresh_closure()
    assert closure_rows() == kept
    for applied in reversed(done):
        nation.undo(applied)
    assert state() == first


@pytest.mark.django_db
def test_undoing_the_first_of_a_chain_is_refused_and_changes_nothing() -> None:
    nation = Nation(99)
    one, two, *_ = nation.living("commune")
    nation.day = date(2018, 1, 1)
    change = Change("merge_new", (Origin(one), Origin(two)), (nation.fresh(nation.parent(one)),))
    draft = operations.draft_decision(legal_basis="A", effective_date=nation.day, changes=[change], at=NOW)
    first = operations.apply_decision(decision=draft, at=NOW, viewer=None)
    onward = Change("dissolve", (Origin(first.created[0]),))
    draft = operations.draft_decision(
        legal_basis="B", effective_date=date(2019, 1, 1), changes=[onward], at=NOW
    )
    operations.apply_decision(decision=draft, at=NOW, viewer=None)
    before = state()
    with pytest.raises(operations.CannotUndo):
        operations.undo_decision(decision=first.decision, at=NOW, viewer=None)
    assert state() == before
