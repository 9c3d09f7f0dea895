"""Reading a sheet of tasks against what exists: what it would make and change, and what is wrong where."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kientoan.domains.documents.models import Document, PolicyField
from kientoan.domains.organisation.access import Viewer, visible_documents
from kientoan.domains.organisation.models import Membership, Post, Rank, Unit
from kientoan.domains.organisation.queries import units_on
from kientoan.engines.sheets import CellError, Row, SheetIn
from kientoan.engines.vietnamese import fold, normal_tones

from ..access import ASSIGNERS, is_assigner
from ..models import Task, TaskState
from .handing import assignable_ids


@dataclass(frozen=True)
class NewTask:
    """A line that makes a task; `parent_code` is the code of another new line of the sheet."""

    row: int
    code: str
    fields: dict[str, Any]
    cooperating: tuple[int, ...]
    parent_code: str = ""


@dataclass(frozen=True)
class ChangedTask:
    """A line that changes a task: attribute → new value; `cooperating` None: not given in the sheet."""

    row: int
    task: Task
    changes: dict[str, Any]
    cooperating: tuple[int, ...] | None


@dataclass
class ImportPlan:
    """What the sheet would do. With one error nothing is done."""

    new: list[NewTask] = field(default_factory=list)
    changed: list[ChangedTask] = field(default_factory=list)
    unchanged: int = 0
    errors: list[CellError] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be carried out."""
        return not self.errors and bool(self.new or self.changed)


class _Problem(Exception):
    """A cell that cannot be understood: (key of the column, message, remedy)."""

    def __init__(self, key: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.key, self.message, self.remedy = key, message, remedy


LABELS = {
    "code": "Mã số", "title": "Nội dung nhiệm vụ", "lead": "Đơn vị chủ trì", "cooperating": "Đơn vị phối hợp",
    "person": "Người chịu trách nhiệm", "due_date": "Thời hạn", "field": "Lĩnh vực", "origin": "Căn cứ",
    "parent": "Mã việc cha",
}  # fmt: skip


def plan_import(sheet: SheetIn, *, assigner_unit: Unit, viewer: Viewer, day: date) -> ImportPlan:
    """Read the sheet (of `task_table.IN`) for tasks assigned by the unit; nothing is written.

    Raises `NotAllowed` unless the viewer acts for the unit.
    """
    viewer.require(*ASSIGNERS, unit=assigner_unit.pk)
    plan = ImportPlan(errors=list(sheet.all_errors), unknown_columns=sheet.unknown_columns)
    known = _Known(sheet.rows, assigner_unit, viewer, day)
    for row in sheet.rows:
        if not row.errors:
            _plan_row(row, known, plan)
    codes = {new.code for new in plan.new if new.code}
    for new in plan.new:
        if new.parent_code and (new.parent_code not in codes or new.parent_code == new.code):
            plan.errors.append(_error(new.row, "parent", _no_parent(new.parent_code)))
    plan.errors.extend(_circles(plan.new))
    return plan


def _no_parent(code: str) -> _Problem:
    return _Problem(
        "parent",
        _("Không có việc cha mang mã «%(code)s».") % {"code": code},
        _("Ghi mã số của một nhiệm vụ đã có, hoặc mã của một dòng khác trong bảng."),
    )


def _circles(rows: Iterable[NewTask]) -> list[CellError]:
    """Lines that are, over others, their own parent."""
    parents = {row.code: row for row in rows if row.code}
    found = []
    for row in parents.values():
        seen, at = {row.code}, row
        while at.parent_code in parents and at.parent_code not in seen:
            seen.add(at.parent_code)
            at = parents[at.parent_code]
        if at.parent_code in seen and at.parent_code != at.code:
            found.append(_error(row.row, "parent", _Problem(
                "parent", _("Việc cha vòng lại chính nó."), _("Sửa cột mã việc cha."),
            )))  # fmt: skip
    return found


def _error(row: int, key: str, problem: _Problem) -> CellError:
    return CellError(row, "", _(LABELS[key]), problem.message, problem.remedy)


def _plan_row(row: Row, known: "_Known", plan: ImportPlan) -> None:
    try:
        code = _text(row, "code")
        task = known.task(code) if code.lstrip("#").isdecimal() else None
        fields, cooperating = known.fields(row, task)
        if task is not None:
            changes = {name: value for name, value in fields.items() if getattr(task, name) != value}
            before = known.cooperating[task.pk]
            together = None if cooperating is None or set(cooperating) == before else cooperating
            if changes or together is not None:
                plan.changed.append(ChangedTask(row.number, task, changes, together))
            else:
                plan.unchanged += 1
            return
        if code and code in known.codes_seen:
            raise _Problem("code", _("Mã «%(code)s» có ở hai dòng.") % {"code": code}, _("Mỗi dòng một mã."))
        known.codes_seen.add(code)
        parent = _text(row, "parent")
        new_parent = "" if not parent or parent.lstrip("#").isdecimal() else parent
        if new_parent:
            fields["origin_note"] = fields.get("origin_note") or ""
        elif not (fields.get("document_id") or fields.get("parent_id") or fields.get("origin_note")):
            raise _Problem("origin", _("Thiếu căn cứ."), _("Ghi số văn bản, hoặc kết luận giao việc."))
        plan.new.append(NewTask(row.number, code, fields, cooperating or (), new_parent))
    except _Problem as problem:
        plan.errors.append(_error(row.number, problem.key, problem))


def _text(row: Row, key: str) -> str:
    value = row.values.get(key)
    return "" if value is None else str(value).strip()


def _plain(text: str) -> str:
    return " ".join(fold(normal_tones(text)).replace(".", " ").split())


class _Known:
    """What the sheet may name, loaded once: units, posts, fields, documents, tasks."""

    def __init__(self, rows: Iterable[Row], assigner_unit: Unit, viewer: Viewer, day: date) -> None:
        rows = list(rows)
        self.assigner, self.viewer, self.day = assigner_unit, viewer, day
        self.codes_seen: set[str] = set()
        self.units: Mapping[str, set[int]] = defaultdict(set)
        for unit in units_on(day).values():
            for name in (unit.code, unit.name, unit.short_name, unit.body_name, *unit.abbreviations):
                if name:
                    self.units[_plain(name)].add(unit.id)
        self.allowed = assignable_ids(assigner_unit.pk, day)
        self.policy_fields = {_plain(item.name): item.pk for item in PolicyField.objects.all()}
        self._load_posts(day)
        origins = {_text(row, "origin").upper() for row in rows} - {""}
        self.documents: dict[str, list[int]] = defaultdict(list)
        found = visible_documents(viewer, Document.objects.filter(number__in=origins))
        for number, key in found.values_list("number", "pk"):
            self.documents[number.upper()].append(key)
        numbers = {_text(row, key).lstrip("#") for row in rows for key in ("code", "parent")}
        ids = [int(text) for text in numbers if text.isdecimal() and len(text) < 19]
        self.tasks = Task.objects.visible_to(viewer).in_bulk(ids)
        self.cooperating: dict[int, set[int]] = defaultdict(set)
        pairs = Task.objects.filter(pk__in=list(self.tasks), cooperations__isnull=False)
        for task_id, unit_id in pairs.values_list("pk", "cooperations__unit_id"):
            self.cooperating[task_id].add(unit_id)

    def _load_posts(self, day: date) -> None:
        self.posts: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.heads: dict[int, int] = {}
        holders: dict[int, list[str]] = defaultdict(list)
        for post_id, name in Membership.objects.on(day).values_list("post_id", "person__full_name"):
            holders[post_id].append(_plain(name))
        for post in Post.objects.on(day).order_by("-pk"):
            self.posts[post.unit_id] += [(post.pk, _plain(post.title))]
            self.posts[post.unit_id] += [(post.pk, name) for name in holders[post.pk]]
            if post.rank == Rank.HEAD:
                self.heads[post.unit_id] = post.pk

    def task(self, code: str) -> Task:
        """The existing task of the number, which the viewer may change."""
        task = self.tasks.get(int(code.lstrip("#"))) if len(code) < 19 else None
        if task is None or not is_assigner(task, self.viewer):
            raise _Problem(
                "code",
                _("Không có nhiệm vụ số %(code)s mà bạn được sửa.") % {"code": code},
                _("Kiểm tra lại mã số, hoặc để trống để tạo nhiệm vụ mới."),
            )
        if task.state == TaskState.DONE:
            raise _Problem(
                "code", _("Nhiệm vụ số %(code)s đã hoàn thành.") % {"code": code}, _("Mở lại trước khi sửa.")
            )
        return task

    def fields(self, row: Row, task: Task | None) -> tuple[dict[str, Any], tuple[int, ...] | None]:
        """The attributes that the line gives (blank columns that are absent are left alone)."""
        found: dict[str, Any] = {"title": _text(row, "title")}
        if "output" in row.values:
            found["output"] = _text(row, "output")
        if "due_date" in row.values:
            found["due_date"] = row.values["due_date"]
        if "field" in row.values:
            found["field_id"] = self._field(_text(row, "field"))
        lead = self._lead(row, task, found)
        if "person" in row.values:
            found["post_id"] = self._post(_text(row, "person"), lead, task)
        elif task is None:
            found["post_id"] = self.heads.get(lead) if lead else None
        if task is None:
            self._origin(row, found)
        together = None
        if "cooperating" in row.values:
            names = [name.strip() for name in _text(row, "cooperating").split(";")]
            units = {self._unit("cooperating", name) for name in names if name}
            together = tuple(sorted(units - {lead or 0}))
        return found, together

    def _lead(self, row: Row, task: Task | None, found: dict[str, Any]) -> int | None:
        if "lead" not in row.values:
            return task.lead_unit_id if task else None
        name = _text(row, "lead")
        as_written = task is not None and task.lead_unit_id is None and name == task.lead_text
        lead = self._unit("lead", name) if name and not as_written else None
        if task is not None and task.handed_down_at:
            if lead != task.lead_unit_id:
                raise _Problem(
                    "lead", _("Nhiệm vụ đã giao, không đổi được đơn vị chủ trì."), _("Giữ đơn vị cũ.")
                )
            return lead
        if lead is not None and lead not in self.allowed:
            raise _Problem(
                "lead",
                _("Không giao được cho «%(name)s»: không thuộc đơn vị giao.") % {"name": name},
                _("Chọn đơn vị trực thuộc trong ngày giao."),
            )
        found["lead_unit_id"] = lead
        return lead

    def _unit(self, key: str, name: str) -> int:
        ids = self.units.get(_plain(name), set())
        if len(ids) == 1:
            return next(iter(ids))
        if ids:
            raise _Problem(
                key,
                _("«%(name)s» là tên của nhiều đơn vị.") % {"name": name},
                _("Ghi mã đơn vị thay cho tên."),
            )
        raise _Problem(
            key,
            _("Không có đơn vị «%(name)s» trong ngày này.") % {"name": name},
            _("Ghi đúng tên hoặc mã đơn vị; nhiều đơn vị cách nhau bằng dấu chấm phẩy."),
        )

    def _field(self, name: str) -> int | None:
        if not name:
            return None
        if _plain(name) not in self.policy_fields:
            raise _Problem(
                "field",
                _("Không có lĩnh vực «%(name)s».") % {"name": name},
                _("Dùng tên lĩnh vực trong danh mục."),
            )
        return self.policy_fields[_plain(name)]

    def _post(self, words: str, lead: int | None, task: Task | None) -> int | None:
        if not words or lead is None:
            return self.heads.get(lead) if lead else None
        ids = {post for post, name in self.posts[lead] if name == _plain(words)}
        if task is not None and task.post_id in ids:
            return task.post_id
        if len(ids) != 1:
            raise _Problem(
                "person",
                _("Không rõ «%(name)s» là chức danh nào của đơn vị chủ trì.") % {"name": words},
                _("Ghi chức danh hoặc họ tên người đang giữ chức; để trống: người đứng đầu."),
            )
        return ids.pop()

    def _origin(self, row: Row, found: dict[str, Any]) -> None:
        words, parent = _text(row, "origin"), _text(row, "parent")
        if parent.lstrip("#").isdecimal():
            if len(parent) > 18 or int(parent.lstrip("#")) not in self.tasks:
                raise _no_parent(parent)
            found["parent_id"] = int(parent.lstrip("#"))
        documents = self.documents.get(words.upper(), [])
        if len(documents) > 1:
            raise _Problem(
                "origin",
                _("Có %(count)s văn bản mang số «%(number)s».") % {"count": len(documents), "number": words},
                _("Tạo nhiệm vụ này từ trang của văn bản."),
            )
        if documents:
            found["document_id"] = documents[0]
        else:
            found["origin_note"] = words
