"""What may stand in a cell for a figure, and when a jump deserves a question. Plain Python."""

from __future__ import annotations

from decimal import Decimal

from kientoan.engines.vietnamese import NumberError, parse_number

MAX_PLACES = 6
MAX_WHOLE_DIGITS = 18
JUMP = Decimal(2)
"""A figure more than twice, or less than half, of the one before it is worth a question."""


def parse_value(text: str) -> Decimal:
    """Read a figure as people write it; a percent sign behind it is allowed.

    Raises `NumberError`, whose text names the fault and the remedy.
    """
    return checked_value(parse_number(text.strip().removesuffix("%")))


def checked_value(value: Decimal) -> Decimal:
    """The value when it can be kept without losing a digit. Raises `NumberError`."""
    plain = value.normalize()
    places = -int(plain.as_tuple().exponent)
    if places > MAX_PLACES:
        raise NumberError(
            f"Số có {places} chữ số sau dấu phẩy; chỉ giữ được {MAX_PLACES}. Hãy làm tròn rồi nhập lại."
        )
    if plain.adjusted() >= MAX_WHOLE_DIGITS:
        raise NumberError(
            f"Số quá lớn (hơn {MAX_WHOLE_DIGITS} chữ số). Hãy kiểm tra đơn vị tính rồi nhập lại."
        )
    return value


def is_jump(value: Decimal, before: Decimal | None) -> bool:
    """Whether to ask 'is this right?': another sign, twice or half as much as before. Never blocks."""
    if before is None or value == before:
        return False
    if before == 0 or value == 0 or (value > 0) != (before > 0):
        return True
    return not 1 / JUMP <= value / before <= JUMP
