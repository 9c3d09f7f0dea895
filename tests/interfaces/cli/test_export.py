"""`kientoan export`: the lists for other programs."""

import argparse
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kientoan.interfaces.cli import export
from tests.conftest import Cast
from tests.domains.plans.making import draft, given


def ran(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    export.add_arguments(parser)
    return export.run(parser.parse_args(arguments))


def test_all_tasks_go_to_standard_output_as_csv(
    cast: Cast, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given(cast, title="Việc của quận")
    draft(cast, title="Việc chưa giao")
    assert ran("tasks") == 0
    text = capfdbinary.readouterr().out.decode("utf-8-sig")
    assert text.startswith("Mã số;Nội dung nhiệm vụ;")
    assert "Việc của quận" in text
    assert "Việc chưa giao" in text


def test_with_a_users_rights_only_what_the_user_sees(
    cast: Cast, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given(cast, title="Việc của quận")
    draft(cast, title="Việc chưa giao")
    assert ran("tasks", "--user", "reporter") == 0
    text = capfdbinary.readouterr().out.decode()
    assert "Việc của quận" in text
    assert "Việc chưa giao" not in text
    assert ran("tasks", "--user", "outsider") == 0
    assert "Việc" not in capfdbinary.readouterr().out.decode()


def test_a_unit_is_named_by_its_code(cast: Cast, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    given(cast, title="Việc của quận")
    given(cast, cast.other_district, title="Việc nơi khác")
    assert ran("tasks", "--unit", "916") == 0
    text = capfdbinary.readouterr().out.decode()
    assert "Việc của quận" in text
    assert "Việc nơi khác" not in text


def test_a_workbook_is_written_to_a_file(cast: Cast, tmp_path: Path) -> None:
    given(cast)
    path = tmp_path / "viec.xlsx"
    assert ran("tasks", "--xlsx", "--out", str(path)) == 0
    assert load_workbook(io.BytesIO(path.read_bytes())).active.max_row == 2
    assert list(tmp_path.iterdir()) == [path]


def test_targets_go_out_too(cast: Cast, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert ran("targets", "--csv") == 0
    assert capfdbinary.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--day", "mai"], "không phải là ngày"),
        (["--user", "khongai"], "Không có tài khoản"),
        (["--unit", "000"], "mang mã «000»"),
        (["--out", "/khong/co/viec.csv"], "Không ghi được"),
    ],
)
def test_what_is_wrong_is_said_on_standard_error(
    cast: Cast, arguments: list[str], words: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert ran("tasks", *arguments) == 1
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert words in err.decode()
