"""How fast the reader reads, citations alone and wholly, and what each corpus file gives.

Run from the root of the project; prints Markdown. `--table` adds one row for every file of ../shared/corpus;
`--hostile` prints what text made to be slow costs instead.
MB are 10^6 bytes of UTF-8; times are processor seconds of one core, the best of the rounds.
eyecite and underthesea run beside it where installed (`uv pip install -r requirements-benchmarks.lock`).
"""

import argparse
import re
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kientoan.engines.reader import read, read_citations  # noqa: E402
from kientoan.engines.reader.citation_rules import NUMBER, TYPES  # noqa: E402
from kientoan.engines.reader.find_citations import find_citations  # noqa: E402
from tests.engines.reader.hostile_pieces import PIECES  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
INSTALL = "uv pip install -r requirements-benchmarks.lock"
COMBINED = re.compile(
    rf"(?=[0-9A-ZĐ])(?<!\w)(?:{NUMBER}|{'|'.join(TYPES)}|Điều\s+\d+|"
    rf"ngày\s+\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}})"
)
ENGLISH = (
    """The board relied on the rule that a permit once granted may be withdrawn only for cause. See
Harlow v. Port Authority, 412 U.S. 218, 224 (1973); In re Mill Creek Water District, 88 F.3d
1021 (9th Cir. 1996). The applicant answers that 42 U.S.C. § 1983 leaves no room for such
discretion, and that Mass. Gen. Laws ch. 30A, § 14 requires a hearing first. Id. at 226. We do
not read the statute so. In Harlow, supra, at 230, the court held the notice sufficient; and in
State v. Brandt, 231 Cal. App. 3d 455, 461 (1991), the same words were given the same meaning.
The regulations, 40 C.F.R. § 122.4(a), say nothing to the contrary. Compare Town of Weston v.
Hale, 17 N.E.2d 903 (Mass. 1938), with Allen v. Dorr, 5 F. Supp. 2d 310, 315-16 (D. Mass. 1998).
The order of 12 May is affirmed.

"""
    * 12
)


def best_seconds(work: Callable[[], object], rounds: int) -> float:
    """Give the least processor time of `rounds` runs."""
    seconds = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def print_speed(texts: list[str], rounds: int, megabytes_wanted: float) -> None:
    """Print MB/s over the corpus repeated to a size, beside other programs, and the memory at most."""
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    times = max(1, round(megabytes_wanted / megabytes))
    print(f"Corpus: {len(texts)} files, {megabytes:.2f} MB, read {times} times: {megabytes * times:.1f} MB\n")
    print("| what | MB/s | × eyecite | × underthesea |\n|---|--:|--:|--:|")
    peers = {"eyecite": measure_eyecite(), "underthesea": measure_underthesea(texts)}
    own = (
        ("bare scan of one combined pattern", scan),
        ("citations found", find_citations),
        ("citations found and resolved", read_citations),
        ("full reading", read),
    )
    rows = [(name, measure(work, texts, times, rounds)) for name, work in own]
    named = {
        "eyecite": "eyecite get_citations, English",
        "underthesea": "underthesea word_tokenize, same texts",
    }
    rows += [(named[name], speed) for name, speed in peers.items() if speed]
    for name, speed in rows:
        ratios = [f"{speed / peer:.0f}" if peer else "–" for peer in peers.values()]
        print(f"| {name} | {speed:.3g} | {' | '.join(ratios)} |")
    print(f"\nProcess {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB at most, ", end="")
    longest = max(texts, key=len)
    tracemalloc.start()
    read(longest)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    size = len(longest.encode()) / 1e6
    print(f"with the programs beside; {peak:.1f} MB to read the longest file ({size:.2f} MB).")


def measure(work: Callable[[str], object], texts: list[str], times: int, rounds: int) -> float:
    """Give MB/s of ``work`` over the texts read ``times`` times."""
    megabytes = sum(len(text.encode()) for text in texts) / 1e6 * times
    return megabytes / best_seconds(lambda: [work(text) for _ in range(times) for text in texts], rounds)


def scan(text: str) -> int:
    """Count the finds of one pattern that joins what citations begin with: the limit of `re`."""
    return sum(1 for _ in COMBINED.finditer(text))


def measure_eyecite() -> float | None:
    """Give MB/s of eyecite on English legal text; `None`, saying so, where it is not installed."""
    try:
        from eyecite import get_citations
    except ImportError:
        print("eyecite is not installed: " + INSTALL, file=sys.stderr)
        return None
    get_citations(ENGLISH)
    texts = [ENGLISH] * 20
    return measure(get_citations, texts, 1, 2)


def measure_underthesea(texts: list[str]) -> float | None:
    """Give MB/s of underthesea's word segmentation on some of the same texts; `None` where not installed."""
    try:
        from underthesea import word_tokenize
    except ImportError:
        print("underthesea is not installed: " + INSTALL, file=sys.stderr)
        return None
    word_tokenize("Ủy ban nhân dân thành phố")
    some, size = [], 0
    for text in texts:
        if len(text) < 40_000 and size < 400_000:
            some.append(text)
            size += len(text)
    return measure(word_tokenize, some, 1, 1)


def print_hostile() -> None:
    """Print seconds for 62,500 and 250,000 characters of text made to be slow: four times, not sixteen."""
    print("\n| hostile text repeated | 62,500 chars, s | 250,000 chars, s | ratio |\n|---|--:|--:|--:|")
    for piece in PIECES:
        times = []
        for length in (62_500, 250_000):
            text = piece * (length // len(piece))
            times.append(best_seconds(lambda text=text: read(text), 2))  # type: ignore[misc]
        shown = repr(piece)[1:-1].replace("|", "\\|")
        print(
            f"| `{shown}` | {times[0]:.2f} | {times[1]:.2f} | {times[1] / max(times[0], 1e-9):.1f} |",
            flush=True,
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
    parser.add_argument(
        "--hostile", action="store_true", help="only the text made to be slow, piece by piece"
    )
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--megabytes", type=float, default=50, help="repeat the corpus to this size")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    if options.hostile:
        print_hostile()
        return 0
    paths = sorted(options.corpus.glob("*.txt"))
    if not paths:
        print("No corpus at ../shared/corpus: nothing to measure.", file=sys.stderr)
        return 1
    texts = [path.read_text(encoding="utf-8") for path in paths]
    print_speed(texts, options.rounds, options.megabytes)
    if options.table:
        print_table(paths)
    return 0


if __name__ == "__main__":
    sys.exit(main())
