"""Codes of units by scheme, from a day on; a code is one unit's at a time, another's later."""

from datetime import date, datetime

from django.db import transaction

from kientoan.domains.audit.operations import record
from kientoan.domains.temporal.models import since

from ..access import Viewer, require_organiser
from ..models import Unit, UnitCode
from ..rules.codes import SCHEMES, tidy
from .ranges import BadRange, OutsideLife, Refused, naming_the_rule
from .units import CodeTaken


class BadCode(Exception):
    """The code is not written as its scheme asks; `example` is one that is."""

    def __init__(self, example: str) -> None:
        super().__init__(example)
        self.example = example


class CodeExists(Exception):
    """A code of this scheme starts on this very day, or a later one is there: `code`."""

    def __init__(self, code: UnitCode) -> None:
        super().__init__(str(code))
        self.code = code


@transaction.atomic
def add_code(*, unit: Unit, scheme: str, code: str, start: date, viewer: Viewer, at: datetime) -> UnitCode:
    """From `start` the unit has this code in the scheme; the one before ends on that day.

    Raises `NotAllowed`, `BadCode`, `OutsideLife`, `CodeExists`, and `CodeTaken` when another unit has it.
    """
    require_organiser(viewer, unit.pk)
    text = tidy(code)
    if not SCHEMES[scheme].fits(text):
        raise BadCode(SCHEMES[scheme].example)
    locked = Unit.objects.select_for_update().get(pk=unit.pk)
    if start not in locked.in_force:
        raise OutsideLife(locked.in_force)
    rows = UnitCode.objects.filter(unit=unit, scheme=scheme)
    later = rows.filter(in_force__startswith__gte=start).order_by("in_force").first()
    if later is not None:
        raise CodeExists(later)
    before = rows.on(start).first()
    new = UnitCode(unit=unit, scheme=scheme, code=text, in_force=since(start, locked.in_force.upper))
    new.ended_by_id, new.end_before = locked.ended_by_id, locked.end_before
    if before is not None:
        before.in_force = since(before.in_force.lower, start)
        before.ended_by_id, before.end_before = None, None
        before.save(update_fields=["in_force", "ended_by", "end_before"])
    try:
        with naming_the_rule():
            new.save()
    except Refused as refusal:
        raise CodeTaken(text) from refusal
    detail = {"scheme": scheme, "code": text, "start": start.isoformat()}
    record(actor=viewer.user, verb="unit.code", at=at, subject=unit, detail=detail)
    return new


@transaction.atomic
def end_code(*, code: UnitCode, end: date, viewer: Viewer, at: datetime) -> UnitCode:
    """The unit has the code no longer: `end` is the first day without it.

    Raises `NotAllowed`, `BadRange`, and `OutsideLife` when the code ends before that anyway.
    """
    require_organiser(viewer, code.unit_id)
    rows = UnitCode.objects.select_related("unit").select_for_update(of=("self",))
    row: UnitCode = rows.get(pk=code.pk)
    if end <= row.in_force.lower:
        raise BadRange(row.in_force.lower, end)
    if row.in_force.upper is not None and end > row.in_force.upper:
        raise OutsideLife(row.in_force)
    row.in_force = since(row.in_force.lower, end)
    row.save(update_fields=["in_force"])
    detail = {"scheme": row.scheme, "code": row.code, "end": end.isoformat()}
    record(actor=viewer.user, verb="unit.end_code", at=at, subject=row.unit, detail=detail)
    return row
