"""Adding up the targets of units that merge, and dividing the target of one that is divided."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_ROUNDING = Decimal("0.0005")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The numbers of a target, and what is said of them."""

    operator: str
    low: Decimal | None = None
    high: Decimal | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None


def added_up(one: Bounds, other: Bounds) -> Bounds:
    """The target of a unit that comes of two, for an indicator that may be added: 10 and 11 make 21.

    The operators must be the same. The baseline is added only when both have one, of the same year; half of
    it would be wrong.
    """
    same_year = one.baseline_year == other.baseline_year
    return Bounds(
        operator=one.operator,
        low=_sum(one.low, other.low),
        high=_sum(one.high, other.high),
        baseline=_sum(one.baseline, other.baseline) if same_year else None,
        baseline_year=one.baseline_year if same_year else None,
    )


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def makes_a_whole(shares: Sequence[tuple[int, Decimal | None]]) -> bool:
    """Whether every share is known and together they are 1, but for rounding."""
    known = [share for _, share in shares if share is not None]
    return bool(shares) and len(known) == len(shares) and abs(sum(known, Decimal(0)) - 1) <= _ROUNDING


def divided(whole: Bounds, shares: Sequence[tuple[int, Decimal]], decimals: int) -> list[Bounds]:
    """A part for each share, rounded to the decimals of the indicator.

    The shares make a whole, and so do the parts: the last one takes what rounding left over.
    """
    columns = [
        _parts(value, [share for _, share in shares], decimals)
        for value in (whole.low, whole.high, whole.baseline)
    ]
    return [
        Bounds(whole.operator, low, high, baseline, whole.baseline_year)
        for low, high, baseline in zip(*columns, strict=True)
    ]


def _parts(value: Decimal | None, shares: Sequence[Decimal], decimals: int) -> list[Decimal | None]:
    if value is None:
        return [None for _ in shares]
    step = Decimal(1).scaleb(-decimals)
    parts: list[Decimal | None] = []
    left = value
    for place, share in enumerate(shares):
        last = place == len(shares) - 1
        part = left if last else (value * share).quantize(step, ROUND_HALF_UP)
        parts.append(part)
        left -= part
    return parts
