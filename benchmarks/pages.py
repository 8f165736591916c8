"""Bytes on the wire and requests of each page, cold cache, against the budget; and how long the server takes.

A real server (`plenaria serve`) on the demonstration: 1,000 organisations, a round with 300 comments, an open vote. Each page is
fetched over HTTP with gzip and with brotli, and then everything it names (stylesheets, icons, images, scripts, manifest), as
a browser with an empty cache would. Bytes are status line, headers and compressed body of every answer. TLS and the request's
own bytes are not in it. Exit 1 when a page is over its budget (experience.md, "Budgets").

    python -m benchmarks.pages [--repetitions 40]
"""

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urljoin

from flask import Flask
from sqlalchemy import func, select

from benchmarks.measuring import machine, table
from consultations.actor import Actor
from consultations.app import create_app
from consultations.config import Settings
from consultations.extensions import db
from consultations.models.ballots import Ballot
from consultations.models.comments import Comment
from consultations.models.mandates import Mandate
from consultations.models.rounds import Round
from consultations.models.votes import RollEntry, Vote
from tests.databases import migrated
from tests.journeys.servers import HOST, Server, environment, serving
from tests.journeys.visitors import AGENT, Visitor, session_cookie
from tests.journeys.voting import cast, prepare
from workflows.roles import Role

DELEGATE = (14 * 1024, 3)
STAFF = (60 * 1024, 8)
P95_MS = 100
ENCODINGS = ("br", "gzip")
RELATIONS = ("stylesheet", "icon", "manifest", "preload", "apple-touch-icon")


@dataclass(frozen=True)
class Page:
    """What to fetch, as whom, and what it may cost: bytes and requests."""

    name: str
    path: str
    cookie: str
    budget: tuple[int, int]


class _Parts(HTMLParser):
    """Collects the addresses of what a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "link" and set(at.get("rel", "").split()) & set(RELATIONS):
            self.found.append(at.get("href", ""))
        elif tag in ("img", "script", "source", "iframe") and at.get("src"):
            self.found.append(at["src"])


def fetch(server: Server, page: Page, path: str, encoding: str) -> tuple[int, str, float]:
    """Bytes of the answer on the wire, its text where it was asked uncompressed, and milliseconds."""
    connection = HTTPConnection(HOST, server.port, timeout=60)
    headers = {"Cookie": f"session={page.cookie}", "Accept-Encoding": encoding, "User-Agent": AGENT}
    started = time.perf_counter()
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    spent = 1000 * (time.perf_counter() - started)
    if response.status != 200:
        sys.exit(f"{page.name}: {path} answered {response.status} {response.headers.get('Location', '')}")
    head = f"HTTP/1.1 {response.status} {response.reason}\r\n\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in response.getheaders())
    connection.close()
    return len(head.encode()) + len(body), body.decode() if encoding == "identity" else "", spent


def weigh(server: Server, page: Page) -> tuple[dict[str, int], int]:
    """Bytes per encoding of the page with its parts, and the number of requests."""
    parts = _Parts()
    parts.feed(fetch(server, page, page.path, "identity")[1])
    wanted = list(
        dict.fromkeys(urljoin(page.path, part) for part in parts.found if not part.startswith("data:"))
    )
    size = {
        encoding: fetch(server, page, page.path, encoding)[0]
        + sum(fetch(server, page, part, encoding)[0] for part in wanted)
        for encoding in ENCODINGS
    }
    return size, 1 + len(wanted)


def pages(app: Flask, server: Server) -> list[Page]:
    """The pages of a delegate and of staff on the demonstration."""
    with app.app_context():
        round_id = _one(select(Round.id).where(Round.state == "open"))
        vote_id, dossier_id = db.session.execute(
            select(Vote.id, Vote.dossier_id).where(Vote.state == "open")
        ).one()
        final_id = _one(select(Vote.id).where(Vote.state == "final"))
        busiest = (
            select(Comment.node_id).where(Comment.round_id == round_id, Comment.node_id.is_not(None))
            .group_by(Comment.node_id).order_by(func.count().desc()).limit(1)
        )  # fmt: skip
        node_id, comment_id = (
            _one(busiest),
            _one(select(func.min(Comment.id)).where(Comment.round_id == round_id)),
        )
        voted = select(Ballot.roll_entry_id).where(Ballot.vote_id == vote_id)
        free = select(RollEntry.organisation_id).where(
            RollEntry.vote_id == vote_id, RollEntry.id.not_in(voted)
        )
        delegate = _actor(Mandate.role == Role.DELEGATE, Mandate.organisation_id.in_(free))
        staff = {
            role: _actor(Mandate.role == role)
            for role in (Role.UNIT, Role.UNIT_HEAD, Role.SECRETARY, Role.CHAIR)
        }
        mine = session_cookie(app, delegate)
        theirs = {role: session_cookie(app, actor) for role, actor in staff.items()}
    visitor = Visitor(server.port)
    ballot = prepare(visitor, vote_id, mine, "yes")
    checking = ballot.cookies["session"]  # the choice to look at once more lies in the session
    cast(visitor, ballot)
    d, r, v = f"/d/rounds/{round_id}", f"/desk/rounds/{round_id}", f"/a/votes/{vote_id}"
    ours = [
        ("home", "/home"), ("round", d), ("clause with the most comments", f"{d}/clauses/{node_id}"),
        ("own comments", f"{d}/comments"), ("vote", f"/v/{vote_id}"), ("check", f"/v/{vote_id}/check"),
        ("receipt", f"/v/{vote_id}/receipt"), ("result", f"/results/{final_id}"),
    ]  # fmt: skip
    of_staff = [
        ("home (unit)", "/home", Role.UNIT), ("board", "/unit/dossiers", Role.UNIT),
        ("dossier", f"/unit/dossiers/{dossier_id}", Role.UNIT), ("round (unit)", f"/unit/rounds/{round_id}", Role.UNIT),
        ("who is missing", f"/unit/rounds/{round_id}/missing", Role.UNIT), ("desk", "/desk", Role.UNIT),
        ("queue of comments", r, Role.UNIT), ("answer a comment", f"/desk/comments/{comment_id}", Role.UNIT),
        ("register", "/register/", Role.UNIT_HEAD), ("people", "/register/people", Role.UNIT_HEAD),
        ("reviews", "/commission/reviews", Role.CHAIR), ("votes", "/a/votes", Role.SECRETARY), ("vote (secretary)", v, Role.SECRETARY),
        ("roll call", f"/results/{final_id}/roll-call", Role.SECRETARY), ("minutes", f"/results/{final_id}/minutes", Role.SECRETARY),
    ]  # fmt: skip
    return [Page(name, path, checking if name == "check" else mine, DELEGATE) for name, path in ours] + [
        Page(name, path, theirs[role], STAFF) for name, path, role in of_staff
    ]


def _one(query: object) -> int:
    return int(db.session.scalars(query).first())  # type: ignore[call-overload]


def _actor(*conditions: object) -> Actor:
    row = db.session.scalars(select(Mandate).where(*conditions).order_by(Mandate.id)).first()  # type: ignore[arg-type]
    assert row is not None, conditions
    return Actor(Role(row.role), row.person_id, row.id, row.organisation_id, row.network_id)


def run(repetitions: int) -> int:
    """Measure, print, and answer 1 when a page is over its budget."""
    rows, over = [], []
    with tempfile.TemporaryDirectory(prefix="plenaria-pages-") as var:
        settings = Settings(
            var=Path(var),
            DATABASE_URL=f"sqlite:///{var}/pages.sqlite3",
            secret_key="a benchmark's own secret",
        )
        migrated(settings.database)
        load = [sys.executable, "-c", "from consultations.cli import main; main()", "demo", "load"]
        subprocess.run(load, env=environment(settings, 1), check=True, capture_output=True)
        with serving(settings, PLENARIA_RUNNER_SECONDS="3600") as server:
            for page in pages(create_app(settings), server):
                size, requests = weigh(server, page)
                spent = [fetch(server, page, page.path, "br")[2] for _ in range(repetitions)]
                most, least = page.budget
                if max(size.values()) > most or requests > least:
                    over.append(page.name)
                rows.append(
                    (
                        "delegate" if page.budget is DELEGATE else "staff", page.name, f"{size['br']:,}", f"{size['gzip']:,}",
                        f"{most:,}", f"{requests} of {least}", f"{median(spent):.0f}", f"{quantiles(spent, n=20)[-1]:.0f}",
                        "OVER" if page.name in over else "",
                    )
                )  # fmt: skip
    print(machine(), "\n")
    header = (
        "for",
        "page",
        "bytes, br",
        "bytes, gzip",
        "budget",
        "requests",
        "median ms",
        f"p95 ms (goal {P95_MS})",
        "",
    )
    print(table(header, rows))
    print(f"\nOver budget: {', '.join(over) or 'none'}")
    return int(bool(over))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Bytes and requests of the pages.")
    parser.add_argument("--repetitions", type=int, default=40)
    sys.exit(run(parser.parse_args().repetitions))


if __name__ == "__main__":
    main()
