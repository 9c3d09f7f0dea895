"""From the form of an event to the changes that it means, or to what must be mended first."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext

from kientoan.domains.organisation.models import Hierarchy, Level, Placement, Unit, UnitKind
from kientoan.domains.organisation.rules.changes import (
    MEASURES,
    Change,
    Origin,
    Outcome,
    Passing,
    Place,
    Shares,
    is_whole,
)
from kientoan.domains.reorganisation.written import WHOLE_PART

from .fields import ENDS, PART, STAYS, WHOLE
from .kinds import BY_ORIGIN, BY_OUTCOME, EACH
from .sheet import Row, Sheet
from .sheet_data import ROOT

LEVEL_OF: dict[str, Level] = {
    **dict.fromkeys((UnitKind.PROVINCE, UnitKind.CITY), Level.PROVINCE),
    **dict.fromkeys(
        (UnitKind.DISTRICT, UnitKind.URBAN_DISTRICT, UnitKind.TOWN, UnitKind.PROVINCIAL_CITY), Level.DISTRICT
    ),
    **dict.fromkeys(
        (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.TOWNSHIP, UnitKind.SPECIAL_ZONE), Level.COMMUNE
    ),
}
NEEDED = {"rename": "name", "recode": "code", "reparent": "parent", "change_kind": "kind"}


def changes_from(sheet: Sheet) -> list[Change]:
    """The changes; none when something must be mended (`sheet.lines` says what)."""
    _count(sheet)
    parts = [part for row in sheet.rows for part in row.parts]
    valid = [part for part in parts if part.is_valid()] == parts
    if sheet.layout.is_single:
        changes = list(_single(sheet)) if valid else []
    else:
        changes = [_change(sheet)] if valid else []
    return [] if sheet.lines else changes


def _count(sheet: Sheet) -> None:
    for name, rows in (("origin", sheet.origins), ("going", sheet.going), ("new", sheet.new)):
        asked = sheet.asked(name)
        if asked is not None and len(rows) < asked.least:
            sheet.tell(f"h-{name}", gettext("%(what)s: hãy chọn ít nhất một đơn vị.") % {"what": asked.words})
        if asked is not None and len(rows) > asked.most:
            sheet.tell(f"h-{name}", gettext("%(what)s: chỉ chọn một đơn vị.") % {"what": asked.words})
    if sheet.layout.passings == EACH and not (sheet.new or sheet.going):
        sheet.tell("h-new", gettext("Hãy ghi ít nhất một đơn vị mới hoặc đơn vị nhận thêm."))
    both = {row.key for row in sheet.origins} & {row.key for row in sheet.going}
    for row in sheet.going:
        if row.key in both:
            words = gettext("“%(name)s” vừa là đơn vị cũ vừa là đơn vị nhận. Hãy bỏ một bên.")
            sheet.tell("h-going", words % {"name": row.name})


def _cleaned(row: Row) -> dict[str, Any]:
    return row.form.cleaned_data if row.form is not None else {}


# --- changes of one unit each


def _single(sheet: Sheet) -> Iterator[Change]:
    """One change for each unit; a blank place or kind is that of the first row."""
    needed = NEEDED[sheet.layout.kind]
    first: dict[str, Any] = {}
    for row in sheet.going:
        data = _cleaned(row)
        shared = sheet.layout.kind in ("reparent", "change_kind")
        if not data.get(needed) and shared and first:
            data = {**data, **{name: first[name] for name in first if name != "name"}}
        if not data.get(needed):
            row_field = row.form[needed] if row.form is not None else None
            words = gettext("“%(name)s”: hãy ghi %(field)s.")
            label = str(row_field.label).lower() if row_field else needed
            anchor = row_field.id_for_label if row_field else "h-going"
            sheet.tell(anchor, words % {"name": row.name, "field": label})
            continue
        first = first or data
        yield Change(sheet.layout.kind, outcomes=(_renewed(row, data),), note=sheet.data.get("note", ""))


def _renewed(row: Row, data: dict[str, Any]) -> Outcome:
    places: tuple[Place, ...] = ()
    if data.get("parent"):
        places = (_place(data.get("hierarchy") or Hierarchy.GOVERNMENT, data["parent"]),)
    words = {name: data.get(name) or "" for name in ("name", "short_name", "kind", "level", "code")}
    if words["kind"] and not words["level"]:
        level = LEVEL_OF.get(words["kind"])
        words["level"] = level.value if level is not None and row.unit and level != row.unit.level else ""
    return Outcome(unit=int(row.key), places=places, **words)


def _place(hierarchy: str, key: str) -> Place:
    """A place from the key of a label: "u12" a unit, "r34" a new one of the decision, "root" none."""
    if key == ROOT:
        return Place(hierarchy)
    return Place(hierarchy, key=key[1:]) if key.startswith("r") else Place(hierarchy, int(key[1:]))


# --- changes of several units


def _change(sheet: Sheet) -> Change:
    origins = tuple(Origin(int(row.key), _ends(sheet, row)) for row in sheet.origins)
    outcomes = (
        *(_new(sheet, row) for row in sheet.new),
        *(_renewed(row, _cleaned(row)) for row in sheet.going),
    )
    passings = tuple(_passings(sheet)) if sheet.layout.passings else None
    if sheet.layout.passings == EACH:
        _each_is_used(sheet, passings or ())
    _parts_are_parts(sheet, passings or ())
    return Change(sheet.layout.kind, origins, outcomes, passings, sheet.data.get("note", ""))


def _ends(sheet: Sheet, row: Row) -> bool:
    fate = _cleaned(row).get("fate", ENDS if sheet.layout.ends else STAYS)
    return fate not in (PART, STAYS)


def _passings(sheet: Sheet) -> Iterator[Passing]:
    outcomes = [*sheet.new, *sheet.going]
    if sheet.layout.passings == BY_ORIGIN:
        for place, row in enumerate(sheet.origins):
            yield Passing(place, 0, full=_cleaned(row)["fate"] == WHOLE, shares=_shares(row.shares))
    elif sheet.layout.passings == BY_OUTCOME:
        for place, row in enumerate(outcomes):
            yield Passing(0, place, full=False, shares=_shares(row.shares))
    else:
        for place, row in enumerate(sheet.origins):
            for other, (_name, form) in enumerate(row.pairs):
                if extent := form.cleaned_data["extent"]:
                    yield Passing(place, other, full=extent == "full", shares=_shares(form))


def _shares(form: Any) -> Shares:
    return Shares(**{name: form.cleaned_data[name] for name in MEASURES})


def _each_is_used(sheet: Sheet, passings: tuple[Passing, ...]) -> None:
    """Every unit of both sides has a part in it; what was forgotten is named."""
    given, taking = {item.origin for item in passings}, {item.outcome for item in passings}
    for place, row in enumerate(sheet.origins):
        if place not in given:
            words = gettext("“%(name)s” chưa chuyển cho đơn vị nào. Hãy chọn toàn bộ hoặc một phần.")
            sheet.tell("h-origin", words % {"name": row.name})
    for place, row in enumerate([*sheet.new, *sheet.going]):
        if place not in taking:
            words = gettext("“%(name)s” chưa nhận từ đơn vị nào. Hãy chọn toàn bộ hoặc một phần.")
            sheet.tell("h-origin", words % {"name": row.name})


def _parts_are_parts(sheet: Sheet, passings: tuple[Passing, ...]) -> None:
    """A part of 100 % is the whole, and then the unit ends."""
    for item in passings:
        if is_whole(item.shares) and not item.full:
            row = sheet.origins[item.origin]
            sheet.tell(f"r-{row.key}", str(WHOLE_PART) % {"name": row.name})


def _new(sheet: Sheet, row: Row) -> Outcome:
    data = _cleaned(row)
    places = tuple(_place(name, data[name]) for name in Hierarchy.values if data.get(name))
    if not places:
        _require_common_place(sheet, row)
    kind = data["kind"] or _common(sheet, row, "kind", gettext("loại"))
    level = data["level"] or LEVEL_OF.get(kind, "") or _common(sheet, row, "level", gettext("cấp"))
    return Outcome(
        key=row.key, name=" ".join(data["name"].split()), short_name=data["short_name"], kind=str(kind),
        level=str(level), code=data["code"], places=places,
    )  # fmt: skip


def _common(sheet: Sheet, row: Row, name: str, words: str) -> str:
    """What all origins have in common; else it must be chosen."""
    values = {getattr(one.unit, name) for one in sheet.origins if one.unit is not None}
    if len(values) == 1:
        return str(values.pop())
    assert row.form is not None
    message = (
        gettext("Các đơn vị cũ không cùng %(what)s. Hãy chọn %(what)s.")
        if values
        else gettext("Hãy chọn %(what)s.")
    )
    row.form.add_error(name, message % {"what": words})
    return ""


def _not_there(sheet: Sheet, units: list[int]) -> list[str]:
    """The names of the units that are not in force on the sheet's day."""
    alive = set(Unit.objects.on(sheet.day).filter(pk__in=units).values_list("pk", flat=True))
    return [one.name for one in sheet.origins if int(one.key) not in alive]


def _require_common_place(sheet: Sheet, row: Row) -> None:
    """Without a unit above, the new one stands where its origins stand: these must be in one place."""
    origins = [int(one.key) for one in sheet.origins]
    stood: dict[int, set[tuple[str, int | None]]] = {unit: set() for unit in origins}
    for place in Placement.objects.on(sheet.day).filter(unit__in=origins):
        stood[place.unit_id].add((place.hierarchy, place.parent_id))
    each = list(stood.values())
    if each and each[0] and all(places == each[0] for places in each):
        return
    assert row.form is not None
    away = _not_there(sheet, origins)
    if away:
        words = gettext(
            "Ngày %(day)s chưa thành lập hoặc đã kết thúc: %(names)s. "
            "Hãy sửa ngày có hiệu lực hoặc bỏ đơn vị ấy."
        )
        row.form.add_error("government", words % {"day": f"{sheet.day:%d/%m/%Y}", "names": ", ".join(away)})
        return
    message = (
        gettext("Các đơn vị cũ không cùng một cấp trên. Hãy chọn cấp trên.")
        if each
        else gettext("Hãy chọn cấp trên.")
    )
    row.form.add_error("government", message)
