"""`kientoan export organisation` and `kientoan import organisation`: out, in, and what is wrong."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from kientoan.domains.organisation.models import SheetImport, UnitVersion
from kientoan.interfaces.cli import export, import_file
from tests.conftest import Cast
from tests.interfaces.test_units_commands import call

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(cast: Cast, tmp_path: Path) -> Path:
    """The organisation of the cast as a workbook."""
    path = tmp_path / "to-chuc.xlsx"
    words = ("organisation", "--xlsx", "--out", str(path), "--on", "2018-06-30")
    assert call(export, *words) == 0
    return path


def correct(path: Path, before: str, after: str) -> None:
    book = load_workbook(path)
    for row in book["Đơn vị"].iter_rows():
        for cell in row:
            cell.value = after if cell.value == before else cell.value
    book.save(path)


def test_what_was_exported_comes_in_without_a_change(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(import_file, "organisation", str(book), "--apply") == 0
    shown = capsys.readouterr()
    assert shown.out.count("\n") == 1
    assert "thêm 0, sửa 0" in shown.err
    assert not SheetImport.objects.exists()


def test_a_correction_is_shown_then_written(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    correct(book, "Phường Cái Khế", "Phường Khác")
    assert call(import_file, "organisation", str(book), "--dry-run") == 0
    assert "Phường Cái Khế → Phường Khác" in capsys.readouterr().out
    assert not UnitVersion.objects.filter(name="Phường Khác").exists()
    assert call(import_file, "organisation", str(book), "--apply") == 0
    assert UnitVersion.objects.filter(name="Phường Khác").exists()
    assert SheetImport.objects.get().by is None


def test_every_fault_is_told_and_nothing_written(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    correct(book, "Phường", "Thôn")
    correct(book, "919", "918")
    assert call(import_file, "organisation", str(book), "--apply") == 1
    told = capsys.readouterr().err
    assert "Thôn" in told
    assert "919" in told
    assert not SheetImport.objects.exists()


def test_who_has_no_right_and_what_is_no_file_is_told(
    book: Path, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(import_file, "organisation", str(book), "--dry-run", "--user", "officer") == 1
    assert "không có quyền" in capsys.readouterr().err
    assert call(import_file, "organisation", "/khong/co.xlsx", "--dry-run") == 1
    assert call(import_file, "organisation", str(book), "--dry-run", "--user", "ai-do") == 1
    book.write_bytes(b"%PDF")
    assert call(import_file, "organisation", str(book), "--dry-run") == 1


def test_the_organisation_goes_out_as_excel_alone(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(export, "organisation", "--csv") == 1
    assert "--xlsx" in capsys.readouterr().err
