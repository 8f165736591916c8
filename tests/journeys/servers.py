"""A real server process on a free port, on a given database: started, awaited, ended or killed by its own id."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from consultations.config import HOME, Settings

HOST = "127.0.0.1"
SERVE = [sys.executable, "-c", "from consultations.cli import main; main()", "serve"]
LONGEST_START = 200  # looks, PAUSE apart
PAUSE = 0.1


@dataclass
class Server:
    """A running process and where it listens; `log` holds what it wrote."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def kill(self) -> None:
        """Kill -9, with all its workers: nothing is finished, nothing is tidied."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def end(self) -> None:
        """Ask it to end, and insist after five seconds."""
        if self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def serving(settings: Settings, command: list[str] | None = None, **more: str) -> Iterator[Server]:
    """`plenaria serve` (web server and runner in one process) for these settings, answering when this yields.

    Arguments: `command` another server, where "PORT" stands for the port; `more` further variables of the environment.
    Raises AssertionError, with what the server wrote, when it does not come up.
    """
    port = free_port()
    log = settings.var / f"server-{port}.log"
    words = [word.replace("PORT", str(port)) for word in command or SERVE]
    with log.open("ab") as out:
        process = subprocess.Popen(
            words,
            cwd=HOME,
            env=environment(settings, port) | more,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    server = Server(process, port, log)
    try:
        _await(server)
        yield server
    finally:
        server.end()


def gunicorn(app: str) -> list[str]:
    """The command of gunicorn with one worker of eight threads for an application "module:name"."""
    words = (
        "-m gunicorn -k gthread -w 1 --threads 8 -b 127.0.0.1:PORT --log-level warning --no-control-socket"
    )
    return [sys.executable, *words.split(), app]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return int(asked.getsockname()[1])


def environment(settings: Settings, port: int) -> dict[str, str]:
    ours = ("PLENARIA_", "DATABASE_URL", "HOST", "PORT")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return inherited | {
        "PLENARIA_VAR": str(settings.var),
        "PLENARIA_DATABASE_URL": settings.database,
        "PLENARIA_SECRET_KEY": settings.secret_key.get_secret_value(),
        "PLENARIA_SESSION_MINUTES": str(settings.session_minutes),
        "PLENARIA_RUNNER_SECONDS": "0.5",
        "PLENARIA_HOST": HOST,
        "PLENARIA_PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }


def _await(server: Server) -> None:
    pause = threading.Event()
    for _ in range(LONGEST_START):
        if server.process.poll() is not None or _answers(server.port):
            break
        pause.wait(PAUSE)
    assert _answers(server.port), f"the server did not come up:\n{server.log.read_text()[-3000:]}"


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
