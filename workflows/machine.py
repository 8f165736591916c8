"""Tables of moves, and the questions one may ask of them. No rule of the domain lives here.

`transitions` holds the graph and finds the rows that leave a state; nothing else of it is used. Traps of its
0.9.3, and what is done about each:
- auto_transitions would add a way from every state to every state: off;
- a callback that raises leaves the state changed, and conditions answer only yes or no: there are no
  callbacks, guards are ours and give every reason;
- a machine writes `initial` over the state of the object that it is bound to: model=None, initial=None;
- a shared machine retains its models: it never gets one, so one machine per workflow may be kept.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, Final, cast

from transitions import Machine, Transition

from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role, implies

SAME: Final = "="
"""The target of a move that leaves the state as it is."""

_NOTHING = "-"  # the source of a creation

Guard = Callable[[Any], Refusal | None]
"""A pure function over a workflow's frozen Facts."""


@dataclass(frozen=True)
class Move:
    """One row of a table: `name` takes `source` to `target` when one of `roles` asks and no guard objects.

    `source` is a state, several, or None for a creation; `target` a state or SAME; `event` the past tense.
    """

    name: str
    source: StrEnum | tuple[StrEnum, ...] | None
    target: StrEnum | str
    roles: Role | tuple[Role, ...]
    guards: tuple[Guard, ...] = ()
    event: str = field(kw_only=True)

    @property
    def sources(self) -> tuple[StrEnum | None, ...]:
        """The sources, always as a tuple."""
        return self.source if isinstance(self.source, tuple) else (self.source,)

    @property
    def actors(self) -> tuple[Role, ...]:
        """The roles, always as a tuple."""
        return self.roles if isinstance(self.roles, tuple) else (self.roles,)

    def open_to(self, role: Role) -> bool:
        """Whether `role` may ask for this row."""
        return not implies(role).isdisjoint(self.actors)

    def objections(self, facts: object) -> tuple[Refusal, ...]:
        """What every guard says against it."""
        answers = (guard(facts) for guard in self.guards)
        return tuple(answer for answer in answers if answer is not None)


@dataclass(frozen=True, eq=False)
class Workflow:
    """A definition: data with a version and a hash, to which a running dossier is pinned.

    Compared by identity, so that looking up its graph costs nothing; two are the same when sha256 is.
    """

    name: str
    states: type[StrEnum]
    initial: StrEnum
    terminal: frozenset[StrEnum]
    moves: tuple[Move, ...]
    version: int

    @cached_property
    def sha256(self) -> str:
        """SHA-256 (hex) of the definition's canonical JSON: sorted keys, no spaces, UTF-8."""
        text = json.dumps(_described(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Step:
    """What a move leads to: the new state, and what the journal calls what happened."""

    state: StrEnum
    event: str


def advance(workflow: Workflow, state: str | None, move_name: str, role: Role, facts: object) -> Step:
    """The step that `move_name` makes from `state` (None: nothing exists yet) when `role` asks for it.

    Raises Refused with all objections. Changes nothing: the caller writes state and event.
    """
    against = objections(workflow, state, move_name, role, facts)
    if against:
        raise Refused(*against)
    edge = next(
        edge
        for edge in _edges_called(workflow, state, move_name)
        if edge.row.open_to(role) and not edge.row.objections(facts)
    )
    return Step(workflow.states(str(edge.dest)), edge.row.event)


def objections(
    workflow: Workflow, state: str | None, move_name: str, role: Role, facts: object
) -> tuple[Refusal, ...]:
    """Everything that speaks against the move; empty when it may be made.

    Where several rows would do (a deadline closes, or the head closes early), the reasons are those of the
    row that is nearest to being allowed; a head hears of the rows that name the head, and of those that it
    stands in for only where there is no other.
    """
    rows = [edge.row for edge in _edges_called(workflow, state, move_name)]
    if not rows:
        return (_no_such_row(workflow, state, move_name),)
    open_rows = [row for row in rows if row.open_to(role)]
    if not open_rows:
        nearest = min((row.objections(facts) for row in rows), key=len)
        return (refusal("role_may_not", move=move_name, role=role.value), *nearest)
    if any(not row.objections(facts) for row in open_rows):
        return ()
    of_role = [row for row in open_rows if role in row.actors]
    return min((row.objections(facts) for row in of_role or open_rows), key=len)


def allowed(workflow: Workflow, state: str | None, role: Role, facts: object) -> tuple[str, ...]:
    """The names of the moves that `role` may make now, in the table's order."""
    names = possible(workflow, state, role)
    return tuple(name for name in names if not objections(workflow, state, name, role, facts))


def possible(workflow: Workflow, state: str | None, role: Role) -> tuple[str, ...]:
    """The names of the moves that leave `state` and are open to `role`, whatever the guards may say."""
    rows = (edge.row for edge in _edges_from(workflow, state))
    return tuple(dict.fromkeys(row.name for row in rows if row.open_to(role)))


def move_named(workflow: Workflow, name: str) -> tuple[Move, ...]:
    """All rows called `name`, in the table's order; raises Refused when there is none."""
    rows = tuple(row for row in workflow.moves if row.name == name)
    if not rows:
        raise Refused(refusal("move_unknown", move=name, workflow=workflow.name))
    return rows


def diagram(workflow: Workflow) -> str:
    """The workflow as a mermaid state diagram, one line per pair of states; ends with a newline.

    Own lines: those of `transitions` need its graph machine with a model, and repeat a label per row.
    """
    arrows: dict[tuple[str, str], list[str]] = {}
    for edge in _all_edges(workflow):
        names = arrows.setdefault((_dot(edge.source), str(edge.dest)), [])
        if edge.row.name not in names:
            names.append(edge.row.name)
    lines = [f"{source} --> {target} : {', '.join(names)}" for (source, target), names in arrows.items()]
    ends = [f"{state.value} --> [*]" for state in workflow.states if state in workflow.terminal]
    return "\n    ".join(["stateDiagram-v2", *lines, *ends]) + "\n"


class _Edge(Transition):
    """A transition that remembers the row that it was drawn from."""

    def __init__(self, *args: Any, row: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row


class _Graph(Machine):
    """A machine that only holds edges."""

    transition_cls = _Edge


@lru_cache(maxsize=32)
def _graph(workflow: Workflow) -> _Graph:
    graph = _Graph(
        model=None,
        states=[_NOTHING, *(state.value for state in workflow.states)],
        initial=None,
        auto_transitions=False,
    )
    for row in workflow.moves:
        for source in row.sources:
            # Plain text, not members: transitions calls a member by its name (OPEN), not by its value.
            graph.add_transition(row.name, _key(source), str(row.target), row=row)
    return graph


def _all_edges(workflow: Workflow) -> list[_Edge]:
    return cast(list[_Edge], _graph(workflow).get_transitions())


@lru_cache(maxsize=512)
def _edges_from(workflow: Workflow, state: str | None) -> tuple[_Edge, ...]:
    # Asked without filters, because get_transitions takes "" and "*" for "any".
    return tuple(edge for edge in _all_edges(workflow) if edge.source == _key(state) and state != _NOTHING)


def _edges_called(workflow: Workflow, state: str | None, move_name: str) -> list[_Edge]:
    return [edge for edge in _edges_from(workflow, state) if edge.row.name == move_name]


def _key(state: object) -> str:
    return _NOTHING if state is None else str(state)


def _dot(source: str) -> str:
    return "[*]" if source == _NOTHING else source


def _no_such_row(workflow: Workflow, state: str | None, move_name: str) -> Refusal:
    if all(row.name != move_name for row in workflow.moves):
        return refusal("move_unknown", move=move_name, workflow=workflow.name)
    return refusal("move_not_from_here", move=move_name, state=_key(state))


def _described(workflow: Workflow) -> dict[str, object]:
    return {
        "name": workflow.name,
        "version": workflow.version,
        "states": [state.value for state in workflow.states],
        "initial": workflow.initial.value,
        "terminal": sorted(state.value for state in workflow.terminal),
        "moves": [
            {
                "name": row.name,
                "source": [_key(source) for source in row.sources],
                "target": str(row.target),
                "roles": [role.value for role in row.actors],
                "guards": [guard.__name__ for guard in row.guards],
                "event": row.event,
            }
            for row in workflow.moves
        ],
    }
