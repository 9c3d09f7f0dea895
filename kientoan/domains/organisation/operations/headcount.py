"""Headcount: the figures of a unit from a day on, corrected, removed and put back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kientoan.domains.audit.operations import record
from kientoan.domains.documents.models import Document
from kientoan.domains.temporal.models import refuse_stale, since

from ..access import Viewer, require_organiser
from ..models import Headcount, StaffKind, Unit
from .ranges import OutsideLife


class NothingCounted(Exception):
    """Neither the given nor the present number is there."""


class HeadcountExists(Exception):
    """Figures of this kind start on this very day: `headcount`; correct those instead."""

    def __init__(self, headcount: Headcount) -> None:
        super().__init__(str(headcount))
        self.headcount = headcount


@dataclass(frozen=True)
class HeadcountFigures:
    """Numbers of people, and the paper that gives them; None: not known."""

    assigned: int | None
    present: int | None
    legal_basis: str = ""
    document: Document | None = None


@transaction.atomic
def set_headcount(
    *, unit: Unit, kind: str, figures: HeadcountFigures, start: date, viewer: Viewer, at: datetime
) -> Headcount:
    """The figures hold from `start` until the next ones begin or the unit ends.

    Raises `NotAllowed`, `NothingCounted`, `OutsideLife`, `HeadcountExists` when figures start on that day.
    """
    require_organiser(viewer, unit.pk)
    _require_number(figures)
    row = write_headcount(unit.pk, kind, figures, start)
    detail = {"unit": unit.pk, "kind": kind, "start": start.isoformat(), **_plain(figures)}
    record(actor=viewer.user, verb="headcount.set", at=at, subject=row, detail=detail)
    return row


def write_headcount(unit_id: int, kind: str, figures: HeadcountFigures, start: date) -> Headcount:
    """Write figures from a day on; the ones before end then. Raises `OutsideLife`, `HeadcountExists`."""
    unit = Unit.objects.select_for_update().get(pk=unit_id)
    if start not in unit.in_force:
        raise OutsideLife(unit.in_force)
    rows = Headcount.objects.filter(unit=unit, kind=StaffKind(kind))
    before = rows.on(start).first()
    if before is not None and before.in_force.lower == start:
        raise HeadcountExists(before)
    following = rows.filter(in_force__startswith__gt=start).order_by("in_force").first()
    new = Headcount(unit=unit, kind=StaffKind(kind), **_fields(figures))
    if before is not None:
        new.in_force = since(start, before.in_force.upper)
        _pass_end(before, new)
        before.in_force = since(before.in_force.lower, start)
        before.save(update_fields=["in_force", "ended_by", "end_before"])
    elif following is not None:
        new.in_force = since(start, following.in_force.lower)
    else:
        new.in_force = since(start, unit.in_force.upper)
        new.ended_by_id, new.end_before = unit.ended_by_id, unit.end_before
    new.save()
    return new


def _pass_end(giver: Headcount, taker: Headcount) -> None:
    """The end that a decision set belongs to the row that now reaches it."""
    taker.ended_by_id, taker.end_before = giver.ended_by_id, giver.end_before
    giver.ended_by_id, giver.end_before = None, None


@transaction.atomic
def correct_headcount(
    *, headcount: Headcount, figures: HeadcountFigures, seen: Mapping[str, Any], viewer: Viewer, at: datetime
) -> Headcount:
    """Correct figures written wrongly; the days stay. `seen` holds the values the editor started from.

    Raises `NotAllowed`, `NothingCounted`, and `Stale` when somebody else was faster.
    """
    require_organiser(viewer, headcount.unit_id)
    _require_number(figures)
    row: Headcount = Headcount.objects.select_for_update().get(pk=headcount.pk)
    refuse_stale(row, seen)
    wanted = _fields(figures)
    before = _plain(_figures_of(row))
    for name, value in wanted.items():
        setattr(row, name, value)
    row.begun_by = None  # what a person writes is no longer the decision's to take back
    row.save(update_fields=[*wanted, "begun_by"])
    detail = {"before": before, "after": _plain(figures)}
    record(actor=viewer.user, verb="headcount.correct", at=at, subject=row, detail=detail)
    return row


@transaction.atomic
def remove_headcount(*, headcount: Headcount, viewer: Viewer, at: datetime) -> Headcount:
    """Remove figures entered by mistake: those before them hold on.

    Raises `NotAllowed`, and `Headcount.DoesNotExist` when somebody removed them already.
    """
    require_organiser(viewer, headcount.unit_id)
    Unit.objects.select_for_update().get(pk=headcount.unit_id)
    row: Headcount = Headcount.objects.select_for_update().get(pk=headcount.pk)
    detail = {"unit": row.unit_id, "kind": row.kind, **_plain(_figures_of(row))}
    detail["start"] = row.in_force.lower.isoformat()
    record(actor=viewer.user, verb="headcount.remove", at=at, subject=row, detail=detail)
    same = Headcount.objects.filter(unit=row.unit_id, kind=row.kind)
    before = same.filter(in_force__endswith=row.in_force.lower).first()
    removed, span = row.pk, row.in_force
    row.delete()
    if before is not None:
        before.in_force = since(before.in_force.lower, span.upper)
        before.ended_by_id, before.end_before = row.ended_by_id, row.end_before
        before.save(update_fields=["in_force", "ended_by", "end_before"])
    row.pk = removed
    return row


def _require_number(figures: HeadcountFigures) -> None:
    if figures.assigned is None and figures.present is None:
        raise NothingCounted


def _fields(figures: HeadcountFigures) -> dict[str, Any]:
    return {name: getattr(figures, name) for name in ("assigned", "present", "legal_basis", "document")}


def _figures_of(row: Headcount) -> HeadcountFigures:
    return HeadcountFigures(row.assigned, row.present, row.legal_basis, row.document)


def _plain(figures: HeadcountFigures) -> dict[str, Any]:
    return {**asdict(HeadcountFigures(figures.assigned, figures.present, figures.legal_basis)),
            "document": figures.document.pk if figures.document else None}  # fmt: skip
