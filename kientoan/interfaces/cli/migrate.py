"""`kientoan migrate`: create or upgrade the database."""

import argparse
import sys

TOO_OLD = """Cơ sở dữ liệu này do một bản phần mềm trước ngày 29/11/2026 tạo ra. Hãy chạy `kientoan migrate`
bằng bản phần mềm của ngày 28/11/2026 trước, rồi chạy lại bằng bản này. Dữ liệu chưa bị thay đổi."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Apply what is missing; says nothing when all is in place."""
    migrate()
    return 0


def migrate() -> bool:
    """Apply missing migrations; True when there were any.

    Raises `SystemExit` with what to do when the database stands among migrations that have been folded since.
    """
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    applied = executor.loader.applied_migrations.keys()
    for folded in executor.loader.disk_migrations.values():
        there = applied & set(folded.replaces)
        if there and len(there) < len(folded.replaces):
            raise SystemExit(TOO_OLD)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    print("Đang tạo hoặc nâng cấp cơ sở dữ liệu …", file=sys.stderr)
    call_command("migrate", interactive=False, verbosity=0)
    return True
