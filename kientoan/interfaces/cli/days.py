"""Days as arguments of commands."""

import argparse
from datetime import date


def as_day(text: str) -> date:
    """'2018-06-30' → the day; for `type=` of an argument."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = f"“{text}” không phải là một ngày viết theo năm-tháng-ngày. Ví dụ: 2018-06-30."
        raise argparse.ArgumentTypeError(words) from None
