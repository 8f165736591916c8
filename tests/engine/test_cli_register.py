"""`plenaria register import` as an operator runs it."""

import json
from pathlib import Path

import pytest
from flask import Flask

from consultations.cli_register import register
from consultations.extensions import db
from consultations.models.organisations import Organisation

HEAD = "code,name,country,country_network,delegate_name,delegate_email\n"
FLOR = "GT-1,Flor del Valle,GT,Coordinadora,Ana Díaz,ana@example.org\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def run(app: Flask, file: Path, rows: str, *options: str) -> tuple[int, str]:
    file.write_text(HEAD + rows)
    result = app.test_cli_runner().invoke(register, ["import", str(file), *options])
    return result.exit_code, result.output


def test_a_dry_run_names_who_would_be_replaced_and_changes_nothing(app: Flask, file: Path) -> None:
    assert run(app, file, FLOR)[0] == 0
    code, output = run(app, file, FLOR.replace("Ana Díaz,ana@", "Iris Sol,iris@"), "--dry-run")
    assert code == 0
    assert (
        "delegate of Flor del Valle: Iris Sol <iris@example.org> in the place of Ana Díaz <ana@example.org>"
        in output
    )
    assert "Nothing was changed: --dry-run." in output
    told = json.loads(run(app, file, FLOR, "--json")[1])
    assert (told["people"], told["imported"]["organisations_same"]) == ([], 1)


def test_a_row_in_error_is_named_and_nothing_is_imported(app: Flask, file: Path) -> None:
    code, output = run(app, file, FLOR.replace(",GT,", ",Atlantis,"))
    assert code == 2
    assert "error: Flor del Valle: Line 2: The country “Atlantis” is not known." in output
    assert db.session.query(Organisation).count() == 0


def test_a_dry_run_names_every_field_that_would_change(app: Flask, file: Path) -> None:
    run(app, file, FLOR)
    code, output = run(app, file, FLOR.replace(",GT,", ",HN,"), "--dry-run")
    assert (code, "Flor del Valle: country: GT -> HN" in output) == (0, True)
    told = json.loads(run(app, file, FLOR.replace(",GT,", ",HN,"), "--dry-run", "--json")[1])
    assert told["fields"] == [
        {"code": "GT-1", "organisation": "Flor del Valle", "field": "country", "before": "GT", "after": "HN"}
    ]
    assert db.session.query(Organisation.country).scalar() == "GT"
