"""A consultation of full size: 1,000 organisations and 5,000 comments. How long the desk's pages take, and the synopsis.

A real server (`plenaria serve`) on the demonstration, whose open round is filled up to 5,000 comments, closed and handed to
the Unit. Desk pages are fetched over HTTP, one client at a time, with the server's CPU beside the time that passed (others
may share the machine); then every comment gets an answer and the synopsis is
frozen, read as a page and taken along as DOCX and PDF. Exit 1 when a target is missed (see results.md).

    python -m benchmarks.consultation [--comments 5000] [--repetitions 20] [--database sqlite|postgresql]
"""

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

from flask import Flask

from benchmarks.crowds import Crowd, answer_all, crowded
from benchmarks.measuring import cpu_seconds, machine, table
from consultations.app import create_app
from consultations.config import Settings
from consultations.engine import synopses
from consultations.engine.work import unit_of_work
from tests.databases import migrated, postgres_database, postgres_server
from tests.journeys.servers import HOST, Server, environment, serving
from tests.journeys.visitors import AGENT, session_cookie
from workflows.roles import Role

P95_MS = 100
SYNOPSIS_SECONDS = 10


@dataclass(frozen=True)
class Measured:
    """A page: milliseconds of each fetch, and CPU milliseconds of the server for one (the database's own not, on PostgreSQL)."""

    name: str
    spent: list[float]
    cpu: float


def fetch(server: Server, path: str, cookie: str) -> float:
    """Milliseconds until the whole page is here."""
    connection = HTTPConnection(HOST, server.port, timeout=300)
    started = time.perf_counter()
    headers = {"Cookie": f"session={cookie}", "Accept-Encoding": "gzip", "User-Agent": AGENT}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    spent = 1000 * (time.perf_counter() - started)
    connection.close()
    if response.status != 200:
        sys.exit(f"{path} answered {response.status}\n{server.log.read_text()[-3000:]}")
    return spent


def desk_pages(crowd: Crowd) -> list[tuple[str, str]]:
    """The pages that the Unit works on all day."""
    queue = f"/desk/rounds/{crowd.round_id}"
    return [
        ("desk", "/desk"), ("queue", queue), ("queue, page 40", f"{queue}?page=40"), ("queue, one country", f"{queue}?country=GT"),
        ("queue, one clause", f"{queue}?clause={crowd.node_id}"), ("queue, words", f"{queue}?text=agua"),
        ("answer a comment", f"/desk/comments/{crowd.comment_id}"), ("split it", f"/desk/comments/{crowd.comment_id}/points"),
        ("round", f"/unit/rounds/{crowd.round_id}"), ("who is missing", f"/unit/rounds/{crowd.round_id}/missing"),
        ("participation", f"/unit/rounds/{crowd.round_id}/participation"),
        ("codebook", f"/desk/rounds/{crowd.round_id}/codes"),
    ]  # fmt: skip


def measured(server: Server, cookie: str, pages: list[tuple[str, str]], repetitions: int) -> list[Measured]:
    """Each page's times and CPU; the first of each only warms up."""
    found = []
    for name, path in pages:
        fetch(server, path, cookie)
        before = cpu_seconds(server.process.pid)
        spent = [fetch(server, path, cookie) for _ in range(repetitions)]
        found.append(Measured(name, spent, 1000 * (cpu_seconds(server.process.pid) - before) / repetitions))
    return found


def synopsis(app: Flask, server: Server, crowd: Crowd, cookie: str) -> list[tuple[str, float]]:
    """Seconds of drafting, freezing, reading and taking along."""
    draft, public = f"/desk/rounds/{crowd.round_id}/synopsis", f"/rounds/{crowd.round_id}/synopsis"
    found = [("draft with its figures, page", fetch(server, draft, cookie) / 1000)]
    with app.app_context():
        started = time.perf_counter()
        with unit_of_work():
            synopses.submit(crowd.round_id, "We asked.", "We go on.", by=crowd.actor(Role.UNIT), at=crowd.at)
        found.append(("freeze (all figures)", time.perf_counter() - started))
    for name, path in (("page", public), ("DOCX", f"{public}.docx"), ("PDF", f"{public}.pdf")):
        found.append((f"frozen, {name}", fetch(server, path, cookie) / 1000))
    return found


def run(name: str, url: str, comments: int, repetitions: int) -> bool:
    """Measure on one database and print; says whether the targets are met."""
    with tempfile.TemporaryDirectory(prefix="plenaria-crowd-") as var:
        settings = Settings(var=Path(var), DATABASE_URL=url, secret_key="a benchmark's own secret")
        migrated(url)
        load = [sys.executable, "-c", "from consultations.cli import main; main()", "demo", "load"]
        subprocess.run(load, env=environment(settings, 1), check=True, capture_output=True)
        app = create_app(settings)
        with app.app_context():
            crowd = crowded(comments)
        cookie = session_cookie(app, crowd.actor(Role.UNIT))
        with serving(settings, PLENARIA_RUNNER_SECONDS="3600") as server:
            pages = measured(server, cookie, desk_pages(crowd), repetitions)
            clusters = fetch(server, f"/desk/rounds/{crowd.round_id}/clusters", cookie) / 1000
            with app.app_context():
                answer_all(crowd)
            steps = synopsis(app, server, crowd, cookie)
    return report(name, pages, [("suggestions of clusters, page", clusters), *steps])


def report(name: str, pages: list[Measured], steps: list[tuple[str, float]]) -> bool:
    """Print the tables of one database."""
    p95 = {page.name: quantiles(page.spent, n=20)[-1] for page in pages}
    rows = [
        (
            page.name,
            f"{median(page.spent):.0f}",
            f"{p95[page.name]:.0f}",
            f"{page.cpu:.0f}",
            "OVER" if p95[page.name] > P95_MS else "",
        )
        for page in pages
    ]
    print(f"\n## {name}\n")
    print(table(("page", "median ms", f"p95 ms (at most {P95_MS})", "CPU ms", ""), rows))
    print()
    print(table(("once", "seconds"), [(step, f"{seconds:.2f}") for step, seconds in steps]))
    made = sum(seconds for step, seconds in steps if step in ("freeze (all figures)", "frozen, page"))
    print(f"\nThe synopsis, frozen and shown: {made:.2f} s (target: under {SYNOPSIS_SECONDS})")
    return max(p95.values()) <= P95_MS and made < SYNOPSIS_SECONDS


@contextmanager
def database(name: str):  # type: ignore[no-untyped-def]
    """The URL of an empty database of this kind; None when there is no server."""
    with tempfile.TemporaryDirectory(prefix="plenaria-crowd-db-") as folder:
        if name == "sqlite":
            yield f"sqlite:///{folder}/crowd.sqlite3"
        elif server := postgres_server():
            with postgres_database(server, "plenaria_bench_crowd") as url:
                yield url
        else:
            yield None


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Desk pages and synopsis at full size.")
    parser.add_argument("--comments", type=int, default=5000)
    parser.add_argument("--repetitions", type=int, default=20)
    parser.add_argument("--database", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    print(machine())
    met = []
    for name in (asked.database,) if asked.database else ("sqlite", "postgresql"):
        with database(name) as url:
            if url is None:
                print(f"\n{name}: left out, no server answers")
                continue
            met.append(run(name, url, asked.comments, asked.repetitions))
    sys.exit(0 if all(met) else 1)


if __name__ == "__main__":
    main()
