"""The roll of a convened vote and the register beside it: what may be amended, what waits, and what was amended for all to read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import pairs, votes
from consultations.facts.pairs import Signed
from consultations.facts.roll_changes import Change, changes
from consultations.facts.rolls import Elector
from consultations.models.events import Event
from consultations.models.organisations import Organisation
from consultations.models.people import Person
from consultations.models.votes import Vote
from consultations.queries.vote_lines import VoteLine, line_of
from workflows.machine import allowed
from workflows.vote import VOTE, VoteState


@dataclass(frozen=True)
class Difference:
    """One organisation that may be amended. `kind`: added, removed, changed, or (of an assembly) exception: the rule leaves it
    out; `weights`: before and now ("" where it is not there); `proposed`: the amendment that waits takes it over."""

    organisation_id: int
    name: str
    country: str
    kind: str
    weights: tuple[str, str]
    proposed: bool


@dataclass(frozen=True)
class Proposal:
    """An amendment that waits for its second signature; `own`: this person proposed it."""

    by: str
    at: datetime
    reason: str
    roll_sha256: str
    own: bool


@dataclass(frozen=True)
class RollPage:
    """The roll for the officers of its body. `can`: propose_roll, amend_roll."""

    line: VoteLine
    roll_sha256: str
    differences: tuple[Difference, ...]
    proposal: Proposal | None
    can: frozenset[str]


@dataclass(frozen=True)
class Amendment:
    """What two people changed on a roll: names of organisations, why, in which roles, and the hash before and after."""

    at: datetime
    reason: str
    roles: tuple[str, str]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    former_sha256: str
    roll_sha256: str


def page(vote_id: int, *, by: Actor, at: datetime) -> RollPage | None:
    """The roll of a convened vote for an officer of its body; None for others, and before and after."""
    vote = db.session.get(Vote, vote_id)
    if vote is None or vote.body_id != by.network_id or vote.state != VoteState.CONVENED:
        return None
    waits = pairs.proposed_roll(vote)
    named = named_by(waits)
    second = votes.person(waits.person_id) if waits else None
    facts = votes.vote_facts(
        vote, by=by, at=at, reason="-", second_person=second, new_roll_sha256="-", roll_change_published=True
    )
    can = {"propose_roll", "amend_roll"} & set(allowed(VOTE, vote.state, by.role, facts))
    return RollPage(
        line_of(vote), vote.roll_sha256 or "", tuple(difference(change, named) for change in changes(vote, at)),
        proposal_of(waits, by), frozenset(can if waits else can - {"amend_roll"}),
    )  # fmt: skip


def made(vote_id: int) -> tuple[Amendment, ...]:
    """Every amendment of a vote's roll, oldest first, for everybody."""
    query = select(Event).where(
        Event.subject_kind == "vote", Event.subject_id == vote_id, Event.name == "roll_amended"
    )
    events = db.session.scalars(query.order_by(Event.id)).all()
    payloads = [json.loads(event.payload) for event in events]
    names = _organisations(ref for payload in payloads for kind in KINDS for ref in payload[kind])
    return tuple(_amendment(event, payload, names) for event, payload in zip(events, payloads, strict=True))


KINDS = ("added", "removed", "changed")


def _amendment(event: Event, payload: dict[str, Any], names: dict[str, str]) -> Amendment:
    added, removed, changed = (tuple(sorted(names[ref] for ref in payload[kind])) for kind in KINDS)
    return Amendment(
        event.at, event.reason, (payload["second_role"], event.role), added, removed, changed,
        payload["former_sha256"], payload["roll_sha256"],
    )  # fmt: skip


def _organisations(refs: Iterable[str]) -> dict[str, str]:
    """The names by their reference: "organisation/7"."""
    ids = {int(ref.rpartition("/")[2]) for ref in refs}
    if not ids:
        return {}
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return {f"organisation/{id}": name for id, name in db.session.execute(query)}


def named_by(waits: Signed | None) -> set[str]:
    """The organisations that an amendment which waits takes over: "organisation/7"."""
    return set(waits.refs["organisations"]) if waits else set()  # type: ignore[call-overload]


def proposal_of(waits: Signed | None, by: Actor) -> Proposal | None:
    """What waits for its second signature, as `by` reads it."""
    if waits is None:
        return None
    own = waits.person_id == by.person_id
    return Proposal(_name(waits.person_id), waits.at, waits.reason, str(waits.refs["roll_sha256"]), own)


def difference(change: Change, named: set[str]) -> Difference:
    """One change of a roll; `named`: whom the amendment that waits takes over."""
    e = change.elector
    return Difference(
        e.organisation_id, e.name, e.attributes["country"], change.kind, (_weight(change.before), _weight(change.now)),
        f"organisation/{e.organisation_id}" in named,
    )  # fmt: skip


def _weight(elector: Elector | None) -> str:
    return elector.weight if elector else ""


def _name(person_id: int) -> str:
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""
