"""Voiding a vote that runs, after an incident: president and scrutineer sign, one after the other (process.md, "void")."""

from datetime import datetime

from consultations.actor import Actor
from consultations.engine import counts, dossiers, journal, notices, recipients, seconds, timers
from consultations.engine.officers import check_office
from consultations.facts import pairs
from consultations.facts.votes import person, vote_facts
from consultations.models.dossiers import Dossier
from consultations.models.votes import Vote
from workflows.roles import Role
from workflows.vote import VOTE
from workflows.vote_guards import covered

SIGNERS = frozenset({Role.PRESIDENT, Role.SCRUTINEER})


def sign_void(vote_id: int, *, reason: str, by: Actor, at: datetime) -> bool:
    """Sign that a vote is void, with the incident; the second of the two voids it. Says whether it is void.

    Until then it goes on. Its ballots stay where they are, sealed: nobody counts them. Sent twice it is one signature;
    what was signed before a suspended vote went on counts no more. Errors: Refused: neither open nor suspended, …
    """
    counts.hold_timers(vote_id)
    dossier, vote = counts.with_dossier(vote_id)
    check_office(vote.body_id, by=by, at=at)
    given = tuple(signed.signer for signed in pairs.voiding(vote))
    mine = (by.role, str(person(by.person_id)))
    if mine in given:
        return covered(SIGNERS, given)
    facts = vote_facts(vote, by=by, at=at, reason=reason, signers=given)
    event = journal.move(vote, VOTE, "sign_void", by=by, at=at, facts=facts, reason=reason)
    if not covered(SIGNERS, (*given, mine)):
        seconds.ask(SIGNERS - {by.role}, vote, event, by=by, at=at)
        return False
    _void(dossier, vote, reason, by, at)
    return True


def _void(dossier: Dossier, vote: Vote, reason: str, by: Actor, at: datetime) -> None:
    signers = tuple(signed.signer for signed in pairs.voiding(vote))
    facts = vote_facts(vote, by=by, at=at, reason=reason, signers=signers)
    event = journal.move(vote, VOTE, "void", by=by, at=at, facts=facts, reason=reason)
    timers.clear_timers(vote)
    for kind in ("vote_opened", "vote_extended", "vote_resumed", "vote_closing_soon"):
        notices.take_back(kind, vote, why="voided", at=at)
    told = recipients.electors(vote.id, at=at)
    notices.notify("vote_voided", told, vote, due_at=at, event=event, code=vote.code, reason=reason.strip())
    dossiers.follow(dossier, "call_again", by=by, at=at, reason=reason, vote_state=vote.state)
