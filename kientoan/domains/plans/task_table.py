"""Tasks as a table: the columns of the Excel sheet, the same for what goes out and what comes in."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.engines.sheets import Column, Expected, Sheet, Value

from .models import Cooperation
from .models.tasks import TaskQuerySet
from .queries.tasks import TaskRow, in_batches
from .rules.tasks import Timing

IN: tuple[Expected, ...] = (
    Expected("code", ("Mã số", "Mã việc", "Mã", "ID", "Number"), required=False),
    Expected("title", ("Nội dung nhiệm vụ", "Nội dung", "Nhiệm vụ", "Công việc", "Task")),
    Expected("output", ("Sản phẩm", "Kết quả", "Output"), required=False),
    Expected(
        "lead", ("Đơn vị chủ trì", "Chủ trì", "Mã đơn vị chủ trì", "Đơn vị", "Lead unit"), required=False
    ),
    Expected("cooperating", ("Đơn vị phối hợp", "Phối hợp", "Cooperating units"), required=False),
    Expected(
        "person", ("Người chịu trách nhiệm", "Chức danh chịu trách nhiệm", "Accountable"), required=False
    ),
    Expected("due_date", ("Thời hạn", "Hạn hoàn thành", "Hạn", "Deadline"), "date", required=False),
    Expected("field", ("Lĩnh vực", "Field"), required=False),
    Expected("origin", ("Căn cứ", "Văn bản giao", "Số văn bản", "Basis"), required=False),
    Expected("parent", ("Mã việc cha", "Việc cha", "Parent number"), required=False),
)
"""The columns that an import reads, each with the wordings of its header."""

TIMING_WORDS = {
    Timing.NO_DEADLINE: gettext_noop("Chưa rõ thời hạn"),
    Timing.IN_TIME: gettext_noop("Trong hạn"),
    Timing.SOON: gettext_noop("Sắp đến hạn"),
    Timing.LATE: gettext_noop("Quá hạn"),
    Timing.DONE_IN_TIME: gettext_noop("Đúng hạn"),
    Timing.DONE_LATE: gettext_noop("Hoàn thành trễ hạn"),
    Timing.PAUSED: gettext_noop("Tạm dừng"),
}


def _columns() -> list[Column]:
    return [
        Column(_("Mã số"), "text", 10),
        Column(_("Nội dung nhiệm vụ"), "text", 60),
        Column(_("Sản phẩm"), "text", 30),
        Column(_("Đơn vị chủ trì"), "text", 30),
        Column(_("Đơn vị phối hợp"), "text", 30),
        Column(_("Người chịu trách nhiệm"), "text", 24),
        Column(_("Thời hạn"), "date", 12),
        Column(_("Lĩnh vực"), "text", 20),
        Column(_("Căn cứ"), "text", 24),
        Column(_("Mã việc cha"), "text", 10),
        Column(_("Trạng thái"), "text", 18),
        Column(_("Tình trạng thời hạn"), "text", 18),
        Column(_("Số ngày trễ"), "integer", 10),
        Column(_("Tiến độ (%)"), "integer", 10),
        Column(_("Người giữ chức"), "text", 24),
        Column(_("Báo cáo gần nhất"), "date", 12),
        Column(_("Ngày hoàn thành"), "date", 12),
    ]


def task_sheet(found: TaskQuerySet, viewer: Viewer, day: date, *, notes: Iterable[str] = ()) -> Sheet:
    """The tasks (in their order) as a sheet whose rows are read from the database as they are written.

    The first ten columns are those of the import, so the sheet can be corrected and read back.
    """
    return Sheet(_("Nhiệm vụ"), _columns(), _lines(found, viewer, day), tuple(notes))


def _lines(found: TaskQuerySet, viewer: Viewer, day: date) -> Iterator[list[Value]]:
    names = units_on(day)
    wanted = found.select_related("field", "post", "document__type")
    for batch in in_batches(wanted, viewer, day):
        together: dict[int, list[int]] = {}
        pairs = Cooperation.objects.filter(task__in=[row.task.pk for row in batch])
        for task_id, unit_id in pairs.order_by("pk").values_list("task_id", "unit_id"):
            together.setdefault(task_id, []).append(unit_id)
        for row in batch:
            then = row.task.cooperating_then
            helps = together.get(row.task.pk, ()) if then is None else then
            yield _line(row, [names[one].name if one in names else f"#{one}" for one in helps])


def _line(row: TaskRow, cooperating: list[str]) -> list[Value]:
    task = row.task
    return [
        str(task.pk),
        task.title,
        task.output,
        _name(row.lead) or task.lead_text,
        "; ".join(cooperating),
        task.post.title if task.post else "",
        task.due_date,
        task.field.name if task.field else "",
        (task.document.number if task.document else "") or task.origin_note,
        str(task.parent_id) if task.parent_id else "",
        row.state_label if task.handed_down_at else _("Chưa giao"),
        _(TIMING_WORDS[row.timing]),
        row.days_late or None,
        row.percent,
        row.holder,
        getattr(task, "reported_on", None),
        task.done_date,
    ]


def _name(unit: UnitOnDay | None) -> str:
    return "" if unit is None else unit.name
