"""Which units must issue their own programme for a document, which did, and the theme of a year."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from kientoan.domains.audit.operations import record
from kientoan.domains.documents.models import Document
from kientoan.domains.organisation.access import Viewer, visible_documents
from kientoan.domains.organisation.models import Role, Unit

from ..models import AnnualTheme, ProgrammeDuty
from ..models.programme_standing import programme_duties_on

REQUIRERS = (Role.MONITOR, Role.LEADER)
FULFILLERS = (Role.MONITOR, Role.LEADER, Role.HEAD, Role.CLERK, Role.REPORTER)


@transaction.atomic
def require_programmes(
    *, document: Document, unit_ids: Iterable[int], due_date: date | None, viewer: Viewer, at: datetime
) -> int:
    """The units must issue a programme for the document by `due_date`; gives how many were not asked before.

    Asking again changes the deadline. Raises `NotAllowed` for a unit that the viewer does not monitor.
    """
    units = sorted(set(unit_ids))
    for unit in units:
        viewer.require(*REQUIRERS, unit=unit)
    standing = programme_duties_on(viewer.day, ahead=viewer.changes_ahead).filter(document=document)
    held = dict(standing.values_list("pk", "unit_on"))
    known = set(held.values())
    asked_again = [duty for duty, unit in held.items() if unit in units]
    for duty in ProgrammeDuty.objects.select_for_update().filter(pk__in=asked_again):
        duty.due_date = due_date
        duty.row_version += 1
        duty.save(update_fields=["due_date", "row_version"])
    new = [unit for unit in units if unit not in known]
    ProgrammeDuty.objects.bulk_create(
        ProgrammeDuty(document=document, unit_id=unit, due_date=due_date) for unit in new
    )
    detail = {"units": units, "due_date": due_date and due_date.isoformat()}
    record(actor=viewer.user, verb="programme.require", at=at, subject=document, detail=detail)
    return len(new)


@transaction.atomic
def fulfil_programme(
    *, duty_id: int, programme: Document | None, viewer: Viewer, at: datetime
) -> ProgrammeDuty:
    """`programme` is what the unit issued for the document; None takes a wrong entry back.

    Raises `NotAllowed` unless the viewer works for the unit that has it today and may see the programme.
    """
    duty = ProgrammeDuty.objects.select_for_update().get(pk=duty_id)
    standing = programme_duties_on(viewer.day, ahead=viewer.changes_ahead)
    viewer.require(*FULFILLERS, unit=standing.values_list("unit_on", flat=True).get(pk=duty_id))
    if programme is not None:
        visible_documents(viewer).get(pk=programme.pk)
    duty.programme = programme
    duty.row_version += 1
    duty.save(update_fields=["programme", "row_version"])
    detail = {"document": duty.document_id, "unit": duty.unit_id, "programme": programme and programme.pk}
    record(actor=viewer.user, verb="programme.fulfil", at=at, subject=duty, detail=detail)
    return duty


@transaction.atomic
def set_theme(
    *, unit: Unit, year: int, text: str, document: Document | None, viewer: Viewer, at: datetime
) -> AnnualTheme:
    """The theme of the unit for the year; the one that stood before is kept in the history."""
    viewer.require(*REQUIRERS, unit=unit.pk)
    theme, created = AnnualTheme.objects.select_for_update().get_or_create(
        unit=unit, year=year, defaults={"text": text, "document": document}
    )
    if not created:
        theme.text, theme.document = text, document
        theme.row_version += 1
        theme.save()
    record(actor=viewer.user, verb="theme.set", at=at, subject=theme, detail={"year": year, "text": text})
    return theme
