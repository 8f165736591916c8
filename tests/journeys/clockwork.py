"""The application at work inside the test: a server in a thread, a clock that the journey moves, the runner on call."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from waitress import create_server, wasyncore

from consultations import clock, runner
from consultations.app import create_app
from consultations.config import Settings
from consultations.extensions import db
from tests.journeys.servers import HOST, free_port

LOOK_EVERY = 0.05  # seconds between looks at whether the server is to end
MOST_LOOKS = 50
DAY = timedelta(days=1)


@dataclass
class Clock:
    """What every module reads as the present instant."""

    now: datetime

    def to(self, *when: int) -> None:
        """Move on to an instant in UTC: year, month, day, hour, minute …; never back."""
        later = datetime(*when, tzinfo=UTC)  # type: ignore[misc, arg-type]
        assert later > self.now, f"{later} is not after {self.now}"
        self.now = later


@dataclass
class Clockwork:
    """A running application: where it listens, what its clock says."""

    app: Flask
    settings: Settings
    clock: Clock

    @property
    def base(self) -> str:
        """The address of its first page."""
        return self.settings.address

    def look(self) -> int:
        """The runner looks until nothing is due and no mail waits; returns how much was done."""
        done = 0
        for _ in range(MOST_LOOKS):
            found = runner.look(self.app)
            done += found
            if not found:
                return done
        raise AssertionError("the runner does not come to an end")

    def days_pass(self, *until: int) -> None:
        """Let the days go by until an instant (UTC), with the runner looking every day and at the end."""
        end = datetime(*until, tzinfo=UTC)  # type: ignore[misc, arg-type]
        while self.clock.now + DAY < end:
            self.clock.now += DAY
            self.look()
        self.clock.to(*until)
        self.look()


@contextmanager
def clockwork(settings: Settings, monkeypatch: pytest.MonkeyPatch, starts: datetime) -> Iterator[Clockwork]:
    """Serve these settings on a free port, with a clock that stands at `starts` until it is moved."""
    clock_of_the_journey = Clock(starts)
    monkeypatch.setattr(clock, "now", lambda: clock_of_the_journey.now)
    settings = settings.model_copy(update={"host": HOST, "port": free_port()})
    app = create_app(settings)
    with served(app, settings):
        yield Clockwork(app, settings, clock_of_the_journey)
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@contextmanager
def served(app: Flask, settings: Settings) -> Iterator[None]:
    """Answer on the port of these settings; afterwards nobody does."""
    channels: dict[int, Any] = {}
    server = create_server(app, map=channels, host=settings.host, port=settings.port, threads=4, ident=None)
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            wasyncore.loop(timeout=LOOK_EVERY, map=channels, count=1)

    thread = threading.Thread(target=serve, name="journey-server", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(10)
        server.task_dispatcher.shutdown()
        server.close()
        wasyncore.close_all(channels)
