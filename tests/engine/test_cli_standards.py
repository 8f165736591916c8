"""`plenaria standard import` as an operator runs it."""

import json
from pathlib import Path

import pytest
from flask import Flask

from consultations.cli_standards import code_from, standard
from consultations.extensions import db
from consultations.models.standards import Node, StandardVersion
from tests.factories.standards import ENGLISH, SPANISH


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(standard, ["import", *arguments])
    return result.exit_code, result.output


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A draft in Spanish."""
    path = tmp_path / "cafe.md"
    path.write_text(SPANISH)
    return path


def test_a_dry_run_reports_and_keeps_nothing(app: Flask, file: Path) -> None:
    code, output = run(app, str(file), "--title", "Café", "--lang", "es", "--dry-run", "--json")
    told = json.loads(output)
    assert (code, told["counts"]["requirements"], told["imported"], told["code"]) == (0, 3, False, "CAFE")
    assert db.session.query(StandardVersion).count() == 0


def test_a_file_is_imported_once_and_completed_in_another_language(
    app: Flask, file: Path, tmp_path: Path
) -> None:
    assert run(app, str(file), "--title", "Café", "--lang", "es")[0] == 0
    code, output = run(app, str(file), "--title", "Café", "--lang", "es", "--json")
    assert (code, json.loads(output)["refused"]) == (2, True)
    english = tmp_path / "coffee.md"
    english.write_text(ENGLISH)
    code, output = run(app, str(english), "--title", "Coffee", "--code", "CAFE", "--lang", "en", "--json")
    assert (code, json.loads(output)["beside"]["matched"]) == (0, 7)
    assert (db.session.query(StandardVersion).count(), db.session.query(Node).count()) == (1, 7)


def test_a_file_that_is_no_draft_says_why(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "empty.docx"
    path.write_bytes(b"")
    code, output = run(app, str(path), "--title", "X", "--lang", "es")
    assert (code, "The file is empty" in output) == (2, True)


@pytest.mark.parametrize(
    ("title", "code"), [("Café, revisión 2", "CAFE-REVISION-2"), ("¿?", ""), ("a" * 60, "A" * 40)]
)
def test_a_code_comes_from_the_title(title: str, code: str) -> None:
    assert code_from(title) == code
