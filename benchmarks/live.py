"""An assembly votes while the room looks on: so many delegates cast within half a minute, so many pages keep themselves up to date.

Two items of one assembly, one after the other: the first is voted on alone, the second while pages are open that ask for what
has changed every two seconds, as their script does (If-None-Match, a connection kept open, not all at one instant): nine
in ten are projectors, the rest the console of a president. Everybody is in the room; every delegate opens the ballot and sends it, at
an instant of their own. What is measured is the answer to that sending: session, mandate, presence, locks, ballot + event +
notice in one durable commit. Server: gunicorn, two workers of eight threads. Everything runs on this machine, clients too.

    python -m benchmarks.live [--delegates 500] [--pages 500] [--seconds 30] [--database sqlite|postgresql]
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask

from benchmarks.casts import database
from benchmarks.measuring import cpu_seconds, machine, table
from consultations import clock
from consultations.app import create_app
from consultations.config import Settings
from consultations.engine import votes
from consultations.extensions import db
from consultations.views.live import EVERY
from tests.browsing import forms
from tests.factories import assemblies as make
from tests.factories.votes import Hall
from tests.journeys.servers import HOST, gunicorn, serving
from tests.journeys.visitors import AGENT, session_cookie

TARGET_MS = 300
CONSOLES = 10  # one page in so many is a console
WARM = 20
WORKERS = "2"  # one for each core, as docs/operating.md has it for servers


@dataclass
class Times:
    """Milliseconds per request, by what was asked, and how often each status came."""

    of: dict[str, list[float]] = field(default_factory=dict)
    statuses: dict[str, dict[int, int]] = field(default_factory=dict)

    def note(self, what: str, status: int, spent: float) -> None:
        """One answer."""
        self.of.setdefault(what, []).append(1000 * spent)
        seen = self.statuses.setdefault(what, {})
        seen[status] = seen.get(status, 0) + 1


class Line:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._port, self._cookie = port, cookie
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, path: str, etag: str = "", fields: dict[str, str] | None = None
    ) -> tuple[int, str, bytes]:
        """Status, entity tag and body; asked again once where the server had hung up meanwhile."""
        for last in (False, True):
            try:
                return await self._ask(path, etag, fields)
            except (OSError, EOFError, ValueError):
                self.close()
                if last:
                    raise
        raise AssertionError

    def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _ask(self, path: str, etag: str, fields: dict[str, str] | None) -> tuple[int, str, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self._port)
        reader, writer = self._streams
        body = urlencode(fields).encode() if fields is not None else b""
        head = [f"{'GET' if fields is None else 'POST'} {path} HTTP/1.1", f"Host: {HOST}", f"User-Agent: {AGENT}", "Accept-Encoding: gzip" if etag or "/now" in path else "Accept-Encoding: identity"]  # fmt: skip
        head += [f"Cookie: session={self._cookie}"] if self._cookie else []
        head += [f"If-None-Match: {etag}"] if etag else []
        if fields is not None:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        writer.write("\r\n".join((*head, "", "")).encode() + body)
        status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        said = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        length = int(said.get("content-length", 0))
        content = await reader.readexactly(length) if length else b""
        if (kept := said.get("set-cookie", "")).startswith("session="):
            self._cookie = kept.partition(";")[0].removeprefix("session=")
        if said.get("connection", "").lower() == "close":
            self.close()
        return int(status.split()[1]), said.get("etag", ""), content


@dataclass(frozen=True)
class Scene:
    """An assembly in session with everybody there, two votes to come, and the cookies of who acts."""

    assembly_id: int
    hall: Hall
    delegates: list[str]
    president: str


def scene(app: Flask, delegates: int) -> Scene:
    """Convened long ago on a roll of so many, installed now."""
    with app.app_context():
        hall, now = make.hall(delegates), clock.now()
        assembly = make.prepared(hall, at=make.CALLED, starts_at=now - timedelta(hours=1))
        for title in ("Presupuesto", "Cuota"):
            make.item(assembly, hall, title)
        called = now - timedelta(days=40)
        make.assemblies.convene(assembly.id, by=hall.president, at=called)
        make.arrive(assembly, hall, *range(delegates), at=now - timedelta(hours=1))
        make.assemblies.call_next(assembly.id, by=hall.president, at=now)
        make.assemblies.install(assembly.id, by=hall.president, at=now)
        assembly_id = assembly.id
        db.session.commit()
        cookies = [session_cookie(app, delegate) for delegate in hall.delegates]
        return Scene(assembly_id, hall, cookies, session_cookie(app, hall.president))


def open_vote(app: Flask, there: Scene, n: int) -> int:
    """Put the n-th item to the vote; the one before is closed first."""
    with app.app_context():
        items = make.items(db.session.get_one(make.Assembly, there.assembly_id))
        for item in items[:n]:
            assert item.vote_id is not None
            votes.close_vote(item.vote_id, by=there.hall.president, at=clock.now())
        vote = make.opened(items[n].assembly, there.hall, n, minutes=60, at=clock.now())
        vote_id = vote.id
        db.session.commit()
        return vote_id


async def delegate(port: int, cookie: str, vote_id: int, waits: float, times: Times) -> None:
    """Open the ballot and send it, at an instant of one's own."""
    await asyncio.sleep(waits)
    line = Line(port, cookie)
    begun = time.perf_counter()
    status, _, page = await line.ask(f"/v/{vote_id}")
    times.note("ballot opened", status, time.perf_counter() - begun)
    found = next((f for f in forms(page.decode()) if f.action.endswith("/check")), None)
    if found is None:
        sys.exit(f"the page of the vote answered {status} without a ballot:\n{page.decode()[:1500]}")
    fields = {**found.fields, "choice": "yes", "request_id": str(uuid4())}
    begun = time.perf_counter()
    status, _, body = await line.ask(f"/v/{vote_id}/cast", fields=fields)
    times.note("ballot cast", status, time.perf_counter() - begun)
    if status not in (302, 303):
        sys.exit(f"a cast was answered with {status}:\n{body.decode()[:1500]}")
    line.close()


async def looking(port: int, path: str, cookie: str, times: Times) -> None:
    """One open page, until it is cancelled."""
    line, etag, what = Line(port, cookie), "", "console asked" if cookie else "projector asked"
    await asyncio.sleep(random.random() * EVERY)
    try:
        while True:
            begun = time.perf_counter()
            status, tag, _ = await line.ask(path, etag)
            spent = time.perf_counter() - begun
            times.note(what, status, spent)
            etag = tag or etag
            await asyncio.sleep(max(0.0, EVERY * (0.85 + 0.3 * random.random())))
    finally:
        line.close()


async def voting(port: int, there: Scene, vote_id: int, pages: int, seconds: float) -> Times:
    """Everybody casts within so many seconds, while so many pages are open."""
    times, warm = Times(), Times()
    base = f"/assemblies/{there.assembly_id}/screen/now?in=es"
    console = f"/a/assemblies/{there.assembly_id}/console/now"
    open_pages = [
        asyncio.create_task(looking(port, console, there.president, times) if n % CONSOLES == 0 else looking(port, base, "", times))
        for n in range(pages)
    ]  # fmt: skip
    await asyncio.sleep(2 * EVERY if pages else 0)
    waits = [random.uniform(0, seconds) for _ in there.delegates]
    for cookie in there.delegates[:WARM]:
        await delegate(port, cookie, vote_id, 0, warm)
    await asyncio.gather(
        *(
            delegate(port, cookie, vote_id, wait, times)
            for cookie, wait in zip(there.delegates[WARM:], waits[WARM:], strict=True)
        )
    )
    for task in open_pages:
        task.cancel()
    for task in open_pages:
        with suppress(asyncio.CancelledError):
            await task
    return times


def run(name: str, url: str, delegates: int, pages: int, seconds: float) -> bool:
    """Measure on one database and print; says whether the target is met."""
    rows, met = [], True
    with tempfile.TemporaryDirectory(prefix="plenaria-live-") as var:
        settings = Settings(var=Path(var), DATABASE_URL=url, secret_key="a benchmark's own secret")
        app = create_app(settings)
        there = scene(app, delegates)
        with serving(settings, [word if word != "1" else WORKERS for word in gunicorn("wsgi:app")]) as server:
            for n, looking_on in enumerate((0, pages)):
                vote_id = open_vote(app, there, n)
                before, begun = cpu_seconds(server.process.pid), time.perf_counter()
                times = asyncio.run(voting(server.port, there, vote_id, looking_on, seconds))
                spent, cpu = time.perf_counter() - begun, cpu_seconds(server.process.pid) - before
                for what, found in sorted(times.of.items()):
                    p95 = quantiles(found, n=20)[-1]
                    rows.append((str(looking_on), what, str(len(found)), _statuses(times.statuses[what]), f"{median(found):.0f}", f"{p95:.0f}", f"{max(found):.0f}"))  # fmt: skip
                    met &= what != "ballot cast" or p95 < TARGET_MS
                rows.append(
                    (str(looking_on), "server's CPU", "", f"{cpu:.1f} s of {spent:.0f} s", "", "", "")
                )
    print(f"\n## {name}\n")
    print(table(("open pages", "request", "how many", "answers", "median ms", f"p95 ms (cast: under {TARGET_MS})", "most ms"), rows))  # fmt: skip
    return met


def _statuses(seen: dict[int, int]) -> str:
    return ", ".join(f"{count} of {status}" for status, count in sorted(seen.items()))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Casting while the room looks on.")
    parser.add_argument("--delegates", type=int, default=500)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    given = parser.parse_args()
    print(machine())
    met = True
    for name in given.database or ("sqlite", "postgresql"):
        with database(name) as url:
            if url is None:
                print(f"\n## {name}\n\nleft out: no server answers")
            else:
                met &= run(name, url, given.delegates, given.pages, given.seconds)
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
