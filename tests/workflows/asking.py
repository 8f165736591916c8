"""What speaks against a move, as codes."""

from typing import Any

from tests.workflows.fitting import fitting
from workflows.catalogue import WORKFLOWS
from workflows.machine import objections
from workflows.roles import Role


def codes(workflow: str, state: str | None, move: str, role: Role, **otherwise: Any) -> list[str]:
    """The refusal codes when everything is in order but for `otherwise`."""
    facts = fitting(workflow, move, role, state, **otherwise)
    return [answer.code for answer in objections(WORKFLOWS[workflow], state, move, role, facts)]
