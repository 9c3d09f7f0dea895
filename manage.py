#!/usr/bin/env python
"""Django's own commands, on the installation's database."""

import os
import sys


def main() -> None:
    from kientoan.site import database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kientoan.site.settings")
    database.ensure()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
