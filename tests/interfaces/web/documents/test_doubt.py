"""What the reader is not sure of is asked; certainty, rules and places in the file are shown."""

import io
import zipfile

import pytest
from django.test import Client

from kientoan.domains.documents.models import Document, Passage, PassageState, StoredFile
from kientoan.domains.documents.passages import mark
from kientoan.interfaces.web.documents.places import Place, place_of_span
from kientoan.interfaces.web.documents.rule_words import RULES, rule_words
from tests.conftest import NOW, Cast

from .conftest import SignIn
from .test_register import page_text


@pytest.fixture
def doubtful(document: Document, task: Passage) -> Passage:
    """A deadline of which the reader is not sure."""
    passage = document.passages.filter(kind="deadline")[0]
    Passage.objects.filter(document=document).exclude(pk=passage.pk).update(confidence=0.95)
    Passage.objects.filter(pk=passage.pk).update(confidence=0.7, rule="every.periodic")
    passage.refresh_from_db()
    return passage


def test_filter_shows_only_what_is_not_sure(
    cast: Cast, signed_in: SignIn, document: Document, doubtful: Passage
) -> None:
    page = page_text(signed_in(cast.clerk).get(f"/van-ban/{document.pk}/doc/?loc=nghi"))
    assert f'id="i{doubtful.pk}"' in page
    assert page.count("data-passage=") == 1
    assert "Có phải đây là một thời hạn?" in page
    assert "“định kỳ”, không nói kỳ nào" in page


def test_rules_are_shown_when_asked_for_and_stay_shown(
    cast: Cast, signed_in: SignIn, document: Document, doubtful: Passage
) -> None:
    client = signed_in(cast.clerk)
    address = f"/van-ban/{document.pk}/doc/?loc=deadline"
    assert "rule-line" not in page_text(client.get(address))
    assert "<code>every.periodic</code>" in page_text(client.get(address + "&rules=1"))
    assert "rule-line" in page_text(client.get(f"/van-ban/doan/{doubtful.pk}/"))
    assert "rule-line" not in page_text(client.get(address + "&rules=0"))


def test_deadline_is_confirmed_or_dropped_and_undone(
    cast: Cast, signed_in: SignIn, document: Document, doubtful: Passage
) -> None:
    client = signed_in(cast.clerk)
    client.post(f"/van-ban/doan/{doubtful.pk}/nhan/")
    doubtful.refresh_from_db()
    assert doubtful.state == PassageState.ACCEPTED
    client.post(f"/van-ban/{document.pk}/doc/hoan-tac/")
    doubtful.refresh_from_db()
    assert doubtful.state == PassageState.PROPOSED
    assert signed_in(cast.outsider).post(f"/van-ban/doan/{doubtful.pk}/nhan/").status_code == 403


def test_inferred_lead_is_marked(cast: Cast, signed_in: SignIn, document: Document, task: Passage) -> None:
    client = signed_in(cast.clerk)
    address = f"/van-ban/{document.pk}/doc/?loc=task"
    assert "chủ trì suy ra" not in page_text(client.get(address))
    task.data = {**task.data, "inferred_lead": True}
    task.save()
    assert "chủ trì suy ra" in page_text(client.get(address))


def test_every_rule_has_words_and_an_unknown_one_its_name() -> None:
    assert all(str(words) for words in RULES.values())
    assert rule_words("new.rule") == "new.rule"
    assert rule_words("") == ""


def test_place_is_page_and_paragraph(cast: Cast) -> None:
    text = "Một\nHai\n\nBa\nBốn\nNăm"
    start = text.index("Ba")
    paged = Document(text=text, source_map=[[1, 0, start], [2, start, len(text)]])
    plain = Document(text=text, source_map=[])
    assert place_of_span(paged, 0) == Place(1, 1)
    assert place_of_span(paged, text.index("Bốn")) == Place(2, 2)
    assert place_of_span(plain, text.index("Năm")) == Place(None, 5)


def disposition(client: Client, address: str) -> str:
    answer = client.get(address)
    assert b"".join(answer.streaming_content)
    return answer["Content-Disposition"]


def test_pdf_opens_in_the_browser_at_the_page_and_other_files_do_not(
    cast: Cast, signed_in: SignIn, document: Document, task: Passage
) -> None:
    client = signed_in(cast.clerk)
    address = f"/van-ban/{document.pk}/tep/?xem=1"
    assert disposition(client, address).startswith("attachment")
    StoredFile.objects.update(media_type="application/pdf")
    Document.objects.update(source_map=[[1, 0, 10], [2, 10, 10**6]])
    assert disposition(client, address).startswith("inline")
    page = page_text(client.get(f"/van-ban/{document.pk}/doc/?loc=task"))
    assert f'href="/van-ban/{document.pk}/tep/?xem=1#page=2">trang 2</a>' in page


def test_annotations_are_given_to_those_who_keep_the_register(
    cast: Cast, signed_in: SignIn, document: Document, task: Passage
) -> None:
    mark(passages=[task], state=PassageState.DROPPED, by=cast.clerk, at=NOW)
    address = f"/van-ban/{document.pk}/chu-giai/"
    answer = signed_in(cast.clerk).get(address)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as files:
        assert files.read(f"{document.pk}.txt").decode() == document.text
        assert '"was": "task"' in files.read(f"{document.pk}.jsonl").decode()
    assert signed_in(cast.outsider).get(address).status_code == 403
    assert signed_in(cast.nobody).get(address).status_code == 404
