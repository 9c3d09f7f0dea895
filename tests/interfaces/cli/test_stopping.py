"""Commands end without a traceback when nobody reads on, and name a day that is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from kientoan.interfaces.cli import lineage, units
from kientoan.site.cli import STOPPED_READING
from tests.interfaces.test_units_commands import call


def test_a_command_whose_output_nobody_reads_on_stops_without_a_word(tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("Giao Sở Y tế rà soát trạm y tế trước ngày 30/6/2018.\n", encoding="utf-8")
    command = [sys.executable, "-m", "kientoan", "read", str(paper), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read().decode()
    assert running.returncode == STOPPED_READING
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


@pytest.mark.parametrize("command", [units, lineage])
def test_a_day_that_is_none_is_refused_with_the_way_to_write_it(
    command: object, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--on", "31/06/2018"] if command is units else ["916", "--on", "31/06/2018"]
    with pytest.raises(SystemExit):
        call(command, *words)  # type: ignore[arg-type]
    told = capsys.readouterr().err
    assert "“31/06/2018” không phải là một ngày viết theo năm-tháng-ngày. Ví dụ: 2018-06-30." in told
