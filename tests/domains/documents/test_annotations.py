"""What people decided about passages becomes annotations by which the reader is measured."""

from datetime import datetime

import pytest

from kientoan.domains.documents import intake, passages
from kientoan.domains.documents.annotations import annotated_documents, annotation_of
from kientoan.domains.documents.citing import choose_cited
from kientoan.domains.documents.models import Document, Passage, PassageState
from tests.conftest import NOW, Cast

TEXT = """Căn cứ Nghị quyết số 15-NQ/TU ngày 12 tháng 12 năm 2017 của Thành ủy;
1. Giao Sở Nội vụ báo cáo kết quả thực hiện trước ngày 15/12/2018.
2. Giao Sở Y tế rà soát các cơ sở khám bệnh trước ngày 15/6/2018.
"""


@pytest.fixture
def document(cast: Cast) -> Document:
    return intake.register_text(text=TEXT, by=cast.clerk, at=NOW).document


def task(document: Document, words: str) -> Passage:
    return Passage.objects.get(document=document, kind="task", quote__contains=words)


def test_what_nobody_decided_is_in_no_annotation(document: Document) -> None:
    assert annotation_of(document).items == ()
    assert not annotated_documents(Document.objects.all())


def test_accepted_task_confirms_its_deadline_too(cast: Cast, document: Document) -> None:
    row = task(document, "Sở Nội vụ")
    passages.mark(passages=[row], state=PassageState.ACCEPTED, by=cast.officer, at=NOW)
    annotation = annotation_of(document)
    assert [(item["kind"], item["origin"]) for item in annotation.items] == [
        ("task", "confirmed"),
        ("deadline", "confirmed"),
    ]
    assert annotation.items[1]["date"] == "2018-12-15"
    assert TEXT[annotation.items[1]["start"] : annotation.items[1]["end"]] == "trước ngày 15/12/2018"
    assert annotation.complete == set()


def test_correction_keeps_what_the_person_said(cast: Cast, document: Document) -> None:
    row = task(document, "Sở Y tế")
    passages.edit_passage(passage=row, row_version=1, data={"lead": ["Sở Nội vụ"]}, by=cast.clerk, at=NOW)
    [item] = annotation_of(document).items
    assert (item["origin"], item["lead"]) == ("corrected", ["Sở Nội vụ"])


def test_dropped_and_added_passages_say_so(cast: Cast, document: Document) -> None:
    passages.mark(passages=[task(document, "Sở Y tế")], state=PassageState.DROPPED, by=cast.clerk, at=NOW)
    start = TEXT.index("rà soát")
    passages.add_passage(document=document, kind="task", start=start, end=start + 9, by=cast.clerk, at=NOW)
    annotation = annotation_of(document)
    assert [item["was"] for item in annotation.dropped] == ["task"]
    assert [item["origin"] for item in annotation.items] == ["added"]


def test_kind_is_complete_when_all_of_it_was_decided(cast: Cast, document: Document) -> None:
    rows = Passage.objects.filter(document=document, kind="task")
    passages.mark(passages=list(rows), state=PassageState.ACCEPTED, by=cast.officer, at=NOW)
    assert annotation_of(document).complete == {"task"}


def test_chosen_citation_is_confirmed(cast: Cast, document: Document) -> None:
    citation = document.citations.get()
    choose_cited(citation=citation, cited=None, by=cast.clerk, at=NOW)
    [item] = annotation_of(document).items
    assert (item["kind"], item["number"]) == ("citation", "15-NQ/TU")


def test_day_leaves_out_what_was_decided_before(cast: Cast, document: Document) -> None:
    passages.mark(passages=[task(document, "Sở Y tế")], state=PassageState.DROPPED, by=cast.clerk, at=NOW)
    assert list(annotated_documents(Document.objects.all(), since=NOW)) == [document]
    later = datetime(2018, 7, 1, tzinfo=NOW.tzinfo)
    assert not annotated_documents(Document.objects.all(), since=later)
