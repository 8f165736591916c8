"""Amending the roll of a convened vote: a secretary proposes, a second person carries out (process.md, "amend_roll").

Nobody writes a roll by hand: it takes over from the register what was put right there, for the organisations named.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert

from consultations.actor import Actor
from consultations.engine import counts, journal, notices, recipients, seconds
from consultations.engine.officers import check_office
from consultations.engine.rolls import row_of
from consultations.extensions import db
from consultations.facts import pairs, rolls
from consultations.facts.roll_changes import Change, amended, changes
from consultations.facts.votes import basis_of, person, vote_facts
from consultations.models.events import Event
from consultations.models.votes import RollEntry, Vote
from workflows.refusals import Refused, refusal
from workflows.rolls import roll_sha256
from workflows.vote import VOTE
from workflows.vote_guards import PROCLAIMERS


def propose(vote_id: int, *, organisations: Iterable[int], reason: str, by: Actor, at: datetime) -> str:
    """Propose that the roll takes over these organisations as the register has them now; returns the hash it would have.

    A newer proposal takes the place of one that waits; sent twice it is one. Errors: Refused: nothing of it differs, the
    roll would not fit the rule, no reason, the vote was to open before now, …
    """
    vote = _locked(vote_id, by, at)
    wanted = set(organisations)
    chosen = [change for change in changes(vote, at) if change.elector.organisation_id in wanted]
    roll = _hash(vote, chosen)
    waits = pairs.proposed_roll(vote)
    if waits and (waits.refs["roll_sha256"], waits.reason, waits.person_id) == (roll, reason, by.person_id):
        return roll
    facts = vote_facts(vote, by=by, at=at, reason=reason, new_roll_sha256=roll)
    ids = [f"organisation/{change.elector.organisation_id}" for change in chosen]
    event = journal.move(
        vote,
        VOTE,
        "propose_roll",
        by=by,
        at=at,
        facts=facts,
        reason=reason,
        organisations=ids,
        roll_sha256=roll,
    )
    seconds.ask(PROCLAIMERS, vote, event, by=by, at=at)
    return roll


def confirm(vote_id: int, *, roll_sha256: str, by: Actor, at: datetime) -> bool:
    """Sign an amendment as the second person: the roll changes, gets a new hash, and all of it is public.

    Arguments: `roll_sha256` the hash of the amended roll that the person read. Says whether there was something to do.
    Errors: Refused: nothing waits, another proposal or another register than was read, the proposer signs twice, …
    """
    vote = _locked(vote_id, by, at)
    if vote.roll_sha256 == roll_sha256:
        return False
    waits = pairs.proposed_roll(vote)
    named = set(waits.refs["organisations"]) if waits else set()  # type: ignore[call-overload]
    chosen = [c for c in changes(vote, at) if f"organisation/{c.elector.organisation_id}" in named]
    if waits is None or not roll_sha256 == waits.refs["roll_sha256"] == _hash(vote, chosen):
        raise Refused(refusal("roll_proposal_stale"))
    facts = vote_facts(
        vote, by=by, at=at, reason=waits.reason, second_person=person(waits.person_id), new_roll_sha256=roll_sha256,
        roll_change_published=True,  # the event is shown on the vote's public page
    )  # fmt: skip
    event = journal.move(
        vote, VOTE, "amend_roll", by=by, at=at, facts=facts, reason=waits.reason, roll_sha256=roll_sha256,
        former_sha256=str(vote.roll_sha256), second_role=str(waits.role), **_references(chosen),
    )  # fmt: skip
    vote.roll_sha256 = roll_sha256
    _write(vote, chosen)
    _tell(vote, chosen, event, at)
    return True


def _hash(vote: Vote, chosen: list[Change]) -> str:
    """The hash of the amended roll. Errors: Refused when it does not fit the vote's rule."""
    electors = amended(vote, chosen)
    if reasons := rolls.objections(basis_of(vote), vote.weight_field, electors):
        raise Refused(*reasons)
    return roll_sha256(rolls.roll(electors))


def _references(chosen: list[Change]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"added": [], "removed": [], "changed": []}
    for change in chosen:
        found[change.kind].append(f"organisation/{change.elector.organisation_id}")
    return found


def _write(vote: Vote, chosen: list[Change]) -> None:
    """Nobody has voted yet, so that an entry may go and come."""
    touched = [change.elector.organisation_id for change in chosen]
    db.session.execute(
        delete(RollEntry).where(RollEntry.vote_id == vote.id, RollEntry.organisation_id.in_(touched))
    )
    if rows := [row_of(vote, change.now) for change in chosen if change.now]:
        db.session.execute(insert(RollEntry), rows)
    db.session.flush()


def _tell(vote: Vote, chosen: list[Change], event: Event, at: datetime) -> None:
    """The delegates of each organisation are told what became of its place, and why; to one that comes it is the call."""
    for change in chosen:
        told = recipients.delegates([change.elector.organisation_id], at=at)
        notices.notify(
            f"roll_{change.kind}", told, vote, due_at=at, event=event, once=str(event.id), code=vote.code,
            reason=event.reason.strip(),
        )  # fmt: skip


def _locked(vote_id: int, by: Actor, at: datetime) -> Vote:
    counts.hold_timers(vote_id)
    _, vote = counts.with_dossier(vote_id)
    check_office(vote.body_id, by=by, at=at)
    return vote
