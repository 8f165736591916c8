"""Casting a ballot through the full stack against a bare Flask application with one INSERT, in the same run.

Ours: a signed-in POST with its CSRF token under gunicorn (gthread, 1 worker, 8 threads): session, person, capacities,
role, CSRF, form, locks on vote and roll entry, mandate, the workflow's guards, ballot + event + notice in one durable commit,
redirect. The page with the form is fetched beforehand and not measured (its cost is printed apart).

The floor: benchmarks/floor.py under the same server with the same settings on the same database; `core` is the one the
target is held against, `raw` is the driver without SQLAlchemy.

Blocks of ours and of the floor take turns. CPU is that of the server process (PostgreSQL's own processes are not in it;
on SQLite the database is part of the process). "first" and "last" are the first and last 200 ballots of the same vote.

    python -m benchmarks.casts [--ballots 2000] [--database sqlite|postgresql] [--clients 8]
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from flask import Flask
from sqlalchemy import create_engine, text

from benchmarks.measuring import cpu_seconds, machine, table
from benchmarks.scenes import Ready, voting
from consultations.config import Settings
from tests.databases import migrated, postgres_database, postgres_server
from tests.journeys.servers import Server, gunicorn, serving
from tests.journeys.visitors import Visitor, session_cookie
from tests.journeys.voting import Prepared, cast, prepare_at_once

TARGET = 3.0
FLAT = 1.25
BLOCK = 100
ENDS = 200
FLOORS = ("core", "raw")


@dataclass
class Cost:
    """CPU and wall seconds of blocks of requests."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def cpu_ms(self, blocks: slice = slice(None)) -> float:
        """CPU milliseconds per request."""
        return 1000 * sum(self.cpu[blocks]) / (BLOCK * len(self.cpu[blocks]))

    def per_second(self) -> float:
        """Requests per second."""
        return BLOCK * len(self.wall) / sum(self.wall)


def measured(cost: Cost, server: Server, clients: int, work: list[Callable[[Visitor], None]]) -> None:
    """One block: the pieces of work shared among so many clients, each with a connection of its own."""
    visitors = [Visitor(server.port) for _ in range(clients)]
    failures: list[BaseException] = []

    def some(n: int) -> None:
        try:
            for piece in work[n::clients]:
                piece(visitors[n])
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=some, args=(n,)) for n in range(clients)]
    before, started = cpu_seconds(server.process.pid), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cost.wall.append(time.perf_counter() - started)
    cost.cpu.append(cpu_seconds(server.process.pid) - before)
    for visitor in visitors:
        visitor.close()
    if failures:
        raise failures[0]


def casting(prepared: Prepared) -> Callable[[Visitor], None]:
    """One delegate's POST."""

    def piece(visitor: Visitor) -> None:
        answer = cast(visitor, prepared)
        if answer.status not in (302, 303):
            sys.exit(f"a cast was answered with {answer.status}:\n{answer.text[:1500]}")

    return piece


def opening(vote_id: int, cookie: str, kept: list[Prepared]) -> Callable[[Visitor], None]:
    """Open the page with the ballot."""

    def piece(visitor: Visitor) -> None:
        kept.append(prepare_at_once(visitor, vote_id, cookie, "yes"))

    return piece


def inserting(name: str) -> Callable[[Visitor], None]:
    """The floor's POST."""

    def piece(visitor: Visitor) -> None:
        answer = visitor.post(f"/{name}", {"choice": "yes"})
        if answer.status != 200:
            sys.exit(f"the floor answered {answer.status}: {answer.text[:500]}")

    return piece


def run_blocks(app: Flask, ready: Ready, ours: Server, floor: Server, clients: int) -> dict[str, Cost]:
    """All blocks, ours and the floor's in turn; the first, on another vote, only warms up."""
    costs = {name: Cost() for name in ("cast", "page", *FLOORS)}
    blocks = [(ready.warm_vote_id, ready.warm_delegates)]
    blocks += [(ready.vote_id, ready.delegates[n : n + BLOCK]) for n in range(0, len(ready.delegates), BLOCK)]
    for n, (vote_id, delegates) in enumerate(blocks):
        if n == 1:
            costs = {name: Cost() for name in costs}
        kept: list[Prepared] = []
        cookies = [session_cookie(app, delegate) for delegate in delegates]
        measured(costs["page"], ours, clients, [opening(vote_id, cookie, kept) for cookie in cookies])
        measured(costs["cast"], ours, clients, [casting(prepared) for prepared in kept])
        for name in FLOORS:
            measured(costs[name], floor, clients, [inserting(name)] * BLOCK)
    return costs


@contextmanager
def database(name: str) -> Iterator[str | None]:
    """The URL of an empty, migrated database of this kind; None when there is no server."""
    with tempfile.TemporaryDirectory(prefix="plenaria-casts-") as folder:
        if name == "sqlite":
            migrated(url := f"sqlite:///{folder}/casts.sqlite3")
            yield url
        elif server := postgres_server():
            with postgres_database(server, "plenaria_bench_casts") as url:
                migrated(url)
                yield url
        else:
            yield None


def run(name: str, url: str, ballots: int, clients: int) -> bool:
    """Measure on one database and print; says whether the targets are met."""
    with tempfile.TemporaryDirectory(prefix="plenaria-var-") as var:
        settings = Settings(var=Path(var), DATABASE_URL=url, secret_key="a benchmark's own secret")
        app, ready = voting(settings, ballots, BLOCK)
        _make_floor(url)
        with (
            serving(settings, gunicorn("wsgi:app")) as ours,
            serving(settings, gunicorn("benchmarks.floor:app"), FLOOR_DATABASE_URL=url) as floor,
        ):
            costs = run_blocks(app, ready, ours, floor, clients)
    return report(name, costs)


def report(name: str, costs: dict[str, Cost]) -> bool:
    """Print the tables of one database."""
    ends = ENDS // BLOCK
    words = {
        "cast": "cast (ours)",
        "page": "page with the ballot (ours)",
        "core": "floor, SQLAlchemy Core",
        "raw": "floor, driver",
    }
    rows = [
        (
            words[key], f"{cost.per_second():.0f}", f"{cost.cpu_ms():.2f}",
            f"{cost.cpu_ms(slice(0, ends)):.2f}", f"{cost.cpu_ms(slice(-ends, None)):.2f}",
        )
        for key, cost in costs.items()
    ]  # fmt: skip
    print(f"\n## {name}\n")
    print(table(("request", "per second", "CPU ms each", f"first {ENDS}", f"last {ENDS}"), rows))
    ratios = {key: median(_ratios(costs["cast"], costs[key])) for key in FLOORS}
    ours = costs["cast"].cpu_ms(slice(-ends, None)) / costs["cast"].cpu_ms(slice(0, ends))
    theirs = costs["core"].cpu_ms(slice(-ends, None)) / costs["core"].cpu_ms(slice(0, ends))
    print(
        f"\nCPU per cast: {ratios['core']:.2f} times the floor (target at most {TARGET:.0f}), "
        f"{ratios['raw']:.2f} times the driver alone; last over first {ENDS}: {ours:.2f} (floor {theirs:.2f}; "
        f"flat is at most {FLAT})"
    )
    return ratios["core"] <= TARGET and ours <= FLAT * max(1.0, theirs)


def _ratios(ours: Cost, floor: Cost) -> list[float]:
    return [mine / other for mine, other in zip(ours.cpu, floor.cpu, strict=True) if other]


def _make_floor(url: str) -> None:
    key = "SERIAL" if url.startswith("postgresql") else "INTEGER"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                f"CREATE TABLE floor (id {key} PRIMARY KEY, choice VARCHAR(60) NOT NULL, receipt VARCHAR(36) NOT NULL)"
            )
        )
    engine.dispose()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Casts against a bare INSERT.")
    parser.add_argument("--ballots", type=int, default=2000, help="a multiple of 100, at least 400")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--clients", type=int, default=8)
    given = parser.parse_args()
    print(machine())
    met = True
    for name in given.database or ("sqlite", "postgresql"):
        with database(name) as url:
            if url is None:
                print(f"\n## {name}\n\nleft out: no server answers")
            else:
                met &= run(name, url, given.ballots // BLOCK * BLOCK, given.clients)
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
