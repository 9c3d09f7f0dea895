"""A registered directive with what was read in it."""

from collections.abc import Callable

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.documents.models import Document, Passage
from kientoan.domains.organisation import registering
from tests.conftest import NOW, Cast
from tests.domains.documents.texts import DIRECTIVE

SignIn = Callable[[User], Client]
TASK = (
    "Chủ trì, phối hợp với Ủy ban nhân dân quận Ninh Kiều rà soát các cơ sở khám bệnh, báo cáo trước ngày "
    "15/6/2018"
)


@pytest.fixture
def draft(cast: Cast) -> Document:
    taken = registering.take_file(
        viewer=cast.viewer(cast.clerk), unit=cast.city, data=DIRECTIVE.encode(), name="ct02.txt", at=NOW
    )
    return taken.document


@pytest.fixture
def document(cast: Cast, draft: Document) -> Document:
    return registering.enter(viewer=cast.viewer(cast.clerk), document=draft, at=NOW)


@pytest.fixture
def task(document: Document) -> Passage:
    """The first task, made sure of by hand so that the tests do not depend on the reader."""
    document.passages.filter(kind="task").delete()
    start = document.text.index(TASK)
    data = {
        "lead": ["Sở Y tế"],
        "cooperate": ["Ủy ban nhân dân quận Ninh Kiều"],
        "what": "rà soát các cơ sở khám bệnh",
        "output": None,
        "checker": None,
        "deadline": {"operator": "<", "date": "2018-06-15", "text": "trước ngày 15/6/2018"},
    }
    return Passage.objects.create(
        document=document, kind="task", start=start, end=start + len(TASK), quote=TASK,
        reading=data, data=data, rule="test", confidence=0.9,
    )  # fmt: skip
