"""Offices that one person should not hold together, as data with their source and days; they only warn.

A rule of the law names its source. Where the text of the source was not at hand when the rule was written
down, `checked` is False and the page says so. `OWN` is no law: it asks a person to look.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

HEAD, DEPUTY = "head", "deputy"
COUNCIL = "peoples_council"
COMMITTEE = "peoples_committee"
TERRITORY = "territory"  # a district or commune stands for the People's Committee that governs it


@dataclass(frozen=True)
class Rule:
    """A rule: its words, where it stands, from which to which last day it holds (None: still)."""

    key: str
    words: str
    source: str
    start: date
    last_day: date | None
    checked: bool

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on the day."""
        return self.start <= day and (self.last_day is None or day <= self.last_day)


TWO_BODIES = Rule(
    "two_bodies",
    "Một người đứng đầu hai đơn vị cùng hệ thống, cùng cấp, không đơn vị nào đứng ngay dưới đơn vị kia. "
    "Bí thư cấp ủy đồng thời đứng đầu chính quyền, Hội đồng nhân dân hoặc cơ quan hợp nhất thì không tính.",
    "",
    date(2004, 1, 1),
    None,
    checked=True,
)
COUNCIL_AND_COMMITTEE = Rule(
    "council_and_committee",
    "Thành viên Thường trực Hội đồng nhân dân không đồng thời là thành viên Ủy ban nhân dân cùng cấp.",
    "Luật Tổ chức chính quyền địa phương số 77/2015/QH13, Điều 6",
    date(2016, 1, 1),
    date(2025, 2, 28),
    checked=False,
)
RULES = (TWO_BODIES, COUNCIL_AND_COMMITTEE)


@dataclass(frozen=True)
class Office:
    """A post that a person holds on a day, with what the rules need to know of its unit.

    `parents`: (hierarchy, unit right above) for each hierarchy the unit stands in; 0 above a root.
    """

    person: int
    post: int
    unit: int
    rank: str
    kind: str
    level: str
    parents: frozenset[tuple[str, int]]
    standing: bool = False


@dataclass(frozen=True)
class Clash:
    """Two offices of one person that a rule would not see together."""

    rule: Rule
    first: Office
    second: Office


def clashes(offices: Iterable[Office], day: date) -> list[Clash]:
    """All clashes among the offices held on the day, person by person."""
    by_person: dict[int, list[Office]] = {}
    for office in offices:
        by_person.setdefault(office.person, []).append(office)
    found = []
    for held in by_person.values():
        for first, second in combinations(sorted(held, key=lambda one: one.post), 2):
            if first.unit == second.unit:
                continue
            found += [Clash(rule, first, second) for rule in RULES
                      if rule.holds_on(day) and _TESTS[rule.key](first, second)]  # fmt: skip
    return found


def _heads_two_bodies(first: Office, second: Office) -> bool:
    if first.rank != HEAD or second.rank != HEAD or first.level != second.level:
        return False
    over = {parent for _, parent in first.parents}, {parent for _, parent in second.parents}
    if second.unit in over[0] or first.unit in over[1]:
        return False
    return bool({tree for tree, _ in first.parents} & {tree for tree, _ in second.parents})


def _sits_in_council_and_committee(first: Office, second: Office) -> bool:
    return _pair(first, second) or _pair(second, first)


def _pair(council: Office, committee: Office) -> bool:
    leads = council.rank in (HEAD, DEPUTY) or council.standing
    if council.kind != COUNCIL or not leads or council.level != committee.level:
        return False
    if committee.rank not in (HEAD, DEPUTY):
        return False
    above = {parent for _, parent in council.parents}
    if committee.kind == TERRITORY:
        return committee.unit in above
    return committee.kind == COMMITTEE and bool(above & {parent for _, parent in committee.parents})


_TESTS = {TWO_BODIES.key: _heads_two_bodies, COUNCIL_AND_COMMITTEE.key: _sits_in_council_and_committee}
