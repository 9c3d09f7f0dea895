"""Feed the reader with random texts under atheris (coverage-guided); any exception or bad span ends the run.

    uv pip install -r requirements-benchmarks.lock
    python benchmarks/fuzz_reader.py -runs=20000 -max_len=400

Prints atheris' own count of executions. Arguments are those of libFuzzer.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: uv pip install -r requirements-benchmarks.lock")

with atheris.instrument_imports(include=["kientoan.engines.reader"]):
    from kientoan.engines.reader import RULES, find_changes, read, register_changes


def read_one(data: bytes) -> None:
    """Read a text put together from examples of rules and random letters; check the spans."""
    provider = atheris.FuzzedDataProvider(data)
    parts = []
    while provider.remaining_bytes() and len(parts) < 24:
        if provider.ConsumeBool():
            parts.append(RULES[provider.ConsumeIntInRange(0, len(RULES) - 1)].example)
        else:
            parts.append(provider.ConsumeUnicodeNoSurrogates(12))
    text = "".join(parts)
    reading = read(text)
    for items in (reading.citations, reading.deadlines, reading.targets, reading.tasks, reading.provisions):
        for item in items:
            if not 0 <= item.start < item.end <= len(text):
                raise ValueError(f"{item} in {text!r}")
    register_changes(find_changes(text))


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
