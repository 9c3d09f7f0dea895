"""One command starts everything; Ctrl-C stops everything; a killed process loses nothing."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

START_SECONDS = 400  # a first start makes the whole database; a busy machine takes its time
pytestmark = pytest.mark.skipif(os.name == "nt", reason="tín hiệu POSIX")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of an installation of its own."""
    folder = tmp_path_factory.mktemp("installation")
    yield folder
    for process in _postgres_of(folder):
        process.kill()


def _environment(home: Path) -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_URL")}
    own.pop("DJANGO_SETTINGS_MODULE", None)
    return {**own, "KIENTOAN_HOME": str(home), "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


def _postgres_of(home: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["name", "cmdline"]):
        line = " ".join(process.info["cmdline"] or [])
        if process.info["name"] == "postgres" and str(home / "postgres") in line:
            found.append(process)
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(home: Path, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kientoan", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(
        command, env=_environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "serve ended by itself"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return process
        except OSError:
            time.sleep(0.2)
        else:
            return process
    for each in [*psutil.Process(process.pid).children(recursive=True), process]:
        each.kill()
    process.wait(timeout=30)
    raise AssertionError("serve did not answer")


def _in_database(home: Path, code: str) -> str:
    """Run Python in the installation's own environment."""
    program = f"from kientoan.site.cli import setup_django; setup_django()\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", program], env=_environment(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_ctrl_c_stops_server_and_database(home: Path) -> None:
    process = _start(home, _free_port())
    assert _postgres_of(home)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    assert not _postgres_of(home)


def test_a_killed_process_leaves_a_database_that_starts_again_with_nothing_lost(home: Path) -> None:
    process = _start(home, _free_port())
    users = "from kientoan.domains.accounts.models import User; "
    create = users + "User.objects.create_user('an', 'x', full_name='An')"
    _in_database(home, create)
    for victim in [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]:
        victim.kill()
    process.wait(timeout=30)
    for server in _postgres_of(home):  # and the database with it, as in a power cut
        if server.is_running():
            server.kill()
    count = (
        "from kientoan.domains.accounts.models import User; print(User.objects.filter(username='an').count())"
    )
    assert _in_database(home, count) == "1"
    assert not _postgres_of(home), "the last process to leave stops the database"


def test_a_taken_port_is_said(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "kientoan", "serve", "--port", str(port)]
        done = subprocess.run(command, env=_environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"--port {port + 1}" in done.stderr


def test_web_processes_inherit_no_connection_to_the_database(home: Path) -> None:
    process = _start(home, _free_port())
    try:
        held = psutil.Process(process.pid).net_connections("unix")
        assert held == [], "a connection open before the fork is shared by all web processes"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def test_any_command_may_be_the_first_on_a_new_database(home: Path) -> None:
    command = [sys.executable, "-m", "kientoan", "units", "--on", "2018-06-30", "--counts"]
    done = subprocess.run(command, env=_environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"province": 0, "district": 0, "commune": 0, "other": 0}
