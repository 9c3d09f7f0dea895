"""How fast the pages answer with a real amount of work: 221 units, 52,000 tasks (100,000 for the list).

    .venv/bin/python benchmarks/benchmark_pages.py

Makes a database of its own beside the installation's, fills it, starts the real web server with two worker
processes and asks for each page as 1 and as 16 signed-in users at once. Prints Markdown: median and p95 in
milliseconds, the number of SQL statements, and how many times Redmine 5.0.4 on PostgreSQL 15 with 52,000
issues, measured on such a machine, takes as long (list of 25: 101 ms, subtree of 100: 172 ms, root summary:
1,064 ms; import 23 rows/s flat, 4.6 with parents).
"""

import argparse
import http.client
import os
import platform
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import city  # noqa: E402

REDMINE_MS = {"list": 101.0, "subtree": 172.0, "summary": 1064.0}
REDMINE_ROWS = (23.0, 4.6)


@dataclass(frozen=True)
class Page:
    """A page to measure, and the page of Redmine it stands against ('' for none)."""

    name: str
    path: str
    peer: str = ""


class Server:
    """The real web server on the benchmark database."""

    def __init__(self, workers: int) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "kientoan", "serve", "--port", str(self.port)]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            [*command, "--workers", str(workers)], cwd=ROOT, stdout=quiet, stderr=quiet
        )
        for _ in range(300):
            try:
                http.client.HTTPConnection("127.0.0.1", self.port, timeout=2).request("GET", "/login/")
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("máy chủ không trả lời")

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        self.process.terminate()
        self.process.wait(timeout=30)


def session_cookie(user: Any) -> str:
    """A signed-in session."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def measure(port: int, cookie: str, path: str, users: int, requests: int) -> tuple[float, float]:
    """Median and p95 in milliseconds of `requests` requests by `users` connections at once."""

    def one_user(count: int) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        times = []
        for _ in range(count):
            started = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - started) * 1000)
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
        connection.close()
        return times

    one_user(3)
    with ThreadPoolExecutor(users) as pool:
        times = [value for part in pool.map(one_user, [max(1, requests // users)] * users) for value in part]
    times.sort()
    return statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.95))]


def statements(user: Any, path: str) -> int:
    """The number of SQL statements of one request."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def report(pages: list[Page], user: Any, port: int, requests: int) -> None:
    """Measure every page and print one row for each."""
    cookie = session_cookie(user)
    print("| page | SQL | 1 user: median | p95 | 16 users: median | p95 | Redmine ÷ ours |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for page in pages:
        alone = measure(port, cookie, page.path, 1, requests)
        crowd = measure(port, cookie, page.path, 16, requests * 4)
        ratio = f"{REDMINE_MS[page.peer] / alone[0]:.1f}" if page.peer else ""
        print(
            f"| {page.name} | {statements(user, page.path)} | {alone[0]:.0f} ms | {alone[1]:.0f} ms "
            f"| {crowd[0]:.0f} ms | {crowd[1]:.0f} ms | {ratio} |",
            flush=True,
        )


def analyse() -> None:
    """Statistics after a bulk load, as the importer does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> int:
    """Fill, serve, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--tasks", type=int, default=52_000)
    options = parser.parse_args()
    city.prepare()
    from django.urls import reverse

    units, officer = city.organisation()
    fields = city.fields()
    document = city.long_document(units[0], officer)
    flat, parents = city.imports(units, officer, 5_000)
    city.tasks(units, options.tasks - 10_000, fields, document, 1)
    submission = city.targets(units, fields)
    analyse()
    print(
        f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n"
    )
    print(f"{city.UNITS} units, {options.tasks:,} tasks. Import of tasks: {flat:,.0f} rows/s flat,")
    print(f"{parents:,.0f} with parents; Redmine {REDMINE_ROWS[0]} and {REDMINE_ROWS[1]} rows/s.\n")
    tasks, district = reverse("task_list"), f"?unit={units[21].pk}"
    server = Server(workers=2)
    try:
        pages = [
            Page("board of the city", reverse("board"), "summary"),
            Page("task list, page of 50", tasks, "list"),
            Page("task list of a district and its wards", tasks + district, "subtree"),
            Page("targets of the city", reverse("target_list")),
            Page("reporting grid", reverse("submission_edit", args=[submission.pk])),
            Page("reading page, 100 pages", reverse("document_read", args=[document.pk])),
        ]
        report(pages, officer, server.port, options.requests)
        if options.tasks < 100_000:
            city.tasks(units, 100_000 - options.tasks, fields, document, 2)
            analyse()
            print("\nWith 100,000 tasks:\n")
            pages = [Page("task list, page of 50", tasks, "list"), pages[0]]
            report(pages, officer, server.port, options.requests)
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
