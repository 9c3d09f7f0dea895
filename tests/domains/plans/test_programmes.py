"""Who must issue a programme for a document, who has, and the theme of a year."""

from datetime import date

import pytest

from kientoan.domains.documents.models import Document, DocumentType, Issuer
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.models import Unit
from kientoan.domains.organisation.operations import register_documents
from kientoan.domains.plans.models import ProgrammeDuty
from kientoan.domains.plans.operations import programmes
from kientoan.domains.plans.queries.programmes import programme_coverage, theme_of
from tests.conftest import DAY, NOW, Cast

DUE = date(2018, 3, 1)


def document(number: str, issued: date, *units: Unit) -> Document:
    made = Document.objects.create(
        type=DocumentType.objects.get(name="Kế hoạch"),
        number=number,
        issuer=Issuer.objects.get_or_create(name="UBND thành phố")[0],
        issued_date=issued,
        subject="Kế hoạch",
        state="registered",
        registered_at=NOW,
    )
    for unit in units:
        register_documents(unit=unit, documents=[made])
    return made


def required(cast: Cast) -> Document:
    plan = document("168/KH-UBND", date(2017, 12, 20), cast.city)
    programmes.require_programmes(
        document=plan,
        unit_ids=[cast.district.pk, cast.other_district.pk],
        due_date=DUE,
        viewer=cast.viewer(cast.officer),
        at=NOW,
    )
    return plan


def test_the_coverage_says_who_has_no_programme_and_who_is_late(cast: Cast) -> None:
    plan = required(cast)
    own = document("01/KH-UBND", date(2018, 1, 5), cast.district)
    duty = ProgrammeDuty.objects.get(document=plan, unit=cast.district)
    programmes.fulfil_programme(duty_id=duty.pk, programme=own, viewer=cast.viewer(cast.head), at=NOW)
    (coverage,) = programme_coverage(cast.viewer(cast.officer), DAY)
    assert (coverage.done_count, [unit.name for unit in coverage.missing_units]) == (1, ["Quận Cái Răng"])
    assert [duty.unit_id for duty in coverage.late] == [cast.other_district.pk]
    (before,) = programme_coverage(cast.viewer(cast.officer, date(2018, 1, 4)), date(2018, 1, 4))
    assert (before.done_count, before.late) == (0, ())


def test_a_unit_sees_its_own_duty_only(cast: Cast) -> None:
    required(cast)
    (coverage,) = programme_coverage(cast.viewer(cast.outsider), DAY)
    assert [duty.unit_id for duty in coverage.duties] == [cast.other_district.pk]
    assert programme_coverage(cast.viewer(cast.nobody), DAY) == []


def test_asking_again_changes_the_deadline_and_makes_nothing_twice(cast: Cast) -> None:
    plan = required(cast)
    later = date(2018, 4, 1)
    new = programmes.require_programmes(
        document=plan, unit_ids=[cast.district.pk, cast.ward.pk], due_date=later,
        viewer=cast.viewer(cast.officer), at=NOW,
    )  # fmt: skip
    assert new == 1
    assert ProgrammeDuty.objects.get(unit=cast.district).due_date == later


def test_only_a_monitor_asks_and_only_the_unit_answers(cast: Cast) -> None:
    plan = required(cast)
    with pytest.raises(NotAllowed):
        programmes.require_programmes(
            document=plan, unit_ids=[cast.district.pk], due_date=None, viewer=cast.viewer(cast.head), at=NOW
        )
    duty = ProgrammeDuty.objects.get(unit=cast.district)
    with pytest.raises(NotAllowed):
        programmes.fulfil_programme(
            duty_id=duty.pk, programme=None, viewer=cast.viewer(cast.outsider), at=NOW
        )


def test_a_programme_that_one_cannot_see_is_not_taken(cast: Cast) -> None:
    required(cast)
    foreign = document("02/KH-UBND", date(2018, 1, 6), cast.other_district)
    duty = ProgrammeDuty.objects.get(unit=cast.district)
    with pytest.raises(Document.DoesNotExist):
        programmes.fulfil_programme(duty_id=duty.pk, programme=foreign, viewer=cast.viewer(cast.head), at=NOW)


def test_the_theme_of_a_year_is_set_and_corrected(cast: Cast) -> None:
    for text in ("Siết chặt kỷ cương", "Siết chặt kỷ luật, kỷ cương"):
        programmes.set_theme(
            unit=cast.city, year=2018, text=text, document=None, viewer=cast.viewer(cast.officer), at=NOW
        )
    (theme,) = theme_of([cast.city.pk], 2018)
    assert (theme.text, theme.row_version) == ("Siết chặt kỷ luật, kỷ cương", 2)
