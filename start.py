#!/usr/bin/env python3
"""The newcomer's door. Needs Python 3.11 or newer, nothing else.

    python3 start.py                 make everything, load the example city, open http://127.0.0.1:8000
    python3 start.py --port 8080     the same on another port
    python3 start.py test [ARGS]     make everything and run every test (ARGS go to pytest)
    python3 start.py COMMAND …       run `kientoan COMMAND …` (serve, demo, read, migrate, export …)

What a command prints on standard output is its result alone; set-up and progress go to standard error.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-dev.lock"}


def say(message: str) -> None:
    """Progress, for the person who waits."""
    print(message, file=sys.stderr, flush=True)


def stop(message: str) -> None:
    """End with one line that says what to do."""
    say(message)
    sys.exit(1)


def run(*command: object, **more: object) -> None:
    """Run a set-up step; its output goes to standard error."""
    try:
        subprocess.run([str(part) for part in command], check=True, stdout=sys.stderr, **more)  # type: ignore[call-overload]
    except subprocess.CalledProcessError as error:
        stop(f"Bước này không chạy được (mã {error.returncode}): {' '.join(map(str, command))}")


def make_environment(purpose: str) -> None:
    """A virtual environment with exactly the locked dependencies; nothing to do when it is there."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the newcomer may have an older one
        stop(f"Cần Python 3.11 trở lên; đây là {sys.version.split()[0]}. Cài python3.11 rồi chạy lại.")
    lock = LOCKS[purpose]
    mark = VENV / f".installed-{purpose}"
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    if mark.exists() and mark.read_text() == wanted and PYTHON.exists():
        return
    uv = shutil.which("uv")
    if not PYTHON.exists():
        say("Đang tạo môi trường Python …")
        if uv:
            run(uv, "venv", "--quiet", "--python", sys.executable, VENV)
        else:
            try:
                import ensurepip  # noqa: F401
            except ImportError:
                stop("Thiếu gói venv của Python: cài bằng `apt-get install python3-venv` rồi chạy lại.")
            run(sys.executable, "-m", "venv", VENV)
    say("Đang cài các thư viện đã khóa phiên bản …")
    if uv:
        run(uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", lock)
    else:
        run(
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            lock,
        )
    mark.write_text(wanted)


def fetch_font() -> None:
    """The font Be Vietnam Pro, when npm is there; without it pages use the system's own font."""
    npm = shutil.which("npm")
    if (ROOT / "node_modules" / "@fontsource").is_dir() or not npm:
        return
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        say("Không tải được phông Be Vietnam Pro; giao diện dùng phông của hệ thống.")


def find_browser() -> None:
    """The journeys drive a real Chromium; install Debian's where that is possible."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return
    apt = shutil.which("apt-get")
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        say("Đang cài Chromium cho các kiểm thử trên trình duyệt …")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(apt, "update", "-qq", env=quiet)
        run(apt, "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core", env=quiet)
        return
    stop("Thiếu Chromium cho kiểm thử trên trình duyệt: cài gói `chromium` của hệ thống rồi chạy lại.")


def main(arguments: list[str]) -> int:
    """Prepare what the command needs, then become it."""
    testing = bool(arguments) and arguments[0] == "test"
    make_environment("test" if testing or (VENV / ".installed-test").exists() else "run")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    if testing:
        find_browser()
    serving = not arguments or arguments[0].startswith(("--port", "--host", "--workers"))
    if testing or serving or arguments[0] in ("serve", "demo"):
        fetch_font()
    command = [str(PYTHON), "-m"]
    if testing:
        command += ["pytest", *arguments[1:]]
    elif serving:
        command += ["kientoan", "serve", "--example", *arguments]
    else:
        command += ["kientoan", *arguments]
    cwd = ROOT if testing else None
    if os.name != "nt":
        if cwd:
            os.chdir(cwd)
        os.execve(command[0], command, environment)
    return subprocess.run(command, env=environment, cwd=cwd, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
