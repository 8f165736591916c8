"""Acts of two people on a vote: what the first has signed, as the journal keeps it until the second signs."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.votes import person
from consultations.models.events import Event
from consultations.models.votes import Vote
from workflows.roles import Role
from workflows.vote import VoteState
from workflows.vote_facts import Signer


@dataclass(frozen=True)
class Signed:
    """What one person signed: in which role, when, why, and the references of the event."""

    role: Role
    person_id: int
    at: datetime
    reason: str
    refs: dict[str, object]

    @property
    def signer(self) -> Signer:
        """As guards read it."""
        return self.role, str(person(self.person_id))


def voiding(vote: Vote) -> tuple[Signed, ...]:
    """Who has signed that a running vote is void; what was signed before it last went on does not count."""
    if vote.state not in (VoteState.OPEN, VoteState.SUSPENDED, VoteState.VOIDED):
        return ()
    return _since(vote, "void_signed", ("vote_opened", "vote_resumed"))


def proposed_roll(vote: Vote) -> Signed | None:
    """The newest amendment of the roll that waits for its second signature."""
    if vote.state != VoteState.CONVENED:
        return None
    return max(_since(vote, "roll_amendment_proposed", ("roll_amended",)), key=_when, default=None)


def annulment(vote: Vote, contest_id: int) -> Signed | None:
    """Who of the committee first wanted the vote annulled over this contest."""
    proposed = _since(vote, "annulment_proposed", ())
    return next((one for one in proposed if one.refs.get("contest") == f"contest/{contest_id}"), None)


def _when(signed: Signed) -> datetime:
    return signed.at


def _since(vote: Vote, name: str, renewed_by: Iterable[str]) -> tuple[Signed, ...]:
    """The events called `name`, oldest first, that happened after the newest of `renewed_by`."""
    query = select(Event).where(
        Event.subject_kind == "vote", Event.subject_id == vote.id, Event.name.in_((name, *renewed_by))
    )
    found: list[Signed] = []
    for event in db.session.scalars(query.order_by(Event.id)):
        if event.name == name:
            refs = json.loads(event.payload)
            found.append(Signed(Role(event.role), event.person_id or 0, event.at, event.reason, refs))
        else:
            found.clear()
    return tuple(found)
