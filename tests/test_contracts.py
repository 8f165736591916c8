"""The import contracts of pyproject.toml break when they are violated: one wrong import for each."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from consultations.config import HOME

VIOLATIONS = {
    "An upper floor may import lower ones, never the reverse, never sideways": (
        "consultations/facts/boards.py",
        "import consultations.queries.ballots",
    ),
    "The rules know neither web nor database nor the application": (
        "workflows/percent.py",
        "import sqlalchemy",
    ),
    "Only machine.py knows the transitions library": ("workflows/tally.py", "import transitions"),
    "Pages never touch tables: they ask queries and engine": (
        "consultations/views/home.py",
        "import consultations.models.people",
    ),
    "Pages of one actor do not lean on pages of another": (
        "consultations/views/desk.py",
        "import consultations.views.delegate",
    ),
    "The engine knows no request, no session and no form": ("consultations/engine/rounds.py", "import flask"),
    "Tables decide nothing: they know no rule but the names of states": (
        "consultations/models/votes.py",
        "import workflows.decisions",
    ),
}


def verdicts(home: Path) -> dict[str, str]:
    """contract -> KEPT or BROKEN, as import-linter says for this copy."""
    answer = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"],
        cwd=home, env={**os.environ, "PYTHONPATH": str(home), "COLUMNS": "200"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return {name: verdict(answer.stdout, name) for name in VIOLATIONS}


def verdict(said: str, name: str) -> str:
    line = next(line for line in said.splitlines() if line.startswith(name))
    return line.removeprefix(name).split()[0]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages and their contracts, to be spoilt."""
    for package in ("workflows", "consultations"):
        shutil.copytree(
            HOME / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "*.mo")
        )
    shutil.copy(HOME / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept(copy: Path) -> None:
    assert verdicts(copy) == dict.fromkeys(VIOLATIONS, "KEPT")


def test_every_contract_breaks_when_it_is_violated(copy: Path) -> None:
    for file, wrong in VIOLATIONS.values():
        path = copy / file
        path.write_text(f"{path.read_text()}\n{wrong}\n")
    assert verdicts(copy) == dict.fromkeys(VIOLATIONS, "BROKEN")


def test_every_contract_has_its_violation() -> None:
    written = (HOME / "pyproject.toml").read_text()
    assert sorted(VIOLATIONS) == sorted(
        line.split('"')[1]
        for line in written.split("[tool.importlinter]")[1].splitlines()
        if line.startswith("name = ")
    )
