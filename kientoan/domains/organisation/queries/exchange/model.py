"""What a workbook would do: a line for each row, and the writes behind them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kientoan.engines.sheets import CellError

Ref = int | str  # a record that exists, by its id; one of the workbook, by its own key


class Act(models.TextChoices):
    ADD = "add", gettext_lazy("Thêm")
    CHANGE = "change", gettext_lazy("Sửa")
    SAME = "same", gettext_lazy("Không đổi")


@dataclass(frozen=True, slots=True)
class SheetError:
    """A fault in one sheet of the workbook."""

    table: str
    cell: CellError

    def __str__(self) -> str:
        return f"{_(self.table)}: {self.cell}"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that changes, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """What one row does."""

    table: str
    row: int
    act: Act
    name: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class NewUnit:
    key: str
    row: int
    words: dict[str, Any]  # of its version
    code: str
    places: dict[str, Ref | None]  # hierarchy → parent, None: a root
    life: DateRange


@dataclass(frozen=True, slots=True)
class NewVersion:
    """From a day on a unit is called otherwise; the version before ends then."""

    before: int
    unit: int
    words: dict[str, Any]
    days: DateRange


@dataclass(frozen=True, slots=True)
class NewPlace:
    row: int
    unit: int
    hierarchy: str
    parent: Ref | None
    days: DateRange


@dataclass(frozen=True, slots=True)
class NewCode:
    row: int
    unit: int
    code: str
    days: DateRange


@dataclass(frozen=True, slots=True)
class NewPost:
    key: str
    unit: Ref
    words: dict[str, Any]
    days: DateRange


@dataclass(frozen=True, slots=True)
class NewPerson:
    key: str
    full_name: str


@dataclass(frozen=True, slots=True)
class NewHolding:
    person: Ref
    post: Ref
    kind: str
    days: DateRange


@dataclass(frozen=True, slots=True)
class NewHeadcount:
    """Figures of one kind of staff from a day on."""

    row: int
    unit: Ref
    kind: str
    start: date
    words: dict[str, Any]  # assigned, present, legal_basis


@dataclass(frozen=True, slots=True)
class Setting:
    """New values of a record that exists: field → (value when it was read, value to write)."""

    model: type[models.Model]
    pk: int
    values: dict[str, tuple[Any, Any]]


@dataclass
class SheetPlan:
    """What the workbook would do on the day. With one error nothing is done."""

    day: date
    lines: list[Line] = field(default_factory=list)
    errors: list[SheetError] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()
    units: list[NewUnit] = field(default_factory=list)
    versions: list[NewVersion] = field(default_factory=list)
    places: list[NewPlace] = field(default_factory=list)
    codes: list[NewCode] = field(default_factory=list)
    posts: list[NewPost] = field(default_factory=list)
    people: list[NewPerson] = field(default_factory=list)
    holdings: list[NewHolding] = field(default_factory=list)
    headcounts: list[NewHeadcount] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)

    @property
    def counts(self) -> Counter[Act]:
        """How many rows do what."""
        return Counter(line.act for line in self.lines)

    @property
    def ready(self) -> bool:
        """Whether there is something to do and nothing in the way."""
        return not self.errors and any(line.act != Act.SAME for line in self.lines)
