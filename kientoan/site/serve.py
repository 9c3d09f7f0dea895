"""`kientoan serve`: bring the database up to date, then serve the web pages until Ctrl-C."""

import argparse
import subprocess
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (mặc định 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình web (mặc định 2)")
    parser.add_argument(
        "--example", action="store_true", help="nạp thành phố ví dụ khi cơ sở dữ liệu còn trống"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until stopped; exit code 1 when the port is taken."""
    from kientoan.interfaces.cli.migrate import migrate

    from .catalogue import compile_catalogue

    if _port_is_taken(options.host, options.port):
        print(
            f"Cổng {options.port} đang có chương trình khác dùng. Chọn cổng khác: --port {options.port + 1}.",
            file=sys.stderr,
        )
        return 1
    migrate()
    compile_catalogue()
    _collect_static()
    _greet(options)
    worker = subprocess.Popen(
        [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "1"],
        env=_worker_environment(),
        stdout=subprocess.DEVNULL,
    )
    try:
        _serve(options)
    finally:
        worker.terminate()
        worker.wait(timeout=20)
    return 0


def _greet(options: argparse.Namespace) -> None:
    """Load the example when asked for, and say where to go."""
    from kientoan.domains.organisation.models import Installation
    from kientoan.interfaces.cli import demo

    if options.example and not Installation.objects.exists():
        print("Đang nạp thành phố ví dụ …", file=sys.stderr)
        demo.load()
    print(f"Kiện Toàn: http://{options.host}:{options.port}")
    installation = Installation.objects.first()
    if installation is None:
        print("Chưa có dữ liệu: mở địa chỉ trên để thiết lập và tạo tài khoản quản trị đầu tiên.")
    elif installation.example_day:
        print(demo.accounts_text())
    sys.stdout.flush()


def _let_go_of_the_database() -> None:
    """Close every connection before the web processes are forked off.

    A forked process inherits the sockets of its parent: two processes would then talk over one connection and
    end up in each other's transactions. Each opens a pool of its own instead.
    """
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()


def _serve(options: argparse.Namespace) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    _let_go_of_the_database()
    Granian(
        "kientoan.site.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=4,
        workers_kill_timeout=10,  # seconds for requests under way when the server is stopped
        log_enabled=False,
    ).serve()


def _worker_environment() -> dict[str, str]:
    import os

    return {**os.environ, "DJANGO_SETTINGS_MODULE": "kientoan.site.settings"}


def _port_is_taken(host: str, port: int) -> bool:
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _collect_static() -> None:
    """Gather the static files when one of them is newer than the last gathering."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    mark = Path(settings.STATIC_ROOT) / ".gathered"
    newest = 0.0
    for finder in get_finders():
        for name, storage in finder.list([]):
            newest = max(newest, storage.get_modified_time(name).timestamp())
    if mark.exists() and mark.stat().st_mtime >= newest:
        return
    print("Đang gom các tệp giao diện …", file=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    mark.touch()
