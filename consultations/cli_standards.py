"""`plenaria standard import`: a draft from a file, with a dry run that lists every doubt."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from consultations import clock
from consultations.actor import SYSTEM
from consultations.documents.findings import FileRefused
from consultations.documents.standard import read_standard
from consultations.documents.standard_tree import Report
from consultations.documents.wording import place, sentence
from consultations.engine import standards
from consultations.engine.work import unit_of_work
from workflows.refusals import Refused


@click.group("standard")
def standard() -> None:
    """Standards and their drafts."""


@standard.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", required=True, help="The standard's title in the language of the file.")
@click.option("--lang", required=True, help="The language of the file: es, pt, en or fr.")
@click.option("--code", default="", help="The standard's code; made from the title when left out.")
@click.option(
    "--label", default="1.0", show_default=True, help="The version; a known one takes a second language."
)
@click.option("--dry-run", is_flag=True, help="Read and report; keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@with_appcontext
def import_standard(
    file: Path, title: str, lang: str, code: str, label: str, dry_run: bool, as_json: bool
) -> None:
    """Import a draft from a Word (.docx) or Markdown (.md) FILE. Exit code 2 when it is refused."""
    names = {"code": code or code_from(title), "titles": {lang: title}, "label": label, "language": lang}
    try:
        report = read_standard(file.read_bytes(), file.name)
        told = _told(report, names)
        version_id = None if dry_run else _keep(report, names, file.name)
    except FileRefused as refused:
        _stop(refused.to_dict(), [sentence(fault) for fault in refused.faults], as_json)
    except Refused as refused:
        reasons = [str(reason) for reason in refused.refusals]
        _stop({"refused": True, "reasons": reasons}, reasons, as_json)
    else:
        _print(report, {**told, "imported": version_id is not None, "version_id": version_id}, as_json)


def code_from(title: str) -> str:
    """A code of capital letters, digits and hyphens: "Café, revisión 2" gives CAFE-REVISION-2."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]+", "-", plain.upper()).strip("-")[:40].strip("-")


def _told(report: Report, names: dict[str, Any]) -> dict[str, Any]:
    """The dry run: what was read, and what of it does not match a version that is there. Refused as the import would be."""
    faults = standards.import_objections(report, **names)
    if faults:
        raise Refused(*faults)
    found = standards.compare_with_version(report, code=names["code"], label=names["label"])
    told: dict[str, Any] = {
        **report.to_dict(),
        "code": names["code"],
        "label": names["label"],
        "language": names["language"],
    }
    if found is not None:
        told["beside"] = {
            "matched": found.matched,
            "missing": list(found.missing),
            "left_out": list(found.surplus),
        }
    return told


def _keep(report: Report, names: dict[str, Any], source_name: str) -> int:
    with unit_of_work():
        return standards.import_version(
            report, **names, source_name=source_name, by=SYSTEM, at=clock.now()
        ).id


def _print(report: Report, told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    counts = told["counts"]
    click.echo(
        f"{told['code']} {told['label']} ({told['language']}): {counts['nodes']} nodes, {counts['requirements']} requirements"
    )
    for node, _ in report.tree.walk():
        click.echo(f"  {node.number or '-'}  {node.kind}  {(node.heading or node.text)[:80]}")
    if "beside" in told:
        for name, numbers in (
            ("Not in this file", told["beside"]["missing"]),
            ("Left out", told["beside"]["left_out"]),
        ):
            if numbers:
                click.echo(f"{name}: {', '.join(numbers)}")
    if report.repeated and "beside" not in told:
        click.echo("Numbers that stand more than once (a round cannot be submitted with them):")
        for number, places in report.repeated.items():
            click.echo(f"  {number}: {', '.join(map(place, places))}")
    click.echo(f"Doubts: {len(report.doubts)}")
    for doubt in report.doubts:
        click.echo(f"  {sentence(doubt)}")
    click.echo(
        f"Imported as version {told['version_id']}."
        if told["imported"]
        else "Nothing was kept: this was a dry run."
    )


def _stop(told: dict[str, Any], lines: list[str], as_json: bool) -> None:
    """Say every reason and end with exit code 2, as every command does that refuses its input."""
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            click.echo(line, err=True)
    raise SystemExit(2)
