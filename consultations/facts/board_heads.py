"""The heads of a vote's board that are on record: over what was cast when it closed, and over what its count took.

Papers may be merged between the two: whoever checks the board holds each head against what was there then, told apart by
the order of the ballots and never by a clock (verifiability.md, "The board").
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select

from consultations.extensions import db
from consultations.facts import boards, taken
from consultations.models.ballots import Ballot
from consultations.models.events import Event
from consultations.models.votes import Vote

ONLINE = "online"


@dataclass(frozen=True)
class Heads:
    """What is on record. `counted` is "" unless papers that came after the closing made the board another;
    `voters`, `casts`: at the count, before it at the closing."""

    closing: str = ""
    counted: str = ""
    voters: int = 0
    casts: int = 0


def to_note(vote: Vote) -> dict[str, Any]:
    """The board as it stands, for the event of a closing or a count: its head, how many cast and how often, the last ballot."""
    board = boards.entries(vote.id, vote.code)
    return {
        "board_head": boards.head(board), "casts": len(board), "voters": len({elector for elector, _, _ in board}),
        "last_ballot": taken.last_ballot(vote.id),
    }  # fmt: skip


def heads(vote_id: int, *conditions: Any) -> Heads:
    """The heads on record; `conditions` on the events, if only those of some time are asked for."""
    closing, count = (_noted(vote_id, name, *conditions) for name in ("vote_closed", "vote_counted"))
    # Counts of earlier versions noted nothing: no ballot could come after the closing then.
    last = count if "board_head" in count else closing
    head = closing.get("board_head", "")
    other = last.get("board_head", "")
    return Heads(head, other if other != head else "", last.get("voters", 0), last.get("casts", 0))


def is_intact(vote: Vote) -> bool:
    """Whether the board is still the one that was closed, and counted; only papers may have come between the two."""
    if vote.closed_at is None:
        return True
    closing, count = _noted(vote.id, "vote_closed"), _noted(vote.id, "vote_counted")
    last = closing.get("last_ballot")
    if boards.head(boards.entries(vote.id, vote.code, last)) != closing.get("board_head"):
        return False
    if "board_head" in count:
        return boards.head(boards.entries(vote.id, vote.code)) == count["board_head"]
    return last is None or not _came_online(vote.id, last)


def _came_online(vote_id: int, last: int) -> bool:
    later = (Ballot.vote_id == vote_id, Ballot.id > last, Ballot.channel == ONLINE)
    return bool(db.session.scalar(select(exists().where(*later))))


def _noted(vote_id: int, name: str, *conditions: Any) -> dict[str, Any]:
    """The payload of the newest such event; empty where there is none."""
    query = select(Event.payload).where(
        Event.subject_kind == "vote", Event.subject_id == vote_id, Event.name == name, *conditions
    )
    found = db.session.scalar(query.order_by(Event.id.desc()).limit(1))
    return dict(json.loads(found)) if found else {}
