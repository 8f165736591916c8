"""Acts of two people on a vote, or on the roll of an assembly: what the first has signed, as the journal keeps it until the second signs."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.votes import person
from consultations.models.assemblies import Assembly
from consultations.models.events import Event
from consultations.models.votes import Vote
from workflows.assembly import AssemblyState
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
    return _newest(_since(vote, "roll_amendment_proposed", ("roll_amended",)))


def proposed_assembly_roll(assembly: Assembly) -> Signed | None:
    """The newest amendment of an assembly's roll that waits for its second signature."""
    if assembly.state != AssemblyState.CONVENED:
        return None
    return _newest(_since(assembly, "assembly_roll_proposed", ("assembly_roll_amended",), kind="assembly"))


def annulment(vote: Vote, contest_id: int) -> Signed | None:
    """Who of the committee first wanted the vote annulled over this contest."""
    proposed = _since(vote, "annulment_proposed", ())
    return next((one for one in proposed if one.refs.get("contest") == f"contest/{contest_id}"), None)


def _newest(signed: tuple[Signed, ...]) -> Signed | None:
    """The last of them: two may be of one instant."""
    return signed[-1] if signed else None


def _since(
    row: Vote | Assembly, name: str, renewed_by: Iterable[str], *, kind: str = "vote"
) -> tuple[Signed, ...]:
    """The events called `name`, oldest first, that happened after the newest of `renewed_by`."""
    query = select(Event).where(
        Event.subject_kind == kind, Event.subject_id == row.id, Event.name.in_((name, *renewed_by))
    )
    found: list[Signed] = []
    for event in db.session.scalars(query.order_by(Event.id)):
        if event.name == name:
            refs = json.loads(event.payload)
            found.append(Signed(Role(event.role), event.person_id or 0, event.at, event.reason, refs))
        else:
            found.clear()
    return tuple(found)
