"""The one place where a state changes: asks the workflow, writes the state and what happened."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import insert

from consultations.actor import Actor
from consultations.engine.work import add
from consultations.extensions import db
from consultations.models import Base
from consultations.models.events import Event
from workflows.machine import Workflow, advance


class Stateful(Protocol):
    """A row with a state and the definition it is pinned to."""

    id: int
    state: str
    definition_version: int
    definition_sha256: str


def begin(
    row: Stateful, workflow: Workflow, move_name: str, *, by: Actor, at: datetime, facts: Any, **refs: Any
) -> Event:
    """Put a new row in its first state, pinned to this definition, and record it.

    Arguments: `move_name` a creating move (no source); `refs` references for the ledger payload.
    Errors: Refused with every objection.
    """
    step = advance(workflow, None, move_name, by.role, facts)
    row.state, row.definition_version, row.definition_sha256 = step.state, workflow.version, workflow.sha256
    add(row)  # type: ignore[type-var]
    return record(step.event, row, by=by, at=at, **refs)


def move(
    row: Stateful,
    workflow: Workflow,
    move_name: str,
    *,
    by: Actor,
    at: datetime,
    facts: Any,
    reason: str = "",
    **refs: Any,
) -> Event:
    """Make a move on a locked row: state and event in the caller's transaction.

    Errors: Refused with every objection; nothing is written then.
    """
    step = advance(workflow, row.state, move_name, by.role, facts)
    row.state = step.state
    return record(step.event, row, by=by, at=at, reason=reason, **refs)


def move_part(
    row: Stateful,
    workflow: Workflow,
    move_name: str,
    *,
    part: str,
    whole: Callable[[str], str],
    by: Actor,
    at: datetime,
    facts: Any,
    reason: str = "",
    **refs: Any,
) -> Event:
    """Make a move with a part of a locked row: the table is asked where the part stands (`part`), and `whole` says where
    the row stands once the part stands elsewhere.

    Errors: Refused with every objection; nothing is written then.
    """
    step = advance(workflow, part, move_name, by.role, facts)
    row.state = whole(step.state)
    return record(step.event, row, by=by, at=at, reason=reason, **refs)


def move_all(
    rows: Sequence[Stateful],
    workflow: Workflow,
    move_name: str,
    *,
    by: Actor,
    at: datetime,
    facts: Callable[[Any], Any],
) -> None:
    """Make the same move on each of many locked rows: one event each, written together.

    Arguments: `facts` what the table is told of one row. The table is asked of every row before any changes.
    Errors: Refused with every objection against the first row that may not; nothing is written then.
    """
    steps = [advance(workflow, row.state, move_name, by.role, facts(row)) for row in rows]
    for row, step in zip(rows, steps, strict=True):
        row.state = step.state
    _insert([_written(step.event, row, by, at, "", {}) for row, step in zip(rows, steps, strict=True)])


def record(name: str, row: Any, *, by: Actor, at: datetime, reason: str = "", **refs: Any) -> Event:
    """Write what happened (past tense) to `row`. `refs`: text and integers only, references rather than names."""
    return add(Event(**_written(name, row, by, at, reason, refs)))


def record_all(
    name: str, rows: Sequence[Any], *, by: Actor, at: datetime, refs: Callable[[Any], Mapping[str, Any]]
) -> None:
    """The same happened to each of many rows: one event each with its own `refs`, written together."""
    _insert([_written(name, row, by, at, "", refs(row)) for row in rows])


def _insert(events: list[dict[str, Any]]) -> None:
    db.session.flush()
    if events:
        db.session.execute(insert(Event.__table__), events)  # type: ignore[arg-type]


def _written(
    name: str, row: Any, by: Actor, at: datetime, reason: str, refs: Mapping[str, Any]
) -> dict[str, Any]:
    """The columns of an event."""
    kind, dossier_id = kind_of(row), dossier_of(row)
    payload = {
        "event": name,
        "subject": f"{kind}/{row.id}",
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "role": str(by.role),
        **({"dossier": f"dossier/{dossier_id}"} if dossier_id else {}),
        **({"organisation": f"organisation/{by.organisation_id}"} if by.organisation_id else {}),
        **refs,
    }
    return {
        "name": name, "subject_kind": kind, "subject_id": row.id, "dossier_id": dossier_id, "at": at, "role": str(by.role),
        "person_id": by.person_id, "mandate_id": by.mandate_id, "organisation_id": by.organisation_id,
        "reason": reason, "payload": canonical(payload),
    }  # fmt: skip


def ref(event: Event, name: str) -> str:
    """The id behind a reference of an event's payload: "7" for "node/7"."""
    return str(json.loads(event.payload)[name]).rpartition("/")[2]


def canonical(payload: dict[str, Any]) -> str:
    """RFC 8785 text of a payload of text, integers, lists and booleans; a float is refused."""
    _no_floats(payload)
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def kind_of(row: Base) -> str:
    """The name a row goes by in events, timers and notices: its class, in lower case."""
    return type(row).__name__.lower()


def dossier_of(row: Any) -> int | None:
    """The dossier a row belongs to, through its own column or its round or vote."""
    if kind_of(row) == "dossier":
        return row.id
    if hasattr(row, "dossier_id"):
        return row.dossier_id
    parent = getattr(row, "round", None) or getattr(row, "vote", None)
    return dossier_of(parent) if parent is not None else None


def _no_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no place in a payload")
    for part in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    ):
        _no_floats(part)
