"""The runner: looks at the clock again and again, beside the web server or as a process of its own."""

import os
import threading
from datetime import datetime
from pathlib import Path

import structlog
from flask import Flask

from consultations import clock, jobs, uploads
from consultations.config import Settings

log = structlog.get_logger()


def look(app: Flask) -> int:
    """One look at the clock: fire what is due, send what waits, clear away old uploads; returns how much was done."""
    settings: Settings = app.extensions["settings"]
    with app.app_context():
        at = clock.now()
        done = jobs.tick(at) + jobs.send_mail(at)
        uploads.clean(at=at)
        heartbeat(settings.var, at)
    return done


def heartbeat(var: Path, at: datetime) -> None:
    """Leave word of the last look, for /healthz."""
    var.mkdir(parents=True, exist_ok=True)
    beside = var / f".runner.{os.getpid()}"
    beside.write_text(at.isoformat() + "\n")
    beside.replace(var / "runner")


class Runner(threading.Thread):
    """Looks every `seconds` until it is stopped; whatever goes wrong in one look, the next one comes."""

    def __init__(self, app: Flask, seconds: float) -> None:
        super().__init__(name="runner", daemon=True)
        self._app = app
        self._seconds = seconds
        self._stopping = threading.Event()

    def run(self) -> None:
        """Look until stopped; with work waiting, look again at once."""
        while not self._stopping.is_set():
            if not self._look():
                self._stopping.wait(self._seconds)

    def stop(self, patience: float = 5) -> None:
        """Finish the present look and end."""
        self._stopping.set()
        if self.is_alive():
            self.join(patience)

    def _look(self) -> int:
        try:
            return look(self._app)
        except Exception:
            log.exception("look_failed")
            return 0
