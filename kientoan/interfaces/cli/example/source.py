"""The data files of the example city, and what one load has made so far."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, PolicyField
from kientoan.domains.organisation.models import Person, Post, Unit
from kientoan.domains.results.models import Indicator

CITY = Path(__file__).resolve().parents[4] / "example" / "cantho"
OPENED = date(2016, 7, 1)  # the day on which the example's registers open
VINTAGES = {"uoc": "estimate", "so_bo": "preliminary", "chinh_thuc": "final"}


@dataclass
class Load:
    """What has been loaded, by the keys of the data files."""

    folder: Path
    at: datetime
    day: date  # the day on which the example is looked at
    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    accounts: dict[tuple[str, str], User] = field(default_factory=dict)  # (role, unit)
    fields: dict[str, PolicyField] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)  # by number

    def account(self, role: str, unit: str) -> User | None:
        """The account that has the role on the unit itself, if there is one."""
        return self.accounts.get((role, unit))

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a data file. Raises `FileNotFoundError` when the example is not there."""
        with (self.folder / name).open(encoding="utf-8", newline="") as source:
            yield from csv.DictReader(source)

    def day_after(self, document: Document) -> date:
        """The day on which a document is worked on: the one after it was issued."""
        return (document.issued_date or self.day) + timedelta(days=1)


def day_of(text: str) -> date | None:
    """An ISO day, or None for an empty cell."""
    return date.fromisoformat(text) if text else None


def moment(day: date, hour: int = 16) -> datetime:
    """A moment of the day in the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def period_of(text: str) -> tuple[date, date, str]:
    """'2018', '2018-Q2' or '2018-06' as first day, first day after, and frequency."""
    year = int(text[:4])
    if len(text) == 4:
        return date(year, 1, 1), date(year + 1, 1, 1), "year"
    if text[5] == "Q":
        last = 3 * int(text[6])
        return date(year, last - 2, 1), _month_after(year, last), "quarter"
    month = int(text[5:7])
    return date(year, month, 1), _month_after(year, month), "month"


def _month_after(year: int, month: int) -> date:
    return date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
