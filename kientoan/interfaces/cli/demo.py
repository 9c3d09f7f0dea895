"""`kientoan demo`: load the example city."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def load() -> None:
    """Load the example."""


def accounts_text() -> str:
    """The example's accounts, one a line."""
    return ""


def run(options: argparse.Namespace) -> int:
    """Load the example city."""
    load()
    return 0
