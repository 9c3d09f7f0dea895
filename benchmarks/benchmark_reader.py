"""How fast the reader reads, citations alone and wholly, and what each corpus file gives.

Run from the root of the project; prints Markdown. `--table` adds one row for every file of ../shared/corpus.
MB are 10^6 bytes of UTF-8; times are processor seconds of one core, the best of the rounds.
"""

import argparse
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kientoan.engines.reader import read, read_citations  # noqa: E402
from kientoan.engines.reader.find_citations import find_citations  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
HOSTILE = (
    "Điều 1 khoản 1 ",
    "(((((((([[[[",
    "1234567890",
    "Luật ",
    "số 1/",
    "a, ",
    "Giao Sở ",
    "trước ngày 1/1 ",
)


def best_seconds(work: Callable[[], object], rounds: int) -> float:
    """Give the least processor time of `rounds` runs."""
    seconds = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def print_speed(texts: list[str], rounds: int) -> None:
    """Print MB/s over the whole corpus and the memory of reading its longest file."""
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    print(f"Corpus: {len(texts)} files, {megabytes:.2f} MB\n")
    print("| what | MB/s |\n|---|---|")
    for name, work in (
        ("citations found", find_citations),
        ("citations found and resolved", read_citations),
        ("full reading", read),
    ):
        seconds = best_seconds(lambda work=work: [work(text) for text in texts], rounds)  # type: ignore[misc]
        print(f"| {name} | {megabytes / seconds:.2f} |")
    longest = max(texts, key=len)
    tracemalloc.start()
    read(longest)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(
        f"\nLongest file ({len(longest.encode()) / 1e6:.2f} MB): peak {peak:.1f} MB while reading; ", end=""
    )
    print(f"process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB at most.")


def print_hostile() -> None:
    """Print seconds for 0.25 and 1 million characters of text made to be slow: four times, not sixteen."""
    print("\n| hostile text repeated | 0.25 M chars, s | 1 M chars, s | ratio |\n|---|---|---|---|")
    for unit in HOSTILE:
        times = []
        for length in (250_000, 1_000_000):
            text = unit * (length // len(unit))
            times.append(best_seconds(lambda text=text: read(text), 1))  # type: ignore[misc]
        print(
            f"| `{unit.strip()}` | {times[0]:.2f} | {times[1]:.2f} | {times[1] / max(times[0], 1e-9):.1f} |"
        )


def print_table(paths: list[Path]) -> None:
    """Print seconds and counts for every file."""
    print("\n| file | chars | s | parts | citations | deadlines | tasks | targets |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for path in paths:
        text = path.read_text(encoding="utf-8")
        begin = time.process_time()
        reading = read(text)
        seconds = time.process_time() - begin
        found = (reading.provisions, reading.citations, reading.deadlines, reading.tasks, reading.targets)
        counts = " | ".join(str(len(items)) for items in found)
        print(f"| {path.stem} | {len(text)} | {seconds:.3f} | {counts} |")


def main() -> int:
    """Exit code 1 when there is no corpus to read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", action="store_true", help="one row for every corpus file")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    paths = sorted(CORPUS.glob("*.txt"))
    if not paths:
        print("No corpus at ../shared/corpus: nothing to measure.", file=sys.stderr)
        return 1
    print_speed([path.read_text(encoding="utf-8") for path in paths], options.rounds)
    print_hostile()
    if options.table:
        print_table(paths)
    return 0


if __name__ == "__main__":
    sys.exit(main())
