"""Parts of a unit are told in per cent with their measure; a whole is no part, and a part not the whole."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.queries.plan import plan_of
from kientoan.domains.organisation.rules.changes import (
    Change,
    Origin,
    Outcome,
    Passing,
    Shares,
    is_whole,
    kept_share,
)
from tests.conftest import DAY, NOW, Cast


def told(cast: Cast, passings: Sequence[Passing], *, ends: bool = False) -> list[str]:
    """What the plan says of a change of the ward that gives parts to two districts."""
    outcomes = (Outcome(unit=cast.district.pk), Outcome(unit=cast.other_district.pk))
    change = Change("split_merge", (Origin(cast.ward.pk, ends),), outcomes, tuple(passings))
    draft = operations.draft_decision(
        legal_basis="Nghị quyết 893", effective_date=DAY, changes=[change], at=NOW
    )
    return [str(one) for one in plan_of(draft).collisions]


def part(outcome: int, **shares: str) -> Passing:
    return Passing(0, outcome, False, Shares(**{name: Decimal(value) for name, value in shares.items()}))


@pytest.mark.parametrize(
    ("passings", "words"),
    [
        ([part(0, area="1"), part(1, area="0.249")], "diện tích của “Phường Cái Khế” cộng lại là 124,9 %"),
        (
            [part(0, population="0.6"), part(1, population="0.5")],
            "dân số của “Phường Cái Khế” cộng lại là 110 %",
        ),
    ],
)
def test_parts_over_the_whole_are_told_in_per_cent(cast: Cast, passings: list[Passing], words: str) -> None:
    (line,) = told(cast, passings)
    assert line.startswith(f"Dòng 1: các phần {words}, quá 100 %.")
    assert "Hãy sửa tỷ lệ" in line


def test_a_whole_of_a_unit_that_stays_is_told(cast: Cast) -> None:
    (line,) = told(cast, [Passing(0, 0)])
    assert "chuyển đi toàn bộ mà vẫn còn" in line


@pytest.mark.parametrize("second", [Passing(0, 1), part(1, area="0.1")])
def test_of_a_unit_that_goes_over_whole_nothing_goes_elsewhere(cast: Cast, second: Passing) -> None:
    for passings in ([Passing(0, 0), second], [second, Passing(0, 0)]):
        (line,) = told(cast, passings, ends=True)
        assert "không còn phần nào cho đơn vị khác" in line


def test_parts_that_make_a_whole_are_as_they_should_be(cast: Cast) -> None:
    assert not told(cast, [part(0, area="0.751"), part(1, area="0.249")], ends=True)
    assert not told(cast, [part(0, area="0.1", population="1"), part(1)])


@pytest.mark.parametrize(
    ("shares", "whole"),
    [
        (Shares(), False),
        (Shares(area=Decimal(1)), True),
        (Shares(area=Decimal(1), population=Decimal("0.9")), False),
        (Shares(area=Decimal(1), population=Decimal(1)), True),
    ],
)
def test_a_part_is_the_whole_when_it_is_so_by_every_measure(shares: Shares, whole: bool) -> None:
    assert is_whole(shares) is whole


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0.249", "0.249"),
        ("1", "1"),
        ("0", None),
        ("-1", None),
        ("1.249", None),
        ("0.0000001", None),
        ("NaN", None),
    ],
)
def test_a_share_is_kept_only_as_a_part_that_can_be(written: str, kept: str | None) -> None:
    assert kept_share(Decimal(written)) == (None if kept is None else Decimal(kept))
