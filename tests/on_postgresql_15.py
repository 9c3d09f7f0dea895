"""Run the whole suite on Debian's PostgreSQL 15: a fresh cluster in a temporary folder, removed afterwards.

Needs the package `postgresql-15`. PostgreSQL refuses to run as root, so root runs it as the user `postgres`.
"""

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BIN = Path(os.environ.get("PG15_BIN", "/usr/lib/postgresql/15/bin"))


def main() -> int:
    """Exit code of the tests; 1 with a message when PostgreSQL 15 is not installed."""
    if not (BIN / "initdb").exists():
        print(
            "Chưa có PostgreSQL 15: cài bằng `apt-get install postgresql-15` rồi chạy lại.", file=sys.stderr
        )
        return 1
    as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    owner = "postgres" if as_other else getpass.getuser()
    folder = Path(tempfile.mkdtemp(prefix="kientoan-pg15-"))
    shutil.chown(folder, owner)
    data = folder / "data"

    def postgres(*command: object) -> None:
        subprocess.run([*as_other, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    postgres(
        BIN / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"
    )
    postgres(BIN / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"-h '' -k {folder}", "start")
    try:
        environment = {**os.environ, "DATABASE_URL": f"postgresql://postgres@/postgres?host={folder}"}
        tests = [sys.executable, "-m", "pytest", *sys.argv[1:]]
        return subprocess.run(tests, env=environment, check=False).returncode
    finally:
        postgres(BIN / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
