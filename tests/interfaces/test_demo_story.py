"""The example's documents, duties and targets keep their sentence, their units and half a year of reports."""

from datetime import date

import pytest

from kientoan.domains.documents.models import Citation, Document, DocumentState, Passage, PassageState
from kientoan.domains.documents.queries import waiting_to_be_confirmed
from kientoan.domains.organisation.queries import units_on
from kientoan.domains.plans.models import AnnualTheme, ProgrammeDuty, Target, TargetSet, Task, TaskState
from kientoan.domains.results.models import Observation, Submission, SubmissionState
from kientoan.interfaces.cli import demo

DAY = date(2018, 6, 30)


@pytest.fixture
def story(db: None) -> None:
    assert demo.load()


def test_four_documents_are_read_and_registered(story: None) -> None:
    read = Document.objects.exclude(text="").order_by("issued_date")
    assert [document.number for document in read] == ["15-NQ/TU", "168/KH-UBND", "02/CT-UBND", "1148/UBND-TH"]
    assert {document.state for document in read} == {DocumentState.REGISTERED}
    assert all(
        document.registered_at.date() > document.issued_date for document in read if document.issued_date
    )


def test_citations_lead_to_the_acts_in_the_register(story: None) -> None:
    open_ones = Citation.objects.filter(cited__isnull=True).values_list("type_name", "number")
    assert list(open_ones) == [("Nghị quyết Đại hội", "")]


def test_every_task_and_target_of_a_text_keeps_its_words(story: None) -> None:
    for task in Task.objects.select_related("passage", "document"):
        assert task.passage
        assert task.document
        assert task.document.text[task.passage.start : task.passage.end] == task.passage.quote
    in_text = Target.objects.exclude(target_set__document__text="").select_related("passage")
    assert all(target.passage for target in in_text)
    assert in_text.count() == 14 + 48


def test_sets_hold_thirteen_fourteen_and_the_districts_targets(story: None) -> None:
    assert sorted(chosen.targets.count() for chosen in TargetSet.objects.all()) == [13, 14, 48]
    new_jobs = Target.objects.get(target_set__unit__placements__parent=None, indicator__code="VIEC_LAM",
                                  target_set__document__number="15-NQ/TU")  # fmt: skip
    assert sum(part.low or 0 for part in new_jobs.children.all()) == new_jobs.low


def test_lead_units_are_those_that_the_words_name(story: None) -> None:
    units = units_on(DAY)
    for task in Task.objects.filter(parent=None, children=None):
        assert task.lead_unit_id
        unit = units[task.lead_unit_id]
        spoken = {unit.name, unit.body_name, *unit.abbreviations}
        assert any(name.casefold() in task.lead_text.casefold() for name in spoken), task.lead_text
        assert task.post_id


def test_board_is_alive_some_done_some_late_some_silent(story: None) -> None:
    states = list(Task.objects.values_list("state", flat=True))
    assert {TaskState.DONE, TaskState.IN_PROGRESS, TaskState.AWAITING, TaskState.SUSPENDED} < set(states)
    assert states.count(TaskState.DONE) > 90
    late = Task.objects.filter(due_date__lt=DAY).exclude(state__in=[TaskState.DONE, TaskState.SUSPENDED])
    assert 15 < late.count() < 45
    silent = late.filter(last_report_date=None, lead_unit__versions__name="Huyện Cờ Đỏ")
    assert silent.exists()


def test_what_nobody_was_given_is_dropped_and_something_waits_for_the_officer(story: None) -> None:
    tasks = Passage.objects.filter(kind="task").values_list("state", flat=True)
    assert set(tasks) == {PassageState.ACCEPTED, PassageState.DROPPED}
    waiting = {document.number for document in waiting_to_be_confirmed(Document.objects.all())}
    assert "168/KH-UBND" in waiting  # a goal within a duty, which no set holds
    assert "15-NQ/TU" not in waiting


def test_programmes_and_theme_of_the_year(story: None) -> None:
    duties = ProgrammeDuty.objects.all()
    assert duties.count() == 15
    assert duties.filter(programme=None).count() == 2
    assert AnnualTheme.objects.get().year == 2018


def test_some_figures_wait_for_the_head_of_the_unit(story: None) -> None:
    waiting = Submission.objects.filter(state=SubmissionState.SUBMITTED).select_related("submitted_by")
    assert {row.submitted_by.username for row in waiting if row.submitted_by} == {
        "baocao.ninhkieu", "baocao.binhthuy", "baocao.phongdien",
    }  # fmt: skip
    assert not Observation.objects.filter(submission__in=waiting, approved=True).exists()
