"""Lots of an election: the hash of their seed is published before anybody votes, the seed itself after the count."""

from datetime import datetime

from consultations.actor import Actor
from consultations.engine import counts, journal
from consultations.engine.officers import check_office
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts.votes import vote_facts
from consultations.models.ballots import Count
from consultations.models.votes import Vote
from workflows.vote import VOTE


def commit_seed(vote_id: int, *, commitment: str, by: Actor, at: datetime) -> Vote:
    """Publish the hash of the seed that lots would be drawn from, before anybody votes; by somebody who did not write the options.

    Until the vote opens another may take its place; both stay on record. Errors: Refused.
    """
    vote, commitment = locked(Vote, vote_id), commitment.strip().lower()
    check_office(vote.body_id, by=by, at=at)
    if vote.seed_commitment == commitment and commitment:
        return vote
    known = vote_facts(vote, by=by, at=at, seed_commitment=commitment)
    journal.move(vote, VOTE, "commit_seed", by=by, at=at, facts=known, commitment=commitment)
    vote.seed_commitment = commitment
    db.session.flush()
    return vote


def draw_lots(vote_id: int, *, seed: str, by: Actor, at: datetime) -> Count:
    """Reveal the seed after the count and draw: a second count beside the first, which anybody can make again.

    Errors: Refused: no tie waits for lots, or the seed is not the one whose hash was published.
    """
    _, vote = counts.with_dossier(vote_id)
    check_office(vote.body_id, by=by, at=at)
    facts = counts.facts_of(vote, by, at, seed=seed)
    event = journal.move(vote, VOTE, "draw_lots", by=by, at=at, facts=facts, seed=seed)
    vote.seed = seed
    return counts.counted_again(vote, counts.decided(vote), event, at)
