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
    ("passings", "words"),
    [
        ([part(0, area="0.4"), part(1, area="0.4")], ["diện tích cộng lại chỉ là 80 %"]),
        ([part(0, population="0.1")], ["dân số cộng lại chỉ là 10 %"]),
        (
            [part(0, population="0.5", area="0.2"), part(1, population="0.3", area="0.8")],
            ["dân số cộng lại chỉ là 80 %"],
        ),
        ([part(0, area="0.333"), part(1, area="0.666")], []),  # rounded: 99,9 %
        ([part(0, area="0.333"), part(1, area="0.665")], ["diện tích cộng lại chỉ là 99,8 %"]),
        ([part(0, area="0.4"), part(1)], []),  # the other part may be the 60 %
        ([part(0, area="0.4", population="0.5"), part(1, population="0.5")], []),
        ([part(0), part(1)], []),
    ],
)
def test_the_parts_of_a_unit_that_ends_make_up_the_whole(
    cast: Cast, passings: list[Passing], words: list[str]
) -> None:
    lines = told(cast, passings, ends=True)
    assert len(lines) == len(words)
    for line, said in zip(lines, words, strict=True):
        assert line.startswith(f"Dòng 1: “Phường Cái Khế” kết thúc mà các phần {said}.")
        assert "Hãy ghi nơi nhận phần còn lại" in line


@pytest.mark.parametrize(
    ("passings", "refused"),
    [
        ([part(0, population="0.6"), part(1, population="0.4")], True),
        ([part(0, population="0.6", area="0.5"), part(1, population="0.4", area="0.5")], True),
        ([part(0, population="0.6", area="0.5"), part(1, population="0.4", area="0.4")], False),
        ([part(0, population="0.6", area="0.5"), part(1, population="0.4")], False),  # land may stay
        ([part(0, population="0.6"), part(1, population="0.399")], False),
        ([part(0), part(1)], False),
    ],
)
def test_of_a_unit_that_goes_on_something_is_left(cast: Cast, passings: list[Passing], refused: bool) -> None:
    lines = told(cast, passings)
    assert len(lines) == refused
    assert all("cộng lại là toàn bộ mà đơn vị vẫn còn" in line for line in lines)


def over_two_rows(cast: Cast, first: str, second: str) -> list[str]:
    """The ward gives a part by one row and ends with a part by the next."""
    changes = [
        Change(
            "transfer", (Origin(cast.ward.pk, ends=False),), (Outcome(unit=cast.district.pk),),
            (part(0, area=first),), row=1,
        ),
        Change(
            "merge_into", (Origin(cast.ward.pk),), (Outcome(unit=cast.other_district.pk),),
            (part(0, area=second),), row=2,
        ),
    ]  # fmt: skip
    draft = operations.draft_decision(legal_basis="x", effective_date=DAY, changes=changes, at=NOW)
    return [str(one) for one in plan_of(draft).collisions]


def test_parts_are_added_over_all_rows_of_the_decision(cast: Cast) -> None:
    assert not over_two_rows(cast, "0.4", "0.6")
    (line,) = over_two_rows(cast, "0.4", "0.5")
    assert line.startswith("Dòng 2: “Phường Cái Khế” kết thúc mà các phần diện tích cộng lại chỉ là 90 %")


def test_what_is_left_may_be_dissolved(cast: Cast) -> None:
    changes = [
        Change(
            "transfer", (Origin(cast.ward.pk, ends=False),), (Outcome(unit=cast.district.pk),),
            (part(0, area="0.4"),),
        ),
        Change("dissolve", (Origin(cast.ward.pk),)),
    ]  # fmt: skip
    draft = operations.draft_decision(legal_basis="x", effective_date=DAY, changes=changes, at=NOW)
    assert not plan_of(draft).collisions


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
