"""Carrying out a workbook of the organisation: all of it or nothing; and taking it back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.operations import record
from kientoan.domains.temporal.models import Stale, since

from ..access import NotAllowed, Viewer
from ..models import (
    Headcount,
    Membership,
    MembershipKind,
    Person,
    Placement,
    Post,
    Role,
    SheetImport,
    Unit,
    UnitCode,
    UnitVersion,
)
from ..queries.exchange import Act, NewHeadcount, NewUnit, Ref, Setting, SheetPlan
from .headcount import HeadcountFigures, write_headcount
from .ranges import Refused, naming_the_rule

_MODELS: dict[str, type[models.Model]] = {
    model.__name__: model
    for model in (Headcount, Membership, Placement, UnitCode, UnitVersion, Post, Person, Unit)
}  # in the order in which new records are taken away again
_MANY = 1000


class NotReady(Exception):
    """The plan has errors or nothing to do; `plan`."""

    def __init__(self, plan: SheetPlan) -> None:
        super().__init__("; ".join(str(error) for error in plan.errors[:20]))
        self.plan = plan


class CannotTakeBack(Exception):
    """Something later depends on the import; `reasons` say what, in words."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(self.reasons))


@dataclass
class _Made:
    """What was written: model → new ids, and values before and after."""

    created: dict[str, list[int]]
    changed: list[dict[str, Any]]

    def add(self, rows: Iterable[models.Model]) -> None:
        """Note new records."""
        for row in rows:
            self.created.setdefault(type(row).__name__, []).append(int(row.pk))

    def note(self, model: type[models.Model], pk: int, values: Mapping[str, tuple[Any, Any]]) -> None:
        """Note changed values."""
        plain = {name: [_plain(before), _plain(after)] for name, (before, after) in values.items()}
        self.changed.append({"model": model.__name__, "pk": pk, "values": plain})


def _plain(value: Any) -> Any:
    if isinstance(value, DateRange):
        return {"days": [day and day.isoformat() for day in (value.lower, value.upper)]}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _value(plain: Any) -> Any:
    if isinstance(plain, dict) and "day" in plain:
        return date.fromisoformat(plain["day"])
    if isinstance(plain, dict):
        lower, upper = (day and date.fromisoformat(day) for day in plain["days"])
        return DateRange(lower, upper, "[)")
    return plain


@transaction.atomic
def import_sheets(*, plan: SheetPlan, source: str, viewer: Viewer, at: datetime) -> SheetImport:
    """Do what the plan says, in one transaction. `source`: the name of the file.

    Raises `NotReady`; `Stale` when somebody changed a record since the plan was made; `Refused` when a rule
    of the database stands in the way (another was faster).
    """
    if not plan.ready:
        raise NotReady(plan)
    made = _Made({}, [])
    with naming_the_rule():
        _change(plan.settings, made)
        units = _establish(plan.units, made)
        _add_to_units(plan, units, made)
        _rename(plan, made)
        posts = _create_posts(plan, units, made)
        people = Person.objects.bulk_create([Person(full_name=one.full_name) for one in plan.people])
        made.add(people)
        by_key = {one.key: person.pk for one, person in zip(plan.people, people, strict=True)}
        _appoint(plan, posts, by_key, made)
        _count(plan.headcounts, units, made)
    counts = plan.counts
    done = SheetImport.objects.create(
        source=source[:255], day=plan.day, added=counts[Act.ADD], changed=counts[Act.CHANGE],
        done={"created": made.created, "changed": made.changed}, by=_account(viewer), at=at,
    )  # fmt: skip
    detail = {"source": source, "day": plan.day.isoformat(), "added": done.added, "changed": done.changed}
    record(actor=_account(viewer), verb="organisation.import", at=at, subject=done, detail=detail)
    return done


def _account(viewer: Viewer) -> User | None:
    """Who acts; None: the operator of the machine, who has no account."""
    return viewer.user if viewer.user.pk else None


def _change(settings: list[Setting], made: _Made) -> None:
    """Appointments that end before others begin: those that become shorter are written first."""
    for setting in sorted(settings, key=_grows):
        rows: models.QuerySet[Any] = setting.model._default_manager.select_for_update()
        row = rows.get(pk=setting.pk)
        stale = {
            name: (before, getattr(row, name))
            for name, (before, _after) in setting.values.items()
            if getattr(row, name) != before
        }
        if stale:
            raise Stale(stale, model=setting.model)
        for name, (_before, after) in setting.values.items():
            setattr(row, name, after)
        row.save(update_fields=list(setting.values))
        made.note(setting.model, setting.pk, setting.values)


def _grows(setting: Setting) -> bool:
    before, after = setting.values.get("in_force", (None, None))
    if before is None or after is None or after.upper is None:
        return bool(after)
    return before.upper is not None and after.upper > before.upper


def _establish(new: list[NewUnit], made: _Made) -> dict[str, int]:
    units = Unit.objects.bulk_create([Unit(in_force=one.life) for one in new], batch_size=_MANY)
    made.add(units)
    return {one.key: int(unit.pk) for one, unit in zip(new, units, strict=True)}


def _id(ref: Ref, own: dict[str, int]) -> int:
    return own[ref] if isinstance(ref, str) else ref


def _add_to_units(plan: SheetPlan, units: dict[str, int], made: _Made) -> None:
    versions = [UnitVersion(unit_id=units[one.key], in_force=one.life, **one.words) for one in plan.units]
    made.add(UnitVersion.objects.bulk_create(versions, batch_size=_MANY))
    codes = [(units[one.key], one.code, one.life) for one in plan.units if one.code]
    codes += [(one.unit, one.code, one.days) for one in plan.codes]
    made.add(
        UnitCode.objects.bulk_create(
            [UnitCode(unit_id=unit, scheme="gso", code=code, in_force=days) for unit, code, days in codes],
            batch_size=_MANY,
        )
    )
    places = [
        (units[one.key], hierarchy, parent, one.life)
        for one in plan.units
        for hierarchy, parent in one.places.items()
    ]
    places += [(one.unit, one.hierarchy, one.parent, one.days) for one in plan.places]
    made.add(
        Placement.objects.bulk_create(
            Placement(
                unit_id=unit,
                hierarchy=hierarchy,
                parent_id=None if parent is None else _id(parent, units),
                in_force=days,
            )
            for unit, hierarchy, parent, days in places
        )
    )


def _rename(plan: SheetPlan, made: _Made) -> None:
    for new in plan.versions:
        before = UnitVersion.objects.select_for_update().get(pk=new.before)
        was, now = before.in_force, since(before.in_force.lower, new.days.lower)
        before.in_force = now
        before.save(update_fields=["in_force"])
        made.note(UnitVersion, before.pk, {"in_force": (was, now)})
        made.add([UnitVersion.objects.create(unit_id=new.unit, in_force=new.days, **new.words)])


def _create_posts(plan: SheetPlan, units: dict[str, int], made: _Made) -> dict[str, int]:
    rows = Post.objects.bulk_create(
        [
            Post(unit_id=_id(one.unit, units), in_force=one.days, **one.words)
            for one in plan.posts
        ],
        batch_size=_MANY,
    )  # fmt: skip
    made.add(rows)
    return {one.key: int(post.pk) for one, post in zip(plan.posts, rows, strict=True)}


def _appoint(plan: SheetPlan, posts: dict[str, int], people: dict[str, int], made: _Made) -> None:
    rows = [
        Membership(
            person_id=_id(one.person, people), post_id=_id(one.post, posts),
            kind=MembershipKind(one.kind), in_force=one.days,
        )
        for one in plan.holdings
    ]  # fmt: skip
    made.add(Membership.objects.bulk_create(rows, batch_size=_MANY))


def _count(new: list[NewHeadcount], units: dict[str, int], made: _Made) -> None:
    """Earlier days first: each row shortens the one before it once."""
    kept = ("in_force", "ended_by_id", "end_before")
    placed = ((_id(one.unit, units), one) for one in new)
    for unit, one in sorted(placed, key=lambda pair: (pair[0], pair[1].kind, pair[1].start)):
        before = Headcount.objects.on(one.start).filter(unit=unit, kind=one.kind).first()
        was = {name: getattr(before, name) for name in kept} if before else {}
        figures = HeadcountFigures(
            one.words.get("assigned"), one.words.get("present"), one.words.get("legal_basis", "")
        )
        made.add([write_headcount(unit, one.kind, figures, one.start)])
        if before is not None:
            before.refresh_from_db()
            now = {name: (value, getattr(before, name)) for name, value in was.items()}
            made.note(Headcount, before.pk, {name: pair for name, pair in now.items() if pair[0] != pair[1]})


@transaction.atomic
def undo_import(*, done: SheetImport, viewer: Viewer, at: datetime) -> SheetImport:
    """Take away what the workbook made and give back what it changed.

    Raises `NotAllowed` unless the viewer did it or administers the installation; `CannotTakeBack` with every
    reason when it was undone already or something later depends on it.
    """
    row = SheetImport.objects.select_for_update().get(pk=done.pk)
    own = viewer.has(Role.PERSONNEL, Role.ADMIN) and row.by_id == viewer.user.pk
    if not (own or viewer.administers_all):
        raise NotAllowed(Role.PERSONNEL, Role.ADMIN)
    if row.undone_at is not None:
        raise CannotTakeBack([_("Lần nhập này đã được hoàn tác.")])
    later = _changed_since(row)
    if later:
        raise CannotTakeBack(later)
    try:
        with naming_the_rule():
            _delete(row.done["created"])
            _give_back(row.done["changed"])
    except models.ProtectedError as error:
        kinds = sorted({str(one._meta.verbose_name) for one in error.protected_objects})
        reason = _("Đã có dữ liệu gắn với phần mới thêm (%(kinds)s); hãy bỏ phần ấy trước.")
        raise CannotTakeBack([reason % {"kinds": ", ".join(kinds)}]) from error
    except (Refused, IntegrityError) as error:
        raise CannotTakeBack([_("Dữ liệu ghi sau đó chồng lên; hãy bỏ phần ghi sau trước.")]) from error
    row.undone_at, row.undone_by = at, _account(viewer)
    row.save(update_fields=["undone_at", "undone_by"])
    record(
        actor=_account(viewer), verb="organisation.import_undo", at=at, subject=row,
        detail={"source": row.source},
    )  # fmt: skip
    return row


def _changed_since(row: SheetImport) -> list[str]:
    """Records that no longer have the values the workbook gave them, and new ones that somebody touched."""
    found = []
    for change in row.done["changed"]:
        now = _MODELS[change["model"]]._default_manager.filter(pk=change["pk"]).first()
        values = {name: _value(after) for name, (_before, after) in change["values"].items()}
        if now is None or any(getattr(now, name) != value for name, value in values.items()):
            found.append(_("“%(what)s” đã được sửa sau đó.") % {"what": now or change["pk"]})
    for name, ids in row.done["created"].items():
        count = _MODELS[name]._default_manager.filter(pk__in=ids).count()
        if count != len(ids):
            found.append(_("Một phần dữ liệu mới thêm đã được bỏ sau đó."))
    units = row.done["created"].get("Unit", [])
    decided = Unit.objects.filter(pk__in=units, ended_by__isnull=False)
    if decided.exists():
        found.append(_("Một quyết định sắp xếp đã dùng đơn vị mới thêm; hãy hủy quyết định ấy trước."))
    people = Person.objects.filter(pk__in=row.done["created"].get("Person", []), user__isnull=False)
    found += [
        _("%(name)s đã có tài khoản; hãy bỏ liên kết trước.") % {"name": one.full_name} for one in people
    ]
    return found


def _delete(created: dict[str, list[int]]) -> None:
    for name, model in _MODELS.items():
        rows = model._default_manager.filter(pk__in=created.get(name, []))
        rows.delete()


def _give_back(changed: list[dict[str, Any]]) -> None:
    for change in reversed(changed):
        values = {name: _value(before) for name, (before, _after) in change["values"].items()}
        _MODELS[change["model"]]._default_manager.filter(pk=change["pk"]).update(**values)
