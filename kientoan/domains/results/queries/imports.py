"""Reading a table of figures before anything is written: what would be saved, and every fault by row."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kientoan.domains.organisation.models import Closure
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.engines.periods import Period, PeriodError, parse_period
from kientoan.engines.sheets import CellError, Expected, Row, read_sheet
from kientoan.engines.vietnamese import NumberError, fold, format_number

from ..models import Indicator, Observation, Submission, SubmissionState, Vintage
from ..rules import checked_value
from .submissions import NOTHING_BEFORE, figures_before

Pair = tuple[int, int]
COLUMNS = (
    Expected("code", ("Mã chỉ tiêu", "Mã", "Indicator code"), may_be_blank=True),
    Expected("name", ("Tên chỉ tiêu", "Tên", "Chỉ tiêu", "Indicator"), required=False),
    Expected("unit", ("Đơn vị", "Tên đơn vị", "Mã đơn vị", "Unit"), required=False),
    Expected("period", ("Kỳ", "Kỳ báo cáo", "Period")),
    Expected("vintage", ("Loại số liệu", "Loại", "Vintage")),
    Expected("value", ("Giá trị", "Số liệu", "Value"), kind="percent", may_be_blank=True),
    Expected("note", ("Ghi chú", "Note"), required=False),
)
"""The columns of an import, and of the template that is handed out."""

VINTAGE_WORDS = {
    "uoc": Vintage.ESTIMATE, "uoc thuc hien": Vintage.ESTIMATE, "estimate": Vintage.ESTIMATE,
    "so bo": Vintage.PRELIMINARY, "preliminary": Vintage.PRELIMINARY,
    "chinh thuc": Vintage.FINAL, "thuc hien": Vintage.FINAL, "final": Vintage.FINAL,
}  # fmt: skip
_EXCEL_DAY = re.compile(r"01/(\d{2})/(\d{4})")


@dataclass(frozen=True)
class Found:
    """One row understood."""

    row: int
    indicator_id: int
    unit_id: int
    period: Period
    vintage: str
    value: Decimal
    note: str

    @property
    def key(self) -> tuple[int, int, Period, str]:
        """What makes it one figure."""
        return self.indicator_id, self.unit_id, self.period, self.vintage


@dataclass(frozen=True)
class Report:
    """What a file holds. Nothing is saved while there are `errors`; `questions` never stand in the way."""

    rows: int
    figures: tuple[Found, ...]
    errors: tuple[CellError, ...]
    questions: tuple[CellError, ...]
    blank: int
    replaced: int
    unknown_columns: tuple[str, ...]

    @property
    def groups(self) -> list[tuple[Period, str, int]]:
        """How many figures there are per period and vintage."""
        counts = Counter((one.period, one.vintage) for one in self.figures)
        return [(period, vintage, counts[period, vintage]) for period, vintage in sorted(counts)]


def check_import(
    source: bytes | str, *, name: str, unit_id: int, day: date, charged: frozenset[Pair] = frozenset()
) -> Report:
    """Read a file of figures that `unit_id` reports, about itself, units under it, and `charged` pairs.

    Raises `UnreadableSheet` when the file is no table.
    """
    sheet = read_sheet(source, name=name, columns=COLUMNS)
    names = _Names.load(unit_id, day, charged)
    figures: list[Found] = []
    errors = list(sheet.errors)
    blank = 0
    for row in sheet.rows:
        if not row.errors and row.values.get("value") is None:
            blank += 1
            continue
        found, faults = names.read(row)
        errors += faults
        if found is not None:
            figures.append(found)
    errors += _doubles(figures)
    standing, replaced = _standing(figures, unit_id)
    errors += standing
    errors.sort(key=lambda error: error.row)
    questions = [] if errors else _questions(figures, day)
    return Report(
        len(sheet.rows), tuple(figures), tuple(errors), tuple(questions), blank, replaced,
        sheet.unknown_columns,
    )  # fmt: skip


class _Fault(Exception):
    """A cell that is readable but means nothing here: (key of the column, message, remedy)."""

    def __init__(self, key: str, message: str, remedy: str) -> None:
        super().__init__(key, message, remedy)
        self.key, self.message, self.remedy = key, message, remedy


@dataclass(frozen=True)
class _Names:
    """What codes and names of indicators and units mean in this import."""

    indicators: Mapping[str, list[int]]
    units: Mapping[str, list[int]]
    unit_id: int
    below: frozenset[int]
    charged: frozenset[Pair]
    day: date

    @classmethod
    def load(cls, unit_id: int, day: date, charged: frozenset[Pair]) -> "_Names":
        closure = Closure.objects.on(day).filter(ancestor=unit_id)
        below = frozenset(closure.values_list("descendant_id", flat=True)) | {unit_id}
        units = units_on(day, below | {unit for _, unit in charged})
        return cls(
            _index((one.pk, (one.code, one.name, one.name_en)) for one in Indicator.objects.all()),
            _index((key, _called(unit)) for key, unit in units.items()),
            unit_id, below, charged, day,
        )  # fmt: skip

    def read(self, row: Row) -> tuple[Found | None, list[CellError]]:
        """The figure of a row, or its faults."""
        faults = list(row.errors)
        parts: dict[str, Any] = {}
        for key, read in (
            ("code", self._indicator), ("unit", self._unit), ("period", self._period),
            ("vintage", self._vintage), ("value", self._value),
        ):  # fmt: skip
            if any(error.field in _headers(key) for error in row.errors):
                continue
            try:
                parts[key] = read(row)
            except _Fault as fault:
                faults.append(_error(row.number, fault.key, fault.message, fault.remedy))
        if faults:
            return None, faults
        found = Found(
            row.number, parts["code"], parts["unit"], parts["period"], parts["vintage"], parts["value"],
            str(row.values.get("note") or "")[:500],
        )  # fmt: skip
        if found.unit_id not in self.below and (found.indicator_id, found.unit_id) not in self.charged:
            foreign = _error(
                row.number, "unit", "Đơn vị báo cáo không phụ trách chỉ tiêu này của đơn vị ghi trong dòng.",
                "Bỏ dòng này, hoặc chọn đúng đơn vị báo cáo.",
            )  # fmt: skip
            return None, [foreign]
        return found, []

    def _indicator(self, row: Row) -> int:
        code, name = (str(row.values.get(key) or "") for key in ("code", "name"))
        if not code and not name:
            raise _Fault("code", "Chưa có mã chỉ tiêu.", "Nhập mã hoặc tên chỉ tiêu như trong tệp mẫu.")
        ids = self.indicators.get(fold(code)) or self.indicators.get(fold(name)) or []
        if len(ids) != 1:
            shown = code or name
            raise _Fault(
                "code",
                f"Không có chỉ tiêu “{shown[:60]}”.",
                "Dùng đúng mã trong danh mục chỉ tiêu hoặc tệp mẫu.",
            )
        return ids[0]

    def _unit(self, row: Row) -> int:
        text = str(row.values.get("unit") or "")
        if not text:
            return self.unit_id
        ids = self.units.get(fold(text), [])
        if not ids:
            raise _Fault(
                "unit", f"“{text[:60]}” không phải đơn vị thuộc phạm vi báo cáo.",
                "Nhập tên đầy đủ hoặc mã thống kê của đơn vị.",
            )  # fmt: skip
        if len(ids) > 1:
            raise _Fault("unit", f"Có {len(ids)} đơn vị tên “{text[:60]}”.", "Nhập mã thống kê thay cho tên.")
        return ids[0]

    def _period(self, row: Row) -> Period:
        text = str(row.values.get("period") or "")
        if made_a_day := _EXCEL_DAY.fullmatch(text):  # Excel turns 06/2018 into the first day of the month
            text = f"{made_a_day[2]}-{made_a_day[1]}"
        try:
            period = parse_period(text)
        except PeriodError as error:
            message, _, remedy = str(error).partition(": ")
            raise _Fault("period", f"{message}.", remedy[:1].upper() + remedy[1:]) from None
        if period.start > self.day:
            raise _Fault(
                "period",
                f"Kỳ {period.label()} chưa bắt đầu vào ngày {self.day:%d/%m/%Y}.",
                "Kiểm tra lại năm.",
            )
        return period

    def _vintage(self, row: Row) -> str:
        text = str(row.values.get("vintage") or "")
        vintage = VINTAGE_WORDS.get(fold(text).strip())
        if vintage is None:
            raise _Fault(
                "vintage", f"“{text[:40]}” không phải loại số liệu.", "Nhập: ước, sơ bộ hoặc chính thức."
            )
        return vintage

    def _value(self, row: Row) -> Decimal:
        value = row.values["value"]
        assert isinstance(value, Decimal)
        try:
            return checked_value(value)
        except NumberError as error:
            message, _, remedy = str(error).partition(". Hãy ")
            raise _Fault("value", f"{message}.", f"Hãy {remedy}") from None


def _index(entries: Iterable[tuple[int, Iterable[str]]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, names in entries:
        for name in {fold(name) for name in names if name}:
            found.setdefault(name, []).append(key)
    return found


def _called(unit: UnitOnDay) -> tuple[str, ...]:
    return (unit.code, unit.name, unit.short_name, unit.body_name, *unit.abbreviations)


def _headers(key: str) -> tuple[str, ...]:
    return next(column.headers for column in COLUMNS if column.key == key)


def _error(row: int, key: str, message: str, remedy: str) -> CellError:
    return CellError(row, "", _headers(key)[0], message, remedy)


def _doubles(figures: Iterable[Found]) -> list[CellError]:
    first: dict[tuple[int, int, Period, str], int] = {}
    errors = []
    for one in figures:
        if one.key in first:
            message = f"Trùng với dòng {first[one.key]}: cùng chỉ tiêu, đơn vị, kỳ và loại số liệu."
            errors.append(_error(one.row, "code", message, "Chỉ giữ lại một dòng."))
        first.setdefault(one.key, one.row)
    return errors


def _standing(figures: list[Found], unit_id: int) -> tuple[list[CellError], int]:
    """Rows that meet approved figures or a submission that waits; and how many replace a draft's figure."""
    if not figures:
        return [], 0
    rows = Observation.objects.filter(
        indicator__in={one.indicator_id for one in figures}, unit__in={one.unit_id for one in figures},
        period_start__in={one.period.start for one in figures}, superseded_at=None,
    ).select_related("submission")  # fmt: skip
    held = {(r.indicator_id, r.unit_id, r.period, r.vintage, r.approved): r for r in rows}
    waiting = {
        (one.period, one.vintage)
        for one in Submission.objects.filter(unit=unit_id, state=SubmissionState.SUBMITTED)
    }
    errors, replaced = [], 0
    for one in figures:
        draft = held.get((*one.key, False))
        if (one.period, one.vintage) in waiting:
            message = f"Phiếu {one.period.label()} đang chờ thủ trưởng duyệt."
            errors.append(
                _error(one.row, "period", message, "Rút phiếu về hoặc chờ duyệt xong rồi đính chính.")
            )
        elif draft is not None and draft.submission.unit_id == unit_id:
            replaced += draft.value != one.value
        elif approved := held.get((*one.key, True)):
            message = f"Đã có số liệu được duyệt ({format_number(approved.value.normalize())}) cho kỳ này."
            errors.append(_error(one.row, "value", message, "Mở phiếu đính chính nếu muốn thay số."))
    return errors, replaced


def _questions(figures: list[Found], day: date) -> list[CellError]:
    """Figures so far from those before that somebody should look twice; they are saved all the same."""
    questions = []
    for period in {one.period for one in figures}:
        of_period = [one for one in figures if one.period == period]
        before = figures_before([(one.indicator_id, one.unit_id) for one in of_period], period, day)
        for one in of_period:
            held = before.get((one.indicator_id, one.unit_id), NOTHING_BEFORE)
            if held.asks(one.value):
                base = held.previous if held.previous is not None else held.last_year
                assert base is not None
                shown, past = format_number(one.value.normalize()), format_number(base.normalize())
                message = f"{shown} khác nhiều so với kỳ trước ({past})."
                questions.append(_error(one.row, "value", message, "Nếu đúng thì cứ nhập."))
    return sorted(questions, key=lambda question: question.row)
