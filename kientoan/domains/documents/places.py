"""Places in the names of issuers, and the terms of the Party, as plain functions on plain values."""

import re
from datetime import date

from .rules import normal_number, same_words

_PLACE = re.compile(
    r"(?:tỉnh ủy|thành ủy|quận ủy|huyện ủy|thị ủy|tỉnh|thành phố|tp\.|quận|huyện|thị xã|phường|"
    r"xã|thị trấn)\s+"
    r"(?!ủy\b)(?P<name>[^,(]+?)(?=\s*(?:[,(]|\Z|(?:tỉnh|thành phố|quận|huyện)\s))"
)
_LEVELS = re.compile(r"(?:tỉnh|thành phố|tp\.|quận|huyện|thị xã|phường|xã|thị trấn)\s+")
_PARTY = re.compile(r"\d+[A-Z]?-[A-ZĐa-zđ]+/(?P<body>[A-ZĐ]+)\Z")
_FIRST_TERM = 2016  # the year in which the twelfth congress met; terms last five years
_YEARS = 5


def places_of(issuer: str) -> frozenset[str]:
    """Give the places named in a body's name, in small letters: 'Thành ủy Cần Thơ' gives {'cần thơ'}.

    A central body names none.
    """
    words = same_words(issuer)
    found = (match["name"].strip() for match in _PLACE.finditer(words))
    return frozenset(_LEVELS.sub("", name, count=1) if _LEVELS.match(name) else name for name in found)


def party_body(number: str) -> str:
    """Give the body in a Party number ('15-NQ/TU' gives 'TU'), '' for other numbers."""
    found = _PARTY.match(normal_number(number))
    return found["body"] if found else ""


def same_term(one: date, other: date, *, central: bool) -> bool:
    """Say whether two days lie in one term for certain; days around a congress are never certain.

    The national congress meets in January of 2016, 2021, …; the provincial ones between September and
    November of the year before, those of districts and communes from spring on.
    """
    terms = {_term(one, central), _term(other, central)}
    return len(terms) == 1 and None not in terms


def _term(day: date, central: bool) -> int | None:
    years, month = day.year - _FIRST_TERM, day.month
    if central:
        return None if years % _YEARS == 0 and month == 1 else years // _YEARS
    if (years + 1) % _YEARS == 0:
        if 3 <= month <= 11:
            return None
        return (years + 1) // _YEARS if month == 12 else years // _YEARS
    return years // _YEARS
