"""What holds for every table of moves, whatever it is about."""

import ast
import inspect
from collections import defaultdict
from pathlib import Path

import pytest

import workflows
from tests.workflows.fitting import EMPTY, fitting
from workflows import refusals
from workflows.catalogue import WORKFLOWS
from workflows.machine import SAME, Move, Workflow, advance, objections
from workflows.refusals import REFUSAL_CODES, SENTENCES, Refusal, refusal
from workflows.roles import Role

EACH = pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=WORKFLOWS.keys())
ROWS = [
    pytest.param(workflow, row, source, role, id=f"{name}-{row.name}-{source}-{role}")
    for name, workflow in WORKFLOWS.items()
    for row in workflow.moves
    for source in row.sources
    for role in row.actors
]


def targets(workflow: Workflow) -> dict[str | None, set[str | None]]:
    """State -> the other states that some row leads to."""
    found: dict[str | None, set[str | None]] = defaultdict(set)
    for row in workflow.moves:
        for source in row.sources:
            found[source].add(source if row.target == SAME else row.target)
    return found


def reachable(workflow: Workflow, start: str | None) -> set[str | None]:
    """Everything that can be come to from `start`."""
    ways, seen, todo = targets(workflow), set(), [start]
    while todo:
        for state in ways[todo.pop()] - seen:
            seen.add(state)
            todo.append(state)
    return seen


def test_the_workflows_are_there():
    names = ["dossier", "round", "review", "comment", "assembly", "item", "vote", "sheet", "petition", "rule"]
    assert list(WORKFLOWS) == names


@EACH
def test_every_state_is_reachable(workflow):
    assert reachable(workflow, None) == set(workflow.states)


@EACH
def test_creation_leads_to_the_initial_state_only(workflow):
    assert targets(workflow)[None] == {workflow.initial}


@EACH
def test_every_state_has_a_way_to_an_end(workflow):
    stuck = [
        state.value
        for state in workflow.states
        if state not in workflow.terminal and not reachable(workflow, state) & workflow.terminal
    ]
    assert stuck == []


@EACH
def test_no_row_is_shadowed(workflow):
    # An earlier row with fewer or the same guards, open to the same role, would always be taken first.
    shadowed = [
        (later.name, source, role.value)
        for number, later in enumerate(workflow.moves)
        for earlier in workflow.moves[:number]
        for source in set(later.sources) & set(earlier.sources)
        for role in set(later.actors)
        if earlier.name == later.name and earlier.open_to(role) and set(earlier.guards) <= set(later.guards)
    ]
    assert shadowed == []


@EACH
def test_a_row_names_nothing_twice(workflow):
    for row in workflow.moves:
        assert len(set(row.sources)) == len(row.sources)
        assert len(set(row.actors)) == len(row.actors)
        assert len(set(row.guards)) == len(row.guards)


@EACH
def test_guards_of_one_workflow_have_names_of_their_own(workflow):
    # The hash of the definition knows guards by their names.
    named = defaultdict(set)
    for row in workflow.moves:
        for guard in row.guards:
            named[guard.__name__].add(guard)
    assert [name for name, guards in named.items() if len(guards) > 1] == []


def test_an_event_belongs_to_one_move():
    owners = defaultdict(set)
    for name, workflow in WORKFLOWS.items():
        for row in workflow.moves:
            owners[row.event].add((name, row.name))
    assert {event: moves for event, moves in owners.items() if len(moves) > 1 or not event} == {}


@pytest.mark.parametrize(("workflow", "row", "source", "role"), ROWS)
def test_every_row_can_be_taken(workflow, row, source, role):
    facts = fitting(workflow.name, row.name, role, source)
    if row.name == "resume" and workflow.name == "dossier":
        facts = fitting("dossier", "resume", role, postponed_from=row.target.value)
    assert row.objections(facts) == ()
    step = advance(workflow, source, row.name, role, facts)
    assert (step.state, step.event) == (source if row.target == SAME else row.target, row.event)


@pytest.mark.parametrize(("workflow", "row", "source", "role"), ROWS)
def test_what_was_forgotten_is_refused(workflow, row: Move, source, role):
    # Facts that nobody gave refuse: by every guard, and all of them at once.
    answers = row.objections(EMPTY[workflow.name])
    assert len(answers) == len(row.guards) > 0
    assert len(objections(workflow, source, row.name, role, EMPTY[workflow.name])) > 0


def codes_written() -> set[str]:
    """Every text in the source of the rules and of the application, which refuses with the same table."""
    found = set()
    root = Path(inspect.getfile(workflows)).parents[1]
    for path in (*root.glob("workflows/**/*.py"), *root.glob("consultations/**/*.py")):
        if path.name.startswith("sentences_"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_refusal_code_is_used():
    assert sorted(REFUSAL_CODES - codes_written()) == []


def test_no_code_stands_in_two_tables():
    rooms = [room for name, room in vars(refusals).items() if name.startswith("sentences_")]
    assert sum(len(room.SENTENCES) for room in rooms) == len(SENTENCES) > 0


def test_an_unknown_code_is_refused_where_it_is_written():
    with pytest.raises(KeyError):
        refusal("no_such_code")


def test_a_forgotten_value_is_refused_where_it_is_written():
    with pytest.raises(KeyError):
        refusal("zone_unknown")


def test_every_sentence_is_one_and_says_what_to_do():
    for wrong, remedy in SENTENCES.values():
        assert wrong[0].isupper() or wrong.startswith(("%(", '"', "“"))
        assert wrong.endswith(".")
        assert remedy[0].isupper()
        assert remedy.endswith(".")


def test_a_refusal_reads_as_both_sentences():
    made = refusal("notice_too_short", days=3, needed=15)
    assert made == Refusal("notice_too_short", (("days", 3), ("needed", 15)))
    assert made.values == {"days": 3, "needed": 15}
    assert str(made) == "The notice is 3 days and must be at least 15. Choose a later date."


@EACH
def test_auditor_admin_and_public_move_nothing(workflow):
    for role in (Role.AUDITOR, Role.ADMIN, Role.PUBLIC):
        assert [row.name for row in workflow.moves if row.open_to(role)] == []
