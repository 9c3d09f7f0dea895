"""A decision as a table: one row for each old unit that passes to a new one.

Rows with the same number are one change. A unit that exists is named by its code on the day before, or by its
name with the unit above it; never by the name alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from kientoan.domains.organisation.models import ChangeKind, UnitCode, UnitKind
from kientoan.domains.organisation.queries.cautions import LEVELS
from kientoan.domains.organisation.queries.facts import CODE_SCHEME
from kientoan.domains.organisation.rules.changes import (
    MEASURES,
    Change,
    Origin,
    Outcome,
    Passing,
    Place,
    Shares,
    is_whole,
    kept_share,
)
from kientoan.engines.sheets import Expected, Row, UnreadableSheet, read_sheet
from kientoan.engines.vietnamese import fold, format_number, plain_name

from .codes_told import never_had, no_such_code
from .land import HIERARCHY, Land
from .naming import Names, kind_written_out, new_name, written_out
from .rules.kinds import fitting_kind
from .written import (
    CODE,
    LONGEST,
    WHOLE_PART,
    BadFile,
    Problem,
    WrittenDecision,
    clean,
    day_out_of_range,
)

COLUMNS: tuple[Expected, ...] = (
    Expected("number", ("Thay đổi số", "Số thứ tự", "STT", "Change")),
    Expected("kind", ("Loại thay đổi", "Kind of change"), required=False),
    Expected("from_code", ("Mã đơn vị cũ", "Old code"), required=False),
    Expected("from_name", ("Tên đơn vị cũ", "Đơn vị cũ", "Old unit"), required=False),
    Expected("from_above", ("Cấp trên của đơn vị cũ", "Cấp trên cũ", "Above the old unit"), required=False),
    Expected("extent", ("Phạm vi", "Extent"), required=False),
    Expected("ends", ("Đơn vị cũ kết thúc", "Kết thúc", "Ends"), required=False),
    Expected("population", ("Phần dân số", "Population share"), "percent", required=False),
    Expected("area", ("Phần diện tích", "Area share"), "percent", required=False),
    Expected("headcount", ("Phần biên chế", "Headcount share"), "percent", required=False),
    Expected("by_hand", ("Phần tự ấn định", "Share by hand"), "percent", required=False),
    Expected("into_code", ("Mã đơn vị nhận đang có", "Existing unit code"), required=False),
    Expected("to_name", ("Tên đơn vị mới", "Tên mới", "New unit"), required=False),
    Expected("to_kind", ("Loại đơn vị mới", "Loại mới", "New kind"), required=False),
    Expected("to_code", ("Mã đơn vị mới", "Mã mới", "New code"), required=False),
    Expected("to_above", ("Cấp trên của đơn vị mới", "Cấp trên mới", "Above the new unit"), required=False),
    Expected("note", ("Ghi chú", "Note"), required=False),
    Expected("basis", ("Căn cứ pháp lý", "Căn cứ", "Legal basis"), required=False),
    Expected("day", ("Ngày có hiệu lực", "Ngày hiệu lực", "Effective date"), "date", required=False),
)
"""The columns, each with the wordings of its header. Basis and day stand in the first row."""

FULL, PART, REST = "toan bo", "mot phan", "phan con lai"
YES, NO = ("co", "x", "1", "yes"), ("khong", "0", "no")
ITSELF = frozenset({ChangeKind.RENAME, ChangeKind.RECODE, ChangeKind.REPARENT, ChangeKind.CHANGE_KIND})


def read_table(data: bytes, *, name: str, day: date | None = None, legal_basis: str = "") -> WrittenDecision:
    """Read a decision; `day` and `legal_basis` override what stands in it. Raises `BadFile`."""
    try:
        sheet = read_sheet(data, name=name, columns=COLUMNS)
    except UnreadableSheet as error:
        raise BadFile([Problem(0, error.message_vi, error.remedy_vi, name)]) from error
    problems = [Problem(one.row, one.message_vi, one.remedy_vi, one.field) for one in sheet.all_errors]
    if not sheet.rows:
        raise BadFile(problems or [Problem(0, _("không có dòng nào."), _("Hãy tải tệp mẫu."), name)])
    effective = day or _first(sheet.rows, "day")
    basis = legal_basis or _first(sheet.rows, "basis") or ""
    if not isinstance(effective, date):
        told = any(one.field == _day_header() for one in sheet.all_errors)
        if not told:
            words = _("Ngày có hiệu lực: chưa ghi. Hãy ghi ở dòng đầu, ví dụ 01/07/2025.")
            problems.append(Problem(0, words))
        effective = None
    elif wrong := day_out_of_range(effective):
        problems.append(Problem(0, wrong))
        effective = None
    basis = clean(basis)
    if len(basis) > LONGEST["legal_basis"]:
        words = _("dài %(length)s ký tự, quá %(most)s. Hãy rút ngắn.")
        values = {"length": len(basis), "most": LONGEST["legal_basis"]}
        problems.append(Problem(0, words % values, place=_("Căn cứ pháp lý")))
    if not basis:
        problems.append(Problem(0, _("Căn cứ pháp lý: chưa ghi. Hãy ghi số, ngày nghị quyết ở dòng đầu.")))
    if effective is None:
        _Undated(Land(date.max, {}, {}), problems).changes(sheet.rows)
        raise BadFile(problems)
    rows = _Rows(Land.on(effective - timedelta(days=1)), problems)
    written = WrittenDecision(basis, effective, tuple(rows.changes(sheet.rows)))
    if problems:
        raise BadFile(problems, written)
    return written


def _day_header() -> str:
    return next(one.headers[0] for one in COLUMNS if one.key == "day")


def _first(rows: Sequence[Row], key: str) -> object:
    return next((row.values[key] for row in rows if row.values.get(key)), None)


def _new_name(row: Row) -> str:
    return new_name(_text(row, "to_name"), _text(row, "to_kind"))


@dataclass
class _Found:
    """A change while its rows are read."""

    row: int
    rows: set[int] = field(default_factory=set)
    kind: str = ""
    note: str = ""
    origins: dict[int, bool] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    passings: dict[tuple[int, str], Passing] = field(default_factory=dict)

    def change(self) -> Change:
        origins = tuple(Origin(unit, ends) for unit, ends in self.origins.items())
        outcomes = tuple(self.outcomes.values())
        places = {unit: place for place, unit in enumerate(self.origins)}
        at = {key: place for place, key in enumerate(self.outcomes)}
        passings = tuple(
            Passing(places[unit], at[key], full=one.full, shares=one.shares)
            for (unit, key), one in self.passings.items()
        )
        kind = self.kind or fitting_kind(origins, outcomes)
        return Change(kind, origins, outcomes, passings, self.note, self.row)


@dataclass
class _Rows:
    """Reads the rows, and gathers what is wrong with them."""

    land: Land
    problems: list[Problem]
    by_code: dict[str, int] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)  # plain name of a new unit → its key

    def __post_init__(self) -> None:
        for unit in self.land.units.values():
            if unit.code:
                self.by_code[unit.code] = unit.id
        self.names = Names(self.land.units.values())

    def changes(self, rows: Iterable[Row]) -> list[Change]:
        """One change for each number, in the order of their first rows."""
        listed = [row for row in rows if not row.errors]
        for row in listed:
            if not _text(row, "into_code") and (name := _new_name(row)):
                self.keys.setdefault(plain_name(name), f"m{row.number}")
        found: dict[str, _Found] = {}
        for row in listed:
            self._row(row, found.setdefault(_text(row, "number"), _Found(row.number)))
        bad = {problem.row for problem in self.problems}
        good = [one for one in found.values() if (one.origins or one.outcomes) and not one.rows & bad]
        return [one.change() for one in good]

    def tell(self, row: Row, words: str, **values: object) -> None:
        """Note a problem."""
        self.problems.append(Problem(row.number, words % values if values else words))

    def _row(self, row: Row, found: _Found) -> None:
        found.rows.add(row.number)
        found.kind = found.kind or self._kind(row)
        found.note = found.note or _text(row, "note")
        unit = self._origin(row)
        if unit == 0:
            self._read_on(row, found)
            return
        outcome = self._outcome(row, found, unit)
        full, ends = self._extent(row, goes_on=outcome is not None and outcome.unit == unit)
        if unit is not None:
            found.origins[unit] = found.origins.get(unit, False) or ends
        if outcome is None:
            return
        key = str(outcome.unit) if outcome.unit is not None else f"#{outcome.key}"
        found.outcomes.setdefault(key, outcome)
        if unit is not None:
            if (unit, key) in found.passings:
                text = _(
                    "“%(name)s” đã chuyển cho đơn vị này ở một dòng trên của cùng thay đổi. Hãy gộp hai dòng."
                )
                self.tell(row, text, name=self.land.units[unit].name)
                return
            shares = Shares(*(self._share(row, name) for name in MEASURES))
            found.passings[unit, key] = Passing(0, 0, full=full, shares=shares)
            if is_whole(shares) and not full:
                self.tell(row, str(WHOLE_PART), name=self.land.units[unit].name)

    def _read_on(self, row: Row, found: _Found) -> None:
        """Tell what else is wrong with a row whose old unit is not known."""
        self._outcome(row, found, None)
        self._extent(row, goes_on=False)
        for name in MEASURES:
            self._share(row, name)

    def _kind(self, row: Row) -> str:
        words = _text(row, "kind")
        if not words:
            return ""
        known = {fold(str(kind.label)): str(kind) for kind in ChangeKind} | {k: k for k in ChangeKind.values}
        if fold(words) not in known:
            choices = ", ".join(str(kind.label) for kind in ChangeKind)
            text = _("Loại thay đổi: không có “%(given)s”. Chọn trong: %(choices)s; hoặc để trống.")
            self.tell(row, text, given=words, choices=choices)
        return known.get(fold(words), "")

    def _origin(self, row: Row) -> int | None:
        """The old unit; None: the row names none, 0: a problem is noted."""
        code, name = _text(row, "from_code"), _text(row, "from_name")
        if not code and not name:
            return None
        return self._unit(row, _("Đơn vị cũ"), code, name, _text(row, "from_above"))

    def _unit(self, row: Row, field_name: str, code: str, name: str, above: str) -> int:
        if code:
            if code not in self.by_code:
                self.problems.append(Problem(row.number, no_such_code(code, self.land.day), place=field_name))
                return 0
            unit = self.by_code[code]
            if name and unit not in self.names.find(name):
                text = _(
                    "%(field)s: mã %(code)s là của “%(is)s”, không phải “%(name)s”. Hãy sửa một trong hai."
                )
                values = {"is": self.land.units[unit].name, "name": name, "code": code}
                self.tell(row, text, field=field_name, **values)
            return unit
        named = self.names.find(name)
        inside = [one for one in named if above and self._is_under(one, above)]
        if len(inside) == 1:
            return inside[0]
        self._tell_unclear(row, field_name, name, inside or named)
        return 0

    def _is_under(self, unit: int, above: str) -> bool:
        """Whether every unit named ("Quận Ninh Kiều, Cần Thơ") stands above the unit."""
        path, at = set(), self.land.parents.get(unit)
        while at is not None and at not in path:
            path.add(at)
            at = self.land.parents.get(at)
        return all(path.intersection(self.names.find(part)) for part in above.split(","))

    def _tell_unclear(self, row: Row, field_name: str, name: str, named: Sequence[int]) -> None:
        if not named:
            text = _("%(field)s: ngày trước đó không có đơn vị nào tên “%(name)s”. Hãy sửa tên hoặc ghi mã.")
            self.tell(row, text, field=field_name, name=name)
            return
        listed = [self.land.units[one] for one in named[:5]]
        shown = "; ".join(f"{one.code or '–'} {one.name} ({self.land.path(one.id)})" for one in listed)
        text = _("%(field)s: chỉ có tên “%(name)s” thì chưa đủ. Hãy ghi mã hoặc cấp trên: %(shown)s.")
        self.tell(row, text, field=field_name, name=name, shown=shown)

    def _outcome(self, row: Row, found: _Found, unit: int | None) -> Outcome | None:
        """The resulting unit: an existing one, the old one itself, or a new one; None: the row names none."""
        into, name, kind = _text(row, "into_code"), _new_name(row), self._unit_kind(row)
        code, places = _text(row, "to_code"), self._places(row)
        if len(name) > LONGEST["name"]:
            text = _("Tên đơn vị mới: dài %(length)s ký tự, quá %(most)s. Hãy rút ngắn.")
            self.tell(row, text, length=len(name), most=LONGEST["name"])
            return None
        if code and not CODE.fullmatch(code):
            text = _("Mã đơn vị mới: “%(code)s” không phải mã. Mã gồm 2 đến 5 chữ số, ví dụ 31120.")
            self.tell(row, text, code=code[:40])
        itself = found.kind in ITSELF and not into
        if not (into or name or (itself and unit)):
            return None
        existing = unit if itself else None
        if into:
            existing = self._unit(row, _("Đơn vị nhận"), into, "", "") or None
            return Outcome(unit=existing, places=places) if existing else None
        if existing is not None:
            return Outcome(unit=existing, name=name, kind=kind, code=code, places=places)
        return Outcome(
            key=self.keys[plain_name(name)], name=name, kind=kind, level=self._level(row, kind, places),
            code=code, places=places,
        )  # fmt: skip

    def _unit_kind(self, row: Row) -> str:
        words = _new_name(row)
        known = {fold(str(kind.label)): str(kind) for kind in UnitKind} | {k: k for k in UnitKind.values}
        given = kind_written_out(_text(row, "to_kind"))
        if given:
            if fold(given) not in known:
                text = _("Loại đơn vị mới: không có “%(given)s”. Ví dụ: Xã, Phường, Thị trấn, Đặc khu.")
                self.tell(row, text, given=given)
            return known.get(fold(given), "")
        first = (word for word in ("Xã", "Phường", "Thị trấn", "Đặc khu", "Huyện", "Quận", "Thị xã", "Tỉnh"))
        return next((known[fold(word)] for word in first if words.startswith(f"{word} ")), "")

    def _level(self, row: Row, kind: str, places: Sequence[Place]) -> str:
        if kind in LEVELS:
            return str(LEVELS[kind])
        above = next((place.unit for place in places if place.unit), None)
        return self.land.units[above].level if above in self.land.units else ""

    def _places(self, row: Row) -> tuple[Place, ...]:
        """Under the unit of a code, a new unit of this file, or the one unit of that name."""
        words = _text(row, "to_above")
        if not words:
            return ()
        if words in self.by_code:
            return (Place(HIERARCHY, self.by_code[words]),)
        if (
            key := self.keys.get(plain_name(words)) or self.keys.get(plain_name(written_out(words)))
        ) is not None:
            return (Place(HIERARCHY, key=key),)
        named = self.names.find(words)
        if len(named) == 1:
            return (Place(HIERARCHY, named[0]),)
        self._tell_unclear(row, _("Cấp trên của đơn vị mới"), words, named)
        return ()

    def _extent(self, row: Row, *, goes_on: bool) -> tuple[bool, bool]:
        """Whether all of the old unit goes over, and whether it ends."""
        words = fold(_text(row, "extent"))
        if words not in ("", FULL, PART, REST):
            text = _("Phạm vi: “%(given)s” không rõ. Ghi Toàn bộ, Một phần hoặc Phần còn lại.")
            self.tell(row, text, given=_text(row, "extent"))
        ends = fold(_text(row, "ends"))
        if ends not in ("", *YES, *NO):
            self.tell(row, _("Kết thúc: ghi Có hoặc Không."))
        full = words in ("", FULL)
        return full, (ends in YES) if ends else (words != PART and not goes_on)

    def _share(self, row: Row, name: str) -> Decimal | None:
        value = row.values.get(name)
        if not isinstance(value, Decimal):
            return None
        if (share := kept_share(value / 100)) is not None:
            return share
        text = _(
            "%(field)s: %(given)s %% – mỗi phần phải lớn hơn 0 và không quá 100 %%; chưa rõ thì để trống."
        )
        header = next(one.headers[0] for one in COLUMNS if one.key == name)
        self.tell(row, text, field=header, given=format_number(value.normalize()))
        return None


def _text(row: Row, key: str) -> str:
    return clean(row.values.get(key))


class _Undated(_Rows):
    """Reads the rows of a table without a usable day: what is wrong on any day is told all the same.

    Which units a row means depends on the day: only a code that no unit ever had is told.
    """

    def changes(self, rows: Iterable[Row]) -> list[Change]:
        """None: without a day nothing can be planned. A row with a bad day is read like the others."""
        listed = list(rows)
        wanted = {_text(row, name) for row in listed for name in ("from_code", "into_code")} - {""}
        known = UnitCode.objects.filter(scheme=CODE_SCHEME, code__in=wanted).values_list("code", flat=True)
        self.ever = set(known)
        readable = [Row(row.number, row.values, ()) for row in listed if self._only_the_day_is_wrong(row)]
        super().changes(readable)
        return []

    def _only_the_day_is_wrong(self, row: Row) -> bool:
        return all(one.field == _day_header() for one in row.errors)

    def _unit(self, row: Row, field_name: str, code: str, name: str, above: str) -> int:
        if code and code not in self.ever:
            self.problems.append(Problem(row.number, never_had(code), place=field_name))
        return 0

    def _places(self, row: Row) -> tuple[Place, ...]:
        return ()
