"""`plenaria standard export` and `redline` as an operator runs them."""

import json
from pathlib import Path

import pytest
from flask import Flask

from consultations.cli import standard
from consultations.documents.standard import read_standard
from tests.factories import drafts as make
from tests.factories import standards as texts


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(standard, list(arguments))
    return result.exit_code, result.output


@pytest.mark.parametrize("form", ["md", "docx"])
@pytest.mark.parametrize(
    ("lang", "source"), [("", texts.SPANISH), ("es", texts.SPANISH), ("en", texts.ENGLISH)]
)
def test_a_version_is_written_and_reads_back(
    app: Flask, tmp_path: Path, form: str, lang: str, source: str
) -> None:
    version = texts.bilingual()
    path = tmp_path / f"x.{form}"
    more = ("--lang", lang) if lang else ()
    code, output = run(
        app, "export", "--version", str(version.id), "--format", form, "--output", str(path), *more
    )
    assert (code, f"({lang or 'es'})" in output) == (0, True)
    assert read_standard(path.read_bytes(), path.name).tree == texts.report(source).tree


def test_markdown_goes_to_the_screen(app: Flask) -> None:
    code, output = run(app, "export", "--version", str(texts.bilingual().id), "--format", "md")
    assert (code, read_standard(output.encode(), "x.md").tree) == (0, texts.report(texts.SPANISH).tree)


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "--version", "4711", "--format", "md"),
        ("export", "--version", "1", "--format", "md", "--lang", "xx"),
        ("export", "--version", "1", "--format", "docx", "--output", "/nowhere/x.docx"),
        ("redline", "--from", "1", "--to", "1"),
        ("redline", "--from", "1", "--to", "2"),
        ("redline", "--from", "1", "--to", "4711"),
    ],
)
def test_what_cannot_be_ends_with_code_2_and_a_reason(app: Flask, arguments: tuple[str, ...]) -> None:
    texts.bilingual()
    texts.version(texts.SPANISH)
    code, output = run(app, *arguments)
    assert (code, output.strip().endswith(".")) == (2, True)


def test_the_redline_is_told_in_lines_and_as_json(app: Flask) -> None:
    by = make.unit()
    source = texts.bilingual()
    draft = make.drawn_up(by, source=source)
    make.reword(make.clause(draft, "1.1.1"), "La organización firma dos contratos.", by)
    pair = ("redline", "--from", str(source.id), "--to", str(draft.id))
    code, output = run(app, *pair)
    assert (code, output.splitlines()[1:]) == (
        0,
        [
            "same: 6, reworded: 1, renumbered: 0, split: 0, merged: 0, added: 0, deleted: 0",
            "  1.1.1 -> 1.1.1  reworded",
        ],
    )
    told = json.loads(run(app, *pair, "--json", "--lang", "en")[1])
    # the English of 1.1.1 has not followed: the clause is compared in Spanish, and counts as changed
    assert (told["language"], told["counts"]["same"], len(told["changes"])) == ("en", 6, 7)
    changed = next(
        c for c in json.loads(run(app, *pair, "--json")[1])["changes"] if c["kinds"] == ["reworded"]
    )
    assert (changed["evidence"], changed["after"][0]["text"]) == (
        "stable_id",
        "La organización firma dos contratos.",
    )
