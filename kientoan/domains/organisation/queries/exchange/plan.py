"""The whole workbook, read against what exists; nothing is written."""

from collections.abc import Mapping
from datetime import date

from kientoan.engines.sheets import SheetIn

from ...access import NotAllowed, Viewer
from ...models import Role
from ...sheets import COLUMNS
from .headcounts import HeadcountReading
from .holders import HolderReading
from .known import Known
from .model import SheetError, SheetPlan
from .posts import PostReading
from .units import UnitReading


def plan_sheets(book: Mapping[str, SheetIn], *, viewer: Viewer, day: date) -> SheetPlan:
    """What the tables (title → table, of `sheets.COLUMNS`) would do; `day`: that for which they were made.

    Raises `NotAllowed` for who organises nothing.
    """
    if not viewer.administers_all and not viewer.has(Role.PERSONNEL, Role.ADMIN):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    plan = SheetPlan(day)
    for table, sheet in book.items():
        plan.errors += [SheetError(table, error) for error in sheet.all_errors]
        plan.unknown_columns += sheet.unknown_columns
    known = Known(book, viewer, day)
    for reading in (UnitReading, PostReading, HolderReading, HeadcountReading):
        reading(book, known, plan).read()
    place = {table: number for number, table in enumerate(COLUMNS)}
    plan.errors.sort(key=lambda error: (place[error.table], error.cell.row))
    plan.lines.sort(key=lambda line: (place[line.table], line.row))
    return plan
