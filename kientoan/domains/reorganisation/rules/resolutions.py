"""What the words of a resolution stand for, and the dated rules of law that a proposal rests on."""

from datetime import date

KIND_OF = {
    "tỉnh": "province",
    "thành phố": "provincial_city",
    "huyện": "district",
    "quận": "urban_district",
    "thị xã": "town",
    "xã": "commune",
    "phường": "ward",
    "thị trấn": "township",
    "đặc khu": "special_zone",
}
"""Kind of unit by its word."""

LEVEL_OF = {
    "tỉnh": "province",
    "thành phố": "district",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}
"""Level by the word of the kind; a "thành phố" may also stand beside the provinces."""

JOINS = 0.7
"""A province of which so many communes are named goes over with the resolution.

In the 24 resolutions of 2025 the provinces concerned have at least 0.95, all others at most 0.32 (names that
stand everywhere).
"""

SURE = 0.8
"""Below this confidence a person should look."""

TWO_LEVELS_FROM = date(2025, 7, 1)
"""The day from which there is no district level, by the law named below."""

TWO_LEVELS_BASIS = "Luật Tổ chức chính quyền địa phương số 72/2025/QH15"


def two_levels(day: date) -> bool:
    """Whether communes stand right under provinces on the day."""
    return day >= TWO_LEVELS_FROM
