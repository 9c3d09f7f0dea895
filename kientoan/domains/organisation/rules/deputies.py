"""Caps on deputies as data with their source and days; breaking one is a warning, never a block.

A cap that depends on something unknown (the class of the province, the number of staff) is taken at its
widest, so that a warning is never raised on a guess. Staff: what was given (biên chế giao), None: unknown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .offices import Rule

DEPARTMENT = "department"  # sở
OF_DEPARTMENT = "of_department"  # phòng thuộc sở
OF_DISTRICT = "of_district"  # phòng thuộc UBND cấp huyện
OF_COMMUNE = "of_commune"  # phòng thuộc UBND cấp xã


@dataclass(frozen=True)
class Cap:
    """At most so many deputies: `steps` (staff from, deputies), or on `average` over the owner's bodies."""

    rule: Rule
    scope: str
    steps: tuple[tuple[int, int], ...] = ()
    average: int | None = None
    more_in_large_cities: int = 0  # Hà Nội and Thành phố Hồ Chí Minh, per body


def _rule(key: str, words: str, source: str, days: tuple[date, date | None], checked: bool) -> Rule:
    return Rule(key, words, source, *days, checked=checked)


_2014 = (date(2014, 5, 20), date(2020, 11, 24))
_2014_DISTRICT = (date(2014, 6, 20), date(2020, 11, 24))
_2020 = (date(2020, 11, 25), date(2025, 2, 28))
_2020_DISTRICT = (date(2020, 11, 25), date(2025, 6, 30))
_2026: tuple[date, date | None] = (date(2026, 1, 1), None)

CAPS = (
    Cap(_rule("R05", "Sở có không quá 3 phó giám đốc (Hà Nội, Thành phố Hồ Chí Minh: 4).",
              "Nghị định 24/2014/NĐ-CP", _2014, False), DEPARTMENT, ((0, 3),), None, 1),
    Cap(_rule("R06", "Bình quân mỗi sở có không quá 3 phó giám đốc.", "Nghị định 107/2020/NĐ-CP", _2020,
              True), DEPARTMENT, (), 3, 10),
    Cap(_rule("R07-R09", "Phòng thuộc sở: dưới 8 công chức có 1 phó trưởng phòng, từ 8 có 2, từ 15 có 3 (mức "
              "rộng nhất trong các loại tỉnh).", "Nghị định 107/2020/NĐ-CP", _2020, True), OF_DEPARTMENT,
        ((0, 1), (8, 2), (15, 3))),
    Cap(_rule("R11", "Phòng thuộc Ủy ban nhân dân cấp huyện có không quá 3 phó trưởng phòng.",
              "Nghị định 37/2014/NĐ-CP", _2014_DISTRICT, True), OF_DISTRICT, ((0, 3),)),
    Cap(_rule("R12", "Bình quân mỗi phòng thuộc Ủy ban nhân dân cấp huyện có 2 phó trưởng phòng.",
              "Nghị định 108/2020/NĐ-CP, Điều 1 khoản 3", _2020_DISTRICT, True), OF_DISTRICT, (), 2),
    Cap(_rule("R14", "Bình quân mỗi sở có không quá 3 phó giám đốc; thêm 1 khi hợp nhất hai tỉnh, thêm 2 khi "
              "hợp nhất ba tỉnh (tính ở mức rộng nhất: 5).", "Nghị định 370/2025/NĐ-CP", _2026, False),
        DEPARTMENT, (), 5, 10),
    Cap(_rule("R15", "Phòng thuộc sở: dưới 10 công chức có 1 phó trưởng phòng, từ 10 có 2, từ 15 có 3.",
              "Nghị định 370/2025/NĐ-CP", _2026, True), OF_DEPARTMENT, ((0, 1), (10, 2), (15, 3))),
    Cap(_rule("R20", "Bình quân mỗi phòng thuộc Ủy ban nhân dân cấp xã có 2 phó trưởng phòng.",
              "Nghị định 370/2025/NĐ-CP", _2026, False), OF_COMMUNE, (), 2),
)  # fmt: skip


@dataclass(frozen=True)
class Body:
    """A body with the deputies in office on the day; `owner`: the unit whose bodies share an average."""

    unit: int
    scope: str
    owner: int
    deputies: int
    staff: int | None
    in_large_city: bool = False


@dataclass(frozen=True)
class Breach:
    """More deputies than a cap allows: in one body, or in all bodies of `unit` together (`bodies` > 1)."""

    rule: Rule
    unit: int
    deputies: int
    allowed: int
    bodies: int = 1


def breaches(bodies: Iterable[Body], day: date) -> list[Breach]:
    """Every cap in force on the day that is exceeded."""
    listed = list(bodies)
    found: list[Breach] = []
    for cap in CAPS:
        if not cap.rule.holds_on(day):
            continue
        within = [body for body in listed if body.scope == cap.scope]
        found += _on_average(cap, within) if cap.average is not None else _one_by_one(cap, within)
    return found


def allowed_for(cap: Cap, staff: int | None) -> int:
    """How many deputies a body of so many staff may have; the widest step when the number is unknown."""
    if staff is None:
        return max(deputies for _, deputies in cap.steps)
    return max(deputies for start, deputies in cap.steps if staff >= start)


def _one_by_one(cap: Cap, bodies: Sequence[Body]) -> list[Breach]:
    found = []
    for body in bodies:
        allowed = allowed_for(cap, body.staff) + (cap.more_in_large_cities if body.in_large_city else 0)
        if body.deputies > allowed:
            found.append(Breach(cap.rule, body.unit, body.deputies, allowed))
    return found


def _on_average(cap: Cap, bodies: Sequence[Body]) -> list[Breach]:
    by_owner: dict[int, list[Body]] = {}
    for body in bodies:
        by_owner.setdefault(body.owner, []).append(body)
    found = []
    for owner, owned in by_owner.items():
        deputies = sum(body.deputies for body in owned)
        more = cap.more_in_large_cities if owned[0].in_large_city else 0
        allowed = (cap.average or 0) * len(owned) + more
        if deputies > allowed:
            found.append(Breach(cap.rule, owner, deputies, allowed, bodies=len(owned)))
    return found
