"""`kientoan migrate`: create or upgrade the database."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Apply what is missing; says nothing when all is in place."""
    migrate()
    return 0


def migrate() -> bool:
    """Apply missing migrations; True when there were any."""
    import sys

    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    print("Đang tạo hoặc nâng cấp cơ sở dữ liệu …", file=sys.stderr)
    call_command("migrate", interactive=False, verbosity=0)
    return True
