"""The resolutions of June 2025, from their words to units: what was matched, asked, and equals the mapping.

    .venv/bin/python benchmarks/benchmark_resolutions.py --from DIR_OF_UNITS --texts DIR_OF_TEXTS

Makes a database of its own with all units of 30 June 2025, reads every `nq2025_*.txt` that arranges communes,
proposes, drafts and applies it (in a transaction that is taken back), and compares the successors of every
old unit with `mapping.csv`. A question left open by the program is answered from the mapping, as a person
would, and counted. Prints Markdown.
"""

import argparse
import csv
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import city  # noqa: E402

LOADED = date(2025, 1, 1)
Successors = dict[
    str, set[tuple[str, bool]]
]  # code of the old unit → names of the new ones, whole or in part


@dataclass
class Lists:
    """The lists of units, and the mapping in names."""

    before: dict[str, dict[str, str]]
    after: dict[str, dict[str, str]]
    provinces: dict[str, str]
    wanted: Successors = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def read(cls, folder: Path) -> "Lists":
        """Read the four lists."""
        from kientoan.engines.vietnamese import plain_name

        rows = {name: list(csv.DictReader((folder / f"{name}.csv").open(encoding="utf-8"))) for name in NAMES}
        lists = cls(
            {row["code"]: row for row in rows["units_pre2025"]},
            {row["code"]: row for row in rows["units_post2025"]},
            {row["old_province"]: row["new_province"] for row in rows["mapping_provinces"]},
        )
        for row in rows["mapping"]:
            name = plain_name(lists.after[row["new_code"]]["name"])
            lists.wanted[row["old_code"]].add((name, row["kind"].startswith("full")))
        return lists

    def province_of(self, code: str) -> str:
        """The old province of an old unit."""
        row = self.before[code]
        while row["level"] != "province":
            row = self.before[row["parent_code"]]
        return row["code"]


NAMES = ("units_pre2025", "units_post2025", "mapping", "mapping_provinces")


def load(lists: Lists) -> None:
    """All units of the day before, established by one decision."""
    from kientoan.domains.organisation import operations
    from kientoan.domains.organisation.rules.changes import Change, Outcome, Place
    from kientoan.interfaces.cli.nation.source import kind_of, plain

    def outcome(row: dict[str, str]) -> Outcome:
        name = plain(row["name"])
        above = Place("government", key=row["parent_code"]) if row["parent_code"] else Place("government")
        return Outcome(
            key=row["code"], name=name, kind=kind_of(name, row["level"]), level=row["level"],
            code=row["code"], places=(above,),
        )  # fmt: skip

    change = Change("establish", outcomes=tuple(outcome(row) for row in lists.before.values()))
    at = datetime.now(UTC)
    decision = operations.draft_decision(
        legal_basis="30/06/2025", effective_date=LOADED, changes=[change], at=at
    )
    operations.apply_decision(decision=decision, at=at, viewer=None)


@dataclass
class Outcomes:
    """What became of one resolution."""

    number: str
    place: str
    clauses: int
    stated: int | None
    named: int
    asked: int
    weak: int
    wrong: int
    right: int
    units: int
    collisions: int
    seconds: float
    differing: list[str]


def work(path: Path, lists: Lists) -> Outcomes | None:
    """Read, propose, draft, apply, compare; nothing stays."""
    from django.db import transaction

    from kientoan.domains.reorganisation.proposing import NoChanges, propose

    started = time.perf_counter()
    try:
        proposal = propose(path.read_text(encoding="utf-8"))
    except NoChanges:
        return None
    seconds = time.perf_counter() - started
    if proposal.main is None:
        return None
    codes = {unit.id: unit.code for unit in proposal.land.units.values()}
    wrong = sum(not right(member, item, codes, lists) for item in proposal.items for member in item.members)
    with transaction.atomic():
        found, collisions = applied(proposal, codes, lists)
        transaction.set_rollback(True)
    concerned = [code for code in lists.wanted if _inside(code, proposal, lists)]
    differing = [code for code in concerned if found.get(code, set()) != lists.wanted[code]]
    members = [member for item in proposal.items for member in item.named]
    return Outcomes(
        number=proposal.resolution.number or path.stem,
        place=proposal.land.units[proposal.main].name,
        clauses=len(proposal.items),
        stated=proposal.resolution.stated,
        named=len(members),
        asked=len(proposal.open),
        weak=sum(member.is_weak and not member.is_open for member in members),
        wrong=wrong,
        right=len(concerned) - len(differing),
        units=len(concerned),
        collisions=collisions,
        seconds=seconds,
        differing=[f"{code} {lists.before[code]['name']}: {found.get(code)}" for code in differing],
    )


def right(member: Any, item: Any, codes: dict[int, str], lists: Lists) -> bool:
    """Whether the unit chosen is one that the mapping leads to the new unit; a question is not wrong."""
    from kientoan.engines.vietnamese import plain_name

    return member.is_open or plain_name(item.name) in {name for name, _ in lists.wanted[codes[member.unit]]}


def _inside(code: str, proposal: Any, lists: Lists) -> bool:
    """Whether the old unit is a commune that came under the province of the resolution."""
    from kientoan.engines.vietnamese import plain_name

    if lists.before[code]["level"] != "commune":
        return False
    after = lists.after[lists.provinces[lists.province_of(code)]]["name"]
    return plain_name(after) == plain_name(proposal.land.units[proposal.main].name)


def applied(proposal: Any, codes: dict[int, str], lists: Lists) -> tuple[Successors, int]:
    """The successors after applying, and how many collisions stood in the way."""
    from kientoan.domains.organisation import operations
    from kientoan.domains.reorganisation.answering import Answers, changes_for

    chosen = {
        member.key: unit
        for item in proposal.items
        for member in item.open
        for unit in _answer(member, item, codes, lists)
    }
    also = {one.key for one in proposal.inferred if one.ticked and one.unit not in chosen.values()}
    changes = changes_for(proposal, Answers(chosen=chosen, also=also))
    at = datetime.now(UTC)
    decision = operations.draft_decision(legal_basis="x", effective_date=proposal.day, changes=changes, at=at)
    try:
        operations.apply_decision(decision=decision, at=at, viewer=None)
    except operations.Collisions as refusal:
        for collision in refusal.collisions[:5]:
            print(collision, file=sys.stderr)
        return {}, len(refusal.collisions)
    return successors(decision, proposal.day, codes), 0


def _answer(member: Any, item: Any, codes: dict[int, str], lists: Lists) -> Iterator[int]:
    from kientoan.engines.vietnamese import plain_name

    for candidate in member.candidates:
        if plain_name(item.name) in {name for name, _ in lists.wanted[codes[candidate.unit.id]]}:
            yield candidate.unit.id
            return


def successors(decision: Any, day: date, codes: dict[int, str]) -> Successors:
    """Old unit → names of its successors; a unit that goes on is its own."""
    from kientoan.domains.organisation.models import Passing, ResultingUnit
    from kientoan.domains.organisation.queries import units_on
    from kientoan.engines.vietnamese import plain_name

    names = {unit.id: plain_name(unit.name) for unit in units_on(day).values()}
    found: Successors = defaultdict(set)
    rows = Passing.objects.filter(original__event__decision=decision)
    for origin, result, extent in rows.values_list("original__unit", "result__unit", "extent"):
        found[codes[origin]].add((names[result], extent == "full"))
    gone_on = ResultingUnit.objects.filter(event__decision=decision, is_new=False, event__kind="reparent")
    for unit in gone_on.values_list("unit_id", flat=True):
        found[codes[unit]].add((names[unit], True))
    return found


def main() -> None:
    """Load, work through every text, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="folder", required=True, type=Path, help="the folder of the lists")
    parser.add_argument("--texts", required=True, type=Path, help="the folder of the texts")
    options = parser.parse_args()
    city.prepare()
    lists = Lists.read(options.folder)
    load(lists)
    done = [work(path, lists) for path in sorted(options.texts.glob("nq2025_*.txt"))]
    found = [one for one in done if one is not None]
    print(
        "| resolution | place | clauses (stated) | units named | asked | chosen wrongly | collisions "
        "| old communes as in the mapping | proposed in |\n|---|---|--:|--:|--:|--:|--:|--:|--:|"
    )
    for one in found:
        shown = (
            one.number.split("/")[0], one.place, f"{one.clauses} ({one.stated})", one.named, one.asked,
            one.wrong, one.collisions, f"{one.right} of {one.units}", f"{one.seconds:.2f} s",
        )  # fmt: skip
        print("| " + " | ".join(map(str, shown)) + " |")
    total = [sum(getattr(one, name) for one in found) for name in TOTALS]
    print("| all | | {} | {} | {} | {} | {} | {} of {} | |".format(*total))
    for one in found:
        for line in one.differing:
            print(f"- {one.number}: {line}", file=sys.stderr)


TOTALS = ("clauses", "named", "asked", "wrong", "collisions", "right", "units")


if __name__ == "__main__":
    main()
