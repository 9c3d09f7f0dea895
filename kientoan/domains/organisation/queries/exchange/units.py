"""The sheet of units: new ones anywhere in the tree, corrections, new names from a day."""

from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kientoan.domains.temporal.models import since
from kientoan.engines.sheets import Row

from ...models import Hierarchy, Level, Unit, UnitCode, UnitKind, UnitVersion
from ...sheets import PARENTS, ROOT, UNITS, last_day
from .cells import Fault, choice_in, day_in, days_in, reference, text_in, tidy
from .model import Act, FieldChange, NewCode, NewPlace, NewUnit, NewVersion, Ref
from .reading import TableReading, label_of, shown
from .spans import holds_throughout, meet

DECIDE = gettext_noop("Lập quyết định sắp xếp đơn vị cho việc này; Excel chỉ đính chính và thêm mới.")


class UnitReading(TableReading):
    """Units are established with all their places, or corrected; what changes the organisation is refused."""

    def read(self) -> None:
        """Read the sheet, then check what only shows when all rows are known."""
        self.each(UNITS, self._row)
        self._check_parents()
        self._check_circles()
        self._check_codes()

    def _row(self, row: Row, number: int | None) -> None:
        words = self._words(row)
        if number is None:
            self._new(row, words)
            return
        unit = self.known.units.get(number)
        if unit is None or number not in self.known.organised:
            raise self.unknown(UNITS, row)
        self._refuse_other_life(row, unit)
        more = [*self._places(row, unit), *self._code(row, unit)]
        self._rename(row, unit, words, more)

    def _words(self, row: Row) -> dict[str, Any]:
        words: dict[str, Any] = {"name": text_in(row, "name")}
        if "short_name" in row.values:
            words["short_name"] = text_in(row, "short_name")
        if "abbreviations" in row.values:
            parts = (part.strip() for part in text_in(row, "abbreviations").split(";"))
            words["abbreviations"] = [part for part in parts if part]
        words["kind"] = choice_in(row, "kind", UnitKind)
        words["level"] = choice_in(row, "level", Level)
        return words

    # new units

    def _new(self, row: Row, words: dict[str, Any]) -> None:
        life = days_in(row)
        places = {
            hierarchy.value: self._parent(row, f"parent_{hierarchy.value}")
            for hierarchy in PARENTS
            if text_in(row, f"parent_{hierarchy.value}")
        }
        if not places:
            raise Fault(
                "parent_government", _("Đơn vị mới chưa có cấp trên."),
                _("Ghi mã cấp trên ở ít nhất một hệ thống, hoặc “%(root)s”.") % {"root": _(ROOT)},
            )  # fmt: skip
        key = text_in(row, "key").lower() or f"#{row.number}"
        self.plan.units.append(NewUnit(key, row.number, words, text_in(row, "code"), places, life))
        self.tell(UNITS, row, Act.ADD, words["name"])

    def _parent(self, row: Row, key: str) -> Ref | None:
        """The unit above; None: a root. The viewer must organise it."""
        text = text_in(row, key)
        if is_root(text):
            if not self.known.viewer.administers_all:
                raise Fault(key, _("Bạn không được lập đơn vị gốc."), _("Ghi mã một đơn vị của bạn."))
            return None
        parent = reference(row, key, UNITS, self.known.own[UNITS], self.known.codes)
        if isinstance(parent, int) and parent not in self.known.organised:
            raise Fault(
                key, _("Không có đơn vị «%(text)s» mà bạn được sửa.") % {"text": text},
                _("Ghi mã một đơn vị thuộc phạm vi của bạn."),
            )  # fmt: skip
        return parent

    def _check_parents(self) -> None:
        lives = {unit.key: unit.life for unit in self.plan.units}
        for new in self.plan.units:
            for hierarchy, parent in new.places.items():
                self._within(new.row, hierarchy, parent, new.life, lives)
        for place in self.plan.places:
            self._within(place.row, place.hierarchy, place.parent, place.days, lives)

    def _within(
        self, row: int, hierarchy: str, parent: Ref | None, days: DateRange, lives: dict[str, DateRange]
    ) -> None:
        if parent is None:
            return
        life = self.known.units[parent].in_force if isinstance(parent, int) else lives.get(parent)
        if life is not None and not holds_throughout(life, days):
            last = last_day(life.upper)
            span = f"{life.lower:%d/%m/%Y} – {f'{last:%d/%m/%Y}' if last else '…'}"
            self.fail(
                UNITS, row, f"parent_{hierarchy}",
                _("Cấp trên chỉ hoạt động %(span)s.") % {"span": span},
                _("Sửa ngày, hoặc chọn cấp trên khác."),
            )  # fmt: skip

    def _check_circles(self) -> None:
        rows = {unit.key: unit for unit in self.plan.units}
        for unit in rows.values():
            for hierarchy in unit.places:
                seen, at = {unit.key}, unit.places[hierarchy]
                while isinstance(at, str) and at in rows and at not in seen:
                    seen.add(at)
                    at = rows[at].places.get(hierarchy)
                if at == unit.key:
                    self.fail(
                        UNITS, unit.row, f"parent_{hierarchy}", _("Cấp trên vòng lại chính đơn vị này."),
                        _("Sửa cột cấp trên của một trong các dòng."),
                    )  # fmt: skip

    def _check_codes(self) -> None:
        wanted = [(new.row, new.code, new.life) for new in self.plan.units if new.code]
        wanted += [(new.row, new.code, new.days) for new in self.plan.codes]
        taken = UnitCode.objects.filter(scheme="gso", code__in={code for _row, code, _days in wanted})
        spans: dict[str, list[tuple[str, DateRange]]] = {}
        for one in taken:
            spans.setdefault(one.code, []).append((f"DV{one.unit_id}", one.in_force))
        for row, code, days in wanted:
            other = next((who for who, span in spans.get(code, ()) if meet(span, days)), None)
            if other is not None:
                self.fail(
                    UNITS, row, "code", _("Mã %(code)s đã là của %(who)s.") % {"code": code, "who": other},
                    _("Sửa mã của một trong hai đơn vị."),
                )  # fmt: skip
            spans.setdefault(code, []).append((_("dòng %(row)s") % {"row": row}, days))

    # units that exist

    def _refuse_other_life(self, row: Row, unit: Unit) -> None:
        start, end = day_in(row, "start"), day_in(row, "end")
        if start is not None and start != unit.in_force.lower:
            raise Fault("start", _("Ngày thành lập không sửa bằng Excel."), _("Giữ ngày cũ."))
        if "end" in row.values and end != last_day(unit.in_force.upper):
            raise Fault("end", _("Đơn vị không kết thúc bằng Excel."), _(DECIDE))

    def _places(self, row: Row, unit: Unit) -> list[FieldChange]:
        """A place in a hierarchy where the unit stood nowhere; any other difference is a decision's."""
        found = []
        for hierarchy in PARENTS:
            key = f"parent_{hierarchy.value}"
            if key not in row.values:
                continue
            rows = self.known.places[unit.pk, hierarchy.value]
            now = next((one for one in rows if self.known.day in one.in_force), None)
            text = text_in(row, key)
            if now is None:
                found += [self._new_place(row, unit, hierarchy, text)] if text else []
            elif not self._is_parent(text, now.parent_id):
                raise Fault(
                    key, _("Đang đứng dưới %(now)s; chuyển cấp trên không làm bằng Excel.")
                    % {"now": f"DV{now.parent_id}" if now.parent_id else _(ROOT)}, _(DECIDE),
                )  # fmt: skip
        return found

    def _is_parent(self, text: str, parent: int | None) -> bool:
        if parent is None:
            return is_root(text)
        return text.upper() == f"DV{parent}" or self.known.codes.get(text) == parent

    def _new_place(self, row: Row, unit: Unit, hierarchy: Hierarchy, text: str) -> FieldChange:
        key = f"parent_{hierarchy.value}"
        days = since(self.known.day, unit.in_force.upper)
        if self.known.day not in unit.in_force or any(
            meet(one.in_force, days) for one in self.known.places[unit.pk, hierarchy.value]
        ):
            raise Fault(key, _("Trong hệ thống này đơn vị có chỗ đứng ở ngày khác."), _(DECIDE))
        parent = self._parent(row, key)
        self.plan.places.append(NewPlace(row.number, unit.pk, hierarchy.value, parent, days))
        return FieldChange(label_of(UNITS, key), "", text)

    def _code(self, row: Row, unit: Unit) -> list[FieldChange]:
        if "code" not in row.values:
            return []
        text, now = text_in(row, "code"), self.known.code_of.get(unit.pk, "")
        if text == now:
            return []
        if now:
            raise Fault(
                "code", _("Mã đang là %(now)s; đổi mã không làm bằng Excel.") % {"now": now}, _(DECIDE)
            )
        self.plan.codes.append(NewCode(row.number, unit.pk, text, unit.in_force))
        return [FieldChange(label_of(UNITS, "code"), "", text)]

    def _rename(self, row: Row, unit: Unit, words: dict[str, Any], more: list[FieldChange]) -> None:
        version = self._version(row, unit)
        named = day_in(row, "named")
        if named is not None and version.in_force.lower != named:
            told = self._new_version(unit, version, words, named)
            self.tell(UNITS, row, Act.CHANGE, tidy(version.name), (*told, *more))
            return
        self.set(UNITS, row, version, {key: (key, value) for key, value in words.items()}, tidy(version.name))
        if more:
            line = self.plan.lines.pop()
            self.tell(UNITS, row, Act.CHANGE, line.name, (*line.changes, *more))

    def _version(self, row: Row, unit: Unit) -> UnitVersion:
        """The version that the row is about: the one of its day, else the latest before."""
        versions, named = self.known.versions[unit.pk], day_in(row, "named") or self.known.day
        begun = [one for one in versions if one.in_force.lower is None or one.in_force.lower <= named]
        if not begun:
            raise Fault("named", _("Ngày ấy đơn vị chưa có."), _("Giữ ngày cũ."))
        return begun[-1]

    def _new_version(
        self, unit: Unit, before: UnitVersion, words: dict[str, Any], named: date
    ) -> list[FieldChange]:
        """A new name from a later day."""
        if named not in before.in_force or before != self.known.versions[unit.pk][-1]:
            raise Fault(
                "named", _("Sau ngày ấy tên đã được ghi khác."), _("Ghi ngày sau lần đổi tên gần nhất.")
            )
        changed = {key: value for key, value in words.items() if not self.same(before, key, value)}
        if not changed:
            raise Fault(
                "named", _("Ngày đổi tên mới mà tên, loại, cấp vẫn như cũ."),
                _("Ghi tên mới, hoặc giữ ngày cũ."),
            )  # fmt: skip
        fields = ("name", "short_name", "abbreviations", "kind", "level")
        kept = {key: getattr(before, key) for key in fields} | words
        self.plan.versions.append(NewVersion(before.pk, unit.pk, kept, since(named, before.in_force.upper)))
        told = [
            FieldChange(label_of(UNITS, key), shown(getattr(before, key)), shown(value))
            for key, value in changed.items()
        ]
        return [*told, FieldChange(label_of(UNITS, "named"), "", f"{named:%d/%m/%Y}")]


def is_root(text: str) -> bool:
    """Whether the cell says that the unit has none above it."""
    return text.lower() in (ROOT.lower(), _(ROOT).lower(), ROOT.strip("()"))
