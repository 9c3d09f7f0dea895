"""The sheet of headcount: figures of a unit from a day on, and corrected ones."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kientoan.engines.sheets import Row

from ...models import StaffKind
from ...sheets import HEADCOUNTS, UNITS
from .cells import Fault, choice_in, day_in, text_in
from .model import Act, NewHeadcount, Ref
from .reading import TableReading

NUMBERS = ("assigned", "present")


class HeadcountReading(TableReading):
    """A new row holds from its day until the next one begins; the days of one that is there stay."""

    def read(self) -> None:
        """Read the sheet."""
        self.begun: dict[tuple[Ref, str, date], int] = {}  # unit, kind, first day → row
        self.each(HEADCOUNTS, self._row)

    def _row(self, row: Row, number: int | None) -> None:
        unit = self.unit_in(row)
        kind, start = choice_in(row, "kind", StaffKind), day_in(row, "start")
        if start is None:
            raise Fault("start", _("Thiếu ngày bắt đầu."), _("Ghi ngày/tháng/năm, ví dụ 01/07/2026."))
        words = {key: row.values.get(key) for key in NUMBERS if key in row.values}
        if any(isinstance(value, int) and value < 0 for value in words.values()):
            raise Fault("assigned", _("Số biên chế không thể âm."), _("Ghi 0 hoặc số lớn hơn."))
        if "legal_basis" in row.values:
            words["legal_basis"] = text_in(row, "legal_basis")
        if number is None:
            self._new(row, unit, kind, start, words)
        else:
            self._existing(row, number, (unit, kind, start), words)

    def _new(self, row: Row, unit: Ref, kind: str, start: date, words: dict[str, Any]) -> None:
        self._require_number([words.get(key) for key in NUMBERS])
        new = next((one.life for one in self.plan.units if one.key == unit), None)
        life = self.known.units[unit].in_force if isinstance(unit, int) else new
        if life is not None and start not in life:
            raise Fault("start", _("Ngày ấy đơn vị không hoạt động."), _("Sửa ngày."))
        there = self.known.headcount_from.get((unit, kind, start)) if isinstance(unit, int) else None
        if there is not None:
            raise Fault(
                "start", _("Từ ngày ấy đã có số loại này (BC%(key)s).") % {"key": there},
                _("Ghi mã ấy vào cột mã hệ thống để sửa số, hoặc ghi ngày khác."),
            )  # fmt: skip
        first = self.begun.setdefault((unit, kind, start), row.number)
        if first != row.number:
            raise Fault(
                "start", _("Dòng %(row)s đã ghi số loại này từ cùng ngày.") % {"row": first},
                _("Bỏ một trong hai dòng."),
            )  # fmt: skip
        self.plan.headcounts.append(NewHeadcount(row.number, unit, kind, start, words))
        self.tell(HEADCOUNTS, row, Act.ADD, f"{self.called(UNITS, unit)}, {StaffKind(kind).label}")

    def _existing(self, row: Row, number: int, said: tuple[Ref, str, date], words: dict[str, Any]) -> None:
        held = self.known.headcounts.get(number)
        if held is None or held.unit_id not in self.known.organised:
            raise self.unknown(HEADCOUNTS, row)
        if said != (held.unit_id, held.kind, held.in_force.lower):
            raise Fault(
                "key", _("Đơn vị, loại, ngày đầu của một dòng biên chế không sửa được."),
                _("Giữ như cũ; số mới từ ngày khác thì thêm một dòng với mã để trống."),
            )  # fmt: skip
        self._require_number([words.get(key, getattr(held, key)) for key in NUMBERS])
        if held.document_id is not None and words.get("legal_basis", held.legal_basis) != held.legal_basis:
            raise Fault(
                "legal_basis", _("Căn cứ này là một văn bản trong sổ."),
                _("Đổi căn cứ ở trang biên chế của đơn vị."),
            )  # fmt: skip
        values = {key: (key, value) for key, value in words.items()}
        self.set(
            HEADCOUNTS, row, held, values, f"{self.called(UNITS, held.unit_id)}, {held.get_kind_display()}"
        )

    @staticmethod
    def _require_number(numbers: list[Any]) -> None:
        if all(number is None for number in numbers):
            raise Fault(
                "assigned", _("Chưa có số giao, cũng chưa có số có mặt."),
                _("Ghi ít nhất một số; chưa biết thì để trống ô kia, không ghi 0."),
            )  # fmt: skip
