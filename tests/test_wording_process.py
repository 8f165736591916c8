"""Everything that the journal may record has words that a person reads."""

import ast
from collections.abc import Iterator
from pathlib import Path

from consultations.wording_events import EVENTS
from workflows.catalogue import WORKFLOWS

HERE = Path(__file__).resolve().parent.parent / "consultations"


def said(node: ast.expr) -> set[str]:
    """The texts that an expression may be: itself, or either side of a choice."""
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def given(tree: ast.Module, name: str) -> set[str]:
    """The texts that a variable of a module, or a parameter of one of its functions, is ever given."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and name in [getattr(target, "id", "") for target in node.targets]:
            found |= said(node.value)
        if isinstance(node, ast.FunctionDef) and name in (names := [a.arg for a in node.args.args]):
            place = names.index(name)
            for call in calls(tree, node.name):
                found |= said(call.args[place])
    return found


def calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name in (
            getattr(node.func, "id", ""),
            getattr(node.func, "attr", ""),
        ):
            yield node


def recorded(path: Path) -> set[str]:
    """The names under which a module records what is no move."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    first = [
        call.args[0] for call in calls(tree, "record") if isinstance(call.func, ast.Attribute) and call.args
    ]
    found = [given(tree, arg.id) if isinstance(arg, ast.Name) else said(arg) for arg in first]
    assert all(found), f"{path.name}: the name of an event that is recorded cannot be read"
    return set().union(*found)


def test_every_event_of_every_workflow_has_a_sentence() -> None:
    moves = {move.event for workflow in WORKFLOWS.values() for move in workflow.moves}
    assert moves - set(EVENTS) == set()


def test_every_event_that_is_no_move_has_a_sentence() -> None:
    names = set().union(*(recorded(path) for path in HERE.rglob("*.py")))
    assert {"contest_answered", "password_changed", "translation_imported", "organisation_changed"} <= names
    assert names - set(EVENTS) == set()
