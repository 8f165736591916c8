"""Write docs/diagrams/*.mmd from the tables of moves."""

from pathlib import Path

from workflows.catalogue import WORKFLOWS
from workflows.machine import diagram

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "diagrams"

for name, workflow in WORKFLOWS.items():
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.mmd").write_text(diagram(workflow), encoding="utf-8")
