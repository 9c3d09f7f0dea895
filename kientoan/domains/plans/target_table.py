"""Targets as a table: one row each, with the latest figure and its status on the day."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.queries import subtree_ids
from kientoan.engines.sheets import Column, Sheet, Value

from .queries.targets import TargetRow, target_table


def target_sheet(
    viewer: Viewer,
    day: date,
    *,
    unit_id: int | None = None,
    year: int | None = None,
    notes: list[str] | None = None,
) -> Sheet:
    """The targets the viewer sees (of a unit and all under it, of a year) as a sheet for Excel or CSV."""
    units = subtree_ids(unit_id, day) if unit_id is not None else None
    views = target_table(viewer=viewer, day=day, unit_ids=units, year=year)

    def rows() -> Iterator[tuple[Value, ...]]:
        for view in views:
            for row in view.rows:
                yield (view.set.name, view.set.year, *_cells(row))

    return Sheet(title=_("Chỉ tiêu"), columns=_columns(), rows=rows(), notes=tuple(notes or ()))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Bộ chỉ tiêu"), "text", 30),
        Column(_("Năm"), "integer", 8),
        Column(_("Mã chỉ tiêu"), "text", 18),
        Column(_("Tên chỉ tiêu"), "text", 44),
        Column(_("Đơn vị tính"), "text", 14),
        Column(_("Đơn vị thực hiện"), "text", 28),
        Column(_("Kế hoạch"), "text", 16),
        Column(_("Số nền"), "text", 16),
        Column(_("Giá trị mới nhất"), "decimal", 16),
        Column(_("Loại số liệu"), "text", 12),
        Column(_("Tình trạng"), "text", 16),
        Column(_("Vì sao"), "text", 50),
        Column(_("Người chịu trách nhiệm"), "text", 26),
        Column(_("Câu giao chỉ tiêu"), "text", 60),
    )


def _cells(row: TargetRow) -> tuple[Value, ...]:
    target = row.target
    return (
        row.indicator.code,
        row.indicator.name,
        row.indicator.unit_of_measure,
        row.unit.name,
        row.plan,
        row.baseline,
        row.status.value,
        row.vintage_label,
        row.state_label,
        row.rule,
        row.holder,
        target.passage.quote if target.passage else "",
    )
