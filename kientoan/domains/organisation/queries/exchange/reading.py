"""What reading any table of the workbook has in common."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kientoan.engines.sheets import Row, SheetIn

from ...sheets import COLUMNS, PEOPLE, PREFIXES, UNITS
from .cells import Fault, fault_at, reference, system_id, text_in, tidy
from .known import Known
from .model import Act, FieldChange, Line, Ref, Setting, SheetPlan


class TableReading:
    """Reads tables into the plan, row by row."""

    def __init__(self, book: Mapping[str, SheetIn], known: Known, plan: SheetPlan) -> None:
        self.book, self.known, self.plan = book, known, plan

    def each(self, table: str, read: Callable[[Row, int | None], None]) -> None:
        """Give every row without faults to `read`, with the number of its system key (None: a new record)."""
        seen: dict[str, int] = {}
        for row in self.rows(table):
            try:
                key = text_in(row, "key").lower()
                if key and key in seen:
                    said = {"key": key.upper(), "row": seen[key]}
                    raise Fault(
                        "key", _("Mã «%(key)s» đã có ở dòng %(row)s.") % said,
                        _("Mỗi dòng một mã; dòng mới để trống hoặc đặt mã khác."),
                    )  # fmt: skip
                seen[key] = row.number
                if not row.errors:
                    read(row, system_id(table, key.upper()) if key else None)
            except Fault as fault:
                self.plan.errors.append(fault_at(table, row.number, fault))

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table."""
        yield from self.book[table].rows if table in self.book else ()

    def called(self, table: str, record: Ref) -> str:
        """The name of a unit or a person that is there, or that the workbook adds; '' when there is none."""
        if isinstance(record, str):
            return self._added.get((table, record), "")
        if table == UNITS:
            versions = self.known.versions.get(record)
            return tidy(versions[-1].name) if versions else ""
        person = self.known.people.get(record)
        return tidy(person.full_name) if person else ""

    @cached_property
    def _added(self) -> dict[tuple[str, str], str]:
        """(table, key of the workbook) → the name in its row."""
        return {
            (table, text_in(row, "key").lower()): text_in(row, "name")
            for table in (UNITS, PEOPLE)
            for row in self.rows(table)
        }

    def tell(self, table: str, row: Row, act: Act, name: str, changes: tuple[FieldChange, ...] = ()) -> None:
        """One line of the report."""
        self.plan.lines.append(Line(table, row.number, act, name, changes))

    def fail(self, table: str, row: int, key: str, message: str, remedy: str) -> None:
        """A fault found when all rows are read."""
        self.plan.errors.append(fault_at(table, row, Fault(key, message, remedy)))

    def unit_in(self, row: Row) -> Ref:
        """The unit that the row is about, which the viewer may change. Raises `Fault`."""
        unit = reference(row, "unit", UNITS, self.known.own[UNITS], self.known.codes)
        if isinstance(unit, int) and (unit not in self.known.units or unit not in self.known.organised):
            raise Fault(
                "unit", _("Không có đơn vị «%(text)s» mà bạn được sửa.") % {"text": text_in(row, "unit")},
                _("Ghi mã một đơn vị thuộc phạm vi của bạn."),
            )  # fmt: skip
        return unit

    @staticmethod
    def unknown(table: str, row: Row) -> Fault:
        """A system key that is nobody's, or of what the viewer may not change: the two are not told apart."""
        return Fault(
            "key", _("Không có %(key)s mà bạn được sửa.") % {"key": text_in(row, "key")},
            _("Kiểm tra lại mã (%(prefix)s…), hoặc để trống để thêm mới.") % {"prefix": PREFIXES[table]},
        )  # fmt: skip

    @staticmethod
    def same(record: models.Model, field: str, value: Any) -> bool:
        """Whether the record has the value, as a cell would show it."""
        now = getattr(record, field)
        if isinstance(now, list):
            return bool([tidy(one) for one in now] == value)
        return bool(tidy(now) == value) if isinstance(now, str) else bool(now == value)

    def set(
        self, table: str, row: Row, record: models.Model, values: Mapping[str, tuple[str, Any]], name: str
    ) -> None:
        """Plan those values (field → (key of the column, value)) that differ; tell what the row does."""
        changed = {
            field: (key, value)
            for field, (key, value) in values.items()
            if not self.same(record, field, value)
        }
        if not changed:
            self.tell(table, row, Act.SAME, name)
            return
        was = {field: getattr(record, field) for field in changed}
        self.plan.settings.append(
            Setting(
                type(record), record.pk, {field: (was[field], value) for field, (_, value) in changed.items()}
            )
        )
        told = tuple(
            FieldChange(label_of(table, key), shown(was[field]), shown(value))
            for field, (key, value) in changed.items()
        )
        self.tell(table, row, Act.CHANGE, name, told)


def label_of(table: str, key: str) -> str:
    """The header of a column."""
    return _(next(one.headers[0] for one in COLUMNS[table] if one.key == key))


def shown(value: Any) -> str:
    """A value as the report writes it."""
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    return "" if value is None else str(value)
