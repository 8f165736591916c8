"""`plenaria minutes check`: a PDF of minutes held against itself and against the data."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import with_appcontext

from consultations.documents.minutes_reading import UnreadableError
from consultations.queries.minutes_check import Checked, Line, check

EQUAL, DIFFERS, UNREADABLE, SUPERSEDED, UNSIGNED, NOT_THE_FILE = range(6)


@click.group("minutes")
def minutes() -> None:
    """Minutes of assemblies and votes."""


@minutes.command("check")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Every line as JSON.")
@click.option("--quiet", is_flag=True, help="Only what differs, and how many lines are equal.")
@with_appcontext
def check_file(file: Path, as_json: bool, quiet: bool) -> None:
    """Say whether a PDF of minutes is the very file that was made here, and compare what it states with the data.

    A file of other bytes is compared word for word and page for page as well.

    \b
    Exit code, the first that holds:
      2  the file cannot be read as minutes of this house
      1  something differs
      3  nothing differs, but newer minutes have taken its place
      4  nothing differs, but it does not carry every signature that it needs
      5  nothing differs, but it is not, byte for byte, a file made here
      0  the very file that was made here, the newest, signed
    """
    try:
        found = check(file.read_bytes())
    except OSError as error:
        _stop(f"{file} cannot be read: {error.strerror}.")
    except UnreadableError as error:
        _stop(f"{file} cannot be checked: {error}.")
    if as_json:
        click.echo(json.dumps(_told(file, found), ensure_ascii=False, indent=2))
    else:
        for sentence in _sentences(found):
            click.echo(sentence)
        for line in found.differing if quiet else found.lines:
            click.echo(_said(line))
        differing = len(found.differing)
        click.echo(f"{len(found.lines) - differing} ok, {differing} differ")
    raise SystemExit(_code(found))


def _code(found: Checked) -> int:
    if found.differing:
        return DIFFERS
    if found.standing.later:
        return SUPERSEDED
    if found.standing.unsigned:
        return UNSIGNED
    return EQUAL if found.made_at else NOT_THE_FILE


def _told(file: Path, found: Checked) -> dict[str, object]:
    return {
        "file": str(file), "sha256": found.sha256, "made_at": found.made_at.isoformat() if found.made_at else None,
        "equal": not found.differing, "later": found.standing.later or None, "unsigned": list(found.standing.unsigned),
        "exit_code": _code(found), "lines": [asdict(line) for line in found.lines],
    }  # fmt: skip


def _sentences(found: Checked) -> list[str]:
    """What the file is, before the lines."""
    if found.made_at:
        said = [
            f"This is, byte for byte, the file that this server made on {found.made_at:%Y-%m-%d %H:%M} UTC."
        ]
    else:
        said = ["This is not a file that this server made: its bytes are others. What it states is compared."]
    if found.standing.later:
        said.append(f"Not the newest: {found.standing.later} has taken its place.")
    if found.standing.unsigned:
        said.append(f"Unsigned: it lacks the signature of {', '.join(found.standing.unsigned)}.")
    return said


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
    raise SystemExit(UNREADABLE)
