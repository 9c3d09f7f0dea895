"""Rules on offices and deputies, as a table of cases; no database."""

from datetime import date

import pytest

from kientoan.domains.organisation.rules.deputies import CAPS, Body, breaches
from kientoan.domains.organisation.rules.offices import (
    COUNCIL_AND_COMMITTEE,
    RULES,
    TERRITORY,
    TWO_BODIES,
    Office,
    clashes,
)

DAY = date(2018, 6, 30)
CITY, UBND, HDND, HEALTH, WORKS, PARTY = 1, 2, 3, 4, 5, 6


def office(
    unit: int, rank: str = "head", kind: str = "department", tree: str = "government", above: int = UBND,
    person: int = 1, level: str = "province", standing: bool = False,
) -> Office:  # fmt: skip
    parents = frozenset({(tree, above)})
    return Office(person, unit * 10, unit, rank, kind, level, parents, standing)


COUNCIL = {"kind": "peoples_council", "tree": "council", "above": CITY}
COMMITTEE = {"kind": "peoples_committee", "above": CITY}


@pytest.mark.parametrize(
    ("offices", "day", "rules"),
    [
        ([office(HEALTH), office(WORKS)], DAY, [TWO_BODIES]),
        ([office(HEALTH), office(WORKS, person=2)], DAY, []),
        ([office(HEALTH), office(WORKS, rank="deputy")], DAY, []),
        ([office(HEALTH), office(WORKS, level="district")], DAY, []),
        ([office(PARTY, tree="party", above=0), office(UBND, **COMMITTEE)], DAY, []),  # Bí thư kiêm Chủ tịch
        ([office(CITY, kind=TERRITORY, above=0), office(UBND, **COMMITTEE)], DAY, []),  # right under it
        ([office(HEALTH), office(HEALTH)], DAY, []),
        ([office(HDND, "deputy", **COUNCIL), office(UBND, "deputy", **COMMITTEE)], DAY,
         [COUNCIL_AND_COMMITTEE]),
        ([office(UBND, "head", **COMMITTEE), office(HDND, "specialist", standing=True, **COUNCIL)], DAY,
         [COUNCIL_AND_COMMITTEE]),
        ([office(HDND, "specialist", **COUNCIL), office(UBND, "deputy", **COMMITTEE)], DAY, []),
        ([office(HDND, "deputy", **COUNCIL), office(CITY, "head", kind=TERRITORY, above=0)], DAY,
         [COUNCIL_AND_COMMITTEE]),
        ([office(HDND, "deputy", **COUNCIL), office(UBND, "deputy", **COMMITTEE)], date(2015, 12, 31), []),
        ([office(HDND, "deputy", **COUNCIL), office(UBND, "deputy", **COMMITTEE)], date(2025, 3, 1), []),
    ],
)  # fmt: skip
def test_offices_that_clash(offices: list[Office], day: date, rules: list[object]) -> None:
    assert [clash.rule for clash in clashes(offices, day)] == rules


def body(scope: str, deputies: int, staff: int | None = None, **more: object) -> Body:
    return Body(7, scope, 1, deputies, staff, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bodies", "day", "found"),
    [
        ([body("department", 4)], DAY, [("R05", 4, 3)]),
        ([body("department", 3)], DAY, []),
        ([body("department", 4, in_large_city=True)], DAY, []),
        ([body("department", 4), body("department", 2)], date(2021, 1, 1), []),  # 6 in 2: 3 on average
        ([body("department", 4), body("department", 3)], date(2021, 1, 1), [("R06", 7, 6)]),
        ([body("of_department", 2, 7)], date(2021, 1, 1), [("R07-R09", 2, 1)]),
        ([body("of_department", 2, 8)], date(2021, 1, 1), []),
        ([body("of_department", 3, None)], date(2021, 1, 1), []),  # staff unknown: the widest step
        ([body("of_department", 4, None)], date(2021, 1, 1), [("R07-R09", 4, 3)]),
        ([body("of_department", 2, 9)], date(2026, 1, 1), [("R15", 2, 1)]),
        ([body("of_department", 4, 1)], date(2025, 12, 1), []),  # between two decrees: nothing known
        ([body("of_district", 4)], DAY, [("R11", 4, 3)]),
        ([body("of_district", 3), body("of_district", 2)], date(2021, 1, 1), [("R12", 5, 4)]),
        ([body("of_commune", 3)], date(2026, 2, 1), [("R20", 3, 2)]),
    ],
)
def test_deputies_over_a_cap(bodies: list[Body], day: date, found: list[tuple[str, int, int]]) -> None:
    assert [(one.rule.key, one.deputies, one.allowed) for one in breaches(bodies, day)] == found


def test_every_rule_of_the_law_names_its_source_and_its_days() -> None:
    for rule in [*RULES, *(cap.rule for cap in CAPS)]:
        assert rule.words
        assert rule.source or rule is TWO_BODIES
        assert rule.last_day is None or rule.start < rule.last_day
