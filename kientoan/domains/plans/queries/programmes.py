"""Documents × units: who has no plan yet; themes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kientoan.domains.documents.models import Document
from kientoan.domains.organisation.access import Viewer, visible_documents
from kientoan.domains.organisation.queries import UnitOnDay, units_on

from ..models import AnnualTheme, ProgrammeDuty
from ..models.programme_standing import programme_duties_on, stand_programmes_on


@dataclass(frozen=True)
class Coverage:
    """A document with the duties to issue a programme for it: done, missing, and of these late on the day."""

    document: Document
    duties: tuple[ProgrammeDuty, ...]
    units: dict[int, UnitOnDay]
    day: date

    @property
    def missing(self) -> tuple[ProgrammeDuty, ...]:
        """Duties that no programme fulfils (issued by the day)."""
        return tuple(duty for duty in self.duties if not issued(duty, self.day))

    @property
    def late(self) -> tuple[ProgrammeDuty, ...]:
        """Missing ones whose deadline has passed."""
        return tuple(duty for duty in self.missing if duty.due_date is not None and duty.due_date < self.day)

    @property
    def done_count(self) -> int:
        """How many units have their programme."""
        return len(self.duties) - len(self.missing)

    @property
    def missing_units(self) -> tuple[UnitOnDay, ...]:
        """The units without a programme."""
        return tuple(self.units[duty.unit_id] for duty in self.missing)


def issued(duty: ProgrammeDuty, day: date) -> bool:
    """Whether a programme fulfils the duty on the day (one without a date does)."""
    programme = duty.programme
    return programme is not None and (programme.issued_date is None or programme.issued_date <= day)


def programme_coverage(
    viewer: Viewer, day: date, *, unit_ids: Iterable[int] | None = None, document: Document | None = None
) -> list[Coverage]:
    """Documents for which the viewer's units (or `unit_ids` of them) must issue programmes, newest first.

    Each duty is that of the unit which had it on the day. Documents of after the day are left out.
    """
    units = viewer.unit_ids() if unit_ids is None else viewer.unit_ids() & frozenset(unit_ids)
    standing = programme_duties_on(day, ahead=viewer.changes_ahead)
    duties = standing.filter(unit_on__in=units, document__in=visible_documents(viewer))
    duties = duties.select_related("document__type", "programme__type").exclude(document__issued_date__gt=day)
    if document is not None:
        duties = duties.filter(document=document)
    found: dict[int, list[ProgrammeDuty]] = {}
    ordered = duties.order_by("-document__issued_date", "-document_id", "due_date", "pk")
    for duty in stand_programmes_on(ordered):
        found.setdefault(duty.document_id, []).append(duty)
    names = units_on(day, {duty.unit_id for rows in found.values() for duty in rows})
    order = {unit_id: place for place, unit_id in enumerate(names)}
    return [
        Coverage(rows[0].document, tuple(sorted(rows, key=lambda duty: order[duty.unit_id])), names, day)
        for rows in found.values()
    ]


def theme_of(unit_ids: Iterable[int], year: int) -> list[AnnualTheme]:
    """The themes of the year of the units."""
    return list(
        AnnualTheme.objects.filter(unit__in=list(unit_ids), year=year).select_related("document__type")
    )
