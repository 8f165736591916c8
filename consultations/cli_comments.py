"""`plenaria comments`: comment sheets of standards bodies, read, imported into a round, and written from one."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext

from consultations import clock
from consultations.documents import comment_sheet_report
from consultations.documents.comment_sheet import kind_by_name, read_comment_sheet
from consultations.documents.comment_sheet_report import Sheet
from consultations.documents.comment_sheet_writing import FORMATS
from consultations.documents.findings import FileRefused
from consultations.engine.comment_import_plan import ByHand
from consultations.engine.comment_imports import OPERATOR, import_sheet, plan
from consultations.engine.work import NotFound, unit_of_work
from consultations.queries import comment_sheets
from workflows.refusals import Refused

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="The report as JSON.")


class Pairs(click.ParamType):
    """CELL=VALUE, split at the last "=": what stands in the sheet, and what it means."""

    name = "CELL=VALUE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Return both sides. Fails without a "="."""
        cell, mark, meant = str(value).rpartition("=")
        if not mark:
            self.fail(f"{value!r} is not CELL=VALUE", param, ctx)
        return cell, meant


@click.group("comments")
def comments() -> None:
    """Comment sheets of standards bodies (the 8-column template 2012-03 and its relatives)."""


@comments.command("read")
@FILE
@AS_JSON
def read(file: Path, as_json: bool) -> None:
    """Read FILE (.docx, .xlsx or .csv) and report every row. Needs no database.

    Ends with 0 when the file could be read, whatever its rows are like, and with 2 when it is refused.
    """
    sheet = _read(file, as_json)
    _tell(sheet.to_dict(), as_json)


@comments.command("import")
@FILE
@click.option("--round", "round_id", type=int, required=True, help="The id of the round.")
@click.option("--dry-run", is_flag=True, help="Say what would be imported and change nothing.")
@click.option("--only-valid", is_flag=True, help="Import the rows without error although others have one.")
@click.option("--place", type=Pairs(), multiple=True, help='A clause cell by hand: "3.1-3.4=3.1".')
@click.option("--body", type=Pairs(), multiple=True, help='A member body by hand: "DE=ORG-00001".')
@AS_JSON
@with_appcontext
def import_(
    file: Path, round_id: int, dry_run: bool, only_valid: bool, place: tuple[tuple[str, str], ...],
    body: tuple[tuple[str, str], ...], as_json: bool,
) -> None:  # fmt: skip
    """Import FILE into a round. All rows or none unless --only-valid; importing twice changes nothing.

    Ends with 0 when all is well, 2 when the file, the round or a row is refused.
    """
    sheet, by_hand = _read(file, as_json), ByHand(dict(place), dict(body))
    at = clock.now()
    try:
        planned = plan(round_id, sheet, by_hand, by=OPERATOR, at=at)
        done = None
        if not dry_run and (only_valid or not planned.errors):
            with unit_of_work():
                done = import_sheet(round_id, sheet, by_hand, only_valid=only_valid, by=OPERATOR, at=at)
    except (Refused, NotFound) as refused:
        _stop(str(refused))
    counts = {"imported": done.comments if done else 0, "proposed": done.answers if done else 0}
    _tell((done.plan if done else planned).to_dict(dry_run=dry_run, **counts), as_json)
    if planned.errors and not only_valid:
        raise SystemExit(2)


@comments.command("export")
@click.option("--round", "round_id", type=int, required=True, help="The id of the round.")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option(
    "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Where to write it."
)
@with_appcontext
def export(round_id: int, form: str, output: Path | None) -> None:
    """Write the comments of a round, with their answers, as a comment sheet: to --output, else to standard output."""
    try:
        made = comment_sheets.export(round_id, form)
    except NotFound as missing:
        _stop(str(missing))
    except FileRefused as refused:
        _stop(_sentences(refused))
    if output is None:
        click.echo(made.body, nl=False)
    else:
        output.write_bytes(made.body)
        click.echo(f"Written: {output}")


def _read(file: Path, as_json: bool) -> Sheet:
    data = file.read_bytes()
    try:
        return read_comment_sheet(data, file.name)
    except FileRefused as refused:
        if as_json:
            told = comment_sheet_report.refused(
                refused.faults, kind=kind_by_name(file.name), sha256=sha256(data).hexdigest()
            )
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        click.echo(_sentences(refused), err=True)
        raise SystemExit(2) from None


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(2) from None


def _sentences(refused: FileRefused) -> str:
    return "\n".join(reason["text"] for reason in comment_sheet_report.reasons(refused.faults))


def _tell(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for row in report["rows"]:
        click.echo(
            f"{row['row']}  {row['status']}  {row['member_body']}  {row['clause'] or '-'}  {row['comment'][:60]!r}"
        )
        for reason in row["reasons"]:
            click.echo(f"    {reason['text']}")
    for reason in (*report["summary"]["skipped"], *report["summary"]["doubts"]):
        click.echo(f"look: {reason['text']}")
    for name, value in report["summary"].items():
        if name not in ("skipped", "doubts", "tables", "lines"):
            click.echo(f"{name.replace('_', ' ')}: {json.dumps(value, ensure_ascii=False)}")
