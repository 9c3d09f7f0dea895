"""The journal in words: what was done, on what, with a link where there is a page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation.models import Hierarchy, Person, Post, Role, UnitVersion
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.plans.models import UpdateKind

from ..wording import day_text

VERBS: dict[str, str | Promise] = {
    "account.sign_in": _("Đăng nhập"),
    "account.sign_in_failed": _("Đăng nhập không thành công"),
    "account.sign_out": _("Đăng xuất"),
    "account.create": _("Tạo tài khoản"),
    "account.link_person": _("Nối tài khoản với hồ sơ cán bộ"),
    "account.unlink_person": _("Bỏ nối tài khoản với hồ sơ cán bộ"),
    "account.update": _("Sửa tài khoản"),
    "account.deactivate": _("Khóa tài khoản"),
    "account.reactivate": _("Mở lại tài khoản"),
    "account.reset_password": _("Cấp lại mật khẩu"),
    "account.change_password": _("Đổi mật khẩu"),
    "account.end_sessions": _("Đăng xuất khỏi mọi thiết bị"),
    "account.add_second_factor": _("Thêm lớp xác thực thứ hai"),
    "account.drop_second_factor": _("Bỏ lớp xác thực thứ hai"),
    "account.remove_second_factor": _("Gỡ lớp xác thực của người khác"),
    "account.new_recovery_codes": _("Tạo mã dự phòng"),
    "role.grant": _("Giao vai trò"),
    "role.end": _("Chấm dứt vai trò"),
    "installation.set_up": _("Thiết lập hệ thống"),
    "unit.establish": _("Thành lập đơn vị"),
    "unit.place": _("Đặt đơn vị vào một hệ thống"),
    "unit.new_version": _("Đổi tên, loại của đơn vị"),
    "unit.correct": _("Đính chính đơn vị"),
    "decision.draft": _("Soạn quyết định sắp xếp đơn vị"),
    "decision.edit_head": _("Sửa căn cứ của quyết định sắp xếp"),
    "decision.add_event": _("Thêm việc vào quyết định sắp xếp"),
    "decision.edit_event": _("Sửa việc trong quyết định sắp xếp"),
    "decision.remove_event": _("Bỏ việc khỏi quyết định sắp xếp"),
    "decision.delete_draft": _("Xóa dự thảo sắp xếp"),
    "decision.apply": _("Thực hiện quyết định sắp xếp"),
    "decision.choose": _("Chọn nơi nhận nghĩa vụ khi sắp xếp"),
    "decision.succession": _("Chuyển nghĩa vụ theo quyết định sắp xếp"),
    "decision.follow": _("Chuyển nghĩa vụ đơn vị nhận thêm trước ngày kết thúc"),
    "succession.settle": _("Quyết định nơi nhận nghĩa vụ đang chờ"),
    "succession.unsettle": _("Lấy lại quyết định nơi nhận nghĩa vụ"),
    "boundaries.load": _("Nạp ranh giới cho bản đồ"),
    "decision.undo": _("Hủy thực hiện quyết định sắp xếp"),
    "post.create": _("Thêm chức danh"),
    "post.correct": _("Đính chính chức danh"),
    "post.change_days": _("Sửa thời gian của chức danh"),
    "unit.code": _("Ghi mã của đơn vị"),
    "unit.end_code": _("Kết thúc mã của đơn vị"),
    "headcount.set": _("Ghi biên chế"),
    "headcount.correct": _("Đính chính biên chế"),
    "headcount.remove": _("Bỏ số biên chế"),
    "organisation.take_back": _("Hoàn tác về tổ chức"),
    "statement.make": _("Phản hồi về dữ liệu của mình"),
    "statement.withdraw": _("Rút phản hồi"),
    "statement.answer": _("Trả lời phản hồi"),
    "statement.take_back_answer": _("Rút câu trả lời"),
    "person.create": _("Thêm cán bộ"),
    "person.rename": _("Sửa tên cán bộ"),
    "membership.appoint": _("Giao giữ chức"),
    "membership.change": _("Sửa thời gian giữ chức"),
    "document.register": _("Đăng ký văn bản"),
    "document.edit": _("Sửa văn bản"),
    "document.withdraw": _("Thu hồi văn bản"),
    "document.delete": _("Xóa văn bản nháp"),
    "task.create": _("Tạo nhiệm vụ"),
    "task.bulk_create": _("Tạo nhiều nhiệm vụ"),
    "task.discard": _("Bỏ nhiệm vụ nháp"),
    "task.undo": _("Hoàn tác trên nhiệm vụ"),
    "task.bulk": _("Sửa nhiều nhiệm vụ"),
    "task.import": _("Nhập nhiệm vụ từ tệp"),
    "target.create": _("Thêm chỉ tiêu"),
    "target.edit": _("Sửa chỉ tiêu"),
    "target.remove": _("Bỏ chỉ tiêu"),
    "target.hand_down": _("Giao chỉ tiêu xuống"),
    "target.undo": _("Hoàn tác trên chỉ tiêu"),
    "target_set.create": _("Thêm bộ chỉ tiêu"),
    "target_set.edit": _("Sửa bộ chỉ tiêu"),
    "target_set.remove": _("Bỏ bộ chỉ tiêu"),
    "submission.open": _("Mở phiếu số liệu"),
    "submission.describe": _("Ghi nguồn, tệp của phiếu số liệu"),
    "submission.submitted": _("Trình phiếu số liệu"),
    "submission.approved": _("Duyệt phiếu số liệu"),
    "submission.returned": _("Trả lại phiếu số liệu"),
    "submission.draft": _("Rút phiếu số liệu về sửa"),
    "submission.discard": _("Bỏ phiếu số liệu"),
    "document.enter": _("Vào sổ văn bản"),
    "document.restore": _("Khôi phục văn bản"),
    "document.cite": _("Chọn văn bản được dẫn"),
    "document.uncite": _("Bỏ chọn văn bản được dẫn"),
    "effect.confirm": _("Xác nhận tác động về hiệu lực"),
    "effect.refuse": _("Ghi không có tác động về hiệu lực"),
    "effect.edit": _("Sửa tác động về hiệu lực"),
    "effect.remove": _("Lấy lại quyết định về hiệu lực"),
    "passage.accept": _("Nhận đoạn đọc được"),
    "passage.drop": _("Bỏ đoạn đọc được"),
    "passage.edit": _("Sửa đoạn đọc được"),
    "passage.add": _("Thêm đoạn"),
    "passage.join": _("Gộp đoạn"),
    "passage.split": _("Tách đoạn"),
    "passage.reopen": _("Xem lại đoạn đã quyết định"),
    "passage.undo": _("Hoàn tác khi đọc văn bản"),
    "programme.require": _("Yêu cầu lập chương trình, kế hoạch"),
    "programme.fulfil": _("Ghi nhận chương trình, kế hoạch"),
    "theme.set": _("Đặt chủ đề năm"),
    "figures.enter": _("Nhập số liệu"),
    "figures.import": _("Nhập số liệu từ tệp"),
    "indicator.create": _("Thêm chỉ tiêu thống kê"),
    "indicator.edit": _("Sửa chỉ tiêu thống kê"),
}

GROUPS: dict[str, str | Promise] = {
    "account": _("Tài khoản, đăng nhập"),
    "role": _("Vai trò"),
    "unit": _("Đơn vị"),
    "decision": _("Sắp xếp đơn vị"),
    "succession": _("Nơi nhận nghĩa vụ"),
    "post": _("Chức danh"),
    "person": _("Cán bộ"),
    "membership": _("Giữ chức"),
    "headcount": _("Biên chế"),
    "statement": _("Phản hồi về dữ liệu"),
    "organisation": _("Tổ chức"),
    "document": _("Văn bản"),
    "passage": _("Đọc văn bản"),
    "task": _("Nhiệm vụ"),
    "target": _("Chỉ tiêu"),
    "figures": _("Số liệu"),
    "submission": _("Phiếu số liệu"),
    "indicator": _("Chỉ tiêu thống kê"),
    "programme": _("Chương trình, kế hoạch"),
    "installation": _("Hệ thống"),
}

# where the record of an entry is shown: model → name of the address
PAGES = {
    "accounts.user": "account_edit",
    "organisation.unit": "unit_detail",
    "organisation.person": "person_detail",
    "organisation.decision": "decision_detail",
    "plans.task": "task_detail",
    "plans.target": "target_detail",
    "documents.document": "document_detail",
}

# what the names of facts in an entry are called, in the order in which they are told
FACTS: dict[str, str | Promise] = {
    "username": _("tên đăng nhập"),
    "full_name": _("họ và tên"),
    "name": _("tên"),
    "title": _("tên"),
    "user": _("tài khoản"),
    "person": _("cán bộ"),
    "post": _("chức danh"),
    "role": _("vai trò"),
    "unit": _("đơn vị"),
    "parent": _("đơn vị cấp trên"),
    "hierarchy": _("hệ thống"),
    "start": _("từ ngày"),
    "end": _("đến trước ngày"),
    "sessions": _("số phiên"),
    "legal_basis": _("căn cứ"),
    "effective_date": _("có hiệu lực"),
    "events": _("số việc"),
    "ended": _("đơn vị kết thúc"),
    "created": _("đơn vị mới"),
    "passed": _("đã chuyển"),
    "waiting": _("còn chờ"),
    "count": _("số lượng"),
    "reason": _("lý do"),
    "text": _("nội dung"),
}


@dataclass(frozen=True)
class Act:
    """An entry for the reader."""

    entry: Entry
    at: datetime
    who: str
    words: str
    facts: tuple[str, ...]
    url: str


def verb_words(verb: str) -> str:
    """What a verb is called; one that is not known keeps its own name, under its group's."""
    if verb in VERBS:
        return str(VERBS[verb])
    group, _dot, rest = verb.partition(".")
    if group == "task" and rest in UpdateKind.values:
        rest = str(UpdateKind(rest).label)
    return f"{GROUPS[group]}: {rest}" if group in GROUPS else verb


def spoken(entries: Iterable[Entry], day: date) -> list[Act]:
    """The entries in words: at most four statements for all names, whatever their number."""
    entries = list(entries)
    names = _names([entry.detail for entry in entries], day)
    return [
        Act(
            entry=entry,
            at=entry.at,
            who=str(entry.actor) if entry.actor_id else gettext("(hệ thống)"),
            words=verb_words(entry.verb),
            facts=tuple(_facts(entry.detail, names)),
            url=_url(entry),
        )
        for entry in entries
    ]


Names = dict[tuple[str, Any], str]


def _names(details: list[Mapping[str, Any]], day: date) -> Names:
    """(kind of fact, id) → name, for every record that the details point to."""
    units = [detail.get(key) for detail in details for key in ("unit", "parent")]
    names: Names = {}
    if numbers := _numbers(units):
        for key, unit in units_on(day, numbers).items():
            names["unit", key] = names["parent", key] = unit.name
    models: list[tuple[str, type[Model]]] = [("user", User), ("person", Person), ("post", Post)]
    for kind, model in models:
        if ids := _numbers(detail.get(kind) for detail in details):
            rows = model._default_manager.filter(pk__in=ids)
            names.update({(kind, row.pk): str(row) for row in rows})
    return names


def _numbers(values: Iterable[Any]) -> set[int]:
    """The ids among the values of a fact; other parts of the program may write something else there."""
    return {value for value in values if isinstance(value, int) and not isinstance(value, bool)}


def _facts(detail: Mapping[str, Any], names: Names) -> Iterable[str]:
    changed = detail.get("changed")
    for key, pair in changed.items() if isinstance(changed, dict) else ():
        if isinstance(pair, list) and len(pair) == 2:
            yield f"{_label(key)}: {_text(key, pair[0], names)} → {_text(key, pair[1], names)}"
    if "from" in detail and "to" in detail:
        yield f"{detail['from']} → {detail['to']}"
    for key, words in FACTS.items():
        if detail.get(key) not in (None, "") and not isinstance(detail[key], dict):
            yield f"{words}: {_text(key, detail[key], names)}"


def _label(key: str) -> str:
    if key in FACTS:
        return str(FACTS[key])
    fields = {field.name: field for field in UnitVersion._meta.concrete_fields}
    return str(getattr(fields.get(key), "verbose_name", key))


def _text(key: str, value: Any, names: Names) -> str:
    if key == "role" and value in Role.values:
        return str(Role(value).label)
    if key == "hierarchy" and value in Hierarchy.values:
        return str(Hierarchy(value).label)
    if key in ("start", "end") and isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return day_text(date.fromisoformat(value))
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if isinstance(value, dict):
        return "…"
    return names.get((key, value)) or (str(value) if value not in (None, "") else "–")


def _url(entry: Entry) -> str:
    name = PAGES.get(entry.subject_type)
    if name is None or entry.subject_id is None:
        return ""
    try:
        return reverse(name, args=[entry.subject_id])
    except NoReverseMatch:
        return ""
