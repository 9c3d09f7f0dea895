"""Figures on their way: entered, handed in, approved, corrected, and never lost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.results.access import visible_observations, visible_submissions
from kientoan.domains.results.errors import (
    AlreadyOpen,
    Clash,
    NotCharged,
    NothingEntered,
    ReasonNeeded,
    StaleFigures,
    WrongState,
)
from kientoan.domains.results.models import Indicator, Observation, Submission, SubmissionState
from kientoan.domains.results.operations import figures, submissions
from kientoan.domains.results.operations.figures import Cell
from kientoan.domains.results.queries.figures import counting_on
from kientoan.engines.periods import parse_period
from tests.conftest import NOW, Cast

from .figures import poor, report, revenue

MAY = parse_period("2018-05")


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return revenue()


@pytest.fixture
def draft(cast: Cast) -> Submission:
    return submissions.open_submission(
        unit_id=cast.district.pk, period=MAY, vintage="final", viewer=cast.viewer(cast.reporter), at=NOW
    )


def enter(cast: Cast, draft: Submission, indicator: Indicator, value: str | None, seen: int = 0) -> int:
    cell = Cell(indicator.pk, cast.district.pk, Decimal(value) if value else None, seen=seen)
    return figures.enter_figures(
        submission_id=draft.pk, cells=[cell], viewer=cast.viewer(cast.reporter), at=NOW
    ).changed


def approve(cast: Cast, draft: Submission, days: int = 0) -> Submission:
    return submissions.approve(
        submission_id=draft.pk, viewer=cast.viewer(cast.head), at=NOW + timedelta(days=days)
    )


def test_opening_twice_gives_the_same_submission(cast: Cast, draft: Submission) -> None:
    again = submissions.open_submission(
        unit_id=cast.district.pk, period=MAY, vintage="final", viewer=cast.viewer(cast.head), at=NOW
    )
    assert again == draft


def test_a_figure_counts_only_once_approved(cast: Cast, draft: Submission, indicator: Indicator) -> None:
    assert enter(cast, draft, indicator, "120.5") == 1
    submissions.submit(submission_id=draft.pk, viewer=cast.viewer(cast.reporter), at=NOW)
    assert not counting_on(NOW.date()).exists()
    approve(cast, draft)
    assert counting_on(NOW.date()).get().value == Decimal("120.5")
    assert not counting_on(NOW.date() - timedelta(days=1)).exists()


def test_the_reporter_does_not_approve(cast: Cast, draft: Submission, indicator: Indicator) -> None:
    enter(cast, draft, indicator, "1")
    with pytest.raises(NotAllowed):
        submissions.approve(submission_id=draft.pk, viewer=cast.viewer(cast.reporter), at=NOW)


def test_an_outsider_neither_enters_nor_sees_a_draft(
    cast: Cast, draft: Submission, indicator: Indicator
) -> None:
    outsider = cast.viewer(cast.outsider)
    cell = Cell(indicator.pk, cast.district.pk, Decimal(1))
    with pytest.raises(NotAllowed):
        figures.enter_figures(submission_id=draft.pk, cells=[cell], viewer=outsider, at=NOW)
    enter(cast, draft, indicator, "1")
    assert not visible_submissions(outsider).exists()
    assert not visible_observations(outsider).exists()
    approve(cast, draft)
    assert not visible_observations(outsider).exists()


def test_the_district_sees_the_approved_figures_of_the_city_and_not_its_drafts(cast: Cast) -> None:
    thing = revenue()
    report(cast.city, thing, "2018-05", "5", "2018-06-01")
    submissions.open_submission(
        unit_id=cast.district.pk, period=MAY, vintage="final", viewer=cast.viewer(cast.reporter), at=NOW
    )
    assert visible_observations(cast.viewer(cast.outsider)).get().unit == cast.city
    assert visible_submissions(cast.viewer(cast.officer)).count() == 2  # the city's officer sees all below
    assert visible_submissions(cast.viewer(cast.outsider)).get().unit == cast.city


def test_a_unit_reports_about_itself_and_those_below(
    cast: Cast, draft: Submission, indicator: Indicator
) -> None:
    cells = [Cell(indicator.pk, cast.ward.pk, Decimal(1)), Cell(indicator.pk, cast.city.pk, Decimal(2))]
    viewer = cast.viewer(cast.reporter)
    with pytest.raises(NotCharged) as refusal:
        figures.enter_figures(submission_id=draft.pk, cells=cells, viewer=viewer, at=NOW)
    assert refusal.value.pairs == [(indicator.pk, cast.city.pk)]
    assert not Observation.objects.exists()
    charged = frozenset({(indicator.pk, cast.city.pk)})
    figures.enter_figures(submission_id=draft.pk, cells=cells, viewer=viewer, at=NOW, charged=charged)
    assert Observation.objects.count() == 2


def test_the_second_editor_sees_what_changed_and_nothing_is_saved(
    cast: Cast, draft: Submission, indicator: Indicator
) -> None:
    second = poor()
    enter(cast, draft, indicator, "100")
    enter(cast, draft, indicator, "110", seen=1)
    cells = [
        Cell(indicator.pk, cast.district.pk, Decimal(105), seen=1),
        Cell(second.pk, cast.district.pk, Decimal("1.5")),
    ]
    with pytest.raises(StaleFigures) as stale:
        figures.enter_figures(submission_id=draft.pk, cells=cells, viewer=cast.viewer(cast.head), at=NOW)
    conflict = stale.value.conflicts[0]
    assert (conflict.then, conflict.now, conflict.version) == (100, 110, 2)
    assert Observation.objects.get().value == 110
    enter(cast, draft, indicator, "105", seen=conflict.version)
    assert Observation.objects.get().value == 105


def test_two_editors_with_the_same_number_do_not_disturb_each_other(
    cast: Cast, draft: Submission, indicator: Indicator
) -> None:
    enter(cast, draft, indicator, "100")
    assert enter(cast, draft, indicator, "100") == 0


def test_a_cell_emptied_by_somebody_else_is_a_conflict(
    cast: Cast, draft: Submission, indicator: Indicator
) -> None:
    enter(cast, draft, indicator, "100")
    enter(cast, draft, indicator, None, seen=1)
    assert not Observation.objects.exists()
    with pytest.raises(StaleFigures) as stale:
        enter(cast, draft, indicator, "101", seen=1)
    assert (stale.value.conflicts[0].then, stale.value.conflicts[0].now) == (100, None)


def test_a_true_zero_is_kept(cast: Cast, draft: Submission, indicator: Indicator) -> None:
    cell = Cell(indicator.pk, cast.district.pk, Decimal(0))
    figures.enter_figures(submission_id=draft.pk, cells=[cell], viewer=cast.viewer(cast.head), at=NOW)
    assert Observation.objects.get().value == 0


def test_an_empty_submission_is_not_handed_in(cast: Cast, draft: Submission) -> None:
    with pytest.raises(NothingEntered):
        submissions.submit(submission_id=draft.pk, viewer=cast.viewer(cast.reporter), at=NOW)


def test_the_head_returns_with_a_reason_and_it_can_be_sent_again(
    cast: Cast, draft: Submission, indicator: Indicator
) -> None:
    reporter, head = cast.viewer(cast.reporter), cast.viewer(cast.head)
    enter(cast, draft, indicator, "1")
    submissions.submit(submission_id=draft.pk, viewer=reporter, at=NOW)
    with pytest.raises(WrongState):
        enter(cast, draft, indicator, "2", seen=1)
    with pytest.raises(ReasonNeeded):
        submissions.return_submission(submission_id=draft.pk, reason=" ", viewer=head, at=NOW)
    submissions.return_submission(submission_id=draft.pk, reason="Thiếu phường", viewer=head, at=NOW)
    enter(cast, draft, indicator, "2", seen=1)
    submissions.submit(submission_id=draft.pk, viewer=reporter, at=NOW)
    assert submissions.recall(submission_id=draft.pk, viewer=reporter, at=NOW).state == SubmissionState.DRAFT


def test_a_correction_replaces_the_figure_and_the_day_before_still_knows_the_old_one(
    cast: Cast, draft: Submission, indicator: Indicator
) -> None:
    enter(cast, draft, indicator, "100")
    approve(cast, draft)
    with pytest.raises(ReasonNeeded):
        submissions.open_correction(
            submission_id=draft.pk, reason="", viewer=cast.viewer(cast.reporter), at=NOW
        )
    fix = submissions.open_correction(
        submission_id=draft.pk, reason="Cộng sót một phường", viewer=cast.viewer(cast.officer), at=NOW
    )
    enter(cast, fix, indicator, "112", seen=1)
    assert counting_on(NOW.date() + timedelta(days=3)).get().value == 100  # counts until the approval
    approve(cast, fix, days=5)
    assert counting_on(NOW.date() + timedelta(days=5)).get().value == 112
    assert counting_on(NOW.date() + timedelta(days=4)).get().value == 100
    assert Observation.objects.count() == 2


def test_a_figure_taken_out_by_a_correction_stops_counting(
    cast: Cast, draft: Submission, indicator: Indicator
) -> None:
    enter(cast, draft, indicator, "100")
    approve(cast, draft)
    fix = submissions.open_correction(
        submission_id=draft.pk, reason="Báo nhầm kỳ", viewer=cast.viewer(cast.head), at=NOW
    )
    enter(cast, fix, indicator, None, seen=1)
    approve(cast, fix, days=1)
    assert not counting_on(NOW.date() + timedelta(days=1)).exists()


def test_one_correction_at_a_time(cast: Cast, draft: Submission, indicator: Indicator) -> None:
    enter(cast, draft, indicator, "100")
    approve(cast, draft)
    viewer = cast.viewer(cast.reporter)
    submissions.open_correction(submission_id=draft.pk, reason="Sai", viewer=viewer, at=NOW)
    with pytest.raises(AlreadyOpen):
        submissions.open_correction(submission_id=draft.pk, reason="Sai", viewer=viewer, at=NOW)


def test_a_second_submission_cannot_overwrite_an_approved_figure(
    cast: Cast, draft: Submission, indicator: Indicator
) -> None:
    enter(cast, draft, indicator, "100")
    approve(cast, draft)
    again = submissions.open_submission(
        unit_id=cast.district.pk, period=MAY, vintage="final", viewer=cast.viewer(cast.head), at=NOW
    )
    enter(cast, again, indicator, "90")
    with pytest.raises(Clash):
        approve(cast, again)
    again.refresh_from_db()
    assert again.state == SubmissionState.DRAFT
    assert counting_on(date(2018, 7, 1)).get().value == 100


def test_a_draft_can_be_thrown_away_and_an_approved_one_cannot(
    cast: Cast, draft: Submission, indicator: Indicator
) -> None:
    enter(cast, draft, indicator, "100")
    submissions.discard(submission_id=draft.pk, viewer=cast.viewer(cast.reporter), at=NOW)
    assert not Submission.objects.exists()
    report(cast.district, indicator, "2018-04", "3", "2018-05-02")
    with pytest.raises(WrongState):
        submissions.discard(
            submission_id=Submission.objects.get().pk, viewer=cast.viewer(cast.reporter), at=NOW
        )


def test_every_act_is_in_the_journal(cast: Cast, draft: Submission, indicator: Indicator) -> None:
    enter(cast, draft, indicator, "100")
    approve(cast, draft)
    verbs = (
        Entry.objects.filter(subject_type="results.submission").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["submission.open", "figures.enter", "submission.approved"]


def test_a_save_is_undone_cell_by_cell(cast: Cast, draft: Submission, indicator: Indicator) -> None:
    second, viewer = poor(), cast.viewer(cast.reporter)
    enter(cast, draft, indicator, "100")
    saved = figures.enter_figures(
        submission_id=draft.pk, viewer=viewer, at=NOW,
        cells=[
            Cell(indicator.pk, cast.district.pk, None, seen=1),
            Cell(second.pk, cast.district.pk, Decimal("1.5")),
        ],
    )  # fmt: skip
    assert saved.entry is not None
    assert Observation.objects.get().indicator == second
    figures.undo_figures(entry_id=saved.entry.pk, viewer=viewer, at=NOW)
    assert (Observation.objects.get().indicator, Observation.objects.get().value) == (indicator, 100)


def test_a_save_is_not_undone_over_a_later_one(cast: Cast, draft: Submission, indicator: Indicator) -> None:
    viewer = cast.viewer(cast.reporter)
    cell = Cell(indicator.pk, cast.district.pk, Decimal(5))
    saved = figures.enter_figures(submission_id=draft.pk, cells=[cell], viewer=viewer, at=NOW)
    enter(cast, draft, indicator, "6", seen=1)
    assert saved.entry is not None
    with pytest.raises(StaleFigures):
        figures.undo_figures(entry_id=saved.entry.pk, viewer=viewer, at=NOW)
