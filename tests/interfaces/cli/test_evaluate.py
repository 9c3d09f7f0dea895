"""`kientoan export annotations` and `kientoan evaluate`: the reader measured by what the office confirmed."""

import argparse
import json
from pathlib import Path

import pytest

from kientoan.domains.documents import passages
from kientoan.domains.documents.models import Document, PassageState
from kientoan.domains.organisation import registering
from kientoan.interfaces.cli import evaluate
from kientoan.site import cli
from tests.conftest import NOW, Cast
from tests.domains.documents.test_annotations import TEXT

from .test_export import ran as export


def ran(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    evaluate.add_arguments(parser)
    return evaluate.run(parser.parse_args(arguments))


@pytest.fixture
def document(cast: Cast) -> Document:
    taken = registering.take_text(viewer=cast.viewer(cast.clerk), unit=cast.city, text=TEXT, at=NOW)
    tasks = list(taken.document.passages.filter(kind="task"))
    passages.mark(passages=tasks, state=PassageState.ACCEPTED, by=cast.officer, at=NOW)
    return taken.document


def test_exported_files_give_the_same_scores_as_the_register(
    document: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export("annotations", "--out", str(tmp_path)) == 0
    assert {path.name for path in tmp_path.iterdir()} == {f"{document.pk}.txt", f"{document.pk}.jsonl"}
    capsys.readouterr()
    assert ran("--json") == 0
    of_register = json.loads(capsys.readouterr().out)
    assert cli.main(["evaluate", "--annotations", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == of_register
    assert of_register["kinds"]["task"]["f1"] == 1.0
    assert of_register["kinds"]["citation"] == {
        "right": 0, "found": 0, "meant": 0, "unseen": 1, "precision": None, "recall": None, "f1": None
    }  # fmt: skip


def test_account_for_a_person_names_rules_and_places(
    document: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    row = document.passages.filter(kind="task")[0]
    row.data = {**row.data, "lead": ["Sở Tài chính"]}
    row.save()
    assert ran("--document", str(document.pk)) == 0
    out = capsys.readouterr().out
    assert "nhiệm vụ thừa hoặc sai" in out
    assert "nhiệm vụ sót" in out
    assert "⟦" in out


def test_with_a_users_rights_only_documents_the_user_sees_are_exported(
    document: Document, tmp_path: Path
) -> None:
    assert export("annotations", "--out", str(tmp_path), "--user", "outsider") == 0
    assert not list(tmp_path.iterdir())


def test_nothing_decided_is_said(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran() == 1
    assert "Chưa có gì được xác nhận" in capsys.readouterr().err


def test_bad_folder_and_missing_folder_are_said(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Giao Sở Nội vụ", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("{", encoding="utf-8")
    assert ran("--annotations", str(tmp_path)) == 1
    assert capsys.readouterr().err == "a.jsonl, dòng 1: Không phải JSON.\n"
    assert export("annotations") == 1
    assert "--out" in capsys.readouterr().err
