"""Passages become tasks and targets that keep their sentence; what is unclear is asked; all can be undone."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kientoan.domains.documents import passages as acts
from kientoan.domains.documents.models import (
    Document,
    DocumentState,
    DocumentType,
    Issuer,
    Passage,
    PassageKind,
    PassageState,
)
from kientoan.domains.organisation.access import NotAllowed
from kientoan.domains.organisation.operations import register_documents
from kientoan.domains.plans import acceptance, decisions
from kientoan.domains.plans.models import Target, TargetSet, Task
from kientoan.domains.plans.operations.handing import hand_down
from kientoan.domains.plans.proposals import Proposer, Question, TargetProposal, TaskProposal
from kientoan.domains.results.models import Indicator
from tests.conftest import DAY, NOW, Cast

TEXT = (
    "Sở Y tế chủ trì, phối hợp với Ủy ban nhân dân quận Ninh Kiều rà soát cơ sở khám bệnh "
    "trước ngày 15/6/2018. "
    "Tỷ lệ bao phủ bảo hiểm y tế đạt từ 82,5% trở lên. "
    "Ủy ban nhân dân quận, huyện lập danh mục hồ sơ trong tháng 3/2018. "
    "Sở Y tế tỉnh Hậu Giang và các đơn vị liên quan cho ý kiến."
)
DEADLINE = {"operator": "<", "date": "2018-06-15", "text": "trước ngày 15/6/2018"}


@pytest.fixture
def document(cast: Cast) -> Document:
    made = Document.objects.create(
        type=DocumentType.objects.get(name="Chỉ thị"),
        number="02/CT-UBND",
        issuer=Issuer.objects.create(name="Ủy ban nhân dân thành phố Cần Thơ"),
        issued_date=date(2018, 1, 22),
        subject="Kỷ luật hành chính",
        state=DocumentState.REGISTERED,
        text=TEXT,
        registered_at=NOW,
    )
    register_documents(unit=cast.city, documents=[made])
    return made


def passage(document: Document, quote: str, kind: str, confidence: float = 0.9, **data: Any) -> Passage:
    start = document.text.index(quote)
    return Passage.objects.create(
        document=document, kind=kind, start=start, end=start + len(quote), quote=quote,
        reading=data, data=data, rule="test", confidence=confidence,
    )  # fmt: skip


@pytest.fixture
def task(document: Document) -> Passage:
    return passage(
        document, TEXT.split(". ")[0], PassageKind.TASK, lead=["Sở Y tế"], deadline=DEADLINE,
        cooperate=["Ủy ban nhân dân quận Ninh Kiều"], what="rà soát cơ sở khám bệnh", output="báo cáo",
    )  # fmt: skip


@pytest.fixture
def group(document: Document) -> Passage:
    return passage(
        document, TEXT.split(". ")[2], PassageKind.TASK, lead=["Ủy ban nhân dân quận, huyện"], cooperate=[],
        what="lập danh mục hồ sơ",
        deadline={"operator": "in", "period": "2018-03", "text": "trong tháng 3/2018"},
    )  # fmt: skip


@pytest.fixture
def unclear(document: Document) -> Passage:
    return passage(
        document, TEXT.split(". ")[3], PassageKind.TASK, lead=["các đơn vị liên quan"], cooperate=[],
        what="cho ý kiến", deadline=None,
    )  # fmt: skip


@pytest.fixture
def target(document: Document) -> Passage:
    return passage(
        document, TEXT.split(". ")[1], PassageKind.TARGET, indicator="tỷ lệ bao phủ bảo hiểm y tế", unit="%",
        operator=">=", low=82.5, high=None, period="2018", baseline=None,
    )  # fmt: skip


def accept(cast: Cast, *passages: Passage, data: dict[str, Any] | None = None) -> acceptance.Accepted:
    corrections = {passages[0].pk: data} if data else None
    return acceptance.accept_passages(
        viewer=cast.viewer(cast.officer), passages=passages, data=corrections, at=NOW
    )


def test_a_task_keeps_its_sentence_and_is_not_handed_down(cast: Cast, task: Passage) -> None:
    made = accept(cast, task).tasks[0]
    made.refresh_from_db()
    assert made.passage == task
    assert made.document == task.document
    assert made.title == "Rà soát cơ sở khám bệnh"
    assert made.lead_unit == cast.department
    assert made.assigner_unit == cast.city  # the territory stands for its People's Committee
    assert list(made.cooperating_units.all()) == [cast.district]
    assert made.handed_down_at is None
    assert task.document.text[task.start : task.end] == task.quote


def test_before_a_day_ends_the_day_before(cast: Cast, task: Passage) -> None:
    made = accept(cast, task).tasks[0]
    assert (made.due_date, made.deadline_operator) == (date(2018, 6, 14), "<")
    assert made.deadline_text == "trước ngày 15/6/2018"


def test_a_group_is_one_whole_to_hand_down_in_parts(cast: Cast, group: Passage) -> None:
    made = accept(cast, group).tasks[0]
    assert made.lead_unit is None
    assert made.lead_text == "Ủy ban nhân dân quận, huyện"
    assert made.due_date == date(2018, 3, 31)
    units = acceptance.proposed_unit_ids(made, DAY)
    assert set(units) == {cast.district.pk, cast.other_district.pk}
    parts = hand_down(task_id=made.pk, unit_ids=units, viewer=cast.viewer(cast.officer), at=NOW, day=DAY)
    assert {part.lead_unit_id for part in parts} == set(units)
    assert {part.passage_id for part in parts} == {group.pk}


def test_an_unclear_lead_is_asked(cast: Cast, unclear: Passage) -> None:
    with pytest.raises(acceptance.Unclear) as caught:
        accept(cast, unclear)
    assert caught.value.questions == {unclear.pk: (Question.LEAD,)}
    assert not Task.objects.exists()
    unclear.refresh_from_db()
    assert unclear.state == PassageState.PROPOSED


def test_an_unclear_lead_may_be_left_open_on_purpose(cast: Cast, unclear: Passage) -> None:
    made = accept(cast, unclear, data={"units": []}).tasks[0]
    assert (made.lead_unit, made.lead_text) == (None, "các đơn vị liên quan")


def test_a_correction_is_kept_beside_what_was_read(cast: Cast, unclear: Passage) -> None:
    accept(cast, unclear, data={"units": [cast.department.pk], "title": "Cho ý kiến bằng văn bản"})
    unclear.refresh_from_db()
    assert unclear.data["units"] == [cast.department.pk]
    assert "units" not in unclear.reading


def test_a_target_takes_the_known_indicator(cast: Cast, target: Passage) -> None:
    known = Indicator.objects.create(code="bhyt", name="Tỷ lệ bao phủ bảo hiểm y tế", unit_of_measure="%")
    made = accept(cast, target).targets[0]
    assert (made.indicator, made.operator, made.low, made.high) == (known, ">=", Decimal("82.5"), None)
    assert (made.period_start, made.period_end) == (date(2018, 1, 1), date(2019, 1, 1))
    assert made.unit == cast.city
    assert made.target_set.document == target.document
    assert made.passage == target


def test_a_target_makes_its_indicator_when_none_resembles(cast: Cast, target: Passage) -> None:
    made = accept(cast, target).targets[0]
    assert made.indicator.name == "Tỷ lệ bao phủ bảo hiểm y tế"
    assert made.indicator.unit_of_measure == "%"


def test_an_indicator_that_only_resembles_is_asked(cast: Cast, target: Passage) -> None:
    near = Indicator.objects.create(
        code="bhyt", name="Tỷ lệ người tham gia bảo hiểm y tế bao phủ", unit_of_measure="%"
    )
    with pytest.raises(acceptance.Unclear) as caught:
        accept(cast, target)
    assert caught.value.questions == {target.pk: (Question.INDICATOR,)}
    made = accept(cast, target, data={"indicator_id": near.pk}).targets[0]
    assert made.indicator == near


def test_the_same_target_twice_is_refused(cast: Cast, document: Document, target: Passage) -> None:
    accept(cast, target)
    again = passage(document, target.quote, PassageKind.TARGET, **target.data)
    with pytest.raises(acceptance.SameTarget):
        accept(cast, again)
    assert Target.objects.count() == 1
    again.refresh_from_db()
    assert again.state == PassageState.PROPOSED


def test_many_are_accepted_all_or_none(cast: Cast, task: Passage, unclear: Passage) -> None:
    with pytest.raises(acceptance.Unclear):
        accept(cast, task, unclear)
    assert not Task.objects.exists()


def test_a_passage_is_accepted_once(cast: Cast, task: Passage) -> None:
    accept(cast, task)
    with pytest.raises(acts.Decided):
        accept(cast, task)


def test_nothing_is_made_from_a_draft(cast: Cast, document: Document, task: Passage) -> None:
    Document.objects.filter(pk=document.pk).update(state=DocumentState.DRAFT)
    task.document.refresh_from_db()
    with pytest.raises(acceptance.NotRegistered):
        accept(cast, task)


@pytest.mark.parametrize("who", ["clerk", "reporter", "head", "outsider", "nobody"])
def test_only_a_monitoring_officer_accepts(cast: Cast, task: Passage, who: str) -> None:
    with pytest.raises(NotAllowed):
        acceptance.accept_passage(viewer=cast.viewer(getattr(cast, who)), passage=task, at=NOW)
    assert not Task.objects.exists()


@pytest.mark.parametrize("who", ["reporter", "head", "outsider", "nobody"])
def test_only_the_register_corrects(cast: Cast, task: Passage, who: str) -> None:
    viewer = cast.viewer(getattr(cast, who))
    with pytest.raises(NotAllowed):
        decisions.drop(viewer=viewer, passages=[task], at=NOW)
    with pytest.raises(NotAllowed):
        decisions.edit(viewer=viewer, passage=task, row_version=1, data={}, at=NOW)


def test_undo_takes_the_tasks_and_targets_back(cast: Cast, task: Passage, target: Passage) -> None:
    accept(cast, task, target)
    acceptance.undo(viewer=cast.viewer(cast.officer), document=task.document, at=NOW)
    task.refresh_from_db()
    assert task.state == PassageState.PROPOSED
    assert not Task.objects.exists()
    assert not Target.objects.exists()
    assert not TargetSet.objects.exists()
    assert not Indicator.objects.exists()
    accept(cast, task, target)


def test_undo_stops_at_what_was_handed_down(cast: Cast, task: Passage) -> None:
    made = accept(cast, task).tasks[0]
    viewer = cast.viewer(cast.officer)
    hand_down(task_id=made.pk, unit_ids=[cast.department.pk], viewer=viewer, at=NOW, day=DAY)
    with pytest.raises(acceptance.HandedDown):
        acceptance.undo(viewer=viewer, document=task.document, at=NOW)
    assert Task.objects.get().passage == task


def test_undo_goes_back_step_by_step(cast: Cast, task: Passage, group: Passage) -> None:
    viewer = cast.viewer(cast.officer)
    decisions.edit(viewer=viewer, passage=task, row_version=1, data={"title": "Khác"}, at=NOW)
    decisions.drop(viewer=viewer, passages=[group], at=NOW)
    acceptance.undo(viewer=viewer, document=task.document, at=NOW)
    group.refresh_from_db()
    assert group.state == PassageState.PROPOSED
    acceptance.undo(viewer=viewer, document=task.document, at=NOW)
    task.refresh_from_db()
    assert "title" not in task.data
    with pytest.raises(acts.NothingToUndo):
        acceptance.undo(viewer=viewer, document=task.document, at=NOW)


def test_one_accepted_passage_is_taken_back(cast: Cast, task: Passage) -> None:
    accept(cast, task)
    acceptance.take_back(viewer=cast.viewer(cast.officer), passage=task, at=NOW)
    task.refresh_from_db()
    assert task.state == PassageState.PROPOSED
    assert not Task.objects.exists()


def test_the_proposal_says_what_is_sure(document: Document, task: Passage, target: Passage) -> None:
    proposer = Proposer(document, DAY)
    sure, number = proposer.propose(task), proposer.propose(target)
    assert isinstance(sure, TaskProposal)
    assert isinstance(number, TargetProposal)
    assert sure.questions == number.questions == ()


def test_a_low_confidence_is_a_question(document: Document) -> None:
    found = passage(
        document, TEXT.split(". ")[0], PassageKind.TASK, 0.5, lead=["Sở Y tế"], cooperate=[], what="rà soát"
    )
    proposal = Proposer(document, DAY).propose(found)
    assert proposal.questions == (Question.UNSURE,)
    assert not proposal.is_blocked
