"""`plenaria standard export` and `redline`: a version as a file, and what became of every clause between two."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from consultations.documents.redline import Change
from consultations.documents.standard_export_docx import write_docx
from consultations.documents.standard_export_markdown import write_markdown
from consultations.engine.work import NotFound
from consultations.queries import redlines, standard_exports
from consultations.queries.redlines import Redline
from consultations.wording import LANGUAGES


@click.command("export")
@click.option("--version", "version_id", type=int, required=True, help="The version's id.")
@click.option("--format", "form", type=click.Choice(["md", "docx"]), required=True)
@click.option("--lang", default="", help="The language; the reference language when left out.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="The file; Markdown goes to the screen without one.")  # fmt: skip
@with_appcontext
def export_standard(version_id: int, form: str, lang: str, output: Path | None) -> None:
    """Write a version as a file that imports back to the same tree. Exit code 2 when there is no such version."""
    if lang and lang not in LANGUAGES:
        _stop(f'"{lang}" is not one of the languages of the house: {", ".join(LANGUAGES)}.')
    try:
        found = standard_exports.export(version_id, lang)
    except NotFound:
        _stop(f"There is no version {version_id}.")
    data = write_markdown(found.tree).encode()
    if form == "docx":
        data = write_docx(found.tree, title=found.title, language=found.language, at=found.at)
        output = output or Path(f"{found.code}-{found.label}-{found.language}.docx")
    if output is None:
        click.echo(data.decode(), nl=False)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        _stop(f"{output} cannot be written: {error.strerror}.")
    click.echo(f"{found.code} {found.label} ({found.language}): {output}")


@click.command("redline")
@click.option("--from", "before_id", type=int, required=True, help="The earlier version's id.")
@click.option("--to", "after_id", type=int, required=True, help="The later version's id.")
@click.option(
    "--lang", default="", help="The language; the later version's reference language when left out."
)
@click.option("--json", "as_json", is_flag=True, help="The changes as JSON.")
@with_appcontext
def redline(before_id: int, after_id: int, lang: str, as_json: bool) -> None:
    """Compare two versions of a standard clause by clause. Exit code 2 when they are not two of one standard."""
    try:
        made = redlines.redline(before_id, after_id, lang)
    except NotFound:
        _stop(f"{before_id} and {after_id} are not two versions of one standard.")
    if as_json:
        click.echo(json.dumps(_told(made), ensure_ascii=False, indent=2))
        return
    click.echo(f"{made.code} {made.before.label} -> {made.after.label} ({made.language})")
    click.echo(", ".join(f"{kind}: {count}" for kind, count in made.counts.items()))
    for change in made.changes:
        if change.kinds != ("same",):
            click.echo(f"  {_numbers(change)}  {' '.join(change.kinds)}")


def _told(made: Redline) -> dict[str, Any]:
    return {
        "code": made.code, "from": made.before.label, "to": made.after.label, "language": made.language,
        "counts": made.counts, "changes": [_change(change) for change in made.changes],
    }  # fmt: skip


def _change(change: Change) -> dict[str, Any]:
    def clauses(side: tuple[Any, ...]) -> list[dict[str, str]]:
        names = (
            "stable_id",
            "number",
            "kind",
            "heading",
            "text",
            "guidance",
            "requirement_kind",
            "years",
            "applies_to",
        )
        return [{name: getattr(clause, name) for name in names} for clause in side]

    return {
        "kinds": list(change.kinds), "evidence": change.evidence or None, "before": clauses(change.before),
        "after": clauses(change.after),
    }  # fmt: skip


def _numbers(change: Change) -> str:
    sides = (
        "+".join(clause.number or "-" for clause in side) or "-" for side in (change.before, change.after)
    )
    return " -> ".join(sides)


def _stop(reason: str) -> None:
    """Say why and end with exit code 2, as every command does that refuses its input."""
    click.echo(reason, err=True)
    raise SystemExit(2)
