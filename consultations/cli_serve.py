"""`plenaria serve`: web server and runner in one process; `plenaria runner`: the runner alone, for servers."""

import errno
import signal
import threading
from types import FrameType

import click
from flask import Flask
from flask.cli import ScriptInfo
from waitress import create_server

from consultations.config import Settings
from consultations.logs import set_up
from consultations.runner import Runner, look


@click.command()
@click.pass_context
def serve(context: click.Context) -> None:
    """Serve the pages and run the clock, in one process. HOST and PORT say where; Ctrl-C ends it."""
    app = _app(context)
    settings: Settings = app.extensions["settings"]
    runner = Runner(app, settings.runner_seconds)
    try:
        server = create_server(
            app, host=settings.host, port=settings.port, threads=settings.threads, ident=None
        )
    except OSError as error:
        raise click.ClickException(_occupied(settings, error)) from None
    _end_on_sigterm()
    runner.start()
    click.echo(f"Plenaria is at {settings.address} (Ctrl-C ends it)")
    try:
        server.run()  # returns after Ctrl-C, when the requests under way are answered
    finally:
        server.close()
        runner.stop()
        click.echo("Ended.")


@click.command()
@click.option("--once", is_flag=True, help="Look at the clock once, do what is due, and end.")
@click.pass_context
def runner(context: click.Context, once: bool) -> None:
    """Run the clock alone: opens, closes, counts and sends mail. Several may run; each thing is done once."""
    app = _app(context)
    settings: Settings = app.extensions["settings"]
    if once:
        click.echo(f"Done: {look(app)}")
        return
    thread = Runner(app, settings.runner_seconds)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    thread.start()
    click.echo("The runner is at work (Ctrl-C ends it)")
    stop.wait()
    thread.stop()


def _app(context: click.Context) -> Flask:
    try:
        app = context.ensure_object(ScriptInfo).load_app()
    except RuntimeError as error:
        raise click.ClickException(str(error)) from None
    set_up(app.extensions["settings"].log_level)
    return app


def _end_on_sigterm() -> None:
    """SIGTERM ends like Ctrl-C, and Ctrl-C ends it even where a script's shell has set it to be ignored."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def _occupied(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Something else listens on {settings.host}:{settings.port}. Choose another: PORT=8001 plenaria serve"
    return (
        f"Cannot listen on {settings.host}:{settings.port}: {error.strerror or error}. Check HOST and PORT."
    )
