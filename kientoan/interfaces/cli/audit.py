"""`kientoan audit`: check the seals of the whole journal."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Exit code 0 when the journal is intact, 1 when an entry was touched."""
    from kientoan.domains.audit.models import Entry
    from kientoan.domains.audit.operations import first_broken

    broken = first_broken()
    if broken is not None:
        print(f"Nhật ký bị sửa từ mục {broken.pk} ({broken.at:%d/%m/%Y %H:%M}, {broken.verb}).")
        return 1
    print(f"Nhật ký nguyên vẹn: {Entry.objects.count()} mục.")
    return 0
