"""`plenaria register import FILE.csv`: the register from a file, at the server's own shell."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from consultations import clock
from consultations.actor import Actor
from consultations.documents import wording
from consultations.documents.findings import FileRefused
from consultations.documents.register_csv import ENCODINGS, read_register
from consultations.documents.register_report import RegisterReport
from consultations.engine.register import Imported, import_register
from consultations.engine.work import unit_of_work
from consultations.queries import register_changes, register_differences
from consultations.queries.register_changes import Acting, Succession
from consultations.queries.register_differences import Difference
from workflows.roles import Role


@click.group()
def register() -> None:
    """The register of organisations."""


@register.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what the file holds and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--encoding", type=click.Choice(ENCODINGS), default="utf-8", show_default=True)
@with_appcontext
def import_(file: Path, dry_run: bool, as_json: bool, encoding: str) -> None:
    """Import FILE (CSV): organisations, networks, and who acts for whom. All rows or none; safe to repeat.

    Ends with 0 when all is well, 2 when the file or a row is refused.
    """
    at = clock.now()
    report = _read(file, encoding, as_json, at)
    people, done = register_changes.successions(report, at=at), None
    fields = register_differences.differences(report, at=at)
    if report.acceptable and not dry_run:
        with unit_of_work():
            done = import_register(report, by=Actor(Role.ADMIN), at=at)
    if as_json:
        told = {
            "people": _plain(people),
            "fields": _plain(fields),
            "imported": asdict(done) if done else None,
        }
        click.echo(json.dumps({**report.to_dict(), **told}, ensure_ascii=False))
    else:
        _say(report, people, fields, done, dry_run)
    if not report.acceptable:
        raise SystemExit(2)


def _read(file: Path, encoding: str, as_json: bool, at: datetime) -> RegisterReport:
    try:
        return read_register(
            file.read_bytes(), file.name, encoding=encoding, known=register_changes.known(at=at)
        )
    except FileRefused as refused:
        if as_json:
            click.echo(json.dumps(refused.to_dict(), ensure_ascii=False))
        for fault in refused.faults:
            click.echo(wording.sentence(fault), err=True)
        raise SystemExit(2) from None


def _say(
    report: RegisterReport,
    people: tuple[Succession, ...],
    fields: tuple[Difference, ...],
    done: Imported | None,
    dry_run: bool,
) -> None:
    for doubt in report.doubts:
        click.echo(f"look: {wording.sentence(doubt)}")
    for row in report.rows:
        for finding in row.findings:
            said = f"{row.status}: {row.called}: {wording.sentence(finding)}"
            click.echo(said, err=row.status == "error")
    for field in fields:
        click.echo(f"{field.organisation}: {field.field}: {field.before or '–'} -> {field.after or '–'}")
    for one in people:
        if one.before:
            role = "delegate" if one.rank == register_changes.DELEGATE else "alternate"
            click.echo(
                f"{role} of {one.organisation}: {_person(one.after)} in the place of {_person(one.before)}"
            )
    click.echo(", ".join(f"{status}: {count}" for status, count in report.counts.items()))
    if done is not None:
        click.echo(", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in asdict(done).items()))
        click.echo("Imported." if done.changed else "Nothing was other than before.")
    elif dry_run and report.acceptable:
        click.echo("Nothing was changed: --dry-run.")
    else:
        click.echo("Nothing was imported: correct the rows and import again.", err=True)


def _plain(found: Iterable[Any]) -> list[dict[str, Any]]:
    return [asdict(one) for one in found]


def _person(one: Acting) -> str:
    return f"{one.name} <{one.email}>"
