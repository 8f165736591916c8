"""`plenaria minutes check`: a PDF of minutes held against itself and against the data."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import with_appcontext

from consultations.documents.minutes_reading import UnreadableError
from consultations.queries.minutes_check import Line, check


@click.group("minutes")
def minutes() -> None:
    """Minutes of assemblies and votes."""


@minutes.command("check")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Every line as JSON.")
@click.option("--quiet", is_flag=True, help="Only what differs, and how many lines are equal.")
@with_appcontext
def check_file(file: Path, as_json: bool, quiet: bool) -> None:
    """Compare what a PDF of minutes prints and carries with the data, line by line.

    Exit code 0: all equal; 1: something differs; 2: the file cannot be read as minutes of this house.
    """
    try:
        lines = check(file.read_bytes())
    except OSError as error:
        _stop(f"{file} cannot be read: {error.strerror}.")
    except UnreadableError as error:
        _stop(f"{file} cannot be checked: {error}.")
    differing = [line for line in lines if not line.ok]
    if as_json:
        told = {"file": str(file), "equal": not differing, "lines": [asdict(line) for line in lines]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in differing if quiet else lines:
            click.echo(_said(line))
        click.echo(f"{len(lines) - len(differing)} ok, {len(differing)} differ")
    raise SystemExit(1 if differing else 0)


def _said(line: Line) -> str:
    where = f"{line.part} {line.place}"
    return (
        f"ok       {where}: {line.data}"
        if line.ok
        else f"DIFFERS  {where}: the PDF has {line.pdf!r}, expected {line.data!r}"
    )


def _stop(reason: str) -> None:
    """Say why and end with exit code 2, as every command does that refuses its input."""
    click.echo(reason, err=True)
    raise SystemExit(2)
