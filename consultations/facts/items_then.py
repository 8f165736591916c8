"""How the items of an agenda, and their votes, stood at an instant: told by what had happened by then, never by their rows.

A row says how things stand now; minutes that were signed say how they stood, and are computed again later.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.assemblies import AgendaItem
from consultations.models.events import Event
from consultations.models.votes import Vote
from workflows.item import ITEM, ItemState
from workflows.machine import SAME

TARGETS = {move.event: str(move.target) for move in ITEM.moves if move.target != SAME}
WITH_REASON = ("item_deferred", "item_left_annulled", "item_left_over", "item_withdrawn")
BOUND = ("vote_prepared", "vote_edited")


@dataclass(frozen=True)
class Then:
    """An item at an instant. `reason`: why it was put off or withdrawn."""

    state: str
    opened_at: datetime | None = None
    decided_at: datetime | None = None
    reason: str = ""


def items(ids: Collection[int], at: datetime) -> dict[int, Then]:
    """{item: how it stood}; whatever was not on the agenda by then is not named."""
    query = select(Event.subject_id, Event.name, Event.at, Event.reason).where(
        Event.subject_kind == "agendaitem", Event.subject_id.in_(ids), Event.name.in_(TARGETS), Event.at <= at
    )  # fmt: skip
    found: dict[int, Then] = {}
    for id, name, when, reason in db.session.execute(query.order_by(Event.id)):
        before, state = found.get(id), TARGETS[name]
        opened = before.opened_at if before else None
        found[id] = Then(
            state,
            opened or (when if name == "item_discussed" else None),
            when if state == ItemState.DECIDED else None,
            reason if name in WITH_REASON else "",
        )
    return found


def votes(rows: Sequence[AgendaItem], at: datetime) -> dict[int, tuple[Vote, ...]]:
    """{item: the votes on it in order, of those convened by then}; one that was called off before it opened is none.

    A vote names its items where it is prepared; a later one takes its place in their rows.
    """
    held = db.session.scalars(
        select(Vote)
        .where(Vote.assembly_id.in_({row.assembly_id for row in rows}), Vote.convened_at <= at)
        .order_by(Vote.id)
    ).all()
    named = _named([vote.id for vote in held], at)
    opened = set(_happened([vote.id for vote in held], "vote_opened", at))
    off = set(_happened([vote.id for vote in held], "vote_called_off", at)) - opened
    found: dict[int, tuple[Vote, ...]] = {}
    for vote in (vote for vote in held if vote.id not in off):
        for row in rows:
            if f"item/{row.id}" in named.get(vote.id, ()) or (
                vote.id not in named and row.vote_id == vote.id
            ):
                found[row.id] = (*found.get(row.id, ()), vote)
    return found


def _happened(ids: Collection[int], name: str, at: datetime) -> Sequence[int]:
    """Which of these votes this had happened to by then."""
    return db.session.scalars(
        select(Event.subject_id).where(
            Event.subject_kind == "vote", Event.subject_id.in_(ids), Event.name == name, Event.at <= at
        )
    ).all()


def _named(ids: Collection[int], at: datetime) -> dict[int, tuple[str, ...]]:
    """{vote: its items}, as they were when it was prepared or changed last."""
    query = select(Event.subject_id, Event.payload).where(
        Event.subject_kind == "vote", Event.subject_id.in_(ids), Event.name.in_(BOUND), Event.at <= at
    )  # fmt: skip
    told = ((id, json.loads(payload)) for id, payload in db.session.execute(query.order_by(Event.id)))
    return {id: tuple(payload["items"]) for id, payload in told if "items" in payload}
