"""`kientoan COMMAND …`: what a command prints on standard output is its result alone."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

STOPPED_READING = 141  # as of a program that SIGPIPE ends

# command → (module, needs the database, one line of help)
COMMANDS: dict[str, tuple[str, bool, str]] = {
    "serve": ("kientoan.site.serve", True, "chạy máy chủ web (run the web server)"),
    "demo": ("kientoan.interfaces.cli.demo", True, "nạp thành phố ví dụ (load the example city)"),
    "read": ("kientoan.interfaces.cli.read", False, "đọc văn bản, in những gì tìm thấy (read documents)"),
    "evaluate": (
        "kientoan.interfaces.cli.evaluate",
        True,
        "đo máy đọc theo những gì đã xác nhận (score the reader against confirmed readings)",
    ),
    "migrate": (
        "kientoan.interfaces.cli.migrate",
        True,
        "tạo hoặc nâng cấp cơ sở dữ liệu (create or upgrade the database)",
    ),
    "createadmin": (
        "kientoan.interfaces.cli.createadmin",
        True,
        "tạo tài khoản quản trị (create an administrator)",
    ),
    "export": (
        "kientoan.interfaces.cli.export",
        True,
        "xuất nhiệm vụ, chỉ tiêu, chú giải (export tasks, targets, annotations)",
    ),
    "import": (
        "kientoan.interfaces.cli.import_file",
        True,
        "nhập lại tổ chức từ tệp Excel đã xuất (read an exported organisation back)",
    ),
    "units": (
        "kientoan.interfaces.cli.units",
        True,
        "liệt kê đơn vị có trong một ngày (list units on a day)",
    ),
    "lineage": (
        "kientoan.interfaces.cli.lineage",
        True,
        "đơn vị từ đâu mà có, rồi thành gì (predecessors and successors of a unit)",
    ),
    "load-units": (
        "kientoan.interfaces.cli.load_units",
        True,
        "nạp đơn vị hành chính cả nước và các thay đổi (load all units of the nation)",
    ),
    "load-boundaries": (
        "kientoan.interfaces.cli.load_boundaries",
        True,
        "nạp ranh giới xã, phường từ tệp GeoJSON (load outlines of communes for the map)",
    ),
    "apply-decision": (
        "kientoan.interfaces.cli.apply_decision",
        True,
        "xem trước, thực hiện quyết định sắp xếp đơn vị (preview or apply a decision)",
    ),
    "audit": ("kientoan.interfaces.cli.audit", True, "kiểm tra nhật ký có bị sửa không (verify the journal)"),
}


def setup_django() -> None:
    """Start or join the database, then Django."""
    from . import database

    database.ensure()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kientoan.site.settings")
    import django

    django.setup()


def create_tables() -> None:
    """Make the tables of a new database, so that any command may be the first one."""
    from django.db import connection

    if "django_migrations" not in connection.introspection.table_names():
        from kientoan.interfaces.cli.migrate import migrate

        migrate()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code.

    Whoever reads what it prints may stop reading (`| head`): then it stops too, without a word.
    """
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at the very end
        return STOPPED_READING
    return code


def _run(arguments: Sequence[str] | None) -> int:
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="kientoan", description="Kiện Toàn: từ nghị quyết đến kết quả.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = next((word for word in arguments if not word.startswith("-")), "")
    for name, (module, _, help_line) in COMMANDS.items():
        sub = commands.add_parser(name, help=help_line)
        if name == chosen:  # only the chosen command is imported: `read` stays light
            importlib.import_module(module).add_arguments(sub)
    options = parser.parse_args(arguments)
    module, needs_database, _ = COMMANDS[options.command]
    if needs_database and not getattr(options, "annotations", None):  # files are scored without a database
        setup_django()
        create_tables()
    code: int = importlib.import_module(module).run(options)
    return code


if __name__ == "__main__":
    sys.exit(main())
