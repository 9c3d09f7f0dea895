"""The table of a decision to be filled in: its columns, examples, and what each cell takes."""

from typing import IO

from django.utils.translation import gettext as _

from kientoan.domains.organisation.models import ChangeKind
from kientoan.engines.sheets import Column, Sheet, Value, write_workbook

from .decision_sheet import COLUMNS

WIDTHS = {
    "from_name": 28,
    "from_above": 34,
    "to_name": 28,
    "to_above": 28,
    "kind": 30,
    "basis": 44,
    "note": 40,
}
_BASIS, _DAY = "Nghị quyết số …/NQ-… ngày … (sửa dòng này)", "01/07/2025"
EXAMPLES: tuple[dict[str, str], ...] = (
    {"number": "1", "from_code": "31135", "from_name": "Phường Tân An", "extent": "Toàn bộ",
     "to_name": "Phường Ninh Kiều", "to_kind": "Phường", "to_above": "92", "basis": _BASIS, "day": _DAY,
     "note": "Hai phường và một phần phường thứ ba thành phường mới; các dòng cùng số là một thay đổi."},
    {"number": "1", "from_name": "Phường Thới Bình", "from_above": "Quận Ninh Kiều", "extent": "Toàn bộ",
     "to_name": "Phường Ninh Kiều"},
    {"number": "1", "from_code": "31144", "from_name": "Phường Xuân Khánh", "extent": "Một phần",
     "to_name": "Phường Ninh Kiều"},
    {"number": "2", "kind": "Đổi tên", "from_code": "31241", "from_name": "Xã Thạnh Tiến",
     "to_name": "Xã Tên Mới"},
    {"number": "3", "kind": "Giải thể", "from_code": "916", "from_name": "Quận Ninh Kiều",
     "note": "Không có đơn vị kế tục."},
)  # fmt: skip
"""Rows that show the usual changes; the codes are those of Cần Thơ on 30 June 2025."""


def template() -> IO[bytes]:
    """The workbook: a sheet to fill in, a sheet of examples, a sheet that explains the columns."""
    columns = [Column(one.headers[0], "text", WIDTHS.get(one.key, 16)) for one in COLUMNS]
    examples: list[list[Value]] = [[row.get(one.key) for one in COLUMNS] for row in EXAMPLES]
    help_columns = [Column(_("Cột"), "text", 30), Column(_("Cách ghi"), "text", 90)]
    return write_workbook(
        [
            Sheet(_("Quyết định"), columns, []),
            Sheet(_("Ví dụ"), columns, examples),
            Sheet(_("Cách ghi"), help_columns, [[one.headers[0], told()[one.key]] for one in COLUMNS]),
        ],
        title=_("Quyết định sắp xếp đơn vị"),
    )


def told() -> dict[str, str]:
    """What each column takes, by its key."""
    kinds = ", ".join(str(kind.label) for kind in ChangeKind)
    share = _("Tỷ lệ phần trăm chuyển sang đơn vị mới, ví dụ 24,9 %. Không rõ thì để trống.")
    return {
        "number": _("Các dòng cùng số là một thay đổi. Bắt buộc."),
        "kind": _("Để trống thì chương trình tự chọn theo số đơn vị. Hoặc: %(kinds)s.") % {"kinds": kinds},
        "from_code": _("Mã của đơn vị cũ vào ngày trước đó. Không có mã thì ghi tên và cấp trên."),
        "from_name": _("Tên đầy đủ của đơn vị cũ."),
        "from_above": _("Huyện, quận hoặc tỉnh của đơn vị cũ; cần có khi không ghi mã."),
        "extent": _("Toàn bộ, Một phần hoặc Phần còn lại. Để trống là toàn bộ."),
        "ends": _("Có hoặc Không. Để trống: Có, trừ khi chỉ lấy một phần."),
        "population": share,
        "area": share,
        "headcount": share,
        "by_hand": share,
        "into_code": _("Khi nhập vào đơn vị đang có: mã của đơn vị ấy."),
        "to_name": _("Tên đầy đủ của đơn vị mới, hoặc tên mới khi đổi tên."),
        "to_kind": _("Xã, Phường, Thị trấn, Đặc khu … Để trống thì đọc từ tên."),
        "to_code": _("Mã của đơn vị mới; chưa rõ thì để trống."),
        "to_above": _("Mã hoặc tên đơn vị cấp trên; tên đơn vị mới trong tệp cũng được."),
        "note": _("Ghi chú cho thay đổi."),
        "basis": _("Số, ngày, trích yếu của nghị quyết; ghi ở dòng đầu."),
        "day": _("Ngày thay đổi có hiệu lực, ngày/tháng/năm; ghi ở dòng đầu."),
    }
