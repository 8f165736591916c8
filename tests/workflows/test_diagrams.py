"""The diagrams in docs/ are those of the tables (`python -m workflows diagram` draws them)."""

from pathlib import Path

import pytest

from workflows.catalogue import WORKFLOWS
from workflows.machine import diagram

FOLDER = Path(__file__).parents[2] / "docs" / "diagrams"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_the_diagram_in_docs_is_current(name):
    assert (FOLDER / f"{name}.mmd").read_text(encoding="utf-8") == diagram(WORKFLOWS[name])


def test_there_is_a_diagram_for_each_workflow_and_no_other():
    assert {path.stem for path in FOLDER.glob("*.mmd")} == set(WORKFLOWS)
