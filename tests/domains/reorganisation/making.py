"""Decisions and duties as the tests of reorganisations need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kientoan.domains.organisation import operations as organisation
from kientoan.domains.organisation.models import Decision, Hierarchy, Unit
from kientoan.domains.organisation.operations import Applied
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place, Shares
from kientoan.domains.plans.models import Rule
from kientoan.domains.reorganisation import operations
from tests.conftest import DAY, NOW, START, Cast

GOV = Hierarchy.GOVERNMENT
BASIS = "Nghị quyết số 893/NQ-UBTVQH14"


@dataclass(frozen=True)
class Wards:
    """Three wards of the district, each with a chairman's post."""

    one: Unit
    two: Unit
    three: Unit


def ward(name: str, parent: Unit, code: str = "", kind: str = "ward", level: str = "commune") -> Unit:
    """A unit with a chairman's post, from the start."""
    unit = organisation.establish_unit(
        name=name, kind=kind, level=level, start=START, parents={GOV: parent},
        codes={"gso": code} if code else {},
    )  # fmt: skip
    organisation.create_post(unit=unit, title=f"Chủ tịch UBND {name.lower()}", rank="head", start=START)
    return unit


def make_wards(cast: Cast) -> Wards:
    """Phường Một, Hai, Ba under the district."""
    made = (
        ward(f"Phường {name}", cast.district, f"3000{place}")
        for place, name in enumerate(("Một", "Hai", "Ba"))
    )
    return Wards(*made)


def fresh(name: str, parent: Unit, key: str = "a", **more: Any) -> Outcome:
    """A new ward under a unit."""
    words = {"kind": "ward", "level": "commune", "places": (Place(GOV, parent.pk),), **more}
    return Outcome(key=key, name=name, **words)


def draft(*changes: Change, day: date = DAY) -> Decision:
    """A draft with the changes."""
    return organisation.draft_decision(legal_basis=BASIS, effective_date=day, changes=changes, at=NOW)


def merge(units: Sequence[Unit], name: str, parent: Unit, day: date = DAY) -> Decision:
    """A draft: the units become one new ward."""
    change = Change("merge_new", tuple(Origin(unit.pk) for unit in units), (fresh(name, parent),))
    return draft(change, day=day)


def choose_to_divide(decision: Decision, unit: Unit) -> None:
    """What is due from the unit is divided among those that come after it."""
    operations.choose(decision=decision, unit_id=unit.pk, rule=Rule.DIVIDE, viewer=None, at=NOW)


def apply(decision: Decision) -> Applied:
    """Apply it as the command line does."""
    return operations.apply_decision(decision=decision, at=NOW, viewer=None)


def undo(decision: Decision) -> None:
    """Undo it."""
    operations.undo_decision(decision=decision, at=NOW, viewer=None)


__all__ = [
    "BASIS", "DAY", "Change", "Decision", "Origin", "Outcome", "Passing", "Shares", "Wards", "apply",
    "choose_to_divide", "draft", "fresh", "make_wards", "merge", "undo", "ward",
]  # fmt: skip
