"""`plenaria form export` and `plenaria form import`: the form of a round as a workbook, out and back."""

import json
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from consultations import clock
from consultations.actor import Actor
from consultations.documents.findings import FileRefused
from consultations.documents.form_xlsx_write import write_form
from consultations.engine import form_imports
from consultations.engine.form_imports import Report
from consultations.engine.work import NotFound, unit_of_work
from consultations.queries import form_drafts
from consultations.wording import LANGUAGES
from consultations.wording_forms import english, form_words
from workflows.refusals import Refused
from workflows.roles import Role

OPERATOR = Actor(Role.UNIT)
"""Whoever works at the server's own shell enters for the Unit, as nobody in particular."""


@click.group("form")
def form() -> None:
    """The form of a round, to be filled in without a connection."""


@form.command("export")
@click.option("--round", "round_id", type=int, required=True, help="The id of the round.")
@click.option(
    "--organisation", "code", default="", help="The organisation's code; left out, it is written in by hand."
)
@click.option("--lang", type=click.Choice(list(LANGUAGES)), default="es", show_default=True)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file; by default named after the round.",
)
@with_appcontext
def export(round_id: int, code: str, lang: str, output: Path | None) -> None:
    """Write the form of a round as a workbook. Exit code 2 when there is no such round or organisation."""
    organisation_id = form_drafts.by_code(round_id, code) if code else None
    if code and organisation_id is None:
        _stop({"refused": True, "reasons": [f"{code} is not asked in round {round_id}."]}, False)
    try:
        with force_locale(lang):
            draft = form_drafts.draft(round_id, organisation_id, language=lang, by=OPERATOR, at=clock.now())
    except NotFound:
        _stop({"refused": True, "reasons": [f"There is no round {round_id}."]}, False)
    target = output or Path(draft.filename)
    target.write_bytes(write_form(draft, form_words(lang)))
    click.echo(str(target))


@form.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what the form would change and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@with_appcontext
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Bring in a form that came back: all rows or none; the same file again changes nothing. Exit code 2 when it is refused."""
    try:
        read = form_imports.read(file.read_bytes())
        with unit_of_work():
            report = form_imports.dry_run(read, by=OPERATOR, at=clock.now())
        if not dry_run and not report.errors:
            with unit_of_work():
                report = form_imports.bring_in(read, by=OPERATOR, at=clock.now())
    except FileRefused as refused:
        _stop({**refused.to_dict(), "reasons": [english(fault) for fault in refused.faults]}, as_json)
    except Refused as refused:
        _stop({"refused": True, "reasons": [str(reason) for reason in refused.refusals]}, as_json)
    _say(report, imported=not dry_run and not report.errors, as_json=as_json)
    if report.errors:
        raise SystemExit(2)


def _say(report: Report, *, imported: bool, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_told(report, imported), ensure_ascii=False, indent=2))
        return
    for row in report.rows:
        for reason in row.reasons:
            click.echo(
                f"{row.status}: {row.sheet} {row.row} {row.id}: {english(reason)}", err=row.status == "error"
            )
    click.echo(", ".join(f"{status}: {count}" for status, count in report.counts.items()))
    if not imported:
        click.echo("Nothing was kept." if report.errors else "Nothing was kept: this was a dry run.")
    else:
        click.echo(f"Entered: {report.changes}" if report.changes else "Nothing was other than before.")


def _told(report: Report, imported: bool) -> dict[str, Any]:
    rows = [
        {
            "sheet": row.sheet, "row": row.row, "id": row.id, "status": row.status, "outcome": row.outcome,
            "reasons": [{"code": reason.code, "sentence": english(reason), "params": _params(reason)} for reason in row.reasons],
        }
        for row in report.rows
    ]  # fmt: skip
    summary = {
        **report.counts, "changes": report.changes, "round": report.round_id, "organisation": report.code, "imported": imported,
    }  # fmt: skip
    return {"rows": rows, "summary": summary}


def _params(reason: Any) -> dict[str, Any]:
    return dict(reason.params)


def _stop(told: dict[str, Any], as_json: bool) -> NoReturn:
    """Say every reason and end with exit code 2."""
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in told["reasons"]:
            click.echo(line, err=True)
    raise SystemExit(2)
