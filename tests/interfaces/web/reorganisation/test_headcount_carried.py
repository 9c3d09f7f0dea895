"""The preview and the page afterwards say what becomes of the headcount of units that end."""

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Decision, Headcount, StaffKind, Unit
from kientoan.domains.organisation.operations import HeadcountFigures
from kientoan.domains.organisation.rules.changes import Change, Outcome
from tests.conftest import NOW, START, Cast

from .conftest import Office, text_of

Wards = tuple[Unit, Unit, Unit]


def given(cast: Cast, unit: Unit, assigned: int) -> None:
    operations.set_headcount(
        unit=unit, kind=StaffKind.CIVIL, figures=HeadcountFigures(assigned, None), start=START,
        viewer=cast.viewer(cast.admin), at=NOW,
    )  # fmt: skip


@pytest.fixture
def ready(merger: Decision) -> Decision:
    """The merger of Cái Khế and An Hòa with a code that is free."""
    merger.changes.get().resulting_units.update(code="31199")
    return merger


def pages(decision: Decision, office: Office) -> tuple[str, str]:
    """The preview, and the page after applying."""
    before = text_of(office.client.get(f"/sap-xep/{decision.pk}/xem-truoc/"))
    office.client.post(f"/sap-xep/{decision.pk}/thuc-hien/")
    return before, text_of(office.client.get(f"/sap-xep/{decision.pk}/ket-qua/"))


def test_the_sum_is_shown_before_and_after(cast: Cast, wards: Wards, ready: Decision, office: Office) -> None:
    given(cast, cast.ward, 10)
    given(cast, wards[0], 11)
    for page in pages(ready, office):
        assert "Số biên chế chuyển theo" in page
        assert ">21</td>" in page
        assert "Phường Cái Khế, Phường An Hòa" in page
        assert "không tự chuyển" not in page


def test_a_figure_carried_over_is_marked_until_somebody_confirms_it(
    cast: Cast, wards: Wards, ready: Decision, office: Office
) -> None:
    given(cast, cast.ward, 10)
    given(cast, wards[0], 11)
    office.client.post(f"/sap-xep/{ready.pk}/thuc-hien/")
    new = ready.changes.get().resulting_units.get().unit_id
    for address in (
        f"/to-chuc/{new}/",
        f"/to-chuc/{new}/bien-che/",
        f"/to-chuc/{cast.district.pk}/bien-che/",
    ):
        assert "chưa có số giao mới" in text_of(office.client.get(address))
    Headcount.objects.filter(unit=new).update(begun_by=None)
    for address in (
        f"/to-chuc/{new}/",
        f"/to-chuc/{new}/bien-che/",
        f"/to-chuc/{cast.district.pk}/bien-che/",
    ):
        assert "chưa có số giao mới" not in text_of(office.client.get(address))


def test_what_is_not_carried_names_the_unit_that_needs_a_number(
    cast: Cast, ready: Decision, office: Office
) -> None:
    given(cast, cast.ward, 10)
    before, after = pages(ready, office)
    for page in (before, after):
        assert "Phường Cái Khế, Cán bộ, công chức: giao 10 – cộng với số chưa rõ" in page
        assert "Ghi số mới ở:" in page
    ready.refresh_from_db()
    new = ready.changes.get().resulting_units.get().unit_id
    assert f'<a href="/to-chuc/{new}/bien-che/">Phường Ninh Kiều</a>' in after


def test_without_figures_nothing_is_said(cast: Cast, ready: Decision, office: Office) -> None:
    for page in pages(ready, office):
        assert "h-headcount" not in page


def test_a_unit_that_only_changes_its_name_keeps_its_figures(
    cast: Cast, draft: Decision, office: Office
) -> None:
    given(cast, cast.ward, 10)
    change = Change("rename", outcomes=(Outcome(unit=cast.ward.pk, name="Phường Khác"),))
    operations.add_events(decision=draft, row_version=1, changes=[change], viewer=office.viewer, at=NOW)
    for page in pages(draft, office):
        assert "h-headcount" not in page
